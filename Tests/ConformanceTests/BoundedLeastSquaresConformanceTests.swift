import Secant
import SecantProblems
import Testing

/// The laws of `ConformanceTests` for the methods that want residuals and bounds.
@Suite struct BoundedLeastSquaresConformanceTests {
  init() { LinearAlgebra.isDeterministic = true }

  typealias Squares<S: LAPACKScalar> = Bounded<TestProblemOfSquares<S>>

  static func entries<S: LAPACKScalar>(_: S.Type) -> [Entry<Squares<S>>] {
    [
      Entry(
        name: "projected Levenberg–Marquardt", method: .projectedLevenbergMarquardt(), searches: true),
      Entry(
        name: "projected Levenberg–Marquardt, Nielsen",
        method: .projectedLevenbergMarquardt(damping: NielsenDamping()), searches: true),
      Entry(
        name: "projected Levenberg–Marquardt, Marquardt",
        method: .projectedLevenbergMarquardt(damping: MarquardtDamping()), searches: true),
      Entry(name: "trust-region reflective", method: .trustRegionReflective(), searches: true),
    ]
  }

  /// A box around nothing, two that hold the minimum and one with a variable fixed; and one beyond the small systems that
  /// are factored without LAPACK, in double precision alone, for in single the problem itself allocates.
  static func problems<S: LAPACKScalar>(_: S.Type) -> [Squares<S>] {
    func squares(_ problem: TestProblem<S>) -> TestProblemOfSquares<S> { TestProblemOfSquares(problem)! }
    let small = [
      squares(.wood).bounded(from: -100, to: 100, count: 4),
      squares(.wood).bounded(from: [-100, -100, -100, -100], to: [0, 10, 100, 100]),
      squares(.biggsEXP6).bounded(from: [0, 0, 0, 1, 4, 0], to: [2, 8, 1, 7, 4, 5]),
      squares(.brownDennis).bounded(from: [-10, 0, -100, -20], to: [100, 15, 0, 0.2]),
    ]
    if S.self == Float.self { return small }
    return small + [squares(.extendedRosenbrock(40)).bounded(from: -3, to: 0.7, count: 40)]
  }

  @Test(arguments: entries(Double.self)) func laws(_ entry: Entry<Squares<Double>>) throws {
    for problem in Self.problems(Double.self) { try check(entry, problem) }
  }

  @Test(arguments: entries(Float.self)) func lawsInSinglePrecision(_ entry: Entry<Squares<Float>>) throws {
    for problem in Self.problems(Float.self) { try check(entry, problem) }
  }

  func check<S: LAPACKScalar>(_ entry: Entry<Squares<S>>, _ problem: Squares<S>) throws {
    let (laws, start) = (ConformanceTests(), problem.base.problem.start)
    let outcome = minimize(problem, from: start, using: entry.method)
    #expect(outcome.certificate?.isReproduced == true && outcome.value == problem.value(at: outcome.point))
    #expect(problem.bounds.contains(outcome.point))
    if S.self == Double.self { #expect(outcome.status.isConverged, "\(problem.base.problem): \(outcome)") }
    try laws.resumesBitForBit(entry.method, problem, start)
    laws.allocatesNothing(entry.method, problem, start)
    neverOverruns(entry, problem, start)
  }

  /// A budget is a hard limit in the currencies of these methods.
  func neverOverruns<S: LAPACKScalar>(
    _ entry: Entry<Squares<S>>, _ problem: Squares<S>, _ start: Vector<S>
  ) {
    let spent = minimize(
      problem, from: start, using: entry.method, until: .never, within: Budget(iterations: 20),
      certifying: false
    ).ledger
    for (currency, budget) in [
      (Currency.residuals, Budget(residuals: spent.residuals / 2)),
      (.jacobians, Budget(jacobians: spent.jacobians / 2)),
      (.factorisations, Budget(factorisations: spent.factorisations / 2)),
      (.flops, Budget(flops: spent.flops / 2)), (.passes, Budget(passes: spent.passes / 2)),
    ] {
      let outcome = minimize(
        problem, from: start, using: entry.method, until: .never, within: budget, certifying: false)
      #expect(outcome.ledger[currency] <= spent[currency] / 2 * (1 + 1e-9), "\(entry), \(currency)")
    }
  }
}
