/// The cubic subproblem solved exactly, by the eigenvalues of B.
///
/// B = V diag(λ) Vᵀ is found once a point; each σ then costs two products with V and a few passes over n numbers. The
/// hard case is the easy one here.
///
/// - **Demands**: a ``DenseTrustRegionModel``.
/// - **Memory**: 4n².
/// - **Work per step**: an eigendecomposition, nominally 9n³ flops, where the point has moved, and 4n² flops.
/// - **Guarantees**: the global minimiser of the model, to rounding, definite or not.
/// - **Reference**: Cartis, Gould and Toint, *Math. Programming* 127 (2011) 245–295, section 6.1; Nesterov and Polyak,
///   *Math. Programming* 108 (2006) 177–205, section 5.
public struct DenseCubic<Model: DenseTrustRegionModel>: CubicSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  @inlinable public init() {}

  /// λ and V of the present point, and room to find them.
  public struct Memory: Sendable, Codable, Equatable {
    /// λ, ascending.
    @usableFromInline var values: Vector<Scalar>
    /// V.
    @usableFromInline var vectors: Matrix<Scalar>
    @usableFromInline var eigen: SymmetricEigen<Scalar>
    @usableFromInline var c: Scratch<Scalar>
    @usableFromInline var y: Scratch<Scalar>

    @usableFromInline init(_ n: Int) {
      values = Vector(zeros: n)
      vectors = Matrix(zeros: n, n)
      eigen = SymmetricEigen(dimension: n)
      c = Scratch(n)
      y = Scratch(n)
    }
  }

  @inlinable public func allocate(_ dimension: Int) -> Memory { Memory(dimension) }

  @inlinable public func solve(
    _ p: inout Vector<Scalar>, from current: Iterate<Scalar>, weight σ: Scalar, hasMoved: Bool,
    _ memory: inout Memory, model: Model, _ modelMemory: inout Model.Memory,
    asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Scalar> {
    if hasMoved {
      try oracle.chargeFactorisation(flops: Double(SymmetricEigen<Scalar>.flops(p.count)))
      let failure = memory.eigen.factor(model.matrix(modelMemory))
      memory.values.copy(memory.eigen.values)
      memory.vectors.copy(memory.eigen.vectors)
      // The failure has to be remembered too.
      if failure != nil { memory.values.fill(with: .nan) }
    }
    guard p.count > 0, !memory.values[0].isNaN else {
      return ModelStep(decrease: .nan, length: 0, isOnBoundary: false)
    }
    memory.vectors.multiply(current.gradient, into: &memory.c.vector, transposed: true)
    let step = memory.c.vector.withUnsafeBufferPointer { c in
      memory.values.withUnsafeBufferPointer { values in
        memory.y.vector.withUnsafeMutableBufferPointer { y in
          lowerCubic(
            c.baseAddress!, values.baseAddress!, count: values.count, weight: σ, into: y.baseAddress!)
        }
      }
    }
    memory.vectors.multiply(memory.y.vector, into: &p)
    return step
  }
}
