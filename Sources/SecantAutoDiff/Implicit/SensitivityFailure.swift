/// Why a solution cannot be differentiated in its parameters.
public enum SensitivityFailure: Error, Hashable, Sendable {
  /// The run did not converge.
  case notConverged(status: String)
  /// A Newton step from the point would still move this variable by so much.
  case notStationary(variable: Int, step: Double)
  /// The Hessian is not positive definite, at this variable and those before it.
  case notPositiveDefinite(variable: Int)
  /// This variable lies on a bound with a multiplier that is zero within rounding.
  case undecidedBound(variable: Int)
  /// A first or second derivative at the point is not a finite number.
  case nonFinite
}

extension SensitivityFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notConverged(let status):
      """
      The run ended as “\(status)”, and where it ended is no minimiser that could move with the parameters; solve the \
      problem first.
      """
    case .notStationary(let i, let step):
      """
      The point is not a minimiser: a Newton step would move variable \(i) by \(brief(step)); solve the problem to a \
      smaller tolerance, with the same parameters.
      """
    case .notPositiveDefinite(let i):
      """
      The Hessian at the point is not positive definite at variable \(i), so the minimiser does not depend smoothly on \
      the parameters; remove what leaves the variable undetermined, or add a penalty on it.
      """
    case .undecidedBound(let i):
      """
      Variable \(i) lies on a bound that may hold it or may not, since its multiplier is zero within rounding, and moves \
      to one side only; move the bound a little, or solve to a smaller tolerance.
      """
    case .nonFinite:
      """
      A derivative at the point is not a finite number; see where the formula is not smooth, in the variables or in the \
      parameters.
      """
    }
  }
}
