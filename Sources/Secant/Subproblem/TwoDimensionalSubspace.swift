/// The least of the model in a plane within the ball: the plane of the gradient and the Newton step.
///
/// p minimises gᵀp + ½pᵀBp over span{g, B⁻¹g} within ‖p‖ ≤ Δ, to full accuracy. Where B is not positive definite the
/// plane is span{g, (B + αI)⁻¹g}, with α twice what the failed factorisation shows to be lacking, doubled until B + αI
/// is definite; where that step lies within the ball, so that only negative curvature leads further, it is span{g, z}
/// with z an approximate eigenvector of the least eigenvalue, by inverse iteration with the same factor.
///
/// - **Demands**: a ``DenseTrustRegionModel``.
/// - **Memory**: n² + 5n.
/// - **Work per step**: one Cholesky factorisation, n³/3 flops, where B is definite, else some more; O(n²).
/// - **Guarantees**: m is at least as low as at the Cauchy point, where B is definite also as at the points of the two
///   dogleg methods; a step from g = 0 follows negative curvature.
/// - **Reference**: Byrd, Schnabel and Shultz, *Mathematical Programming* 40 (1988) 247–263; Nocedal and Wright,
///   *Numerical Optimization*, 2nd ed., (4.17) and (4.18).
///
/// | paper | here |
/// | --- | --- |
/// | α | `α` |
/// | an orthonormal basis of the plane | `u`, `v` |
public struct TwoDimensionalSubspace<Model: DenseTrustRegionModel>: FactorisingSubproblem {
  @inlinable public init() {}

  /// A factor, the basis and the problem in the plane.
  public struct Memory: Sendable, Codable, Equatable {
    @usableFromInline var u: Scratch<Scalar>
    @usableFromInline var v: Scratch<Scalar>
    @usableFromInline var secular: SecularIteration<DenseFactor<Scalar>>
    @usableFromInline var plane: SecularIteration<TridiagonalFactor<Scalar>>
    @usableFromInline var T = Tridiagonal<Scalar>(shape: 2)
    @usableFromInline var slope = Scratch<Scalar>(2)
    @usableFromInline var h = Scratch<Scalar>(2)

    @inlinable init(_ n: Int) {
      u = Scratch(n)
      v = Scratch(n)
      secular = SecularIteration(DenseFactor(shape: n), dimension: n)
      plane = SecularIteration(TridiagonalFactor(shape: 2), dimension: 2)
    }
  }

  @inlinable public func allocate(_ dimension: Int) -> Memory { Memory(dimension) }

  @inlinable public func solve<Failure: Error>(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar, _ memory: inout Memory,
    matrix B: Matrix<Scalar>, charge: () throws(Failure) -> Void
  ) throws(Failure) -> ModelStep<Scalar> {
    let spectrum = memory.secular.factor.spectrum(of: B)
    let nothing = ModelStep<Scalar>(decrease: .nan, length: 0, isOnBoundary: false)
    let gNorm = g.norm
    guard spectrum.isFinite, gNorm.isFinite else { return nothing }

    // B + αI, α = 0 where that will do.
    var α: Scalar = 0
    while true {
      try charge()
      guard let shortfall = memory.secular.factor.factor(B, shift: α, &memory.v.vector) else { break }
      // B = 0 has no scale of its own.
      let least = spectrum.norm > 0 ? spectrum.norm * .ulpOfOne.squareRoot() : 1
      α = Swift.max(2 * (α + shortfall), 2 * α, least)
      guard α.isFinite else { return nothing }
    }
    p.set(g, times: -1)
    memory.secular.factor.solveLower(&p)
    let fall = p.norm
    memory.secular.factor.solveLowerTransposed(&p)
    let length = p.norm
    if α == 0 && length <= Δ {
      return ModelStep(decrease: fall * fall / 2, length: length, isOnBoundary: false)
    }
    if length <= Δ {
      _ = memory.secular.leastCurvature(startingAnew: true, gain: 0.99)
      memory.v.vector.copy(memory.secular.z.vector)
    } else {
      memory.v.vector.set(p, times: 1 / length)
    }
    return memory.leastInPlane(&p, g, gNorm, Δ, B)
  }
}

extension TwoDimensionalSubspace.Memory {
  @usableFromInline typealias Scalar = Model.Problem.Scalar

  /// The least of m in the plane of g and the unit vector in `v`.
  @inlinable mutating func leastInPlane(
    _ p: inout Vector<Scalar>, _ g: Vector<Scalar>, _ gNorm: Scalar, _ Δ: Scalar, _ B: Matrix<Scalar>
  ) -> ModelStep<Scalar> {
    // u along g, v beside it; where one of them is missing, the plane is a line.
    u.vector.set(g, times: 1 / g.largestMagnitude)
    let hasGradient = gNorm > 0 && u.vector.isFinite
    if hasGradient { u.vector.scale(by: 1 / u.vector.norm) } else { u.vector.copy(v.vector) }
    var hasPlane = hasGradient
    if hasGradient {
      for _ in 0..<2 where hasPlane {
        v.vector.add(u.vector, times: -v.vector.dot(u.vector))
        let rest = v.vector.norm
        hasPlane = rest > Scalar(g.count) * .ulpOfOne
        if hasPlane { v.vector.scale(by: 1 / rest) }
      }
    }
    B.symmetricMultiply(u.vector, into: &p)
    T.append(0, diagonal: u.vector.dot(p), neighbour: 0)
    if hasPlane {
      let uᵀBv = v.vector.dot(p)
      B.symmetricMultiply(v.vector, into: &p)
      T.append(1, diagonal: v.vector.dot(p), neighbour: uᵀBv)
    }
    slope.vector[0] = hasGradient ? gNorm : 0
    slope.vector[1] = 0
    plane.last = SecularModel()
    let spectrum = plane.factor.spectrum(of: T)
    let solution = plane.solve(
      &h.vector, gradient: slope.vector, operator: T, spectrum: spectrum, within: Δ, tolerance: 0
    ) { () throws(Never) in }
    p.set(u.vector, times: h.vector[0])
    if hasPlane { p.add(v.vector, times: h.vector[1]) }
    return solution.step
  }
}
