/// A word of a formula and the character where it stands, counted from 1.
struct Token: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case name
    case operation(BinaryFunction)
    case open, close, comma, equals
  }

  var kind: Kind
  var text: String
  var position: Int
}

extension Token {
  /// The words of a formula.
  static func words(of formula: String) throws(FormulaError) -> [Token] {
    let characters = Array(formula)
    var tokens: [Token] = []
    var i = 0
    func isDigit(at i: Int) -> Bool { i < characters.count && "0"..."9" ~= characters[i] }
    while i < characters.count {
      let start = i
      let character = characters[i]
      func append(_ kind: Kind) {
        tokens.append(Token(kind: kind, text: String(characters[start..<i]), position: start + 1))
      }
      i += 1
      switch character {
      case _ where character.isWhitespace: break
      case "(": append(.open)
      case ")": append(.close)
      case ",": append(.comma)
      case "=": append(.equals)
      case "+": append(.operation(.sum))
      case "-", "−", "–": append(.operation(.difference))
      case "*" where i < characters.count && characters[i] == "*":
        i += 1
        append(.operation(.power))
      case "*", "·", "⋅", "×": append(.operation(.product))
      case "/", "÷": append(.operation(.quotient))
      case "^": append(.operation(.power))
      case _ where isDigit(at: start) || character == "." && isDigit(at: i):
        i = start
        while isDigit(at: i) { i += 1 }
        if i < characters.count, characters[i] == "." {
          i += 1
          while isDigit(at: i) { i += 1 }
        }
        if i < characters.count, "eE".contains(characters[i]) {
          let isSigned = i + 1 < characters.count && "+-".contains(characters[i + 1])
          let digits = isSigned ? i + 2 : i + 1
          if isDigit(at: digits) {
            i = digits
            while isDigit(at: i) { i += 1 }
          }
        }
        append(.number(try number(String(characters[start..<i]), in: formula, at: start + 1)))
      case _ where character.isLetter || character == "_":
        while i < characters.count, characters[i].continuesName { i += 1 }
        append(.name)
      default:
        throw FormulaError(
          "‘\(character)’ at character \(start + 1) has no meaning here\(remedy(character)).", in: formula,
          at: start + 1)
      }
    }
    return tokens
  }

  private static func number(
    _ text: String, in formula: String, at position: Int
  ) throws(FormulaError) -> Double {
    let number = Double(text)!
    let isZero = text.prefix { !"eE".contains($0) }.allSatisfy { "0.".contains($0) }
    guard number.isFinite, number != 0 || isZero else {
      throw FormulaError(
        "The number \(text) at character \(position) is too \(number == 0 ? "small" : "large") for double precision.",
        in: formula, at: position)
    }
    return number
  }

  private static func remedy(_ character: Character) -> String {
    switch character {
    case _ where character.isSuperscript: "; write a power as x^2"
    case "√": "; write sqrt(…)"
    case "|": "; write a magnitude as abs(…)"
    case "[", "]", "{", "}": "; write round parentheses"
    case ".": "; a number has a digit beside its point"
    default: "; a formula is made of numbers, names, + - * / ^, parentheses and commas"
    }
  }
}

extension Character {
  /// Digits raised above the line are no part of a name: x² is a power.
  fileprivate var isSuperscript: Bool { "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻".contains(self) }

  fileprivate var continuesName: Bool { isLetter || self == "_" || isNumber && !isSuperscript }
}
