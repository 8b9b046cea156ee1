/// L-BFGS-B: the limited-memory BFGS method with bounds on the variables.
///
/// With the model m(z) = gᵀz + ½zᵀBz, B the compact ``LimitedMemoryHessian``, a step is made in three parts: the first
/// local minimiser of m along the projected gradient path P(x − tg), the generalised Cauchy point; from there the
/// minimiser of m over the variables that it leaves free, projected onto the box; and a line search of Moré and Thuente
/// towards that point. Where the projection spoils the descent, the way to the minimiser is cut off at the first bound
/// instead. The length to try first is 1, on the first step min(1, 1/‖p‖₂) unless every variable has two bounds.
///
/// - **Demands**: ``BoundedObjective``. A problem without bounds is given infinite ones: `f.bounded(count: n)`.
/// - **Memory**: 2mn + 9n, n integers, and O(m²).
/// - **Work per step**: one value and gradient where the search accepts at once, 16mn flops, O(m²) for each bound met on
///   the path, 4m² flops for each free (or each held) variable, whichever are fewer.
/// - **Guarantees**: every point is in the box, and f falls. Without bounds it is L-BFGS, with another search.
/// - **Reference**: Byrd, Lu, Nocedal and Zhu, *SIAM J. Sci. Comput.* 16 (1995) 1190–1208; Morales and Nocedal, *ACM
///   Trans. Math. Software* 38 (2011) 7; constants of the authors' version 3.0.
///
/// | paper | here |
/// | --- | --- |
/// | θ, W, M | of `hessian` |
/// | xᶜ | x + `z` |
/// | tᵢ, F | `breakpoints`, `queue` |
/// | p, c | `Wᵀd`, `Wᵀz` |
/// | f′, f″ | `slope`, `curvature` |
/// | x̄, x̂ | x + `p` |
public struct LBFGSB<Problem: BoundedObjective>: Solver {
  public typealias Scalar = Problem.Scalar

  /// m, the number of pairs remembered: 5 to 20 is usual.
  public var memory: Int
  /// The line search; its longest step is cut to the box.
  public var search: MoreThuente<Scalar>
  /// ε in yᵀs > ε‖s‖‖y‖: a pair of less curvature is not used.
  public var curvatureTolerance: Scalar

  /// - Parameters:
  ///   - memory: m, the number of pairs remembered.
  ///   - search: the line search; by default the authors' constants, c₁ = 1e-3 and c₂ = 0.9.
  ///   - curvatureTolerance: ε in yᵀs > ε‖s‖‖y‖.
  @inlinable public init(
    memory: Int = 10, search: MoreThuente<Scalar>? = nil, curvatureTolerance: Scalar = .ulpOfOne
  ) {
    self.memory = memory
    self.search =
      search ?? MoreThuente(sufficientDecrease: 1e-3, noise: .noiseOfValues)
    self.curvatureTolerance = curvatureTolerance
  }

  /// B, and the direction of the last step.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, from the last pairs.
    public var hessian: LimitedMemoryHessian<Scalar>
    /// The direction of the last step.
    public var p: Vector<Scalar>
    /// How often B began anew.
    public var restarts = Restarts()
    /// The number of the step that the newest pair is of.
    @usableFromInline var iteration = 0
    @usableFromInline var path: CauchyPath<Scalar>

    @usableFromInline init(_ n: Int, _ memory: Int, _ tolerance: Scalar) {
      hessian = LimitedMemoryHessian(.bfgs, dimension: n, capacity: memory, tolerance: tolerance)
      p = Vector(zeros: n)
      path = CauchyPath(shape: MatrixShape(rows: n, columns: memory))
    }
  }

  public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, Swift.min(Swift.max(memory, 1), 1000), curvatureTolerance)
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if state.other.isEvaluated, state.iteration > state.memory.iteration {
      state.memory.hessian.update(
        from: (state.other.point, state.other.gradient), to: (state.current.point, state.current.gradient))
    }
    state.memory.iteration = state.iteration
    while true {
      let bounds = oracle.problem.bounds
      let (longest, isBoxed) = state.memory.choose(at: state.current, within: bounds)
      let isFirst = state.memory.hessian.count == 0
      var search = search
      search.longest = Swift.min(longest, search.longest)
      search.shortest = Swift.min(search.shortest, search.longest)
      var stateless = Stateless()
      let length = try search.choose(
        trying: isFirst && !isBoxed ? Swift.min(1, 1 / state.memory.p.norm) : 1, from: state.current,
        along: state.memory.p, trial: &state.other, lowest: &state.best, iteration: state.iteration,
        &stateless, asking: &oracle
      ) { x, from, p, α in bounds.move(&x, from: from, by: α, along: p) }
      switch length {
      case .accepted(let α):
        state.acceptTrial()
        return .accepted(length: α)
      case .improved(let α, let obstacle):
        state.acceptTrial()
        // At the last point of the box f may well fall further.
        return obstacle == .noLowerBound && !(α >= longest) ? .stuck(obstacle) : .accepted(length: α)
      case .failed(let obstacle):
        guard !isFirst, obstacle != Obstacle.nonFinite else { return .stuck(obstacle) }
        state.memory.hessian.removeAll()
        state.memory.restarts.note(
          obstacle == .notADescentDirection ? .notADescentDirection : .failedSearch, at: state.iteration)
      }
    }
  }

  @inlinable public var comparesGradients: Bool { true }

  @inlinable public func restarts(in memory: Memory) -> Restarts { memory.restarts }

  public var complaint: String? {
    if !(1...1000).contains(memory) {
      return "memory is \(memory): choose from 1 to 1000 pairs, such as 10."
    }
    return complaintAboutCurvature(curvatureTolerance) ?? search.complaint
  }
}

extension LBFGSB.Memory {
  /// p ← x̄ − x; says how far p may be followed, and whether every variable has two bounds.
  @usableFromInline mutating func choose(
    at current: Iterate<Problem.Scalar>, within bounds: Bounds<Problem.Scalar>
  ) -> (longest: Problem.Scalar, isBoxed: Bool) {
    let (x, g) = (current.point, current.gradient)
    let isBoxed = path.findCauchyPoint(
      from: x, gradient: g, within: bounds, hessian: &hessian, movingBy: current.leastMove)
    path.minimizeOverFree(from: x, gradient: g, within: bounds, hessian: &hessian)
    p.copy(path.z)
    return (bounds.longestStep(from: x, along: p), isBoxed)
  }
}

extension Solver {
  /// L-BFGS-B: see ``LBFGSB``.
  ///
  /// - Parameter memory: m, the number of pairs remembered.
  @inlinable public static func lbfgsb<P>(memory: Int = 10) -> Self where Self == LBFGSB<P> {
    LBFGSB(memory: memory)
  }
}
