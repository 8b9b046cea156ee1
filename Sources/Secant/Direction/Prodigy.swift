/// Prodigy: Adam whose rate is an estimate of the distance to the solution that grows with the evidence.
///
/// With d from d₀: r ← √β₂ r + (d²/d₀)gᵀ(x₀ − x), s ← √β₂ s + (d²/d₀)g, m ← β₁m + (1 − β₁)dg, v ← β₂v + (1 −
/// β₂)d²g², d₊ = max(d, r/‖s‖₁), and p = −d m/(√v + d₊ε).
///
/// There is no rate to tune: the paper's γₜ is the rate, 1 by default, and a schedule may take it to zero. d₀
/// only has to be small.
///
/// - **Demands**: ``DifferentiableObjective``.
/// - **Memory**: 4n.
/// - **Work per step**: O(n), in seven passes.
/// - **Guarantees**: d never falls, and on convex functions, with exact gradients, it never passes the larger
///   of d₀ and ‖x₀ − x*‖∞. The steps do not change when f is multiplied by a positive number.
/// - **Reference**: Mishchenko and Defazio, ICML 2024 (2306.06101), Algorithm 4, and the authors' package
///   prodigyopt.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ε | `epsilon` |
/// | d₀ | `initialDistance` |
/// | x₀, s, r, d | `Memory.start`, `Memory.sum`, `Memory.numerator`, `Memory.distance` |
/// | m, v | `Memory.averages` |
public struct Prodigy<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root as a part of d.
  public var epsilon: Scalar
  /// d₀, which every estimate of the distance is at least.
  public var initialDistance: Scalar

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-8, initialDistance: Scalar = 1e-6
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.initialDistance = initialDistance
  }

  /// Adam's averages, and what the distance is estimated from.
  public struct Memory: Sendable, Codable, Equatable {
    /// m and v, of dg, and t.
    public var averages: Adam<Problem>.Memory
    /// x₀.
    public var start: Vector<Scalar>
    /// s, the weighted sum of the gradients.
    public var sum: Vector<Scalar>
    /// r, the weighted sum of gᵀ(x₀ − x).
    public var numerator: Scalar = 0
    /// d.
    public var distance: Scalar

    @inlinable init(_ dimension: Int, _ distance: Scalar) {
      averages = Adam<Problem>.Memory(dimension)
      start = Vector(zeros: dimension)
      sum = Vector(zeros: dimension)
      self.distance = distance
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, initialDistance)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    let g = current.gradient
    let d = memory.distance
    if memory.averages.t == 0 { memory.start.copy(current.point) }
    memory.averages.t += 1
    let β₃ = betas.1.squareRoot()
    let weight = d / initialDistance * d
    // p is x₀ − x for a moment.
    memory.numerator = β₃ * memory.numerator
    memory.numerator += weight * p.set(memory.start, plus: -1, times: current.point, thenDot: g)
    memory.sum.scale(by: β₃, adding: g, times: weight)
    memory.averages.first.scale(by: betas.0, adding: g, times: d * (1 - betas.0))
    memory.averages.second.scale(by: betas.1, addingProductOf: g, g, times: d * d * (1 - betas.1))
    let norm = memory.sum.sumOfMagnitudes
    if norm > 0 { memory.distance = Swift.max(d, memory.numerator / norm) }
    p.set(
      memory.averages.first, times: -d, overRootOf: memory.averages.second,
      plus: memory.distance * epsilon)
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-8")
      ?? complaintAboutScale("initialDistance (d₀)", initialDistance, suggesting: "1e-6")
  }
}

extension Solver {
  /// Prodigy with a constant rate; see ``Secant/Prodigy``.
  @inlinable public static func prodigy<P>(
    rate: P.Scalar = 1, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    initialDistance: P.Scalar = 1e-6
  ) -> Self
  where Self == Descent<Prodigy<P>, Constant<P.Scalar>> {
    Self(
      Prodigy(betas: betas, epsilon: epsilon, initialDistance: initialDistance), step: Constant(rate: rate))
  }

  /// Prodigy with a rate that follows a schedule; see ``Secant/Prodigy``.
  @inlinable public static func prodigy<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    initialDistance: P.Scalar = 1e-6
  ) -> Self
  where Self == Descent<Prodigy<P>, Scheduled<P.Scalar>> {
    Self(Prodigy(betas: betas, epsilon: epsilon, initialDistance: initialDistance), step: Scheduled(rate))
  }
}
