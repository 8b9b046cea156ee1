public import SecantAutoDiff

/// The residuals of a formula on the rows of a table: rᵢ = √wᵢ (model(b, row i) − responseᵢ).
///
/// ```swift
/// let formula = try Formula("b1*(1 - exp(-b2*x))")
/// let residuals = try FormulaResiduals<Double>(formula, response: y, columns: ["x": x])
/// print(residuals.parameters)  // ["b1", "b2"]
/// let outcome = minimize(DifferentiatedSquares(residuals), from: [500, 1e-4], using: .exactTrustRegion())
/// ```
///
/// - **Memory**: one number a row for the response and for each column that the formula uses.
/// - **Work**: m times the instructions of the formula. Terms of the columns alone are computed once, when this is made.
/// - **Guarantees**: such terms are plain numbers, so that no derivative of theirs, finite or not, is ever asked for.
public struct FormulaResiduals<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableResiduals, Sendable
where Scalar.Scalar == Scalar {
  /// The names of b[0], b[1], …
  public let parameters: [String]
  @usableFromInline let program: Program
  /// The columns that the program reads, row by row.
  @usableFromInline let data: [Scalar]
  @usableFromInline let width: Int
  @usableFromInline let response: [Scalar]
  /// √w, or nil where every weight is 1.
  @usableFromInline let scales: [Scalar]?

  /// - Parameters:
  ///   - formula: the model.
  ///   - response: what the model should give, a number for each row.
  ///   - columns: the table's columns by name; the formula need not use all of them.
  ///   - weights: w, a number that is not negative for each row: the reciprocal of its variance. By default 1.
  ///   - parameters: the names of b[0], b[1], …; by default those that are no columns, in the order of their
  ///     appearance, without `pi` and `e`.
  /// - Throws: a sentence about a name that is neither a column nor a parameter, or that is both, about a parameter that
  ///   is not in the formula, a column of another length, or a weight that makes no sense.
  public init(
    _ formula: Formula, response: [Double], columns: [String: [Double]], weights: [Double]? = nil,
    parameters: [String]? = nil
  ) throws(FormulaError) {
    let m = response.count
    for (name, column) in columns.sorted(by: { $0.key < $1.key }) where column.count != m {
      throw FormulaError(
        "The column ‘\(name)’ has \(column.count) rows and the response \(m); give as many.", in: formula.text
      )
    }
    if let weights {
      guard weights.count == m else {
        throw FormulaError(
          "There are \(weights.count) weights for \(m) rows; give one for each.", in: formula.text)
      }
      if let i = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw FormulaError(
          "The weight of row \(i + 1) is \(weights[i]); give a finite number that is zero or more.",
          in: formula.text)
      }
    }
    self.parameters =
      parameters ?? formula.names.filter { columns[$0] == nil && Formula.constants[$0] == nil }
    try formula.check(self.parameters, are: "parameter")
    if let name = self.parameters.first(where: { columns[$0] != nil }) {
      throw FormulaError("‘\(name)’ is a column and a parameter; rename one of them.", in: formula.text)
    }
    program = try Program(
      formula, variables: self.parameters, columns: columns, rowCount: m, kinds: "column and no parameter")
    width = program.columns.count
    let used = program.columns
    data = (0..<m).flatMap { row in used.map { Scalar($0[row]) } }
    self.response = response.map { Scalar($0) }
    scales = weights?.map { Scalar($0.squareRoot()) }
  }

  public var dimension: Int? { parameters.count }
  public var residualCount: Int { response.count }

  @inlinable public func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number]
  where Number.Scalar == Scalar {
    precondition(
      x.count == parameters.count, "\(x.count) numbers for a formula of \(parameters.count) parameters")
    return data.withUnsafeBufferPointer { data in
      program.withStack { stack in
        response.indices.map { i in
          let r =
            program.evaluate(x, row: data.baseAddress.map { $0 + i * width }, on: stack) - Number(response[i])
          return scales.map { Number($0[i]) * r } ?? r
        }
      }
    }
  }
}
