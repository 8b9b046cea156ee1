public import RealModule

// The functions of a formula as the field writes them: exp(x), not N.exp(x).

/// eˣ.
@inlinable @inline(__always) public func exp<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.exp(x)
}

/// The hyperbolic cosine.
@inlinable @inline(__always) public func cosh<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.cosh(x)
}

/// The hyperbolic sine.
@inlinable @inline(__always) public func sinh<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.sinh(x)
}

/// The hyperbolic tangent.
@inlinable @inline(__always) public func tanh<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.tanh(x)
}

/// The cosine.
@inlinable @inline(__always) public func cos<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.cos(x)
}

/// The sine.
@inlinable @inline(__always) public func sin<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.sin(x)
}

/// The tangent.
@inlinable @inline(__always) public func tan<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.tan(x)
}

/// The natural logarithm.
@inlinable @inline(__always) public func log<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.log(x)
}

/// The inverse hyperbolic cosine.
@inlinable @inline(__always) public func acosh<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.acosh(x)
}

/// The inverse hyperbolic sine.
@inlinable @inline(__always) public func asinh<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.asinh(x)
}

/// The inverse hyperbolic tangent.
@inlinable @inline(__always) public func atanh<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.atanh(x)
}

/// The inverse cosine.
@inlinable @inline(__always) public func acos<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.acos(x)
}

/// The inverse sine.
@inlinable @inline(__always) public func asin<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.asin(x)
}

/// The inverse tangent.
@inlinable @inline(__always) public func atan<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.atan(x)
}

/// The square root.
@inlinable @inline(__always) public func sqrt<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.sqrt(x)
}

/// The error function.
@inlinable @inline(__always) public func erf<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.erf(x)
}

/// eˣ − 1, exact near 0.
@inlinable @inline(__always) public func expMinusOne<Number: DifferentiableNumber>(_ x: Number) -> Number {
  Number.expMinusOne(x)
}

/// log(1 + x), exact near 0.
@inlinable @inline(__always) public func log<Number: DifferentiableNumber>(onePlus x: Number) -> Number {
  Number.log(onePlus: x)
}

/// xʸ; NaN where x is negative, also where y is a whole number: write `pow(x, 3)` with an integer there.
@inlinable @inline(__always) public func pow<Number: DifferentiableNumber>(_ x: Number, _ y: Number) -> Number
{
  Number.pow(x, y)
}

/// xⁿ.
@inlinable @inline(__always) public func pow<Number: DifferentiableNumber>(_ x: Number, _ n: Int) -> Number {
  Number.pow(x, n)
}

/// The nth root.
@inlinable @inline(__always) public func root<Number: DifferentiableNumber>(_ x: Number, _ n: Int) -> Number {
  Number.root(x, n)
}

/// The larger of two numbers, NaN if either is; the first where they are equal.
@inlinable @inline(__always) public func max<Number: DifferentiableNumber>(_ x: Number, _ y: Number) -> Number
{
  Number.max(x, y)
}

/// The smaller of two numbers, NaN if either is; the first where they are equal.
@inlinable @inline(__always) public func min<Number: DifferentiableNumber>(_ x: Number, _ y: Number) -> Number
{
  Number.min(x, y)
}

/// The largest of three numbers or more, NaN if any is; the first of those that are equal.
@inlinable @inline(__always) public func max<Number: DifferentiableNumber>(
  _ x: Number, _ y: Number, _ z: Number, _ rest: Number...
) -> Number {
  rest.reduce(Number.max(Number.max(x, y), z), Number.max)
}

/// The smallest of three numbers or more, NaN if any is; the first of those that are equal.
@inlinable @inline(__always) public func min<Number: DifferentiableNumber>(
  _ x: Number, _ y: Number, _ z: Number, _ rest: Number...
) -> Number {
  rest.reduce(Number.min(Number.min(x, y), z), Number.min)
}

/// The angle of the point (x, y), in (−π, π].
@inlinable @inline(__always) public func atan2<Number: DifferentiableNumber>(y: Number, x: Number) -> Number {
  Number.atan2(y: y, x: x)
}

/// √(x² + y²), without overflow on the way.
@inlinable @inline(__always) public func hypot<Number: DifferentiableNumber>(_ x: Number, _ y: Number)
  -> Number
{
  Number.hypot(x, y)
}
