// What batch normalisation does to the largest eigenvalue of the Hessian along training: perceptrons of several layers on
// the digits, trained by gradient descent with momentum, with and without it.
import Secant
import SecantProblems

/// The largest eigenvalue of the Hessian over all terms, by Lanczos' method on its negative; nil where it did not converge.
func largestEigenvalue(of model: MultilayerPerceptron<Double>, at x: Vector<Double>) -> Double? {
  var lanczos = Lanczos<Double>(dimension: x.count, steps: 60)
  let failure = lanczos.leastEigenvalue(tolerance: 1e-3) { v, product in
    model.hessian(times: v, at: x, into: &product)
    product.scale(by: -1)
  }
  guard failure == nil, lanczos.residualBound <= 1e-2 * lanczos.norm else { return nil }
  return -lanczos.value
}

let (samples, others) = try DataSet(.digits).split(seed: 0)
print("| features | layers | normalised | rate | seed | pass | loss | largest eigenvalue | test accuracy % |")
print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")

/// Trains one perceptron, and prints a row after 0, 1, 2, 4, … passes.
func train(standardised: Bool, layers: Int, normalises: Bool, rate: Double, seed: UInt64) throws {
  let training = standardised ? samples.standardised() : samples
  let test = standardised ? others.standardised(like: samples) : others
  let model = try MultilayerPerceptron<Double>(
    training, widths: Array(repeating: 32, count: layers), normalises: normalises)
  let method: MiniBatch<Descent<Momentum<MultilayerPerceptron<Double>>, Constant<Double>>> = .onBatches(
    of: 64, seed: seed, .momentum(rate: rate))
  var run = Run(model, from: model.start(seed: seed), using: method, within: Budget(passes: 33))
  var next = 0
  while next <= 32, let progress = run.next() {
    guard let loss = progress.value, progress.ledger.passes >= Double(next) else { continue }
    let eigenvalue = largestEigenvalue(of: model, at: progress.point).map { "\($0)" } ?? "not converged"
    let accuracy = 100 * model.accuracy(at: progress.point, on: test)
    print(
      "| \(standardised ? "standardised" : "0 to 16") | \(layers) | \(normalises) | \(rate) | \(seed) | \(next) | "
        + "\(loss) | \(eigenvalue) | \(accuracy) |")
    next = next == 0 ? 1 : 2 * next
  }
}

for standardised in [true, false] {
  for layers in [1, 3] {
    for normalises in [false, true] {
      for rate in [0.01, 0.1] {
        for seed: UInt64 in [1, 2] {
          try train(
            standardised: standardised, layers: layers, normalises: normalises, rate: rate, seed: seed)
        }
      }
    }
  }
}
