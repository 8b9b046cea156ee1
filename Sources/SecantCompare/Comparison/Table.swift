public import Secant

extension Comparison {
  /// A table: one row a method, a problem, …
  public struct Table: Sendable, Equatable {
    public let header: [String]
    public let rows: [[String]]

    public init(header: [String], rows: [[String]]) {
      self.header = header
      self.rows = rows
    }
  }

  /// Status, f − f*, gradient norm, steps, every currency that some method spent something in, and seconds; where there
  /// is a score, f itself and the score in the place of f − f*.
  public var table: Table {
    let spent = currencies.filter { $0 != .iterations && $0 != .seconds }
    return Table(
      header: ["method", "status"] + (score.map { ["f", $0] } ?? ["f − f*"])
        + [gradientHeading, "steps"]
        + spent.map(\.heading) + ["seconds"],
      rows: entries.map { entry in
        [entry.name, entry.status]
          + (score != nil
            ? [Numerals.short(entry.value), entry.score.map(Numerals.short) ?? ""]
            : [Numerals.short(gap(entry.value))])
          + [Numerals.short(entry.gradientNorm), String(entry.iterations)]
          + spent.map { $0 == .flops ? Numerals.short(entry.ledger.flops) : Numerals.count(entry.ledger[$0]) }
          + [Numerals.short(entry.ledger.seconds)]
      })
  }

  /// What ``Entry/gradientNorm`` is.
  var gradientHeading: String { isBounded ? "‖∇_Ω f‖∞" : "‖∇f‖₂" }

  /// One line that says what was compared, and one that says what f* is.
  public var caption: [String] {
    let source =
      switch reference.source {
      case .knownOptimum: "the known optimum"
      case .leastFound: "the least value that any method found"
      }
    return [
      "\(title) · \(dimension) variable\(dimension == 1 ? "" : "s") · \(scalar) · budget for each method: "
        + budget.words,
      "f* = \(reference.value == 0 ? "0" : "\(reference.value)"), \(source)",
    ]
  }
}

extension Comparison {
  /// Everything for a terminal: what was compared, the table, the plot, what was left out and what each method has
  /// to say.
  ///
  /// - Parameter width: the terminal's columns, or nil where it is none: then the table is not folded.
  public func summary(against currency: Currency = .passes, width: Int? = nil, isColoured: Bool = false)
    -> String
  {
    var parts = [caption.joined(separator: "\n"), table.text(width: width ?? .max)]
    if !entries.isEmpty { parts.append(plot(against: currency, width: width ?? 80, isColoured: isColoured)) }
    let sentences =
      entries.map { "\($0.name): \($0.sentence)" } + omissions.map { "\($0.name): \($0.reason)" }
    parts.append(sentences.joined(separator: "\n"))
    return parts.joined(separator: "\n\n")
  }
}

extension Comparison.Table {
  /// The table in columns, words on the left and numbers on the right of each; where it is wider than `width` it
  /// goes on below, with the methods' names again.
  public func text(width: Int = .max) -> String {
    let lines = [header] + rows
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    var blocks: [[Int]] = [[0]]
    for column in header.indices.dropFirst() {
      let used = blocks[blocks.count - 1].map { widths[$0] + 2 }.reduce(0, +)
      if used + widths[column] > width, blocks[blocks.count - 1].count > 1 { blocks.append([0]) }
      blocks[blocks.count - 1].append(column)
    }
    func line(_ cells: [String], _ block: [Int]) -> String {
      block.map { column in
        let padding = String(repeating: " ", count: widths[column] - cells[column].count)
        return column < 2 ? cells[column] + padding : padding + cells[column]
      }.joined(separator: "  ")
    }
    return blocks.map { block in
      let rule = block.map { String(repeating: "─", count: widths[$0]) }.joined(separator: "  ")
      return ([line(header, block), rule] + rows.map { line($0, block) }).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}

extension Currency {
  /// The currency in the words of a table's head.
  public var heading: String {
    switch self {
    case .iterations: "steps tried"
    case .values: "values"
    case .gradients: "gradients"
    case .hessianVectorProducts: "Hv"
    case .hessians: "Hessians"
    case .residuals: "residuals"
    case .jacobians: "Jacobians"
    case .factorisations: "factorisations"
    case .flops: "flops"
    case .passes: "passes"
    case .seconds: "seconds"
    }
  }

  /// A number of it, in words: what was tried is more than the steps that a run went.
  package func counted(_ count: Int) -> String {
    guard self != .iterations else { return count == 1 ? "1 step tried" : "\(count) steps tried" }
    return "\(count) \(count == 1 ? String(spelling.dropLast()) : spelling)"
  }

  /// The currency in the words of an axis, with its unit.
  public var axisLabel: String {
    switch self {
    case .iterations: "steps tried"
    case .values: "evaluations of f alone"
    case .gradients: "evaluations of f and ∇f"
    case .hessianVectorProducts: "Hessian-vector products"
    case .hessians: "Hessians"
    case .residuals: "residuals"
    case .jacobians: "Jacobians"
    case .factorisations: "factorisations"
    case .flops: "flops of factorisations"
    case .passes: "passes over the data"
    case .seconds: "time (s)"
    }
  }
}

extension Budget {
  /// The limits that are set, in words, or “none”.
  var words: String {
    let words = limits.map { "\(Numerals.count($0.amount)) \($0.currency.rawValue)" }
    return words.isEmpty ? "none" : words.joined(separator: ", ")
  }

  /// The same in the words of a command line.
  var options: [String] {
    limits.flatMap { limit in
      let isCount = limit.amount == limit.amount.rounded() && abs(limit.amount) < 1e15
      return [
        ShellTerms.option(limit.currency), isCount ? "\(Int(limit.amount))" : "\(limit.amount)",
      ]
    }
  }

  /// The limits that are set.
  var limits: [(currency: Currency, amount: Double)] {
    let counts: [(Currency, Int)] = [
      (.iterations, iterations), (.values, values), (.gradients, gradients),
      (.hessianVectorProducts, hessianVectorProducts), (.hessians, hessians), (.residuals, residuals),
      (.jacobians, jacobians), (.factorisations, factorisations),
    ]
    let amounts: [(Currency, Double)] = [(.flops, flops), (.passes, passes), (.seconds, seconds)]
    return counts.filter { $0.1 != .max }.map { ($0.0, Double($0.1)) } + amounts.filter { $0.1 < .infinity }
  }
}
