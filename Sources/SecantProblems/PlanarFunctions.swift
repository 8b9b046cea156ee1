public import Secant

/// A function of two variables that is written down with all its first and second derivatives: something to draw.
public protocol PlanarFunction<Scalar>: TwiceDifferentiableObjective, Sendable {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  init()

  /// Value, gradient and Hessian at (x, y).
  func jet(_ x: Scalar, _ y: Scalar) -> Jet<Scalar>

  /// The customary start.
  var start: Vector<Scalar> { get }
}

/// What a function of two variables is at a point, to second order.
public struct Jet<Scalar: LAPACKScalar>: Sendable {
  /// The value, the first derivatives and the second.
  public var f, fx, fy, fxx, fxy, fyy: Scalar

  @inlinable public init(
    _ f: Scalar, gradient: (Scalar, Scalar), hessian: (xx: Scalar, xy: Scalar, yy: Scalar)
  ) {
    self.f = f
    (fx, fy) = gradient
    (fxx, fxy, fyy) = hessian
  }
}

extension PlanarFunction where Failure == Never {
  @inlinable public var dimension: Int? { 2 }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar { jet(x[0], x[1]).f }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) -> Scalar {
    let jet = jet(x[0], x[1])
    gradient[0] = jet.fx
    gradient[1] = jet.fy
    return jet.f
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    let jet = jet(x[0], x[1])
    product[0] = jet.fxx * v[0] + jet.fxy * v[1]
    product[1] = jet.fxy * v[0] + jet.fyy * v[1]
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    let jet = jet(x[0], x[1])
    hessian[0, 0] = jet.fxx
    hessian[1, 0] = jet.fxy
    hessian[0, 1] = jet.fxy
    hessian[1, 1] = jet.fyy
  }
}

/// Beale's function, Σᵢ (cᵢ − x (1 − yⁱ))² with c = (1.5, 2.25, 2.625): minimum 0 at (3, ½).
public struct Beale<Scalar: LAPACKScalar>: PlanarFunction {
  @inlinable public init() {}

  public var start: Vector<Scalar> { [1, 1] }

  @inlinable public func jet(_ x: Scalar, _ y: Scalar) -> Jet<Scalar> {
    var jet = Jet<Scalar>(0, gradient: (0, 0), hessian: (0, 0, 0))
    // p = yⁱ with its first and second derivative.
    func add(_ c: Scalar, _ p: Scalar, _ dp: Scalar, _ ddp: Scalar) {
      let r = c - x * (1 - p)
      let (rx, ry) = (p - 1, x * dp)
      jet.f += r * r
      jet.fx += 2 * r * rx
      jet.fy += 2 * r * ry
      jet.fxx += 2 * rx * rx
      jet.fxy += 2 * (rx * ry + r * dp)
      jet.fyy += 2 * (ry * ry + r * x * ddp)
    }
    add(1.5, y, 1, 0)
    add(2.25, y * y, 2 * y, 2)
    add(2.625, y * y * y, 3 * y * y, 6 * y)
    return jet
  }
}

/// Himmelblau's function, (x² + y − 11)² + (x + y² − 7)²: four minima of value 0, one of them at (3, 2).
public struct Himmelblau<Scalar: LAPACKScalar>: PlanarFunction {
  @inlinable public init() {}

  public var start: Vector<Scalar> { [0, 0] }

  @inlinable public func jet(_ x: Scalar, _ y: Scalar) -> Jet<Scalar> {
    let (a, b) = (x * x + y - 11, x + y * y - 7)
    return Jet(
      a * a + b * b, gradient: (4 * x * a + 2 * b, 2 * a + 4 * y * b),
      hessian: (4 * a + 8 * x * x + 2, 4 * (x + y), 2 + 4 * b + 8 * y * y))
  }
}

/// Booth's function, (x + 2y − 7)² + (2x + y − 5)²: minimum 0 at (1, 3).
public struct Booth<Scalar: LAPACKScalar>: PlanarFunction {
  @inlinable public init() {}

  public var start: Vector<Scalar> { [-5, -5] }

  @inlinable public func jet(_ x: Scalar, _ y: Scalar) -> Jet<Scalar> {
    let (a, b) = (x + 2 * y - 7, 2 * x + y - 5)
    return Jet(a * a + b * b, gradient: (2 * a + 4 * b, 4 * a + 2 * b), hessian: (10, 8, 10))
  }
}

/// Matyas's function, 0.26 (x² + y²) − 0.48 xy: minimum 0 at (0, 0), condition number 25.
public struct Matyas<Scalar: LAPACKScalar>: PlanarFunction {
  @inlinable public init() {}

  public var start: Vector<Scalar> { [8, -6] }

  @inlinable public func jet(_ x: Scalar, _ y: Scalar) -> Jet<Scalar> {
    Jet(
      0.26 * (x * x + y * y) - 0.48 * x * y, gradient: (0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x),
      hessian: (0.52, -0.48, 0.52))
  }
}

/// The Styblinski–Tang function in two variables, ½ Σ (x⁴ − 16x² + 5x): minimum −78.3323… at −2.903534 twice, and
/// three local minima.
public struct StyblinskiTang<Scalar: LAPACKScalar>: PlanarFunction {
  @inlinable public init() {}

  public var start: Vector<Scalar> { [0, 0] }

  @inlinable public func jet(_ x: Scalar, _ y: Scalar) -> Jet<Scalar> {
    let (s, t) = (x * x, y * y)
    return Jet(
      (s * s - 16 * s + 5 * x + t * t - 16 * t + 5 * y) / 2,
      gradient: (2 * x * s - 16 * x + 2.5, 2 * y * t - 16 * y + 2.5), hessian: (6 * s - 16, 0, 6 * t - 16))
  }
}
