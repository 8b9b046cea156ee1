/// The symmetric rank-one model: a dense B that learns from the gradients and may be indefinite, as the Hessian is.
///
/// B₊ = B + vvᵀ/vᵀs with v = y − Bs, s = x₊ − x, y = g₊ − g, passed over where |vᵀs| < r‖s‖‖v‖. B begins as ‖g₀‖I,
/// whose full step has length 1; before the first update it becomes (yᵀy/sᵀy)I, or (‖y‖/‖s‖)I where sᵀy is not
/// positive. Rejected trial points teach as well, and they teach most: there B was wrong.
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: n² + 3n.
/// - **Work per step**: one `symv` and one `syr`, 3n² flops, and 2n² for each product.
/// - **Guarantees**: on a quadratic B = ∇²f after n linearly independent steps; in general B → ∇²f where the steps keep
///   spanning the space, and n + 1 steps are superlinear (Conn, Gould and Toint 1991; Khalfan, Byrd and Schnabel 1993).
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 6.2 with (6.24) and (6.26).
///
/// | book | here |
/// | --- | --- |
/// | r | `threshold` |
/// | y − Bs | `product` |
public struct SR1Model<Problem: DifferentiableObjective>: QuasiNewtonModel {
  public typealias Scalar = Problem.Scalar
  public typealias Memory = QuasiNewtonMatrix<Scalar>

  /// r: a pair with |vᵀs| < r‖s‖‖v‖ is not used.
  public var threshold: Scalar

  /// - Parameter threshold: r, by default 1e-8, or √ε where that is more.
  @inlinable public init(threshold: Scalar? = nil) {
    self.threshold = threshold ?? Swift.max(1e-8, Scalar.ulpOfOne.squareRoot() / 2)
  }

  /// B ← B₊.
  @inlinable public func update(_ memory: inout Memory) {
    if memory.progress == .begun {
      memory.hessian.reset(to: memory.pair.scale(.ulpOfOne))
      memory.progress = .updated
    }
    memory.product.vector.copy(memory.pair.y)
    memory.hessian.symmetricMultiply(memory.pair.s, into: &memory.product.vector, times: -1, adding: 1)
    let vᵀs = memory.product.vector.dot(memory.pair.s)
    let vᵀv = memory.product.vector.squaredNorm
    guard abs(vᵀs) > threshold * memory.pair.sᵀs.squareRoot() * vᵀv.squareRoot() else { return }
    guard vᵀv.isFinite, (1 / vᵀs).isFinite, (vᵀv / vᵀs).isFinite else { return }
    memory.hessian.addSymmetricOuter(memory.product.vector, times: 1 / vᵀs)
  }

  public var complaint: String? {
    threshold >= 0 && threshold < 1
      ? nil : "threshold (r) is \(threshold): choose a number from 0 to below 1, such as 1e-8."
  }
}
