// The learning rates of `secant compare --problem digits-mlp`, and Muon beside AdamW on the transformer: both by the same
// search. Rates are drawn log-uniformly, one in each of equal parts of a range, and the lowest training loss at the end
// of the budget decides; the test data are not looked at.
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
  "gradientDescent", "momentum", "adam", "adamw", "lion", "sophiaH", "sophiaG", "muon", "shampoo", "soap",
]

func searchOnDigits(_ methods: [String]) throws {
  // What `digits-mlp` trains on with the seed 0, and the start of another seed.
  let (samples, _) = try DataSet(.digits).split(seed: 0)
  let model = try MultilayerPerceptron<Double>(samples.standardised(), widths: [64])
  let course = Course(model, from: model.start(seed: 1), within: Budget(iterations: .max, passes: 30))
  let setting = Setting(course, batch: 32, seed: 1)
  row(["method", "rate", "loss after 30 passes"])
  for name in methods.isEmpty ? usual : methods {
    for rate in rates(in: 1e-4...10, count: 15, seed: 1) {
      let contestant = try Request(method: "\(name):rate=\(rate)").contestant(in: setting)
      row([name, "\(rate)", "\(contestant.outcome(on: course).value)"])
    }
  }
}

/// Muon beside AdamW on the transformer: the loss of the whole training text after as many passes, each with a schedule of
/// that length.
func compareOnSonnets() {
  let sonnets = ShippedFile.sonnets
  let middle = sonnets.index(sonnets.startIndex, offsetBy: sonnets.count * 9 / 10)
  let model = CharacterTransformer<Float>(
    reading: String(sonnets[..<middle]), alphabet: Set(sonnets.unicodeScalars).sorted())
  let test = model.reading(String(sonnets[middle...]))
  typealias P = CharacterTransformer<Float>
  let size = 16
  let stepsOfPass = (model.termCount + size - 1) / size

  func loss<D: Direction>(_ direction: D, rate: Float, passes: Int, seed: UInt64) -> (
    train: Float, test: Float
  )
  where D.Problem == P {
    let steps = passes * stepsOfPass
    let method = Descent(
      direction, step: Scheduled(.cosine(from: rate, over: steps).warmedUp(over: steps / 20))
    )
    .onBatches(of: size, seed: seed)
    var run = Run(model, from: model.start(seed: seed), using: method, within: Budget(iterations: steps))
    while run.next() != nil {}
    let point = run.progress.point
    return (model.value(at: point), test.value(at: point))
  }
  let adamW = Adam<P>(betas: (0.9, 0.95), decoupledDecay: 0.1)
  let muon = Muon<P>.moonlight()
  func best<D: Direction>(_ name: String, _ direction: D, passes: Int) -> Float where D.Problem == P {
    var best: (rate: Float, loss: Float) = (0, .infinity)
    for rate in rates(in: 5e-4...5e-2, count: 8, seed: 1) {
      let found = loss(direction, rate: Float(rate), passes: passes, seed: 1)
      row([name, "\(rate)", "\(passes)", "1", "\(found.train)", "\(found.test)"])
      if found.train < best.loss { best = (Float(rate), found.train) }
    }
    return best.rate
  }
  row(["method", "rate", "passes", "seed", "training loss", "test loss"])
  let rateOfAdamW = best("AdamW", adamW, passes: 4)
  let rateOfMuon = best("Muon", muon, passes: 3)
  for seed: UInt64 in [2, 3, 4] {
    for passes in [2, 3, 4] {
      let found = loss(muon, rate: rateOfMuon, passes: passes, seed: seed)
      row(["Muon", "\(rateOfMuon)", "\(passes)", "\(seed)", "\(found.train)", "\(found.test)"])
    }
    let found = loss(adamW, rate: rateOfAdamW, passes: 4, seed: seed)
    row(["AdamW", "\(rateOfAdamW)", "4", "\(seed)", "\(found.train)", "\(found.test)"])
  }
}

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "sonnets" {
  compareOnSonnets()
} else {
  try searchOnDigits(Array(arguments.dropFirst()))
}
