import Secant
import Testing

@Suite struct StatusTests {
  /// A criterion that does not hold cannot be built, so nothing can be called converged without one.
  @Test func aCriterionHoldsOrIsNone() {
    #expect(Criterion(.stationarity, value: 1e-7, threshold: 1e-6) != nil)
    #expect(Criterion(.stationarity, value: 1e-6, threshold: 1e-6) != nil)
    #expect(Criterion(.stationarity, value: 2e-6, threshold: 1e-6) == nil)
    #expect(Criterion(.stationarity, value: Double.nan, threshold: 1e-6) == nil)
    #expect(Criterion(.stationarity, value: 0, threshold: Double.nan) == nil)
    #expect(Criterion(.stationarity, value: Double.infinity, threshold: .infinity) == nil)
  }

  @Test func curvatureIsJudgedOnItsOwnScale() {
    let d: Vector<Double> = [1]
    #expect(Curvature<Double>.least(-1, direction: d, scale: 1).isNegative)
    #expect(Curvature<Double>.least(1, direction: d, scale: 1).isPositive)
    // Beside a norm of 1e10 an eigenvalue of ±1 is rounding.
    #expect(!Curvature<Double>.least(-1, direction: d, scale: 1e10).isNegative)
    #expect(!Curvature<Double>.least(1, direction: d, scale: 1e10).isPositive)
    #expect(!Curvature<Double>.unknown.isNegative && !Curvature<Double>.unknown.isPositive)
  }

  @Test func aRatioSaysHowWrongADerivativeIs() {
    #expect(Discrepancy(coordinate: 3, claimed: -2.0, measured: 2.0).ratio == -1)
    #expect("\(Discrepancy(coordinate: 3, claimed: 0.0, measured: 2.0))".contains("coordinate 3"))
  }

  /// A rate below rounding is told as such, and is no matter of precision or of the start.
  @Test func stepsThatChangeNothingAreTold() {
    func sentence(_ method: some Solver<Rosenbrock<Double>>) -> String {
      minimize(Rosenbrock<Double>(), from: [-1.2, 1], using: method).sentence
    }
    for said in [sentence(.gradientDescent(rate: 1e-300)), sentence(.adam(rate: 1e-300))] {
      #expect(said.contains("that no variable changed") && said.contains("Choose a larger rate"), "\(said)")
    }
    // 10⁻¹² moves the point, if by next to nothing.
    #expect(!sentence(.gradientDescent(rate: 1e-12)).contains("no variable changed"))
  }
}
