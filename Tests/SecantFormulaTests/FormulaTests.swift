import SecantFormula
import Testing

/// The value of a formula at x = 2, y = 3, z = 5.
private func value(_ text: String) throws -> Double {
  try FormulaFunction<Double>(Formula(text + " + 0*x + 0*y + 0*z"), variables: ["x", "y", "z"]).value(2, 3, 5)
}

@Suite struct FormulaTests {
  @Test(
    arguments: [
      ("x + y*z", 17), ("(x + y)*z", 25), ("x - y - z", -6), ("x - (y - z)", 4), ("z/x/x", 1.25),
      ("z/(x/x)", 5), ("x/y*z", 10.0 / 3), ("x^y^x", 512), ("(x^y)^x", 64), ("-x^2", -4), ("(-x)^2", 4),
      ("x^-1", 0.5), ("2^-x*y", 0.75), ("2^-x^2", 0.0625), ("-x*y", -6), ("x*-y", -6), ("x - -y", 5),
      ("x--y", 5), ("--x", 2), ("+x", 2), ("x+-+y", -1), ("-x + y", 1), ("-2^2", -4), ("x**y", 8),
      ("x−y", -1), ("x–y", -1), ("x·y", 6), ("x⋅y", 6), ("x×y", 6), ("z÷x", 2.5), ("1.5", 1.5), (".5", 0.5),
      ("1.", 1), ("1e-4", 1e-4), ("2E+3", 2000), ("1.e2", 100), ("007", 7), ("pow(x, y)", 8),
      ("max(x, y, z)", 5), ("min(z, y, x)", 2), ("max(-x, -y)", -2), ("exp(0)*y", 3), ("exp (0) * y", 3),
      ("\tx\n+ y ", 5), ("2*pi", 2 * Double.pi), ("2*π", 2 * Double.pi), ("log(e)", 1), ("2e1", 20),
      ("2*e^0", 2), ("((x))", 2), ("0/x", 0), ("x^0.5^2", 1.189207115002721),
    ] as [(String, Double)]) func readsAsItIsMeant(text: String, expected: Double) throws
  {
    #expect(try abs(value(text) - expected) <= 1e-15 * abs(expected))
  }

  @Test func namesAreTheLettersDigitsAndUnderscoresOfAnyAlphabet() throws {
    let formula = try Formula("β₁*größe_2 + 温度*_x + b1*exp(β₁) + pi")
    #expect(formula.names == ["β₁", "größe_2", "温度", "_x", "b1", "pi"])
    #expect(formula.text == "β₁*größe_2 + 温度*_x + b1*exp(β₁) + pi")
    #expect(try Formula("3 + 4").names == [])
  }

  @Test(arguments: [
    ("(1-x)^2 + 100*(y-x^2)^2", "(1 - x)^2 + 100*(y - x^2)^2"),
    ("(b1*exp(((-b2)*x)))/(b3+(b4*x))", "b1*exp(-b2*x)/(b3 + b4*x)"),
    ("(a-b)-c", "a - b - c"), ("a-(b-c)", "a - (b - c)"), ("a/(b/c)", "a/(b/c)"), ("(a*b)/c", "a*b/c"),
    ("a^(b^c)", "a^b^c"), ("(a^b)^c", "(a^b)^c"), ("(-a)^b", "(-a)^b"), ("-(a^b)", "-a^b"),
    ("a^-b", "a^(-b)"), ("-(a*b)", "-(a*b)"), ("(-a)*b", "-a*b"), ("a*(-b)", "a*(-b)"), ("--a", "-(-a)"),
    ("a+(-b)", "a + (-b)"), ("max(a,b,c)", "max(a, max(b, c))"), ("pow(a,b)", "a^b"), ("ln(a)", "log(a)"),
    ("1.0 + 1e-5", "1 + 1e-05"),
  ]) func printsTheParenthesesThatItNeeds(text: String, printed: String) throws {
    let formula = try Formula(text)
    #expect(formula.description == printed)
    #expect(try Formula(printed) == formula)
  }

  @Test func differentTreesAreDifferentFormulas() throws {
    #expect(try Formula("a + b + c") == Formula(" (a+b) + c"))
    #expect(try Formula("a + b + c") != Formula("a + (b + c)"))
    #expect(try Formula("-x^2") != Formula("(-x)^2"))
    #expect(try Formula("x*y") != Formula("y*x"))
  }

  /// Printing and parsing are inverse to each other, and both keep the meaning: for random trees the text with every
  /// parenthesis, one with some spaces and needless parentheses, and what is printed of either have one tree, and its value
  /// is the tree's own.
  @Test(arguments: 0..<40) func printedAndParsedAgainItIsTheSameTree(seed: Int) throws {
    var generator = RandomGenerator(seed: UInt64(seed))
    let x: [String: Double] = ["x": 1.25, "y": -0.5, "β_2": 3]
    for size in 1...60 {
      let tree = RandomTree(size: size, using: &generator)
      let formula = try Formula(tree.text)
      #expect(try Formula(tree.loosely(&generator)) == formula)
      #expect(try Formula(formula.description) == formula, "\(tree.text)")
      #expect(try Formula(formula.description).description == formula.description)
      let names = formula.names
      let found = try FormulaFunction<Double>(formula, variables: names)(names.map { x[$0]! })
      let expected = tree.value(x)
      #expect(
        found == expected || found.isNaN && expected.isNaN || abs(found - expected) <= 1e-12 * abs(expected),
        "\(tree.text)")
    }
  }

  @Test func nothingIsNestedTooDeeply() throws {
    let n = 100_000
    let nested = String(repeating: "(-", count: n) + "x" + String(repeating: ")", count: n)
    #expect(try FormulaFunction<Double>(Formula(nested)).value(3) == 3)
    let powers = String(repeating: "1^", count: n) + "x"
    #expect(try FormulaFunction<Double>(Formula(powers)).value(3) == 1)
    let calls = String(repeating: "abs(", count: n) + "x" + String(repeating: ")", count: n)
    #expect(try FormulaFunction<Double>(Formula(calls)).value(-3) == 3)
    let sum = String(repeating: "x + ", count: n) + "x"
    #expect(try FormulaFunction<Double>(Formula(sum)).value(1) == Double(n + 1))
    #expect(try Formula(sum).description == sum)
    let open = String(repeating: "(", count: n)
    let error = #expect(throws: FormulaError.self) { try Formula(open) }
    #expect(error?.position == n)
  }
}

/// A random formula, with a meaning of its own.
private indirect enum RandomTree {
  case number(Double)
  case name(String)
  case unary(String, (Double) -> Double, RandomTree)
  case operation(String, (Double, Double) -> Double, RandomTree, RandomTree)
  case call(String, (Double, Double) -> Double, RandomTree, RandomTree)

  init(size: Int, using generator: inout RandomGenerator) {
    func random(below n: Int) -> Int { Int(generator.uniform(Double.self) * Double(n)) }
    guard size > 1 else {
      self =
        switch random(below: 4) {
        case 0: .number(Double(random(below: 9)))
        case 1: .number(generator.uniform() * .pow(10, random(below: 30) - 15))
        default: .name(["x", "y", "β_2"][random(below: 3)])
        }
      return
    }
    switch random(below: size == 2 ? 3 : 9) {
    case 0: self = .unary("-", { -$0 }, RandomTree(size: size - 1, using: &generator))
    case 1: self = .unary("sin", { .sin($0) }, RandomTree(size: size - 1, using: &generator))
    case 2: self = .unary("atan", { .atan($0) }, RandomTree(size: size - 1, using: &generator))
    case let kind:
      let left = 1 + random(below: size - 2)
      let a = RandomTree(size: left, using: &generator)
      let b = RandomTree(size: size - 1 - left, using: &generator)
      self =
        switch kind {
        case 3: .operation("+", { $0 + $1 }, a, b)
        case 4: .operation("-", { $0 - $1 }, a, b)
        case 5: .operation("*", { $0 * $1 }, a, b)
        case 6: .operation("/", { $0 / $1 }, a, b)
        case 7: .call("hypot", { .hypot($0, $1) }, a, b)
        // The base is made positive, so that a whole exponent makes no difference.
        default: .operation("^", { .pow($0, $1) }, .call("hypot", { .hypot($0, $1) }, a, .number(1)), b)
        }
    }
  }

  /// With every parenthesis.
  var text: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): name
    case .unary("-", _, let x): "(-\(x.text))"
    case .unary(let name, _, let x): "\(name)(\(x.text))"
    case .operation(let sign, _, let x, let y): "(\(x.text)\(sign)\(y.text))"
    case .call(let name, _, let x, let y): "\(name)(\(x.text),\(y.text))"
    }
  }

  /// The same with spaces here and there, and more parentheses than one needs.
  func loosely(_ generator: inout RandomGenerator) -> String {
    func maybe(_ text: String) -> String { generator.uniform(Double.self) < 0.3 ? text : "" }
    let (open, close) = generator.uniform(Double.self) < 0.2 ? ("( ", ")") : ("", "")
    switch self {
    case .number, .name: return open + text + close
    case .unary("-", _, let x): return "(\(maybe(" "))-\(x.loosely(&generator)))"
    case .unary(let name, _, let x): return "\(open)\(name)\(maybe("\t"))(\(x.loosely(&generator)))\(close)"
    case .operation(let sign, _, let x, let y):
      let (left, right) = (x.loosely(&generator), y.loosely(&generator))
      return "\(open)(\(left)\(maybe("  "))\(sign == "^" ? "**" : sign)\(maybe("\n"))\(right))\(close)"
    case .call(let name, _, let x, let y):
      return "\(name)(\(x.loosely(&generator))\(maybe(" ")),\(y.loosely(&generator)))"
    }
  }

  func value(_ names: [String: Double]) -> Double {
    switch self {
    case .number(let number): number
    case .name(let name): names[name]!
    case .unary(_, let function, let x): function(x.value(names))
    case .operation(_, let function, let x, let y), .call(_, let function, let x, let y):
      function(x.value(names), y.value(names))
    }
  }
}
