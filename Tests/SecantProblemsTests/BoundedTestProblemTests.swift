import Foundation
import Secant
import SecantProblems
import Testing

/// The problems with bounds against CUTEst's formulas and the published minima.
@Suite struct BoundedTestProblemTests {
  typealias P = TestProblem<Double>

  /// A problem that is printed by its name.
  struct Named: CustomTestStringConvertible, Sendable {
    let problem: Bounded<P>
    var testDescription: String { "\(problem.base)" }
  }

  /// f at the start; and f, ∇fᵀv and vᵀ∇²fv beside it, at xᵢ + |cos i|/4 with vᵢ = sin i; and Σ i·boundᵢ over the
  /// finite bounds below and above.
  struct Known: CustomTestStringConvertible, Sendable {
    let problem: Bounded<P>
    let n: Int
    let start, beside, slope, curvature, lower, upper: Double
    var testDescription: String { "\(problem.base)" }
    init(
      _ problem: Bounded<P>, _ n: Int, _ start: Double, _ beside: Double, _ slope: Double,
      _ curvature: Double,
      _ lower: Double, _ upper: Double
    ) {
      self.problem = problem
      self.n = n
      self.start = start
      self.beside = beside
      self.slope = slope
      self.curvature = curvature
      self.lower = lower
      self.upper = upper
    }
  }

  /// Values from an independent translation of CUTEst's files (S2MPJ), its fixed variables left out.
  @Test(arguments: [
    Known(P.hs1, 2, 909.0, 571.750949817113, -1926.6682307561819, 3950.805427157563, -3.0, 0.0),
    Known(P.hs2, 2, 909.0, 571.750949817113, -1926.6682307561819, 3950.805427157563, 3.0, 0.0),
    Known(P.hs3, 2, 1.00081, 1.1048523057670179, 0.9092851759609998, 9.200852473583968e-08, 0.0, 0.0),
    Known(P.hs4, 2, 3.3235677083333335, 4.077148069741964, 5.207482084863543, 3.200598877971251, 1.0, 0.0),
    Known(P.hs5, 2, 1.0, 1.2952820816039008, 2.7077831844816727, -0.7167595581330404, -7.5, 10.0),
    Known(P.hs25, 3, 32.834999999663594, 32.835, 8.450301462987463e-18, -4.626283461136014e-17, 0.1, 166.2),
    Known(P.hs38, 4, 19192.0, 14826.027339194814, -10483.708201203088, 9209.725626207768, -100.0, 100.0),
    Known(
      P.hs45, 5, 1.7333333333333334, 1.6230479928982566, -0.028728554217936547, 0.25520214448896805, 0.0, 55.0
    ),
    Known(
      P.hatflda, 4, 0.9502633403898973, 0.8080803169102473, -2.1156928633952, 2.919235983471235, 1e-06, 0.0),
    Known(
      P.hatfldb, 4, 0.9502633403898973, 0.8080803169102473, -2.1156928633952, 2.919235983471235, 1e-06, 1.6),
    Known(
      P.hatfldc(), 25, 0.20629999999999987, 1.074987806248831, 0.5057167243960063, 67.38478616989109, 0.0,
      3000.0
    ),
    Known(
      P.camel, 2, 4.5823103332742825, 6.49317753268133, 18.606443121287825, 47.37279105539862, -6.0, 6.0),
    Known(P.simbqp, 2, 523.0, 539.5196064954634, 110.4982346446375, 13.448611029400107, 0.0, 1.0),
    Known(
      P.logros, 2, 7.5713912561676935, 2.65888177447149, -113.85278484994859, -2681.567896716777, 0.0, 0.0),
    Known(
      P.mdhole, 2, 248.40011908720436, 318.5224449729878, 544.2737389127742, 316.65115137975897, 0.0, 0.0),
    Known(
      P.hart6, 6, -0.40814942816266847, -1.8093863027855834, 4.582203287951597, 78.43716833305533, 0.0, 21.0),
    Known(
      P.nonscomp(100), 100, 14260.0, 18530.21359040303, 209.9892474594069, 18298.73777581935, -252500.0,
      505000.0),
    Known(
      P.mccormick(100), 100, 99.0, 147.23829074677832, -3.3741738920014583, 50.51267893175978, -7575.0,
      15150.0
    ),
    Known(
      P.explin(100, 10), 100, 10.0, -8011.263156580075, 1047.9358306535612, 0.5990387474927763, 0.0, 50500.0),
    Known(P.pentdi(100), 100, 0.0, 19.312683299176193, -1.3220032168092781, 348.8972213640128, 0.0, 0.0),
    Known(
      P.linverse(10), 19, 63.07806503736467, 35.04372342110858, -20.77713590151783, 39.32240431101248,
      1.0000000000000002e-06, 0.0),
    Known(
      P.chebyqad(8), 8, 0.03861769828593024, 0.6181798427843016, -1.07145105430192, -259.1692689994443, 0.0,
      36.0),
    Known(
      P.obstacle(side: 8), 64, 7.209876543209874, 10.88498726999504, 2.2595693776337025, 98.58196331029744,
      942.1081353652174, 4160000.0),
    Known(
      P.torsion(side: 8), 64, -0.4279835390946496, 0.5856755086419768, 0.09455692671999838, 98.58196331029744,
      -433.3333333333332, 433.3333333333332),
  ])
  func hasTheValuesOfCUTEst(_ known: Known) {
    let problem = known.problem.base
    let n = problem.start.count
    #expect(n == known.n && known.problem.bounds.count == n)
    var (x, v) = (problem.start, problem.start)
    for i in 0..<n {
      x[i] += abs(cos(Double(i + 1))) / 4
      v[i] = sin(Double(i + 1))
    }
    func agrees(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
      abs(a - b) <= tolerance * max(abs(b), 1e-3)
    }
    let start = problem.value(at: problem.start)
    // CUTEst has 0.333333333333 in CAMEL6.
    let isRounded = problem.name == "CAMEL6"
    #expect(agrees(start, known.start, within: isRounded ? 1e-10 : 1e-12), "\(start)")
    var (g, Hv) = (x, x)
    let beside = problem.valueAndGradient(at: x, into: &g)
    #expect(agrees(beside, known.beside, within: isRounded ? 1e-10 : 1e-11), "\(beside)")
    #expect(agrees(g.dot(v), known.slope, within: 1e-10), "\(g.dot(v))")
    problem.hessian(times: v, at: x, into: &Hv)
    #expect(agrees(Hv.dot(v), known.curvature, within: 1e-10), "\(Hv.dot(v))")
    func sum(_ bound: Vector<Double>) -> Double {
      (0..<n).reduce(0) { $0 + (bound[$1].isFinite ? Double($1 + 1) * bound[$1] : 0) }
    }
    #expect(agrees(sum(known.problem.bounds.lower), known.lower, within: 1e-12))
    #expect(agrees(sum(known.problem.bounds.upper), known.upper, within: 1e-12))
  }

  /// Of Hock and Schittkowski's book, for the problem of theirs that is not in the table, and for the one that is flat
  /// where the table looks.
  @Test func hasTheValuesOfHockAndSchittkowski() {
    let hs110 = P.hs110.base
    #expect(abs(hs110.value(at: hs110.start) - -43.134337) <= 1e-6)
    let minimiser = Vector([Double](repeating: 9.35025655, count: 10))
    #expect(abs(hs110.value(at: minimiser) - -45.77846971) <= 1e-7)
    #expect(P.hs25.value(at: [50, 25, 1.5]) <= 1e-18)
    #expect(checkDerivatives(of: P.hs25, at: [40, 20, 1.6]).verdict == .agrees)
    #expect(checkHessian(of: P.hs25, at: [40, 20, 1.6]).verdict == .agrees)
  }

  /// A point between the bounds, near the start.
  static func inside(_ problem: Bounded<P>) -> Vector<Double> {
    var generator = RandomGenerator(seed: 5)
    var x = problem.base.start
    problem.project(&x)
    for i in 0..<x.count {
      x[i] += 0.1 * (generator.uniform() - 0.5) * max(1, abs(x[i]))
      let (l, u) = (problem.bounds.lower[i], problem.bounds.upper[i])
      let margin = min(0.05, (u - l) / 4)
      x[i] = min(max(x[i], l + margin), u - margin)
    }
    return x
  }

  @Test(arguments: P.boundedClassical.map { Named(problem: $0) })
  func derivativesAreExact(_ named: Named) {
    let problem = named.problem
    let x = Self.inside(problem)
    let check = checkDerivatives(of: problem, at: x)
    #expect(check.verdict == .agrees, "\(check)")
    let hessian = checkHessian(of: problem, at: x)
    #expect(hessian.verdict == .agrees, "\(hessian)")
    let n = x.count
    var H = Matrix<Double>(zeros: n, n)
    problem.hessian(at: x, into: &H)
    var v = x
    for i in 0..<n { v[i] = sin(Double(i + 1)) }
    var product = v
    problem.hessian(times: v, at: x, into: &product)
    for i in 0..<n {
      var (sum, magnitude) = (0.0, 0.0)
      for j in 0..<n {
        #expect(H[i, j] == H[j, i])
        sum += H[i, j] * v[j]
        magnitude += abs(H[i, j] * v[j])
      }
      #expect(abs(product[i] - sum) <= 1e-12 * magnitude)
    }
  }

  @Test func singlePrecisionHasTheSameProblems() {
    for (single, double) in zip(
      TestProblem<Float>.bounded + TestProblem<Float>.boundedClassical, P.bounded + P.boundedClassical)
    {
      #expect(single.base.name == double.base.name)
      let x = single.base.start
      let rounded = Vector((0..<x.count).map { Double(x[$0]) })
      #expect(single.value(at: x) == Float(double.value(at: rounded)))
      #expect((0..<x.count).allSatisfy { single.bounds.lower[$0] == Float(double.bounds.lower[$0]) })
      #expect((0..<x.count).allSatisfy { single.bounds.upper[$0] == Float(double.bounds.upper[$0]) })
    }
  }

  @Test(arguments: P.boundedClassical.filter { !$0.base.minima.isEmpty }.map { Named(problem: $0) })
  func aPublishedMinimumIsReached(_ named: Named) {
    let problem = named.problem
    let methods: [any Solver<Bounded<P>>] = [.lbfgsb(), .tron()]
    let values = methods.map { value(problem, $0) }
    let isReached = values.contains { value in
      problem.base.minima.contains { abs(value - $0) <= 2e-5 * max(abs($0), 1e-2) }
    }
    #expect(isReached, "\(values) against \(problem.base.minima)")
  }

  /// On grids of 10×10 points, those of the boundary among them, to the digits of CUTEst's files.
  @Test func gridsHaveThePublishedMinima() {
    for (problem, minimum, tolerance) in [
      (P.journalBearing(side: 8), -0.17896, 5e-6), (P.obstacle(side: 8), 1.397897560, 2e-9),
      (P.torsion(side: 8), -0.49234185, 1e-8),
    ] {
      let reached = value(problem, .tron())
      #expect(abs(reached - minimum) <= tolerance, "\(problem.base): \(reached)")
    }
  }

  private func value(_ problem: Bounded<P>, _ method: some Solver<Bounded<P>>) -> Double {
    let outcome = minimize(
      problem, from: problem.base.start, using: method, until: Convergence<Double>(gradient: 1e-8),
      certifying: false)
    #expect(problem.bounds.contains(outcome.point))
    return outcome.value
  }
}
