/// What a fit is asked for: the name of the response and the formula that models it, `y = b1*(1 - exp(-b2*x))`.
public struct Equation: Sendable, Equatable {
  /// The name on the left, or nil where the formula stands alone.
  public let response: String?
  /// What stands on the right.
  public let formula: Formula

  /// Parses an equation, or a formula alone.
  ///
  /// - Throws: a sentence about the first mistake, with its place in the whole text.
  public init(_ text: String) throws(FormulaError) {
    let tokens = try Token.words(of: text)
    guard let sign = tokens.firstIndex(where: { $0.kind == .equals }) else {
      response = nil
      formula = try Formula(tokens[...], of: text)
      return
    }
    guard sign == 1, tokens[0].kind == .name else {
      throw FormulaError(
        "On the left of ‘=’ stands one name, that of the response; what is made of it needs a column of its own "
          + "(character \(tokens[sign].position)).",
        in: text, at: tokens[sign].position)
    }
    response = tokens[0].text
    formula = try Formula(tokens[2...], of: text)
  }
}
