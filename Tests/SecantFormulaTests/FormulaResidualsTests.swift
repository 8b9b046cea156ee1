import SecantFormula
import Testing

@Suite struct FormulaResidualsTests {
  private static let x: [Double] = [0, 1, 2.5, 4]
  private static let y: [Double] = [2, 3, 5, 7]

  @Test func aResidualIsModelMinusResponse() throws {
    try residuals(Double.self, tolerance: 1e-14)
    try residuals(Float.self, tolerance: 1e-5)
  }

  private func residuals<Scalar: LAPACKScalar & DifferentiableNumber>(
    _: Scalar.Type, tolerance: Double
  ) throws where Scalar.Scalar == Scalar {
    let formula = try Formula("b1*exp(b2*x)")
    let weights = [1, 4, 0, 0.25]
    let b: [Scalar] = [3, -0.5]
    for weights in [nil, weights] {
      let fit = try FormulaResiduals<Scalar>(
        formula, response: Self.y, columns: ["x": Self.x, "unused": Self.y], weights: weights)
      #expect(fit.parameters == ["b1", "b2"])
      #expect(fit.residualCount == 4)
      let problem = DifferentiatedSquares(fit)
      var r = Vector<Scalar>(zeros: 4)
      var j = Matrix<Scalar>(zeros: 4, 2)
      problem.residualsAndJacobian(at: Vector(b), into: &r, &j)
      let plain = fit(b)
      for i in 0..<4 {
        let scale = weights.map { $0[i].squareRoot() } ?? 1
        let e = Double.exp(-0.5 * Self.x[i])
        for (found, expected) in [
          (plain[i], 3 * e - Self.y[i]), (r[i], 3 * e - Self.y[i]), (j[i, 0], e),
          (j[i, 1], 3 * Self.x[i] * e),
        ] { #expect(abs(Double(found) - scale * expected) <= tolerance * 10) }
      }
    }
  }

  @Test func parametersAreTheNamesThatAreNoColumns() throws {
    let formula = try Formula("b2*x + b1*cos(2*pi*t/12) + e")
    let columns = ["x": Self.x, "t": Self.x]
    #expect(
      try FormulaResiduals<Double>(formula, response: Self.y, columns: columns).parameters == ["b2", "b1"])
    let given = try FormulaResiduals<Double>(
      formula, response: Self.y, columns: columns, parameters: ["b1", "e", "b2"])
    #expect(given.parameters == ["b1", "e", "b2"])
    #expect(given.values(0, 1, 0) == Self.y.map { 1 - $0 })
    // A column may have a constant's name.
    let other = try FormulaResiduals<Double>(Formula("b*e"), response: Self.y, columns: ["e": Self.x])
    #expect(other.values(2) == [-2, -1, 0, 1])
  }

  @Test func theModelOfARowSeesThatRow() throws {
    let fit = try FormulaResiduals<Double>(
      Formula("a*u - v + (u*v - 1)*a^2 + sqrt(v)"), response: [0, 0], columns: ["u": [1, 2], "v": [4, 9]])
    // 3·1 − 4 + (1·4 − 1)·9 + 2 and 3·2 − 9 + (2·9 − 1)·9 + 3.
    #expect(fit.values(3) == [28, 153])
  }

  /// √t has an infinite slope at t = 0, which a dual would multiply by the tangent that t has not.
  @Test func termsOfTheColumnsAloneAreNotDifferentiated() throws {
    let fit = try FormulaResiduals<Double>(
      Formula("b*sqrt(x) + (x - 3)^2*log(x + 1)"), response: Self.y, columns: ["x": Self.x])
    let r = fit([Dual(2.0, tangent: 1)])
    for i in 0..<4 {
      #expect(r[i].tangent == Self.x[i].squareRoot())
      let t = Self.x[i]
      #expect(abs(r[i].value - (2 * t.squareRoot() + (t - 3) * (t - 3) * .log(t + 1) - Self.y[i])) < 1e-14)
    }
  }

  /// Misra1a of NIST's Statistical Reference Datasets, from its second start.
  @Test func reproducesACertifiedFit() throws {
    let y = [
      10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78,
    ]
    let x = [
      77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0,
    ]
    let equation = try Equation("y = b1*(1 - exp(-b2*x))")
    let fit = try FormulaResiduals<Double>(equation.formula, response: y, columns: ["x": x])
    let outcome = minimize(
      DifferentiatedSquares(fit), from: [250, 5e-4], using: .exactTrustRegion(),
      until: Convergence(gradient: 1e-9))
    #expect(abs(outcome.point[0] / 2.3894212918E+02 - 1) < 1e-8)
    #expect(abs(outcome.point[1] / 5.5015643181E-04 - 1) < 1e-8)
    #expect(abs(2 * outcome.value / 1.2455138894E-01 - 1) < 1e-10)
  }

  @Test func refusesWhatMakesNoSense() throws {
    let formula = try Formula("b1*x1 + b2")
    func refuses(
      _ sentence: String, at position: Int? = nil, response: [Double] = [1, 2],
      columns: [String: [Double]] = ["x1": [1, 2]], weights: [Double]? = nil, parameters: [String]? = nil
    ) {
      let error = #expect(throws: FormulaError.self) {
        try FormulaResiduals<Double>(
          formula, response: response, columns: columns, weights: weights, parameters: parameters)
      }
      #expect(error == FormulaError(sentence, in: formula.text, at: position))
    }
    refuses(
      "‘x1’ at character 4 is no column and no parameter; did you mean ‘x2’?", at: 4,
      columns: ["x2": [1, 2]],
      parameters: ["b1", "b2"])
    refuses(
      "‘b2’ at character 9 is no column and no parameter.", at: 9, parameters: ["b1"])
    refuses("There is no parameter ‘b3’ in the formula.", parameters: ["b1", "b2", "b3"])
    refuses("The parameter ‘b1’ is named twice.", parameters: ["b1", "b2", "b1"])
    refuses("‘x1’ is a column and a parameter; rename one of them.", parameters: ["b1", "b2", "x1"])
    refuses("The column ‘x1’ has 2 rows and the response 3; give as many.", response: [1, 2, 3])
    refuses("There are 1 weights for 2 rows; give one for each.", weights: [1])
    refuses("The weight of row 2 is -1.0; give a finite number that is zero or more.", weights: [1, -1])
    refuses("The weight of row 1 is nan; give a finite number that is zero or more.", weights: [.nan, 1])
  }

  @Test func aTableWithoutRowsHasNoResiduals() throws {
    let fit = try FormulaResiduals<Double>(Formula("b*cos(x)"), response: [], columns: ["x": []])
    #expect(fit.residualCount == 0)
    #expect(fit.values(1) == [])
  }
}
