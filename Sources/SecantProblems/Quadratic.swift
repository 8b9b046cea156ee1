public import Secant

/// A convex quadratic of a given condition number, f(x) = ½ (x − x*)ᵀ A (x − x*), whose minimum is 0 at x*.
///
/// The eigenvalues of A run from 1 to κ in equal ratios. Without a seed A is diagonal and x* is all ones; with
/// one, A is turned by the reflection I − 2uuᵀ of a random unit vector and x* is random. A is never stored.
public struct Quadratic<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, Sendable {
  /// The eigenvalues of the Hessian.
  public let eigenvalues: Vector<Scalar>
  /// x*.
  public let minimiser: Vector<Scalar>
  /// The reflection's unit vector u, or nil when A is diagonal.
  @usableFromInline let mirror: Vector<Scalar>?

  /// - Parameters:
  ///   - n: the dimension, at least 1.
  ///   - κ: the condition number, the largest eigenvalue over the smallest; at least 1.
  ///   - seed: what turns the axes and places the minimiser, or nil for neither.
  public init(dimension n: Int, conditionNumber κ: Scalar, seed: UInt64? = nil) {
    precondition(n >= 1, "a quadratic of \(n) variables: give at least 1")
    precondition(κ >= 1 && κ.isFinite, "a condition number of \(κ): give a finite number of at least 1")
    self.init(
      eigenvalues: Vector((0..<n).map { Scalar.pow(κ, Scalar($0) / Scalar(Swift.max(n - 1, 1))) }), seed: seed
    )
  }

  /// - Parameters:
  ///   - eigenvalues: those of the Hessian, none of them negative.
  ///   - seed: what turns the axes and places the minimiser, or nil for neither.
  public init(eigenvalues: Vector<Scalar>, seed: UInt64? = nil) {
    precondition(
      eigenvalues.allSatisfy { $0 >= 0 && $0.isFinite },
      "the eigenvalues \(eigenvalues): give finite numbers of zero or more")
    self.eigenvalues = eigenvalues
    let n = eigenvalues.count
    guard let seed else {
      minimiser = Vector(repeating: 1, count: n)
      mirror = nil
      return
    }
    var generator = RandomGenerator(seed: seed)
    var point = Vector<Scalar>(zeros: n)
    generator.fillNormal(&point)
    minimiser = point
    generator.fillNormal(&point)
    point.scale(by: 1 / point.norm)
    mirror = point
  }

  @inlinable public var dimension: Int? { minimiser.count }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) -> Scalar {
    gradient.set(x, plus: -1, times: minimiser)
    reflect(&gradient)
    var value: Scalar = 0
    for i in gradient.indices {
      let slope = eigenvalues[i] * gradient[i]
      value += slope * gradient[i]
      gradient[i] = slope
    }
    reflect(&gradient)
    return value / 2
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at _: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    product.copy(v)
    reflect(&product)
    for i in product.indices { product[i] *= eigenvalues[i] }
    reflect(&product)
  }

  @inlinable public func hessian(at _: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    hessian.fill(with: 0)
    var uᵀDu: Scalar = 0
    if let u = mirror { for i in u.indices { uᵀDu += eigenvalues[i] * u[i] * u[i] } }
    // (I − 2uuᵀ) D (I − 2uuᵀ) = D − 2 (Du uᵀ + u uᵀD) + 4 (uᵀDu) u uᵀ.
    for j in minimiser.indices {
      if let u = mirror {
        for i in u.indices {
          hessian[i, j] = (4 * uᵀDu - 2 * (eigenvalues[i] + eigenvalues[j])) * (u[i] * u[j])
        }
      }
      hessian[j, j] += eigenvalues[j]
    }
  }

  /// x ← (I − 2uuᵀ) x.
  @inlinable func reflect(_ x: inout Vector<Scalar>) {
    if let mirror { x.add(mirror, times: -2 * mirror.dot(x)) }
  }
}
