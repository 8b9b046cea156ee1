internal import RealModule

extension Fit: CustomStringConvertible {
  /// The parameters with their errors, a line each; how well they fit; and what happened.
  public var description: String {
    let rows = parameters.indices.map { j -> [String] in
      let (b, error) = (parameters[j], standardErrors[j])
      let part = abs(error / b)
      let percent = part.isFinite && b != 0 ? "(\(brief(100 * part, digits: 2)) %)" : ""
      return [
        names.indices.contains(j) ? names[j] : "b[\(j)]", brief(b, to: error), "± \(brief(error))", percent,
      ]
    }
    var lines = aligned(rows)
    if !sumOfSquares.isNaN { lines.append(summary) }
    lines += caveats
    return (lines + [sentence]).joined(separator: "\n")
  }

  private var summary: String {
    var parts = [
      count(observationCount, "observation"), count(degreesOfFreedom, "degree", "of freedom"),
      "S = \(brief(sumOfSquares, digits: 6))",
    ]
    if degreesOfFreedom > 0 { parts.append("s = \(brief(residualStandardDeviation, digits: 6))") }
    let goodness = goodness
    if goodness.rSquared.isFinite { parts.append("R² = \(brief(goodness.rSquared, digits: 6))") }
    if goodness.probability.isFinite { parts.append("P(χ²) = \(brief(goodness.probability))") }
    return parts.joined(separator: ", ")
  }

  /// What the errors do not say, in words: none for a fit without reservations.
  public var caveats: [String] {
    var sentences: [String] = []
    if !sumOfSquares.isNaN, !isStationary {
      sentences.append("No errors are given, for the run did not end at a minimum.")
    }
    if isStationary, !isStandardized, degreesOfFreedom <= 0 {
      sentences.append(
        "There are as many parameters as observations: nothing is left to estimate the errors from.")
    }
    if isStationary, areRounding, !isStandardized, degreesOfFreedom > 0 {
      sentences.append(
        "The curve goes through the data: the residuals are nothing but rounding, and so are the errors made of them."
      )
    }
    if isStationary, !inseparable.isEmpty {
      sentences.append(
        inseparable.count == 1
          ? "Here the data do not depend on \(list(inseparable)): another value of it fits as well."
          : hasVanished
            ? "Here the data do not depend on \(list(inseparable)): other values of them fit as well."
            : "The data do not tell \(list(inseparable)) apart: another combination of them fits as well.")
    }
    if !onBounds.isEmpty {
      let verb = onBounds.count == 1 ? "lies on a bound and counts" : "lie on a bound and count"
      sentences.append("\(list(onBounds)) \(verb) as known; the errors of the others are for that.")
    }
    return sentences
  }

  private func list(_ indices: [Int]) -> String {
    let names = indices.map { self.names.indices.contains($0) ? self.names[$0] : "b[\($0)]" }
    return names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }

}

/// A number to the third digit of its error.
package func brief<Scalar: LAPACKScalar>(_ x: Scalar, to error: Scalar) -> String {
  guard x.isFinite, x != 0, error > 0, error.isFinite else { return x == 0 ? "0" : brief(x, digits: 7) }
  let digits = Double.log10(Double(abs(x))).rounded(.down) - Double.log10(Double(error)).rounded(.down) + 3
  return brief(x, digits: Int(min(max(digits, 1), Scalar.ulpOfOne < 1e-10 ? 15 : 7)))
}

/// 1 start, 2 starts.
func count(_ n: Int, _ noun: String, _ rest: String = "") -> String {
  "\(n) \(noun)\(n == 1 ? "" : "s")\(rest.isEmpty ? "" : " \(rest)")"
}

/// Columns of equal width, one line a row: from the k-th on, words stand on the right.
package func aligned(_ rows: [[String]], rightFrom k: Int = .max) -> [String] {
  let widths = (0..<(rows.first?.count ?? 0)).map { k in rows.map { $0[k].count }.max() ?? 0 }
  return rows.map { row in
    let line = row.indices.map { column in
      let padding = String(repeating: " ", count: widths[column] - row[column].count)
      return column < k ? row[column] + padding : padding + row[column]
    }.joined(separator: "  ")
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
