import Secant

/// Something that stands around a method of the catalogue: `momentum+svrg`, `adam+clipped:to=1+lookahead`.
public struct WrapperDescription: Request.Entry, Equatable {
  public let name: String
  public let summary: String
  public let parameters: [Request.Parameter]
}

extension WrapperDescription {
  /// Every wrapper that can be asked for by name.
  public static let all: [WrapperDescription] = [
    .init(
      "clipped", "shortens gradients that are too large; right behind the method’s name",
      .init("by", "norm, value, block or unit: what is held to the bound", "norm"),
      .init("to", "the bound; of a unit’s gradient, the part of the unit’s own norm", "1")),
    .init(
      "decayed", "lets the weights decay, but no biases; right behind the method’s name",
      .init("kind", "decoupled or coupled", "decoupled"), .decay("1e-4")),
    .init(
      "lookahead", "draws the point back to a slow average after every few steps",
      .init("every", "k", "5"), .init("pull", "α", "0.5")),
    .init("sam", "takes the gradient at the worst point of a ball", .init("radius", "ρ", "0.05")),
    .init(
      "asam", "the same in a ball that scales with the variables",
      .init("radius", "ρ", "0.5"), .init("shift", "η", "0.01")),
    .init("averaged", "answers with the mean of the points, after Polyak and Ruppert"),
    .init("ema", "answers with an exponential average of the points", .init("decay", "β", "0.999")),
    .init(
      "swa", "answers with the mean of every few points from a step on",
      .init("from", "the first step that counts", "1"), .init("every", "c", "1")),
    .init(
      "scheduleFree", "averages as it goes, with gradients between point and average",
      .init("momentum", "β", "0.9"), .decay("0")),
    .init(
      "svrg", "corrects the gradient of a few terms by that of all at a point before",
      .init("size", "terms of a step", "1"),
      .init("interval", "steps between gradients of all terms (2N/size)")),
    .init("saga", "corrects the gradient of one term by what is remembered of each"),
  ]

  private init(_ name: String, _ summary: String, _ parameters: Request.Parameter...) {
    self.init(name: name, summary: summary, parameters: parameters)
  }
}

extension Request {
  /// A method with this wrapper around it.
  @usableFromInline func around<Scalar>(
    _ base: some Solver<AnyProblem<Scalar>>, in setting: Setting<Scalar>
  ) throws(UsageError) -> any Solver<AnyProblem<Scalar>> {
    let problem = setting.course.problem
    switch name {
    case "clipped": return try directed(base).clipped(by: clipping(of: problem))
    case "decayed":
      try demand(.blocks, of: problem)
      let decay: Scalar = try scalar("decay")
      return try directed(base).decayed(
        by: word("kind", among: ["decoupled", "coupled"]) == "coupled" ? .coupled(decay) : .decoupled(decay))
    case "lookahead": return try base.lookingAhead(every: count("every"), pull: scalar("pull"))
    case "sam": return try base.sharpnessAware(within: .ball(radius: scalar("radius")))
    case "asam":
      return try base.sharpnessAware(within: .adaptive(radius: scalar("radius"), shift: scalar("shift")))
    case "averaged": return base.averaged()
    case "ema": return try base.averaged(by: .exponential(decay: scalar("decay")))
    case "swa":
      return try base.averaged(by: .stochasticWeights(from: count("from"), every: count("every")))
    case "scheduleFree":
      return try base.scheduleFree(interpolation: scalar("momentum"), decay: scalar("decay"))
    case "svrg":
      try demandSum(problem)
      return try base.varianceReduced(
        size: count("size"), interval: parameters["interval"] == nil ? nil : count("interval", default: 1),
        seed: setting.seed)
    case "saga":
      try demandSum(problem)
      return base.withRememberedGradients(seed: setting.seed)
    default:
      preconditionFailure("the wrapper \(name) is listed and cannot be made")
    }
  }

  private func clipping<Scalar>(of problem: AnyProblem<Scalar>) throws(UsageError) -> Clipping<Scalar> {
    let bound: Scalar = try scalar("to")
    switch try word("by", among: ["norm", "value", "block", "unit"]) {
    case "value": return .value(bound)
    case "block":
      try demand(.blocks, of: problem)
      return .blockNorm(bound, in: problem.layout)
    case "unit":
      try demand(.blocks, of: problem)
      return .adaptive(bound, in: problem.layout)
    default: return .norm(bound)
    }
  }

  /// The base, where it is a direction with a step rule that nothing stands around yet.
  private func directed<Scalar>(
    _ base: some Solver<AnyProblem<Scalar>>
  ) throws(UsageError) -> any DirectedSolver<AnyProblem<Scalar>> {
    if let directed = base as? any DirectedSolver<AnyProblem<Scalar>> { return directed }
    throw UsageError(
      "\(name) changes a method’s own direction; put it right behind the name of one that has a rate, such as adam+\(name)."
    )
  }

  private func demandSum<Scalar>(_ problem: AnyProblem<Scalar>) throws(UsageError) {
    guard problem.isSum else {
      throw UsageError("\(name) needs a problem that is a mean over data, which this one is not.")
    }
  }
}

/// A direction with a step rule, whatever their types.
private protocol DirectedSolver<Problem>: Solver where Problem: BlockStructured {
  func clipped(by clipping: Clipping<Problem.Scalar>) -> any Solver<Problem>
  func decayed(by decay: Decay<Problem.Scalar>) -> any Solver<Problem>
}

extension Descent: DirectedSolver where D.Problem: BlockStructured {
  fileprivate func clipped(by clipping: Clipping<Scalar>) -> any Solver<D.Problem> {
    Descent<Clipped<D>, Rule>(Clipped(direction, by: clipping), step: rule)
  }

  fileprivate func decayed(by decay: Decay<Scalar>) -> any Solver<D.Problem> {
    Descent<Decayed<D>, Rule>(Decayed(direction, by: decay), step: rule)
  }
}
