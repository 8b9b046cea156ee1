public import SecantLinearAlgebra

/// The Hessian of a problem as a sparse matrix: its pattern traced once, and then a product for each colour.
///
/// ```swift
/// var sparse = SparseHessian(of: problem, at: x)
/// var hessian = sparse.evaluate(at: x)
/// hessian.multiply(v, into: &product)
/// sparse.evaluate(at: y, into: &hessian)
/// ```
///
/// The pattern is that of the recorded branch: an element is stored where ∂²f/∂xᵢ∂xⱼ can be other than zero at some point
/// that takes it. At every evaluation the steps on the tape are compared with the traced ones; where a branch went
/// elsewhere they are traced anew, and what is new joins the pattern, which never shrinks.
///
/// - **Demands**: a ``RecordedObjective``.
/// - **Memory**: 16 bytes for each step of the tape, some 50 for each element.
/// - **Work**: tracing and colouring, a few sweeps over the tape; an evaluation, `productCount` products.
/// - **Guarantees**: the matrix is symmetric, and that of the products to the last bit.
/// - **Reference**: Gower and Mello, *Optim. Methods Softw.* 27 (2012) 251–273, for the pattern; ``Colouring``.
public struct SparseHessian<Scalar: LAPACKScalar> {
  private var matrix: TracedMatrix<Scalar>

  /// Traces the Hessian of a problem at a point.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - x: where its formula is recorded; of the numbers only the branches that they take matter.
  public init(of problem: some RecordedObjective<Scalar>, at x: Vector<Scalar>) {
    matrix = TracedMatrix(.hessian, of: problem.recorder, at: x)
  }

  /// Where the Hessian has elements, in both triangles.
  public var pattern: SparsityPattern { matrix.pattern }
  /// A star colouring of the pattern.
  public var colouring: Colouring { matrix.colouring }
  /// How often the structure has been traced: more than once where branches went elsewhere.
  public var tracings: Int { matrix.tracings }
  /// How many products with the Hessian an evaluation takes.
  public var productCount: Int { matrix.sweepCount }

  /// Writes ∇²f(x). Where the matrix has another pattern it is replaced; otherwise nothing is allocated.
  ///
  /// - Parameters:
  ///   - x: the point.
  ///   - hessian: where the matrix goes.
  public mutating func evaluate(at x: Vector<Scalar>, into hessian: inout SparseMatrix<Scalar>) {
    matrix.evaluate(at: x, into: &hessian)
  }

  /// ∇²f(x).
  ///
  /// - Parameter x: the point.
  public mutating func evaluate(at x: Vector<Scalar>) -> SparseMatrix<Scalar> {
    var hessian = SparseMatrix<Scalar>(zeros: pattern)
    evaluate(at: x, into: &hessian)
    return hessian
  }
}
