import SecantLinearAlgebra
import Testing

@Suite struct DampedLeastSquaresTests {
  /// Few columns are factored inline, many by LAPACK; tall, square and wide.
  static let shapes = [(5, 3), (14, 2), (4, 4), (3, 6), (1, 1), (200, 8), (201, 8), (30, 12), (9, 20)]

  func system<Scalar>(_ a: Matrix<Scalar>, _ D: Vector<Scalar>, _ b: Vector<Scalar>) -> DampedLeastSquares<
    Scalar
  > {
    var system = DampedLeastSquares<Scalar>(shape: a.shape)
    let norms = Vector((0..<a.columns).map { a.norm(ofColumn: $0) })
    #expect(system.factor(a, columnNorms: norms, scaledBy: D, against: b) == nil)
    return system
  }

  func weights<Scalar: LAPACKScalar>(_ n: Int) -> Vector<Scalar> {
    Vector((0..<n).map { 1 + Scalar($0 % 3) })
  }

  /// (AᵀA + λD²)p = −Aᵀb, and ‖Dp‖, ‖Ap‖² are what they are said to be.
  @Test(arguments: shapes, [0, 1e-3, 2])
  func satisfiesTheNormalEquations(shape: (Int, Int), λ: Double) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let (m, n) = shape
      let (a, b, D) = (
        Matrix<Scalar>.random(m, n), randomVector(m) as Vector<Scalar>, weights(n) as Vector<Scalar>
      )
      var damped = system(a, D, b)
      #expect(damped.rank == min(m, n))
      let length = damped.solve(damping: Scalar(λ))
      var p = Vector<Scalar>(zeros: n)
      let square = damped.copySolution(into: &p)
      var (r, g, Dp) = (b, Vector<Scalar>(zeros: n), p)
      a.multiply(p, into: &r)
      #expect(abs(square - r.squaredNorm) <= 1000 * .ulpOfOne * (1 + square))
      r.add(b)
      a.multiply(r, into: &g, transposed: true)
      Dp.multiply(by: D)
      #expect(abs(Dp.norm - length) <= 100 * .ulpOfOne * (1 + length))
      for j in 0..<n { g[j] += Scalar(λ) * D[j] * Dp[j] }
      #expect(g.norm <= 3000 * .ulpOfOne * Scalar(m + n) * (1 + p.norm), "\(g)")
    }
    check(Double.self)
    check(Float.self)
  }

  /// The derivative of ½‖Dp‖² by λ, against differences.
  @Test(arguments: [(14, 2), (30, 12)]) func knowsHowTheLengthFalls(m: Int, n: Int) {
    var damped = system(Matrix<Double>.random(m, n), weights(n), randomVector(m))
    let (λ, h) = (0.3, 1e-5)
    let (above, below) = (damped.solve(damping: λ + h), damped.solve(damping: λ - h))
    _ = damped.solve(damping: λ)
    let slope = (above * above - below * below) / (4 * h)
    #expect(abs(damped.steepness() + slope) <= 1e-7 * abs(slope))
  }

  /// The projection is the part of b in the range of A.
  @Test(arguments: shapes) func projects(m: Int, n: Int) {
    let (a, b) = (Matrix<Double>.random(m, n), randomVector(m) as Vector<Double>)
    var damped = system(a, Vector(repeating: 1, count: n), b)
    _ = damped.solve(damping: 0)
    var (p, r) = (Vector<Double>(zeros: n), b)
    _ = damped.copySolution(into: &p)
    a.multiply(p, into: &r, adding: 1)
    #expect(
      abs((b.squaredNorm - r.squaredNorm) - damped.projection * damped.projection) <= 1e-12
        * (1 + b.squaredNorm))
  }

  /// The same system by the inline code and, with rows of zeros below, by LAPACK.
  @Test func inlineAndLAPACKAgree() {
    let (a, b) = (Matrix<Double>.random(40, 6), randomVector(40) as Vector<Double>)
    var tall = Matrix<Double>(zeros: 240, 6)
    for j in 0..<6 { for i in 0..<40 { tall[i, j] = a[i, j] } }
    let longer = Vector(Array(b) + Array(repeating: 0, count: 200))
    var (small, large) = (system(a, weights(6), b), system(tall, weights(6), longer))
    for λ in [0, 1e-6, 0.1, 10] {
      #expect(abs(small.solve(damping: λ) / large.solve(damping: λ) - 1) < 1e-12)
      var (p, q) = (Vector<Double>(zeros: 6), Vector<Double>(zeros: 6))
      _ = (small.copySolution(into: &p), large.copySolution(into: &q))
      #expect(distance(p, q) <= 1e-13)
    }
  }

  /// Units of 1e12 and 1e-12 hide no column; a column that is a sum of others is found, and one of zeros.
  @Test(arguments: [6, 250]) func theRankIsAMatterOfDirections(m: Int) {
    var a = Matrix<Double>.random(m, 4)
    for i in 0..<m {
      a[i, 0] *= 1e12
      a[i, 1] *= 1e-12
    }
    #expect(system(a, weights(4), randomVector(m)).rank == 4)
    for i in 0..<m { a[i, 3] = a[i, 0] * 1e-12 + a[i, 1] * 1e12 }
    #expect(system(a, weights(4), randomVector(m)).rank == 3)
    for i in 0..<m { a[i, 2] = 0 }
    var damped = system(a, weights(4), randomVector(m))
    #expect(damped.rank == 2)
    #expect(damped.solve(damping: 0).isFinite && damped.solve(damping: 1).isFinite)
  }

  @Test func anotherRightSideTakesItsPlace() {
    let a = Matrix<Double>.random(9, 3)
    let (b, c) = (randomVector(9) as Vector<Double>, randomVector(9, seed: 8) as Vector<Double>)
    var (replaced, fresh) = (system(a, weights(3), b), system(a, weights(3), c))
    let projection = replaced.projection
    replaced.replace(c)
    #expect(replaced.solve(damping: 0.5) == fresh.solve(damping: 0.5) && replaced.projection == projection)
  }

  @Test func whatIsNotFiniteIsRefused() {
    for bad in [Double.nan, .infinity] {
      var a = Matrix<Double>.random(5, 2)
      a[3, 1] = bad
      var damped = DampedLeastSquares<Double>(shape: a.shape)
      let norms = Vector((0..<2).map { a.norm(ofColumn: $0) })
      #expect(damped.factor(a, columnNorms: norms, scaledBy: [1, 1], against: randomVector(5)) == .nonFinite)
      #expect(!damped.isFactored)
    }
  }

  @Test(arguments: [5, 250]) func aRightSideThatIsNotFiniteIsRefused(m: Int) {
    let a = Matrix<Double>.random(m, 2)
    let norms = Vector((0..<2).map { a.norm(ofColumn: $0) })
    for bad in [Double.nan, .infinity] {
      var (damped, b) = (DampedLeastSquares<Double>(shape: a.shape), randomVector(m) as Vector<Double>)
      b[m - 1] = bad
      #expect(damped.factor(a, columnNorms: norms, scaledBy: [1, 1], against: b) == .nonFinite)
      #expect(!damped.isFactored)
    }
  }

  @Test(arguments: [0, 0.5]) func theLengthIsThatOfTheLastSolution(λ: Double) {
    var damped = system(Matrix<Double>.random(9, 3), weights(3), randomVector(9))
    #expect(damped.solve(damping: λ) == damped.length)
    #expect(damped.length > 0)
  }
}
