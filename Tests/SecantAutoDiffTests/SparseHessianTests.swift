import CAllocationCounter
import SecantAutoDiff
import SecantProblems
import Testing

/// A function with its hand-written twin.
struct Formula<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction
where Scalar.Scalar == Scalar {
  enum Kind: CaseIterable {
    case extendedRosenbrock, chainedRosenbrock, broydenTridiagonal, broydenBanded, arwhead, power, nondquar
  }
  let kind: Kind

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    let n = x.count
    var sum: Number = 0
    switch kind {
    case .extendedRosenbrock: return ExtendedRosenbrock<Scalar>()(x)
    case .chainedRosenbrock:
      sum = pow(x[0] - 1, 2)
      for i in 1..<n { sum += 100 * pow(x[i] - x[i - 1] * x[i - 1], 2) }
    case .broydenTridiagonal:
      for i in 0..<n {
        var r = (3 - 2 * x[i]) * x[i] + 1
        if i > 0 { r -= x[i - 1] }
        if i < n - 1 { r -= 2 * x[i + 1] }
        sum += r * r
      }
    case .broydenBanded:
      for i in 0..<n {
        var r = x[i] * (2 + 5 * x[i] * x[i]) + 1
        for j in max(0, i - 5)...min(n - 1, i + 1) where j != i { r -= x[j] * (1 + x[j]) }
        sum += r * r
      }
    case .arwhead:
      for i in 0..<(n - 1) { sum += pow(x[i] * x[i] + x[n - 1] * x[n - 1], 2) - 4 * x[i] + 3 }
    case .power:
      for i in 0..<n { sum += Number(Scalar(i + 1)) * x[i] * x[i] }
      sum *= sum
    case .nondquar:
      for i in 0..<(n - 2) { sum += pow(x[i] + x[i + 1] + x[n - 1], 4) }
      sum += pow(x[0] - x[1], 2) + pow(x[n - 2] - x[n - 1], 2)
    }
    return sum
  }

  func byHand(_ n: Int) -> TestProblem<Scalar> {
    switch kind {
    case .extendedRosenbrock: .extendedRosenbrock(n)
    case .chainedRosenbrock: .extrosnb(n)
    case .broydenTridiagonal: .broydenTridiagonal(n)
    case .broydenBanded: .broydenBanded(n)
    case .arwhead: .arwhead(n)
    case .power: .power(n)
    case .nondquar: .nondquar(n)
    }
  }

  /// What an evaluation of the Hessian may take in products.
  var products: ClosedRange<Int> {
    switch kind {
    case .extendedRosenbrock, .arwhead: 2...2
    case .chainedRosenbrock: 3...3
    case .broydenTridiagonal: 3...5
    case .broydenBanded: 7...13
    case .power: 30...30
    case .nondquar: 4...5
    }
  }
}

/// Goes another way where x₀ < 0: other variables meet.
struct Forked: DifferentiableFunction {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    var sum = x[0] * x[1]
    if x[0] < 0 { sum += x[1] * x[2] * x[3] } else { sum += x[2] * x[2] * x[0] }
    for x in x { sum += x * x * x }
    return sum
  }
}

@Suite struct SparseHessianTests {
  static func point<Scalar: LAPACKScalar>(_ n: Int, _: Scalar.Type = Scalar.self) -> Vector<Scalar> {
    Vector((0..<n).map { Scalar(0.5) + Scalar($0 % 7) / 5 - Scalar($0 % 3) })
  }

  func agrees<Scalar: LAPACKScalar & DifferentiableNumber>(
    _ kind: Formula<Scalar>.Kind, within tolerance: Scalar
  ) where Scalar.Scalar == Scalar {
    let (n, formula) = (30, Formula<Scalar>(kind: kind))
    let problem = Differentiated(formula)
    let hand = formula.byHand(n)
    var sparse = SparseHessian(of: problem, at: hand.start)
    var H = SparseMatrix<Scalar>(zeros: sparse.pattern)
    var (dense, byHand) = (Matrix<Scalar>(zeros: n, n), Matrix<Scalar>(zeros: n, n))
    for x in [hand.start, Self.point(n)] {
      sparse.evaluate(at: x, into: &H)
      problem.hessian(at: x, into: &dense)
      hand.hessian(at: x, into: &byHand)
      let scale = byHand.elements.largestMagnitude
      let found = Matrix(H)
      #expect(found == found.transposed)
      #expect((found.elements - dense.elements).largestMagnitude <= tolerance * scale)
      #expect((found.elements - byHand.elements).largestMagnitude <= tolerance * scale)
      let v = Vector((0..<n).map { 1 / Scalar($0 + 1) })
      var (product, expected) = (v, v)
      H.multiply(v, into: &product)
      hand.hessian(times: v, at: x, into: &expected)
      #expect((product - expected).largestMagnitude <= 4 * tolerance * scale)
    }
    #expect(formula.products.contains(sparse.productCount), "\(sparse.productCount) products")
    #expect(sparse.tracings == 1)
  }

  @Test(arguments: Formula<Double>.Kind.allCases)
  func agreesWithTheDenseMatrixAndWithThatByHand(kind: Formula<Double>.Kind) {
    agrees(kind, within: 1e-14)
  }

  @Test(arguments: Formula<Float>.Kind.allCases)
  func agreesInSinglePrecision(kind: Formula<Float>.Kind) { agrees(kind, within: 4e-6) }

  /// A full matrix in which every stored element is another number: what is read at a wrong place shows.
  @Test(arguments: Patterns.symmetric.indices)
  func recoversEveryElementExactly(index: Int) {
    let pattern = Patterns.symmetric[index]
    let n = pattern.columns
    let places = pattern.places.filter { $0.0 >= $0.1 }
    let quadratic = Traced<Double>(replaying: true) { x in
      var sum: Variable<Double> = 0
      for (i, j) in places {
        let weight = Double(100 * i + j + 1)
        sum += i == j ? weight / 2 * x[i] * x[i] : weight * x[i] * x[j]
      }
      return sum
    }
    let x = Vector<Double>(zeros: n)
    var sparse = SparseHessian(of: quadratic, at: x)
    #expect(sparse.pattern == pattern)
    let H = sparse.evaluate(at: x)
    for (i, j) in places {
      #expect(H[i, j] == Double(100 * i + j + 1))
      #expect(H[j, i] == H[i, j])
    }
  }

  /// Each operation interacts where its second derivatives can be other than zero, and nowhere else.
  @Test func operationsInteractAsTheirSecondDerivativesSay() {
    typealias V = Variable<Double>
    func pattern(_ f: @escaping (V, V) -> V) -> [[Int]] {
      let places = SparseHessian(of: Traced<Double> { f($0[0], $0[1]) }, at: [0.5, 0.25]).pattern.places
      return places.map { [$0.0, $0.1] }
    }
    let (xx, xy, yx, yy) = ([0, 0], [0, 1], [1, 0], [1, 1])
    #expect(pattern { x, y in 3 * (x + y) - x / 4 + max(x, y) - min(-x, y) + abs(y) } == [])
    #expect(pattern { x, y in x * y } == [yx, xy])
    #expect(pattern { x, _ in x * x } == [xx])
    #expect(pattern { x, y in x / y } == [yx, xy, yy])
    #expect(pattern { x, _ in 1 / x } == [xx])
    #expect(pattern { x, y in pow(x, y) } == [xx, yx, xy, yy])
    #expect(pattern { x, y in pow(x, 2.5) + pow(y, 1) + pow(y, 0) } == [xx])
    #expect(pattern { x, y in hypot(x, y) } == [xx, yx, xy, yy])
    #expect(pattern { x, y in atan2(y: x, x: y) } == [xx, yx, xy, yy])
    #expect(pattern { x, y in exp(x) + sin(y) } == [xx, yy])
    #expect(pattern { x, y in exp(x - y) } == [xx, yx, xy, yy])
    #expect(pattern { x, y in (x + y) * 2 + x.magnitude * 3 } == [])
    #expect(pattern { x, y in (x + 1) * (y + 1) } == [yx, xy])
    // What leads nowhere interacts with nothing.
    #expect(
      pattern { x, y in
        _ = exp(x * y)
        return x * x
      } == [xx])
    #expect(pattern { _, _ in 3 } == [])
  }

  /// Of every operation, with a variable or a constant on either side, the pattern holds what the Hessian does.
  @Test func noInteractionOfAnOperationIsMissed() {
    typealias V = Variable<Double>
    func check(_ name: String, _ f: @escaping (V, V) -> V) {
      let (x, v): (Vector<Double>, Vector<Double>) = ([0.5, 0.25], [1, -3])
      let problem = Traced<Double> { f($0[0], $0[1]) }
      let (dense, H) = (Derivatives(problem, at: x).hessian, SparseHessian(of: problem, at: x).pattern)
      for i in 0..<2 { for j in 0..<2 where dense[i, j] != 0 { #expect(H.contains(i, j), "\(name)") } }
      var (product, expected) = (v, v)
      var sparse = SparseHessian(of: problem, at: x)
      sparse.evaluate(at: x).multiply(v, into: &product)
      dense.multiply(v, into: &expected)
      #expect((product - expected).largestMagnitude <= 1e-14 * (1 + expected.largestMagnitude), "\(name)")
    }
    for φ in OfOne.allCases {
      let shift: V = φ == .acosh ? 1 : 0
      check(φ.rawValue) { x, y in φ(x + shift) }
      check(φ.rawValue) { x, y in φ((x + y) / 2 + shift) }
    }
    for φ in OfTwo.allCases {
      check(φ.rawValue) { x, y in φ(x, y) }
      check(φ.rawValue) { x, y in φ(y, x) }
      check("\(φ.rawValue) with a constant at its right") { x, _ in φ(x, 1.5) }
      check("\(φ.rawValue) with a constant at its left") { x, _ in φ(1.5, x) }
      check("\(φ.rawValue) of one variable twice") { x, _ in φ(x, x) }
    }
    let cube = SmoothFunction<Double>(
      value: { $0 * $0 * $0 }, first: { 3 * $0 * $0 }, second: { 6 * $0 })
    let bilinear = SmoothFunctionOfTwo<Double>(
      value: { $0 * $1 }, first: { ($1, $0) }, second: { _, _ in (0, 1, 0) })
    check("supplied") { x, y in cube(x + y) }
    check("supplied, of two") { x, y in bilinear(x, y) }
    check("beyond 32 bits") { x, y in pow(x + 0.5, 1 << 40) + root(y, 1 << 40) }
  }

  /// The steps of a long sum do not meet: neither time nor memory knows n².
  @Test func aLongSumCostsNothing() {
    let n = 20_000
    let problem = Differentiated(ExtendedRosenbrock<Double>())
    var sparse = SparseHessian(of: problem, at: Self.point(n))
    #expect(sparse.pattern.count == 2 * n)
    #expect(sparse.productCount == 2)
    let H = sparse.evaluate(at: Vector(repeating: 1, count: n))
    #expect(H[0, 0] == 802 && H[n - 1, n - 2] == -400 && H[n - 1, n - 1] == 200)
  }

  @Test(arguments: [true, false])
  func aBranchThatGoesElsewhereIsNoticed(replaying: Bool) {
    let problem = Differentiated(Forked(), replaying: replaying)
    var sparse = SparseHessian(of: problem, at: [1, 2, 3, 4])
    #expect(sparse.pattern.contains(2, 0) && !sparse.pattern.contains(3, 2))
    var H = SparseMatrix<Double>(zeros: sparse.pattern)
    var dense = Matrix<Double>(zeros: 4, 4)
    for x: Vector<Double> in [[1, 2, 3, 4], [-1, 2, 3, 4], [2, 2, 3, 4], [-2, 1, 3, 5], [3, 1, 1, 1]] {
      sparse.evaluate(at: x, into: &H)
      problem.hessian(at: x, into: &dense)
      #expect(Matrix(H) == dense)
    }
    #expect(sparse.tracings == 5)
    // The pattern has grown, and does not shrink.
    #expect(sparse.pattern.contains(2, 0) && sparse.pattern.contains(3, 2))
  }

  @Test func squaresHaveTheHessianOfTheirSum() {
    let problem = DifferentiatedSquares(Tridiagonal<Double>(n: 12))
    let x = Self.point(12, Double.self)
    var sparse = SparseHessian(of: problem, at: x)
    let H = sparse.evaluate(at: x)
    var dense = Matrix<Double>(zeros: 12, 12)
    problem.hessian(at: x, into: &dense)
    #expect((Matrix(H).elements - dense.elements).largestMagnitude <= 1e-14 * dense.elements.largestMagnitude)
    #expect(sparse.pattern == Patterns.banded(12, below: 2, above: 2))
  }

  @Test func numbersThatAreNotFiniteAreNotHidden() {
    let problem = Traced<Double> { x in sqrt(x[0]) + x[1] * x[2] }
    var sparse = SparseHessian(of: problem, at: [1, 1, 1])
    let H = sparse.evaluate(at: [0, 1, 1])
    #expect(!H.isFinite)
    #expect(!H[0, 0].isFinite)
  }

  @Test(.enabled(if: !_isDebugAssertConfiguration())) func aSecondEvaluationAllocatesNothing() {
    func check<Scalar: LAPACKScalar & DifferentiableNumber>(_: Scalar.Type) where Scalar.Scalar == Scalar {
      let problem = Differentiated(Formula<Scalar>(kind: .broydenBanded))
      var x = Self.point(40, Scalar.self)
      var sparse = SparseHessian(of: problem, at: x)
      var H = sparse.evaluate(at: x)
      // The third one, for the second records to see whether the formula is the same.
      x[0] += 1
      sparse.evaluate(at: x, into: &H)
      x[0] += 1
      secant_count_allocations()
      sparse.evaluate(at: x, into: &H)
      #expect(secant_allocations_counted() == 0)
    }
    check(Double.self)
    check(Float.self)
  }
}
