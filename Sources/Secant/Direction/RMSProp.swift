/// RMSProp: the gradient divided by the root of an average of its squares.
///
/// v ← αv + (1 − α)g², p = −g/(√v + ε). Centred, with the average m ← αm + (1 − α)g, the variance v − m²
/// takes the place of v. With momentum, b ← μb + g/(√v + ε) and p = −b.
///
/// Two forms are published under this name: ``torch`` has α = 0.99 and √v + 10⁻⁸; ``optax`` has α = 0.9 and
/// √(v + 10⁻⁸). The first is the default.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: n, and n each for the centre and for momentum.
/// - **Work per step**: O(n), in one pass; three with momentum.
/// - **Guarantees**: with ε = 0 the steps do not change when f is multiplied by a positive number. It may
///   fail to converge on convex functions (Reddi, Kale and Kumar 2018).
/// - **Reference**: Tieleman and Hinton, *Lecture 6.5* (2012); the centred form: Graves 2013 (1308.0850),
///   section 4.2.
///
/// | paper | here |
/// | --- | --- |
/// | α | `decay` |
/// | μ | `momentum` |
/// | ε | `epsilon` |
/// | v, m, b | `Memory.second`, `Memory.first`, `Memory.sum` |
public struct RMSProp<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// α, the part of the averages that is kept.
  public var decay: Scalar
  /// μ, the part of the last direction that is kept.
  public var momentum: Scalar
  /// Whether the variance takes the place of the mean square.
  public var isCentred: Bool
  /// ε, which keeps the quotient from a division by zero.
  public var epsilon: Scalar
  /// Whether it is added to v and not to √v.
  public var isEpsilonInside: Bool

  @inlinable public init(
    decay: Scalar = 0.99, momentum: Scalar = 0, isCentred: Bool = false,
    epsilon: Scalar = 1e-8, isEpsilonInside: Bool = false
  ) {
    self.decay = decay
    self.momentum = momentum
    self.isCentred = isCentred
    self.epsilon = epsilon
    self.isEpsilonInside = isEpsilonInside
  }

  /// The form of `torch.optim.RMSprop`.
  @inlinable public static var torch: RMSProp { RMSProp() }
  /// The form of `optax.rmsprop`.
  @inlinable public static var optax: RMSProp { RMSProp(decay: 0.9, epsilon: 1e-8, isEpsilonInside: true) }

  /// The averages; one that is not in use is empty.
  public struct Memory: Sendable, Codable, Equatable {
    /// v, the average of g².
    public var second: Vector<Scalar>
    /// m, the average of g, where it is centred.
    public var first: Vector<Scalar>
    /// b, the sum of directions, with momentum.
    public var sum: Vector<Scalar>

    @inlinable init(_ dimension: Int, isCentred: Bool, hasMomentum: Bool) {
      second = Vector(zeros: dimension)
      first = Vector(zeros: isCentred ? dimension : 0)
      sum = Vector(zeros: hasMomentum ? dimension : 0)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, isCentred: isCentred, hasMomentum: momentum != 0)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    let g = current.gradient
    if isCentred {
      p.setStandardised(
        g, times: -1, mean: &memory.first, square: &memory.second, decay: decay, plus: epsilon,
        insideRoot: isEpsilonInside)
    } else {
      p.setNormalised(
        g, times: -1, overRootOf: &memory.second, decay: decay, weight: 1 - decay, plus: epsilon,
        insideRoot: isEpsilonInside)
    }
    if momentum != 0 {
      memory.sum.scale(by: momentum, adding: p)
      p.copy(memory.sum)
    }
    return 1
  }

  public var complaint: String? {
    complaintAboutAverage("decay (α)", decay, suggesting: "0.99")
      ?? complaintAboutAverage("momentum (μ)", momentum, suggesting: "0.9, or 0 for none")
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-8")
  }
}

extension Solver {
  /// RMSProp with a constant rate; see ``Secant/RMSProp``.
  @inlinable public static func rmsProp<P>(rate: P.Scalar = 1e-2, _ form: RMSProp<P> = .torch) -> Self
  where Self == Descent<RMSProp<P>, Constant<P.Scalar>> { Self(form, step: Constant(rate: rate)) }

  /// RMSProp with a rate that follows a schedule; see ``Secant/RMSProp``.
  @inlinable public static func rmsProp<P>(rate: Schedule<P.Scalar>, _ form: RMSProp<P> = .torch) -> Self
  where Self == Descent<RMSProp<P>, Scheduled<P.Scalar>> { Self(form, step: Scheduled(rate)) }
}
