// One import is enough to read a formula, differentiate it and solve it.
@_exported public import SecantAutoDiff

/// A formula as one writes it, parsed: `b1*(1 - exp(-b2*x))`.
///
/// ```swift
/// let formula = try Formula("(1 - x)^2 + 100*(y - x^2)^2")
/// let problem = Differentiated(try FormulaFunction<Double>(formula))
/// print(minimize(problem, from: [-1.2, 1], using: .exactTrustRegion()))
/// ```
///
/// | what | how it is written |
/// | --- | --- |
/// | numbers | `1`, `1.5`, `.5`, `1e-4` |
/// | names | letters, digits and underscores, not beginning with a digit; upper and lower case differ |
/// | operators | `+ - * / ^`, and `**` for a power, `−` and `–` for minus, `·`, `⋅` and `×` for a product, `÷` for a quotient |
/// | their order | powers, from the right; the sign: `-x^2` is −(x²); products and quotients; sums and differences |
/// | functions | `exp`, `expm1`, `log` or `ln`, `log10`, `log2`, `log1p`, `sqrt`, `cbrt`, `abs`, `erf`, `sin`, `cos`, `tan`, `asin`, `acos`, `atan`, `sinh`, `cosh`, `tanh`, `asinh`, `acosh`, `atanh`, `pow(x, y)`, `atan2(y, x)`, `hypot(x, y)`, `min` and `max` of two or more |
/// | constants | `pi` or `π`, and `e`, unless a variable, a parameter or a column has that name |
///
/// A power whose exponent is a whole constant is one for every base, `x^2` at x < 0 too; any other is that of a positive
/// base.
public struct Formula: Sendable {
  /// The formula as it was written.
  public let text: String
  /// The names in it, constants included, in the order in which they first appear.
  public let names: [String]
  /// Where each name first stands, in characters counted from 1.
  let positions: [String: Int]
  /// The formula in postfix order.
  let symbols: [Symbol]

  /// Parses a formula.
  ///
  /// - Throws: a sentence about the first mistake, with its place.
  public init(_ text: String) throws(FormulaError) {
    try self.init(Token.words(of: text)[...], of: text)
  }

  init(_ tokens: ArraySlice<Token>, of text: String) throws(FormulaError) {
    self.text = text
    symbols = try Parser(tokens, of: text).output
    var names: [String] = []
    var positions: [String: Int] = [:]
    let used = Set(symbols.compactMap { if case .name(let name) = $0 { name } else { nil } })
    for token in tokens where used.contains(token.text) && positions[token.text] == nil {
      names.append(token.text)
      positions[token.text] = token.position
    }
    self.names = names
    self.positions = positions
  }

  /// The constants that a name stands for where nothing else has it.
  public static let constants: [String: Double] = [
    "pi": .pi, "π": .pi, "e": 2.718281828459045,
  ]
}

/// Formulas are equal where they have the same tree, however they are spaced and parenthesised.
extension Formula: Equatable {
  public static func == (a: Formula, b: Formula) -> Bool { a.symbols == b.symbols }
}

extension Formula: CustomStringConvertible {
  /// The formula with the parentheses that it needs and no others. Parsed again it is the same formula.
  public var description: String {
    let atom = 5
    var operands: [(text: String, precedence: Int)] = []
    for symbol in symbols {
      switch symbol {
      case .number(let number):
        let text = "\(number)"
        operands.append((text.hasSuffix(".0") ? String(text.dropLast(2)) : text, atom))
      case .name(let name): operands.append((name, atom))
      case .unary(.negation):
        let precedence = BinaryFunction.precedenceOfNegation
        let (x, inner) = operands.removeLast()
        operands.append((inner > precedence ? "-\(x)" : "-(\(x))", precedence))
      case .unary(let function):
        operands.append(("\(function.rawValue)(\(operands.removeLast().text))", atom))
      case .binary(let function):
        let (y, right) = operands.removeLast()
        var (x, left) = operands.removeLast()
        guard let precedence = function.precedence else {
          operands.append(("\(function.rawValue)(\(x), \(y))", atom))
          continue
        }
        // A sign behind an operator is kept in parentheses, for the eye.
        let isPower = function == .power
        if isPower ? left <= precedence : left < precedence { x = "(\(x))" }
        let wraps =
          right == BinaryFunction.precedenceOfNegation
          || (isPower ? right < precedence : right <= precedence)
        let space = precedence == 1 ? " " : ""
        // Appended in place: a long sum is not copied for each of its terms.
        x += "\(space)\(function.rawValue)\(space)"
        x += wraps ? "(\(y))" : y
        operands.append((x, precedence))
      }
    }
    return operands[0].text
  }
}
