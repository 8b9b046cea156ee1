import Secant
import Testing

/// Data so large or so small that their squares are near the end of the numbers, or beyond it.
@Suite struct ExtremeScalesTests {
  static func methods<P: ResidualObjective>() -> [Named<P>] where P.Domain == WholeSpace {
    [
      Named(name: "Levenberg and Marquardt", method: .levenbergMarquardt()),
      Named(name: "Marquardt's damping", method: .levenbergMarquardt(damping: MarquardtDamping())),
      Named(name: "Nielsen's damping", method: .levenbergMarquardt(damping: NielsenDamping())),
      Named(name: "Gauss and Newton", method: .gaussNewton()),
      Named(
        name: "dogleg",
        method: .trustRegion(
          model: ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal), subproblem: Dogleg())),
      Named(
        name: "subspace",
        method: .trustRegion(
          model: ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal),
          subproblem: TwoDimensionalSubspace())),
    ]
  }

  /// A line through eight points, but for some noise.
  static func line<Scalar: LAPACKScalar>(times unit: Scalar) -> Residuals<Scalar> {
    let x = (1...8).map { Scalar($0) }
    let y = x.map { unit * (2 * $0 + 1 + Scalar.sin(7 * $0) / 10) }
    return .linear(x.map { [$0, 1] }, y)
  }

  /// From a start of zero, which says nothing of the parameters' size, and from one that is much too small.
  private func unitOfTheResponse<Scalar: LAPACKScalar>(
    _ exponents: [Int], start: Scalar, within tolerance: Scalar
  ) {
    let unscaled: Residuals<Scalar> = Self.line(times: 1)
    let plain = minimize(unscaled, from: [0, 0], using: .levenbergMarquardt())
    for exponent in exponents {
      let unit: Scalar = .pow(10, exponent)
      let problem: Residuals<Scalar> = Self.line(times: unit)
      for entry in Self.methods() as [Named<Residuals<Scalar>>] {
        let outcome = minimize(problem, from: [start, start], using: entry.method)
        #expect(outcome.status.isConverged, "\(entry), 10^\(exponent): \(outcome)")
        for (found, expected) in zip(outcome.point, plain.point) {
          #expect(
            abs(found / unit - expected) <= tolerance * abs(expected),
            "\(entry), 10^\(exponent): \(outcome.point)")
        }
      }
    }
  }

  @Test func theUnitOfTheResponseDoesNotMatter() {
    unitOfTheResponse([-150, -100, -40, 20, 40, 100, 150], start: 0.0, within: 1e-12)
    unitOfTheResponse([20, 40, 100], start: 1e-10, within: 1e-12)
    unitOfTheResponse([-15, -10, 10, 15], start: Float(0), within: 1e-4)
  }

  /// What the squares do not hold is not *converged*, and the sentence says what to do.
  @Test func residualsWhoseSquaresVanishAreNotZero() {
    for exponent in [-300, -200, -170] {
      for entry in Self.methods() as [Named<Residuals<Double>>] {
        let outcome = minimize(Self.line(times: .pow(10, exponent)), from: [0, 0], using: entry.method)
        guard case .stalled(.underflow) = outcome.status else {
          Issue.record("\(entry), 10^\(exponent): \(outcome)")
          continue
        }
        #expect(outcome.sentence.contains("Multiply the data"), "\(outcome)")
      }
    }
  }

  @Test func residualsWhoseSquaresOverflowAreNamed() {
    for entry in Self.methods() as [Named<Residuals<Double>>] {
      let outcome = minimize(Self.line(times: 1e200), from: [0, 0], using: entry.method)
      guard case .nonFinite(let found) = outcome.status else {
        Issue.record("\(entry): \(outcome)")
        continue
      }
      #expect(found.place == .squares(ofData: false) && found.iteration == 0)
      #expect(outcome.sentence.contains("Multiply the data"), "\(outcome)")
    }
    // Residuals that are infinite themselves are another matter.
    let pole = Residuals<Double>(residualCount: 1, r: { [1 / $0[0]] }, J: { [[-1 / ($0[0] * $0[0])]] })
    let outcome = minimize(pole, from: [0], using: .levenbergMarquardt())
    guard case .nonFinite(let found) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(found.place == .value)
  }

  /// y = Ae^(−kt) from a k with which the column of k is below 10⁻⁸⁰: raising A alone lowers f, and no method stops
  /// before. What comes to a halt on the plateau where k has no influence says so.
  @Test(arguments: [100.0, 200, 300, 400, 500, 700])
  func aColumnThatHasAllButVanishedStopsNothing(_ k: Double) {
    let problem = Residuals<Double>.decay(from: 0)
    let best = minimize(problem, from: [4, 0.4], using: .levenbergMarquardt())
    for entry in Self.methods() as [Named<Residuals<Double>>] where entry.name != "Gauss and Newton" {
      let outcome = minimize(problem, from: [1, k], using: entry.method)
      let start = problem.value(at: [1, k])
      #expect(outcome.value < start / 2, "\(entry): \(outcome)")
      switch outcome.status {
      case .converged: #expect(abs(outcome.value - best.value) <= 1e-6 * best.value, "\(entry): \(outcome)")
      case .stalled(.flatModel): break
      default: Issue.record("\(entry): \(outcome)")
      }
    }
    if k <= 400 {
      let outcome = minimize(problem, from: [1, k], using: .levenbergMarquardt())
      #expect(outcome.status.isConverged, "\(outcome)")
    }
  }
}
