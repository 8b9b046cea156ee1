/// A factorisation of B + λI that ``SecularIteration`` can work with.
@usableFromInline protocol ShiftedFactor: Workspace {
  associatedtype Scalar: LAPACKScalar
  /// How B is known.
  associatedtype Operator

  /// Where the eigenvalues of B lie, by Gershgorin.
  mutating func spectrum(of B: Operator) -> Spectrum<Scalar>
  /// Factors B + λI = LLᵀ. Where it is not positive definite: by how much λ has to grow at least; `v` is scratch.
  mutating func factor(_ B: Operator, shift λ: Scalar, _ v: inout Vector<Scalar>) -> Scalar?
  /// b ← L⁻¹b.
  func solveLower(_ b: inout Vector<Scalar>)
  /// b ← L⁻ᵀb.
  func solveLowerTransposed(_ b: inout Vector<Scalar>)
}

/// An interval that holds the eigenvalues of a symmetric matrix, and a number that the least one does not exceed.
@usableFromInline struct Spectrum<Scalar: LAPACKScalar> {
  /// Bounds of all eigenvalues.
  @usableFromInline var lower: Scalar
  @usableFromInline var upper: Scalar
  /// The least diagonal element.
  @usableFromInline var leastDiagonal: Scalar

  @inlinable init(lower: Scalar = .infinity, upper: Scalar = -.infinity, leastDiagonal: Scalar = .infinity) {
    self.lower = lower
    self.upper = upper
    self.leastDiagonal = leastDiagonal
  }

  /// Takes in a row by its diagonal element and the sum of the magnitudes of the others.
  @inlinable mutating func add(diagonal a: Scalar, others sum: Scalar) {
    // NaN comes in and stays.
    lower = lower.isNaN ? lower : Swift.min(a - sum, lower)
    upper = upper.isNaN ? upper : Swift.max(a + sum, upper)
    leastDiagonal = Swift.min(a, leastDiagonal)
    if a.isNaN || sum.isNaN { (lower, upper) = (.nan, .nan) }
  }

  /// A bound of ‖B‖₂.
  @inlinable var norm: Scalar { Swift.max(abs(lower), abs(upper)) }
  @inlinable var isFinite: Bool { lower.isFinite && upper.isFinite }
}

/// The p(λ) = −(B + λI)⁻¹g of norm Δ: Newton's method on 1/‖p(λ)‖ = 1/Δ, safeguarded, with the hard case.
///
/// λ lies in [λL, λU], which shrinks with every factorisation of B + λI:
///
/// * it fails: λ is too small, by at least what the failure shows;
/// * ‖p(λ)‖ > Δ: λ is too small, and Newton's next iterate is between it and the solution;
/// * ‖p(λ)‖ < Δ: λ is too large, or λ = 0 and p solves the problem, or the hard case is near: with a unit vector z
///   that makes zᵀ(B + λI)z small, p + τz of norm Δ is nearly as low as can be.
///
/// - **Reference**: Moré and Sorensen (1983); Conn, Gould and Toint, *Trust-Region Methods*, algorithm 7.3.4.
@usableFromInline struct SecularIteration<Factor: ShiftedFactor>: Sendable, Codable, Equatable {
  @usableFromInline typealias Scalar = Factor.Scalar

  @usableFromInline var factor: Factor
  @usableFromInline var w: Scratch<Scalar>
  @usableFromInline var z: Scratch<Scalar>
  /// What the last solution says of ‖p(λ)‖ around its λ: a first guess for the next.
  @usableFromInline var last = SecularModel<Scalar>()

  @inlinable init(_ factor: Factor, dimension n: Int) {
    self.factor = factor
    w = Scratch(n)
    z = Scratch(n)
  }

  /// Lowers gᵀp + ½pᵀBp within ‖p‖ ≤ Δ to a part (1 − σ)² of what is possible, and tells ‖p‖ from Δ to σΔ.
  ///
  /// - Parameters:
  ///   - p: where the step goes.
  ///   - g: the gradient.
  ///   - B: the matrix.
  ///   - spectrum: where its eigenvalues lie.
  ///   - Δ: the radius.
  ///   - tolerance: σ.
  ///   - charge: called before every factorisation.
  @inlinable mutating func solve<Failure: Error>(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, operator B: Factor.Operator,
    spectrum: Spectrum<Scalar>, within Δ: Scalar, tolerance: Scalar, charge: () throws(Failure) -> Void
  ) throws(Failure) -> SecularSolution<Scalar> {
    var solution = SecularSolution<Scalar>()
    let gNorm = g.norm
    let rounding = Scalar(g.count) * .ulpOfOne
    let σ = Swift.max(tolerance, 16 * .ulpOfOne)
    var λL = Swift.max(0, -spectrum.leastDiagonal, gNorm / Δ - spectrum.upper) * (1 - rounding)
    var λU = Swift.max(λL, gNorm / Δ - spectrum.lower) * (1 + rounding)
    guard gNorm.isFinite, spectrum.isFinite, λU.isFinite else { return solution }

    // Whether B + λI was definite at λU, and ‖p(λU)‖ < Δ; before, λU is an estimate, which rounding may fail.
    var isUpperKnown = false
    var (mayBeZero, hasDirection, failuresInARow) = (λL == 0, false, 0)
    /// θ grows where it proves too cautious.
    func safeguarded() -> Scalar {
      let θ: Scalar = failuresInARow < 2 ? 0.01 : failuresInARow < 4 ? 0.1 : 0.5
      return Swift.max((λL * λU).squareRoot(), λL + θ * (λU - λL))
    }
    let guess = last.multiplier(for: Δ)
    var λ = last.λ > 0 && guess > λL && guess < λU ? guess : mayBeZero ? 0 : safeguarded()
    for count in 1...100 {
      // Nothing is left to choose from: what there is at λU is taken.
      let isLast = count >= 40 || λU - λL <= 4 * .ulpOfOne * λU
      if isLast { λ = mayBeZero && λU == 0 ? 0 : λU }
      try charge()
      solution.factorisations = count
      if let shortfall = factor.factor(B, shift: λ, &w.vector) {
        if λ == 0 { mayBeZero = false }
        λL = Swift.max(λL, λ + shortfall)
        if λL >= λU {
          if isUpperKnown {
            // The failure contradicts a success: between them there is only rounding.
            λL = λU
          } else {
            let least = Swift.max(λL, spectrum.norm, .leastNormalMagnitude / .ulpOfOne) * .ulpOfOne
            λU = λL + least * Scalar(1 << Swift.min(2 * count, 60))
          }
        }
        failuresInARow += 1
        λ = safeguarded()
        continue
      }
      failuresInARow = 0

      w.vector.copy(g)
      factor.solveLower(&w.vector)
      let wNorm = w.vector.norm
      let pᵀAp = wNorm * wNorm  // A = B + λI
      p.set(w.vector, times: -1)
      factor.solveLowerTransposed(&p)
      let norm = p.norm
      solution.λ = λ
      solution.length = norm
      if λ == 0 && norm <= Δ {
        solution.decrease = pᵀAp / 2
        last = SecularModel()
        return solution
      }
      // Newton's step on 1/Δ − 1/‖p(λ)‖.
      w.vector.copy(p)
      factor.solveLower(&w.vector)
      let q = norm / w.vector.norm
      let model = SecularModel(λ: λ, norm: norm, slope: q * q)
      let newton = model.multiplier(for: Δ)
      if abs(norm - Δ) <= σ * Δ {
        solution.isOnBoundary = true
        solution.decrease = (pᵀAp + λ * norm * norm) / 2
        last = model.isFinite ? model : SecularModel()
        return solution
      }

      if norm < Δ {
        let (zᵀAz, Az) = leastCurvature(startingAnew: !hasDirection)
        hasDirection = true
        let (backwards, forwards) = sphere(of: Δ, from: p, along: z.vector)
        let τ = -backwards < forwards ? backwards : forwards
        let loss = τ * τ * zᵀAz
        let best = pᵀAp + λ * Δ * Δ
        if isLast && !(best - loss > pᵀAp + λ * norm * norm) {
          // z gains nothing.
          solution.isOnBoundary = true
          solution.decrease = (pᵀAp + λ * norm * norm) / 2
          last = SecularModel()
          return solution
        }
        if isLast
          || loss <= σ * (2 - σ) * best && abs(τ) * Az <= σ * (gNorm + (spectrum.norm + λ) * Δ)
        {
          p.add(z.vector, times: τ)
          solution.isOnBoundary = true
          solution.isHard = true
          solution.length = p.norm
          solution.decrease = (best - loss) / 2
          // Another radius would leave λ about where it is.
          last = SecularModel(λ: λ, norm: norm, slope: 0)
          return solution
        }
        λU = λ
        isUpperKnown = true
        // Both may be far above what is left of them, which is rounding then and excludes nothing.
        λL = Swift.max(λL, λ - zᵀAz - 4 * rounding * λ)
      } else if isLast {
        // As close as the numbers come: back to the sphere.
        let t = Δ / norm
        p.scale(by: t)
        solution.isOnBoundary = true
        solution.length = p.norm
        solution.decrease = t * (1 - t / 2) * pᵀAp + λ * Δ * Δ / 2
        last = SecularModel()
        return solution
      } else {
        if λ == 0 { mayBeZero = false }
        λL = λ
      }
      // Zero itself is tried where nothing has excluded it.
      if newton > λL && newton < λU {
        λ = newton
      } else {
        λ = mayBeZero && λL == 0 ? 0 : safeguarded()
      }
    }
    return solution
  }

  /// A unit vector z along which A = B + λI is nearly least, by inverse iteration: zᵀAz and ‖Az‖.
  ///
  /// - Parameters:
  ///   - startingAnew: from a random vector, not from the last z.
  ///   - gain: an iteration that leaves more than this part of zᵀAz and of ‖Az‖ is the last one.
  @inlinable mutating func leastCurvature(
    startingAnew: Bool, gain: Scalar = 0.5
  ) -> (zᵀAz: Scalar, Az: Scalar) {
    if startingAnew {
      // A vector without a pattern, for there are matrices with one.
      var generator = RandomGenerator(seed: 0)
      generator.fillNormal(&z.vector)
      z.vector.scale(by: 1 / z.vector.norm)
    }
    var answer = (zᵀAz: Scalar.infinity, Az: Scalar.infinity)
    for _ in 0..<20 {
      w.vector.copy(z.vector)
      factor.solveLower(&w.vector)
      let u = w.vector.norm  // ‖L⁻¹z‖
      factor.solveLowerTransposed(&w.vector)
      let v = w.vector.norm  // ‖A⁻¹z‖
      guard u.isFinite, v.isFinite, v > 0 else { break }
      let before = answer
      // Of the next z, A⁻¹z / v: zᵀAz = u²/v², Az = z/v.
      answer = (zᵀAz: (u / v) * (u / v), Az: 1 / v)
      z.vector.set(w.vector, times: 1 / v)
      if !(answer.zᵀAz < gain * before.zᵀAz) && !(answer.Az < gain * before.Az) { break }
    }
    return answer
  }
}

/// ‖p(λ)‖ around one λ, as Newton's method sees it.
@usableFromInline struct SecularModel<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  @usableFromInline var λ: Scalar = 0
  @usableFromInline var norm: Scalar = 0
  /// ‖p‖² / pᵀ(B + λI)⁻¹p.
  @usableFromInline var slope: Scalar = 0

  @inlinable init() {}

  @inlinable init(λ: Scalar, norm: Scalar, slope: Scalar) {
    self.λ = λ
    self.norm = norm
    self.slope = slope
  }

  /// The λ at which it takes ‖p(λ)‖ to be Δ.
  @inlinable func multiplier(for Δ: Scalar) -> Scalar { λ + slope * ((norm - Δ) / Δ) }
  @inlinable var isFinite: Bool { λ.isFinite && norm.isFinite && slope.isFinite }
}

/// What ``SecularIteration`` found.
@usableFromInline struct SecularSolution<Scalar: LAPACKScalar> {
  @usableFromInline var λ: Scalar = 0
  /// m(0) − m(p), NaN where the iteration did not end.
  @usableFromInline var decrease: Scalar = .nan
  @usableFromInline var length: Scalar = 0
  @usableFromInline var isOnBoundary = false
  @usableFromInline var isHard = false
  @usableFromInline var factorisations = 0

  @inlinable init() {}

  @inlinable var step: ModelStep<Scalar> {
    ModelStep(decrease: decrease, length: length, isOnBoundary: isOnBoundary)
  }
}
