import SecantLinearAlgebra
import Testing

@Suite struct BoundedLeastSquaresTests {
  static func solve<S: LAPACKScalar>(
    _ A: Matrix<S>, _ b: Vector<S>, λ: S = 0, D: Vector<S>? = nil, from l: Vector<S>, to u: Vector<S>
  ) -> BoundedLeastSquares<S> {
    var system = BoundedLeastSquares<S>(shape: b.count)
    system.A.copy(A)
    system.b.copy(b)
    system.lower.copy(l)
    system.upper.copy(u)
    system.begin(damping: λ, scaledBy: D ?? Vector(repeating: 1, count: b.count))
    while system.improve() { #expect(isWithin(system)) }
    return system
  }

  static func isWithin<S>(_ system: BoundedLeastSquares<S>) -> Bool {
    system.p.indices.allSatisfy { system.p[$0] >= system.lower[$0] && system.p[$0] <= system.upper[$0] }
  }

  /// Half the gradient, Aᵀ(Ap + b) + λD²p.
  static func gradient<S: LAPACKScalar>(
    _ system: BoundedLeastSquares<S>, λ: S = 0, D: Vector<S>? = nil
  ) -> Vector<S> {
    let p = system.p
    var (y, h) = (system.b, p)
    system.A.multiply(p, into: &y, adding: 1)
    system.A.multiply(y, into: &h, transposed: true)
    return Vector(p.indices.map { h[$0] + λ * (D?[$0] ?? 1) * (D?[$0] ?? 1) * p[$0] })
  }

  /// The conditions of optimality: zero within the bounds, pushing outwards on them.
  static func expectOptimal<S: LAPACKScalar>(
    _ system: BoundedLeastSquares<S>, λ: S = 0, D: Vector<S>? = nil, tolerance: S
  ) {
    let h = gradient(system, λ: λ, D: D)
    for i in h.indices where system.lower[i] < system.upper[i] {
      let p = system.p[i]
      if p > system.lower[i] { #expect(h[i] <= tolerance, "element \(i)") }
      if p < system.upper[i] { #expect(h[i] >= -tolerance, "element \(i)") }
    }
  }

  static func random<S: LAPACKScalar>(_ n: Int, seed: Int) -> (Matrix<S>, Vector<S>, Vector<S>, Vector<S>) {
    var generator = RandomGenerator(seed: UInt64(seed))
    var elements = Vector<S>(zeros: n * n + 3 * n)
    generator.fillNormal(&elements)
    let A = Matrix<S>(rows: n, columns: n, elements: Vector(elements[0..<n * n].map { $0 }))
    let rest = elements[(n * n)...].map { $0 }
    let l = (0..<n).map { -abs(rest[n + $0]) * ($0 % 5 == 4 ? 0 : 1) }
    let u = (0..<n).map { $0 % 7 == 6 ? S.infinity : abs(rest[2 * n + $0]) * ($0 % 6 == 5 ? 0 : 1) }
    return (A, Vector(rest[0..<n].map { 3 * $0 }), Vector(l), Vector(u))
  }

  @Test(arguments: 0..<40) func satisfiesTheConditionsOfOptimality(seed: Int) {
    let n = 1 + seed % 12
    let (A, b, l, u): (Matrix<Double>, _, _, _) = Self.random(n, seed: seed)
    let D = Vector((0..<n).map { 0.5 + Double($0 % 3) })
    for λ in [0, 0.3] {
      let system = Self.solve(A, b, λ: λ, D: D, from: l, to: u)
      Self.expectOptimal(system, λ: λ, D: D, tolerance: 1e-9)
      #expect(system.faces < 3 * n + 10)
    }
  }

  @Test(arguments: 0..<10) func satisfiesThemInSinglePrecision(seed: Int) {
    let (A, b, l, u): (Matrix<Float>, _, _, _) = Self.random(6, seed: seed)
    Self.expectOptimal(Self.solve(A, b, λ: 0.1, from: l, to: u), λ: 0.1, tolerance: 1e-3)
  }

  @Test func withoutABoundInReachItIsOneFace() {
    let A: Matrix<Double> = [[2, 1], [0, 3]]
    var system = Self.solve(A, [-4, -3], from: [-10, -10], to: [10, 10])
    #expect(system.faces == 1)
    #expect((system.p - [1.5, 1]).largestMagnitude < 1e-15)
    #expect(abs(system.decrease() - 25) < 1e-13)
  }

  /// Freed bounds: from a corner whose bounds both hold nothing.
  @Test func leavesBoundsThatHoldNothing() {
    let system = Self.solve([[1, 0.9], [0, 0.1]] as Matrix<Double>, [-1, -1], from: [0, 0], to: [1, 1])
    Self.expectOptimal(system, tolerance: 1e-14)
    #expect(system.p[1] == 1)
  }

  @Test func aShortRankDoesNotStopIt() {
    let A: Matrix<Double> = [[1, 1, 0], [0, 0, 1], [0, 0, 0]]
    let system = Self.solve(A, [-3, -1, 0], from: [-1, -1, -1], to: [1, 4, 4])
    Self.expectOptimal(system, tolerance: 1e-6)
    #expect(abs(system.p[0] + system.p[1] - 3) < 1e-6)
  }

  @Test func whatHasNoRoomStays() {
    let system = Self.solve([[1, 2], [3, 4]] as Matrix<Double>, [1, 1], from: [0, 0], to: [0, 0])
    #expect(system.p == [0, 0] && system.faces == 1)
  }

  @Test func whatIsNotFiniteEndsIt() {
    var system = Self.solve([[.nan, 2], [3, 4]] as Matrix<Double>, [1, 1], from: [-1, -1], to: [1, 1])
    #expect(system.p == [0, 0] && !(system.decrease() > 0))
  }
}
