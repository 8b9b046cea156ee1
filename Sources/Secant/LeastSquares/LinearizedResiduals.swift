/// Residuals about a point, r(x + p) ≈ r + Jp, factored so that any damped step can be taken: what the methods for
/// least squares keep of a point.
public struct LinearizedResiduals<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// r.
  public var residuals: Vector<Scalar>
  /// J.
  public var jacobian: Matrix<Scalar>
  /// The diagonal of D, in whose units a step is measured.
  public var scaling: Vector<Scalar>
  /// ‖Q₁ᵀr‖/‖r‖, the part of the residuals that lies along the columns of J: 0 where they are orthogonal to all of them.
  public var orthogonality: Scalar = .infinity
  /// What rounding of x alone makes of ``orthogonality``: ε Σ|xⱼ|‖Jⱼ‖/‖r‖, and 1 where there are
  /// no residuals left.
  public var rounding: Scalar = 0
  /// ‖r‖∞.
  public var largestResidual: Scalar = 0
  /// The greatest ‖r‖∞ so far.
  public var greatestResidual: Scalar = 0
  /// What a residual of the problem is measured by.
  public var residualScale: Scalar = 1
  /// The point that all this belongs to, by the number and the value of its iterate; −1 where it belongs to none.
  @usableFromInline var iteration = -1
  @usableFromInline var value: Scalar = 0
  /// ‖Jⱼ‖.
  @usableFromInline var norms: Vector<Scalar>
  /// How many columns of J were left out, for a bound holds their variables.
  @usableFromInline var held = 0
  /// Whether some variable, that no bound holds, has no influence on the residuals at all.
  @usableFromInline var hasVanishingColumn = false
  /// J, factored.
  @usableFromInline var system: DampedLeastSquares<Scalar>

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline init(_ residualCount: Int, _ dimension: Int) {
    residuals = Vector(zeros: residualCount)
    jacobian = Matrix(zeros: residualCount, dimension)
    scaling = Vector(zeros: dimension)
    norms = Vector(zeros: dimension)
    system = DampedLeastSquares(shape: jacobian.shape)
  }

  /// Evaluates and factors r and J at an iterate, which gets f and ∇f from them and to which all this belongs from now on;
  /// their factorisation is paid for with them.
  ///
  /// The columns of the variables that a bound holds become zeros, so that ``orthogonality`` is that over all others: those
  /// off their bounds, and those on one that f falls away from.
  @inlinable mutating func evaluate<Problem: ResidualObjective>(
    _ iterate: inout Iterate<Scalar>, iteration: Int, scaledBy rule: ColumnScaling,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) where Problem.Scalar == Scalar {
    self.iteration = -1
    var factorisation = Ledger()
    factorisation.factorisations = 1
    factorisation.flops = Double(
      DampedLeastSquares<Scalar>.flops(rows: residuals.count, columns: scaling.count))
    try oracle.evaluate(
      &iterate, residuals: &residuals, jacobian: &jacobian, besides: factorisation)
    residualScale = oracle.problem.residualScale
    if Problem.Domain.self != WholeSpace.self {
      held = 0
      for j in iterate.point.indices
      where oracle.problem.isHeld(j, at: iterate.point, gradient: iterate.gradient) {
        leaveOut(j, scaledBy: rule)
      }
    }
    factor(at: iterate.point, scaledBy: rule)
    self.iteration = iteration
    value = iterate.value
  }

  /// Makes sure that r and J are those of an evaluated iterate, and factored.
  @inlinable mutating func ensure<Problem: ResidualObjective>(
    at iterate: Iterate<Scalar>, scaledBy rule: ColumnScaling, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) where Problem.Scalar == Scalar {
    if belongs(to: iterate, iteration: 0) { return }
    var iterate = iterate
    try evaluate(&iterate, iteration: 0, scaledBy: rule, asking: &oracle)
  }

  /// Whether it is that of an iterate.
  @inlinable func belongs(to iterate: Iterate<Scalar>, iteration: Int) -> Bool {
    self.iteration == iteration && value == iterate.value
  }

  /// Factors J, after it was evaluated at `x`; what cannot be factored leaves an orthogonality of NaN.
  ///
  /// Inlinable, and not specialised here: the way to a specialised function leads through the generic one.
  @inlinable mutating func factor(at x: Vector<Scalar>, scaledBy rule: ColumnScaling) {
    orthogonality = .nan
    var (reach, vanishing) = (Scalar(0), 0)
    for j in x.indices {
      let norm = jacobian.norm(ofColumn: j)
      norms[j] = norm
      if norm == 0 { vanishing += 1 }
      rule.update(&scaling[j], with: norm)
      reach += abs(x[j]) * norm
    }
    hasVanishingColumn = vanishing > held
    largestResidual = residuals.largestMagnitude
    guard refactor(), largestResidual.isFinite else { return }
    greatestResidual = Swift.max(greatestResidual, largestResidual)
    let norm = residuals.norm
    rounding = norm > 0 ? Scalar.ulpOfOne * reach / norm : 1
    orthogonality = norm > 0 ? system.projection / norm : 0
  }

  /// Puts zeros in the column of a variable that a bound holds, after D has seen it.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func leaveOut(_ j: Int, scaledBy rule: ColumnScaling) {
    held += 1
    rule.update(&scaling[j], with: jacobian.norm(ofColumn: j))
    let m = residuals.count
    jacobian.withUnsafeMutableBufferPointer { J in for i in 0..<m { J[i + j * m] = 0 } }
  }

  @inlinable mutating func refactor() -> Bool {
    system.factor(jacobian, columnNorms: norms, scaledBy: scaling, against: residuals) == nil
  }

  /// Makes sure of the factors, which a decoded state lacks; false where there are none.
  @inlinable mutating func prepare() -> Bool { system.isFactored || refactorDecoded() }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func refactorDecoded() -> Bool { refactor() }

  /// p ← argmin ‖r + Jp‖, the basic solution where the rank is short; the decrease of ‖r‖² that it promises.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @discardableResult
  @usableFromInline mutating func solve(into p: inout Vector<Scalar>) -> Scalar {
    _ = system.solve(damping: 0)
    _ = system.copySolution(into: &p)
    return system.projection * system.projection
  }

  /// The relative error of f: at least what rounding of x makes of it, for a residual is the difference of two numbers that may
  /// be much greater than it; 0 where `noise` is, for the published forms.
  @inlinable func noise(atLeast noise: Scalar) -> Scalar { noise > 0 ? Swift.max(noise, rounding) : 0 }

  /// ‖Dx‖. Inlined, for a call copies all this.
  @inlinable @inline(__always) func length(of x: Vector<Scalar>) -> Scalar {
    var sum: Scalar = 0
    for j in x.indices { sum += scaling[j] * x[j] * (scaling[j] * x[j]) }
    return sum.squareRoot()
  }

  /// Writes the step that `system` was solved for into p; what ‖r + Jp‖² promises of it, and ‖Dp‖.
  ///
  /// ‖r‖² − ‖r + Jp‖² = ‖Jp‖² + 2λ‖Dp‖², without cancellation.
  @inlinable mutating func step(damping λ: Scalar, into p: inout Vector<Scalar>) -> ModelStep<Scalar> {
    let JpᵀJp = system.copySolution(into: &p)
    let length = system.length
    let decrease = JpᵀJp + 2 * λ * length * length
    return ModelStep(decrease: decrease, length: length, isOnBoundary: λ > 0)
  }

  /// After a step of the given length ‖Dp‖ that was not taken: D from now on measures by itself each variable that a step as
  /// long could have left without a digit, D|x| < ε‖Dp‖.
  ///
  /// A column that has all but vanished asks for such a step, and D, which vanished with it, allows it; the radius would
  /// shrink until no other variable moves either. A variable that is zero has no size to be measured by.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func restrain(
    at x: Vector<Scalar>, lengthOfStep length: Scalar, scaledBy rule: ColumnScaling
  ) {
    guard rule == .greatestNorms else { return }
    var isRestrained = false
    for j in x.indices where x[j] != 0 && scaling[j] * abs(x[j]) < .ulpOfOne * length {
      let unit = length / abs(x[j])
      if unit.isFinite { (scaling[j], isRestrained) = (unit, true) }
    }
    if isRestrained { system.measure(by: scaling) }
  }

  /// Writes the damped step against the second derivative of r along p, which the residuals at x + hp show, into `a`; its
  /// length ‖Da‖. `residuals` is overwritten.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func bend(
    _ a: inout Vector<Scalar>, of p: Vector<Scalar>, residuals trial: inout Vector<Scalar>, after h: Scalar,
    damping λ: Scalar
  ) -> Scalar {
    trial.add(residuals, times: -1)
    jacobian.multiply(p, into: &trial, times: -2 / h, adding: 2 / (h * h))
    system.replace(trial)
    let length = system.solve(damping: λ)
    _ = system.copySolution(into: &a)
    // A step that is rejected is taken again from the same residuals.
    system.replace(residuals)
    return length
  }
}

/// What the diagonal D of a step's length ‖Dp‖ is, J's columns being Jⱼ.
public enum ColumnScaling: String, Sendable, Codable {
  /// dⱼ = 1: Levenberg's.
  case identity
  /// dⱼ = ‖Jⱼ‖ at every point: Marquardt's.
  case norms
  /// dⱼ = the greatest ‖Jⱼ‖ so far: Moré's, under which no variable is trusted more for having lost its influence.
  case greatestNorms

  /// A column without length keeps what it had, and begins as 1.
  @inlinable func update<Scalar: LAPACKScalar>(_ d: inout Scalar, with norm: Scalar) {
    if self != .identity, norm > 0, norm.isFinite, self == .norms || norm > d { d = norm }
    if d == 0 { d = 1 }
  }
}
