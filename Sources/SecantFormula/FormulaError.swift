/// A mistake in a formula: a sentence, and the place it speaks of.
///
/// ```
/// The parenthesis opened at character 4 is never closed.
///   b1*(1 - exp(-b2*x)
///      ^
/// ```
public struct FormulaError: Error, Equatable {
  /// What is wrong, and the remedy.
  public let sentence: String
  /// The formula as it was written.
  public let formula: String
  /// The character that the sentence is about, counted from 1; nil where it is about no single one.
  public let position: Int?

  /// - Parameters:
  ///   - sentence: what is wrong, and the remedy.
  ///   - formula: the formula as it was written.
  ///   - position: the character that the sentence is about, counted from 1.
  public init(_ sentence: String, in formula: String, at position: Int? = nil) {
    self.sentence = sentence
    self.formula = formula
    self.position = position
  }
}

extension FormulaError: CustomStringConvertible {
  /// The sentence, and below it the formula with a caret under the character.
  public var description: String {
    guard let position, !formula.isEmpty else { return sentence }
    // One column a character, and of a long formula what stands around the place.
    var line = formula.map { $0.isWhitespace ? " " : $0 }
    var column = position - 1
    let (before, behind) = (50, 30)
    if line.count - column > behind + 1 { line[(column + behind)...] = ["…"] }
    if column > before {
      line[..<(column - before)] = ["…"]
      column = before + 1
    }
    return "\(sentence)\n  \(String(line))\n  \(String(repeating: " ", count: column))^"
  }
}
