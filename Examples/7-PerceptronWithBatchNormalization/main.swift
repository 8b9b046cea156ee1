// Mini-batch Adam and full-batch second-order methods on the same problem: a perceptron with batch normalisation
// that reads handwritten digits.
import Secant
import SecantProblems

let (training, test) = try DataSet(.digits).split(seed: 1)
let problem = try MultilayerPerceptron<Double>(training, widths: [32], normalises: true, regularisation: 1e-2)
print("\(training.sampleCount) images to train on, \(problem.layout.count) parameters")

let methods: KeyValuePairs<String, any Solver<MultilayerPerceptron<Double>>> = [
  "Adam on batches of 64": .onBatches(of: 64, .adam(rate: 1e-2)),
  "L-BFGS": .lbfgs(),
  "Newton-CG": .newtonCG(),
]
for (name, method) in methods {
  let outcome = minimize(
    problem, from: problem.start(seed: 1), using: method, until: Convergence(gradient: 1e-5),
    within: Budget(passes: 300))
  // Test images are normalised by the statistics of the training images.
  let right = problem.accuracy(at: outcome.point, on: test)
  print(
    "\(name): \(100 * right) % of \(test.sampleCount) test images in \(outcome.ledger.seconds) s. \(outcome)")
  precondition(right > 0.95, "\(name) should read 95 of 100 images")
}
