public import SecantLinearAlgebra

/// Where ``Sophia`` and ``AdaHessian`` take the Hessian's diagonal from.
///
/// | estimator | what it demands | E d | what a draw costs |
/// | --- | --- | --- | --- |
/// | ``HutchinsonDiagonal`` | ``HessianVectorObjective`` | diag ∇²f | a Hessian-vector product |
/// | ``GaussNewtonBartlett`` | ``SampledLabelObjective`` | diag of the Gauss–Newton matrix | a gradient |
/// | ``ExactDiagonal`` | ``TwiceDifferentiableObjective`` | diag ∇²f, and no variance | a Hessian |
public protocol DiagonalEstimator<Problem>: Sendable {
  /// The problems whose diagonal it can estimate.
  associatedtype Problem: DifferentiableObjective
  /// Room to work: ``Stateless`` where none is wanted.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the room.
  func allocate(_ dimension: Int, for problem: Problem) -> Memory

  /// Writes an estimate at x into every element of `diagonal`.
  ///
  /// `draw` is the number of the draw, at least 0: the same number gives the same estimate. When the oracle refuses the
  /// evaluation, nothing that matters has changed.
  func estimate(
    into diagonal: inout Vector<Problem.Scalar>, at x: Vector<Problem.Scalar>, draw: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)
}

extension DiagonalEstimator where Memory == Stateless {
  @inlinable public func allocate(_: Int, for _: Problem) -> Stateless { Stateless() }
}

/// ``Hutchinson``'s estimate u ⊙ ∇²f(x)u, for a method that takes any ``DiagonalEstimator``.
///
/// - **Demands**: ``HessianVectorObjective``.
/// - **Memory**: n.
/// - **Work per step**: one Hessian-vector product and O(n) a draw.
/// - **Guarantees**: those of ``Hutchinson``.
/// - **Reference**: that of ``Hutchinson``.
public struct HutchinsonDiagonal<Problem: HessianVectorObjective>: DiagonalEstimator {
  /// Where the probes come from.
  public var probes: Hutchinson

  @inlinable public init(_ probes: Hutchinson = Hutchinson()) { self.probes = probes }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Scratch<Problem.Scalar> {
    Scratch(dimension)
  }

  @inlinable public func estimate(
    into diagonal: inout Vector<Problem.Scalar>, at x: Vector<Problem.Scalar>, draw: Int,
    _ probe: inout Scratch<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try probes.estimate(at: x, draw: draw, probe: &probe.vector, product: &diagonal, asking: &oracle)
    diagonal.multiply(by: probe.vector)
  }
}

/// The Hessian's diagonal itself, from the dense Hessian.
///
/// - **Demands**: ``TwiceDifferentiableObjective``.
/// - **Memory**: n².
/// - **Work per step**: one Hessian a draw.
/// - **Guarantees**: no variance.
/// - **Reference**: none; it is what the others estimate.
public struct ExactDiagonal<Problem: TwiceDifferentiableObjective>: DiagonalEstimator {
  @inlinable public init() {}

  /// Room for the Hessian.
  public struct Memory: Workspace {
    @usableFromInline var hessian: Matrix<Problem.Scalar>
    /// The number of variables.
    public var shape: Int { hessian.rows }
    public init(shape n: Int) { hessian = Matrix(zeros: n, n) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(shape: dimension) }

  @inlinable public func estimate(
    into diagonal: inout Vector<Problem.Scalar>, at x: Vector<Problem.Scalar>, draw _: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try oracle.hessian(at: x, into: &memory.hessian)
    for i in diagonal.indices { diagonal[i] = memory.hessian[i, i] }
  }
}
