/// Residuals about a point, and room to try another: what the Levenberg–Marquardt methods keep, and how they judge a step.
public struct TriedResiduals<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
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

  /// Evaluates the current point unless it is the one that all this belongs to; whether there are factors.
  @inlinable mutating func prepare<Problem: ResidualObjective>(
    _ iterate: inout Iterate<Scalar>, iteration: Int, scaledBy rule: ColumnScaling,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool where Problem.Scalar == Scalar {
    if !linearized.belongs(to: iterate, iteration: iteration) {
      try linearized.evaluate(&iterate, iteration: iteration, scaledBy: rule, asking: &oracle)
    }
    return linearized.prepare()
  }

  /// Chooses λ, and leaves the step for it over the variables that no bound holds.
  @inlinable mutating func choose<Rule: Damping<Scalar>>(
    _ rule: Rule, _ damping: inout Rule.Memory, at x: Vector<Scalar>
  ) -> Scalar {
    let length = linearized.length(of: x)
    return rule.choose(&linearized.system, lengthOfPoint: length, &damping)
  }

  /// Tries the step p, which led to `trial`: whether it is taken, and `trial` evaluated.
  ///
  /// - Parameters:
  ///   - step: p's length, and what the model promises.
  ///   - length: what its length was before a box cut it short, which says nothing against the radius.
  ///   - record: what is lower than the current point is noted there, before anything can stop its evaluation.
  @inlinable mutating func takes<Problem: ResidualObjective, Rule: Damping<Scalar>>(
    _ step: ModelStep<Scalar>, cutFrom length: Scalar, from current: Iterate<Scalar>,
    to trial: inout Iterate<Scalar>, _ record: inout Record<Scalar>, iteration: Int,
    judgedBy rule: Rule, _ damping: inout Rule.Memory, noise: Scalar, scaledBy scaling: ColumnScaling,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool where Problem.Scalar == Scalar {
    try oracle.residuals(at: trial.point, into: &self.trial.vector)
    let value = oracle.problem.sumOfSquares(of: self.trial.vector)
    let slope = current.gradient.dot(p.vector)
    var change = value - current.value
    let hidden = linearized.noise(atLeast: noise) * current.value
    if abs(change) <= hidden, step.decrease <= hidden {
      // Slopes may not lead uphill: a Jacobian that is wrong would take the run there, a rounding at a time.
      let before = linearized.orthogonality
      try linearized.evaluate(&trial, iteration: iteration + 1, scaledBy: scaling, asking: &oracle)
      let slopeThere = trial.gradient.dot(p.vector)
      if linearized.orthogonality <= before { change = (slope + slopeThere) / 2 }
    }
    let ρ = value.isFinite ? -change / step.decrease : -.infinity
    var step = step
    if ρ > 0.25 { step.length = Swift.max(step.length, length) }
    guard rule.judge(TrialStep(step, ratio: ρ, value: current.value, slope: slope), &damping) else {
      linearized.restrain(at: current.point, lengthOfStep: length, scaledBy: scaling)
      return false
    }
    if trial.isEvaluated { return true }
    // What stops the evaluation of the Jacobian does not take the lower value away.
    record.note(trial.point, value)
    try linearized.evaluate(&trial, iteration: iteration + 1, scaledBy: scaling, asking: &oracle)
    return trial.gradient.isFinite
  }
}
