import Foundation
import SecantCompare

/// A part of an option that sets something by name: `x=-1.2` of `--start x=-1.2,y=1`.
struct Assignment {
  let option: String
  let name: String
  let text: String

  /// The parts of an option, which may be given several times.
  static func list(_ values: [String], in option: String) throws -> [Assignment] {
    var list: [Assignment] = []
    for part in values.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard sides.count == 2, !sides[0].isEmpty else {
        let name = part.first.map { $0.isLetter && part.allSatisfy { $0.isLetter || $0.isNumber } } ?? false
        let example = (name ? part : "x") + (["--bounds", "--box"].contains(option) ? "=0:2" : "=1")
        // 1,5 falls into two parts.
        let isDecimal =
          !part.isEmpty && part.allSatisfy(\.isNumber) && list.last.map { Double($0.text) != nil } ?? false
        var remedy = "write it as \(example)"
        if isDecimal, let last = list.last {
          remedy = "write a decimal point, \(last.name)=\(last.text).\(part)"
          // 1,000 may be either.
          if part.count == 3, last.text.wholeMatch(of: /[+-]?[1-9][0-9]{0,2}/) != nil {
            remedy += ", or \(last.name)=\(last.text)\(part) if the comma parts the thousands"
          }
        }
        throw UsageError("‘\(part)’ in \(option) sets nothing; \(remedy).")
      }
      guard !list.contains(where: { $0.name == sides[0] }) else {
        throw UsageError("\(option) sets ‘\(sides[0])’ twice.")
      }
      list.append(Assignment(option: option, name: sides[0], text: sides[1]))
    }
    return list
  }

  /// A finite number, in single precision too if that is what is computed in.
  func number(isFloat: Bool) throws -> Double {
    guard let number = Self.number(text), number.isFinite else {
      throw UsageError("\(name) in \(option) is ‘\(text)’; give a finite number.")
    }
    guard !isFloat || Float(number).isFinite else {
      throw UsageError(
        "\(name) in \(option) is ‘\(text)’, too large for single precision; leave out --float.")
    }
    return number
  }

  /// The numbers on both sides of a colon, either of which may be left out.
  func interval() throws -> (lower: Double, upper: Double) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard ends.count == 2 else {
      throw UsageError(
        "\(name) in \(option) is ‘\(text)’; write the least and the greatest number with a colon between, 0:2, 0: or :2."
      )
    }
    guard let lower = ends[0].isEmpty ? -.infinity : Self.number(ends[0]),
      let upper = ends[1].isEmpty ? .infinity : Self.number(ends[1]), lower < .infinity, upper > -.infinity
    else {
      throw UsageError(
        "\(name) in \(option) is ‘\(text)’; each side of the colon is a number, or empty where there is no bound."
      )
    }
    guard lower <= upper else {
      throw UsageError(
        "The bounds of ‘\(name)’ cross: \(ends[0]) is above \(ends[1]); write \(name)=\(ends[1]):\(ends[0]).")
    }
    return (lower, upper)
  }

  /// As it is typed or pasted, with a true minus sign too.
  private static func number(_ text: String) -> Double? {
    // Swift reads hexadecimal numbers, too.
    text.lowercased().contains("x")
      ? nil : Double(text.replacing("−", with: "-")).flatMap { $0.isNaN ? nil : $0 }
  }
}
