/// What a quasi-Newton model learns from: s = x₊ − x and y = g₊ − g, which the true Hessian's mean maps onto another.
///
/// After a rejection the pair leads back from the rejected point; an update that is even in (s, y) does not mind.
@usableFromInline struct SecantPair<Scalar: LAPACKScalar>: Workspace {
  @usableFromInline let shape: Int
  @usableFromInline var s: Vector<Scalar>
  @usableFromInline var y: Vector<Scalar>
  @usableFromInline var sᵀs: Scalar = 0
  @usableFromInline var sᵀy: Scalar = 0
  @usableFromInline var yᵀy: Scalar = 0

  @usableFromInline init(shape n: Int) {
    shape = n
    s = Vector(zeros: n)
    y = Vector(zeros: n)
  }

  /// Takes the pair between two points; false where there is none, or none of finite numbers.
  @inlinable mutating func take(from other: Iterate<Scalar>, to current: Iterate<Scalar>) -> Bool {
    guard other.isEvaluated else { return false }
    s.set(current.point, minus: other.point)
    y.set(current.gradient, minus: other.gradient)
    sᵀs = s.squaredNorm
    sᵀy = s.dot(y)
    yᵀy = y.squaredNorm
    return sᵀs > 0 && sᵀs.isFinite && sᵀy.isFinite && yᵀy.isFinite
  }

  /// Whether yᵀs > ε‖s‖‖y‖.
  @inlinable func hasCurvature(_ ε: Scalar) -> Bool { sᵀy > ε * sᵀs.squareRoot() * yᵀy.squareRoot() }

  /// The multiple of the identity that a first update starts from: yᵀy/sᵀy, or ‖y‖/‖s‖ where that is not positive.
  @inlinable func scale(_ ε: Scalar) -> Scalar {
    let γ = hasCurvature(ε) ? yᵀy / sᵀy : (yᵀy / sᵀs).squareRoot()
    return γ > 0 && γ.isFinite ? γ : 1
  }
}
