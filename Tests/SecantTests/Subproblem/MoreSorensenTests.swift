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

  func holdsTheConditions<Scalar: LAPACKScalar>(_ sizes: [Int], accuracy: Scalar) throws {
    for q in Self.cases(Scalar.self, sizes) {
      let spectrum = q.spectrum
      for Δ in [1e-12, 1e-3, 0.3, 1, 30, 1e4, 1e12] as [Scalar] {
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

  @Test func countsFactorisationsOnce() {
    var total = 0
    var solves = 0
    var most = 0
    for q in Self.cases(Double.self) {
      for Δ in [1e-3, 0.3, 1, 30, 1e4] {
        let subject = Subject<Double>()
        var memory = subject.allocate(q.g.count)
        var p = q.g
        _ = subject.solve(&p, gradient: q.g, within: Δ, &memory, matrix: q.B)
        total += memory.certificate?.factorisations ?? 1000
        most = max(most, memory.certificate?.factorisations ?? 1000)
        solves += 1
      }
    }
    print("FACTORISATIONS", Double(total) / Double(solves), most)
  }
}
