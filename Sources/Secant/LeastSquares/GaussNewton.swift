/// The Gauss–Newton method with a line search: each step solves the linearised problem, and is cut back until f falls.
///
/// p minimises ‖r + Jp‖, by the QR factors of J with pivots: where the rank is short it is the basic solution, which
/// leaves the columns that say nothing new alone. x₊ = x + αp with α by backtracking from 1 (``Armijo``).
///
/// A trial length costs its residuals; the Jacobian is evaluated where the step is taken. Near the end the values drown
/// in rounding before the gradient does; values that agree to the search's `noise` are compared by their slopes, as in
/// ``LevenbergMarquardt``, whose criterion this is too.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: that of ``LevenbergMarquardt``.
/// - **Work per step**: a vector of residuals for each trial length, a Jacobian, and 2n²(m − n/3) flops.
/// - **Guarantees**: f never rises, but for `noise`. Quadratic convergence where the residuals vanish, linear where they
///   are small and the Jacobian has full rank; where they are large it may not converge from next to the minimum. Far
///   out, where J is nearly of short rank, p is long and nearly orthogonal to the gradient, and the search may come to a
///   standstill: take ``LevenbergMarquardt`` there. Affine invariant.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 10.3; Björck, *Numerical Methods for
///   Least Squares Problems* (1996), section 9.2.
///
/// | book | here |
/// | --- | --- |
/// | p^GN | `p` |
/// | α | `α` |
public struct GaussNewton<Problem: ResidualObjective>: Solver where Problem.Domain == WholeSpace {
  public typealias Scalar = Problem.Scalar

  /// How the full step is cut back.
  public var search: Armijo<Scalar>

  @inlinable public init(search: Armijo<Scalar> = Armijo(noise: .noiseOfValues)) { self.search = search }

  /// The linearised residuals.
  public struct Memory: Sendable, Codable, Equatable {
    /// r, J and what is made of them, at the current point.
    public var linearized: LinearizedResiduals<Scalar>
    @usableFromInline var p: Scratch<Scalar>
    @usableFromInline var trial: Scratch<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int) {
      linearized = LinearizedResiduals(m, n)
      p = Scratch(n)
      trial = Scratch(m)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.jacobianRows, dimension)
  }

  @inlinable public func evaluate(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try state.memory.linearized.evaluate(
      &state.current, iteration: state.iteration, scaledBy: .norms, asking: &oracle)
  }

  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(state.memory.linearized) }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if !state.memory.linearized.belongs(to: state.current, iteration: state.iteration) {
      try evaluate(&state, asking: &oracle)
    }
    guard state.memory.linearized.prepare() else { return .stuck(.nonFinite) }
    state.memory.linearized.solve(into: &state.memory.p.vector)
    let start = Departure(
      value: state.current.value, slope: state.current.gradient.dot(state.memory.p.vector),
      iteration: state.iteration)
    let orthogonality = state.memory.linearized.orthogonality

    var none = Stateless()
    var lengthOfTrial: Scalar?
    let length = try search.choose(from: start, &none) { (α: Scalar) throws(Halt<Problem.Failure>) in
      lengthOfTrial = α
      return try tryLength(α, from: start, orthogonality, &state, asking: &oracle)
    }
    switch length {
    case .accepted(let α), .improved(let α, _):
      if α != lengthOfTrial { _ = try tryLength(α, from: start, orthogonality, &state, asking: &oracle) }
      if !state.other.isEvaluated {
        // What stops the evaluation of the Jacobian does not take the lower value away.
        state.best.note(state.other.point, state.other.value)
        try evaluateTrial(&state, asking: &oracle)
      }
      guard state.other.gradient.isFinite else { return .stuck(.nonFinite) }
      state.acceptTrial()
      return .accepted(length: α)
    case .failed(let obstacle):
      return .stuck(obstacle)
    }
  }

  /// φ(α), with φ′(α) where rounding hides the difference of the values.
  ///
  /// Elsewhere the slope is one that adds nothing to the values, for it would cost a Jacobian.
  @inlinable func tryLength(
    _ α: Scalar, from start: Departure<Scalar>, _ orthogonality: Scalar, _ state: inout State<Scalar, Memory>,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Sample<Scalar> {
    state.other.isEvaluated = false
    state.other.point.set(state.current.point, plus: α, times: state.memory.p.vector)
    try oracle.residuals(at: state.other.point, into: &state.memory.trial.vector)
    state.other.value = oracle.problem.sumOfSquares(of: state.memory.trial.vector)
    let change = state.other.value - start.value
    let hidden = state.memory.linearized.noise(atLeast: search.noise) * state.other.value
    // The slope for which the trapezoidal rule gives the change.
    let plain = Sample(length: α, value: state.other.value, slope: 2 * change / α - start.slope)
    guard abs(change) <= hidden, state.other.point != state.current.point else {
      return plain
    }
    try evaluateTrial(&state, asking: &oracle)
    // Slopes may not lead uphill: a Jacobian that is wrong would take the run there, a rounding at a time.
    if !(state.memory.linearized.orthogonality <= orthogonality) { return plain }
    return Sample(
      length: α, value: state.other.value, slope: state.other.gradient.dot(state.memory.p.vector))
  }

  @inlinable func evaluateTrial(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try state.memory.linearized.evaluate(
      &state.other, iteration: state.iteration + 1, scaledBy: .norms, asking: &oracle)
  }

  @inlinable public var comparesValues: Bool { true }

  public var complaint: String? { search.complaint }
}

extension Solver {
  /// The Gauss–Newton method with a backtracking line search: see ``GaussNewton``.
  @inlinable public static func gaussNewton<P>() -> Self where Self == GaussNewton<P> { GaussNewton() }
}
