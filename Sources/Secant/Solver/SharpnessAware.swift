public import SecantLinearAlgebra

/// Any solver with the gradient at the worst point near by: sharpness-aware minimisation, SAM and ASAM.
///
/// ```swift
/// minimize(problem, from: start, using: .sharpnessAware(.momentum(rate: 1e-2)))
/// ```
///
/// The base is handed w with ∇f(w + ε) in the place of ∇f(w); f(w) and ∇f(w) are what is reported and what the
/// criteria measure.
///
/// - **Demands**: what its base demands, and the whole space: a method with a rate. A base that searches would compare f
///   with a gradient from elsewhere: it is refused, as is one that compares the gradients of two points.
/// - **Memory**: the base's and 2n.
/// - **Work per step**: the base's, one gradient more, and O(n): two gradients a step in the ledger.
/// - **Guarantees**: with ρ = 0 it is its base, bit for bit. Its points of rest are not those of f, from which they are
///   about ρ away where f is not flat.
/// - **Reference**: Foret, Kleiner, Mobahi and Neyshabur, ICLR 2021, arXiv:2010.01412; Kwon, Kim, Park and Choi, ICML 2021,
///   arXiv:2102.11600.
public struct SharpnessAware<Base: Solver>: Wrapper where Base.Problem.Domain == WholeSpace {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The solver that takes the steps.
  public var base: Base
  /// Where the worst point is looked for.
  public var neighbourhood: Neighbourhood<Scalar>

  @inlinable public init(_ base: Base, within neighbourhood: Neighbourhood<Scalar> = .sam) {
    self.base = base
    self.neighbourhood = neighbourhood
  }

  /// The perturbed point.
  public struct Own: Sendable, Codable, Equatable {
    /// w + ε of the last step.
    public var perturbed: Iterate<Scalar>

    @inlinable init(_ dimension: Int) { perturbed = Iterate(Vector(zeros: dimension)) }
  }

  public typealias Memory = Wrapped<Base, Own>

  @inlinable public func begin(_ dimension: Int, for _: Problem) -> Own { Own(dimension) }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    neighbourhood.perturb(
      &state.memory.own.perturbed.point, from: state.current.point, along: state.current.gradient)
    state.memory.own.perturbed.isEvaluated = false
    try oracle.evaluate(&state.memory.own.perturbed)

    // For the step of the base alone the point has the gradient of its neighbour.
    swap(&state.current.gradient, &state.memory.own.perturbed.gradient)
    let iteration = state.iteration
    defer {
      if state.iteration > iteration {
        swap(&state.other.gradient, &state.memory.own.perturbed.gradient)
      } else {
        swap(&state.current.gradient, &state.memory.own.perturbed.gradient)
      }
    }
    return try advanceBase(&state, asking: &oracle)
  }

  public var complaint: String? {
    base.complaintAboutForeignGradient(suggesting: ".momentum(rate: 1e-2)") ?? neighbourhood.complaint
      ?? base.complaint
  }
}

/// Where ``SharpnessAware`` looks for the worst point.
public enum Neighbourhood<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// ε = ρg/‖g‖₂.
  case ball(radius: Scalar)
  /// ε = ρT²g/‖Tg‖₂ with T = |w| + η for every variable.
  case adaptive(radius: Scalar, shift: Scalar)
  /// The same with T = 1 for biases and normalisations, which are no weights: the authors' code.
  case adaptiveOnWeights(radius: Scalar, shift: Scalar, of: Layout)

  /// SAM with ρ = 0.05.
  @inlinable public static var sam: Self { .ball(radius: 0.05) }
  /// ASAM with ρ = 0.5 and η = 0.01.
  @inlinable public static var asam: Self { .adaptive(radius: 0.5, shift: 0.01) }
  /// ASAM as its authors' code has it: T = 1 for biases and normalisations.
  @inlinable public static func asam(onWeightsOf layout: Layout) -> Self {
    .adaptiveOnWeights(radius: 0.5, shift: 0.01, of: layout)
  }
  /// The widespread form without η: a variable at 0 stays there in the perturbed point.
  @inlinable public static var asamWithoutShift: Self { .adaptive(radius: 0.5, shift: 0) }

  /// x ← w + ε; w itself where no direction is worst.
  @inlinable func perturb(_ x: inout Vector<Scalar>, from w: Vector<Scalar>, along g: Vector<Scalar>) {
    switch self {
    case .ball(let radius):
      let norm = g.norm
      x.set(w, plus: norm > 0 ? radius / norm : 0, times: g)
    case .adaptive(let radius, let shift):
      Self.perturb(&x, from: w, along: g, by: radius) { x in
        for i in x.indices { x[i] *= w[i].magnitude + shift }
      }
    case .adaptiveOnWeights(let radius, let shift, let layout):
      precondition(
        layout.count == w.count,
        "ASAM's layout has \(layout.count) elements and the point \(w.count): give the problem's own")
      Self.perturb(&x, from: w, along: g, by: radius) { x in
        for block in layout.blocks where block.role != .bias && block.role != .normalisation {
          for i in block.range { x[i] *= w[i].magnitude + shift }
        }
      }
    }
  }

  /// x ← w + ρT²g/‖Tg‖₂, where `scale` multiplies by T.
  @inlinable static func perturb(
    _ x: inout Vector<Scalar>, from w: Vector<Scalar>, along g: Vector<Scalar>, by radius: Scalar,
    scale: (inout Vector<Scalar>) -> Void
  ) {
    x.copy(g)
    scale(&x)
    let norm = x.norm
    scale(&x)
    x.scale(by: norm > 0 ? radius / norm : 0, adding: w)
  }

  @usableFromInline var complaint: String? {
    switch self {
    case .ball(let radius): complaintAboutSize("radius (ρ)", radius, suggesting: "0.05")
    case .adaptive(let radius, let shift), .adaptiveOnWeights(let radius, let shift, _):
      complaintAboutSize("radius (ρ)", radius, suggesting: "0.5")
        ?? complaintAboutSize("shift (η)", shift, suggesting: "0.01")
    }
  }
}

extension Solver where Problem.Domain == WholeSpace {
  /// This solver with the gradients of SAM or ASAM; see ``SharpnessAware``.
  @inlinable public func sharpnessAware(
    within neighbourhood: Neighbourhood<Problem.Scalar> = .sam
  ) -> SharpnessAware<Self> { SharpnessAware(self, within: neighbourhood) }
}

extension Solver {
  /// A solver with the gradients of SAM or ASAM: the spelling of `sharpnessAware(within:)` for an array of
  /// `any Solver<P>`; see ``SharpnessAware``.
  @inlinable public static func sharpnessAware<Base>(
    within neighbourhood: Neighbourhood<Base.Problem.Scalar> = .sam, _ base: Base
  ) -> Self where Self == SharpnessAware<Base> { SharpnessAware(base, within: neighbourhood) }
}
