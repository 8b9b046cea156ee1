/// AMSGrad: Adam whose steps are divided by the greatest average of squares so far.
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², v_max ← max(v_max, v), p = −m̂/(√v̂_max + ε).
///
/// The paper corrects nothing for bias; PyTorch corrects v_max after the maximum, Optax v before it. See
/// ``Correction``; PyTorch's is the default.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 3n.
/// - **Work per step**: O(n), in three passes.
/// - **Guarantees**: v_max never falls, so that uncorrected lengths never grow: with rates like 1/√k and
///   decreasing β₁ the regret on convex functions is O(√k), and the counterexamples on which Adam does not
///   converge are solved.
/// - **Reference**: Reddi, Kale and Kumar, ICLR 2018 (1904.09237), Algorithm 2.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | m, v, v̂ | `Memory.averages`, `Memory.greatest` |
public struct AMSGrad<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// What is corrected for the zeros that the averages begin with.
  public enum Correction: Sendable, Equatable {
    /// Nothing: the paper's.
    case none
    /// m, and the maximum of v: PyTorch's.
    case afterMaximum
    /// m, and v before the maximum is formed: Optax's.
    case beforeMaximum
  }

  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root.
  public var epsilon: Scalar
  /// What is corrected for bias.
  public var correction: Correction

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-8, correction: Correction = .afterMaximum
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.correction = correction
  }

  /// Adam's averages and the greatest second one.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, v and t.
    public var averages: Adam<Problem>.Memory
    /// v_max, in every coordinate.
    public var greatest: Vector<Scalar>

    @inlinable init(_ dimension: Int) {
      averages = Adam<Problem>.Memory(dimension)
      greatest = Vector(zeros: dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.averages.t += 1
    let b₁ = Scalar.oneMinusPower(betas.0, memory.averages.t)
    let b₂ = Scalar.oneMinusPower(betas.1, memory.averages.t)
    let g = current.gradient
    memory.averages.first.scale(by: betas.0, adding: g, times: 1 - betas.0)
    memory.greatest.formMaximum(
      withAverage: &memory.averages.second, decay: betas.1, squaresOf: g,
      times: correction == .beforeMaximum ? 1 / b₂ : 1)
    // a m / (c√v + ε) is (a/c) m / (√v + ε/c).
    let c = correction == .afterMaximum ? 1 / b₂.squareRoot() : 1
    let a = correction == .none ? 1 : 1 / b₁
    p.set(memory.averages.first, times: -a / c, overRootOf: memory.greatest, plus: epsilon / c)
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-8")
  }
}

extension Solver {
  /// AMSGrad with a constant rate; see ``Secant/AMSGrad``.
  @inlinable public static func amsGrad<P>(
    rate: P.Scalar = 1e-3, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    correction: AMSGrad<P>.Correction = .afterMaximum
  ) -> Self where Self == Descent<AMSGrad<P>, Constant<P.Scalar>> {
    Self(AMSGrad(betas: betas, epsilon: epsilon, correction: correction), step: Constant(rate: rate))
  }

  /// AMSGrad with a rate that follows a schedule; see ``Secant/AMSGrad``.
  @inlinable public static func amsGrad<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    correction: AMSGrad<P>.Correction = .afterMaximum
  ) -> Self where Self == Descent<AMSGrad<P>, Scheduled<P.Scalar>> {
    Self(AMSGrad(betas: betas, epsilon: epsilon, correction: correction), step: Scheduled(rate))
  }
}
