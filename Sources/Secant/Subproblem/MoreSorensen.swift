/// The nearly exact step: the λ ≥ 0 for which p = −(B + λI)⁻¹g has norm Δ, by Cholesky factorisations.
///
/// p minimises m(p) = gᵀp + ½pᵀBp within ‖p‖ ≤ Δ exactly where (B + λI)p = −g with λ(Δ − ‖p‖) = 0 and B + λI positive
/// semidefinite. λ = 0 is tried first, then Newton's method on 1/‖p(λ)‖ = 1/Δ from the λ that the last step suggests,
/// within bounds that every factorisation tightens. In the hard case, where g has no part along the eigenvectors of the
/// least eigenvalue, p(λ) stays short, and such an eigenvector takes it to the boundary.
///
/// - **Demands**: a ``DenseTrustRegionModel``.
/// - **Memory**: n² + 3n.
/// - **Work per step**: mostly one or two factorisations of n³/3 flops, and O(n²).
/// - **Guarantees**: m(0) − m(p) is at least (1 − σ)² of the most that is possible, and |‖p‖ − Δ| ≤ σΔ at the boundary,
///   also where B is indefinite or g = 0. ``Memory/certificate`` says how well the conditions hold.
/// - **Reference**: Moré and Sorensen, *SIAM J. Sci. Stat. Comput.* 4 (1983) 553–572; Conn, Gould and Toint,
///   *Trust-Region Methods* (2000), algorithm 7.3.4.
///
/// | paper | here |
/// | --- | --- |
/// | σ₁ | `tolerance` |
/// | λ_L, λ_U | `λL`, `λU` in `SecularIteration` |
/// | ẑ, τ | `z`, `τ` |
public struct MoreSorensen<Model: DenseTrustRegionModel>: FactorisingSubproblem {
  /// σ₁, how exactly: 0.1 is what pays in a run, 1e-12 as exact as `Double` allows.
  public var tolerance: Scalar

  @inlinable public init(tolerance: Scalar = 0.1) { self.tolerance = tolerance }

  /// The factor, and what the last solution says about the next.
  public struct Memory: Sendable, Codable, Equatable {
    /// The conditions at the last step; nil before it, and where the model was not finite.
    public var certificate: KKTCertificate<Scalar>?
    @usableFromInline var secular: SecularIteration<DenseFactor<Scalar>>

    @inlinable init(_ n: Int) { secular = SecularIteration(DenseFactor(shape: n), dimension: n) }
  }

  @inlinable public func allocate(_ dimension: Int) -> Memory { Memory(dimension) }

  @inlinable public func solve<Failure: Error>(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar, _ memory: inout Memory,
    matrix B: Matrix<Scalar>, charge: () throws(Failure) -> Void
  ) throws(Failure) -> ModelStep<Scalar> {
    memory.certificate = nil
    let spectrum = memory.secular.factor.spectrum(of: B)
    let solution = try memory.secular.solve(
      &p, gradient: g, operator: B, spectrum: spectrum, within: Δ, tolerance: tolerance, charge: charge)
    guard solution.decrease.isFinite else {
      return ModelStep(decrease: .nan, length: solution.length, isOnBoundary: false)
    }
    // (B + λI)p + g
    memory.secular.w.vector.copy(g)
    memory.secular.w.vector.add(p, times: solution.λ)
    B.symmetricMultiply(p, into: &memory.secular.w.vector, adding: 1)
    let residual = memory.secular.w.vector.norm
    let scale = g.norm + (spectrum.norm + solution.λ) * solution.length
    let complementarity = solution.λ * (Δ - solution.length)
    if (residual / scale).isFinite || residual == 0, complementarity.isFinite {
      memory.certificate = KKTCertificate(
        multiplier: solution.λ, residual: residual == 0 ? 0 : residual / scale,
        complementarity: complementarity, isHard: solution.isHard, factorisations: solution.factorisations)
    }
    return solution.step
  }

  public var complaint: String? {
    tolerance > 0 && tolerance < 1
      ? nil : "tolerance (σ₁) is \(tolerance): choose a number between 0 and 1, such as 0.1."
  }
}

/// B + λI for a matrix B, by Cholesky.
@usableFromInline struct DenseFactor<Scalar: LAPACKScalar>: ShiftedFactor {
  @usableFromInline let shape: Int
  @usableFromInline var cholesky: Cholesky<Scalar>
  @usableFromInline var sums: Vector<Scalar>

  @usableFromInline init(shape n: Int) {
    shape = n
    cholesky = Cholesky(dimension: n)
    sums = Vector(zeros: n)
  }

  @inlinable mutating func spectrum(of B: Matrix<Scalar>) -> Spectrum<Scalar> {
    let n = shape
    precondition(
      B.rows == n && B.columns == n,
      "a subproblem in \(n) variables was given a matrix of \(B.rows) × \(B.columns)")
    // Of the rows' magnitudes beside the diagonal, which the lower triangle holds once for two rows.
    sums.fill(with: 0)
    var spectrum = Spectrum<Scalar>()
    sums.withUnsafeMutableBufferPointer { sums in
      B.withUnsafeBufferPointer { B in
        for j in 0..<n {
          var sum: Scalar = 0
          for i in j + 1..<Swift.max(n, j + 1) {
            let magnitude = abs(B[i + j * n])
            sum += magnitude
            sums[i] += magnitude
          }
          spectrum.add(diagonal: B[j * (n + 1)], others: sums[j] + sum)
        }
      }
    }
    return spectrum
  }

  @inlinable mutating func factor(
    _ B: Matrix<Scalar>, shift λ: Scalar, _ v: inout Vector<Scalar>
  ) -> Scalar? {
    switch cholesky.factor(B, addingToDiagonal: λ) {
    case nil: nil
    case .notPositiveDefinite(let k):
      cholesky.negativeCurvature(of: B, addingToDiagonal: λ, leadingMinor: k, into: &v)
    default: 0
    }
  }

  @inlinable func solveLower(_ b: inout Vector<Scalar>) { cholesky.solveLower(&b) }
  @inlinable func solveLowerTransposed(_ b: inout Vector<Scalar>) { cholesky.solveLowerTransposed(&b) }
}
