/// The model of NL2SOL: the Gauss–Newton matrix of a sum of squares, and beside it what the steps have taught of the
/// curvature that it leaves out.
///
/// ∇²f = 2c(JᵀJ + Σrᵢ∇²rᵢ), and S learns the second term from gradients alone: with s = x₊ − x, y = g₊ − g and
/// y♯ = 2c(J₊ − J)ᵀr₊, which is what Σrᵢ∇²rᵢ makes of s, S₊ is the least change, in a norm that y = ∇²f s decides, for which
/// S₊s = y♯:
///
/// S₊ = S + (vyᵀ + yvᵀ)/yᵀs − (vᵀs) yyᵀ/(yᵀs)², v = y♯ − Ss,
///
/// after S was sized down by min(1, |sᵀy♯|/|sᵀSs|), for residuals that vanish leave it too large. B is 2cJᵀJ or
/// 2cJᵀJ + S, whichever told the last change of f better, also that of a trial that was rejected.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: 3mn + 5n² + 4m + 4n.
/// - **Work per step**: one Jacobian, 2n²(m − n/3) flops to factor it, mn² + 8mn + 8n².
/// - **Guarantees**: superlinear convergence near a strict minimum, whether the residuals vanish there or not.
/// - **Reference**: Dennis, Gay and Welsch, *ACM TOMS* 7 (1981) 348–368 and 369–383 (NL2SOL, algorithm 573).
///
/// | paper | here |
/// | --- | --- |
/// | Sₖ, y♯ₖ, yₖ, Δx | `S`, `v`, `pair.y`, `pair.s` |
/// | the sizing factor τ | `τ` |
public struct StructuredSecantModel<Problem: ResidualObjective>: DenseTrustRegionModel {
  public typealias Scalar = Problem.Scalar

  @inlinable public init() {}

  /// B and what it is made of.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, of which the lower triangle counts.
    public var hessian: Matrix<Scalar>
    /// S, of which the lower triangle counts.
    public var S: Matrix<Scalar>
    /// J at the point of the last step.
    public var jacobian: Matrix<Scalar>
    /// Whether S is part of B.
    public var isAugmented = false
    /// r, J and what is made of them, at the point evaluated last.
    public var linearized: LinearizedResiduals<Scalar>
    @usableFromInline var pair: SecantPair<Scalar>
    @usableFromInline var v: Scratch<Scalar>
    @usableFromInline var Ss: Scratch<Scalar>
    @usableFromInline var Js: Scratch<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int) {
      hessian = Matrix(zeros: n, n)
      S = Matrix(zeros: n, n)
      jacobian = Matrix(zeros: m, n)
      linearized = LinearizedResiduals(m, n)
      pair = SecantPair(shape: n)
      v = Scratch(n)
      Ss = Scratch(n)
      Js = Scratch(m)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.residualCount, dimension)
  }

  @inlinable public func evaluate(
    _ iterate: inout Iterate<Scalar>, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try memory.linearized.evaluate(&iterate, iteration: 0, scaledBy: .norms, asking: &oracle)
  }

  @inlinable public func criterion(
    at _: Iterate<Scalar>, _: Watch<Scalar>, _ memory: Memory, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(memory.linearized) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside other: Iterate<Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    let weight = 2 * oracle.problem.residualWeight
    if hasMoved { try memory.linearized.ensure(at: current, scaledBy: .norms, asking: &oracle) }
    let isPair = memory.pair.take(from: other, to: current)
    // J is still that of the point from which the step was tried.
    if isPair {
      if hasMoved {
        memory.choose(
          after: current.value - other.value, slope: other.gradient.dot(memory.pair.s), other, weight)
      } else {
        memory.choose(
          after: other.value - current.value, slope: -current.gradient.dot(memory.pair.s), current, weight)
      }
    }
    if hasMoved {
      if isPair { memory.learn(weight) }
      memory.jacobian.copy(memory.linearized.jacobian)
    }
    memory.hessian.setGram(memory.jacobian, transposed: true, times: weight)
    if memory.isAugmented { memory.hessian.addLower(memory.S) }
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Scalar> { memory.hessian }

  @inlinable public var comparesGradients: Bool { true }
}

extension StructuredSecantModel.Memory {
  /// Takes the model that told the change of f along ±s better, where rounding does not hide it.
  @inlinable mutating func choose(
    after change: Problem.Scalar, slope: Problem.Scalar, _ base: Iterate<Problem.Scalar>,
    _ weight: Problem.Scalar
  ) {
    guard change.isFinite, abs(change) > .noiseOfValues * base.value else { return }
    jacobian.multiply(pair.s, into: &Js.vector)
    S.symmetricMultiply(pair.s, into: &v.vector)
    let gaussNewton = slope + weight * Js.vector.squaredNorm / 2
    let augmented = gaussNewton + pair.s.dot(v.vector) / 2
    isAugmented = abs(augmented - change) < abs(gaussNewton - change)
  }

  /// S ← τS, and then the least change that maps s onto y♯.
  @inlinable mutating func learn(_ weight: Problem.Scalar) {
    typealias Scalar = Problem.Scalar
    let sᵀy = pair.sᵀy
    guard abs(sᵀy) > Scalar.ulpOfOne.squareRoot() * pair.sᵀs.squareRoot() * pair.yᵀy.squareRoot() else {
      return
    }
    // y♯ = 2c(J₊ − J)ᵀr₊
    linearized.jacobian.multiply(linearized.residuals, into: &v.vector, times: weight, transposed: true)
    jacobian.multiply(linearized.residuals, into: &v.vector, times: -weight, adding: 1, transposed: true)
    let sᵀv = pair.s.dot(v.vector)
    S.symmetricMultiply(pair.s, into: &Ss.vector)
    let sᵀSs = pair.s.dot(Ss.vector)
    let τ = sᵀSs == 0 ? 1 : Swift.min(1, abs(sᵀv / sᵀSs))
    guard sᵀv.isFinite, τ.isFinite, (1 / sᵀy / sᵀy).isFinite else { return }
    S.scale(by: τ)
    v.vector.add(Ss.vector, times: -τ)
    S.addSymmetricOuter(v.vector, pair.y, times: 1 / sᵀy)
    S.addSymmetricOuter(pair.y, times: -(sᵀv - τ * sᵀSs) / sᵀy / sᵀy)
  }
}

extension Matrix {
  /// The lower triangle ← that of A + B.
  @inlinable mutating func addLower(_ B: Matrix) {
    let n = rows
    B.withUnsafeBufferPointer { b in
      withUnsafeMutableBufferPointer { a in
        for j in 0..<n { for i in j..<n { a[i + j * n] += b[i + j * n] } }
      }
    }
  }
}
