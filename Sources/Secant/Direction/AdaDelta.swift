/// AdaDelta: RMSProp whose rate is the root mean square of its own last steps.
///
/// v ← ρv + (1 − ρ)g², Δ = √(u + ε)/√(v + ε) g, u ← ρu + (1 − ρ)Δ², p = −Δ.
///
/// Δ has the units of θ, so that the rate is a number near 1. u starts at zero and ε alone makes the first
/// steps, of length about √(ε/(1 − ρ)): it is slow to begin with.
///
/// - **Demands**: ``DifferentiableObjective``; a rate, by default 1.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: none of convergence. But for ε in √(v + ε), the steps do not change when f is multiplied
///   by a positive number.
/// - **Reference**: Zeiler 2012 (1212.5701), Algorithm 1.
///
/// | paper | here |
/// | --- | --- |
/// | ρ | `decay` |
/// | ε | `epsilon` |
/// | E[g²], E[Δx²] | `Memory.squares`, `Memory.steps` |
public struct AdaDelta<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// ρ, the part of the averages that is kept.
  public var decay: Scalar
  /// ε, added under both roots.
  public var epsilon: Scalar

  @inlinable public init(decay: Scalar = 0.9, epsilon: Scalar = 1e-6) {
    self.decay = decay
    self.epsilon = epsilon
  }

  /// The two averages.
  public struct Memory: Sendable, Codable, Equatable {
    /// v, the average of g².
    public var squares: Vector<Scalar>
    /// u, the average of Δ².
    public var steps: Vector<Scalar>

    @inlinable init(_ dimension: Int) {
      squares = Vector(zeros: dimension)
      steps = Vector(zeros: dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setAdaDelta(
      squares: &memory.squares, steps: &memory.steps, decay: decay, plus: epsilon,
      gradient: current.gradient, times: -1)
    return 1
  }

  public var complaint: String? {
    complaintAboutAverage("decay (ρ)", decay, suggesting: "0.9")
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-6")
  }
}

extension Solver {
  /// AdaDelta with a constant rate; see ``Secant/AdaDelta``.
  @inlinable public static func adaDelta<P>(
    rate: P.Scalar = 1, decay: P.Scalar = 0.9, epsilon: P.Scalar = 1e-6
  ) -> Self
  where Self == Descent<AdaDelta<P>, Constant<P.Scalar>> {
    Self(AdaDelta(decay: decay, epsilon: epsilon), step: Constant(rate: rate))
  }

  /// AdaDelta with a rate that follows a schedule; see ``Secant/AdaDelta``.
  @inlinable public static func adaDelta<P>(
    rate: Schedule<P.Scalar>, decay: P.Scalar = 0.9, epsilon: P.Scalar = 1e-6
  ) -> Self
  where Self == Descent<AdaDelta<P>, Scheduled<P.Scalar>> {
    Self(AdaDelta(decay: decay, epsilon: epsilon), step: Scheduled(rate))
  }
}
