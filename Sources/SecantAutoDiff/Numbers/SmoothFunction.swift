public import SecantLinearAlgebra

/// A function φ of one number whose derivatives the user supplies: where a formula is not what should be
/// differentiated, such as a table, a call of C, or an expression that cancels.
///
/// ```swift
/// /// log(1 + eˣ) without overflow; its derivative is the logistic function.
/// let softplus = SmoothFunction<Double>(
///   value: { max($0, 0) + log(onePlus: exp(-abs($0))) },
///   first: { 1 / (1 + exp(-$0)) },
///   second: { 1 / (2 + exp($0) + exp(-$0)) })
/// ```
///
/// Inside a formula it is called like any function: `softplus(x)`, for every ``DifferentiableNumber``. The derivatives
/// must be those of the value: `compareDerivatives(of:and:at:tolerance:)` tells, with differences as the second source.
public struct SmoothFunction<Scalar: LAPACKScalar>: Sendable {
  public let value, first, second: @Sendable (Scalar) -> Scalar

  /// A function from its value, its first and its second derivative.
  public init(
    value: @escaping @Sendable (Scalar) -> Scalar, first: @escaping @Sendable (Scalar) -> Scalar,
    second: @escaping @Sendable (Scalar) -> Scalar
  ) {
    self.value = value
    self.first = first
    self.second = second
  }

  /// φ(x).
  @inlinable public func callAsFunction<Number: DifferentiableNumber>(_ x: Number) -> Number
  where Number.Scalar == Scalar {
    Number.apply(self, to: x)
  }
}

/// A function φ of two numbers whose derivatives the user supplies.
public struct SmoothFunctionOfTwo<Scalar: LAPACKScalar>: Sendable {
  public let value: @Sendable (Scalar, Scalar) -> Scalar
  public let first: @Sendable (Scalar, Scalar) -> (x: Scalar, y: Scalar)
  public let second: @Sendable (Scalar, Scalar) -> (xx: Scalar, xy: Scalar, yy: Scalar)

  /// A function from its value, its two first and its three second derivatives.
  public init(
    value: @escaping @Sendable (Scalar, Scalar) -> Scalar,
    first: @escaping @Sendable (Scalar, Scalar) -> (x: Scalar, y: Scalar),
    second: @escaping @Sendable (Scalar, Scalar) -> (xx: Scalar, xy: Scalar, yy: Scalar)
  ) {
    self.value = value
    self.first = first
    self.second = second
  }

  /// φ(x, y).
  @inlinable public func callAsFunction<Number: DifferentiableNumber>(_ x: Number, _ y: Number) -> Number
  where Number.Scalar == Scalar {
    Number.apply(self, to: x, y)
  }
}
