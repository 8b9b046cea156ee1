public import SecantAutoDiff

/// A formula as a function of named variables.
///
/// ```swift
/// let function = try FormulaFunction<Double>(Formula("(1 - x)^2 + 100*(y - x^2)^2"))
/// print(function.variables)  // ["x", "y"]
/// print(minimize(Differentiated(function), from: [-1.2, 1], using: .exactTrustRegion()))
/// ```
///
/// - **Memory**: s instructions of 16 bytes; an evaluation keeps as many numbers as the formula is nested deep.
/// - **Work**: s instructions, each of a few nanoseconds beside what the function costs.
public struct FormulaFunction<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction, Sendable
where Scalar.Scalar == Scalar {
  /// The names of x[0], x[1], …
  public let variables: [String]
  @usableFromInline let program: Program

  /// - Parameters:
  ///   - formula: the formula.
  ///   - variables: the names of x[0], x[1], …; by default all names in the order of their appearance, without `pi` and
  ///     `e`. One that is given may have the name of a constant.
  /// - Throws: a sentence about a name in the formula that is no variable, or about a variable that is not in it.
  public init(_ formula: Formula, variables: [String]? = nil) throws(FormulaError) {
    self.variables = variables ?? formula.names.filter { Formula.constants[$0] == nil }
    try formula.check(self.variables, are: "variable")
    program = try Program(formula, variables: self.variables, kinds: "variable")
  }

  public var dimension: Int? { variables.count }

  @inlinable public func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number
  where Number.Scalar == Scalar {
    precondition(
      x.count == variables.count, "\(x.count) numbers for a formula of \(variables.count) variables")
    return program.withStack { program.evaluate(x, on: $0) }
  }
}
