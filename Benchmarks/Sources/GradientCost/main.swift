// The cost of a gradient and of a Hessian-vector product, as lines of JSON that compare_gradients.py reads.
//
//   swift run -c release GradientCost [--threads 1] [--seconds 0.3] [function …]

import Foundation
import Secant

var arguments = Array(CommandLine.arguments.dropFirst())

/// Takes an option and its number out of the arguments.
@MainActor func option(_ name: String, default number: Double) -> Double {
  guard let i = arguments.firstIndex(of: name) else { return number }
  guard i + 1 < arguments.count, let given = Double(arguments[i + 1]) else {
    fatalError("\(name) wants a number")
  }
  arguments.removeSubrange(i...i + 1)
  return given
}

let threads = Int(option("--threads", default: 1))
let measurement = Measurement(threads: threads, seconds: option("--seconds", default: 0.3))
let names = ["rosenbrock-1000", "rosenbrock-100000", "logistic", "perceptron", "perceptron-small"]
let chosen = arguments.isEmpty ? names : arguments
if let unknown = chosen.first(where: { !names.contains($0) }) {
  fatalError("no function \(unknown): choose from \(names)")
}
LinearAlgebra.threads = threads

for n in [1_000, 100_000] where chosen.contains("rosenbrock-\(n)") {
  let (name, f, x, v) = ("rosenbrock-\(n)", ExtendedRosenbrock(), sines(n), direction(n))
  measurement.report(
    name, "plain Double", at: x, along: v, value: { f($0) },
    gradient: { f.valueAndGradient(at: $0, into: &$1) },
    product: { f.hessian(times: $0, at: $1, into: &$2) })
  measurement.reportSecant(name, f, at: Vector(x), along: Vector(v))
  // Its time grows with n²: minutes for one gradient of 100,000 variables.
  if n <= 1000 {
    measurement.report(
      name, "Swift's _Differentiation", at: x, along: v, gradient: { f.swiftGradient(at: $0, into: &$1) })
  }
}
if chosen.contains("logistic") {
  let (name, f) = ("logistic", LogisticRegression(examples: 1000, variables: 20))
  let (x, v) = (sines(20, scale: 0.1), direction(20))
  measurement.report(
    name, "plain Double", at: x, along: v, value: { f($0) },
    gradient: { f.valueAndGradient(at: $0, into: &$1) },
    product: { f.hessian(times: $0, at: $1, into: &$2) })
  measurement.reportSecant(name, f, at: Vector(x), along: Vector(v))
  measurement.report(
    name, "Swift's _Differentiation", at: x, along: v, gradient: { f.swiftGradient(at: $0, into: &$1) })
}
for (name, sizes) in [("perceptron", [784, 128, 10]), ("perceptron-small", [30, 64, 64, 1])]
where chosen.contains(name) {
  let f = Perceptron(sizes)
  let (x, v) = (Vector(f.start), Vector(direction(f.dimension)))
  measurement.report(
    name, "plain Double", at: x, along: v, value: { f.value(at: $0) },
    gradient: { f.valueAndGradient(at: $0, into: &$1) })
  measurement.reportSecant(name, f, at: x, along: v)
}
