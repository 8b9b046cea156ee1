import Foundation

/// Functions of one variable that elements of the classical problems are made of.
extension ElementSum.Outer {
  @inline(__always) static func sine(_ t: Double) -> Self {
    let s = sin(t)
    return Self(s, cos(t), -s)
  }

  @inline(__always) static func cosine(_ t: Double) -> Self {
    let c = cos(t)
    return Self(c, -sin(t), -c)
  }

  @inline(__always) static func exponential(_ t: Double) -> Self {
    let e = exp(t)
    return Self(e, e, e)
  }

  @inline(__always) static func squareRoot(_ t: Double) -> Self {
    let root = t.squareRoot()
    return Self(root, 0.5 / root, -0.25 / (t * root))
  }

  @inline(__always) static func logarithm(_ t: Double) -> Self { Self(log(t), 1 / t, -1 / (t * t)) }

  @inline(__always) static func inverse(_ t: Double) -> Self {
    let inverse = 1 / t
    return Self(inverse, -inverse * inverse, 2 * inverse * inverse * inverse)
  }

  @inline(__always) static func square(_ t: Double) -> Self { Self(t * t, 2 * t, 2) }

  @inline(__always) static func cube(_ t: Double) -> Self { Self(t * t * t, 3 * t * t, 6 * t) }

  @inline(__always) static func fourthPower(_ t: Double) -> Self {
    let s = t * t
    return Self(s * s, 4 * s * t, 12 * s)
  }

  /// t²/(1 + t²), which is bounded.
  @inline(__always) static func biweight(_ t: Double) -> Self {
    let d = 1 / (1 + t * t)
    return Self(t * t * d, 2 * t * d * d, (2 - 6 * t * t) * d * d * d)
  }

  @inline(__always) static func * (factor: Double, h: Self) -> Self {
    Self(factor * h.h, factor * h.first, factor * h.second)
  }
}
