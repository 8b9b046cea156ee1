import SecantFormula
import Testing

@Suite struct EquationTests {
  @Test func theResponseStandsOnTheLeft() throws {
    let equation = try Equation("y = b1*(1 - exp(-b2*x))")
    #expect(equation.response == "y")
    #expect(try equation.formula == Formula("b1*(1 - exp(-b2*x))"))
    #expect(equation.formula.names == ["b1", "b2", "x"])
    let alone = try Equation("b1*x")
    #expect(alone.response == nil)
    #expect(try alone.formula == Formula("b1*x"))
  }

  @Test(
    arguments: [
      ("y = b1*(x", 8, "The parenthesis opened at character 8 is never closed."),
      (
        "= x", 1,
        "On the left of ‘=’ stands one name, that of the response; what is made of it needs a column of its own (character 1)."
      ),
      (
        "2 = x", 3,
        "On the left of ‘=’ stands one name, that of the response; what is made of it needs a column of its own (character 3)."
      ),
      (
        "log(y) = x", 8,
        "On the left of ‘=’ stands one name, that of the response; what is made of it needs a column of its own (character 8)."
      ),
      ("y = ", nil, "The formula is empty."),
      (
        "y == x", 4,
        "‘=’ has no place here; a formula is one side of an equation, and y = … names the response of a fit (character 4)."
      ),
    ] as [(String, Int?, String)])
  func pointsAtTheCharacterOfTheWhole(text: String, position: Int?, sentence: String) {
    let error = #expect(throws: FormulaError.self) { try Equation(text) }
    #expect(error == FormulaError(sentence, in: text, at: position))
  }
}
