extension Run {
  /// Steps off a saddle along its direction of negative curvature; false where no such step lowers the function.
  ///
  /// With λ < 0 the least eigenvalue and d its unit eigenvector, f(x + αd) ≈ f(x) + ½λα² falls whichever way d
  /// points. The length is halved until a quarter of that decrease is there, besides what the slope brings: a slope
  /// alone lowers the function where the Hessian is wrong, too.
  @inlinable mutating func leaveSaddle(_ curvature: Curvature<Scalar>) throws(Halt<Problem.Failure>) -> Bool {
    guard case .least(let λ, let d, _) = curvature else { return false }
    var iteration = Ledger()
    iteration.iterations = 1
    try oracle.pay(iteration)
    let current = state.current
    let downhill: Scalar = current.gradient.dot(d) > 0 ? -1 : 1
    // In a box there may be room to one side only.
    let sides = Problem.Domain.self == WholeSpace.self ? 1 : 2
    var α = Swift.max(1, current.point.norm) / 10
    let slope = abs(current.gradient.dot(d))
    for _ in 0..<60 where -λ * α * α / 8 > Scalar.ulpOfOne * abs(current.value) {
      for side in 0..<sides {
        state.other.isEvaluated = false
        state.other.point.set(current.point, plus: side == 0 ? downhill * α : -downhill * α, times: d)
        oracle.problem.project(&state.other.point)
        if state.other.point == current.point { continue }
        try oracle.evaluate(&state.other)
        let tangent = side == 0 ? current.value - slope * α : current.value
        if state.other.value <= tangent + λ * α * α / 8, state.other.gradient.isFinite {
          state.acceptTrial()
          lengthOfStep = α
          measure()
          state.watch.leastStationarity = nil
          return true
        }
      }
      α /= 2
    }
    return false
  }
}
