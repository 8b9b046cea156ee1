public import SecantLinearAlgebra

/// A problem whose products with the Hessian come from a sparse matrix, made once for each point.
///
/// ```swift
/// let problem = WithSparseHessian(Differentiated(f), at: start)
/// let outcome = minimize(problem, from: start, using: .newtonCG())
/// ```
///
/// The first product at a point makes the matrix, and the others multiply with it: worth while where a method asks for more
/// products at a point than there are colours.
///
/// - **Demands**: a ``RecordedObjective``, and that a run has a problem of its own: what it remembers is the last matrix.
/// - **Memory**: that of ``SparseHessian``, and the matrix.
/// - **Work**: ``SparseHessian/productCount`` products for the first one at a point, 2 flops an element for each
///   further one. So it stands in the ledger: the first product at the point of the last question is charged as all
///   of them, further ones as none; a matrix that was not foreseen is charged with the next product.
/// - **Guarantees**: the products are those of the base up to rounding.
public struct WithSparseHessian<Base: RecordedObjective>: TwiceDifferentiableObjective {
  public typealias Scalar = Base.Scalar

  /// The problem itself.
  public let base: Base
  @usableFromInline let memory: SparseHessianMemory<Scalar>

  /// A problem with a sparse Hessian, traced at a point.
  public init(_ base: Base, at x: Vector<Scalar>) {
    self.base = base
    memory = SparseHessianMemory(SparseHessian(of: base, at: x))
  }

  @inlinable public var dimension: Int? { memory.dimension }
  @inlinable public var complaint: String? { base.complaint }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar { base.value(at: x) }

  @inlinable public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar
  {
    memory.expect(x)
    return base.valueAndGradient(at: x, into: &gradient)
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    memory.settle(at: x)
    memory.matrix.multiply(v, into: &product)
  }

  public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    memory.evaluate(at: x)
    hessian.fill(with: 0)
    for (p, (i, j)) in memory.matrix.pattern.places.enumerated() { hessian[i, j] = memory.matrix.elements[p] }
  }

  /// ∇²f(x) itself.
  public func sparseHessian(at x: Vector<Scalar>) -> SparseMatrix<Scalar> {
    memory.evaluate(at: x)
    return memory.matrix
  }

  public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    let charge = base.charge(for: evaluation, dimension: dimension)
    return evaluation == .hessianVectorProduct ? memory.productsToCharge * charge : charge
  }
}

/// The last matrix, its point, and the point of the last question.
@usableFromInline final class SparseHessianMemory<Scalar: LAPACKScalar> {
  private var sparse: SparseHessian<Scalar>
  @usableFromInline private(set) var matrix: SparseMatrix<Scalar>
  private var point: Vector<Scalar>
  private var asked: Vector<Scalar>
  private var hasMatrix = false
  private var owed = 0

  init(_ sparse: SparseHessian<Scalar>) {
    self.sparse = sparse
    matrix = SparseMatrix(zeros: sparse.pattern)
    point = Vector(zeros: sparse.pattern.columns)
    asked = Vector(zeros: sparse.pattern.columns)
  }

  @usableFromInline var dimension: Int { point.count }

  /// The next product is taken to be asked for at the point of the last question.
  var productsToCharge: Int { owed + (holds(asked) ? 0 : sparse.productCount) }

  @usableFromInline func expect(_ x: Vector<Scalar>) { asked.copy(x) }

  /// Makes the matrix for a product that has been charged.
  @usableFromInline func settle(at x: Vector<Scalar>) {
    let wasForeseen = !holds(asked)
    expect(x)
    owed = evaluate(at: x) && !wasForeseen ? sparse.productCount : 0
  }

  /// Makes the matrix where it is that of another point, and says whether it did.
  @discardableResult func evaluate(at x: Vector<Scalar>) -> Bool {
    if holds(x) { return false }
    sparse.evaluate(at: x, into: &matrix)
    point.copy(x)
    hasMatrix = true
    return true
  }

  private func holds(_ x: Vector<Scalar>) -> Bool {
    guard hasMatrix, x.count == point.count else { return false }
    return point.withUnsafeBufferPointer { point in
      x.withUnsafeBufferPointer { x in
        x.baseAddress.map { areBitwiseEqual(point.baseAddress, $0, x.count) } ?? true
      }
    }
  }
}
