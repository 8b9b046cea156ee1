import CAllocationCounter
import SecantFormula
import Testing

@Suite struct FormulaFunctionTests {
  static let valley = "(1 - x)^2 + 100*(y - x^2)^2"

  @Test func isMinimisedWithExactDerivatives() throws {
    let function = try FormulaFunction<Double>(Formula(Self.valley))
    #expect(function.variables == ["x", "y"])
    #expect(function.dimension == 2)
    let outcome = minimize(Differentiated(function), from: [-1.2, 1], using: .exactTrustRegion())
    #expect(outcome.status.isConverged)
    #expect(abs(outcome.point[0] - 1) < 1e-6 && abs(outcome.point[1] - 1) < 1e-6)
    #expect(outcome.value == function(Array(outcome.point)))
  }

  @Test func derivativesAreThoseByHand() throws {
    try derivatives(Double.self, tolerance: 1e-13)
    try derivatives(Float.self, tolerance: 1e-5)
  }

  private func derivatives<Scalar: LAPACKScalar & DifferentiableNumber>(
    _: Scalar.Type, tolerance: Scalar
  ) throws where Scalar.Scalar == Scalar {
    let function = try FormulaFunction<Scalar>(Formula(Self.valley), variables: ["y", "x"])
    try derivatives(Differentiated(function), tolerance)
    try derivatives(ForwardDifferentiated(function), tolerance)
  }

  private func derivatives<Problem: TwiceDifferentiableObjective>(
    _ problem: Problem, _ tolerance: Problem.Scalar
  ) throws {
    let (x, y): (Problem.Scalar, Problem.Scalar) = (-1.2, 1)
    let gradient = [200 * (y - x * x), -2 * (1 - x) - 400 * x * (y - x * x)]
    let hessian = [[200, -400 * x], [-400 * x, 2 - 400 * (y - 3 * x * x)]]
    var g = Vector<Problem.Scalar>(zeros: 2)
    var h = Matrix<Problem.Scalar>(zeros: 2, 2)
    #expect(try abs(problem.valueAndGradient(at: [y, x], into: &g) - 24.2) <= 24.2 * tolerance)
    try problem.hessian(at: [y, x], into: &h)
    for i in 0..<2 {
      #expect(abs(g[i] - gradient[i]) <= tolerance * abs(gradient[i]))
      for j in 0..<2 { #expect(abs(h[i, j] - hessian[i][j]) <= tolerance * abs(hessian[i][j])) }
    }
  }

  @Test func constantsGiveWayToVariablesOfTheirName() throws {
    let formula = try Formula("e*pi + x")
    #expect(try FormulaFunction<Double>(formula).variables == ["x"])
    #expect(try abs(FormulaFunction<Double>(formula).value(1) - 9.539734222673566) < 1e-14)
    #expect(try FormulaFunction<Double>(formula, variables: ["e", "pi", "x"]).value(2, 3, 4) == 10)
    #expect(
      try abs(FormulaFunction<Double>(formula, variables: ["x", "e"]).value(1, 2) - 7.283185307179586) < 1e-14
    )
  }

  @Test func aConstantFormulaHasNoVariables() throws {
    let function = try FormulaFunction<Double>(Formula("3*4^2/sqrt(4)"))
    #expect(function.variables == [])
    #expect(function.value() == 24)
  }

  @Test(
    arguments: [
      (["x"], "‘y1’ at character 5 is no variable.", 5),
      (["x", "x", "y1"], "The variable ‘x’ is named twice.", nil),
      (["x", "y1", "y2"], "There is no variable ‘y2’ in the formula; did you mean ‘y3’?", nil),
      (["x", "y1", "y3", "temperature"], "There is no variable ‘temperature’ in the formula.", nil),
    ] as [([String], String, Int?)])
  func refusesNamesThatDoNotMatch(variables: [String], sentence: String, position: Int?) throws {
    let formula = try Formula("x + y1*y3")
    let error = #expect(throws: FormulaError.self) {
      try FormulaFunction<Double>(formula, variables: variables)
    }
    #expect(error == FormulaError(sentence, in: formula.text, at: position))
  }

  /// What is not differentiable is what the table of `DifferentiableNumber` says, whatever the formula came from.
  @Test func edgesAreThoseOfTheNumbers() throws {
    func gradient(_ text: String, _ x: Double) throws -> Double {
      var g: Vector<Double> = [0]
      _ = Differentiated(try FormulaFunction<Double>(Formula(text))).valueAndGradient(at: [x], into: &g)
      return g[0]
    }
    #expect(try gradient("abs(x)", 0) == 0)
    #expect(try gradient("sqrt(x)", 0) == .infinity)
    #expect(try gradient("max(x, 0)", 0) == 1)
    #expect(try gradient("log(x)", -1).isNaN)
  }

  /// The stack of an evaluation is no allocation, and a recording is replayed.
  @Test(.enabled(if: !_isDebugAssertConfiguration())) func aSecondEvaluationAllocatesNothing() throws {
    let problem = Differentiated(try FormulaFunction<Double>(Formula(Self.valley)))
    var (x, g, p): (Vector<Double>, Vector<Double>, Vector<Double>) = ([-1.2, 1], [0, 0], [0, 0])
    let v: Vector<Double> = [1, 2]
    for round in 1...4 {
      x[0] += 0.25
      secant_count_allocations()
      _ = problem.value(at: x)
      _ = problem.valueAndGradient(at: x, into: &g)
      problem.hessian(times: v, at: x, into: &p)
      let allocations = secant_allocations_counted()
      if round > 1 { #expect(allocations == 0) }
    }
  }
}
