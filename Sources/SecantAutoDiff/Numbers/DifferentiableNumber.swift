@_exported public import RealModule
// One import is enough to write a formula, differentiate it and solve it.
@_exported public import Secant

/// The numbers that a formula can be written in, so that its derivatives come for nothing.
///
/// ```swift
/// func rosenbrock<Number: DifferentiableNumber>(_ x: [Number]) -> Number {
///   pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2)
/// }
/// ```
///
/// `Float` and `Double` evaluate the formula; ``Dual`` carries a directional derivative along, ``HyperDual`` a second
/// one, and a ``Variable`` writes the formula onto a tape. Arithmetic, literals, comparisons and the functions of
/// `ElementaryFunctions` are at hand, as free functions too: `exp(x)` beside `.exp(x)`. A constant of the formula that is no
/// literal is converted: `Number(t[i])`.
///
/// ## Where a function is not smooth
///
/// | expression | value | derivative |
/// | --- | --- | --- |
/// | `abs(x)` at 0 | 0 | 0, the subgradient of least size |
/// | `max(x, y, …)`, `min(x, y, …)` | that of the first of the largest, of the smallest | that of this one alone, as of a branch |
/// | `max`, `min` where any is NaN, `abs` of NaN | NaN | NaN, of any order |
/// | `[x, y].max()`, `[x, y].min()`, which are Swift's own | any of the numbers where any is NaN | that of the value |
/// | `a < b` and the branch behind it | that of the branch | that of the branch |
/// | `pow(x, n)` with the integer n = 0 | 1, at x = 0 too | 0 |
/// | `pow(x, y)` with a number y at x = 0 | 0 for y > 0, NaN for y = 0 | in x: y xʸ⁻¹; in y: 0 for y > 0 |
/// | `pow(x, y)` with a number y at x < 0 | NaN, were y whole: write an integer | NaN |
/// | `sqrt(x)` at 0 | 0 | +∞; the second: −∞ |
/// | `root(x, n)` at 0 | 0 | +∞; the second: not finite |
/// | `log(x)` at 0 | −∞ | +∞; the second: −∞ |
/// | `log`, `sqrt`, `asin`, `acosh`, `atanh` … beyond where they are defined | NaN | NaN |
/// | `asin(x)`, `acos(x)`, `atanh(x)` at ±1, `acosh(x)` at 1 | that of the function | infinite; the second: not finite |
/// | `hypot(x, y)` at the origin | 0 | 0, the subgradient of least size; the second: NaN |
/// | `atan2(y: y, x: x)` at the origin | 0 | NaN |
/// | an infinite slope of a constant, or of what does not move | that of the function | 0 |
/// | 0 · ∞ anywhere else, as in `root(x * x * x, 3)` at 0 | NaN in a value | NaN, or infinite by another way |
///
/// Zero has no sign here: at −0 the derivatives are those at 0, but for poles as that of 1/x. What a formula computes and does not use has no part in
/// its derivatives, be they infinite or not, and neither has the operand that a maximum or a minimum is not.
///
/// A gradient holds all variables but one, and a derivative along a direction those whose element of it is 0: these are
/// constants. Constant is what was computed from constants alone. A derivative that comes out as 0 makes no constant, and
/// times ∞ it is NaN. So tapes, duals and hyper-duals, Jacobians by rows and by columns have finite elements at the same
/// places; whether another is infinite or NaN may differ with the order of the products.
///
/// A derivative that is not finite ends a run with the status `nonFinite`; none of these is replaced by a number that
/// looks right.
public protocol DifferentiableNumber: AlgebraicField, ElementaryFunctions, Comparable,
  ExpressibleByFloatLiteral
where Magnitude == Self {
  /// `Float` or `Double`: what the number is beneath.
  associatedtype Scalar: LAPACKScalar

  /// A constant: its derivatives are zero.
  init(_ constant: Scalar)

  /// The larger of two numbers, NaN if either is; the first where they are equal.
  static func max(_ x: Self, _ y: Self) -> Self
  /// The smaller of two numbers, NaN if either is; the first where they are equal.
  static func min(_ x: Self, _ y: Self) -> Self
  /// The angle of the point (x, y), in (−π, π].
  static func atan2(y: Self, x: Self) -> Self
  /// √(x² + y²), without overflow on the way.
  static func hypot(_ x: Self, _ y: Self) -> Self
  /// The error function, 2/√π ∫₀ˣ exp(−t²) dt.
  static func erf(_ x: Self) -> Self
  /// A function with derivatives that the user supplied.
  static func apply(_ function: SmoothFunction<Scalar>, to x: Self) -> Self
  /// A function of two numbers with derivatives that the user supplied.
  static func apply(_ function: SmoothFunctionOfTwo<Scalar>, to x: Self, _ y: Self) -> Self
}
