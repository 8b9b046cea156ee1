public import CKernels

// The steps of the adaptive methods, one pass each. m is an average of gradients, v one of their squares.

extension Vector {
  /// Runs a kernel that writes this vector and one average, from a gradient.
  @inlinable @inline(__always)
  mutating func write(
    _ kernel: secant_kernel, average m: inout Vector, gradient g: Vector, _ c: Coefficients
  ) {
    checkCount(m)
    checkCount(g)
    if isEmpty { return }
    storage.withUnsafeMutableBufferPointer { x in
      m.storage.withUnsafeMutableBufferPointer { m in
        g.storage.withUnsafeBufferPointer { g in
          _ = Scalar._run(
            kernel, x.count, (x.baseAddress, m.baseAddress, nil), (g.baseAddress, nil, nil, nil), c)
        }
      }
    }
  }

  /// Σ |xᵢ|, that is ‖x‖₁.
  @inlinable public var sumOfMagnitudes: Scalar { reduce(SECANT_MAGNITUDES, self) }

  /// v ← α v + τ g², then x ← a g / (√v + ε), or a g / √(v + ε): AdaGrad with α = τ = 1, RMSProp with τ = 1 − α.
  @inlinable public mutating func setNormalised(
    _ g: Vector, times a: Scalar, overRootOf v: inout Vector, decay α: Scalar, weight τ: Scalar,
    plus ε: Scalar, insideRoot: Bool = false
  ) {
    write(
      SECANT_NORMALISED, average: &v, gradient: g,
      Self.coefficients(α, τ, a, insideRoot ? ε : 0, insideRoot ? 0 : ε))
  }

  /// v ← β v + (1−β) g², then x ← max(x, a v), elementwise: AMSGrad's greatest average.
  @inlinable public mutating func formMaximum(
    withAverage v: inout Vector, decay β: Scalar, squaresOf g: Vector, times a: Scalar = 1
  ) {
    write(SECANT_GREATEST_AVERAGE, average: &v, gradient: g, Self.coefficients(β, a))
  }

  /// m ← α m + (1−α) g and v ← α v + (1−α) g², then x ← a g / (√(v − m²) + ε), or ε inside of the root: centred RMSProp.
  ///
  /// v − m² is a variance; where rounding takes it below zero, zero is taken.
  @inlinable public mutating func setStandardised(
    _ g: Vector, times a: Scalar, mean m: inout Vector, square v: inout Vector, decay α: Scalar,
    plus ε: Scalar, insideRoot: Bool = false
  ) {
    write(
      SECANT_STANDARDISED, averages: &m, &v, gradient: g,
      Self.coefficients(α, a, insideRoot ? ε : 0, insideRoot ? 0 : ε))
  }

  /// m ← β₁ m + (1−β₁) g and v ← β₂ v + (1−β₂) g², then x ← (a m + b g) / (c √v + ε).
  ///
  /// With b = 0 it is Adam's direction, with two weights that of NAdam.
  @inlinable public mutating func setAdaptive(
    first m: inout Vector, times a: Scalar, second v: inout Vector, decay β: (Scalar, Scalar),
    gradient g: Vector, times b: Scalar, rootTimes c: Scalar, plus ε: Scalar
  ) {
    write(SECANT_NADAM, averages: &m, &v, gradient: g, Self.coefficients(β.0, β.1, a, b, c, ε))
  }

  /// m ← β₁ m + (1−β₁) g and v ← v − (1−β₂) sign(v − g²) g², then x ← a m / (c √v + ε): Yogi.
  @inlinable public mutating func setYogi(
    first m: inout Vector, second v: inout Vector, decay β: (Scalar, Scalar), gradient g: Vector,
    times a: Scalar, rootTimes c: Scalar, plus ε: Scalar
  ) {
    write(SECANT_YOGI, averages: &m, &v, gradient: g, Self.coefficients(β.0, β.1, a, 0, c, ε))
  }

  /// m ← β₁ m + (1−β₁) g and s ← β₂ s + (1−β₂) (g − m)² + δ, then x ← a m / (c √s + ε): AdaBelief.
  @inlinable public mutating func setBelief(
    first m: inout Vector, deviation s: inout Vector, plus δ: Scalar, decay β: (Scalar, Scalar),
    gradient g: Vector, times a: Scalar, rootTimes c: Scalar, plus ε: Scalar
  ) {
    write(SECANT_BELIEF, averages: &m, &s, gradient: g, Self.coefficients(β.0, β.1, a, δ, c, ε))
  }

  /// v ← ρ v + (1−ρ) g², Δ = √(u + ε)/√(v + ε) g, u ← ρ u + (1−ρ) Δ², then x ← a Δ: AdaDelta.
  @inlinable public mutating func setAdaDelta(
    squares v: inout Vector, steps u: inout Vector, decay ρ: Scalar, plus ε: Scalar, gradient g: Vector,
    times a: Scalar
  ) {
    write(SECANT_ADADELTA, averages: &v, &u, gradient: g, Self.coefficients(ρ, ε, a))
  }

  /// m ← β₁ m + (1−β₁) g and u ← max(β₂ u, |g| + ε), then x ← a m / u: AdaMax.
  @inlinable public mutating func setAdaMax(
    first m: inout Vector, greatest u: inout Vector, decay β: (Scalar, Scalar), gradient g: Vector,
    times a: Scalar, plus ε: Scalar
  ) {
    write(SECANT_ADAMAX, averages: &m, &u, gradient: g, Self.coefficients(β.0, β.1, a, ε))
  }

  /// m ← β₁ m + (1−β₁) clip(g / max(√v, ε), ±c) with the v of before, v ← β₂ v + (1−β₂) g², then x ← a m:
  /// ADOPT.
  @inlinable public mutating func setAdopt(
    first m: inout Vector, second v: inout Vector, decay β: (Scalar, Scalar), gradient g: Vector,
    times a: Scalar, atLeast ε: Scalar, bound c: Scalar
  ) {
    write(SECANT_ADOPT, averages: &m, &v, gradient: g, Self.coefficients(β.0, β.1, a, ε, c))
  }

  /// x ← −m clip(a / (√v + ε), bounds): AdaBound's direction, with a rate of its own for every element.
  @inlinable public mutating func setBounded(
    _ m: Vector, times a: Scalar, overRootOf v: Vector, plus ε: Scalar, within bounds: ClosedRange<Scalar>
  ) {
    write(SECANT_BOUNDED, m, v, Self.coefficients(a, ε, bounds.lowerBound, bounds.upperBound))
  }

  /// x ← a sign(β₁ m + (1−β₁) g), then m ← β₂ m + (1−β₂) g: Lion, and Signum where β₁ = β₂.
  @inlinable public mutating func setSigns(
    average m: inout Vector, decay β: (Scalar, Scalar), gradient g: Vector, times a: Scalar
  ) {
    write(SECANT_LION, average: &m, gradient: g, Self.coefficients(β.0, β.1, a))
  }

  // Whole steps, from a point y to the next; without y, from the point that stands here.

  /// b ← μ b + τ g, then x ← y + c b + d g: a whole step of gradient descent with momentum from y.
  @inlinable public mutating func setMomentumStep(
    from y: Vector?, sum b: inout Vector, decay μ: Scalar, gradient g: Vector, weight τ: Scalar,
    direction: (momentum: Scalar, gradient: Scalar)
  ) {
    _ = writeStep(
      SECANT_MOMENTUM_STEP, average: &b, g, y, g,
      Self.coefficients(μ, τ, direction.momentum, direction.gradient))
  }

  /// m ← β₁ m + (1−β₁) g and v ← β₂ v + (1−β₂) g², then x ← c y + a m / (b √v + ε):
  /// a whole step of AdamW from y, at rate η with decay λ, where c = 1 − ηλ, a = −η/(1−β₁ᵗ) and b = 1/√(1−β₂ᵗ).
  @inlinable public mutating func setAdaptiveStep(
    from y: Vector?, times c: Scalar, first m: inout Vector, second v: inout Vector,
    decay β: (Scalar, Scalar),
    gradient g: Vector, times a: Scalar, rootTimes b: Scalar, plus ε: Scalar
  ) {
    checkCount(v)
    v.storage.withUnsafeMutableBufferPointer { v in
      _ = writeStep(
        SECANT_ADAM_STEP, average: &m, second: v.baseAddress, g, y, g, Self.coefficients(β.0, β.1, a, b, ε, c)
      )
    }
  }

  /// x ← c y + a sign(β₁ m + (1−β₁) g), then m ← β₂ m + (1−β₂) g: a whole step of Lion from y.
  @inlinable public mutating func setSignStep(
    from y: Vector?, times c: Scalar, average m: inout Vector, decay β: (Scalar, Scalar), gradient g: Vector,
    times a: Scalar
  ) {
    _ = writeStep(SECANT_LION_STEP, average: &m, g, y, g, Self.coefficients(β.0, β.1, a, c))
  }

  /// m ← β m + (1−β) g, then x ← c y + a clip(m / max(b h + d, ε), ±1): a whole step of Sophia from y; returns how many quotients
  /// were clipped.
  @inlinable public mutating func setClippedStep(
    from y: Vector?, times c: Scalar, average m: inout Vector, decay β: Scalar, gradient g: Vector,
    times a: Scalar, over h: Vector, times b: Scalar, plus d: Scalar, atLeast ε: Scalar
  ) -> Int {
    // A Float counts exactly to 2²⁴ only: beyond that the count is rounded.
    Int(writeStep(SECANT_SOPHIA_STEP, average: &m, g, y, h, Self.coefficients(β, b, d, ε, a, c)))
  }

  /// Runs a kernel that writes this vector and one average, or a second at `v`, from a gradient, the point y and h, and
  /// returns its first sum.
  @inlinable @inline(__always)
  mutating func writeStep(
    _ kernel: secant_kernel, average m: inout Vector, second v: UnsafeMutablePointer<Scalar>? = nil,
    _ g: Vector,
    _ y: Vector?, _ h: Vector, _ c: Coefficients
  ) -> Scalar {
    checkCount(m)
    checkCount(g)
    checkCount(h)
    guard let y else { return writeStep(kernel, &m, v, g, nil, h, c) }
    checkCount(y)
    return y.storage.withUnsafeBufferPointer { writeStep(kernel, &m, v, g, $0.baseAddress, h, c) }
  }

  @inlinable @inline(__always)
  mutating func writeStep(
    _ kernel: secant_kernel, _ m: inout Vector, _ v: UnsafeMutablePointer<Scalar>?, _ g: Vector,
    _ y: UnsafePointer<Scalar>?, _ h: Vector, _ c: Coefficients
  ) -> Scalar {
    if isEmpty { return 0 }
    return storage.withUnsafeMutableBufferPointer { x in
      m.storage.withUnsafeMutableBufferPointer { m in
        g.storage.withUnsafeBufferPointer { g in
          h.storage.withUnsafeBufferPointer { h in
            Scalar._run(
              kernel, x.count, (x.baseAddress, m.baseAddress, v), (g.baseAddress, y, h.baseAddress, nil), c
            ).0
          }
        }
      }
    }
  }

  /// Rprop: every coordinate's length grows where its gradient keeps the sign s, shrinks where it changes,
  /// and stays within bounds; x ← −length · s where it keeps the sign, and 0, with s forgotten, where it
  /// changes.
  @inlinable public mutating func setResilient(
    lengths: inout Vector, signs s: inout Vector, gradient g: Vector, shrinking: Scalar, growing: Scalar,
    within bounds: ClosedRange<Scalar>
  ) {
    write(
      SECANT_RPROP, averages: &lengths, &s, gradient: g,
      Self.coefficients(shrinking, growing, bounds.lowerBound, bounds.upperBound))
  }
}
