/// The BFGS method with a dense inverse Hessian.
///
/// p = −Hg with H₊ = (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ, ρ = 1/yᵀs, s = x₊ − x, y = g₊ − g. The identity of the first
/// step is replaced by (sᵀy/yᵀy) I just before the first update. The length to try first is 1, on the first step
/// min(1, 1/‖g‖₂).
///
/// - **Demands**: ``DifferentiableObjective``; of the step rule the (strong) Wolfe conditions, without which a pair
///   may fail the curvature test yᵀs > ε‖s‖‖y‖ and is skipped. Not for batches, of which no two gradients make a
///   pair.
/// - **Memory**: n² + 4n.
/// - **Work per step**: one `symv` and one `syr2`, 4n² flops: Hy = Hg₊ − Hg spares a second product, and
///   H₊g₊ = Hg₊ + ρ(s vᵀg₊ + v sᵀg₊) a third.
/// - **Guarantees**: a descent direction: where rounding has cost H its definiteness it starts again from the
///   identity. Superlinear convergence near a strict minimum; n steps on a quadratic with exact search.
/// - **Reference**: Broyden, Fletcher, Goldfarb, Shanno (1970); Nocedal and Wright, *Numerical Optimization*, 2nd
///   ed., algorithm 6.1 with (6.17) and (6.20).
///
/// | book | here |
/// | --- | --- |
/// | ρ | 1 / `sᵀy` |
/// | H₊ − H | (s vᵀ + v sᵀ) / `sᵀy` with v = ½(1 + yᵀHy/sᵀy) s − Hy |
public struct BFGS<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// ε in yᵀs > ε‖s‖‖y‖: a pair of less curvature is not used.
  public var curvatureTolerance: Scalar

  @inlinable public init(curvatureTolerance: Scalar = .ulpOfOne) {
    self.curvatureTolerance = curvatureTolerance
  }

  /// H, and what the next update of it needs.
  public struct Memory: Sendable, Codable, Equatable {
    /// H, of which the lower triangle counts.
    public var inverseHessian: Matrix<Scalar>
    /// Whether H is more than a multiple of the identity.
    @usableFromInline var isUpdated = false
    /// Hg at the point of the last step, and that step's number.
    @usableFromInline var Hg: Vector<Scalar>
    @usableFromInline var iteration = -1
    @usableFromInline var s: Scratch<Scalar>
    @usableFromInline var y: Scratch<Scalar>
    @usableFromInline var Hy: Scratch<Scalar>

    @usableFromInline init(_ n: Int) {
      inverseHessian = Matrix(identity: n)
      Hg = Vector(zeros: n)
      s = Scratch(n)
      y = Scratch(n)
      Hy = Scratch(n)
    }

    /// H ← γI.
    @inlinable mutating func reset(to γ: Scalar = 1) {
      inverseHessian.fill(with: 0)
      inverseHessian.addToDiagonal(γ)
      isUpdated = false
    }

    /// Hg ← H g.
    @inlinable mutating func multiply(_ g: Vector<Scalar>) {
      if isUpdated { inverseHessian.symmetricMultiply(g, into: &Hg) } else { Hg.copy(g) }
    }

    /// Takes the pair between two points into H, and leaves H₊g₊ in `Hg`.
    @inlinable mutating func update(
      from previous: Iterate<Scalar>, to current: Iterate<Scalar>, _ iteration: Int, _ ε: Scalar
    ) {
      let g₊ = current.gradient
      s.vector.set(current.point, minus: previous.point)
      y.vector.set(g₊, minus: previous.gradient)
      let sᵀy = s.vector.dot(y.vector)
      let yᵀy = y.vector.squaredNorm
      let sᵀs = s.vector.squaredNorm
      guard sᵀy > ε * sᵀs.squareRoot() * yᵀy.squareRoot(), sᵀy.isFinite, (sᵀy / yᵀy).isFinite else {
        return multiply(g₊)
      }
      if !isUpdated {
        // (6.20)
        let γ = sᵀy / yᵀy
        reset(to: γ)
        isUpdated = true
        Hg.set(g₊, times: γ)
        Hy.vector.set(y.vector, times: γ)
      } else if iteration == self.iteration + 1 && sᵀs > 1e-6 * Hg.squaredNorm {
        // Hy = Hg₊ − Hg
        Hy.vector.set(Hg, times: -1)
        multiply(g₊)
        Hy.vector.add(Hg)
      } else {
        // After a very short step that difference would be lost in rounding.
        inverseHessian.symmetricMultiply(y.vector, into: &Hy.vector)
        multiply(g₊)
      }
      let yᵀHy = y.vector.dot(Hy.vector)
      guard yᵀHy > 0, (yᵀHy / sᵀy).isFinite else {
        reset()
        return multiply(g₊)
      }
      // v replaces Hy.
      Hy.vector.scale(by: -1, adding: s.vector, times: (1 + yᵀHy / sᵀy) / 2)
      inverseHessian.addSymmetricOuter(s.vector, Hy.vector, times: 1 / sᵀy)
      // H₊g₊ = Hg₊ + (s vᵀg₊ + v sᵀg₊) / sᵀy
      let vᵀg₊ = Hy.vector.dot(g₊)
      let sᵀg₊ = s.vector.dot(g₊)
      Hg.add(s.vector, times: vᵀg₊ / sᵀy)
      Hg.add(Hy.vector, times: sᵀg₊ / sᵀy)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) -> Scalar {
    if previous.isEvaluated && iteration > memory.iteration && iteration > 0 {
      memory.update(from: previous, to: current, iteration, curvatureTolerance)
    } else {
      memory.multiply(current.gradient)
    }
    if !(memory.Hg.dot(current.gradient) > 0) {
      memory.reset()
      memory.multiply(current.gradient)
    }
    memory.iteration = iteration
    p.set(memory.Hg, times: -1)
    return memory.isUpdated ? 1 : Swift.min(1, 1 / current.gradient.norm)
  }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? { complaintAboutCurvature(curvatureTolerance) }
}

extension Solver {
  /// BFGS with a dense inverse Hessian and a strong Wolfe search of c₂ = 0.5: see ``BFGS``.
  ///
  /// The tighter search costs trials and saves more steps than the usual 0.9: `papers/bfgs.md` has the table.
  @inlinable public static func bfgs<P>() -> Self where Self == Descent<BFGS<P>, StrongWolfe<P.Scalar>> {
    Descent(BFGS(), step: StrongWolfe(curvature: 0.5, noise: .noiseOfValues))
  }

  /// BFGS with a step rule of your choice.
  @inlinable public static func bfgs<P, Rule>(step rule: Rule) -> Self where Self == Descent<BFGS<P>, Rule> {
    Descent(BFGS(), step: rule)
  }
}
