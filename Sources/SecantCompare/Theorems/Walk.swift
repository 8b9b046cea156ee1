import Secant

/// Runs a solver from a point for so many steps, and shows every point on the way, the start with the number 0.
///
/// The driver is `Run`, which stops for no tolerance here.
func walk<Method: Solver>(
  _ method: Method, on problem: Method.Problem, from start: Vector<Double>, steps: Int,
  visit: (_ k: Int, _ state: State<Double, Method.Memory>) -> Void
) where Method.Problem.Scalar == Double {
  var run = Run(problem, from: start, using: method, until: .never, within: Budget(iterations: steps))
  var last = -1
  while let progress = run.next() {
    guard progress.iteration > last else { continue }
    last = progress.iteration
    visit(last, progress.state)
  }
}

/// A run whose problem and hyper-parameters are the caller's to change between steps: a stream of functions, or terms of a
/// sum that are drawn independently.
struct Stream<Method: Solver> where Method.Problem.Scalar == Double, Method.Problem.Failure == Never {
  var method: Method
  var state: State<Double, Method.Memory>

  init(_ method: Method, on problem: Method.Problem, from start: Vector<Double>) {
    self.method = method
    state = method.start(at: start, for: problem)
  }

  /// Takes a step on what the problem is now; ∇f is that of the point it set out from.
  mutating func step(on problem: Method.Problem) { method.step(&state, on: problem) }

  /// Where it is.
  var point: Vector<Double> { state.current.point }
}

/// Means with standard errors over runs with different seeds, for a bound of an expectation.
package struct Means {
  private var runs: [[Double]] = []

  package init() {}

  /// Adds what one run measured.
  package mutating func add(_ values: [Double]) { runs.append(values) }

  package subscript(i: Int) -> (value: Double, error: Double) {
    MeasuredRate.mean(runs.map { $0[i] }) ?? (.nan, .infinity)
  }
}

/// So many members of a class, or the runs on them, each drawn by a generator of its own.
func members<Member>(
  _ count: Int, _ seed: UInt64, drawn: (_ generator: inout RandomGenerator, _ i: Int) -> Member
) -> [Member] {
  (0..<count).map { i in
    var generator = RandomGenerator(seed: seed, stream: UInt64(i) | 1 << 61)
    return drawn(&generator, i)
  }
}

/// 1, 2, 5, 10, 20, … and the end.
func roundNumbers(to end: Int) -> [Int] {
  var numbers = [Int]()
  var decade = 1
  while decade <= end {
    numbers += [decade, 2 * decade, 5 * decade].filter { $0 < end }
    decade *= 10
  }
  return numbers + [end]
}

extension TwiceDifferentiableObjective where Scalar == Double, Failure == Never {
  /// The least and the greatest eigenvalue of the Hessian.
  func spectrum(at x: Vector<Double>) -> ClosedRange<Double> {
    var hessian = Matrix<Double>(zeros: x.count, x.count)
    self.hessian(at: x, into: &hessian)
    var eigen = SymmetricEigen<Double>(dimension: x.count)
    precondition(eigen.factor(hessian) == nil, "the Hessian of a member is not finite")
    return eigen.values[0]...eigen.values[x.count - 1]
  }

  /// λ = (∇fᵀ (∇²f)⁻¹ ∇f)^½, Newton's decrement.
  func newtonDecrement(at x: Vector<Double>) -> Double {
    var gradient = Vector<Double>(zeros: x.count)
    _ = valueAndGradient(at: x, into: &gradient)
    var hessian = Matrix<Double>(zeros: x.count, x.count)
    self.hessian(at: x, into: &hessian)
    var factor = Cholesky<Double>(dimension: x.count)
    precondition(factor.factor(hessian) == nil, "the Hessian of a member is not positive definite")
    factor.solveLower(&gradient)
    return gradient.norm
  }
}

extension RandomGenerator {
  /// Normal numbers.
  mutating func normals(_ count: Int) -> Vector<Double> {
    var x = Vector<Double>(zeros: count)
    fillNormal(&x)
    return x
  }

  /// Rows of normal numbers.
  mutating func normalMatrix(_ rows: Int, _ columns: Int, times scale: Double = 1) -> Matrix<Double> {
    Matrix(rows: rows, columns: columns, elements: scale * normals(rows * columns))
  }
}
