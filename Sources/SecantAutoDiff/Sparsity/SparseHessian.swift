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
  /// Where the Hessian has elements, in both triangles.
  public private(set) var pattern: SparsityPattern
  /// A star colouring of the pattern.
  public private(set) var colouring: Colouring
  /// How often the structure has been traced: more than once where branches went elsewhere.
  public private(set) var tracings = 1

  private let recorder: Recorder<Scalar>
  private var recording: Recording
  private var compression: Compression<Scalar>

  /// Traces the Hessian of a problem at a point.
  ///
  /// - Parameters:
  ///   - problem: the problem.
  ///   - x: where its formula is recorded; of the numbers only the branches that they take matter.
  public init(of problem: some RecordedObjective<Scalar>, at x: Vector<Scalar>) {
    let recorder = problem.recorder
    var recording: Recording?
    recorder.withTape(x) { recording = Recording($0) }
    self.recorder = recorder
    self.recording = recording!
    pattern = self.recording.hessianPattern(ofSquares: recorder.isSquares)
    colouring = Colouring(starOfSymmetric: pattern)
    compression = Compression(starsOf: pattern, colouring)
  }

  /// How many products with the Hessian an evaluation takes.
  public var productCount: Int { compression.count }

  /// Writes ∇²f(x). Where the matrix has another pattern it is replaced; otherwise nothing is allocated.
  ///
  /// - Parameters:
  ///   - x: the point.
  ///   - hessian: where the matrix goes.
  public mutating func evaluate(at x: Vector<Scalar>, into hessian: inout SparseMatrix<Scalar>) {
    precondition(
      x.count == pattern.columns,
      "a point of \(x.count) elements for a Hessian of \(pattern.columns) variables")
    recorder.withTape(x) { tape in
      if !recording.isHeld(by: tape) { trace(tape) }
      if hessian.pattern != pattern { hessian = SparseMatrix(zeros: pattern) }
      compression.evaluate(into: &hessian.elements) { v, product in
        if recorder.isSquares {
          tape.productOfHalfSquares(with: v, into: &product)
        } else {
          tape.product(with: v, into: &product)
        }
      }
    }
  }

  /// ∇²f(x).
  ///
  /// - Parameter x: the point.
  public mutating func evaluate(at x: Vector<Scalar>) -> SparseMatrix<Scalar> {
    var hessian = SparseMatrix<Scalar>(zeros: pattern)
    evaluate(at: x, into: &hessian)
    return hessian
  }

  private mutating func trace(_ tape: Tape<Scalar>) {
    tracings += 1
    recording = Recording(tape)
    let found = recording.hessianPattern(ofSquares: recorder.isSquares)
    // A colouring serves every smaller pattern, too.
    if pattern.isSuperset(of: found) { return }
    pattern = pattern.union(found)
    colouring = Colouring(starOfSymmetric: pattern)
    compression = Compression(starsOf: pattern, colouring)
  }
}
