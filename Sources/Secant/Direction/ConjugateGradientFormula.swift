/// β in d₊ = −g₊ + βd, by which nonlinear conjugate gradients tell themselves apart.
///
/// | case | β | reference |
/// | --- | --- | --- |
/// | ``fletcherReeves`` | ‖g₊‖² / ‖g‖² | Fletcher and Reeves, *Computer Journal* 7 (1964) |
/// | ``polakRibière`` | max(0, g₊ᵀy / ‖g‖²), PR+ | Polak and Ribière (1969); Gilbert and Nocedal, *SIAM J. Optim.* 2 (1992) |
/// | ``hestenesStiefel`` | g₊ᵀy / dᵀy | Hestenes and Stiefel, *J. Res. NBS* 49 (1952) |
/// | ``daiYuan`` | ‖g₊‖² / dᵀy | Dai and Yuan, *SIAM J. Optim.* 10 (1999) |
/// | ``hagerZhang`` | max(βᴺ, 0.4 dᵀg / ‖d‖²) | Hager and Zhang, *SIAM J. Optim.* 23 (2013) |
/// | ``hagerZhang2005`` | max(βᴺ, −1 / (‖d‖ min(0.01, ‖g‖))) | Hager and Zhang, *SIAM J. Optim.* 16 (2005) |
///
/// with y = g₊ − g and βᴺ = (y − 2d ‖y‖²/dᵀy)ᵀg₊ / dᵀy. On a quadratic with exact search all are equal.
public enum ConjugateGradientFormula: String, Sendable, Codable, Equatable, CaseIterable {
  /// Converges on every smooth function under a strong Wolfe search with c₂ < ½, and may take many short steps in a
  /// row: after a bad direction β is nearly 1 and the next one is as bad.
  case fletcherReeves
  /// PR+: begins anew by itself where the gradient changed little.
  case polakRibière
  /// Keeps d₊ᵀy = 0, conjugacy, whatever the search.
  case hestenesStiefel
  /// Leads downhill under any Wolfe search; jams like ``fletcherReeves``.
  case daiYuan
  /// CG_DESCENT from version 3 on: g₊ᵀd₊ ≤ −⅞‖g₊‖² whatever the search, and a lower bound that follows f's scale.
  case hagerZhang
  /// CG_DESCENT as first published: the lower bound is an absolute number, so that f and 10¹⁰f part ways.
  case hagerZhang2005

  /// β, from the inner products that the formula asks for.
  ///
  /// - Parameters:
  ///   - y: room for g₊ − g.
  ///   - d: the last direction.
  ///   - g: the gradient that d left.
  ///   - g₊: the gradient now.
  ///   - gᵀg: ‖g‖².
  ///   - g₊ᵀg₊: ‖g₊‖².
  ///   - dᵀg: the slope with which d set out.
  @inlinable func β<Scalar: LAPACKScalar>(
    _ y: inout Vector<Scalar>, _ d: Vector<Scalar>, from g: Vector<Scalar>, to g₊: Vector<Scalar>,
    _ gᵀg: Scalar, _ g₊ᵀg₊: Scalar, _ dᵀg: Scalar
  ) -> Scalar {
    switch self {
    case .fletcherReeves: return g₊ᵀg₊ / gᵀg
    case .daiYuan: return g₊ᵀg₊ / (d.dot(g₊) - dᵀg)
    case .polakRibière:
      y.set(g₊, minus: g)
      return Swift.max(0, y.dot(g₊) / gᵀg)
    case .hestenesStiefel:
      y.set(g₊, minus: g)
      return y.dot(g₊) / d.dot(y)
    case .hagerZhang, .hagerZhang2005:
      y.set(g₊, minus: g)
      let dᵀy = d.dot(y)
      let βᴺ = (y.dot(g₊) - 2 * (y.squaredNorm / dᵀy) * d.dot(g₊)) / dᵀy
      let dᵀd = d.squaredNorm
      let bound =
        self == .hagerZhang
        ? 0.4 * dᵀg / dᵀd : -1 / (dᵀd.squareRoot() * Swift.min(0.01, gᵀg.squareRoot()))
      return Swift.max(βᴺ, bound)
    }
  }
}
