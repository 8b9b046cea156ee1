/// The inverse Hessian of the dense quasi-Newton methods, and what the next update of it needs.
///
/// Every update of the family is H₊ = H + a ssᵀ + b (s (Hy)ᵀ + Hy sᵀ) + c Hy (Hy)ᵀ, with s = x₊ − x, y = g₊ − g:
/// three numbers tell BFGS, DFP and SR1 apart (`InverseUpdate`). The identity of the first step is replaced by
/// γI, and later matrices are scaled, as ``SelfScaling`` says.
///
/// - **Demands**: pairs of points and their gradients.
/// - **Memory**: n² + 4n.
/// - **Work per step**: one `symv` and one `syr2`, 4n² flops: Hy = Hg₊ − Hg spares a second product, and H₊g₊ is Hg₊
///   and two multiples of vectors.
/// - **Guarantees**: a pair that fails its test changes nothing.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., chapter 6.
public struct InverseHessian<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// H, of which the lower triangle counts.
  public var matrix: Matrix<Scalar>
  /// When H was forgotten, and why.
  public var restarts = Restarts()
  /// Whether H is more than the identity.
  @usableFromInline var isUpdated = false
  /// Hg at the point of the last step, and that step's number.
  @usableFromInline var Hg: Vector<Scalar>
  @usableFromInline var iteration = -1
  @usableFromInline var s: Scratch<Scalar>
  @usableFromInline var y: Scratch<Scalar>
  @usableFromInline var Hy: Scratch<Scalar>

  @usableFromInline init(_ n: Int) {
    matrix = Matrix(identity: n)
    Hg = Vector(zeros: n)
    s = Scratch(n)
    y = Scratch(n)
    Hy = Scratch(n)
  }

  /// H ← I.
  @inlinable mutating func reset() {
    matrix.fill(with: 0)
    matrix.addToDiagonal(1)
    isUpdated = false
  }

  /// H ← I, with a note why.
  @inlinable mutating func restart(_ reason: Restarts.Reason, at iteration: Int) {
    reset()
    restarts.note(reason, at: iteration)
  }

  /// Forgets H after a search that found nothing; false where it is the identity already.
  @inlinable mutating func restartAfterFailedSearch(at iteration: Int) -> Bool {
    guard isUpdated else { return false }
    restart(.failedSearch, at: iteration)
    return true
  }

  /// Hg ← H g.
  @inlinable mutating func multiply(_ g: Vector<Scalar>) {
    if isUpdated { matrix.symmetricMultiply(g, into: &Hg) } else { Hg.copy(g) }
  }

  /// Writes p = −Hg, with the pair since the last step taken into H before; returns the length to try first.
  ///
  /// `judge` answers with the update that is due for a pair. Where the cosine between p and −g is not above
  /// `leastDescent`, H starts again from the identity.
  @inlinable mutating func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    scaling: SelfScaling, initialScale: Scalar = 1, leastDescent: Scalar = 0, _ judge: (Pair) -> Verdict
  ) -> Scalar {
    if previous.isEvaluated && iteration > self.iteration && iteration > 0 {
      update(from: previous, to: current, iteration, scaling, initialScale, judge)
    } else {
      multiply(current.gradient)
    }
    // Rounding, or an update that does not keep H definite.
    let bound = leastDescent > 0 ? leastDescent * Hg.norm * current.gradient.norm : 0
    if isUpdated, !(Hg.dot(current.gradient) > bound) {
      restart(.notADescentDirection, at: iteration)
      multiply(current.gradient)
    }
    self.iteration = iteration
    p.set(Hg, times: -1)
    return isUpdated ? 1 : Swift.min(1, 1 / current.gradient.norm)
  }

  /// What an update is made from.
  @usableFromInline struct Pair {
    @usableFromInline let sᵀy: Scalar, sᵀs: Scalar, yᵀy: Scalar
    /// yᵀHy, of the scaled H.
    @usableFromInline let yᵀHy: Scalar
    /// ‖s − Hy‖², of the scaled H.
    @usableFromInline let wᵀw: Scalar
    /// sᵀBs with B = H⁻¹, of the scaled H; nil where s is no multiple of Hg.
    @usableFromInline let sᵀBs: Scalar?

    @inlinable init(sᵀy: Scalar, sᵀs: Scalar, yᵀy: Scalar, yᵀHy: Scalar, wᵀw: Scalar, sᵀBs: Scalar?) {
      self.sᵀy = sᵀy
      self.sᵀs = sᵀs
      self.yᵀy = yᵀy
      self.yᵀHy = yᵀHy
      self.wᵀw = wᵀw
      self.sᵀBs = sᵀBs
    }

    /// Whether the pair has curvature: yᵀs > ε‖s‖‖y‖.
    @inlinable func curves(_ ε: Scalar) -> Bool {
      sᵀy > ε * sᵀs.squareRoot() * yᵀy.squareRoot() && sᵀy.isFinite && (sᵀy / yᵀy).isFinite
    }
  }

  /// What becomes of a pair.
  @usableFromInline enum Verdict {
    /// It is not used.
    case skip
    /// It shows that H is not definite any more.
    case restart
    case add(InverseUpdate<Scalar>)
  }

  /// Takes the pair between two points into H, and leaves H₊g₊ in `Hg`.
  @inlinable mutating func update(
    from previous: Iterate<Scalar>, to current: Iterate<Scalar>, _ iteration: Int, _ scaling: SelfScaling,
    _ initialScale: Scalar, _ judge: (Pair) -> Verdict
  ) {
    let g₊ = current.gradient
    s.vector.set(current.point, minus: previous.point)
    y.vector.set(g₊, minus: previous.gradient)
    let sᵀy = s.vector.dot(y.vector)
    let yᵀy = y.vector.squaredNorm
    let sᵀs = s.vector.squaredNorm
    let sᵀg = s.vector.dot(previous.gradient)
    let (sᵀHg, HgᵀHg) = (s.vector.dot(Hg), Hg.squaredNorm)
    let isNext = iteration == self.iteration + 1
    // s = −αHg, and so sᵀBs = −αsᵀg.
    var sᵀBs = isNext ? sᵀHg / HgᵀHg * sᵀg : nil

    // Hy, of the scaled H.
    let isFirst = !isUpdated
    let γ = isFirst && scaling != .never && sᵀy > 0 && (sᵀy / yᵀy).isFinite ? initialScale * (sᵀy / yᵀy) : 1
    if isFirst {
      Hy.vector.set(y.vector, times: γ)
      Hg.set(g₊, times: γ)
      sᵀBs = sᵀs / γ
    } else if isNext && sᵀs > 1e-6 * HgᵀHg {
      // Hy = Hg₊ − Hg
      Hy.vector.set(Hg, times: -1)
      multiply(g₊)
      Hy.vector.add(Hg)
    } else {
      // After a very short step that difference would be lost in rounding.
      matrix.symmetricMultiply(y.vector, into: &Hy.vector)
      multiply(g₊)
    }
    var yᵀHy = y.vector.dot(Hy.vector)
    var factor: Scalar = 1
    if !isFirst, let wanted = scaling.factor(sᵀy: sᵀy, yᵀHy: yᵀHy, sᵀBs: sᵀBs), wanted != 1 {
      factor = wanted
      Hy.vector.scale(by: factor)
      yᵀHy *= factor
      sᵀBs = sᵀBs.map { $0 / factor }
    }

    let wᵀw = s.vector.squaredDistance(to: Hy.vector)
    switch judge(Pair(sᵀy: sᵀy, sᵀs: sᵀs, yᵀy: yᵀy, yᵀHy: yᵀHy, wᵀw: wᵀw, sᵀBs: sᵀBs)) {
    case .skip:
      if isFirst { Hg.copy(g₊) }
    case .restart:
      restart(.lostDefiniteness, at: iteration)
      Hg.copy(g₊)
    case .add(let update):
      if isFirst {
        matrix.fill(with: 0)
        matrix.addToDiagonal(γ)
        isUpdated = true
      } else if factor != 1 {
        matrix.scale(by: factor)
        Hg.scale(by: factor)
      }
      add(update, g₊)
    }
  }

  /// Adds a ssᵀ + b (s (Hy)ᵀ + Hy sᵀ) + c Hy (Hy)ᵀ to H and the same times g₊ to `Hg`.
  ///
  /// With q = b ± √(b² − ac) the sum is u vᵀ + v uᵀ for u = s + (c/q) Hy, v = ½(a s + q Hy), which is one `syr2`,
  /// where b² ≥ ac.
  @inlinable mutating func add(_ update: InverseUpdate<Scalar>, _ g₊: Vector<Scalar>) {
    let (a, b, c) = (update.a, update.b, update.c)
    let discriminant = b * b - a * c
    let root = Swift.max(0, discriminant).squareRoot()
    let q = b < 0 ? b - root : b + root
    if c == 0 {
      // u = s, and v replaces Hy.
      Hy.vector.scale(by: b, adding: s.vector, times: a / 2)
      matrix.addSymmetricOuter(s.vector, Hy.vector)
      let (uᵀg₊, vᵀg₊) = (s.vector.dot(g₊), Hy.vector.dot(g₊))
      Hg.add(s.vector, times: vᵀg₊)
      Hg.add(Hy.vector, times: uᵀg₊)
    } else if q != 0 && discriminant >= -8 * Scalar.ulpOfOne * b * b {
      // u replaces y, and v Hy.
      y.vector.set(s.vector, plus: c / q, times: Hy.vector)
      Hy.vector.scale(by: q / 2, adding: s.vector, times: a / 2)
      matrix.addSymmetricOuter(y.vector, Hy.vector)
      let (uᵀg₊, vᵀg₊) = (y.vector.dot(g₊), Hy.vector.dot(g₊))
      Hg.add(y.vector, times: vᵀg₊)
      Hg.add(Hy.vector, times: uᵀg₊)
    } else {
      // Both eigenvalues of the sum have one sign: c Hy (Hy)ᵀ is added apart, to u = s, v = ½as + bHy, the new y.
      let Hyᵀg₊ = Hy.vector.dot(g₊)
      y.vector.set(s.vector, times: a / 2, plus: Hy.vector, times: b)
      matrix.addSymmetricOuter(s.vector, y.vector)
      matrix.addSymmetricOuter(Hy.vector, times: c)
      let (uᵀg₊, vᵀg₊) = (s.vector.dot(g₊), y.vector.dot(g₊))
      Hg.add(s.vector, times: vᵀg₊)
      Hg.add(y.vector, times: uᵀg₊)
      Hg.add(Hy.vector, times: c * Hyᵀg₊)
    }
  }
}

/// H₊ − H = a ssᵀ + b (s (Hy)ᵀ + Hy sᵀ) + c Hy (Hy)ᵀ.
@usableFromInline struct InverseUpdate<Scalar: LAPACKScalar> {
  @usableFromInline let a: Scalar, b: Scalar, c: Scalar

  @inlinable init(a: Scalar, b: Scalar, c: Scalar) {
    self.a = a
    self.b = b
    self.c = c
  }

  @inlinable var isFinite: Bool { a.isFinite && b.isFinite && c.isFinite }
}

/// When a quasi-Newton method rescales its matrix to the curvature of the newest pair, before it takes it in.
///
/// - **Reference**: Shanno and Phua, *Math. Programming* 14 (1978) 149–160, for the first; Oren and Luenberger,
///   *Management Science* 20 (1974) 845–862, for every; Al-Baali, *J. Optim. Theory Appl.* 96 (1998) 533–553, for the
///   switched one.
public enum SelfScaling: String, Sendable, Codable, CaseIterable {
  /// Never: H begins as the identity.
  case never
  /// Once: the identity becomes (sᵀy/yᵀy) I before the first update.
  case first
  /// At every update, H ← (sᵀy/yᵀHy) H: fewer digits of the past, and rarely fewer steps with an inexact search.
  case always
  /// At the updates where B = H⁻¹ is too large along s: H ← max(1, sᵀBs/sᵀy) H.
  case whenTooLarge

  /// What H is multiplied by before it takes in a pair, or nil where it stays.
  @inlinable package func factor<Scalar: LAPACKScalar>(sᵀy: Scalar, yᵀHy: Scalar, sᵀBs: Scalar?) -> Scalar? {
    guard sᵀy > 0, yᵀHy > 0 else { return nil }
    let factor: Scalar
    switch self {
    case .never, .first: return nil
    case .always: factor = sᵀy / yᵀHy
    case .whenTooLarge: factor = Swift.max(1, (sᵀBs ?? 0) / sᵀy)
    }
    return factor > 0 && factor.isFinite ? factor : nil
  }
}
