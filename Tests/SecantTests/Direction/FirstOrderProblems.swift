import Foundation
import Secant
import Testing

/// f(x) = xᵀAx/2 − bᵀx + Σ qᵢxᵢ⁴/4, the problem of the recorded trajectories: the first six variables are a hidden
/// 3 × 2 matrix, the last two a bias.
struct QuadraticAndQuartic<Scalar: LAPACKScalar>: HessianVectorObjective, BlockStructured {
  var a = Matrix<Scalar>(zeros: 8, 8)
  let b = FirstOrderReference.b.map { Scalar($0) }
  let q = FirstOrderReference.q.map { Scalar($0) }
  /// Whether the Hessian is said to be its diagonal alone, of which Hutchinson's estimate is exact.
  var isHessianDiagonal = false
  let layout = Layout()
    .matrix("weight", rows: 3, columns: 2, role: .hidden)
    .vector("bias", count: 2, role: .bias)

  static var start: Vector<Scalar> { Vector(FirstOrderReference.start.map { Scalar($0) }) }

  init(isHessianDiagonal: Bool = false) {
    self.isHessianDiagonal = isHessianDiagonal
    for i in 0..<8 {
      for j in 0..<8 { a[i, j] = Scalar(FirstOrderReference.a[i][j]) }
    }
  }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    a.multiply(x, into: &g)
    var f = x.dot(g) / 2
    for i in x.indices {
      f += x[i] * (q[i] * x[i] * x[i] * x[i] / 4 - b[i])
      g[i] += q[i] * x[i] * x[i] * x[i] - b[i]
    }
    return f
  }

  func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into p: inout Vector<Scalar>) {
    if isHessianDiagonal { for i in v.indices { p[i] = a[i, i] * v[i] } } else { a.multiply(v, into: &p) }
    for i in v.indices { p[i] += 3 * q[i] * x[i] * x[i] * v[i] }
  }
}

/// f(x) = cᵀx over a layout: its gradient is c everywhere.
struct LinearFunction<Scalar: LAPACKScalar>: DifferentiableObjective, BlockStructured {
  var c: Vector<Scalar>
  var layout: Layout

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    g.copy(c)
    return c.dot(x)
  }
}

/// f(x) = Σ λᵢxᵢ²/2.
struct DiagonalQuadratic<Scalar: LAPACKScalar>: HessianVectorObjective {
  var λ: [Scalar]

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    for i in x.indices { g[i] = λ[i] * x[i] }
    return x.dot(g) / 2
  }

  func hessian(times v: Vector<Scalar>, at _: Vector<Scalar>, into p: inout Vector<Scalar>) {
    for i in v.indices { p[i] = λ[i] * v[i] }
  }
}

/// f(x) = (1/|B|) Σ_{i∈B} (aᵢᵀx − bᵢ)²/2 over seeded data.
struct LeastSquaresSum<Scalar: LAPACKScalar>: FiniteSumObjective {
  var rows: [Vector<Scalar>]
  var targets: [Scalar]
  var batch = Batch.all
  var termCount: Int { rows.count }

  init(terms: Int, dimension: Int, seed: UInt64 = 7) {
    var generator = RandomGenerator(seed: seed)
    rows = (0..<terms).map { _ in
      var row = Vector<Scalar>(zeros: dimension)
      generator.fillNormal(&row)
      return row
    }
    targets = (0..<terms).map { _ in generator.normal() }
  }

  /// The eight terms whose rows and targets are those of the recorded trajectories' problem.
  static var ofTheReference: Self {
    var problem = Self(terms: 8, dimension: 8)
    problem.rows = FirstOrderReference.a.map { Vector($0.map { Scalar($0) }) }
    problem.targets = FirstOrderReference.b.map { Scalar($0) }
    return problem
  }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    g.fill(with: 0)
    var f: Scalar = 0
    let count = batch.count(of: termCount)
    for k in 0..<count {
      let residual = rows[batch[k]].dot(x) - targets[batch[k]]
      f += residual * residual / 2
      g.add(rows[batch[k]], times: residual)
    }
    g.scale(by: 1 / Scalar(count))
    return f / Scalar(count)
  }
}

/// The points of a solver's first steps.
func trajectory<Method: Solver>(
  _ method: Method, on problem: Method.Problem, from start: Vector<Method.Problem.Scalar>, steps: Int
) -> [Vector<Method.Problem.Scalar>] where Method.Problem.Failure == Never {
  var state = method.start(at: start, for: problem)
  return (0..<steps).map { _ in
    method.step(&state, on: problem)
    return state.current.point
  }
}

/// The largest ‖x − y‖∞/‖y‖∞ of the points x of a trajectory and those y of its reference.
func discrepancy<Scalar: LAPACKScalar>(_ points: [Vector<Scalar>], _ reference: [[Double]]) -> Double {
  guard points.count == reference.count else { return .infinity }
  var worst = 0.0
  for (point, expected) in zip(points, reference) {
    guard point.count == expected.count, point.isFinite else { return .infinity }
    let distance = zip(point, expected).map { abs(Double($0) - $1) }.max()!
    worst = max(worst, distance / expected.map(abs).max()!)
  }
  return worst
}

/// Expects that a method follows a recorded trajectory, in double and in single precision.
func expectFollows(
  _ reference: [[Double]], _ method: some Solver<QuadraticAndQuartic<Double>>,
  _ single: some Solver<QuadraticAndQuartic<Float>>, sourceLocation: SourceLocation = #_sourceLocation
) {
  let inDouble = trajectory(method, on: QuadraticAndQuartic(), from: QuadraticAndQuartic.start, steps: 12)
  let inFloat = trajectory(single, on: QuadraticAndQuartic(), from: QuadraticAndQuartic.start, steps: 12)
  #expect(discrepancy(inDouble, reference) < 1e-10, sourceLocation: sourceLocation)
  #expect(discrepancy(inFloat, reference) < 1e-5, sourceLocation: sourceLocation)
}

/// Expects that the steps do not change, bit for bit, when f is multiplied by a power of two.
func expectBlindToScale(
  _ method: some Solver<DiagonalQuadratic<Double>>, sourceLocation: SourceLocation = #_sourceLocation
) {
  let unit = trajectory(method, on: DiagonalQuadratic(λ: [1, 4]), from: [1, -1], steps: 20)
  let scaled = trajectory(method, on: DiagonalQuadratic(λ: [1024, 4096]), from: [1, -1], steps: 20)
  #expect(unit == scaled, sourceLocation: sourceLocation)
  #expect(unit[0] != unit[19], sourceLocation: sourceLocation)
}

/// Whether m steps, encoded, decoded and continued for n are bit for bit m + n steps.
func resumesExactly<Method: Solver>(
  _ method: Method, on problem: Method.Problem, from start: Vector<Method.Problem.Scalar>, m: Int, n: Int
) throws -> Bool where Method.Problem.Failure == Never {
  let whole = Budget(iterations: m + n)
  let convergence = Convergence<Method.Problem.Scalar>(gradient: 0)
  var run = Run(problem, from: start, using: method, until: convergence, within: whole)
  while run.next() != nil {}
  var first = Run(problem, from: start, using: method, until: convergence, within: Budget(iterations: m))
  while first.next() != nil {}
  let data = try JSONEncoder().encode(first.state)
  let decoded = try JSONDecoder().decode(State<Method.Problem.Scalar, Method.Memory>.self, from: data)
  guard decoded == first.state else { return false }
  var second = Run(
    problem, resuming: decoded, using: method, until: convergence, within: Budget(iterations: n))
  while second.next() != nil {}
  return run.state.current.point == second.state.current.point && run.state.memory == second.state.memory
    && run.state.iteration == m + n
}
