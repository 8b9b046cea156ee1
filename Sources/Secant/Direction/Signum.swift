/// Sign descent: the sign of the gradient, or of its average.
///
/// m ← βm + (1 − β)g and p = −sign(m): signSGD with β = 0, Signum with β > 0.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: every coordinate moves by η, but one whose m is exactly 0, so p is the steepest descent
///   in ‖·‖∞ where β = 0; the steps do not change when f is multiplied by a positive number. With a constant
///   rate it ends in a walk of that size around a minimum; with gradients of batches it may fail (Balles and
///   Hennig 2018).
/// - **Reference**: Bernstein, Wang, Azizzadenesheli and Anandkumar, ICML 2018 (1802.04434), Algorithms 1 and
///   2.
///
/// | paper | here |
/// | --- | --- |
/// | β | `momentum` |
/// | m | `Memory.average` |
public struct Signum<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β, the part of the average of the gradients that is kept.
  public var momentum: Scalar

  @inlinable public init(momentum: Scalar = 0.9) { self.momentum = momentum }

  /// The average m of g.
  public typealias Memory = Momentum<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setSigns(
      average: &memory.average, decay: (momentum, momentum), gradient: current.gradient, times: -1)
    return 1
  }

  public var complaint: String? {
    complaintAboutAverage("momentum (β)", momentum, suggesting: "0.9, or 0 for signSGD")
  }
}

extension Solver {
  /// signSGD with a constant rate; see ``Secant/Signum``.
  @inlinable public static func signSGD<P>(rate: P.Scalar) -> Self
  where Self == Descent<Signum<P>, Constant<P.Scalar>> { .signum(rate: rate, momentum: 0) }

  /// signSGD with a rate that follows a schedule; see ``Secant/Signum``.
  @inlinable public static func signSGD<P>(rate: Schedule<P.Scalar>) -> Self
  where Self == Descent<Signum<P>, Scheduled<P.Scalar>> { .signum(rate: rate, momentum: 0) }

  /// Signum with a constant rate; see ``Secant/Signum``.
  @inlinable public static func signum<P>(rate: P.Scalar, momentum: P.Scalar = 0.9) -> Self
  where Self == Descent<Signum<P>, Constant<P.Scalar>> {
    Self(Signum(momentum: momentum), step: Constant(rate: rate))
  }

  /// Signum with a rate that follows a schedule; see ``Secant/Signum``.
  @inlinable public static func signum<P>(rate: Schedule<P.Scalar>, momentum: P.Scalar = 0.9) -> Self
  where Self == Descent<Signum<P>, Scheduled<P.Scalar>> {
    Self(Signum(momentum: momentum), step: Scheduled(rate))
  }
}
