import Foundation
import Secant
import SecantCompare
import SecantFormula

/// What `secant fit` answers.
struct FitAnswer: Sendable, Answer {
  /// The layout of the JSON document, raised when a key changes its meaning.
  static let schema = "secant.fit/1"

  struct Interval: Sendable, Encodable {
    var lower, upper: Double
  }

  struct Parameter: Sendable, Encodable {
    var name: String
    var value: Double
    /// Where the run began; nil where there were many starts.
    var start: Double?
    var standardError: Double
    /// The standard error in parts of the value.
    var relativeError: Double
    /// The asymptotic interval, and that by profile likelihood where it was asked for.
    var interval: Interval
    var profile: Interval?
    /// The bounds; not finite where there is none.
    var lower, upper: Double
    var isOnBound: Bool
    /// Whether the data tell it from the others.
    var isSeparable: Bool
  }

  struct Weights: Sendable, Encodable {
    /// `equal`, `relative` or `standardDeviations`.
    var kind: String
    var column: String?
  }

  /// A row of the data.
  struct Observation: Sendable, Encodable {
    /// The line of the file, counted from 1.
    var line: Int
    var observed, fitted: Double
    /// √w (observed − fitted).
    var residual: Double
  }

  struct Search: Sendable, Encodable {
    struct Minimum: Sendable, Encodable {
      var sumOfSquares: Double
      var parameters: [Double]
      var starts: Int
    }

    var starts: Int
    var seed: UInt64
    /// How many starts reached the best minimum, and how many none.
    var startsAtBest, startsWithout: Int
    /// The least sum of squares first.
    var minima: [Minimum]
  }

  let schema = Self.schema
  var data: String
  var formula: String
  var response: String
  var variables: [String]
  var weights: Weights
  /// How residuals count, where it is not by their squares.
  var loss: String?
  var method: String
  var status: String
  var isConverged: Bool
  var sentence: String
  var caveats: [String]
  var parameters: [Parameter]
  /// The level of confidence of the intervals.
  var level: Double
  var covariance, correlation: [[Double]]
  /// S.
  var sumOfSquares: Double
  var residualStandardDeviation: Double
  /// The observations that count, those of a weight that is not zero.
  var observationCount: Int
  var degreesOfFreedom: Int
  var conditionNumber: Double
  var rSquared, adjustedRSquared, reducedChiSquare: Double
  /// P(χ²), where the standard deviations are known.
  var probability: Double?
  var logLikelihood, akaike, bayesian: Double
  var observations: [Observation]
  var multistart: Search?
  var iterations: Int
  /// What the method spent, from all starts, and what the looks at the answers cost, with the profiles.
  var ledger, monitoring: Ledger

  /// What can be drawn.
  let picture: CurvePicture
  /// In a sentence, where there were many.
  private let howStartsEnded: String?

  private enum CodingKeys: CodingKey {
    case schema, data, formula, response, variables, weights, loss, method, status, isConverged, sentence,
      caveats
    case parameters, level, covariance, correlation, sumOfSquares, residualStandardDeviation, observationCount
    case degreesOfFreedom, conditionNumber, rSquared, adjustedRSquared, reducedChiSquare, probability
    case logLikelihood, akaike, bayesian, observations, multistart, iterations, ledger, monitoring
  }

  init(_ fit: Fit<Double>, _ many: Multistart<Double>?, of task: CurveFit, ledger: Ledger, monitoring: Ledger)
  {
    data = task.data.table.name
    formula = task.text
    response = task.response
    variables = task.variables
    let kind =
      switch task.weights {
      case .equal: "equal"
      case .relative: "relative"
      case .standardDeviations: "standardDeviations"
      }
    weights = Weights(kind: kind, column: task.weightColumn)
    loss = task.lossText
    method = task.method.text
    status = fit.status.label
    isConverged = fit.status.isConverged
    sentence = fit.sentence(in: task.terms)
    caveats = fit.caveats
    level = task.level
    let n = fit.parameters.count
    covariance = (0..<n).map { i in (0..<n).map { fit.covariance[i, $0] } }
    let R = fit.correlation
    correlation = (0..<n).map { i in (0..<n).map { R[i, $0] } }
    sumOfSquares = fit.sumOfSquares
    residualStandardDeviation = fit.residualStandardDeviation
    observationCount = fit.observationCount
    degreesOfFreedom = fit.degreesOfFreedom
    conditionNumber = fit.conditionNumber
    let goodness = fit.goodness
    reducedChiSquare = goodness.reducedChiSquare
    // What is known of squares says nothing of other losses.
    let isSquare = task.loss == nil
    rSquared = isSquare ? goodness.rSquared : .nan
    adjustedRSquared = isSquare ? goodness.adjustedRSquared : .nan
    logLikelihood = isSquare ? goodness.logLikelihood : .nan
    akaike = isSquare ? goodness.akaike : .nan
    bayesian = isSquare ? goodness.bayesian : .nan
    probability = fit.isStandardized && isSquare ? goodness.probability : nil
    iterations = fit.iterations
    self.ledger = ledger

    let intervals = fit.intervals(level: task.level)
    let profiles =
      task.profiles && !Task.isCancelled
      ? fit.parameters.indices.map { fit.profile(of: $0, level: task.level) } : []
    self.monitoring = profiles.reduce(into: monitoring) { $0 += $1.ledger }
    parameters = fit.parameters.indices.map { j in
      Parameter(
        name: task.parameters[j], value: fit.parameters[j], start: many == nil ? task.start[j] : nil,
        standardError: fit.standardErrors[j],
        relativeError: abs(fit.standardErrors[j] / fit.parameters[j]),
        interval: Interval(lower: intervals[j].lower, upper: intervals[j].upper),
        profile: !profiles.isEmpty
          ? Interval(lower: profiles[j].interval.lower, upper: profiles[j].interval.upper) : nil,
        lower: task.lower[j], upper: task.upper[j], isOnBound: fit.onBounds.contains(j),
        isSeparable: !fit.inseparable.contains(j))
    }
    let fitted = task.observed.indices.map { i in
      fit(task.columns.isEmpty ? [Double(i + 1)] : task.columns.map { $0[i] })
    }
    let lines = task.data.table.lines
    let weighted = Observations(task.observed, task.observed, weights: task.weights)
    observations = task.observed.indices.map { i in
      Observation(
        line: lines[i], observed: task.observed[i], fitted: fitted[i],
        residual: weighted.roots[i] * (task.observed[i] - fitted[i]))
    }
    howStartsEnded = many?.summary
    if let many, let search = task.search {
      multistart = Search(
        starts: many.starts, seed: search.seed, startsAtBest: many.startsAtBest,
        startsWithout: many.startsWithout,
        minima: many.minima.map {
          .init(sumOfSquares: $0.fit.sumOfSquares, parameters: Array($0.fit.parameters), starts: $0.starts)
        })
    }
    picture = CurvePicture(of: fit, through: task, observations)

    if sentence.contains("f = ") {
      sentence += " f is half the sum of \(task.loss == nil ? "squares" : "the losses")."
    }
    // The sentence counts observations, and here they have lines.
    if case .nonFinite = fit.status {
      if let i = fitted.firstIndex(where: { !($0 * $0).isFinite }) {
        let value = fitted[i].isNaN ? "no number" : "\(fitted[i])"
        sentence += " The formula gives \(value) on line \(lines[i]) of \(data)."
      }
    }
    if !isSquare { caveats.append("The loss is not the square: errors and intervals are approximate.") }
    if !weighted.vary, !task.columns.isEmpty {
      caveats.append(
        "‘\(response)’ is the same on every line that counts: there is no change that the formula could explain."
      )
    }
    for name in task.variables where Formula.constants[name] != nil {
      caveats.append("‘\(name)’ is the column of that name, not the constant.")
    }
    if let better = profiles.compactMap(\.betterParameters).first {
      let point = zip(task.parameters, better).map { "\($0)=\(brief($1, digits: 6))" }.joined(separator: ",")
      caveats.append("There is a better fit, which a profile met: start at \(point).")
    }
  }
}

// MARK: - In words

extension FitAnswer: CustomStringConvertible {
  /// The parameters with their errors, how well they fit, their correlation, and what happened.
  var description: String {
    let columns = { aligned($0, rightFrom: 1).joined(separator: "\n") }
    var parts = [columns(table), columns(statistics)]
    if isCorrelated {
      parts.append("Correlation\n" + columns(correlationTable))
    }
    parts.append(words.joined(separator: "\n"))
    return parts.joined(separator: "\n\n")
  }

  /// Whether there are two errors to be correlated.
  var isCorrelated: Bool { parameters.count { $0.standardError.isFinite } > 1 }

  /// A row a parameter.
  var table: [[String]] {
    let percent = "\(brief(100 * level, digits: 6)) %"
    var header = ["parameter", "estimate", "± standard error", "relative", "\(percent) interval"]
    if parameters.contains(where: { $0.profile != nil }) { header.append("\(percent) by profile") }
    return [header]
      + parameters.map { parameter in
        let error = parameter.standardError
        let part = parameter.relativeError
        let row = [
          parameter.name, brief(parameter.value, to: error),
          parameter.isOnBound ? "on its bound" : error.isNaN ? "" : "± \(brief(error))",
          part.isFinite ? "\(brief(100 * part, digits: 2)) %" : "", interval(parameter.interval, error),
        ]
        return row + (parameter.profile.map { [interval($0, error)] } ?? [])
      }
  }

  private func interval(_ limits: Interval, _ error: Double) -> String {
    guard !limits.lower.isNaN || !limits.upper.isNaN else { return "" }
    return "\(brief(limits.lower, to: error)) … \(brief(limits.upper, to: error))"
  }

  /// What is known of the fit as a whole; what is not finite is left out.
  var statistics: [[String]] {
    let isStandardized = weights.kind == "standardDeviations"
    let numbers: [(String, Double?, digits: Int)] = [
      (loss != nil ? "sum of the losses" : isStandardized ? "χ²" : "sum of squares", sumOfSquares, 8),
      ("χ² per degree of freedom", isStandardized && loss == nil ? reducedChiSquare : nil, 6),
      ("probability of a greater χ²", probability, 3),
      ("residual standard deviation", isStandardized || loss != nil ? nil : residualStandardDeviation, 8),
      ("R²", rSquared, 8),
    ]
    return [["observations", "\(observationCount)"], ["degrees of freedom", "\(degreesOfFreedom)"]]
      + numbers.filter { $0.1?.isFinite ?? false }.map {
        [$0.0, $0.1! == 0 ? "0" : brief($0.1!, digits: $0.digits)]
      }
      + (conditionNumber.isNaN ? [] : [["condition number", brief(conditionNumber)]])
  }

  /// The lower triangle.
  var correlationTable: [[String]] {
    [[""] + parameters.map(\.name)]
      + parameters.indices.map { i in
        [parameters[i].name]
          + parameters.indices.map { j in
            let r = correlation[i][j]
            return j > i ? "" : i == j ? "1" : r.isNaN ? "·" : String(format: "%.4f", r)
          }
      }
  }

  /// The caveats, the sentence, how the starts ended, and what was spent.
  var words: [String] {
    var lines = caveats + [sentence]
    if let multistart, var line = howStartsEnded {
      if multistart.minima.count > 1 {
        line +=
          " The next minimum has a sum of squares of \(brief(multistart.minima[1].sumOfSquares, digits: 6))."
      }
      lines.append(line)
    }
    return lines + [account]
  }
}
