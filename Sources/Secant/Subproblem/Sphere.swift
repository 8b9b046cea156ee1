/// Where the line p + τd meets the sphere of radius Δ around 0, for p within it: the roots τ ≤ 0 and τ ≥ 0.
@inlinable func sphere<Scalar: LAPACKScalar>(
  of Δ: Scalar, from p: Vector<Scalar>, along d: Vector<Scalar>
) -> (backwards: Scalar, forwards: Scalar) {
  // With the unit vector along d, so that nothing overflows: τ = t / ‖d‖, t² + 2bt − c = 0.
  let length = d.norm
  let b = p.dot(d) / length
  let pNorm = p.norm
  let c = Swift.max(0, (Δ - pNorm) * (Δ + pNorm))
  let root = (b * b + c).squareRoot()
  // The root without cancellation first, the other from the product −c of the two.
  let far = b >= 0 ? -(b + root) : root - b
  let near = far == 0 ? 0 : -c / far
  return (Swift.min(far, near) / length, Swift.max(far, near) / length)
}
