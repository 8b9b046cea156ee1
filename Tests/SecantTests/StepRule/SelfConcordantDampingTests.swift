import Foundation
import Secant
import Testing

@Suite struct SelfConcordantDampingTests {
  /// Σ −ln(1 − aᵢᵀx) − Σ ln(1 − xⱼ²), the analytic centre of a polytope: self-concordant with M = 1, and not defined
  /// outside.
  static func centre(_ n: Int) -> Formula<Double> {
    func row(_ i: Int) -> [Double] { (0..<n).map { sin(Double(1 + i * 7 + $0 * 3)) } }
    let rows = (0..<2 * n).map(row)
    func slack(_ i: Int, _ x: Vector<Double>) -> Double {
      var slack = 1.0
      for j in 0..<n { slack -= rows[i][j] * x[j] }
      return slack
    }
    return Formula(
      n: n,
      value: { x in
        var sum = 0.0
        for i in rows.indices { sum -= log(slack(i, x)) }
        for j in 0..<n { sum -= log(1 - x[j] * x[j]) }
        return sum
      },
      gradient: { x, g in
        g.fill(with: 0)
        for i in rows.indices { for j in 0..<n { g[j] += rows[i][j] / slack(i, x) } }
        for j in 0..<n { g[j] += 2 * x[j] / (1 - x[j] * x[j]) }
      },
      second: { x, H in
        for i in rows.indices {
          let s = slack(i, x)
          for j in 0..<n { for k in 0..<n { H[j, k] += rows[i][j] * rows[i][k] / (s * s) } }
        }
        for j in 0..<n {
          let d = 1 - x[j] * x[j]
          H[j, j] += 2 * (1 + x[j] * x[j]) / (d * d)
        }
      })
  }

  /// Nesterov 2004, theorem 4.1.12: in the damped phase every step lowers f by ω(λ) = λ − ln(1 + λ) at least.
  @Test func everyStepKeepsItsPromise() {
    let f = Self.centre(8)
    let solver: Descent<Newton<Formula<Double>>, SelfConcordantDamping<Double>> = .dampedNewton()
    // Near a face, where −ln has curvature far above its value at the centre.
    var state = solver.start(at: [-0.9, 0, 0, 0, 0, 0, 0, 0], for: f)
    var λ = 1.0
    var norms: [Double] = []
    for _ in 0..<40 where λ > 1e-6 {
      guard case .accepted(let α) = solver.step(&state, on: f) else { break }
      λ = 1 / α - 1
      norms.append(λ)
      let value = f.value(state.current.point)
      #expect(value.isFinite)
      #expect(value <= f.value(state.other.point) - (λ - log(1 + λ)) + 1e-9)
    }
    #expect(λ <= 1e-6)
    // Quadratic in the end: λ₊ ≤ 2λ² once λ < ¼.
    for (λ, next) in zip(norms, norms.dropFirst()) where λ < 0.25 { #expect(next <= 2 * λ * λ + 1e-9) }
  }

  @Test func asksForNoTrial() {
    let f = Self.centre(4)
    let outcome = minimize(f, from: Vector(zeros: 4), using: .dampedNewton(), certifying: false)
    #expect(outcome.status.isConverged)
    #expect(outcome.ledger.gradients == outcome.iterations + 1)
  }

  @Test func isTheFormula() {
    func length<Scalar: LAPACKScalar>(_ slope: Scalar, _ M: Scalar) -> StepLength<Scalar> {
      SelfConcordantDamping(constant: M).search { _ in (value: 1, slope: slope) }
    }
    #expect(length(-9.0, 1) == .accepted(0.25))
    #expect(length(-9 as Float, 3) == .accepted(0.1))
    #expect(length(-9.0, 0) == .accepted(1))
    #expect(length(0.0, 1) == .failed(.notADescentDirection))
    #expect(length(1.0, 1) == .failed(.notADescentDirection))
    #expect(length(.nan, 1.0) == .failed(.nonFinite))
    #expect(FullStep<Double>().search { _ in (value: 1, slope: 2) } == .accepted(1))
    #expect(FullStep<Double>().search { _ in (value: 1, slope: .nan) } == .failed(.nonFinite))
  }

  @Test func complainsAboutWhatMakesNoSense() {
    for bad in [-1, .nan, .infinity] as [Double] {
      #expect(SelfConcordantDamping(constant: bad).complaint?.contains("constant") == true)
    }
    #expect(SelfConcordantDamping<Float>().complaint == nil)
  }
}
