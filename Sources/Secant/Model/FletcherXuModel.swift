/// Fletcher and Xu's hybrid: the Gauss–Newton matrix of a sum of squares while f falls fast, its Hessian where it does not.
///
/// A step that takes at least the part `share` of f away says that the residuals vanish at the end, or that the end is far;
/// then B = 2cJᵀJ. After any other B = ∇²f, which does not leave the curvature Σrᵢ∇²rᵢ of large residuals out.
///
/// - **Demands**: ``TwiceDifferentiableObjective`` and ``ResidualObjective``.
/// - **Memory**: 2mn + 4n² + 3m.
/// - **Work per step**: one Jacobian and 2n²(m − n/3) flops; mn² or one Hessian after a step that was accepted.
/// - **Guarantees**: quadratic convergence near a strict minimum, whether the residuals vanish there or not; with
///   ``MoreSorensen`` saddles are left.
/// - **Reference**: Fletcher and Xu, *IMA J. Numer. Anal.* 7 (1987) 371–389, with the Hessian where the paper has BFGS.
///
/// | paper | here |
/// | --- | --- |
/// | ε in (f − f₊)/f ≥ ε | `share` |
public struct FletcherXuModel<Problem: TwiceDifferentiableObjective & ResidualObjective>:
  DenseTrustRegionModel
{
  public typealias Scalar = Problem.Scalar

  /// ε: the part of f that a step has to take away for Gauss–Newton to go on.
  public var share: Scalar

  @inlinable public init(share: Scalar = 0.2) { self.share = share }

  /// B, and the residuals where they were asked for last.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, of which the lower triangle counts.
    public var hessian: Matrix<Scalar>
    /// Whether it is the Hessian.
    public var isNewton = false
    /// r, J and what is made of them, at the point evaluated last.
    public var linearized: LinearizedResiduals<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int) {
      hessian = Matrix(zeros: n, n)
      linearized = LinearizedResiduals(m, n)
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
    guard hasMoved else { return }
    try memory.linearized.ensure(at: current, scaledBy: .norms, asking: &oracle)
    memory.isNewton = other.isEvaluated && other.value - current.value < share * other.value
    if memory.isNewton {
      try oracle.hessian(at: current.point, into: &memory.hessian)
    } else {
      memory.hessian.setGram(
        memory.linearized.jacobian, transposed: true, times: 2 * oracle.problem.residualWeight)
    }
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Scalar> { memory.hessian }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try leastCurvature(ofHessianAt: iterate.point, asking: &oracle)
  }

  public var complaint: String? {
    share > 0 && share < 1 ? nil : "share (ε) is \(share): choose a number between 0 and 1, such as 0.2."
  }
}
