import Foundation
import Secant
import Testing

@Suite struct MoreSorensenTests {
  typealias Subject<Scalar: LAPACKScalar> = MoreSorensen<DenseModel<Scalar>>
  typealias Case<Scalar: LAPACKScalar> = TestQuadratic<Scalar>

  /// Solves, and holds the conditions of the certificate against eigenvalues and products computed here.
  @discardableResult func check<Scalar>(
    _ q: Case<Scalar>, within Δ: Scalar, spectrum: (norm: Scalar, least: Scalar), accuracy: Scalar
  ) throws -> KKTCertificate<Scalar> {
    let n = q.g.count
    let subject = Subject<Scalar>(tolerance: 1e-12)
    var memory = subject.allocate(n)
    var p = Vector<Scalar>(zeros: n)
    let step = subject.solve(&p, gradient: q.g, within: Δ, &memory, matrix: q.B)
    let certificate = try #require(memory.certificate, "\(q), Δ = \(Δ)")
    let λ = certificate.multiplier
    var r = q.g
    r.add(p, times: λ)
    q.B.symmetricMultiply(p, into: &r, adding: 1)
    let scale = q.g.norm + (spectrum.norm + λ) * p.norm
    #expect(r.norm <= accuracy * scale, "\(q), Δ = \(Δ): \(certificate)")
    #expect(certificate.residual <= accuracy)
    #expect(λ >= 0)
    #expect(spectrum.least + λ >= -Scalar(n) * .ulpOfOne * spectrum.norm, "\(q), Δ = \(Δ)")
    #expect(p.norm <= Δ * (1 + accuracy))
    #expect(λ * abs(Δ - p.norm) <= accuracy * λ * Δ, "\(q), Δ = \(Δ)")
    #expect(step.isOnBoundary == (λ > 0))
    #expect(abs(step.length - p.norm) <= accuracy * p.norm)
    let fall = -q.value(p)
    #expect(
      abs(fall - step.decrease) <= accuracy * (q.g.norm + spectrum.norm * p.norm) * p.norm,
      "\(q), Δ = \(Δ): \(fall), \(step)")
    return certificate
  }

  static func cases<Scalar>(_: Scalar.Type, _ sizes: [Int] = [1, 2, 3, 7, 20]) -> [Case<Scalar>] {
    sizes.flatMap { n -> [Case<Scalar>] in
      let root = Scalar(n).squareRoot()
      return [
        .random(n, shift: 0, seed: n), .random(n, shift: root, seed: n + 50), .definite(n, seed: n),
        .random(n, shift: -3 * root, seed: n + 90),
        .hard(n, part: 0, seed: n), .hard(n, part: 0, rotated: false, seed: n),
        .hard(n, part: 1e-3, seed: n), .hard(n, part: 1e-7, seed: n),
        .hard(n, part: 1e-12, rotated: false, seed: n),
        Case(name: "no gradient", B: Case.random(n, shift: 0, seed: n + 7).B, g: Vector(zeros: n)),
        Case(name: "no matrix", B: Matrix(zeros: n, n), g: Case.vector(n, n)),
      ]
    }
  }

  /// B = [[c², c·b], [c·b, b² − 1]] curves by c² and, along (−b/c, 1), by −1: a valley as thin as Meyer's, whose least
  /// eigenvalue no Gershgorin circle shows. g leads along it, and −gz + ½z² falls by gΔ + ½Δ².
  func followsAThinValley<Scalar: LAPACKScalar>(_: Scalar.Type, exponents: ClosedRange<Int>) {
    let (g, Δ): (Scalar, Scalar) = (1, 10)
    let least = g * Δ + Δ * Δ / 2
    for k in exponents {
      for b in [1, 8, 1024] as [Scalar] {
        let c = Scalar(sign: .plus, exponent: Scalar.Exponent(k), significand: 1)
        var B = Matrix<Scalar>(zeros: 2, 2)
        (B[0, 0], B[1, 0], B[0, 1], B[1, 1]) = (c * c, c * b, c * b, b * b - 1)
        let subject = Subject<Scalar>()
        var memory = subject.allocate(2)
        var p = Vector<Scalar>(zeros: 2)
        let step = subject.solve(&p, gradient: [0, -g], within: Δ, &memory, matrix: B)
        #expect(
          step.decrease >= (1 - subject.tolerance) * (1 - subject.tolerance) * least, "c = 2^\(k), b = \(b)")
        #expect(memory.certificate!.multiplier <= 1.5, "c = 2^\(k), b = \(b)")
      }
    }
  }

  @Test func followsAThinValley() {
    followsAThinValley(Double.self, exponents: 20...240)
    followsAThinValley(Float.self, exponents: 15...40)
  }

  func holdsTheConditions<Scalar: LAPACKScalar>(_ sizes: [Int], accuracy: Scalar) throws {
    for q in Self.cases(Scalar.self, sizes) {
      let spectrum = q.spectrum
      let radii: [Scalar] = q.g.count < 100 ? [1e-12, 1e-3, 0.3, 1, 30, 1e4, 1e12] : [1e-3, 1, 1e4]
      for Δ in radii {
        try check(q, within: Δ, spectrum: spectrum, accuracy: accuracy)
      }
    }
  }

  @Test func holdsTheConditionsOfAMinimum() throws {
    try holdsTheConditions([1, 2, 3, 7, 20, 100, 500], accuracy: 1e-10 as Double)
    try holdsTheConditions([1, 2, 5, 40], accuracy: 1e-4 as Float)
  }

  @Test func followsNegativeCurvatureFromAStationaryPoint() throws {
    let B = Matrix<Double>(diagonal: [3, -2, 1])
    let q = TestQuadratic(name: "saddle", B: B, g: [0, 0, 0])
    let certificate = try check(q, within: 2, spectrum: (3, -2), accuracy: 1e-10)
    #expect(certificate.isHard)
    #expect(abs(certificate.multiplier - 2) < 1e-10)
    let subject = Subject<Double>()
    var memory = subject.allocate(3)
    var p = Vector<Double>(zeros: 3)
    // σ = 0.1 promises (1 − σ)² of what there is: ½·2·2².
    let step = subject.solve(&p, gradient: q.g, within: 2, &memory, matrix: B)
    #expect(step.decrease >= 0.81 * 4)
    #expect(step.isOnBoundary)
  }

  @Test func takesTheNewtonStepInside() throws {
    let q = TestQuadratic<Double>.definite(12, seed: 3)
    let subject = Subject<Double>()
    var memory = subject.allocate(12)
    var p = Vector<Double>(zeros: 12)
    let step = subject.solve(&p, gradient: q.g, within: 100, &memory, matrix: q.B)
    let certificate = try #require(memory.certificate)
    #expect(certificate.multiplier == 0 && certificate.factorisations == 1 && !step.isOnBoundary)
    #expect(certificate.residual < 1e-15)
  }

  @Test func takesFewFactorisations() throws {
    var (factorisations, solves) = (0, 0)
    for q in Self.cases(Double.self) {
      for Δ in [1e-3, 0.3, 1, 30, 1e4] {
        let subject = Subject<Double>()
        var memory = subject.allocate(q.g.count)
        var p = q.g
        _ = subject.solve(&p, gradient: q.g, within: Δ, &memory, matrix: q.B)
        let certificate = try #require(memory.certificate)
        #expect(certificate.factorisations <= 8, "\(q), Δ = \(Δ)")
        factorisations += certificate.factorisations
        solves += 1
      }
    }
    #expect(Double(factorisations) <= 2 * Double(solves))
  }

  /// What σ = 0.1 promises: 0.81 of the least value.
  @Test func promisesItsPart() {
    for q in Self.cases(Double.self) {
      for Δ in [1e-3, 0.3, 1, 30, 1e4] {
        func fall(_ tolerance: Double) -> ModelStep<Double> {
          let subject = Subject<Double>(tolerance: tolerance)
          var memory = subject.allocate(q.g.count)
          var p = q.g
          return subject.solve(&p, gradient: q.g, within: Δ, &memory, matrix: q.B)
        }
        let step = fall(0.1)
        #expect(step.decrease >= 0.81 * fall(1e-12).decrease, "\(q), Δ = \(Δ)")
        #expect(step.length <= 1.1 * Δ)
      }
    }
  }

  @Test func chargesEveryFactorisation() throws {
    let f = Formula<Double>.saddle
    let solver = TrustRegion(
      model: DenseHessianModel<Formula<Double>>(), subproblem: MoreSorensen(), radius: RatioRadius())
    var oracle = Oracle(f)
    var state = solver.start(at: [0.3, 0.1], for: f)
    try oracle.evaluate(&state.current)
    var factorisations = 0
    for _ in 0..<6 {
      _ = try solver.advance(&state, asking: &oracle)
      factorisations += try #require(state.memory.subproblem.certificate).factorisations
    }
    #expect(oracle.ledger.factorisations == factorisations)
    #expect(oracle.ledger.flops == Double(factorisations * Cholesky<Double>.flops(2)))
  }

  @Test func resumesBitForBit() throws {
    let f = Wood<Double>()
    let solver = TrustRegion(
      model: DenseHessianModel<Wood<Double>>(), subproblem: MoreSorensen(), radius: RatioRadius())
    var whole = solver.start(at: Wood<Double>.start, for: f)
    for _ in 0..<9 { solver.step(&whole, on: f) }
    var resumed = try JSONDecoder().decode(type(of: whole), from: JSONEncoder().encode(whole))
    #expect(resumed == whole)
    for _ in 0..<9 {
      solver.step(&whole, on: f)
      solver.step(&resumed, on: f)
    }
    #expect(resumed == whole)
    #expect(resumed.current.point.isIdentical(to: whole.current.point))
  }

  @Test func complainsOfAToleranceThatMakesNoSense() {
    #expect(Subject<Double>().complaint == nil)
    for σ in [0, -1, 1, .nan] {
      #expect(Subject<Double>(tolerance: σ).complaint?.contains("tolerance (σ₁)") == true)
    }
  }

  /// From x₀, 10x₀ and 100x₀, as Moré, Garbow and Hillstrom ask.
  func solves<P: TwiceDifferentiableObjective>(
    _ f: P, from start: Vector<P.Scalar>, times factors: [P.Scalar] = [1, 10, 100]
  ) where P.Domain == WholeSpace {
    for factor in factors {
      let outcome = minimize(
        f, from: factor * start,
        using: TrustRegion(model: DenseHessianModel<P>(), subproblem: MoreSorensen(), radius: RatioRadius()))
      #expect(outcome.status.isConverged, "\(f) from \(factor) x₀: \(outcome)")
      #expect(abs(outcome.value) < 1e-6, "\(f) from \(factor) x₀: \(outcome.value)")
      #expect(outcome.ledger.factorisations <= 2 * outcome.ledger.iterations + 10)
    }
  }

  @Test func solvesTheClassicalProblemsFromFarAway() {
    solves(Rosenbrock<Double>(), from: Rosenbrock.start())
    solves(PowellSingular<Double>(), from: PowellSingular.start)
    solves(Wood<Double>(), from: Wood.start)
    solves(Beale<Double>(), from: Beale.start)
    solves(HelicalValley<Double>(), from: HelicalValley.start)
    solves(BrownBadlyScaled<Double>(), from: [1, 1])
    // From 100x₀ f falls towards 10⁻⁸ on the way to infinity.
    solves(PowellBadlyScaled<Double>(), from: [0, 1], times: [1, 10])
  }
}

/// Powell's badly scaled function.
struct PowellBadlyScaled<Scalar: LAPACKScalar>: LeastSquaresTest {
  typealias Failure = Never
  var n: Int { 2 }
  var residuals: Int { 2 }
  static var start: Vector<Scalar> { [0, 1] }

  func residual(
    _ i: Int, at x: Vector<Scalar>, _ J: inout Vector<Scalar>, _ H: inout Matrix<Scalar>
  ) -> Scalar {
    if i == 0 {
      J[0] = 1e4 * x[1]
      J[1] = 1e4 * x[0]
      H[0, 1] = 1e4
      H[1, 0] = 1e4
      return 1e4 * x[0] * x[1] - 1
    }
    let (u, v) = (Scalar.exp(-x[0]), Scalar.exp(-x[1]))
    J[0] = -u
    J[1] = -v
    H[0, 0] = u
    H[1, 1] = v
    return u + v - 1.0001
  }
}

/// Brown's badly scaled function.
struct BrownBadlyScaled<Scalar: LAPACKScalar>: LeastSquaresTest {
  typealias Failure = Never
  var n: Int { 2 }
  var residuals: Int { 3 }
  static var start: Vector<Scalar> { [1, 1] }

  func residual(
    _ i: Int, at x: Vector<Scalar>, _ J: inout Vector<Scalar>, _ H: inout Matrix<Scalar>
  ) -> Scalar {
    switch i {
    case 0:
      J[0] = 1
      return x[0] - 1e6
    case 1:
      J[1] = 1
      return x[1] - 2e-6
    default:
      J[0] = x[1]
      J[1] = x[0]
      H[0, 1] = 1
      H[1, 0] = 1
      return x[0] * x[1] - 2
    }
  }
}
