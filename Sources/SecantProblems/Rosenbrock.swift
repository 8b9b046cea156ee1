public import Secant

/// Rosenbrock's curved valley, chained over any number of variables: f(x) = Σᵢ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².
///
/// The minimum is 0 at (1, …, 1); from four variables on there is a second, local one near (−1, 1, …, 1).
///
/// - **Reference**: H. H. Rosenbrock, *An automatic method for finding the greatest or least value of a function*,
///   The Computer Journal 3 (1960).
public struct Rosenbrock<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, Sendable {
  @usableFromInline let count: Int

  /// - Parameter dimension: how many variables, at least 2.
  @inlinable public init(dimension: Int = 2) {
    precondition(dimension >= 2, "Rosenbrock's function of \(dimension) variables: give at least 2")
    count = dimension
  }

  @inlinable public var dimension: Int? { count }

  /// The customary start, (−1.2, 1, −1.2, 1, …).
  public var start: Vector<Scalar> { Vector((0..<count).map { $0.isMultiple(of: 2) ? -1.2 : 1 }) }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar {
    var value: Scalar = 0
    for i in 0..<(count - 1) {
      let (a, b) = (1 - x[i], x[i + 1] - x[i] * x[i])
      value += a * a + 100 * b * b
    }
    return value
  }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) -> Scalar {
    var value: Scalar = 0
    gradient[0] = 0
    for i in 0..<(count - 1) {
      let (a, b) = (1 - x[i], x[i + 1] - x[i] * x[i])
      gradient[i] -= 2 * a + 400 * x[i] * b
      gradient[i + 1] = 200 * b
      value += a * a + 100 * b * b
    }
    return value
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    product[0] = 0
    for i in 0..<(count - 1) {
      let off = -400 * x[i]
      product[i] += (2 + 1200 * x[i] * x[i] - 400 * x[i + 1]) * v[i] + off * v[i + 1]
      product[i + 1] = off * v[i] + 200 * v[i + 1]
    }
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    hessian.fill(with: 0)
    for i in 0..<(count - 1) {
      hessian[i, i] += 2 + 1200 * x[i] * x[i] - 400 * x[i + 1]
      hessian[i + 1, i] = -400 * x[i]
      hessian[i, i + 1] = -400 * x[i]
      hessian[i + 1, i + 1] = 200
    }
  }
}
