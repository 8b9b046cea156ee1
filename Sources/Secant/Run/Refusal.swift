/// A sentence about the first argument that makes no sense, or nil when the run can start.
@inlinable func refusal<Method: Solver>(
  _ problem: Method.Problem, _ point: Vector<Method.Problem.Scalar>, _ method: Method,
  _ convergence: Convergence<Method.Problem.Scalar>, _ budget: Budget
) -> String? {
  if point.isEmpty { return "The starting point is empty; give one number for each variable." }
  if let dimension = problem.dimension, dimension != point.count {
    return
      "The starting point has \(point.count) elements and the problem \(dimension) variables; give \(dimension)."
  }
  if !point.isFinite, let i = point.firstIndex(where: { !$0.isFinite }) {
    return "Element \(i) of the starting point is \(point[i]); give a finite number."
  }
  return problem.complaint ?? method.complaint ?? convergence.complaint ?? budget.complaint
}
