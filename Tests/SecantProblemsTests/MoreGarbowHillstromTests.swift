import Foundation
import Secant
import SecantProblems
import Testing

/// The problems of Moré, Garbow and Hillstrom against what is published of them.
@Suite struct MoreGarbowHillstromTests {
  typealias P = TestProblem<Double>

  @Test func thereAre35InThePapersOrder() {
    let numbers = P.moreGarbowHillstrom.map { Int($0.reference.dropFirst(4))! }
    #expect(numbers == numbers.sorted())
    #expect(Set(numbers) == Set(1...35))
    let residuals = P.moreGarbowHillstrom.compactMap { TestProblemOfSquares($0)?.residualCount }
    // The paper's m.
    #expect(
      residuals == [
        2, 2, 2, 3, 3, 10, 3, 15, 15, 16, 99, 10, 4, 6, 11, 20, 33, 13, 65, 31, 31, 31, 10, 12, 5, 11, 8, 20,
        12, 10, 10, 10, 10, 10, 10, 10, 10, 10, 7, 8, 9, 10,
      ])
  }

  // MARK: Values

  /// ‖f‖ at a multiple of the start as the drivers of MINPACK-1 print it, eight digits.
  struct Start: CustomTestStringConvertible, Sendable {
    let problem: P
    let norms: [Double]
    var testDescription: String { "\(problem)" }
    init(_ problem: P, _ norms: Double...) {
      self.problem = problem
      self.norms = norms
    }
  }

  @Test(arguments: [
    Start(.rosenbrock, 4.9193496, 1.3400631e3, 1.4300005e5),
    Start(.freudensteinRoth, 2.0012496e1, 1.2432834e4, 1.1426455e7),
    Start(.powellBadlyScaled, 1.0654866, 1.0000000),
    Start(.jennrichSampson, 6.4585650e1),
    Start(.helicalValley, 5.0000000e1, 1.0295630e2, 9.9126182e2),
    Start(.bard, 6.4561363, 3.6141853e1, 3.8411468e2),
    Start(.meyer, 4.1153467e4, 4.1682169e6),
    Start(.boxThreeDimensional, 3.2111584e1),
    Start(.powellSingular, 1.4662878e1, 1.2709839e3, 1.2688790e5),
    Start(.kowalikOsborne, 7.2891510e-2, 2.9793701, 2.9959062e1),
    Start(.brownDennis, 2.8154384e3, 5.5507335e5, 6.1211252e7),
    Start(.osborne1, 9.3756402e-1),
    Start(.osborne2, 1.4468654),
    Start(.watson(6), 5.4772256, 6.4331258e3, 6.7425604e5),
    Start(.watson(9), 5.4772256, 1.2088127e4, 1.2691093e6),
    Start(.watson(12), 5.4772256, 1.9220759e4, 2.0189180e6),
    Start(.trigonometric(), 8.4117534e-2, 2.0305195e1, 9.3369375e1),
    Start(.brownAlmostLinear(), 1.6530216e1, 9.7656240e6, 9.7656250e16),
    Start(.brownAlmostLinear(30), 8.3476044e1),
    Start(.brownAlmostLinear(40), 1.2802636e2),
    Start(.discreteBoundaryValue(), 2.8080582e-2, 5.2555258e-1, 1.0657390e2),
    Start(.discreteIntegralEquation(1), 1.2792969e-1, 2.5625000, 8.3611719e2),
    Start(.discreteIntegralEquation(), 2.5182701e-1, 6.1168330, 1.2693089e3),
    Start(.broydenTridiagonal(), 4.5825757, 6.3910093e2, 6.3337583e4),
    Start(.broydenBanded(), 1.8973666e1, 1.7130922e4, 1.5949860e7),
    Start(.linearFullRank(5, residualCount: 10), 5.0000000),
    Start(.linearFullRank(5, residualCount: 50), 8.0622577),
    Start(.linearRankOne(5, residualCount: 10), 2.9152187e2),
    Start(.linearRankOne(5, residualCount: 50), 3.1016004e3),
    Start(.linearRankOneWithZeroColumnsAndRows(5, residualCount: 10), 1.2603968e2),
    Start(.linearRankOneWithZeroColumnsAndRows(5, residualCount: 50), 1.7489500e3),
    Start(.chebyquad(1, residualCount: 8), 1.8862380, 5.3833444e9, 1.1808873e18),
    Start(.chebyquad(5), 2.2570657e-1, 4.1172432e6, 5.6361303e11),
    Start(.chebyquad(6), 2.1547198e-1, 1.3079247e8, 1.8755789e14),
    Start(.chebyquad(7), 1.8376789e-1, 4.2693282e9, 6.4143166e16),
    Start(.chebyquad(8), 1.9651386e-1), Start(.chebyquad(9), 1.6994993e-1),
    Start(.chebyquad(10), 1.8374783e-1),
  ])
  func startsWithTheValuesOfMINPACKsDrivers(_ start: Start) {
    for (factor, norm) in zip([1.0, 10, 100], start.norms) {
      let value = start.problem.value(at: start.problem.start(times: factor)).squareRoot()
      #expect(abs(value - norm) <= 6e-8 * norm, "from \(factor) times the start")
    }
  }

  /// f at the start or at another point.
  struct Known: CustomTestStringConvertible, Sendable {
    let problem: P
    let value: Double
    let point: Vector<Double>
    let tolerance: Double
    var testDescription: String { "\(problem)" }
    init(_ problem: P, _ value: Double, at point: Vector<Double>? = nil, within tolerance: Double = 1e-10) {
      self.problem = problem
      self.value = value
      self.point = point ?? problem.start
      self.tolerance = tolerance
    }
  }

  /// f at the start as CUTEst has it, where it has the same problem.
  @Test(arguments: [
    Known(.bard, 41.68169586167801),
    Known(.beale, 14.203125),
    Known(.biggsEXP6, 0.7790700756449387),
    // CUTEst starts Box's problem elsewhere.
    Known(.boxThreeDimensional, 1.8845685008804969, at: [0, 10, 1]),
    Known(.brownBadlyScaled, 999998000003.0),
    Known(.brownDennis, 7926693.33699588),
    Known(.broydenTridiagonal(100), 111.0),
    Known(.gaussian, 3.888106991166885e-06),
    // CUTEst rounds π to eight digits.
    Known(.helicalValley, 2499.999798289702, within: 1e-7),
    Known(.jennrichSampson, 4171.306161960492),
    Known(.meyer, 1693607809.4361455),
    Known(.osborne1, 0.8790262935446401),
    // CUTEst's times run from 0.2, not from 0: the same data with the model shifted.
    Known(
      .osborne2, 3.165705816764084,
      at: [1.3 * exp(-0.12), 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 1.8, 4.3, 5.3]),
    Known(.penaltyI(100), 114480553328.346),
    Known(.powellBadlyScaled, 1.1352617173483783),
    Known(.extendedPowellSingular(100), 5375.0),
    Known(.rosenbrock, 24.199999999999996),
    Known(.variablyDimensioned(100), 131058369689326.14),
    Known(.wood, 479800.0 / 25),
  ])
  func startsWithTheValuesOfCUTEst(_ known: Known) {
    let value = known.problem.value(at: known.point)
    #expect(abs(value - known.value) <= known.tolerance * known.value, "\(value)")
  }

  /// f at the start to three digits, as printed by a Julia interface to Algorithm 566.
  @Test(arguments: [
    Known(.helicalValley, 2.50e3), Known(.biggsEXP6, 7.79e-1), Known(.gaussian, 3.89e-6),
    Known(.powellBadlyScaled, 1.14), Known(.boxThreeDimensional, 1.03e3),
    Known(.variablyDimensioned(40), 9.39e10),
    Known(.watson(9), 3.00e1), Known(.penaltyI(60), 5.45e9), Known(.penaltyII(65), 2.87e5),
    Known(.brownBadlyScaled, 1.00e12), Known(.brownDennis, 7.93e6),
    Known(.gulfResearchAndDevelopment, 1.21e1),
    Known(.trigonometric(40), 2.01e-3), Known(.extendedRosenbrock(40), 4.84e2),
    Known(.extendedPowellSingular(60), 3.23e3), Known(.beale, 1.42e1), Known(.wood, 1.92e4),
    Known(.chebyquad(50), 1.39e-2),
  ])
  func startsWithTheValuesOfAlgorithm566(_ known: Known) {
    #expect(abs(known.problem.value(at: known.problem.start) - known.value) <= 5e-3 * known.value)
  }

  /// The published minimisers: f there is the published minimum.
  @Test(arguments: [
    Known(.freudensteinRoth, 0, at: [5, 4]), Known(.brownBadlyScaled, 0, at: [1e6, 2e-6]),
    Known(.beale, 0, at: [3, 0.5]), Known(.helicalValley, 0, at: [1, 0, 0]),
    Known(.bard, 17.4286, at: [0.8406, 1e12, 1e12], within: 1e-5),
    Known(.gulfResearchAndDevelopment, 0, at: [50, 25, 1.5]),
    Known(.boxThreeDimensional, 0, at: [1, 10, 1]), Known(.boxThreeDimensional, 0, at: [10, 1, -1]),
    Known(.boxThreeDimensional, 0, at: [3, 3, 0]), Known(.powellSingular, 0, at: [0, 0, 0, 0]),
    Known(.wood, 0, at: [1, 1, 1, 1]),
    Known(.kowalikOsborne, 1.02734e-3, at: [4.8905e3, -14.072, -2.21246e5, -1.380389e5], within: 1e-5),
    Known(.biggsEXP6, 0, at: [1, 10, 1, 5, 4, 3]),
    Known(.biggsEXP6, 5.65565e-3, at: [1.71142, 17.6833, 1.16314, 5.18662, 1.71142, 1.16314], within: 1e-5),
    Known(.variablyDimensioned(4), 0, at: [1, 1, 1, 1]), Known(.trigonometric(4), 0, at: [0, 0, 0, 0]),
    Known(.brownAlmostLinear(4), 0, at: [1, 1, 1, 1]), Known(.brownAlmostLinear(4), 1, at: [0, 0, 0, 5]),
    Known(.linearFullRank(4, residualCount: 9), 5, at: [-1, -1, -1, -1]),
    Known(.linearRankOne(3, residualCount: 7), 1.4, at: [0.2, 0, 0]),
    Known(.linearRankOneWithZeroColumnsAndRows(3, residualCount: 7), 64.0 / 22, at: [9, 1.5 / 11, -9]),
    Known(.chebyquad(2), 0, at: [0.5 - 1 / 12.0.squareRoot(), 0.5 + 1 / 12.0.squareRoot()]),
  ])
  func isMinimalWhereThePaperSays(_ known: Known) {
    let value = known.problem.value(at: known.point)
    #expect(abs(value - known.value) <= known.tolerance * known.value + 1e-25, "\(value)")
  }

  // MARK: Sizes

  @Test(arguments: [
    P.watson(2), .watson(31), .extendedRosenbrock(2), .extendedPowellSingular(4), .penaltyI(1), .penaltyII(1),
    .penaltyII(2), .variablyDimensioned(1), .trigonometric(1), .brownAlmostLinear(2),
    .discreteBoundaryValue(1),
    .discreteIntegralEquation(1), .broydenTridiagonal(1), .broydenBanded(1), .broydenBanded(30),
    .linearFullRank(1), .linearFullRank(3, residualCount: 3), .linearRankOne(1),
    .linearRankOneWithZeroColumnsAndRows(3, residualCount: 3), .chebyquad(1),
    .chebyquad(3, residualCount: 12),
  ])
  func hasExactDerivativesInEverySize(_ problem: P) {
    let x = Vector(problem.start.indices.map { problem.start[$0] + 0.1 * Double($0 % 3 + 1) })
    #expect(checkDerivatives(of: problem, at: x).agrees)
    #expect(checkHessian(of: problem, at: x).agrees)
    #expect(TestProblemOfSquares(problem) != nil)
  }

  @Test func theExtendedProblemsAreCopies() {
    let x: Vector<Double> = [0.3, -2, 1.5, 0.7, 2, 1, -1, 3]
    let (first, second) = (Vector(x[0..<4]), Vector(x[4..<8]))
    let powell = P.powellSingular
    let sum = powell.value(at: first) + powell.value(at: second)
    #expect(abs(P.extendedPowellSingular(8).value(at: x) - sum) <= 1e-14 * sum)
    #expect(P.extendedRosenbrock(2).value(at: [0.3, -2]) == P.rosenbrock.value(at: [0.3, -2]))
  }

  @Test func impossibleSizesAreMisuse() async {
    await #expect(processExitsWith: .failure) { _ = P.extendedRosenbrock(3) }
    await #expect(processExitsWith: .failure) { _ = P.extendedPowellSingular(6) }
    await #expect(processExitsWith: .failure) { _ = P.watson(32) }
    await #expect(processExitsWith: .failure) { _ = P.chebyquad(4, residualCount: 3) }
  }

  // MARK: Minima

  static let withMinima = P.moreGarbowHillstrom.filter { !$0.minima.isEmpty }

  @Test(arguments: withMinima)
  func newtonReachesAPublishedMinimum(_ problem: P) {
    let outcome = minimize(
      problem, from: problem.start, using: .newton(), until: Convergence(gradient: 1e-10), certifying: false)
    #expect(isPublished(outcome.value, for: problem), "\(outcome)")
  }

  @Test(arguments: withMinima)
  func trustRegionReachesAPublishedMinimum(_ problem: P) {
    let outcome = minimize(
      problem, from: problem.start, using: .trustRegion(), until: Convergence(gradient: 1e-10),
      certifying: false)
    if problem.reference == "MGH 20", problem.start.count == 12 {
      // The valley is so flat that ‖∇f‖∞ ≤ 10⁻¹⁰ holds before the sixth digit of 4.72238·10⁻¹⁰ is there.
      #expect(outcome.value < 1e-8 && outcome.value > 0.99999 * problem.minima[0])
    } else {
      #expect(isPublished(outcome.value, for: problem), "\(outcome)")
    }
  }

  private func isPublished(_ value: Double, for problem: P) -> Bool {
    problem.minima.contains { $0 == 0 ? value <= 1e-9 : abs(value - $0) <= 1e-5 * $0 }
  }
}
