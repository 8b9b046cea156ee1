/// Any model in a trust region that is an ellipsoid, ‖Dp‖ ≤ Δ with D diagonal.
///
/// The subproblem is solved in p̂ = Dp, with ĝ = D⁻¹g and B̂ = D⁻¹BD⁻¹; so it is for every subproblem and every model:
///
/// ```swift
/// minimize(problem, from: start, using: .trustRegion(model: ScaledModel(DenseHessianModel(), by: .diagonal)))
/// ```
///
/// Variables of different size, metres and microns, are then trusted alike. Δ, Δ₀ and Δ̂ are lengths of Dp.
///
/// - **Demands**: what its model demands; ``DenseTrustRegionModel`` for a D that follows B.
/// - **Memory**: its model's and 2n; n² more for a dense model.
/// - **Work per step**: its model's and 2n flops a product; n² more for a dense model.
/// - **Guarantees**: with ``DiagonalScaling/diagonal`` and ``DiagonalScaling/greatestDiagonal`` the run is the same for
///   f(Sz) as for f(x), S diagonal, where no diagonal element of B is zero.
/// - **Reference**: Conn, Gould and Toint, *Trust-Region Methods* (2000), section 6.7; Moré, *The Levenberg–Marquardt
///   algorithm: implementation and theory* (1978).
public struct ScaledModel<Model: TrustRegionModel>: TrustRegionModel {
  public typealias Problem = Model.Problem
  public typealias Scalar = Problem.Scalar

  /// What B is.
  public var model: Model
  /// What D is.
  public var rule: DiagonalScaling<Scalar>

  /// A model scaled by a D that stays: one positive number a variable, large for a variable that is small.
  @inlinable public init(_ model: Model, by diagonal: Vector<Scalar>) {
    self.model = model
    rule = .given(diagonal)
  }

  @inlinable init(_ model: Model, rule: DiagonalScaling<Scalar>) {
    self.model = model
    self.rule = rule
  }

  /// What the model remembers, D, and D⁻¹BD⁻¹ where B is a matrix.
  public struct Memory: Sendable, Codable, Equatable {
    /// What the model remembers.
    public var model: Model.Memory
    /// D.
    public var diagonal: Vector<Scalar>
    /// D⁻¹BD⁻¹, of which the lower triangle counts: a run that ended halfway through a step goes on with it.
    @usableFromInline var scaled: Matrix<Scalar>
    @usableFromInline var v: Scratch<Scalar>

    @inlinable init(model: Model.Memory, diagonal: Vector<Scalar>, isDense: Bool) {
      self.model = model
      self.diagonal = diagonal
      v = Scratch(diagonal.count)
      let k = isDense ? diagonal.count : 0
      scaled = Matrix(zeros: k, k)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    let memory = model.allocate(dimension, for: problem)
    let isDense = model.matrixIfDense(memory) != nil
    // Without a matrix to follow D stays as it begins.
    var diagonal = Vector<Scalar>(repeating: isDense ? 0 : 1, count: dimension)
    // A run that is refused has no variables.
    if case .given(let given) = rule, dimension > 0 {
      diagonal = Vector(copying: given)
    }
    return Memory(model: memory, diagonal: diagonal, isDense: isDense)
  }

  @inlinable public func evaluate(
    _ iterate: inout Iterate<Scalar>, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) { try model.evaluate(&iterate, &memory.model, asking: &oracle) }

  @inlinable public func criterion(
    at current: Iterate<Scalar>, _ watch: Watch<Scalar>, _ memory: Memory, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { model.criterion(at: current, watch, memory.model, convergence) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside other: Iterate<Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try model.prepare(at: current, beside: other, hasMoved: hasMoved, &memory.model, asking: &oracle)
    guard let B = model.matrixIfDense(memory.model) else { return }
    if hasMoved {
      rule.update(&memory.diagonal, with: B)
    } else {
      rule.restrain(&memory.diagonal, at: current.point, afterRejecting: other.point)
    }
    memory.scaled.scale(B, by: memory.diagonal)
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at current: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    memory.v.vector.set(v, dividedBy: memory.diagonal)
    try model.multiply(memory.v.vector, at: current, into: &product, &memory.model, asking: &oracle)
    product.divide(by: memory.diagonal)
  }

  @inlinable public func scaling(_ memory: Memory) -> Vector<Scalar>? { memory.diagonal }

  @inlinable public var comparesGradients: Bool { model.comparesGradients }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try model.curvature(at: iterate, asking: &oracle)
  }

  public var complaint: String? { rule.complaint ?? model.complaint }

  @inlinable public func complaint(inDimension n: Int) -> String? {
    if case .given(let given) = rule, given.count != n {
      return "The scaling has \(given.count) elements and the problem \(n) variables; give one for each."
    }
    return model.complaint(inDimension: n)
  }
}

extension ScaledModel: DenseTrustRegionModel where Model: DenseTrustRegionModel {
  /// A dense model scaled by a D that may follow its diagonal.
  @inlinable public init(_ model: Model, by rule: DiagonalScaling<Scalar>) { self.init(model, rule: rule) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Scalar> { memory.scaled }

  @inlinable public func minimizer(_ memory: Memory) -> ModelMinimizer<Scalar>? {
    model.minimizer(memory.model)
  }
}

/// What the diagonal D of a ``ScaledModel`` is.
public enum DiagonalScaling<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// dᵢ = √|bᵢᵢ| at every point.
  case diagonal
  /// dᵢ = max √|bᵢᵢ| over the points so far: for B = JᵀJ the norms of J's columns, Moré's rule in MINPACK. Where a step
  /// that asks for a move without measure is not taken, its variable is measured by itself from then on.
  case greatestDiagonal
  /// A D that stays.
  case given(Vector<Scalar>)

  /// Lets D follow B; an element without curvature keeps what it had, and begins as 1.
  @inlinable func update(_ d: inout Vector<Scalar>, with B: Matrix<Scalar>) {
    if case .given = self { return }
    for i in 0..<d.count {
      let root = abs(B[i, i]).squareRoot()
      let before = d[i]
      if root > 0, root.isFinite, self == .diagonal || root > before { d[i] = root }
      if d[i] == 0 { d[i] = 1 }
    }
  }

  /// After a step that was not taken: D measures by itself each variable that a step as long could have left without a
  /// digit, as in ``LevenbergMarquardt``, for a variable without influence is trusted too far.
  @inlinable func restrain(
    _ d: inout Vector<Scalar>, at x: Vector<Scalar>, afterRejecting trial: Vector<Scalar>
  ) {
    guard self == .greatestDiagonal else { return }
    var length: Scalar = 0
    for i in 0..<d.count { length = Swift.max(length, d[i] * abs(trial[i] - x[i])) }
    for i in 0..<d.count where x[i] != 0 && d[i] * abs(x[i]) < .ulpOfOne * length {
      let unit = length / abs(x[i])
      if unit.isFinite { d[i] = unit }
    }
  }

  var complaint: String? {
    guard case .given(let d) = self, let i = d.firstIndex(where: { !($0 > 0 && $0.isFinite) }) else {
      return nil
    }
    return
      "Element \(i) of the scaling is \(d[i]): give positive finite numbers, such as 1 over a variable's size."
  }
}

extension Matrix {
  /// The lower triangle ← that of D⁻¹BD⁻¹.
  @inlinable mutating func scale(_ B: Matrix, by d: Vector<Scalar>) {
    let n = rows
    B.withUnsafeBufferPointer { b in
      d.withUnsafeBufferPointer { d in
        withUnsafeMutableBufferPointer { a in
          for j in 0..<n { for i in j..<n { a[i + j * n] = b[i + j * n] / d[i] / d[j] } }
        }
      }
    }
  }
}
