/// The cubic subproblem solved in the Krylov subspace of B and g, by Lanczos' method.
///
/// Orthonormal Q, whose first column is g/‖g‖, with BQ = QT + βqeᵀ. In that subspace the cubic is one of as many
/// variables as Q has columns, and T tridiagonal: it is solved exactly. The subspace grows until the residual of the
/// whole, β|last element of y|, is at most η‖g‖ (``Forcing``).
///
/// - **Demands**: products with B.
/// - **Memory**: k + 2 vectors of n and a matrix of order k, for at most k products.
/// - **Work per step**: a product with B and 8jn + O(j³) flops in the j-th step of Lanczos' method.
/// - **Guarantees**: m is at least as low as at the Cauchy point, which is the first one.
/// - **Reference**: Cartis, Gould and Toint, *Math. Programming* 127 (2011) 245–295, section 6.2.
///
/// | paper | here |
/// | --- | --- |
/// | Q, T | `basis`; `α` on the diagonal, `β` beside it |
/// | u | `y`, in the eigenvectors `s` of T |
/// | θ‖g‖ | `forcing.tolerance` · ‖g‖ |
public struct KrylovCubic<Model: TrustRegionModel>: CubicSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  /// How exactly the subproblem is solved.
  public var forcing: Forcing<Scalar>
  /// k, the most products of a step: the size of the subspace that is allocated.
  public var dimensions: Int

  @inlinable public init(forcing: Forcing<Scalar> = .init(loosest: 0.1), dimensions: Int = 50) {
    self.forcing = forcing
    self.dimensions = dimensions
  }

  /// The greatest ‖∇f‖ so far, and room for the subspace.
  public struct Memory: Sendable, Codable, Equatable {
    @usableFromInline var greatestNorm: Scalar = 0
    @usableFromInline var subspace: Subspace
    @usableFromInline init(_ subspace: Subspace) { self.subspace = subspace }
  }

  /// Q, T and what solves the cubic in them; nothing depends on it once the step is chosen.
  @usableFromInline struct Subspace: Workspace {
    @usableFromInline let shape: MatrixShape
    @usableFromInline var basis: Vector<Scalar>
    @usableFromInline var q: Vector<Scalar>
    @usableFromInline var w: Vector<Scalar>
    @usableFromInline var h: Vector<Scalar>
    @usableFromInline var α: Vector<Scalar>
    @usableFromInline var β: Vector<Scalar>
    @usableFromInline var values: Vector<Scalar>
    @usableFromInline var offDiagonal: Vector<Scalar>
    @usableFromInline var s: Vector<Scalar>
    @usableFromInline var work: Vector<Scalar>
    @usableFromInline var c: Vector<Scalar>
    @usableFromInline var y: Vector<Scalar>

    @usableFromInline init(shape: MatrixShape) {
      self.shape = shape
      let (n, k) = (shape.rows, shape.columns)
      func zeros(_ count: Int) -> Vector<Scalar> { Vector(zeros: Swift.max(count, 1)) }
      (basis, q, w) = (zeros(n * k), Vector(zeros: n), Vector(zeros: n))
      (h, α, β, values, offDiagonal) = (zeros(k), zeros(k), zeros(k), zeros(k), zeros(k))
      (s, work, c, y) = (zeros(k * k), zeros(2 * k), zeros(k), zeros(k))
    }
  }

  @inlinable public func allocate(_ dimension: Int) -> Memory {
    Memory(
      Subspace(shape: MatrixShape(rows: dimension, columns: Swift.min(dimension, Swift.max(1, dimensions)))))
  }

  @inlinable public func solve(
    _ p: inout Vector<Scalar>, from current: Iterate<Scalar>, weight σ: Scalar, hasMoved _: Bool,
    _ memory: inout Memory, model: Model, _ modelMemory: inout Model.Memory,
    asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Scalar> {
    let norm = current.gradient.norm
    memory.greatestNorm = Swift.max(memory.greatestNorm, norm)
    let tolerance = forcing.tolerance(norm, greatest: memory.greatestNorm) * norm
    var step = ModelStep<Scalar>(decrease: .nan, length: 0, isOnBoundary: false)
    memory.subspace.q.set(current.gradient, times: 1 / norm)
    let steps = Swift.min(memory.subspace.shape.columns, forcing.maximumProducts ?? .max)
    for j in 0..<steps {
      try model.multiply(
        memory.subspace.q, at: current, into: &memory.subspace.w, &modelMemory, asking: &oracle)
      guard memory.subspace.w.squaredNorm.isFinite || memory.subspace.w.largestMagnitude.isFinite else {
        return ModelStep(decrease: .nan, length: 0, isOnBoundary: false)
      }
      memory.subspace.extend(j)
      guard let residual = memory.subspace.solve(j + 1, norm, σ, &step) else { return step }
      let isClosed = memory.subspace.β[j] <= Scalar(p.count) * .ulpOfOne * memory.subspace.scale(j + 1)
      if residual <= tolerance || isClosed || j == steps - 1 {
        memory.subspace.form(j + 1, &p)
        return step
      }
      memory.subspace.q.set(memory.subspace.w, times: 1 / memory.subspace.β[j])
    }
    return step
  }

  public var complaint: String? {
    dimensions >= 1 ? forcing.complaint : "dimensions is \(dimensions): allow at least 1, such as 50."
  }
}

extension KrylovCubic.Subspace {
  /// Takes q into the basis, and orthogonalises w = Bq against it.
  @usableFromInline mutating func extend(_ j: Int) {
    let n = shape.rows
    q.withUnsafeBufferPointer { q in
      basis.withUnsafeMutableBufferPointer { basis in
        for i in 0..<n { basis[j * n + i] = q[i] }
      }
    }
    // Against the whole basis, twice: once leaves the loss of orthogonality that Lanczos is known for.
    orthogonalise(j + 1)
    α[j] = h[j]
    orthogonalise(j + 1)
    α[j] += h[j]
    β[j] = w.norm
  }

  /// h ← Qᵀw, w ← w − Qh.
  private mutating func orthogonalise(_ count: Int) {
    let n = shape.rows
    basis.withUnsafeBufferPointer { basis in
      h.withUnsafeMutableBufferPointer { h in
        w.withUnsafeMutableBufferPointer { w in
          Model.Problem.Scalar._gemv(
            true, n, count, 1, basis.baseAddress!, n, w.baseAddress!, 0, h.baseAddress!)
          Model.Problem.Scalar._gemv(
            false, n, count, -1, basis.baseAddress!, n, h.baseAddress!, 1, w.baseAddress!)
        }
      }
    }
  }

  /// The greatest eigenvalue of T in magnitude.
  @usableFromInline func scale(_ count: Int) -> Model.Problem.Scalar {
    Swift.max(abs(values[0]), abs(values[count - 1]))
  }

  /// Solves the cubic in the first `count` columns; the residual of the whole, or nil where T has no eigenvalues.
  @usableFromInline mutating func solve(
    _ count: Int, _ norm: Model.Problem.Scalar, _ σ: Model.Problem.Scalar,
    _ step: inout ModelStep<Model.Problem.Scalar>
  ) -> Model.Problem.Scalar? {
    for i in 0..<count {
      values[i] = α[i]
      offDiagonal[i] = β[i]
    }
    let info = values.withUnsafeMutableBufferPointer { d in
      offDiagonal.withUnsafeMutableBufferPointer { e in
        s.withUnsafeMutableBufferPointer { s in
          work.withUnsafeMutableBufferPointer {
            Model.Problem.Scalar._stev(
              count, d.baseAddress!, e.baseAddress!, s.baseAddress!, count, $0.baseAddress!)
          }
        }
      }
    }
    guard info == 0 else {
      step.decrease = .nan
      return nil
    }
    // g = ‖g‖Qe₁.
    for i in 0..<count { c[i] = norm * s[i * count] }
    step = c.withUnsafeBufferPointer { c in
      values.withUnsafeBufferPointer { values in
        y.withUnsafeMutableBufferPointer { y in
          lowerCubic(c.baseAddress!, values.baseAddress!, count: count, weight: σ, into: y.baseAddress!)
        }
      }
    }
    var last: Model.Problem.Scalar = 0
    for i in 0..<count { last += s[i * count + count - 1] * y[i] }
    return β[count - 1] * abs(last)
  }

  /// p ← Q S y.
  @usableFromInline mutating func form(_ count: Int, _ p: inout Vector<Model.Problem.Scalar>) {
    let n = shape.rows
    s.withUnsafeBufferPointer { s in
      y.withUnsafeBufferPointer { y in
        h.withUnsafeMutableBufferPointer {
          Model.Problem.Scalar._gemv(
            false, count, count, 1, s.baseAddress!, count, y.baseAddress!, 0, $0.baseAddress!)
        }
      }
    }
    basis.withUnsafeBufferPointer { basis in
      h.withUnsafeBufferPointer { h in
        p.withUnsafeMutableBufferPointer {
          Model.Problem.Scalar._gemv(
            false, n, count, 1, basis.baseAddress!, n, h.baseAddress!, 0, $0.baseAddress!)
        }
      }
    }
  }
}
