/// DoG: gradient descent whose rate is the distance travelled over the gradients met.
///
/// r̄ ← max(r̄, ‖x − x₀‖₂) from r_ε = ρ(1 + ‖x₀‖₂), G ← G + ‖g‖₂², p = −(r̄/√G) g.
///
/// There is no rate to tune: ρ only has to be small, and its size is forgotten exponentially fast. The factor
/// c of the paper is the rate, 1 by default. The authors advise to average the iterates.
///
/// - **Demands**: ``DifferentiableObjective``.
/// - **Memory**: n.
/// - **Work per step**: O(n), in three passes.
/// - **Guarantees**: the first step has the length r_ε; none is longer than r̄. On stochastic convex
///   functions, while the iterates stay bounded, the average point has the error of the best fixed rate up to
///   logarithms.
/// - **Reference**: Ivgi, Hinder and Carmon, ICML 2023 (2302.12022), equation (DoG).
///
/// | paper | here |
/// | --- | --- |
/// | r_ε/(1 + ‖x₀‖) | `initialDistance` |
/// | x₀, r̄, G | `Memory.start`, `Memory.distance`, `Memory.squares` |
public struct DoG<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// ρ, the first distance as a part of 1 + ‖x₀‖₂.
  public var initialDistance: Scalar

  @inlinable public init(initialDistance: Scalar = 1e-6) { self.initialDistance = initialDistance }

  /// Where the run began, how far it came, and the gradients it met.
  public struct Memory: Sendable, Codable, Equatable {
    /// x₀.
    public var start: Vector<Scalar>
    /// r̄, 0 before the first step.
    public var distance: Scalar = 0
    /// G, which begins with the authors' 10⁻⁸, so that no gradient of zero divides zero.
    public var squares: Scalar = 1e-8

    @inlinable init(_ dimension: Int) { start = Vector(zeros: dimension) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    if memory.distance == 0 {
      memory.start.copy(current.point)
      memory.distance = initialDistance * (1 + current.point.norm)
    } else {
      memory.distance = Swift.max(
        memory.distance, current.point.squaredDistance(to: memory.start).squareRoot())
    }
    memory.squares += current.gradient.squaredNorm
    p.set(current.gradient, times: -memory.distance / memory.squares.squareRoot())
    return 1
  }

  public var complaint: String? {
    complaintAboutScale("initialDistance (ρ)", initialDistance, suggesting: "1e-6")
  }
}

extension Solver {
  /// DoG, which needs no rate; see ``Secant/DoG``.
  ///
  /// - Parameters:
  ///   - rate: c, by which every step is multiplied; the authors advise against any other than 1.
  ///   - initialDistance: the first step as a part of 1 + ‖x₀‖₂.
  @inlinable public static func dog<P>(rate: P.Scalar = 1, initialDistance: P.Scalar = 1e-6) -> Self
  where Self == Descent<DoG<P>, Constant<P.Scalar>> {
    Self(DoG(initialDistance: initialDistance), step: Constant(rate: rate))
  }
}
