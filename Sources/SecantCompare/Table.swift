public import Secant

extension Comparison {
  /// The table of a comparison: one row a method.
  public struct Table: Sendable, Equatable {
    public let header: [String]
    public let rows: [[String]]
  }

  /// Status, f − f*, gradient norm, iterations, every currency that some method spent something in, and seconds.
  public var table: Table {
    let spent = currencies.filter { $0 != .iterations && $0 != .seconds }
    return Table(
      header: ["method", "status", "f − f*", "‖∇f‖", "iterations"] + spent.map(\.heading) + ["seconds"],
      rows: entries.map { entry in
        [
          entry.name, entry.status, Numerals.short(gap(entry.value)), Numerals.short(entry.gradientNorm),
          String(entry.iterations),
        ] + spent.map { $0 == .flops ? Numerals.short(entry.ledger.flops) : Numerals.count(entry.ledger[$0]) }
          + [Numerals.short(entry.ledger.seconds)]
      })
  }

  /// One line that says what was compared, and one that says what f* is.
  public var caption: [String] {
    let limits = budget.limits.map { "\(Numerals.count($0.amount)) \($0.currency.rawValue)" }
    let source =
      switch reference.source {
      case .knownOptimum: "the known optimum"
      case .leastFound: "the least value that any method found"
      }
    return [
      "\(title) · \(dimension) variable\(dimension == 1 ? "" : "s") · \(scalar) · budget for each method: "
        + (limits.isEmpty ? "none" : limits.joined(separator: ", ")),
      "f* = \(reference.value), \(source)",
    ]
  }
}

extension Comparison {
  /// Everything for a terminal: what was compared, the table, the plot, what was left out and what each method has
  /// to say.
  public func summary(against currency: Currency = .passes, width: Int = 80, isColoured: Bool = false) -> String {
    var parts = [caption.joined(separator: "\n"), table.description]
    if !entries.isEmpty { parts.append(plot(against: currency, width: width, isColoured: isColoured)) }
    let sentences = entries.map { "\($0.name): \($0.sentence)" } + omissions.map { "\($0.name): \($0.reason)" }
    parts.append(sentences.joined(separator: "\n"))
    return parts.joined(separator: "\n\n")
  }
}

extension Comparison.Table: CustomStringConvertible {
  /// The table in columns, a name on the left and numbers on the right of each.
  public var description: String {
    let lines = [header] + rows
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column < 2 ? cell.0 + padding : padding + cell.0
      }
      return padded.joined(separator: "  ")
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return ([line(header), rule] + rows.map(line)).joined(separator: "\n")
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
