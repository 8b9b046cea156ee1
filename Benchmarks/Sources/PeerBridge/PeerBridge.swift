import Secant
import SecantProblems

// What a program in another language needs to run its own solvers on Secant's test problems, and Secant's solvers beside
// them: four C functions over the collections.

/// A problem that counts how often it is asked, and notices when the threshold is met first.
private struct Counted: TwiceDifferentiableObjective {
  final class Count {
    var gradients = 0
    var products = 0
    var hessians = 0
    /// The count of gradients when ‖∇f‖∞ was first at most the threshold.
    var reachedAfter: Int?
  }

  let problem: TestProblem<Double>
  let threshold: Double
  let count = Count()

  var dimension: Int? { problem.dimension }

  func value(at x: Vector<Double>) -> Double { problem.value(at: x) }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    count.gradients += 1
    let value = problem.valueAndGradient(at: x, into: &gradient)
    if count.reachedAfter == nil, gradient.largestMagnitude <= threshold {
      count.reachedAfter = count.gradients
    }
    return value
  }

  func hessian(times v: Vector<Double>, at x: Vector<Double>, into product: inout Vector<Double>) {
    count.products += 1
    problem.hessian(times: v, at: x, into: &product)
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    count.hessians += 1
    problem.hessian(at: x, into: &hessian)
  }
}

/// The methods that can be asked for, in the order of their numbers.
private let methods: [(name: String, method: any Solver<Counted>)] = [
  ("lbfgs", .lbfgs()), ("bfgs", .bfgs()), ("conjugateGradient", .conjugateGradient()),
  ("newton", .newton()), ("newtonCG", .newtonCG()), ("trustRegion", .trustRegion()),
  ("exactTrustRegion", .exactTrustRegion()), ("cubicRegularization", .cubicRegularization()),
]

private let collections: [[(name: String, problem: TestProblem<Double>)]] = [
  TestProblem.moreGarbowHillstrom.map { ($0.description, $0) }, TestProblem.cutest,
]

private func copy(_ text: String, to buffer: UnsafeMutablePointer<CChar>, _ capacity: Int) {
  let bytes = text.utf8CString
  for i in 0..<min(bytes.count, capacity) { buffer[i] = bytes[i] }
  buffer[capacity - 1] = 0
}

/// The number of problems in a collection: 0 is Moré, Garbow and Hillstrom's, 1 that of the peers' table.
@c public func secant_problem_count(_ collection: Int32) -> Int32 {
  Int32(collections[Int(collection)].count)
}

/// The problem's number of variables; its name and its standard start are written.
@c public func secant_problem(
  _ collection: Int32, _ index: Int32, _ name: UnsafeMutablePointer<CChar>, _ capacity: Int32,
  _ start: UnsafeMutablePointer<Double>?
) -> Int32 {
  let entry = collections[Int(collection)][Int(index)]
  copy(entry.name, to: name, Int(capacity))
  if let start { for i in entry.problem.start.indices { start[i] = entry.problem.start[i] } }
  return Int32(entry.problem.start.count)
}

/// f(x), with ∇f(x) written into `gradient`.
@c public func secant_evaluate(
  _ collection: Int32, _ index: Int32, _ x: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>
) -> Double {
  let problem = cache[Int(collection)][Int(index)]
  let n = problem.start.count
  let point = Vector(UnsafeBufferPointer(start: x, count: n))
  var g = Vector<Double>(zeros: n)
  let value = problem.valueAndGradient(at: point, into: &g)
  for i in 0..<n { gradient[i] = g[i] }
  return value
}

private let cache = collections.map { $0.map(\.problem) }

/// The method's name, or nothing where there is none of that number.
@c public func secant_method(
  _ number: Int32, _ name: UnsafeMutablePointer<CChar>, _ capacity: Int32
) -> Int32 {
  guard methods.indices.contains(Int(number)) else { return 0 }
  copy(methods[Int(number)].name, to: name, Int(capacity))
  return 1
}

/// Runs a method until ‖∇f‖∞ ≤ 1e-6 max(1, ‖∇f₀‖∞), and writes the gradients to get there (−1: never), f at the end,
/// Hessian-vector products, Hessians, and the status.
@c public func secant_solve(
  _ collection: Int32, _ index: Int32, _ number: Int32, _ maximum: Int32,
  _ counts: UnsafeMutablePointer<Int32>, _ value: UnsafeMutablePointer<Double>,
  _ status: UnsafeMutablePointer<CChar>, _ capacity: Int32
) {
  let problem = cache[Int(collection)][Int(index)]
  var gradient = Vector<Double>(zeros: problem.start.count)
  _ = problem.valueAndGradient(at: problem.start, into: &gradient)
  let threshold = 1e-6 * max(1, gradient.largestMagnitude)
  let counted = Counted(problem: problem, threshold: threshold)
  let (f, label) = methods[Int(number)].method.run(on: counted, within: Int(maximum))
  counts[0] = Int32(counted.count.reachedAfter ?? -1)
  counts[1] = Int32(counted.count.products)
  counts[2] = Int32(counted.count.hessians)
  value.pointee = f
  copy(label, to: status, Int(capacity))
}

extension Solver where Problem == Counted {
  fileprivate func run(on problem: Counted, within gradients: Int) -> (value: Double, label: String) {
    let outcome = minimize(
      problem, from: problem.problem.start, using: self,
      until: Convergence(gradient: problem.threshold, isRelative: false),
      within: Budget(gradients: gradients),
      certifying: false)
    return (outcome.value, outcome.status.label)
  }
}
