/// A sentence about the first argument that makes no sense, or nil when the run can start.
@inlinable func refusal<Method: Solver>(
  _ problem: Method.Problem, _ point: Vector<Method.Problem.Scalar>, _ method: Method,
  _ convergence: Convergence<Method.Problem.Scalar>, _ budget: Budget
) -> String? {
  if point.isEmpty { return "The starting point is empty; give one number for each variable." }
  // First what the problem has against itself: its dimension may be what makes no sense.
  if let complaint = problem.complaint { return complaint }
  if let dimension = problem.dimension, dimension < 1 {
    return "The problem says that it has \(dimension) variables; it needs at least 1."
  }
  if let dimension = problem.dimension, dimension != point.count {
    return
      "The starting point has \(point.count) elements and the problem \(dimension) variables; give \(dimension)."
  }
  if !point.isFinite, let i = point.firstIndex(where: { !$0.isFinite }) {
    return "Element \(i) of the starting point is \(point[i]); give a finite number."
  }
  return complaint(aboutCountsOf: problem) ?? method.complaint ?? method.complaint(
    inDimension: point.count)
    ?? convergence.complaint ?? budget.complaint
}

/// A sentence about a number of residuals or of terms that is none, or nil.
@inlinable func complaint<Problem: Objective>(aboutCountsOf problem: Problem) -> String? {
  if let squares = problem as? any ResidualObjective, squares.residualCount < 1 {
    return "The problem says that it has \(squares.residualCount) residuals; it needs at least 1."
  }
  if let sum = problem as? any FiniteSumObjective, sum.termCount < 1 {
    return "The problem says that it has \(sum.termCount) terms; it needs at least 1."
  }
  return nil
}

extension State {
  /// A sentence about points that do not go with each other, or nil.
  @inlinable var complaint: String? {
    let n = current.point.count
    let counts = [current.gradient.count, other.point.count, other.gradient.count, best.point.count]
    guard let another = counts.first(where: { $0 != n }) else { return nil }
    return """
      The state's current point has \(n) elements and another of its points or gradients \(another); resume a state \
      as a run left it, or start anew.
      """
  }
}

extension Evaluation {
  /// What a problem did that answered with something of another size.
  @usableFromInline var misfit: String {
    let (method, result) =
      switch self {
      case .value, .gradient: ("valueAndGradient(at:into:)", "gradient")
      case .hessianVectorProduct: ("hessian(times:at:into:)` or `hessian(at:into:)", "result")
      case .hessian: ("hessian(at:into:)", "Hessian")
      case .residual: ("residuals(at:into:)", "residuals")
      case .jacobian: ("residualsAndJacobian(at:into:_:)", "residuals or the Jacobian")
      }
    return """
      The problem's `\(method)` replaced the \(result) by something of another size; write into the elements that \
      it is given.
      """
  }
}
