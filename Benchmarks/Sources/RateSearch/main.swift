// The learning rates of `secant compare --problem digits-mlp`, and Muon beside AdamW on the transformer: both by the same
// search. Rates are drawn log-uniformly, one in each of equal parts of a range, on the digits once constant and once falling
// along a cosine, and the lowest training loss at the end of the budget decides; the test data are not looked at.
//
//   swift run -c release RateSearch digits            every method of the comparison, or those that are named behind it
//   swift run -c release RateSearch sonnets           Muon beside AdamW
import Secant
import SecantCompare
import SecantProblems

/// One rate in each of `count` equal parts of a range on a logarithmic scale.
func rates(in range: ClosedRange<Double>, count: Int, seed: UInt64) -> [Double] {
  var generator = RandomGenerator(seed: seed)
  let (low, high) = (Double.log(range.lowerBound), Double.log(range.upperBound))
  return (0..<count).map { k in
    let rate = Double.exp(low + (high - low) * (Double(k) + generator.uniform()) / Double(count))
    // Two digits say which it was.
    let unit = Double.pow(10, Double.log10(rate).rounded(.down) - 1)
    return (rate / unit).rounded() * unit
  }
}

func row(_ cells: [String]) { print("| " + cells.joined(separator: " | ") + " |") }

let usual = [
  "gradientDescent", "momentum", "adam", "adamw", "lion", "sophiaH", "sophiaG", "muon", "shampoo:interval=10",
  "shampoo:interval=10:grafting=adaGrad", "soap", "kfac",
  "kfac:interval=10",
]

func searchOnDigits(_ methods: [String]) throws {
  // What `digits-mlp` trains on with the seed 0, and the start of another seed.
  let (samples, _) = try DataSet(.digits).split(seed: 0)
  let model = try MultilayerPerceptron<Double>(samples.standardised(), widths: [64])
  let passes = 30
  let course = Course(
    AnyProblem(model), from: model.start(seed: 1),
    within: Budget(iterations: .max, passes: Double(passes)))
  let setting = Setting(course, batch: 32, seed: 1)
  let steps = passes * ((model.termCount + 31) / 32)
  row(["method", "rate", "loss after 30 passes", "with a cosine"])
  for method in methods.isEmpty ? usual : methods {
    var best = (loss: Double.infinity, text: "")
    func loss(_ text: String) throws -> String {
      let loss = try Request(method: text).contestant(in: setting).outcome(on: course).value
      if loss < best.loss { best = (loss, text) }
      return "\(loss)"
    }
    let falls = try Request(method: method).takesCosine
    for rate in rates(in: 1e-4...10, count: 15, seed: 1) {
      let text = "\(method):rate=\(rate)"
      row([method, "\(rate)", try loss(text), falls ? try loss("\(text):cosine=\(steps)") : ""])
    }
    print("best: \(best.text), \(best.loss)")
  }
}

/// Muon beside AdamW on the transformer: the loss of the whole training text after one pass of AdamW and three quarters or
/// half of one of Muon, each with a schedule of that length.
func compareOnSonnets() {
  let sonnets = ShippedFile.sonnets
  let middle = sonnets.index(sonnets.startIndex, offsetBy: sonnets.count * 9 / 10)
  let model = CharacterTransformer<Float>(
    reading: String(sonnets[..<middle]), alphabet: Set(sonnets.unicodeScalars).sorted())
  let test = model.reading(String(sonnets[middle...]))
  let size = 16
  let stepsOfPass = (model.termCount + size - 1) / size

  func loss<D: Direction>(_ name: String, _ direction: D, rate: Double, passes: Double, seed: UInt64) -> Float
  where D.Problem == CharacterTransformer<Float> {
    let steps = Int(passes * Double(stepsOfPass))
    let method = Descent(
      direction, step: Scheduled(.cosine(from: Float(rate), over: steps).warmedUp(over: steps / 20))
    ).onBatches(of: size, seed: seed)
    var run = Run(model, from: model.start(seed: seed), using: method, within: Budget(iterations: steps))
    while run.next() != nil {}
    let loss = model.value(at: run.progress.point)
    row([name, "\(rate)", "\(passes)", "\(seed)", "\(loss)", "\(test.value(at: run.progress.point))"])
    return loss
  }
  func compete<D: Direction>(_ name: String, _ direction: D, passes: Double)
  where D.Problem == CharacterTransformer<Float> {
    let found = rates(in: 1e-3...5e-2, count: 6, seed: 1).map { rate in
      (rate: rate, loss: loss(name, direction, rate: rate, passes: passes, seed: 1))
    }
    let best = found.min { $0.loss < $1.loss }!
    for seed: UInt64 in [2, 3] { _ = loss(name, direction, rate: best.rate, passes: passes, seed: seed) }
  }
  row(["method", "rate", "passes", "seed", "training loss", "test loss"])
  compete("AdamW", Adam(betas: (0.9, 0.95), decoupledDecay: 0.1), passes: 1)
  compete("Muon", Muon.moonlight(), passes: 0.75)
  compete("Muon", Muon.moonlight(), passes: 0.5)
}

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "sonnets" {
  compareOnSonnets()
} else {
  try searchOnDigits(Array(arguments.dropFirst()))
}
