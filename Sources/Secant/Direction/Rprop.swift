/// Rprop: each coordinate has a length of its own, and of the gradient only the sign counts.
///
/// Where g keeps its sign, the coordinate's length Δ ← min(η⁺Δ, Δ_max); where it changes, Δ ← max(η⁻Δ,
/// Δ_min), and the coordinate waits a step with its sign forgotten; p = −Δ sign(g).
///
/// This is the form without going back (Rprop⁻'s kin iRprop⁻), which is PyTorch's. It has no rate: a
/// `Descent` takes it with a rate of 1. With gradients of batches signs say little; use all of the terms.
///
/// - **Demands**: ``DifferentiableObjective``.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: no coordinate moves by more than Δ_max; the steps do not change when f, or the unit of
///   any one coordinate's gradient, is multiplied by a positive number.
/// - **Reference**: Riedmiller and Braun, ICNN 1993; Igel and Hüsken, *Neurocomputing* 50 (2003), on iRprop⁻.
///
/// | paper | here |
/// | --- | --- |
/// | Δ₀ | `initialStep` |
/// | η⁻, η⁺ | `factors` |
/// | Δ_min, Δ_max | `bounds` |
/// | Δ, sign(g) | `Memory.lengths`, `Memory.signs` |
public struct Rprop<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// Δ₀, every coordinate's first length.
  public var initialStep: Scalar
  /// η⁻ and η⁺, what a length is multiplied by where the sign changes and where it stays.
  public var factors: (Scalar, Scalar)
  /// Δ_min and Δ_max.
  public var bounds: ClosedRange<Scalar>

  @inlinable public init(
    initialStep: Scalar = 1e-2, factors: (Scalar, Scalar) = (0.5, 1.2),
    bounds: ClosedRange<Scalar> = 1e-6...50
  ) {
    self.initialStep = initialStep
    self.factors = factors
    self.bounds = bounds
  }

  /// The lengths and the signs of the last gradient.
  public struct Memory: Sendable, Codable, Equatable {
    /// Δ.
    public var lengths: Vector<Scalar>
    /// sign(g), 0 where it changed in the last step.
    public var signs: Vector<Scalar>

    @inlinable init(_ dimension: Int, _ initial: Scalar) {
      lengths = Vector(repeating: initial, count: dimension)
      signs = Vector(zeros: dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, initialStep)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setResilient(
      lengths: &memory.lengths, signs: &memory.signs, gradient: current.gradient, shrinking: factors.0,
      growing: factors.1, within: bounds)
    return 1
  }

  /// A sign that changes from one batch to the next says nothing of the length.
  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    if !(factors.0 > 0 && factors.0 < 1) {
      return "factors.0 (η⁻) is \(factors.0): choose a number between 0 and 1, such as 0.5."
    }
    if !(factors.1 > 1 && factors.1.isFinite) {
      return "factors.1 (η⁺) is \(factors.1): choose a finite number above 1, such as 1.2."
    }
    return complaintAboutScale("initialStep (Δ₀)", initialStep, suggesting: "1e-2")
      ?? complaintAboutScale("bounds.lowerBound (Δ_min)", bounds.lowerBound, suggesting: "1e-6")
      ?? complaintAboutScale("bounds.upperBound (Δ_max)", bounds.upperBound, suggesting: "50")
  }
}

extension Solver {
  /// Rprop, which has no rate; see ``Secant/Rprop``.
  @inlinable public static func rprop<P>(
    initialStep: P.Scalar = 1e-2, factors: (P.Scalar, P.Scalar) = (0.5, 1.2),
    bounds: ClosedRange<P.Scalar> = 1e-6...50
  ) -> Self where Self == Descent<Rprop<P>, Constant<P.Scalar>> {
    Self(Rprop(initialStep: initialStep, factors: factors, bounds: bounds), step: Constant(rate: 1))
  }
}
