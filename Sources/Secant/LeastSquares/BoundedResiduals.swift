/// Residuals about a point of a box, and room to try another point: what the methods for least squares within bounds keep.
///
/// The Jacobian has zeros in the columns of the variables that a bound holds, so that ``LinearizedResiduals/orthogonality``
/// is that over all others: the variables off their bounds, and those on one that f falls away from.
public struct BoundedResiduals<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// r, J over the variables that may move, and what is made of them.
  public var linearized: LinearizedResiduals<Scalar>
  /// The step.
  @usableFromInline var p: Scratch<Scalar>
  /// r at the trial point.
  @usableFromInline var trial: Scratch<Scalar>

  @usableFromInline init(_ residualCount: Int, _ dimension: Int) {
    linearized = LinearizedResiduals(residualCount, dimension)
    p = Scratch(dimension)
    trial = Scratch(residualCount)
  }

  /// Evaluates and factors r and J at an iterate, which gets f and ∇f from them.
  @inlinable mutating func evaluate<Problem: ResidualObjective & BoundedObjective>(
    _ iterate: inout Iterate<Scalar>, iteration: Int, scaledBy rule: ColumnScaling,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) where Problem.Scalar == Scalar {
    try linearized.ask(at: &iterate, asking: &oracle)
    linearized.leaveOutHeld(
      at: iterate.point, gradient: iterate.gradient, within: oracle.problem.bounds, scaledBy: rule)
    linearized.factor(at: iterate, iteration: iteration, scaledBy: rule)
  }

  /// Evaluates the current point unless it is the one that all this belongs to; whether there are factors.
  @inlinable mutating func prepare<Problem: ResidualObjective & BoundedObjective>(
    _ iterate: inout Iterate<Scalar>, iteration: Int, scaledBy rule: ColumnScaling,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool where Problem.Scalar == Scalar {
    if !linearized.belongs(to: iterate, iteration: iteration) {
      try evaluate(&iterate, iteration: iteration, scaledBy: rule, asking: &oracle)
    }
    return linearized.prepare()
  }

  /// Tries the step p, which led to `trial`: whether it is taken, and `trial` evaluated.
  ///
  /// - Parameters:
  ///   - step: p's length, and what the model promises.
  ///   - length: what its length was before the box cut it short, which says nothing against the radius.
  ///   - record: what is lower than the current point is noted there, before anything can stop its evaluation.
  @inlinable mutating func takes<Problem: ResidualObjective & BoundedObjective, Rule: Damping<Scalar>>(
    _ step: ModelStep<Scalar>, cutFrom length: Scalar, from current: Iterate<Scalar>,
    to trial: inout Iterate<Scalar>, _ record: inout Record<Scalar>, iteration: Int,
    judgedBy rule: Rule, _ damping: inout Rule.Memory, noise: Scalar, scaledBy scaling: ColumnScaling,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool where Problem.Scalar == Scalar {
    let (value, change, slope) = try change(
      from: current, to: &trial, iteration: iteration, promised: step.decrease, noise: noise,
      scaledBy: scaling, asking: &oracle)
    let ρ = value.isFinite ? -change / step.decrease : -.infinity
    var step = step
    if ρ > 0.25 { step.length = Swift.max(step.length, length) }
    guard rule.judge(TrialStep(step, ratio: ρ, value: current.value, slope: slope), &damping) else {
      linearized.restrain(at: current.point, lengthOfStep: length, scaledBy: scaling)
      return false
    }
    if trial.isEvaluated { return true }
    record.note(trial.point, value)
    try evaluate(&trial, iteration: iteration + 1, scaledBy: scaling, asking: &oracle)
    return trial.gradient.isFinite
  }

  /// Tries the step p, which led to `trial`: what f changed by, as far as its digits can be believed, and its slope along
  /// p before. Where the slopes had to tell, `trial` is evaluated.
  ///
  /// - Parameter decrease: what the model promises.
  @inlinable mutating func change<Problem: ResidualObjective & BoundedObjective>(
    from current: Iterate<Scalar>, to trial: inout Iterate<Scalar>, iteration: Int, promised decrease: Scalar,
    noise: Scalar, scaledBy rule: ColumnScaling, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> (value: Scalar, change: Scalar, slope: Scalar)
  where Problem.Scalar == Scalar {
    try oracle.residuals(at: trial.point, into: &self.trial.vector)
    let value = oracle.problem.sumOfSquares(of: self.trial.vector)
    let slope = current.gradient.dot(p.vector)
    var change = value - current.value
    let hidden = linearized.noise(atLeast: noise) * current.value
    if abs(change) <= hidden, decrease <= hidden {
      // Slopes may not lead uphill: a Jacobian that is wrong would take the run there, a rounding at a time.
      let before = linearized.orthogonality
      try evaluate(&trial, iteration: iteration + 1, scaledBy: rule, asking: &oracle)
      let slopeThere = trial.gradient.dot(p.vector)
      if linearized.orthogonality <= before { change = (slope + slopeThere) / 2 }
    }
    return (value, change, slope)
  }
}

extension LinearizedResiduals {
  /// Puts zeros in the columns of the variables that a bound holds, after D has seen them.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func leaveOutHeld(
    at x: Vector<Scalar>, gradient g: Vector<Scalar>, within bounds: Bounds<Scalar>,
    scaledBy rule: ColumnScaling
  ) {
    let m = residuals.count
    held = 0
    for j in x.indices where bounds.hold(j, at: x, gradient: g) {
      held += 1
      rule.update(&scaling[j], with: jacobian.norm(ofColumn: j))
      jacobian.withUnsafeMutableBufferPointer { J in for i in 0..<m { J[i + j * m] = 0 } }
    }
  }
}

extension Bounds {
  /// Whether x cannot be moved along variable i without leaving the box or raising f to first order.
  @inlinable func hold(_ i: Int, at x: Vector<Scalar>, gradient g: Vector<Scalar>) -> Bool {
    guard abs(g[i]) < .infinity else { return false }
    return lower[i] == upper[i] || (g[i] > 0 && x[i] <= lower[i]) || (g[i] < 0 && x[i] >= upper[i])
  }
}
