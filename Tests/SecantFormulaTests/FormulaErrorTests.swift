import SecantFormula
import Testing

@Suite struct FormulaErrorTests {
  @Test(
    arguments: [
      ("b1*(1 - exp(-b2*x)", 4, "The parenthesis opened at character 4 is never closed."),
      ("((x)", 1, "The parenthesis opened at character 1 is never closed."),
      ("sin(x", 4, "The parenthesis opened at character 4 is never closed."),
      ("sin (x", 5, "The parenthesis opened at character 5 is never closed."),
      ("2*(", 3, "The parenthesis opened at character 3 is never closed."),
      ("exp(", 4, "The parenthesis opened at character 4 is never closed."),
      ("x)", 2, "The parenthesis closed at character 2 was never opened."),
      ("(x + 1))*2", 8, "The parenthesis closed at character 8 was never opened."),
      ("", nil, "The formula is empty."),
      (" \t", nil, "The formula is empty."),
      ("2x", 2, "An operator is missing between ‘2’ and ‘x’; write 2*x for a product (character 2)."),
      ("2 x", 3, "An operator is missing between ‘2’ and ‘x’; write 2*x for a product (character 3)."),
      ("x y", 3, "An operator is missing between ‘x’ and ‘y’; write x*y for a product (character 3)."),
      ("2(x+1)", 2, "An operator is missing between ‘2’ and ‘(’; write 2*(…) for a product (character 2)."),
      ("(a)(b)", 4, "An operator is missing before ‘(’; write )*( for a product (character 4)."),
      ("(a) b", 5, "An operator is missing before ‘b’; write )*b for a product (character 5)."),
      (
        "1.2.3", 4, "An operator is missing between ‘1.2’ and ‘.3’; write 1.2*.3 for a product (character 4)."
      ),
      (
        "x +", 3,
        "The formula ends after ‘+’, where a number, a name or a parenthesis is missing (character 3)."
      ),
      (
        "x ** ", 3,
        "The formula ends after ‘**’, where a number, a name or a parenthesis is missing (character 3)."
      ),
      (
        "-", 1,
        "The formula ends after ‘-’, where a number, a name or a parenthesis is missing (character 1)."
      ),
      ("* x", 1, "‘*’ has nothing on its left (character 1)."),
      (")", 1, "‘)’ has nothing on its left (character 1)."),
      (
        "x */ y", 4,
        "‘/’ follows ‘*’, and between them a number, a name or a parenthesis is missing (character 4)."
      ),
      (
        "(x +)", 5,
        "‘)’ follows ‘+’, and between them a number, a name or a parenthesis is missing (character 5)."
      ),
      (
        "max(,x)", 5,
        "‘,’ follows ‘(’, and between them a number, a name or a parenthesis is missing (character 5)."
      ),
      (
        "max(x,)", 7,
        "‘)’ follows ‘,’, and between them a number, a name or a parenthesis is missing (character 7)."
      ),
      ("x*()", 4, "There is nothing between these parentheses (character 4)."),
      ("sin()", 1, "The function ‘sin’ is called without an argument (character 1)."),
      ("1 + sin x", 5, "The function ‘sin’ takes its argument in parentheses; write sin(x) (character 5)."),
      ("log", 1, "The function ‘log’ takes its argument in parentheses; write log(…) (character 1)."),
      ("sin(x, y)", 1, "The function ‘sin’ takes 1 argument and was given 2 (character 1)."),
      ("x + atan2(x)", 5, "The function ‘atan2’ takes 2 arguments, y and x, and was given 1 (character 5)."),
      (
        "pow(x)", 1,
        "The function ‘pow’ takes 2 arguments, the base and the exponent, and was given 1 (character 1)."
      ),
      ("hypot(x,y,z)", 1, "The function ‘hypot’ takes 2 arguments, x and y, and was given 3 (character 1)."),
      ("max(x)", 1, "The function ‘max’ takes 2 arguments or more and was given 1 (character 1)."),
      (
        "2*sinn(x)", 3,
        "There is no function ‘sinn’; did you mean ‘sin’? A product is written sinn*(…) (character 3)."
      ),
      ("b1(1 - x)", 1, "There is no function ‘b1’; a product is written b1*(…) (character 1)."),
      (
        "1,5*x", 2,
        "The comma separates no arguments of a function; a decimal is written with a point (character 2)."
      ),
      (
        "(1,5)", 3,
        "The comma separates no arguments of a function; a decimal is written with a point (character 3)."
      ),
      (
        "y = x", 3,
        "‘=’ has no place here; a formula is one side of an equation, and y = … names the response of a fit (character 3)."
      ),
      ("x²", 2, "‘²’ at character 2 has no meaning here; write a power as x^2."),
      ("√x", 1, "‘√’ at character 1 has no meaning here; write sqrt(…)."),
      ("|x|", 1, "‘|’ at character 1 has no meaning here; write a magnitude as abs(…)."),
      ("x[1]", 2, "‘[’ at character 2 has no meaning here; write round parentheses."),
      (".", 1, "‘.’ at character 1 has no meaning here; a number has a digit beside its point."),
      (
        "x < 1", 3,
        "‘<’ at character 3 has no meaning here; a formula is made of numbers, names, + - * / ^, parentheses and commas."
      ),
      ("1e999*x", 1, "The number 1e999 at character 1 is too large for double precision."),
      ("x + 1e-999", 5, "The number 1e-999 at character 5 is too small for double precision."),
      ("größe·😀", 7, nil),
    ] as [(String, Int?, String?)])
  func pointsAtTheCharacter(text: String, position: Int?, sentence: String?) {
    let error = #expect(throws: FormulaError.self) { try Formula(text) }
    #expect(error?.position == position)
    if let sentence { #expect(error?.sentence == sentence) }
    #expect(error?.formula == text)
  }

  @Test func zeroIsNotTooSmall() throws {
    #expect(try Formula("0.0e-999").description == "0")
  }

  @Test func drawsTheCaretBelowTheCharacter() {
    let error = #expect(throws: FormulaError.self) { try Formula("b1*(1 - exp(-b2*x)") }
    #expect(
      error?.description == """
        The parenthesis opened at character 4 is never closed.
          b1*(1 - exp(-b2*x)
             ^
        """)
    #expect(FormulaError("It is wrong.", in: "x").description == "It is wrong.")
  }

  @Test func aLineBreakTakesOneColumn() {
    let error = #expect(throws: FormulaError.self) { try Formula("x +\n\t2y") }
    #expect(error?.description.hasSuffix(").\n  x +  2y\n        ^") == true)
  }

  @Test(arguments: [0, 20, 49, 50, 51, 500]) func ofALongFormulaItShowsThePlace(before: Int) {
    for behind in [0, 29, 30, 31, 500] {
      let text = String(repeating: "+", count: before) + "*" + String(repeating: "x", count: behind)
      let lines = FormulaError("No.", in: text, at: before + 1).description.split(separator: "\n")
      #expect(lines.count == 3)
      let column = lines[2].count - 1
      #expect(lines[2].allSatisfy { $0 == " " || $0 == "^" })
      #expect(Array(lines[1])[column] == "*")
      #expect(lines[1].count <= 90)
      #expect(lines[1].contains("…") == (before > 50 || behind > 30))
    }
  }
}
