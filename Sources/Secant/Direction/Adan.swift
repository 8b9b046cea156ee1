/// Adan: adaptive Nesterov momentum, by averages of the gradient and of its changes.
///
/// With d = g − g₋₁, which is 0 in the first step: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)d,
/// n ← β₃n + (1 − β₃)(g + β₂d)², p = −(m̂ + β₂v̂)/(√n̂ + ε).
///
/// The βs are the parts that are kept, as in the authors' code; the paper writes 1 − β for them. Optax keeps
/// the paper's 1 − β₂ with the code's β₂, and so adds 0.08 d where the authors add 0.92 d; it is not
/// followed.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate. On batches d is the difference between
///   gradients of two batches.
/// - **Memory**: 4n.
/// - **Work per step**: O(n), in seven passes.
/// - **Guarantees**: with ε = 0 the steps do not change when f is multiplied by a positive number.
/// - **Reference**: Xie, Zhou, Li, Lin and Yan, *TPAMI* 2024 (2208.06677), Algorithm 1 without restarts and
///   decay.
///
/// | paper | here |
/// | --- | --- |
/// | 1 − β₁, 1 − β₂, 1 − β₃ | `betas` |
/// | m, v, n | `Memory.average`, `Memory.change`, `Memory.square` |
public struct Adan<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁, β₂ and β₃, the parts of the averages that are kept.
  public var betas: (Scalar, Scalar, Scalar)
  /// ε, added to the root.
  public var epsilon: Scalar

  @inlinable public init(betas: (Scalar, Scalar, Scalar) = (0.98, 0.92, 0.99), epsilon: Scalar = 1e-8) {
    self.betas = betas
    self.epsilon = epsilon
  }

  /// The three averages and the last gradient.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, the average of g.
    public var average: Vector<Scalar>
    /// v, the average of g − g₋₁.
    public var change: Vector<Scalar>
    /// n, the average of (g + β₂(g − g₋₁))².
    public var square: Vector<Scalar>
    /// g₋₁.
    public var last: Vector<Scalar>
    /// t, the steps whose gradients are in the averages.
    public var t = 0

    @inlinable init(_ dimension: Int) {
      average = Vector(zeros: dimension)
      change = Vector(zeros: dimension)
      square = Vector(zeros: dimension)
      last = Vector(zeros: dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    let g = current.gradient
    let (β₁, β₂, β₃) = betas
    if memory.t == 0 { memory.last.copy(g) }
    memory.t += 1
    memory.average.scale(by: β₁, adding: g, times: 1 - β₁)
    p.set(g, minus: memory.last)
    memory.change.scale(by: β₂, adding: p, times: 1 - β₂)
    p.scale(by: β₂, adding: g)
    memory.square.scale(by: β₃, addingProductOf: p, p, times: 1 - β₃)
    // The last gradient is used up: its place holds the numerator for a moment.
    memory.last.set(
      memory.average, times: 1 / Scalar.oneMinusPower(β₁, memory.t), plus: memory.change,
      times: β₂ / Scalar.oneMinusPower(β₂, memory.t))
    // a m / (c√n + ε) is (a/c) m / (√n + ε/c).
    let root = Scalar.oneMinusPower(β₃, memory.t).squareRoot()
    p.set(memory.last, times: -root, overRootOf: memory.square, plus: epsilon * root)
    memory.last.copy(g)
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas((betas.0, betas.1), suggesting: "0.98", "0.92")
      ?? complaintAboutAverage("betas.2 (β₃)", betas.2, suggesting: "0.99")
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-8")
  }
}

extension Solver {
  /// Adan with a constant rate; see ``Secant/Adan``.
  @inlinable public static func adan<P>(
    rate: P.Scalar = 1e-3, betas: (P.Scalar, P.Scalar, P.Scalar) = (0.98, 0.92, 0.99),
    epsilon: P.Scalar = 1e-8
  ) -> Self
  where Self == Descent<Adan<P>, Constant<P.Scalar>> {
    Self(Adan(betas: betas, epsilon: epsilon), step: Constant(rate: rate))
  }

  /// Adan with a rate that follows a schedule; see ``Secant/Adan``.
  @inlinable public static func adan<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar, P.Scalar) = (0.98, 0.92, 0.99),
    epsilon: P.Scalar = 1e-8
  ) -> Self
  where Self == Descent<Adan<P>, Scheduled<P.Scalar>> {
    Self(Adan(betas: betas, epsilon: epsilon), step: Scheduled(rate))
  }
}
