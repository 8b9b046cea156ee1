// Symbol ↔ name
//   x*, p    solution, parameters           point, parameters
//   H        ∇²ₓₓf(x*, p) = L Lᵀ            factor
//   f_px     ∂∇ₚf/∂x, q × n                 mixed
//   ẋ, ṗ     tangents                       derivative(along:)
//   x̄, p̄     adjoints                       gradient(from:)

public import SecantLinearAlgebra

/// How a minimiser moves with the parameters of its problem: ∂x*/∂p.
///
/// ∇ₓf(x*(p), p) = 0 holds for every p near by, so H ∂x*/∂p + f_xp = 0. Forward, ẋ = −H⁻¹ f_xp ṗ is how x* moves
/// when p moves along ṗ; adjoint, p̄ = −f_px H⁻¹ x̄ is the gradient in p of a loss of x* whose gradient in x* is x̄,
/// whatever the number of parameters. No solver is differentiated, and none is run again.
///
/// ```swift
/// let ridge = Differentiated(Ridge(a: a, b: b), parameters: [0.1])
/// let outcome = minimize(ridge, from: start, using: .newton())
/// let sensitivity = try ridge.sensitivity(of: outcome)
/// let slope = sensitivity.gradient(from: validationGradient)  // of a validation loss, in p
/// ```
///
/// With bounds, a variable that its bound holds does not move, and the rest move as if it were a constant.
///
/// - **Demands**: a minimiser at which H is positive definite over the variables that no bound holds; f twice
///   differentiable there, in x and p.
/// - **Memory**: n² + nq numbers.
/// - **Work**: one gradient, n products with the Hessian of (x, p) ↦ f, and one factorisation, n³/3 flops; then
///   2n² + 2nq flops for each direction.
/// - **Guarantees**: the error of ∂x*/∂p is about that of x*, times the third derivatives; ``distance`` says how far
///   x* still is. What is not a minimiser is refused.
/// - **Reference**: the implicit function theorem; Griewank and Walther, *Evaluating Derivatives*, 2nd edition 2008,
///   chapter 15.
public struct SolutionSensitivity<Scalar: LAPACKScalar>: Sendable {
  /// x*.
  public let point: Vector<Scalar>
  /// p.
  public let parameters: Vector<Scalar>
  /// The length ‖H⁻¹∇f‖∞ of the Newton step from the point: how far the minimiser itself is, to first order.
  public let distance: Scalar

  /// The variables that may move.
  private let free: [Int]
  private var factor: Cholesky<Scalar>
  private var mixed: Matrix<Scalar>

  /// The sensitivity of a minimiser of x ↦ f(x, p), from f as a problem of the variables (x, p), one after the other.
  ///
  /// This serves functions whose derivatives are written by hand; for a ``ParametricFunction`` there is
  /// ``Differentiated/sensitivity(of:)``.
  ///
  /// - Parameters:
  ///   - joint: f, over the elements of x followed by those of p.
  ///   - point: x*.
  ///   - parameters: p.
  ///   - held: the variables that cannot move, such as those that a bound holds.
  public init<Joint: HessianVectorObjective>(
    of joint: Joint, at point: Vector<Scalar>, parameters: Vector<Scalar>, holding held: Set<Int> = []
  ) throws(SensitivityFailure) where Joint.Scalar == Scalar, Joint.Failure == Never {
    let (n, q) = (point.count, parameters.count)
    precondition(
      held.allSatisfy(point.indices.contains),
      "a variable is held that is none of the \(n): name those below \(n)")
    self.point = point
    self.parameters = parameters
    free = point.indices.filter { !held.contains($0) }
    let z = Vector(point.elements + parameters.elements)
    var v = Vector<Scalar>(zeros: n + q)
    var product = v
    var hessian = Matrix<Scalar>(zeros: free.count, free.count)
    mixed = Matrix(zeros: q, free.count)
    // ∇²f (eⱼ, 0) is column j of H above column j of f_px.
    for (k, j) in free.enumerated() {
      v[j] = 1
      joint.hessian(times: v, at: z, into: &product)
      v[j] = 0
      for (l, i) in free.enumerated() { hessian[l, k] = product[i] }
      for i in 0..<q { mixed[i, k] = product[n + i] }
    }
    _ = joint.valueAndGradient(at: z, into: &product)
    var step = Vector(free.map { product[$0] })
    guard hessian.isFinite, mixed.isFinite, step.isFinite else { throw .nonFinite }
    factor = Cholesky(dimension: free.count)
    if let minor = factor.leadingMinorNotPositive(of: hessian) {
      throw .notPositiveDefinite(variable: free[minor])
    }
    factor.solve(&step)
    distance = step.largestMagnitude
    if let k = step.indices.max(by: { abs(step[$0]) < abs(step[$1]) }) {
      // Beyond a hundredth it is the derivative of something else.
      let (size, length) = (Swift.max(1, abs(point[free[k]])), abs(step[k]))
      guard length <= size / 100, length <= size * Scalar.ulpOfOne.squareRoot() || stepArrives(joint, z, step)
      else {
        throw .notStationary(variable: free[k], step: Double(step[k]))
      }
    }
  }

  /// Whether a Newton step leaves a tenth of the gradient at the most, over the free variables: from a point near a minimiser
  /// it leaves its square, and where it does not, H is not that of the minimiser.
  private func stepArrives<Joint: HessianVectorObjective>(
    _ joint: Joint, _ z: Vector<Scalar>, _ step: Vector<Scalar>
  ) -> Bool where Joint.Scalar == Scalar, Joint.Failure == Never {
    var there = z
    for (k, i) in free.enumerated() { there[i] -= step[k] }
    func size(at z: Vector<Scalar>) -> Scalar {
      var gradient = Vector<Scalar>(zeros: z.count)
      _ = joint.valueAndGradient(at: z, into: &gradient)
      return free.map { abs(gradient[$0]) }.max() ?? 0
    }
    return size(at: there) <= size(at: z) / 10
  }

  /// ẋ = ∂x*/∂p ṗ: how the minimiser moves when the parameters move along ṗ.
  public func derivative(along ṗ: Vector<Scalar>) -> Vector<Scalar> {
    precondition(
      ṗ.count == parameters.count,
      "a direction of \(ṗ.count) elements for \(parameters.count) parameters: give one each")
    var ẋ = Vector<Scalar>(zeros: free.count)
    mixed.multiply(ṗ, into: &ẋ, times: -1, transposed: true)
    factor.solve(&ẋ)
    return spread(ẋ)
  }

  /// p̄ = (∂x*/∂p)ᵀ x̄: the gradient in p of a loss of the minimiser, from its gradient x̄ at the minimiser.
  ///
  /// What the loss owes to p directly has to be added.
  public func gradient(from x̄: Vector<Scalar>) -> Vector<Scalar> {
    precondition(
      x̄.count == point.count, "a gradient of \(x̄.count) elements for \(point.count) variables: give one each")
    var w = Vector(free.map { x̄[$0] })
    factor.solve(&w)
    var p̄ = Vector<Scalar>(zeros: parameters.count)
    mixed.multiply(w, into: &p̄, times: -1)
    return p̄
  }

  /// ∂x*/∂p, n × q.
  public var matrix: Matrix<Scalar> {
    var matrix = Matrix<Scalar>(zeros: point.count, parameters.count)
    var column = Vector<Scalar>(zeros: free.count)
    for j in parameters.indices {
      for k in free.indices { column[k] = -mixed[j, k] }
      factor.solve(&column)
      for (k, i) in free.enumerated() { matrix[i, j] = column[k] }
    }
    return matrix
  }

  private func spread(_ x: Vector<Scalar>) -> Vector<Scalar> {
    var all = Vector<Scalar>(zeros: point.count)
    for (k, i) in free.enumerated() { all[i] = x[k] }
    return all
  }
}

extension Cholesky {
  /// Factors a finite matrix, and gives the first place (from 0) where it is not positive definite beyond rounding.
  fileprivate mutating func leadingMinorNotPositive(of a: Matrix<Scalar>) -> Int? {
    switch factor(a) {
    case .notPositiveDefinite(let order): return order - 1
    case .some: return 0
    case nil: break
    }
    // What elimination leaves of a diagonal element, as a part of it: this does not change with the units of x.
    let rounding = 10 * Scalar(dimension) * Scalar.ulpOfOne
    return (0..<dimension).first { lower[$0, $0] * lower[$0, $0] <= rounding * a[$0, $0] }
  }
}

// MARK: - Of an outcome

extension Differentiated {
  /// How the minimiser that a run has found moves with the parameters.
  ///
  /// - Parameter outcome: the outcome of a run on this problem; one that has not converged is refused.
  public func sensitivity<Parametric: ParametricFunction>(
    of outcome: Outcome<Self>
  ) throws(SensitivityFailure) -> SolutionSensitivity<Scalar> where Function == FixedParameters<Parametric> {
    try sensitivity(at: outcome.convergedPoint, holding: [])
  }

  func sensitivity<Parametric: ParametricFunction>(
    at x: Vector<Scalar>, holding held: Set<Int>
  ) throws(SensitivityFailure) -> SolutionSensitivity<Scalar> where Function == FixedParameters<Parametric> {
    let joint = Differentiated<JointFunction<Parametric>>(JointFunction(function.function, split: x.count))
    return try SolutionSensitivity(of: joint, at: x, parameters: function.parameters, holding: held)
  }
}

extension DifferentiatedSquares {
  /// How the minimiser that a run has found moves with the parameters.
  ///
  /// - Parameter outcome: the outcome of a run on this problem; one that has not converged is refused.
  public func sensitivity<Parametric: ParametricResiduals>(
    of outcome: Outcome<Self>
  ) throws(SensitivityFailure) -> SolutionSensitivity<Scalar>
  where Function == FixedParameterResiduals<Parametric> {
    try sensitivity(at: outcome.convergedPoint, holding: [])
  }

  func sensitivity<Parametric: ParametricResiduals>(
    at x: Vector<Scalar>, holding held: Set<Int>
  ) throws(SensitivityFailure) -> SolutionSensitivity<Scalar>
  where Function == FixedParameterResiduals<Parametric> {
    let joint = DifferentiatedSquares<JointResiduals<Parametric>>(
      JointResiduals(function.function, split: x.count))
    return try SolutionSensitivity(of: joint, at: x, parameters: function.parameters, holding: held)
  }
}

extension Bounded where Base.Failure == Never {
  /// How the minimiser that a run has found within bounds moves with the parameters: a variable that its bound holds does
  /// not.
  ///
  /// - Parameter outcome: the outcome of a run on this problem; one that has not converged is refused, and so is one at
  ///   which a bound may hold a variable or may not.
  public func sensitivity<Parametric: ParametricFunction>(
    of outcome: Outcome<Self>
  ) throws(SensitivityFailure) -> SolutionSensitivity<Scalar>
  where Base == Differentiated<FixedParameters<Parametric>> {
    let x = try outcome.convergedPoint
    return try base.sensitivity(at: x, holding: held(at: x))
  }

  /// How the minimiser that a run has found within bounds moves with the parameters: a variable that its bound holds does
  /// not.
  ///
  /// - Parameter outcome: the outcome of a run on this problem; one that has not converged is refused, and so is one at
  ///   which a bound may hold a variable or may not.
  public func sensitivity<Parametric: ParametricResiduals>(
    of outcome: Outcome<Self>
  ) throws(SensitivityFailure) -> SolutionSensitivity<Scalar>
  where Base == DifferentiatedSquares<FixedParameterResiduals<Parametric>> {
    let x = try outcome.convergedPoint
    return try base.sensitivity(at: x, holding: held(at: x))
  }

  /// The variables that a bound holds: those that it fixes, and those on a bound whose multiplier is certainly not zero.
  private func held(at x: Vector<Scalar>) throws(SensitivityFailure) -> Set<Int> {
    var g = Vector<Scalar>(zeros: x.count)
    _ = base.valueAndGradient(at: x, into: &g)
    let held = bounds.held(at: x, gradient: g)
    let free = Set(bounds.free(at: x))
    if let undecided = x.indices.first(where: { !free.contains($0) && !held.contains($0) }) {
      throw .undecidedBound(variable: undecided)
    }
    return held
  }
}

extension Outcome {
  fileprivate var convergedPoint: Vector<Scalar> {
    get throws(SensitivityFailure) {
      guard status.isConverged else { throw .notConverged(status: status.label) }
      return point
    }
  }
}
