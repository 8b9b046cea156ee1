import Foundation
import Secant
import Testing

@Suite struct BarzilaiBorweinTests {
  typealias Length = BarzilaiBorwein<Rosenbrock<Double>>.Length

  /// The suggestions along a run of constant steps, with the pairs that they are made of.
  private func suggestions<S: LAPACKScalar>(
    _ length: BarzilaiBorwein<Quadratic<S>>.Length, _ f: Quadratic<S>, steps: Int
  ) -> [(α: S, α₁: S, α₂: S)] {
    let solver = Descent(BarzilaiBorwein(length), step: Constant<S>(rate: 0.01))
    var state = solver.start(at: Vector(repeating: 1, count: f.b.count), for: f)
    solver.step(&state, on: f)
    return (0..<steps).map { _ in
      var probe = state.memory.direction
      var oracle = Oracle(f)
      var p = state.memory.p
      var current = state.current
      current.value = f.valueAndGradient(at: current.point, into: &current.gradient)
      let α = solver.direction.choose(
        &p, at: current, after: state.other, iteration: state.iteration, &probe, asking: &oracle)
      #expect(p == -1 * current.gradient)
      let s = current.point - state.other.point
      let y = current.gradient - state.other.gradient
      solver.step(&state, on: f)
      return (α, s.squaredNorm / s.dot(y), s.dot(y) / y.squaredNorm)
    }
  }

  @Test func lengthsAreThoseOfThePapers() {
    func check<S: LAPACKScalar>(_: S.Type, _ tolerance: S) {
      let f = Quadratic<S>(6, condition: 50)
      for (α, α₁, _) in suggestions(.long, f, steps: 6) { #expect(abs(α / α₁ - 1) < tolerance) }
      for (α, _, α₂) in suggestions(.short, f, steps: 6) { #expect(abs(α / α₂ - 1) < tolerance) }
      for (k, (α, α₁, α₂)) in suggestions(.alternating, f, steps: 6).enumerated() {
        #expect(abs(α / (k % 2 == 0 ? α₁ : α₂) - 1) < tolerance)
      }
      let adaptive = suggestions(.adaptive(threshold: 0.8, memory: 3), f, steps: 8)
      for (k, (α, α₁, α₂)) in adaptive.enumerated() {
        let least = adaptive[max(0, k - 2)...k].map(\.α₂).min()!
        #expect(abs(α / (α₂ < 0.8 * α₁ ? least : α₁) - 1) < tolerance)
      }
    }
    check(Double.self, 1e-12)
    check(Float.self, 1e-4)
  }

  /// Barzilai and Borwein's theorem: in two variables the error falls R-superlinearly; with the exact steps of
  /// steepest descent it would fall by about (κ − 1)/(κ + 1) a step.
  @Test func isSuperlinearInTwoVariables() {
    let f = Quadratic<Double>(2, condition: 100)
    let solver = Descent(
      BarzilaiBorwein<Quadratic<Double>>(.long), step: NonMonotoneArmijo(reference: .maximum(of: 1_000)))
    var state = solver.start(at: [3, -2], for: f)
    var errors: [Double] = []
    for _ in 0..<40 {
      solver.step(&state, on: f)
      errors.append((state.current.point - f.minimizer).norm)
    }
    // All digits within a dozen steps, after which nothing is left to lose.
    #expect(errors[12] > 0.1)
    #expect(errors[24] < 1e-12)
  }

  /// In a quarter of the steps of steepest descent with exact searches, 5,304. How many they are rests on rounding, as f may
  /// rise on the way: from sixty starts a rounding apart .long takes from 401 to 1,848 gradients, the others at most 576.
  @Test func isRLinearOnQuadratics() {
    let f = Quadratic<Double>(40, condition: 1e3)
    let steepest = minimize(
      f, from: Vector(zeros: 40), using: Descent(SteepestDescent(), step: ExactOnQuadratics()),
      within: .unlimited)
    #expect(steepest.status.isConverged)
    for length in [BarzilaiBorwein<Quadratic<Double>>.Length.long, .short, .alternating, .adaptive] {
      var counts: [Int] = []
      for k in 0..<9 {
        var start = Vector<Double>(zeros: 40)
        start[4 * k] = Double.ulpOfOne
        let outcome = minimize(
          f, from: start, using: .barzilaiBorwein(length), within: Budget(gradients: steepest.iterations))
        #expect(outcome.status.isConverged, "\(length): \(outcome)")
        counts.append(outcome.ledger.gradients)
      }
      #expect(4 * counts.sorted()[4] <= steepest.iterations, "\(length): \(counts)")
    }
  }

  @Test func goesUphillAndReturnsTheLowest() {
    let f = Rosenbrock<Double>()
    let solver: Descent<BarzilaiBorwein<Rosenbrock<Double>>, NonMonotoneArmijo<Double>> = .barzilaiBorwein(
      .long, step: NonMonotoneArmijo())
    var run = Run(f, from: Rosenbrock.start(10), using: solver, until: .never, within: Budget(iterations: 60))
    var values: [Double] = []
    while let progress = run.next() { if let value = progress.value { values.append(value) } }
    #expect(zip(values, values.dropFirst()).contains { $1 > $0 })
    // No value is above the greatest of the ten before it.
    for k in 1..<values.count { #expect(values[k] <= values[max(0, k - 10)..<k].max()!) }
    let outcome = run.outcome()
    #expect(outcome.value <= values.min()!)
    #expect(outcome.value == f.value(at: outcome.point))
  }

  @Test(arguments: [Length.long, .short, .alternating, .adaptive])
  func solvesTheClassicalProblems(_ length: Length) {
    for scale in [1e-10, 1, 1e10] {
      let outcome = minimize(
        Rosenbrock<Double>(scale: scale), from: Rosenbrock.start(), using: .barzilaiBorwein(length),
        until: Convergence(gradient: 1e-6 * max(1, scale)))
      #expect(outcome.status.isConverged, "\(outcome)")
    }
    #expect(
      minimize(Rosenbrock<Double>(wall: -1.3), from: Rosenbrock.start(), using: .barzilaiBorwein(length))
        .status
        .isConverged)
  }

  @Test func solvesInBothPrecisions() {
    func check<P: DifferentiableObjective>(_ f: P, _ start: Vector<P.Scalar>) where P.Domain == WholeSpace {
      let outcome = minimize(f, from: start, using: .barzilaiBorwein(), within: Budget(gradients: 2_000))
      #expect(outcome.status.isConverged, "\(outcome)")
    }
    check(Wood<Double>(), Wood.start)
    check(Beale<Double>(), Beale.start)
    check(HelicalValley<Double>(), HelicalValley.start)
    check(PowellSingular<Double>(), PowellSingular.start)
    check(Rosenbrock<Float>(), Rosenbrock.start())
    check(Wood<Float>(), Wood.start)
    check(Beale<Float>(), Beale.start)
  }

  @Test func withoutCurvatureTheNextLengthIsTenTimesTheLast() {
    let f = Formula<Double>(
      n: 2, value: { -$0.squaredNorm }, gradient: { $1.set($0, times: -2) },
      second: { _, H in H.addToDiagonal(-2) })
    let solver = Descent(
      BarzilaiBorwein<Formula<Double>>(), step: NonMonotoneArmijo<Double>(reference: .maximum(of: 1)))
    var state = solver.start(at: [1, 2], for: f)
    var lengths: [Double] = []
    for _ in 0..<4 { if case .accepted(let α) = solver.step(&state, on: f) { lengths.append(α) } }
    #expect(lengths.count == 4)
    for (α, next) in zip(lengths, lengths.dropFirst()) { #expect(abs(next / α - 10) < 1e-9) }
  }

  @Test func resumesBitForBit() throws {
    let f = Rosenbrock<Double>()
    let solver: Descent<BarzilaiBorwein<Rosenbrock<Double>>, NonMonotoneArmijo<Double>> = .barzilaiBorwein()
    var whole = solver.start(at: Rosenbrock.start(10), for: f)
    for _ in 0..<30 { solver.step(&whole, on: f) }
    var part = solver.start(at: Rosenbrock.start(10), for: f)
    for _ in 0..<13 { solver.step(&part, on: f) }
    var resumed = try JSONDecoder().decode(type(of: part), from: JSONEncoder().encode(part))
    #expect(resumed == part)
    for _ in 0..<17 { solver.step(&resumed, on: f) }
    #expect(resumed.current.point.isIdentical(to: whole.current.point))
    #expect(resumed == whole)
  }

  @Test func complaints() {
    typealias Direction = BarzilaiBorwein<Rosenbrock<Double>>
    #expect(Direction().complaint == nil && Direction(.long).complaint == nil)
    #expect(Direction(.adaptive(threshold: 2, memory: 5)).complaint?.contains("threshold (τ) is 2.0") == true)
    #expect(Direction(.adaptive(threshold: 0.5, memory: 0)).complaint?.contains("memory is 0") == true)
    #expect(Direction().comparesGradients)
  }
}
