/// The Barzilai–Borwein method: steepest descent with a length from the last step's curvature.
///
/// p = −g, and the length to try first is one of
/// α₁ = sᵀs/sᵀy and α₂ = sᵀy/yᵀy, s = x − x₋, y = g − g₋,
/// the inverses of two estimates of the Hessian's eigenvalues (``Length``). On the first step it is min(1, 1/‖g‖₂).
/// Where the last step shows no curvature, sᵀy ≤ 10⁻¹⁰‖s‖‖y‖, it is ten times the last length. α₁ and α₂ thus stay
/// within 10^{±10} of ‖s‖/‖y‖: the bounds that the papers put on the length, free of f's scale.
///
/// f rises in many steps, which is what makes the method fast: give it a step rule that lets it
/// (``NonMonotoneArmijo``).
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: 2n, and the last few α₂.
/// - **Work per step**: O(n), in three passes.
/// - **Guarantees**: R-linear convergence on a strictly convex quadratic, R-superlinear in two variables; with
///   ``NonMonotoneArmijo`` every limit point is stationary.
/// - **Reference**: Barzilai and Borwein, *IMA J. Numer. Anal.* 8 (1988) 141–148; Raydan, *SIAM J. Optim.* 7 (1997)
///   26–33; Dai and Fletcher, *Numer. Math.* 100 (2005) 21–47; Frassoldati, Zanni and Zanghirati, *J. Ind. Manag.
///   Optim.* 4 (2008) 299–312.
public struct BarzilaiBorwein<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// Which length to try first.
  public enum Length: Sendable, Equatable {
    /// α₁ = sᵀs/sᵀy, BB1: the longer.
    case long
    /// α₂ = sᵀy/yᵀy, BB2: the shorter.
    case short
    /// BB1 and BB2 by turns.
    case alternating
    /// ABBmin: where α₂ < `threshold`·α₁ the least of the last `memory` α₂, and α₁ elsewhere. Short steps first kill
    /// the gradient's part along the great eigenvalues, and a long one then deals with the small ones.
    case adaptive(threshold: Scalar, memory: Int)

    /// ABBmin with the authors' constants, 0.8 and the last six.
    @inlinable public static var adaptive: Length { .adaptive(threshold: 0.8, memory: 6) }
  }

  /// Which length to try first.
  public var length: Length

  @inlinable public init(_ length: Length = .adaptive) { self.length = length }

  /// The last length and a few α₂.
  public struct Memory: Sendable, Codable, Equatable {
    /// The last α₂, in a ring.
    @usableFromInline var short: Vector<Scalar>
    @usableFromInline var count = 0
    @usableFromInline var iteration = -1
    @usableFromInline var suggestion: Scalar = 0
    @usableFromInline var s: Scratch<Scalar>
    @usableFromInline var y: Scratch<Scalar>

    @usableFromInline init(_ n: Int, capacity: Int) {
      short = Vector(zeros: capacity)
      s = Scratch(n)
      y = Scratch(n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    if case .adaptive(_, let memory) = length {
      return Memory(dimension, capacity: Swift.min(Swift.max(memory, 1), 100_000))
    }
    return Memory(dimension, capacity: 1)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) -> Scalar {
    let g = current.gradient
    p.set(g, times: -1)
    // A search that was halted has overwritten the pair.
    if iteration == memory.iteration { return memory.suggestion }
    memory.iteration = iteration
    guard previous.isEvaluated, iteration > 0 else {
      memory.suggestion = current.firstLength
      return memory.suggestion
    }
    memory.s.vector.set(current.point, minus: previous.point)
    memory.y.vector.set(g, minus: previous.gradient)
    let sᵀy = memory.s.vector.dot(memory.y.vector)
    let sᵀs = memory.s.vector.squaredNorm
    let yᵀy = memory.y.vector.squaredNorm
    let (α₁, α₂) = (sᵀs / sᵀy, sᵀy / yᵀy)
    if sᵀy > 1e-10 * sᵀs.squareRoot() * yᵀy.squareRoot(), α₁.isFinite, α₂.isFinite {
      memory.suggestion = choose(α₁, α₂, iteration, &memory)
    } else {
      memory.suggestion = 10 * sᵀs.squareRoot() / previous.gradient.norm
    }
    return memory.suggestion
  }

  @inlinable func choose(_ α₁: Scalar, _ α₂: Scalar, _ iteration: Int, _ memory: inout Memory) -> Scalar {
    switch length {
    case .long: return α₁
    case .short: return α₂
    case .alternating: return iteration % 2 == 1 ? α₁ : α₂
    case .adaptive(let threshold, _):
      memory.short[memory.count % memory.short.count] = α₂
      memory.count += 1
      guard α₂ < threshold * α₁ else { return α₁ }
      var least = α₂
      for i in 0..<Swift.min(memory.count, memory.short.count) { least = Swift.min(least, memory.short[i]) }
      return least
    }
  }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    guard case .adaptive(let threshold, let memory) = length else { return nil }
    if !(threshold >= 0 && threshold <= 1) {
      return "threshold (τ) is \(threshold): choose a number from 0 to 1, such as 0.8."
    }
    if !(1...100_000).contains(memory) {
      return "memory is \(memory): choose from 1 to 100000 lengths, such as 6."
    }
    return nil
  }
}

extension Solver {
  /// Barzilai–Borwein with a non-monotone search: see ``BarzilaiBorwein`` and ``NonMonotoneArmijo``.
  @inlinable public static func barzilaiBorwein<P>() -> Self
  where Self == Descent<BarzilaiBorwein<P>, NonMonotoneArmijo<P.Scalar>> {
    .barzilaiBorwein(.adaptive)
  }

  /// Barzilai–Borwein with a length of your choice, and a non-monotone search.
  @inlinable public static func barzilaiBorwein<P>(_ length: BarzilaiBorwein<P>.Length) -> Self
  where Self == Descent<BarzilaiBorwein<P>, NonMonotoneArmijo<P.Scalar>> {
    Descent(
      BarzilaiBorwein(length),
      step: NonMonotoneArmijo(reference: .average(weight: 0.85), noise: .noiseOfValues))
  }
}

extension Solver {
  /// Barzilai–Borwein with a length and a step rule of your choice. Raydan's global Barzilai–Borwein method is
  /// `.barzilaiBorwein(.long, step: NonMonotoneArmijo())`.
  @inlinable public static func barzilaiBorwein<P, Rule>(
    _ length: BarzilaiBorwein<P>.Length, step rule: Rule
  ) -> Self where Self == Descent<BarzilaiBorwein<P>, Rule> {
    Descent(BarzilaiBorwein(length), step: rule)
  }
}
