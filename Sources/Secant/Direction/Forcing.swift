/// How far an inexact Newton method solves its linear system: ‖∇²f p + ∇f‖ ≤ η‖∇f‖, or so many products.
///
/// η = min(`loosest`, √(‖∇f‖ / max ‖∇f‖)), with the greatest norm met so far. The literature writes √‖∇f‖, which is
/// another method for f than for 10¹⁰f; relative to the greatest it is the same, and convergence is superlinear still,
/// also where the start is nearly stationary.
///
/// - **Reference**: Dembo, Eisenstat and Steihaug, *SIAM J. Numer. Anal.* 19 (1982) 400–408; Nocedal and Wright,
///   *Numerical Optimization*, 2nd ed., section 7.1.
public struct Forcing<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// The greatest η, far from the minimum: between 0 and 1.
  public var loosest: Scalar
  /// The most products of one step; nil allows twice as many as there are variables, and at least 20.
  public var maximumProducts: Int?

  @inlinable public init(loosest: Scalar = 0.5, maximumProducts: Int? = nil) {
    self.loosest = loosest
    self.maximumProducts = maximumProducts
  }

  /// η.
  @inlinable func tolerance(_ norm: Scalar, greatest: Scalar) -> Scalar {
    Swift.min(loosest, (norm / greatest).squareRoot())
  }

  /// The most products of a step in n variables.
  @inlinable func products(_ n: Int) -> Int { maximumProducts ?? Swift.max(2 * n, 20) }

  var complaint: String? {
    if let maximumProducts, maximumProducts < 1 {
      return "maximumProducts is \(maximumProducts): allow at least 1, or nil for twice the variables."
    }
    return loosest > 0 && loosest < 1
      ? nil : "loosest (η) is \(loosest): choose a number between 0 and 1, such as 0.5."
  }
}

/// What truncated conjugate gradients work with: their vectors, and the greatest ‖∇f‖ so far.
public struct ConjugateGradientMemory<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// The greatest ‖∇f‖ so far, 0 before the first step.
  @usableFromInline var greatestNorm: Scalar = 0
  @usableFromInline var r: Scratch<Scalar>
  @usableFromInline var d: Scratch<Scalar>
  @usableFromInline var Bd: Scratch<Scalar>

  @inlinable init(_ n: Int) {
    r = Scratch(n)
    d = Scratch(n)
    Bd = Scratch(n)
  }

  /// r ← g/γ with γ the power of two next to ‖g‖: in these units no square of a residual overflows, and nothing is
  /// rounded. Says what γ is, ‖g‖ in units of it, and η; nil where g is not finite.
  @inlinable mutating func begin(
    _ g: Vector<Scalar>, _ forcing: Forcing<Scalar>
  ) -> (γ: Scalar, norm: Scalar, η: Scalar)? {
    let norm = g.norm
    guard norm.isFinite else { return nil }
    greatestNorm = Swift.max(greatestNorm, norm)
    let γ = Scalar(
      sign: .plus, exponent: Swift.max(norm.exponent, Scalar.leastNormalMagnitude.exponent), significand: 1)
    r.vector.set(g, times: 1 / γ)
    return (γ, norm / γ, forcing.tolerance(norm, greatest: greatestNorm))
  }

  /// p ← p + αd, r ← r + αBd.
  @inlinable mutating func advance(_ p: inout Vector<Scalar>, by α: Scalar) {
    p.add(d.vector, times: α)
    r.vector.add(Bd.vector, times: α)
  }
}
