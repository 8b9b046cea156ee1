public import SecantLinearAlgebra

/// A sum of squares ½‖r(x)‖² whose derivatives are made from the residuals' formula: J, ∇f = Jᵀr and ∇²f v, exactly.
///
/// ```swift
/// let fit = DifferentiatedSquares(Decay(t: t, y: y))
/// ```
///
/// J is made column by column with tangent sweeps where n ≤ m and row by row with reverse sweeps where n > m. The
/// gradient takes one reverse sweep, whatever m is, and so does a product with the Hessian beside its tangent sweep.
///
/// - **Demands**: ``DifferentiableResiduals``.
/// - **Memory**, **Guarantees**: those of ``Differentiated``.
/// - **Work**: J takes min(m, n) sweeps.
public struct DifferentiatedSquares<Function: DifferentiableResiduals>: TapedSquares {
  public typealias Scalar = Function.Scalar

  /// The residuals.
  public let function: Function
  /// Whether the recording of one point serves at others.
  public let replaying: Bool
  @usableFromInline let tapes = Tapes<Scalar>()

  /// A problem from its residuals.
  ///
  /// - Parameters:
  ///   - function: the residuals r.
  ///   - replaying: whether the recording of one point serves at others.
  @inlinable public init(_ function: Function, replaying: Bool = true) {
    self.function = function
    self.replaying = replaying
  }

  @inlinable public var dimension: Int? { function.dimension }
  @inlinable public var residualCount: Int { function.residualCount }

  /// That the formula did not give as many residuals as it says, where it was evaluated.
  public var complaint: String? {
    let tape = tapes.take()
    defer { tapes.give(back: tape) }
    guard let found = tape.outputCount, found != residualCount else { return nil }
    return
      "The formula gave \(found) residuals and its `residualCount` is \(residualCount); make both the same."
  }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar {
    check(x, against: dimension)
    let r = function._plain(x.elements)
    return r.count == residualCount ? Vector(r).squaredNorm / 2 : .nan
  }

  @inlinable func evaluate(on tape: Tape<Scalar>, at x: Vector<Scalar>) {
    check(x, against: dimension)
    tape.evaluateAll(at: x, replaying: replaying) { function._taped($0) }
  }
}

extension DifferentiatedSquares: Sendable where Function: Sendable {}
