import SecantAutoDiff
import Testing

/// A formula at whose edges derivatives are infinite, undefined or a matter of convention.
private enum Formula: String {
  case magnitude, larger, smaller, branch, branchAroundRoot, largerOfOneAndRoot
  case zerothPower, numberPower, powerOne, powerTwo, powerThreeHalves, powerHalf, powerMinusOne,
    zeroToThePower
  case root, cubeRoot, rootSquared, rootOfSquare, unusedRoot, rootOfConstant
  case log, logOnePlus, xLog, noneOfLog, asin, acos, acosh, atanh
  case hypotenuse, angle, quotient

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number {
    switch self {
    case .magnitude: return abs(x[0])
    case .larger: return max(x[0], x[1])
    case .smaller: return min(x[0], x[1])
    case .branch: return x[0] < x[1] ? 2 * x[0] : x[1] * x[1]
    case .branchAroundRoot: return x[0] > 0 ? .sqrt(x[0]) : 5 * x[0]
    case .largerOfOneAndRoot: return max(1, .sqrt(x[0]))
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
  let formula: Formula
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    formula(x)
  }
}

/// The same formula again and again, so that a tape runs it as a loop.
private struct RepeatedEdges<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction
where Scalar.Scalar == Scalar {
  let formula: Formula
  let arity: Int
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    var sum: Number = 0
    for i in stride(from: 0, to: x.count, by: arity) { sum += formula(Array(x[i..<(i + arity)])) }
    return sum
  }
}

/// What is stated of a formula at a point.
private struct Edge: CustomTestStringConvertible {
  let formula: Formula
  let x: [Double]
  let value: Double
  let gradient: [Double]
  /// The lower triangle by rows; what is not finite here may be any number that is not.
  let hessian: [Double]?
  /// The gradient by duals, where it is another.
  let forward: [Double]?

  init(
    _ formula: Formula, _ x: [Double], _ value: Double, _ gradient: [Double], _ hessian: [Double]? = nil,
    forward: [Double]? = nil
  ) {
    (self.formula, self.x, self.value) = (formula, x, value)
    (self.gradient, self.hessian, self.forward) = (gradient, hessian, forward)
  }

  var testDescription: String { "\(formula.rawValue) at \(x)" }
}

private let edges: [Edge] = [
  Edge(.magnitude, [0], 0, [0], [0]),
  Edge(.magnitude, [-0.0], 0, [0], [0]),
  Edge(.magnitude, [-2], 2, [-1], [0]),
  Edge(.magnitude, [-.infinity], .infinity, [-1]),
  Edge(.magnitude, [.nan], .nan, [.nan]),
  Edge(.larger, [1, 1], 1, [1, 0], [0, 0, 0]),
  Edge(.smaller, [1, 1], 1, [1, 0], [0, 0, 0]),
  Edge(.larger, [1, 2], 2, [0, 1], [0, 0, 0]),
  Edge(.smaller, [1, 2], 1, [1, 0], [0, 0, 0]),
  Edge(.larger, [.nan, 1], .nan, [.nan, .nan]),
  Edge(.larger, [1, .nan], .nan, [.nan, .nan]),
  Edge(.smaller, [.nan, 1], .nan, [.nan, .nan]),
  Edge(.smaller, [1, .nan], .nan, [.nan, .nan]),
  Edge(.branch, [1, 2], 2, [2, 0], [0, 0, 0]),
  Edge(.branch, [2, 2], 4, [0, 4], [0, 0, 2]),
  Edge(.branch, [.nan, 2], 4, [0, 4], [0, 0, 2]),
  Edge(.branchAroundRoot, [0], 0, [5], [0]),
  Edge(.branchAroundRoot, [4], 2, [0.25], [-1.0 / 32]),
  Edge(.largerOfOneAndRoot, [0], 1, [.nan]),
  Edge(.largerOfOneAndRoot, [0.25], 1, [0], [0]),
  Edge(.zerothPower, [0], 1, [0], [0]),
  Edge(.zerothPower, [-3], 1, [0], [0]),
  Edge(.numberPower, [0, 2], 0, [0, 0], [2, 0, 0]),
  Edge(.numberPower, [0, 1], 0, [1, 0]),
  Edge(.numberPower, [0, 0.5], 0, [.infinity, 0], forward: [.infinity, .nan]),
  Edge(.numberPower, [0, 0], .nan, [.nan, .nan]),
  Edge(.numberPower, [0, -1], .infinity, [-.infinity, -.infinity], forward: [-.infinity, .nan]),
  Edge(.numberPower, [-2, 2], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.numberPower, [-2, 0.5], .nan, [.nan, .nan], [.nan, .nan, .nan]),
  Edge(.powerOne, [0], 0, [1], [0]),
  Edge(.powerTwo, [0], 0, [0], [2]),
  Edge(.powerTwo, [-1], .nan, [.nan], [.nan]),
  Edge(.powerThreeHalves, [0], 0, [0], [.infinity]),
  Edge(.powerHalf, [0], 0, [.infinity], [.nan]),
  Edge(.powerMinusOne, [0], .infinity, [-.infinity], [.nan]),
  Edge(.zeroToThePower, [2], 0, [0], [0]),
  Edge(.zeroToThePower, [0.5], 0, [0], [0], forward: [.nan]),
  Edge(.zeroToThePower, [0], .nan, [.nan]),
  Edge(.root, [0], 0, [.infinity], [.nan]),
  Edge(.root, [-0.0], 0, [.infinity], [.nan]),
  Edge(.root, [-1], .nan, [.nan], [.nan]),
  Edge(.cubeRoot, [0], 0, [.infinity], [.nan]),
  Edge(.cubeRoot, [-0.0], 0, [.infinity], [.nan]),
  Edge(.cubeRoot, [-1], -1, [1.0 / 3], [2.0 / 9]),
  Edge(.rootSquared, [0], 0, [.nan], [.nan]),
  Edge(.rootOfSquare, [0], 0, [.nan], [.nan]),
  Edge(.unusedRoot, [0], 0, [0], [6]),
  Edge(.unusedRoot, [-2], 12, [-12], [6]),
  Edge(.rootOfConstant, [1], 2, [2], [0], forward: [.nan]),
  Edge(.log, [0], -.infinity, [.infinity], [.nan]),
  Edge(.log, [-0.0], -.infinity, [.infinity], [.nan]),
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
  Edge(.quotient, [0, 0], .nan, [.infinity, .nan], forward: [.nan, .nan]),
  Edge(.quotient, [1, 0], .infinity, [.infinity, -.infinity], forward: [.nan, .nan]),
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
    for (found, gradient) in [
      (Derivatives(Differentiated(function), at: x), edge.gradient),
      (Derivatives(ForwardDifferentiated(function), at: x), edge.forward ?? edge.gradient),
    ] {
      expect(found.value, edge.value)
      for (a, b) in zip(found.gradient, gradient) { expect(a, b) }
      guard let hessian = edge.hessian, edge.forward == nil || gradient == edge.gradient else { continue }
      for (a, b) in zip(found.all.dropFirst(1 + x.count), hessian) {
        if b.isFinite { expect(a, b) } else { #expect(!a.isFinite) }
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

  @Test func aDerivativeThatIsInfiniteEndsARunAsSuch() {
    let outcome = minimize(from: [0.0], using: .bfgs()) { x in sqrt(x[0]) + x[0] }
    guard case .nonFinite = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
  }
}
