import SecantAutoDiff
import Testing

/// A formula at whose edges derivatives are infinite, undefined or a matter of convention.
private enum EdgeFormula: String {
  case magnitude, larger, smaller, squareOfLarger, besideLarger, branch, branchAroundRoot, largerOfOneAndRoot
  case largerOfRootAndOne, smallerOfOnePlusRoots, rootOfLarger, rootOfPositivePart
  case zerothPower, numberPower, powerOne, powerTwo, powerThreeHalves, powerHalf, powerMinusOne,
    zeroToThePower
  case root, cubeRoot, rootSquared, rootOfSquare, unusedRoot, rootOfConstant
  case besideRoot, besideProductOfRoot, rootOfCube, overZero
  case log, logOnePlus, xLog, noneOfLog, asin, acos, acosh, atanh
  case hypotenuse, angle, quotient

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number {
    switch self {
    case .magnitude: return abs(x[0])
    case .larger: return max(x[0], x[1])
    case .smaller: return min(x[0], x[1])
    case .squareOfLarger: return max(x[0], x[1]) * max(x[0], x[1])
    case .besideLarger: return x[0] * x[0] + max(x[1], x[2])
    case .branch: return x[0] < x[1] ? 2 * x[0] : x[1] * x[1]
    case .branchAroundRoot: return x[0] > 0 ? .sqrt(x[0]) : 5 * x[0]
    case .largerOfOneAndRoot: return max(1, .sqrt(x[0]))
    case .largerOfRootAndOne: return max(.sqrt(x[0]), 1, x[0])
    case .smallerOfOnePlusRoots: return min(1 + .sqrt(x[0]), x[1], 1 + .sqrt(x[1] * x[0]))
    case .rootOfLarger: return .sqrt(max(x[0], x[1]))
    case .rootOfPositivePart: return .sqrt(max(x[0], 0))
    case .zerothPower: return .pow(x[0], 0)
    case .numberPower: return .pow(x[0], x[1])
    case .powerOne: return .pow(x[0], 1 as Number)
    case .powerTwo: return .pow(x[0], 2 as Number)
    case .powerThreeHalves: return .pow(x[0], 1.5 as Number)
    case .powerHalf: return .pow(x[0], 0.5 as Number)
    case .powerMinusOne: return .pow(x[0], -1 as Number)
    case .zeroToThePower: return .pow(0 as Number, x[0])
    case .root: return .sqrt(x[0])
    case .cubeRoot: return .root(x[0], 3)
    case .rootSquared: return .sqrt(x[0]) * .sqrt(x[0])
    case .rootOfSquare: return .sqrt(x[0] * x[0])
    case .unusedRoot:
      _ = Number.sqrt(x[0]) * Number.log(x[0])
      return 3 * x[0] * x[0]
    case .rootOfConstant: return .sqrt(0 as Number) + 2 * x[0]
    case .besideRoot: return x[0] * x[0] + .sqrt(x[1])
    case .besideProductOfRoot: return x[0] * x[0] * x[0] + x[1] * .sqrt(x[2])
    case .rootOfCube: return .root(x[0] * x[0] * x[0], 3)
    case .overZero: return x[0] / 0
    case .log: return .log(x[0])
    case .logOnePlus: return .log(onePlus: x[0])
    case .xLog: return x[0] * .log(x[0])
    case .noneOfLog: return 0 * .log(x[0])
    case .asin: return .asin(x[0])
    case .acos: return .acos(x[0])
    case .acosh: return .acosh(x[0])
    case .atanh: return .atanh(x[0])
    case .hypotenuse: return hypot(x[0], x[1])
    case .angle: return atan2(y: x[0], x: x[1])
    case .quotient: return x[0] / x[1]
    }
  }
}

private struct Edges<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction
where Scalar.Scalar == Scalar {
  let formula: EdgeFormula
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    formula(x)
  }
}

/// The same formula again and again, so that a tape runs it as a loop.
private struct RepeatedEdges<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction
where Scalar.Scalar == Scalar {
  let formula: EdgeFormula
  let arity: Int
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    var sum: Number = 0
    for i in stride(from: 0, to: x.count, by: arity) { sum += formula(Array(x[i..<(i + arity)])) }
    return sum
  }
}

/// What is stated of a formula at a point.
private struct Edge: CustomTestStringConvertible {
  let formula: EdgeFormula
  let x: [Double]
  let value: Double
  let gradient: [Double]
  /// The lower triangle by rows; what is NaN here may be any number that is not finite.
  let hessian: [Double]?

  init(
    _ formula: EdgeFormula, _ x: [Double], _ value: Double, _ gradient: [Double], _ hessian: [Double]? = nil
  ) {
    (self.formula, self.x, self.value) = (formula, x, value)
    (self.gradient, self.hessian) = (gradient, hessian)
  }

  var testDescription: String { "\(formula.rawValue) at \(x)" }
}

private let edges: [Edge] = [
  Edge(.magnitude, [0], 0, [0], [0]),
  Edge(.magnitude, [-0.0], 0, [0], [0]),
  Edge(.magnitude, [-2], 2, [-1], [0]),
  Edge(.magnitude, [-.infinity], .infinity, [-1]),
  Edge(.magnitude, [.nan], .nan, [.nan], [.nan]),
  Edge(.larger, [1, 1], 1, [1, 0], [0, 0, 0]),
  Edge(.smaller, [1, 1], 1, [1, 0], [0, 0, 0]),
  Edge(.larger, [1, 2], 2, [0, 1], [0, 0, 0]),
  Edge(.smaller, [1, 2], 1, [1, 0], [0, 0, 0]),
  Edge(.larger, [.nan, 1], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.larger, [1, .nan], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.smaller, [.nan, 1], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.smaller, [1, .nan], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.squareOfLarger, [.nan, 1], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.squareOfLarger, [2, 1], 4, [4, 0], [2, 0, 0]),
  Edge(.besideLarger, [3, .nan, 1], .nan, [6, .nan, .nan], [2, 0, .nan, 0, .nan, .nan]),
  Edge(.branch, [1, 2], 2, [2, 0], [0, 0, 0]),
  Edge(.branch, [2, 2], 4, [0, 4], [0, 0, 2]),
  Edge(.branch, [.nan, 2], 4, [0, 4], [0, 0, 2]),
  Edge(.branchAroundRoot, [0], 0, [5], [0]),
  Edge(.branchAroundRoot, [4], 2, [0.25], [-1.0 / 32]),
  Edge(.largerOfOneAndRoot, [0], 1, [0], [0]),
  Edge(.largerOfOneAndRoot, [0.25], 1, [0], [0]),
  Edge(.largerOfRootAndOne, [0], 1, [0], [0]),
  Edge(.smallerOfOnePlusRoots, [0, 0.5], 0.5, [0, 1], [0, 0, 0]),
  Edge(.smallerOfOnePlusRoots, [0, 1], 1, [.infinity, 0], [-.infinity, 0, 0]),
  Edge(.rootOfLarger, [0, 0], 0, [.infinity, 0], [-.infinity, 0, 0]),
  Edge(.rootOfLarger, [-1, 0], 0, [0, .infinity], [0, 0, -.infinity]),
  Edge(.rootOfPositivePart, [-1], 0, [0], [0]),
  Edge(.rootOfPositivePart, [0], 0, [.infinity], [-.infinity]),
  Edge(.zerothPower, [0], 1, [0], [0]),
  Edge(.zerothPower, [-3], 1, [0], [0]),
  Edge(.numberPower, [0, 2], 0, [0, 0], [2, 0, 0]),
  Edge(.numberPower, [0, 1], 0, [1, 0]),
  Edge(.numberPower, [0, 0.5], 0, [.infinity, 0]),
  Edge(.numberPower, [0, 0], .nan, [.nan, .nan]),
  Edge(.numberPower, [0, -1], .infinity, [-.infinity, -.infinity]),
  Edge(.numberPower, [-2, 2], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.numberPower, [-2, 0.5], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.powerOne, [0], 0, [1], [0]),
  Edge(.powerTwo, [0], 0, [0], [2]),
  Edge(.powerTwo, [-1], .nan, [.nan], [.nan]),
  Edge(.powerThreeHalves, [0], 0, [0], [.infinity]),
  Edge(.powerHalf, [0], 0, [.infinity], [.nan]),
  Edge(.powerMinusOne, [0], .infinity, [-.infinity], [.nan]),
  Edge(.zeroToThePower, [2], 0, [0], [0]),
  Edge(.zeroToThePower, [0.5], 0, [0], [0]),
  Edge(.zeroToThePower, [0], .nan, [.nan]),
  Edge(.root, [0], 0, [.infinity], [-.infinity]),
  Edge(.root, [-0.0], 0, [.infinity], [-.infinity]),
  Edge(.root, [-1], .nan, [.nan], [.nan]),
  Edge(.cubeRoot, [0], 0, [.infinity], [.nan]),
  Edge(.cubeRoot, [-0.0], 0, [.infinity], [.nan]),
  Edge(.cubeRoot, [-1], -1, [1.0 / 3], [2.0 / 9]),
  Edge(.rootSquared, [0], 0, [.nan], [.nan]),
  Edge(.rootOfSquare, [0], 0, [.nan], [.nan]),
  Edge(.unusedRoot, [0], 0, [0], [6]),
  Edge(.unusedRoot, [-2], 12, [-12], [6]),
  Edge(.rootOfConstant, [1], 2, [2], [0]),
  Edge(.besideRoot, [3, 0], 9, [6, .infinity], [2, 0, -.infinity]),
  Edge(.besideProductOfRoot, [2, 3, 0], 8, [12, 0, .infinity], [12, 0, 0, 0, .infinity, -.infinity]),
  Edge(.rootOfCube, [0], 0, [.nan], [.nan]),
  Edge(.overZero, [1], .infinity, [.infinity], [0]),
  Edge(.log, [0], -.infinity, [.infinity], [-.infinity]),
  Edge(.log, [-0.0], -.infinity, [.infinity], [-.infinity]),
  Edge(.log, [-1], .nan, [.nan], [.nan]),
  Edge(.logOnePlus, [-1], -.infinity, [.infinity], [.nan]),
  Edge(.logOnePlus, [-2], .nan, [.nan], [.nan]),
  Edge(.xLog, [0], .nan, [.nan], [.nan]),
  Edge(.noneOfLog, [0], .nan, [.nan], [.nan]),
  Edge(.asin, [1], Double.pi / 2, [.infinity], [.nan]),
  Edge(.asin, [2], .nan, [.nan], [.nan]),
  Edge(.acos, [1], 0, [-.infinity], [.nan]),
  Edge(.acos, [-2], .nan, [.nan], [.nan]),
  Edge(.acosh, [1], 0, [.infinity], [.nan]),
  Edge(.acosh, [0.5], .nan, [.nan], [.nan]),
  Edge(.acosh, [-3], .nan, [.nan], [.nan]),
  Edge(.atanh, [1], .infinity, [.infinity], [.nan]),
  Edge(.atanh, [-1], -.infinity, [.infinity], [.nan]),
  Edge(.atanh, [2], .nan, [.nan], [.nan]),
  Edge(.hypotenuse, [0, 0], 0, [0, 0], [.nan, .nan, .nan]),
  Edge(.hypotenuse, [0, 4], 4, [0, 1], [0.25, 0, 0]),
  Edge(.angle, [0, 0], 0, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.angle, [0, 2], 0, [0.5, 0], [0, -0.25, 0]),
  Edge(.quotient, [0, 0], .nan, [.infinity, .nan]),
  Edge(.quotient, [1, 0], .infinity, [.infinity, -.infinity]),
]

@Suite struct DifferentiableNumberTests {
  @Test(arguments: edges) private func everyEdgeIsAsStatedInDouble(_ edge: Edge) { check(edge, Double.self) }
  @Test(arguments: edges) private func everyEdgeIsAsStatedInFloat(_ edge: Edge) { check(edge, Float.self) }

  private func check<Scalar: LAPACKScalar & DifferentiableNumber>(_ edge: Edge, _: Scalar.Type)
  where Scalar.Scalar == Scalar {
    let function = Edges<Scalar>(formula: edge.formula)
    let x = Vector(edge.x.map { Scalar($0) })
    let plain = function(x.elements)
    expect(plain, edge.value)
    for found in [
      Derivatives(Differentiated(function), at: x), Derivatives(ForwardDifferentiated(function), at: x),
    ] {
      expect(found.value, edge.value)
      for (a, b) in zip(found.gradient, edge.gradient) { expect(a, b) }
      guard let hessian = edge.hessian else { continue }
      for (a, b) in zip(found.all.dropFirst(1 + x.count), hessian) {
        if b.isNaN { #expect(!a.isFinite) } else { expect(a, b) }
      }
    }
  }

  @Test(arguments: edges) private func everyEdgeIsAsStatedInALoop(_ edge: Edge) {
    let arity = edge.x.count
    let problem = Differentiated(RepeatedEdges<Double>(formula: edge.formula, arity: arity))
    let x = Vector((0..<70).flatMap { _ in edge.x })
    // Recorded twice, and then replayed.
    for _ in 0..<3 {
      var g = Vector<Double>(zeros: x.count)
      let value = problem.valueAndGradient(at: x, into: &g)
      if edge.value == 0 || !edge.value.isFinite { expect(value, 70 * edge.value) }
      for i in x.indices { expect(g[i], edge.gradient[i % arity]) }
      guard let hessian = edge.hessian, hessian.allSatisfy(\.isFinite) else { continue }
      for j in 0..<arity {
        var (v, product) = (Vector<Double>(zeros: x.count), g)
        for i in stride(from: j, to: x.count, by: arity) { v[i] = 1 }
        problem.hessian(times: v, at: x, into: &product)
        for i in x.indices {
          let (row, column) = (max(i % arity, j), min(i % arity, j))
          expect(product[i], hessian[row * (row + 1) / 2 + column])
        }
      }
    }
  }

  private func expect<Scalar: LAPACKScalar>(_ found: Scalar, _ expected: Double) {
    let expected = Scalar(expected)
    let isSame = found == expected || (found.isNaN && expected.isNaN)
    #expect(isSame || abs(found - expected) <= 2 * expected.ulp, "\(found) instead of \(expected)")
  }

  @Test(arguments: [(1.0, 2.0, 2.0), (2, 2, 2), (.nan, 1, .nan), (1, .nan, .nan)])
  func theLargerOfTwoHidesNoNaN(x: Double, y: Double, larger: Double) {
    let found = max(x, y)
    #expect(found == larger || found.isNaN && larger.isNaN)
    #expect(Double.min(-x, -y) == -larger || larger.isNaN)
  }

  @Test func constantsAreSteepNowhere() {
    // Of a number that may move and has the tangent 0 nobody knows.
    let (still, moving) = (Dual<Double>(0), Dual(0.0, tangent: 0))
    #expect(sqrt(still).tangent == 0 && log(still).tangent == 0 && (still / still).tangent == 0)
    #expect(pow(still, Dual<Double>(0.5)).tangent == 0 && pow(still, Dual(0.5, tangent: 1)).tangent == 0)
    #expect(sqrt(moving).tangent.isNaN && pow(moving, Dual<Double>(0.5)).tangent.isNaN)
    #expect(max(still, moving).tangent == 0 && sqrt(max(still, moving)).tangent == 0)
    #expect(sqrt(max(moving, still)).tangent.isNaN)
    var set = still
    set.tangent = 0
    #expect(sqrt(set).tangent.isNaN)

    let (fixed, first) = (HyperDual<Double>(0), HyperDual(0.0, first: 0, second: 0))
    #expect(sqrt(fixed).first == 0 && sqrt(fixed).mixed == 0 && log(fixed).second == 0)
    #expect(sqrt(first).first.isNaN && sqrt(first).mixed.isNaN)
    #expect(sqrt(HyperDual(0.0, first: 1, second: 1)).mixed == -.infinity)
    #expect(sqrt(HyperDual(0.0, first: 1, second: 1, mixed: 0)).mixed.isNaN)
    var beside = fixed
    beside.mixed = 1
    #expect(sqrt(beside).mixed == .infinity && sqrt(beside).first == 0)

    // Products, of which those of plain numbers would have 0 · ∞.
    var along = fixed
    along.second = 1
    let steep = sqrt(along)
    #expect(steep.second == .infinity)
    #expect((steep * steep).first == 0 && (steep * steep).mixed == 0 && (steep * steep).second.isNaN)
    #expect((3 * steep).second == .infinity && (steep * -3).second == -.infinity && (3 * steep).mixed == 0)
    let endless = HyperDual<Double>(.infinity)
    #expect((endless * along).first == 0 && (endless * along).second == .infinity)
    #expect((along * endless).mixed == 0 && (endless + along).second == 1 && (endless - steep).first == 0)
  }

  @Test func whatADirectionDoesNotMoveHasNoPartInItsDerivative() {
    let problem = Differentiated(Edges<Double>(formula: .besideRoot))
    #expect(problem.derivative(along: [1, 0], at: [3, 0]).derivative == 6)
    #expect(problem.derivative(along: [1, 1], at: [3, 0]).derivative == .infinity)
    #expect(problem.curvature(along: [1, 0], [1, 0], at: [3, 0]) == 2)
    #expect(problem.curvature(along: [1, 0], [1, 1], at: [3, 0]) == 2)
    var product = Vector<Double>(zeros: 2)
    problem.hessian(times: [1, 0], at: [3, 0], into: &product)
    #expect(product == [2, 0])
    ForwardDifferentiated(problem.function).hessian(times: [1, 0], at: [3, 0], into: &product)
    #expect(product == [2, 0])
  }

  @Test func aDerivativeThatIsInfiniteEndsARunAsSuch() {
    let outcome = minimize(from: [0.0], using: .bfgs()) { x in sqrt(x[0]) + x[0] }
    guard case .nonFinite = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
  }
}
