import Foundation
import Secant
import Testing

@Suite struct LimitedMemoryHessianTests {
  typealias Point<S: LAPACKScalar> = (point: Vector<S>, gradient: Vector<S>)

  /// Points and gradients of a quadratic with some curvature left over, in no particular directions.
  static func points<S: LAPACKScalar>(_ n: Int, _ count: Int, indefinite: Bool = false) -> [Point<S>] {
    var generator = RandomGenerator(seed: 7)
    var A = Quadratic<S>(n, condition: 50).A
    if indefinite { A.addToDiagonal(-10) }
    return (0..<count).map { _ in
      var x = Vector<S>(zeros: n)
      generator.fillNormal(&x)
      var g = x
      A.multiply(x, into: &g)
      for i in 0..<n { g[i] += x[i] * x[i] * x[i] / 10 }
      return (x, g)
    }
  }

  /// The matrix whose columns are products with the unit vectors.
  static func dense<S: LAPACKScalar>(_ B: LimitedMemoryHessian<S>) -> Matrix<S> {
    var B = B
    var matrix = Matrix<S>(zeros: B.dimension, B.dimension)
    for j in 0..<B.dimension {
      var e = Vector<S>(zeros: B.dimension)
      e[j] = 1
      var column = e
      B.multiply(e, into: &column)
      for i in 0..<B.dimension { matrix[i, j] = column[i] }
    }
    return matrix
  }

  /// The update formulas themselves, on a dense matrix that starts as σI.
  static func explicit<S: LAPACKScalar>(_ B: LimitedMemoryHessian<S>) -> Matrix<S> {
    var H = Matrix<S>(identity: B.dimension)
    H.scale(by: B.σ)
    for i in 0..<B.count {
      let (s, y) = B.pair(i)
      var Bs = s
      H.multiply(s, into: &Bs)
      switch B.formula {
      case .bfgs:
        let sᵀBs = s.dot(Bs)
        H.addOuter(Bs, Bs, times: -1 / sᵀBs)
        H.addOuter(y, y, times: 1 / s.dot(y))
      case .sr1:
        let v = y - Bs
        H.addOuter(v, v, times: 1 / v.dot(s))
      }
    }
    return H
  }

  static func checkFormula<S: LAPACKScalar>(
    _ formula: LimitedMemoryHessian<S>.Formula, capacity: Int, count: Int, within tolerance: S
  ) {
    let points: [Point<S>] = points(6, count + 1, indefinite: formula == .sr1)
    var B = LimitedMemoryHessian<S>(formula, dimension: 6, capacity: capacity)
    for (a, b) in zip(points, points.dropFirst()) { B.update(from: a, to: b) }
    #expect(B.count > 0)
    let expected = explicit(B)
    var difference = dense(B)
    difference.add(expected, times: -1)
    #expect(difference.frobeniusNorm <= tolerance * expected.frobeniusNorm, "\(formula) \(capacity) \(count)")
  }

  @Test(arguments: [(3, 2), (4, 4), (3, 9), (8, 7), (1, 3)])
  func isWhatTheFormulaMakes(capacity: Int, count: Int) {
    Self.checkFormula(.bfgs, capacity: capacity, count: count, within: 1e-11 as Double)
    Self.checkFormula(.bfgs, capacity: capacity, count: count, within: 1e-3 as Float)
    Self.checkFormula(.sr1, capacity: Swift.min(capacity, 5), count: count, within: 1e-8 as Double)
  }

  @Test(arguments: [LimitedMemoryHessian<Double>.Formula.bfgs, .sr1])
  func satisfiesTheSecantEquation(_ formula: LimitedMemoryHessian<Double>.Formula) {
    let points: [Point<Double>] = Self.points(8, 12, indefinite: formula == .sr1)
    var B = LimitedMemoryHessian<Double>(formula, dimension: 8, capacity: 4)
    for (a, b) in zip(points, points.dropFirst()) where B.update(from: a, to: b) {
      let (s, y) = B.pair(B.count - 1)
      var product = s
      B.multiply(s, into: &product)
      #expect((product - y).norm <= 1e-9 * y.norm)
    }
  }

  /// Theorem 2.2 of Byrd, Nocedal and Schnabel: the compact form and the two loops are the same operator.
  @Test(arguments: [1, 3, 5, 12])
  func solvesAsTheTwoLoopRecursionDoes(capacity: Int) {
    func check<S: LAPACKScalar>(_: S.Type, within tolerance: S) {
      let n = 20
      let points: [Point<S>] = Self.points(n, 11)
      var B = LimitedMemoryHessian<S>(.bfgs, dimension: n, capacity: capacity)
      var H = LimitedMemoryInverseHessian<S>(dimension: n, capacity: capacity)
      var (p, q) = (Vector<S>(zeros: n), Vector<S>(zeros: n))
      for (a, b) in zip(points, points.dropFirst()) {
        let isTaken = B.update(from: a, to: b)
        let isTakenThere = H.update(from: a, to: b)
        #expect(isTaken == isTakenThere)
        let isSolved = B.solve(&p, against: b.gradient, over: Vector(repeating: 1, count: n))
        #expect(isSolved)
        H.apply(to: b.gradient, into: &q)
        #expect((p - q).norm <= tolerance * q.norm, "\((p - q).norm / q.norm)")
      }
    }
    check(Double.self, within: 1e-10)
    check(Float.self, within: 1e-2)
  }

  /// Room for pairs that never come is not worked on: products and solutions are those of a memory that is just full.
  @Test(arguments: [LimitedMemoryHessian<Double>.Formula.bfgs, .sr1])
  func roomThatIsNotUsedChangesNothing(_ formula: LimitedMemoryHessian<Double>.Formula) {
    let n = 8
    let points: [Point<Double>] = Self.points(n, 6, indefinite: formula == .sr1)
    var tight = LimitedMemoryHessian<Double>(formula, dimension: n, capacity: 5)
    var wide = LimitedMemoryHessian<Double>(formula, dimension: n, capacity: 1000)
    let free: Vector<Double> = [1, 1, 0, 1, 0, 1, 1, 1]
    var (p, q) = (Vector<Double>(zeros: n), Vector<Double>(zeros: n))
    for (a, b) in zip(points, points.dropFirst()) {
      let isTaken = tight.update(from: a, to: b)
      let isTakenThere = wide.update(from: a, to: b)
      #expect(isTaken == isTakenThere && tight.count == wide.count)
      tight.multiply(b.gradient, into: &p)
      wide.multiply(b.gradient, into: &q)
      #expect((p - q).norm <= 1e-12 * p.norm)
      guard formula == .bfgs else { continue }
      tight.solve(&p, against: b.gradient, over: free)
      wide.solve(&q, against: b.gradient, over: free)
      #expect((p - q).norm <= 1e-12 * p.norm)
    }
    #expect(tight.count > 0)
  }

  /// A memory that was emptied is that of a new one: what it held before shows nowhere.
  @Test func forgetsWhatItHeld() {
    let points: [Point<Double>] = Self.points(6, 12)
    var old = LimitedMemoryHessian<Double>(.bfgs, dimension: 6, capacity: 4)
    for (a, b) in zip(points[..<8], points[1...]) { old.update(from: a, to: b) }
    old.removeAll()
    var new = LimitedMemoryHessian<Double>(.bfgs, dimension: 6, capacity: 4)
    var (p, q) = (points[0].point, points[0].point)
    for (a, b) in zip(points[8..<11], points[9...]) {
      old.update(from: a, to: b)
      new.update(from: a, to: b)
      old.multiply(b.gradient, into: &p)
      new.multiply(b.gradient, into: &q)
      #expect(p.isIdentical(to: q))
    }
  }

  /// The submatrix of B over the free variables, solved with, whichever of the two sets is the smaller.
  @Test(arguments: [0, 1, 3, 10, 17, 20])
  func solvesWithASubmatrix(freeCount: Int) {
    let n = 20
    let points: [Point<Double>] = Self.points(n, 9)
    var B = LimitedMemoryHessian<Double>(.bfgs, dimension: n, capacity: 5)
    for (a, b) in zip(points, points.dropFirst()) { B.update(from: a, to: b) }
    let free = Vector((0..<n).map { ($0 * 7) % n < freeCount ? 1.0 : 0 })
    let g = points[3].gradient
    var p = Vector<Double>(repeating: .nan, count: n)
    let isSolved = B.solve(&p, against: g, over: free)
    #expect(isSolved)
    var product = p
    B.multiply(p, into: &product)
    for i in 0..<n {
      if free[i] == 1 { #expect(abs(product[i] + g[i]) <= 1e-10 * g.norm) } else { #expect(p[i] == 0) }
    }
  }

  @Test func refusesWhatTeachesNothing() {
    func expect(
      _ B: inout LimitedMemoryHessian<Double>, toTake isTaken: Bool, _ s: Vector<Double>, _ y: Vector<Double>
    ) {
      let zeros: Vector<Double> = [0, 0]
      let answer = B.update(from: (zeros, zeros), to: (s, y))
      #expect(answer == isTaken, "\(s) \(y)")
    }
    var B = LimitedMemoryHessian<Double>(.bfgs, dimension: 2, capacity: 3)
    expect(&B, toTake: false, [1, 0], [-1, 0])
    expect(&B, toTake: false, [1, 0], [0, 1])
    expect(&B, toTake: false, [0, 0], [1, 0])
    expect(&B, toTake: false, [1, 0], [.nan, 0])
    expect(&B, toTake: false, [1, 0], [.infinity, 0])
    #expect(B.count == 0)
    var C = LimitedMemoryHessian<Double>(.sr1, dimension: 2, capacity: 3)
    // y = Bs is known already, and a v orthogonal to s has no update; negative curvature has one.
    expect(&C, toTake: false, [1, 0], [1, 0])
    expect(&C, toTake: false, [1, 0], [1, 1])
    expect(&C, toTake: true, [1, 0], [-1, 0])
    var product = Vector<Double>(zeros: 2)
    C.multiply([1, 0], into: &product)
    #expect((product - [-1, 0]).norm < 1e-14)
  }

  @Test(arguments: [LimitedMemoryHessian<Double>.Formula.bfgs, .sr1])
  func survivesEncodingBitForBit(_ formula: LimitedMemoryHessian<Double>.Formula) throws {
    let points: [Point<Double>] = Self.points(7, 9)
    var B = LimitedMemoryHessian<Double>(formula, dimension: 7, capacity: 4)
    for (a, b) in zip(points[..<7], points[1...]) { B.update(from: a, to: b) }
    var C = try JSONDecoder().decode(LimitedMemoryHessian<Double>.self, from: JSONEncoder().encode(B))
    #expect(B == C)
    var (p, q) = (points[0].point, points[0].point)
    for _ in 0..<2 {
      B.multiply(points[2].gradient, into: &p)
      C.multiply(points[2].gradient, into: &q)
      #expect(p.isIdentical(to: q))
      B.update(from: points[7], to: points[8])
      C.update(from: points[7], to: points[8])
    }
    B.removeAll()
    B.multiply(points[2].gradient, into: &p)
    #expect(p == points[2].gradient)
  }

  /// 10⁻¹⁰·f and 10¹⁰·f have the same memory, but for the factor.
  @Test(arguments: [1e-10, 1e10]) func isIndifferentToScale(factor: Double) {
    let points: [Point<Double>] = Self.points(5, 8)
    var B = LimitedMemoryHessian<Double>(.bfgs, dimension: 5, capacity: 3)
    var C = B
    for (a, b) in zip(points, points.dropFirst()) {
      let isTaken = B.update(from: a, to: b)
      let isTakenThere = C.update(
        from: (a.point, factor * a.gradient), to: (b.point, factor * b.gradient))
      #expect(isTaken == isTakenThere)
    }
    let (x, ones) = (points[0].point, Vector<Double>(repeating: 1, count: 5))
    var (p, q) = (x, x)
    B.solve(&p, against: x, over: ones)
    C.solve(&q, against: factor * x, over: ones)
    #expect((p - q).norm <= 1e-10 * p.norm)
  }
}
