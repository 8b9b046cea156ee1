// Mini-batch Adam and full-batch second-order methods on the same problem: a perceptron with batch normalisation
// that reads handwritten digits.
import SecantAutoDiff
import SecantProblems

let digits = try DataSet(.digits)
let images = digits.features.transposed
let (training, test) = (
  Batch((0..<digits.sampleCount).filter { $0 % 5 != 0 }),
  Batch((0..<digits.sampleCount).filter { $0 % 5 == 0 })
)

let testCount = test.count(of: digits.sampleCount)
let (width, λ) = (32, 1e-2)
let layout = Layout()
  .matrix("hidden", rows: images.columns, columns: width, role: .hidden)
  .vector("scale", count: width, role: .normalisation)
  .vector("shift", count: width, role: .normalisation)
  .matrix("head", rows: width, columns: digits.classes.count, role: .head)
  .vector("bias", count: digits.classes.count, role: .bias)

/// What follows the normalisation: the logits of each image, a row of them.
func logits(_ normalized: MatrixVariable<Double>, _ p: Parameters<Double>) -> MatrixVariable<Double> {
  matmul(tanh(normalized * p.row("scale") + p.row("shift")), p["head"]) + p.row("bias")
}

let problem = DifferentiatedFiniteSum<Double>(layout, termCount: images.rows) { p, batch in
  let activations = matmul(p.constant(images, rows: batch), p["hidden"])
  let classes = (0..<activations.rows).map { digits.labels[batch[$0]] }
  // The normalised layer is not made smaller: its length has no effect.
  return crossEntropy(logits(batchNormalized(activations), p), classes: classes)
    + λ / 2 * (p["head"].squaredNorm + p["scale"].squaredNorm)
}

/// How many test images are read rightly; they are normalised by the statistics of the training images.
func score(at point: Vector<Double>) -> Int {
  let scores = problem.evaluate(at: point) { p in
    let seen = matmul(p.constant(images, rows: training), p["hidden"])
    let mean = seen.columnSums / Double(seen.rows)
    let variance = square(seen - mean).columnSums / Double(seen.rows)
    let activations = matmul(p.constant(images, rows: test), p["hidden"])
    return logits(batchNormalized(activations, mean: mean, variance: variance), p)
  }
  return (0..<scores.rows).count { i in
    (0..<scores.columns).max { scores[i, $0] < scores[i, $1] } == digits.labels[test[i]]
  }
}

var start = Vector<Double>(zeros: layout.count)
var generator = RandomGenerator(seed: 1)
for block in layout.blocks {
  start.withMutableBlock(block) { x in
    for i in x.indices {
      switch block.matrixShape {
      case let shape?: x[i] = generator.normal() / Double(shape.rows).squareRoot()
      case nil: x[i] = block.name == "scale" ? 1 : 0
      }
    }
  }
}

let methods: KeyValuePairs<String, any Solver<DifferentiatedFiniteSum<Double>>> = [
  "Adam on batches of 64": .onBatches(of: 64, .adam(rate: 1e-2)),
  "L-BFGS": .lbfgs(),
  "Newton-CG": .newtonCG(),
]
for (name, method) in methods {
  let outcome = minimize(
    problem.restricted(to: training), from: start, using: method, until: Convergence(gradient: 1e-5),
    within: Budget(passes: 300))
  let right = score(at: outcome.point)
  print("\(name): \(right) of \(testCount) test images in \(outcome.ledger.seconds) s. \(outcome)")
  precondition(right > testCount * 95 / 100, "\(name) should read 95 of 100 images")
}
