public import CKernels

// MARK: - From vectors to pointers

extension Vector {
  @usableFromInline typealias Coefficients = (Scalar, Scalar, Scalar, Scalar, Scalar, Scalar)

  @inlinable @inline(__always)
  static func coefficients(
    _ c0: Scalar = 0, _ c1: Scalar = 0, _ c2: Scalar = 0, _ c3: Scalar = 0, _ c4: Scalar = 0,
    _ c5: Scalar = 0
  ) -> Coefficients { (c0, c1, c2, c3, c4, c5) }

  /// Runs a reduction over up to two vectors.
  @inlinable @inline(__always)
  func reduce(_ kernel: secant_kernel, _ other: Vector, _ c: Coefficients = coefficients()) -> Scalar {
    checkCount(other)
    if isEmpty { return 0 }
    return storage.withUnsafeBufferPointer { x in
      other.storage.withUnsafeBufferPointer { y in
        Scalar._run(kernel, x.count, (nil, nil, nil), (x.baseAddress, y.baseAddress, nil, nil), c).0
      }
    }
  }

  /// Runs a kernel that writes this vector, from up to two others, and returns its first sum.
  @inlinable @inline(__always) @discardableResult
  mutating func write(
    _ kernel: secant_kernel, _ x: Vector, _ y: Vector, _ c: Coefficients = coefficients()
  ) -> Scalar {
    checkCount(x)
    checkCount(y)
    if isEmpty { return 0 }
    return storage.withUnsafeMutableBufferPointer { r in
      x.storage.withUnsafeBufferPointer { x in
        y.storage.withUnsafeBufferPointer { y in
          Scalar._run(
            kernel, r.count, (r.baseAddress, nil, nil), (x.baseAddress, y.baseAddress, nil, nil), c
          ).0
        }
      }
    }
  }

  @inlinable @inline(__always)
  mutating func write(_ kernel: secant_kernel, _ c: Coefficients) {
    if isEmpty { return }
    storage.withUnsafeMutableBufferPointer { r in
      _ = Scalar._run(kernel, r.count, (r.baseAddress, nil, nil), (nil, nil, nil, nil), c)
    }
  }

  /// Runs a kernel that writes this vector and one or two averages, from a gradient.
  @inlinable @inline(__always)
  mutating func write(
    _ kernel: secant_kernel, averages m: inout Vector, _ v: inout Vector, gradient g: Vector,
    _ c: Coefficients
  ) {
    checkCount(m)
    checkCount(v)
    checkCount(g)
    if isEmpty { return }
    storage.withUnsafeMutableBufferPointer { r in
      m.storage.withUnsafeMutableBufferPointer { m in
        v.storage.withUnsafeMutableBufferPointer { v in
          g.storage.withUnsafeBufferPointer { g in
            _ = Scalar._run(
              kernel, r.count, (r.baseAddress, m.baseAddress, v.baseAddress),
              (g.baseAddress, nil, nil, nil), c)
          }
        }
      }
    }
  }
}

// MARK: - Reductions

extension Vector {
  /// xᵀy.
  @inlinable public func dot(_ other: Vector) -> Scalar {
    checkCount(other)
    return storage.withUnsafeBufferPointer { x in
      other.storage.withUnsafeBufferPointer { y in
        x.isEmpty ? 0 : Scalar._dot(x.count, x.baseAddress!, y.baseAddress!)
      }
    }
  }

  /// Σ xᵢ.
  @inlinable public var sum: Scalar { reduce(SECANT_SUM, self) }

  /// ‖x‖₂², which overflows and underflows where ``norm`` does not.
  @inlinable public var squaredNorm: Scalar { dot(self) }

  /// ‖x‖₂, without overflow or underflow on the way.
  @inlinable public var norm: Scalar {
    let square = dot(self)
    // Below this a square may have lost digits to underflow.
    let safe = Scalar.leastNormalMagnitude / (Scalar.ulpOfOne * Scalar.ulpOfOne)
    return square >= safe && square.isFinite ? square.squareRoot() : rescaledNorm
  }

  @inlinable var rescaledNorm: Scalar {
    let largest = largestMagnitude
    guard largest.isFinite, largest > 0 else { return largest }
    // A power of two, so that scaling rounds nothing; its reciprocal is a number even where largest is subnormal.
    let power = Swift.max(
      Swift.min(largest.exponent, -Scalar.leastNormalMagnitude.exponent), Scalar.leastNormalMagnitude.exponent
    )
    let unit = Scalar(sign: .plus, exponent: power, significand: 1)
    return reduce(SECANT_SCALED_SQUARES, self, Self.coefficients(1 / unit)).squareRoot() * unit
  }

  /// ‖x‖∞, which is NaN when an element is NaN.
  @inlinable public var largestMagnitude: Scalar {
    storage.withUnsafeBufferPointer { $0.isEmpty ? 0 : Scalar._largest($0.count, $0.baseAddress!) }
  }

  /// Whether every element is a finite number.
  @inlinable public var isFinite: Bool { largestMagnitude.isFinite }

  /// ‖x − y‖₂².
  @inlinable public func squaredDistance(to other: Vector) -> Scalar {
    reduce(SECANT_SQUARED_DISTANCE, other)
  }
}

// MARK: - In place, over one or two other vectors

extension Vector {
  /// x ← a in every element.
  @inlinable public mutating func fill(with a: Scalar) { write(SECANT_FILL, Self.coefficients(a)) }

  /// x ← y, into the storage that x already has.
  @inlinable public mutating func copy(_ y: Vector) {
    guard count <= SECANT_TINY else {
      write(SECANT_COPY, y, y)
      return
    }
    checkCount(y)
    storage.withUnsafeMutableBufferPointer { x in
      y.storage.withUnsafeBufferPointer { y in _ = x.update(fromContentsOf: y) }
    }
  }

  /// x ← a x.
  @inlinable public mutating func scale(by a: Scalar) { write(SECANT_SCALE, Self.coefficients(a)) }

  /// x ← −x.
  @inlinable public mutating func negate() { scale(by: -1) }

  /// x ← x + a y.
  @inlinable public mutating func add(_ y: Vector, times a: Scalar = 1) {
    checkCount(y)
    if isEmpty { return }
    storage.withUnsafeMutableBufferPointer { x in
      y.storage.withUnsafeBufferPointer { y in
        Scalar._step(x.count, x.baseAddress!, x.baseAddress!, a, y.baseAddress!)
      }
    }
  }

  /// x ← a x + b y: an exponential average is `m.scale(by: β, adding: g, times: 1 - β)`.
  @inlinable public mutating func scale(by a: Scalar, adding y: Vector, times b: Scalar = 1) {
    write(SECANT_SCALE_ADD, y, y, Self.coefficients(a, b))
  }

  /// x ← a y.
  @inlinable public mutating func set(_ y: Vector, times a: Scalar) {
    write(SECANT_SCALED, y, y, Self.coefficients(a))
  }

  /// x ← y + a d.
  @inlinable public mutating func set(_ y: Vector, plus a: Scalar, times d: Vector) {
    checkCount(y)
    checkCount(d)
    if isEmpty { return }
    storage.withUnsafeMutableBufferPointer { x in
      y.storage.withUnsafeBufferPointer { y in
        d.storage.withUnsafeBufferPointer { d in
          Scalar._step(x.count, x.baseAddress!, y.baseAddress!, a, d.baseAddress!)
        }
      }
    }
  }

  /// x ← y − z.
  @inlinable public mutating func set(_ y: Vector, minus z: Vector) { set(y, plus: -1, times: z) }

  /// x ← a y + b z.
  @inlinable public mutating func set(_ y: Vector, times a: Scalar, plus z: Vector, times b: Scalar) {
    write(SECANT_COMBINATION, y, z, Self.coefficients(a, b))
  }
}

// MARK: - In place, with a reduction on the way

extension Vector {
  /// x ← x + a y, then xᵀz, in one pass: a conjugate gradient's residual and its next square.
  @inlinable public mutating func add(_ y: Vector, times a: Scalar, thenDot z: Vector) -> Scalar {
    checkCount(y)
    checkCount(z)
    if isEmpty { return 0 }
    return storage.withUnsafeMutableBufferPointer { x in
      y.storage.withUnsafeBufferPointer { y in
        z.storage.withUnsafeBufferPointer { z in
          Scalar._stepDot(
            x.count, x.baseAddress!, 1, x.baseAddress!, a, y.baseAddress!, z.baseAddress!)
        }
      }
    }
  }

  /// x ← b (y + a d), then xᵀz, in one pass.
  @inlinable public mutating func set(
    _ y: Vector, plus a: Scalar, times d: Vector, scaledBy b: Scalar = 1, thenDot z: Vector
  ) -> Scalar {
    checkCount(y)
    checkCount(d)
    checkCount(z)
    if isEmpty { return 0 }
    return storage.withUnsafeMutableBufferPointer { x in
      y.storage.withUnsafeBufferPointer { y in
        d.storage.withUnsafeBufferPointer { d in
          z.storage.withUnsafeBufferPointer { z in
            Scalar._stepDot(
              x.count, x.baseAddress!, b, y.baseAddress!, a, d.baseAddress!, z.baseAddress!)
          }
        }
      }
    }
  }

  /// x ← a clip(y / max(b z + c, d), ±bound), the direction of Sophia; returns how many quotients were clipped.
  ///
  /// - Parameters:
  ///   - y: numerators, an average of gradients.
  ///   - a: what the clipped quotients are multiplied by.
  ///   - z: denominators, an average of Hessian diagonals.
  ///   - b: what the denominators are multiplied by.
  ///   - c: what is added to them.
  ///   - d: the least denominator.
  ///   - bound: the most that a quotient keeps of its magnitude.
  @inlinable public mutating func setClipped(
    _ y: Vector, times a: Scalar, over z: Vector, times b: Scalar = 1, plus c: Scalar = 0,
    atLeast d: Scalar, bound: Scalar = 1
  ) -> Int {
    // A Float counts exactly to 2²⁴ only: beyond that the count is rounded.
    Int(write(SECANT_CLIP, y, z, Self.coefficients(a, b, c, d, bound)))
  }
}

extension Vector {
  /// Writes s = x₊ − x at `start` and y = g₊ − g behind it, and returns sᵀy, yᵀy and sᵀs, in one pass.
  ///
  /// - Parameters:
  ///   - start: where s begins in this vector, which is a row of many pairs; y begins n elements further.
  ///   - previous: x and g, of n elements each.
  ///   - current: x₊ and g₊.
  @inlinable public mutating func setPair(
    at start: Int, from previous: (point: Vector, gradient: Vector),
    to current: (point: Vector, gradient: Vector)
  ) -> (sᵀy: Scalar, yᵀy: Scalar, sᵀs: Scalar) {
    let n = previous.point.count
    previous.point.checkCount(previous.gradient)
    previous.point.checkCount(current.point)
    previous.point.checkCount(current.gradient)
    precondition(
      start >= 0 && start + 2 * n <= count,
      "a pair of \(n) elements each does not fit at \(start) into \(count) elements")
    if n == 0 { return (0, 0, 0) }
    return storage.withUnsafeMutableBufferPointer { r in
      previous.point.storage.withUnsafeBufferPointer { x in
        previous.gradient.storage.withUnsafeBufferPointer { g in
          current.point.storage.withUnsafeBufferPointer { x₊ in
            current.gradient.storage.withUnsafeBufferPointer { g₊ in
              Scalar._pair(
                n, r.baseAddress! + start, r.baseAddress! + start + n, x₊.baseAddress!, x.baseAddress!,
                g₊.baseAddress!, g.baseAddress!)
            }
          }
        }
      }
    }
  }
}

// MARK: - Elementwise products, quotients, roots and bounds

extension Vector {
  /// x ← x ⊙ y.
  @inlinable public mutating func multiply(by y: Vector) { write(SECANT_MULTIPLY, y, y) }

  /// x ← x / y, elementwise.
  @inlinable public mutating func divide(by y: Vector) { write(SECANT_DIVIDE, y, y) }

  /// x ← y ⊙ z.
  @inlinable public mutating func set(_ y: Vector, multipliedBy z: Vector) { write(SECANT_PRODUCT, y, z) }

  /// x ← y / z, elementwise.
  @inlinable public mutating func set(_ y: Vector, dividedBy z: Vector) { write(SECANT_QUOTIENT, y, z) }

  /// x ← a x + b y ⊙ z: an average of squares is `v.scale(by: β, addingProductOf: g, g, times: 1 - β)`.
  @inlinable public mutating func scale(
    by a: Scalar, addingProductOf y: Vector, _ z: Vector, times b: Scalar = 1
  ) { write(SECANT_ADD_PRODUCT, y, z, Self.coefficients(a, b)) }

  /// x ← a y / (√z + ε), elementwise.
  @inlinable public mutating func set(_ y: Vector, times a: Scalar, overRootOf z: Vector, plus ε: Scalar) {
    write(SECANT_OVER_ROOT, y, z, Self.coefficients(a, ε))
  }

  /// x ← a sign(y), where the sign of 0 is 0 and that of NaN is NaN.
  @inlinable public mutating func set(signsOf y: Vector, times a: Scalar) {
    write(SECANT_SIGN, y, y, Self.coefficients(a))
  }

  /// x ← max(x, y), elementwise; NaN where either is.
  @inlinable public mutating func formMaximum(with y: Vector) { write(SECANT_MAXIMUM, y, y) }

  /// x ← max(a x, |y|), elementwise; NaN where either is.
  @inlinable public mutating func scale(by a: Scalar, formingMaximumWithMagnitudesOf y: Vector) {
    write(SECANT_MAX_DECAY, y, y, Self.coefficients(a))
  }

  /// x ← min(max(x, lower), upper); NaN stays.
  @inlinable public mutating func clamp(to bounds: ClosedRange<Scalar>) {
    write(SECANT_CLAMP, Self.coefficients(bounds.lowerBound, bounds.upperBound))
  }

  /// x ← min(max(x, l), u), elementwise: the projection onto a box. NaN stays.
  @inlinable public mutating func clamp(from l: Vector, to u: Vector) { write(SECANT_BOX, l, u) }
}

// MARK: - Steps of first-order methods, one pass each

extension Vector {
  /// b ← μ b + τ g, then x ← β b + γ g: the direction of every momentum method.
  ///
  /// Heavy ball: β = −1, γ = 0. Nesterov's reformulation: β = −μ, γ = −1. An average: τ = 1 − μ.
  @inlinable public mutating func setMomentum(
    _ b: inout Vector, decay μ: Scalar, gradient g: Vector, weight τ: Scalar,
    direction: (momentum: Scalar, gradient: Scalar)
  ) {
    checkCount(b)
    checkCount(g)
    if isEmpty { return }
    storage.withUnsafeMutableBufferPointer { x in
      b.storage.withUnsafeMutableBufferPointer { b in
        g.storage.withUnsafeBufferPointer { g in
          _ = Scalar._run(
            SECANT_MOMENTUM, x.count, (x.baseAddress, b.baseAddress, nil), (g.baseAddress, nil, nil, nil),
            Self.coefficients(μ, τ, direction.momentum, direction.gradient))
        }
      }
    }
  }

  /// m ← β₁ m + (1−β₁) g and v ← β₂ v + (1−β₂) g², then x ← a m / (b √v + ε).
  ///
  /// Adam's direction at step t: a = −1/(1−β₁ᵗ), b = 1/√(1−β₂ᵗ).
  @inlinable public mutating func setAdaptive(
    first m: inout Vector, second v: inout Vector, decay β: (Scalar, Scalar), gradient g: Vector,
    times a: Scalar, rootTimes b: Scalar, plus ε: Scalar
  ) {
    write(
      SECANT_ADAM, averages: &m, &v, gradient: g, Self.coefficients(β.0, β.1, a, b, ε))
  }

  /// m ← β₁ m + (1−β₁) g and v ← β₂ v + (1−β₂) g², then x ← c x + a m / (b √v + ε).
  ///
  /// A step of AdamW at rate η with decay λ: c = 1 − ηλ, a = −η/(1−β₁ᵗ), b = 1/√(1−β₂ᵗ).
  @inlinable public mutating func scale(
    by c: Scalar, addingAdaptive m: inout Vector, second v: inout Vector, decay β: (Scalar, Scalar),
    gradient g: Vector, times a: Scalar, rootTimes b: Scalar, plus ε: Scalar
  ) {
    write(
      SECANT_ADAMW, averages: &m, &v, gradient: g, Self.coefficients(β.0, β.1, a, b, ε, c))
  }
}

// MARK: - Operators, which allocate their result

extension Vector {
  /// x + y, in a new vector.
  @inlinable public static func + (x: Vector, y: Vector) -> Vector {
    var r = x
    r.add(y)
    return r
  }

  /// x + y, in a new vector: with an array literal the standard library would take `+` for concatenation.
  @inlinable public static func + (x: Vector, y: [Scalar]) -> Vector { x + Vector(y) }

  /// x − y, in a new vector.
  @inlinable public static func - (x: Vector, y: Vector) -> Vector {
    var r = x
    r.add(y, times: -1)
    return r
  }

  /// −x, in a new vector.
  @inlinable public static prefix func - (x: Vector) -> Vector {
    var r = x
    r.negate()
    return r
  }

  /// a x, in a new vector.
  @inlinable public static func * (a: Scalar, x: Vector) -> Vector {
    var r = x
    r.scale(by: a)
    return r
  }

  /// x ← x + y.
  @inlinable public static func += (x: inout Vector, y: Vector) { x.add(y) }
  /// x ← x − y.
  @inlinable public static func -= (x: inout Vector, y: Vector) { x.add(y, times: -1) }
  /// x ← a x.
  @inlinable public static func *= (x: inout Vector, a: Scalar) { x.scale(by: a) }
}
