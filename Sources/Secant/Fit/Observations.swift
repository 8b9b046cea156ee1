internal import RealModule

/// What was observed: independent variables, a response and weights, an element an observation.
///
/// Data that make no sense are refused when a fit is asked for, with a sentence: see ``complaint``.
public struct Observations<Scalar: LAPACKScalar>: Sendable {
  /// The independent variables, a row an observation.
  public let rows: [[Scalar]]
  /// The response.
  public let response: [Scalar]
  /// How far each observation is to be trusted.
  public let weights: FitWeights<Scalar>
  /// √wᵢ, by which the residuals are multiplied.
  public let roots: [Scalar]
  /// The greatest √wᵢ|yᵢ|, or 1 where all are zero.
  public let scale: Scalar
  /// A sentence about the first element that makes no sense, or nil.
  public let complaint: String?

  /// Observations of one independent variable.
  public init(_ x: [Scalar], _ y: [Scalar], weights: FitWeights<Scalar> = .equal) {
    self.init(columns: [x], y, weights: weights)
  }

  /// Observations of several independent variables, a column a variable.
  public init(columns x: [[Scalar]], _ y: [Scalar], weights: FitWeights<Scalar> = .equal) {
    var complaint: String?
    if x.isEmpty { complaint = "x has no columns; give one for each independent variable." }
    for (k, column) in x.enumerated() where complaint == nil {
      complaint = Self.complaint(about: column, name: x.count == 1 ? "x" : "x[\(k)]", y.count)
    }
    let rows = complaint == nil ? y.indices.map { i in x.map { $0[i] } } : []
    self.init(rows: rows, y, weights, complaint)
  }

  private init(rows: [[Scalar]], _ y: [Scalar], _ weights: FitWeights<Scalar>, _ complaint: String?) {
    self.rows = rows
    response = y
    self.weights = weights
    let nameOfWeights: String
    let numbers: [Scalar]
    switch weights {
    case .equal:
      (nameOfWeights, numbers) = ("", [])
      roots = Array(repeating: 1, count: y.count)
    case .relative(let w):
      (nameOfWeights, numbers) = ("weights", w)
      roots = w.map { $0.squareRoot() }
    case .standardDeviations(let σ):
      (nameOfWeights, numbers) = ("standardDeviations", σ)
      roots = σ.map { 1 / $0 }
    }
    let greatest = zip(roots, y).reduce(0) { Swift.max($0, abs($1.0 * $1.1)) }
    scale = greatest > 0 ? greatest : 1
    self.complaint =
      complaint ?? Self.complaint(about: y, name: "y", y.count)
      ?? (weights == .equal ? nil : Self.complaint(about: numbers, name: nameOfWeights, y.count))
      ?? roots.firstIndex { !($0 >= 0 && $0.isFinite) }.map { i in
        let remedy =
          nameOfWeights == "weights" ? "give a number that is zero or more" : "give a positive number"
        return "\(nameOfWeights)[\(i)] is \(numbers[i]); \(remedy)."
      }
  }

  private static func complaint(about numbers: [Scalar], name: String, _ count: Int) -> String? {
    if numbers.count != count {
      return "\(name) has \(numbers.count) elements and y has \(count); give both one for each observation."
    }
    return numbers.firstIndex { !$0.isFinite }.map {
      "\(name)[\($0)] is \(numbers[$0]); give a finite number, or leave the observation out."
    }
  }

  /// How many observations count: those of a weight that is not zero.
  public var count: Int { roots.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }

  /// How many independent variables there are.
  public var variableCount: Int { rows.first?.count ?? 0 }

  /// A sentence about observations that are too few for n parameters, or about what else makes no sense in them.
  public func complaint(for n: Int) -> String? {
    if let complaint { return complaint }
    if response.isEmpty { return "There are no observations; give at least \(n), one for each parameter." }
    guard count < n else { return nil }
    return "There are \(count) observations and \(n) parameters; give at least as many observations."
  }

  /// Whether the standard deviations are known.
  var areStandardized: Bool {
    if case .standardDeviations = weights { true } else { false }
  }

  /// Whether two responses that count differ.
  package var vary: Bool {
    let counting = zip(roots, response).filter { $0.0 > 0 }
    return counting.contains { $0.1 != counting[0].1 }
  }

  /// Σ wᵢ(yᵢ − ȳ)² about the weighted mean.
  var totalSumOfSquares: Scalar {
    let sumOfWeights = roots.reduce(0) { $0 + $1 * $1 }
    let mean = zip(roots, response).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } / sumOfWeights
    return zip(roots, response).reduce(0) { sum, observation in
      let deviation = observation.0 * (observation.1 - mean)
      return sum + deviation * deviation
    }
  }

  /// Σ log wᵢ over the observations that count.
  var sumOfLogarithmsOfWeights: Scalar { roots.reduce(0) { $1 > 0 ? $0 + 2 * .log($1) : $0 } }
}
