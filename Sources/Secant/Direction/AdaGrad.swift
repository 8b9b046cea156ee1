/// AdaGrad: the gradient divided by the root of the sum of all its squares.
///
/// v ← v + g² from v₀, p = −g/(√v + ε). The lengths of the steps never grow, and those of a coordinate whose
/// gradients were small or rare stay large.
///
/// Two forms are published under this name: ``torch`` has v₀ = 0 and √v + 10⁻¹⁰, as the paper has but for its
/// ε; ``optax`` has v₀ = 0.1 and √(v + 10⁻⁷). The first is the default.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: on convex functions f at the average point falls to f* like 1/√k; with v₀ = ε = 0 the
///   steps do not change when a variable or f is multiplied by a positive number, and the first one has
///   length η in every coordinate.
/// - **Reference**: Duchi, Hazan and Singer, *JMLR* 12 (2011) 2121–2159, the diagonal form of Figure 1.
///
/// | paper | here |
/// | --- | --- |
/// | δ | `epsilon` |
/// | Σ g² | `Memory.sum` |
public struct AdaGrad<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// v₀, what the sum of squares begins with.
  public var initial: Scalar
  /// ε, which keeps the quotient from a division by zero.
  public var epsilon: Scalar
  /// Whether it is added to v and not to √v.
  public var isEpsilonInside: Bool

  @inlinable public init(initial: Scalar = 0, epsilon: Scalar = 1e-10, isEpsilonInside: Bool = false) {
    self.initial = initial
    self.epsilon = epsilon
    self.isEpsilonInside = isEpsilonInside
  }

  /// The form of `torch.optim.Adagrad`.
  @inlinable public static var torch: AdaGrad { AdaGrad() }
  /// The form of `optax.adagrad`.
  @inlinable public static var optax: AdaGrad { AdaGrad(initial: 0.1, epsilon: 1e-7, isEpsilonInside: true) }

  /// The sum v.
  public struct Memory: Sendable, Codable, Equatable {
    /// v, the sum of g².
    public var sum: Vector<Scalar>

    @inlinable init(_ dimension: Int, _ initial: Scalar) {
      sum = Vector(repeating: initial, count: dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension, initial) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setNormalised(
      current.gradient, times: -1, overRootOf: &memory.sum, decay: 1, weight: 1, plus: epsilon,
      insideRoot: isEpsilonInside)
    return 1
  }

  public var complaint: String? {
    complaintAboutSize("initial (v₀)", initial, suggesting: "0")
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-10")
  }
}

extension Solver {
  /// AdaGrad with a constant rate; see ``Secant/AdaGrad``.
  @inlinable public static func adaGrad<P>(rate: P.Scalar = 1e-2, _ form: AdaGrad<P> = .torch) -> Self
  where Self == Descent<AdaGrad<P>, Constant<P.Scalar>> { Self(form, step: Constant(rate: rate)) }

  /// AdaGrad with a rate that follows a schedule; see ``Secant/AdaGrad``.
  @inlinable public static func adaGrad<P>(rate: Schedule<P.Scalar>, _ form: AdaGrad<P> = .torch) -> Self
  where Self == Descent<AdaGrad<P>, Scheduled<P.Scalar>> { Self(form, step: Scheduled(rate)) }
}
