public import SecantLinearAlgebra

/// Hutchinson's estimate of the Hessian's diagonal from one Hessian-vector product.
///
/// ĥ = u ⊙ ∇²f(x)u with independent signs uᵢ = ±1 (Rademacher), or normal numbers uᵢ (Gaussian).
///
/// - **Demands**: ``HessianVectorObjective``.
/// - **Memory**: the caller's two vectors.
/// - **Work per step**: one Hessian-vector product and O(n).
/// - **Guarantees**: unbiased, E ĥᵢ = Hᵢᵢ, with the variance Σ_{j≠i} Hᵢⱼ², the least of all independent probes of
///   unit variance: exact where the Hessian is diagonal. Gaussian probes add 2Hᵢᵢ² to it. The trace Σĥᵢ has the variance 2Σ_{j≠i} Hᵢⱼ² over all
///   pairs. The u of a draw is a function of the seed and the draw's number alone.
/// - **Reference**: Hutchinson, *Comm. Statist. Simulation Comput.* 19 (1990); Bekas, Kokiopoulou and Saad,
///   *Appl. Numer. Math.* 57 (2007).
public struct Hutchinson: Sendable, Equatable, Codable {
  /// The seed of the probes: the same seed and draw give the same u on every machine.
  public var seed: UInt64

  /// What the elements of u are.
  public var probe: Probe

  /// The distribution of a probe's elements.
  public enum Probe: String, Hashable, Sendable, Codable {
    /// 1 or −1, each with the probability ½.
    case rademacher
    /// Normal, with mean 0 and variance 1.
    case gaussian
  }

  @inlinable public init(seed: UInt64 = 0, probe: Probe = .rademacher) {
    self.seed = seed
    self.probe = probe
  }

  /// Writes u into `probe` and ∇²f(x)u into `product`; the estimate is their elementwise product.
  ///
  /// `draw` is the number of the draw, at least 0: the same number gives the same u.
  @inlinable public func estimate<Problem: HessianVectorObjective>(
    at x: Vector<Problem.Scalar>, draw: Int, probe u: inout Vector<Problem.Scalar>,
    product: inout Vector<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    var generator = RandomGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: draw))
    switch probe {
    case .rademacher: generator.fillRademacher(&u)
    case .gaussian: generator.fillNormal(&u)
    }
    try oracle.hessian(times: u, at: x, into: &product)
  }
}
