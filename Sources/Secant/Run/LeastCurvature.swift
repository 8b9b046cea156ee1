/// The least eigenvalue of the Hessian at a point, by Lanczos' method on Hessian-vector products.
///
/// At most min(n, 100) products, charged to the oracle. They end sooner when the least Ritz value is exact to √ε of the
/// Hessian's norm, or when it is certainly negative and known to a tenth: a Ritz value bounds the least eigenvalue
/// from above, so curvature that is found negative is negative. Where the products end before the least eigenvalue
/// could be told from zero, or where the budget refuses one, the curvature is unknown.
@inlinable func leastCurvature<Problem: HessianVectorObjective>(
  at point: Vector<Problem.Scalar>, asking oracle: inout Oracle<Problem>
) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
  try unknownIfExhausted { () throws(Halt<Problem.Failure>) in
    try leastCurvature(dimension: point.count) { (v, product) throws(Halt<Problem.Failure>) in
      try oracle.hessian(times: v, at: point, into: &product)
    }
  }
}

/// The least eigenvalue of D⁻¹∇²f D⁻¹ at a point, in whose units the variables are alike; the direction is one of x.
func leastCurvature<Problem: HessianVectorObjective>(
  at point: Vector<Problem.Scalar>, scaledBy D: Vector<Problem.Scalar>?, asking oracle: inout Oracle<Problem>
) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
  guard let D else { return try leastCurvature(at: point, asking: &oracle) }
  var scaled = point
  let curvature = try leastCurvature(dimension: point.count) { (v, product) throws(Halt<Problem.Failure>) in
    scaled.set(v, dividedBy: D)
    try oracle.hessian(times: scaled, at: point, into: &product)
    product.divide(by: D)
  }
  guard case .least(let λ, var direction, let scale) = curvature else { return curvature }
  direction.divide(by: D)
  direction.scale(by: 1 / direction.norm)
  return .least(λ, direction: direction, scale: scale)
}

/// The least eigenvalue of the Hessian at a point, from one evaluation of the dense matrix.
@inlinable func leastCurvature<Problem: TwiceDifferentiableObjective>(
  ofHessianAt point: Vector<Problem.Scalar>, asking oracle: inout Oracle<Problem>
) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
  var hessian = Matrix<Problem.Scalar>(zeros: point.count, point.count)
  return try unknownIfExhausted { () throws(Halt<Problem.Failure>) in
    try oracle.hessian(at: point, into: &hessian)
    return leastCurvature(dimension: point.count) { v, product in
      hessian.symmetricMultiply(v, into: &product)
    }
  }
}

/// The least eigenvalue of the Hessian at a point over some of the variables, the others being held: that of the
/// submatrix, whose eigenvector has zeros elsewhere.
@inlinable func leastCurvature<Problem: HessianVectorObjective>(
  at point: Vector<Problem.Scalar>, over free: [Int], asking oracle: inout Oracle<Problem>
) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
  if free.isEmpty { return .unknown }
  var whole = Vector<Problem.Scalar>(zeros: point.count)
  var wholeProduct = whole
  return try unknownIfExhausted { () throws(Halt<Problem.Failure>) in
    let reduced = try leastCurvature(dimension: free.count) { (v, product) throws(Halt<Problem.Failure>) in
      for (k, i) in free.enumerated() { whole[i] = v[k] }
      try oracle.hessian(times: whole, at: point, into: &wholeProduct)
      for (k, i) in free.enumerated() { product[k] = wholeProduct[i] }
    }
    guard case .least(let λ, let direction, let scale) = reduced else { return reduced }
    for (k, i) in free.enumerated() { whole[i] = direction[k] }
    return .least(λ, direction: whole, scale: scale)
  }
}

/// The least curvature of a function at a stationary point of a box.
///
/// The variables that a bound holds by its multiplier are left out (``Bounds/held(at:gradient:)``). Over all others it
/// is positive where the least eigenvalue is; where that is negative the eigenvector may lead out of the box for a
/// variable that lies on a bound without a multiplier, and what of it leads in is tried, to either side; after that the
/// variables that lie on no bound are asked alone. What is neither is unknown.
@inlinable func leastCurvature<Problem: HessianVectorObjective>(
  at iterate: Iterate<Problem.Scalar>, within bounds: Bounds<Problem.Scalar>,
  asking oracle: inout Oracle<Problem>
) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
  let x = iterate.point
  let held = bounds.held(at: x, gradient: iterate.gradient)
  let movable = x.indices.filter { !held.contains($0) }
  let free = bounds.free(at: x)
  let whole =
    held.isEmpty
    ? try leastCurvature(at: x, asking: &oracle) : try leastCurvature(at: x, over: movable, asking: &oracle)
  if whole.isPositive || movable == free { return whole }
  if whole.isNegative, case .least(_, let direction, let scale) = whole {
    var product = direction
    for side: Problem.Scalar in [1, -1] {
      guard let inward = bounds.inward(side * direction, from: x) else { continue }
      let curvature = try unknownIfExhausted { () throws(Halt<Problem.Failure>) in
        try oracle.hessian(times: inward, at: x, into: &product)
        return .least(inward.dot(product), direction: inward, scale: scale)
      }
      if curvature.isNegative { return curvature }
    }
  }
  let onFace = try leastCurvature(at: x, over: free, asking: &oracle)
  return onFace.isNegative ? onFace : .unknown
}

/// What `measure` finds, or unknown where the budget refuses it an evaluation.
@inlinable @inline(__always) func unknownIfExhausted<Scalar, Failure: Error>(
  _ measure: () throws(Halt<Failure>) -> Curvature<Scalar>
) throws(Halt<Failure>) -> Curvature<Scalar> {
  do throws(Halt<Failure>) { return try measure() } catch .exhausted { return .unknown } catch { throw error }
}

/// The least eigenvalue of a symmetric matrix that is known by its products.
@inlinable func leastCurvature<Scalar: LAPACKScalar, Failure: Error>(
  dimension n: Int, multiply: (Vector<Scalar>, inout Vector<Scalar>) throws(Failure) -> Void
) throws(Failure) -> Curvature<Scalar> {
  let tolerance = Curvature<Scalar>.tolerance
  var lanczos = Lanczos<Scalar>(dimension: n, steps: Swift.min(n, 100))
  let failure = try lanczos.leastEigenvalue(
    tolerance: tolerance,
    suffices: { θ, residual, norm in θ < -10 * tolerance * norm && residual < -θ / 10 },
    multiply: multiply)
  if failure != nil { return .unknown }
  let (λ, residual, norm) = (lanczos.value, lanczos.residualBound, lanczos.norm)
  let isKnown = residual <= tolerance * norm || λ < -tolerance * norm || λ - residual > tolerance * norm
  return isKnown ? .least(λ, direction: lanczos.vector, scale: norm) : .unknown
}
