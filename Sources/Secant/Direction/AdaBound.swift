/// AdaBound: Adam whose rate of every coordinate is clipped into bounds that close on the rate of SGD.
///
/// m and v as in Adam; p = −clip(√(1 − β₂ᵗ)/(1 − β₁ᵗ)/(√v + ε), l, u) m with l = ρ(1 − 1/(γt + 1)) and u = ρ(1 + 1/(γt)).
/// AMSBound takes the greatest v so far in the place of v.
///
/// ρ is the final rate as a part of the rate η that multiplies the whole: a schedule moves both, as in the authors' code.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 3n.
/// - **Work per step**: O(n), in three passes.
/// - **Guarantees**: no coordinate's rate leaves the bounds, which begin as (0, ∞) and end at the final rate. AMSBound has
///   regret O(√T) on convex functions with rates that fall like 1/√t.
/// - **Reference**: Luo, Xiong, Liu and Sun, ICLR 2019 (1902.09843), Algorithms 2 and 3, and the authors' package adabound.
///
/// | paper | here |
/// | --- | --- |
/// | α* | `finalRate` times η |
/// | γ | `closing` |
/// | β₁, β₂, ε | `betas`, `epsilon` |
/// | m, v | `Memory.averages` |
public struct AdaBound<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// ρ, the final rate as a part of the rate.
  public var finalRate: Scalar
  /// γ, how fast the bounds close.
  public var closing: Scalar
  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root.
  public var epsilon: Scalar
  /// Whether the greatest v so far takes its place: AMSBound.
  public var keepsGreatest: Bool

  @inlinable public init(
    finalRate: Scalar = 100, closing: Scalar = 1e-3, betas: (Scalar, Scalar) = (0.9, 0.999),
    epsilon: Scalar = 1e-8, keepsGreatest: Bool = false
  ) {
    self.finalRate = finalRate
    self.closing = closing
    self.betas = betas
    self.epsilon = epsilon
    self.keepsGreatest = keepsGreatest
  }

  /// Adam's averages and the greatest second one, which AMSBound alone needs.
  public typealias Memory = AMSGrad<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.averages.t += 1
    let t = Scalar(memory.averages.t)
    let b₁ = Scalar.oneMinusPower(betas.0, memory.averages.t)
    let b₂ = Scalar.oneMinusPower(betas.1, memory.averages.t)
    let g = current.gradient
    memory.averages.first.scale(by: betas.0, adding: g, times: 1 - betas.0)
    if !keepsGreatest { memory.greatest.fill(with: 0) }
    memory.greatest.formMaximum(withAverage: &memory.averages.second, decay: betas.1, squaresOf: g)
    let lower = finalRate * (1 - 1 / (closing * t + 1))
    let upper = finalRate * (1 + 1 / (closing * t))
    p.setBounded(
      memory.averages.first, times: b₂.squareRoot() / b₁, overRootOf: memory.greatest, plus: epsilon,
      within: lower...upper)
    return 1
  }

  public var complaint: String? {
    complaintAboutScale("finalRate (ρ)", finalRate, suggesting: "100")
      ?? complaintAboutScale("closing (γ)", closing, suggesting: "1e-3")
      ?? complaintAboutBetas(betas)
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-8")
  }
}

extension Solver {
  /// AdaBound with a constant rate, whose bounds close on `finalRate`; see ``Secant/AdaBound``.
  @inlinable public static func adaBound<P>(
    rate: P.Scalar = 1e-3, finalRate: P.Scalar = 0.1, closing: P.Scalar = 1e-3,
    betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8
  ) -> Self where Self == Descent<AdaBound<P>, Constant<P.Scalar>> {
    Self(
      AdaBound(finalRate: finalRate / rate, closing: closing, betas: betas, epsilon: epsilon),
      step: Constant(rate: rate))
  }

  /// AMSBound with a constant rate; see ``Secant/AdaBound``.
  @inlinable public static func amsBound<P>(
    rate: P.Scalar = 1e-3, finalRate: P.Scalar = 0.1, closing: P.Scalar = 1e-3,
    betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8
  ) -> Self where Self == Descent<AdaBound<P>, Constant<P.Scalar>> {
    Self(
      AdaBound(
        finalRate: finalRate / rate, closing: closing, betas: betas, epsilon: epsilon, keepsGreatest: true),
      step: Constant(rate: rate))
  }

  /// AdaBound or AMSBound with a rate that follows a schedule, and a final rate in its proportion; see ``Secant/AdaBound``.
  @inlinable public static func adaBound<P>(
    rate: Schedule<P.Scalar>, _ direction: AdaBound<P> = AdaBound()
  ) -> Self where Self == Descent<AdaBound<P>, Scheduled<P.Scalar>> {
    Self(direction, step: Scheduled(rate))
  }
}
