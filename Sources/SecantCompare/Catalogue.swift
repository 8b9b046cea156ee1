public import Secant

// From a request to a contestant. What a problem can answer is a constraint on its type, so each capability has its
// own function, and the most capable one that a problem fits is the one that a call chooses. All are inlinable: the
// methods are compiled for the problem where the call stands.

extension Request {
  /// The method that was asked for, for a problem with a Hessian.
  @inlinable public func contestant<P: TwiceDifferentiableObjective>(
    in setting: Setting<P>
  ) throws(UsageError) -> Contestant<P> {
    guard try batchSize(unless: setting.batch) == nil else {
      throw UsageError("A batch needs a problem that is a mean over data, which this one is not.")
    }
    return try contestant(in: setting, enlisting: OnAllTerms(text))
  }

  /// The method that was asked for, for a problem with a Hessian that is a mean over data.
  @inlinable public func contestant<P: TwiceDifferentiableObjective & FiniteSumObjective>(
    in setting: Setting<P>
  ) throws(UsageError) -> Contestant<P> {
    guard let size = try batchSize(in: setting) else {
      return try contestant(in: setting, enlisting: OnAllTerms(text))
    }
    return try contestant(in: setting, enlisting: OnBatches(nameOnBatches(of: size), size, setting.seed))
  }

  /// The method that was asked for, for a problem with a Hessian that is a mean over data and whose variables form
  /// blocks.
  @inlinable public func contestant<P: TwiceDifferentiableObjective & FiniteSumObjective & BlockStructured>(
    in setting: Setting<P>
  ) throws(UsageError) -> Contestant<P> {
    guard let size = try batchSize(in: setting) else {
      return try contestantWithBlocks(in: setting, enlisting: OnAllTerms(text))
    }
    return try contestantWithBlocks(
      in: setting, enlisting: OnBatches(nameOnBatches(of: size), size, setting.seed))
  }

  /// The method that was asked for, for a problem with a Hessian whose variables form blocks and whose model is made of
  /// layers and draws labels.
  @inlinable public func contestant<P: TwiceDifferentiableObjective & BlockStructured>(
    in setting: Setting<P>
  ) throws(UsageError) -> Contestant<P> where P: SampledLabelObjective & KroneckerFactoredObjective {
    guard let size = try batchSize(in: setting) else {
      return try contestantWithLayers(in: setting, enlisting: OnAllTerms(text))
    }
    return try contestantWithLayers(
      in: setting, enlisting: OnBatches(nameOnBatches(of: size), size, setting.seed))
  }

  /// The method that was asked for, for a problem with bounds.
  @inlinable public func contestant<P: BoundedObjective & HessianVectorObjective>(
    on course: Course<P>
  ) throws(UsageError) -> Contestant<P> {
    switch name {
    case "tron": return Contestant(text, .tron())
    case "lbfgsb": return Contestant(text, .lbfgsb(memory: try count("memory", default: 10)))
    case "spectralProjectedGradient":
      return Contestant(text, .spectralProjectedGradient(values: try count("values", default: 10)))
    case "projectedGradient": return Contestant(text, .projectedGradient())
    default: throw knowsNoBounds
    }
  }

  /// The refusal of a method that would leave the box.
  @usableFromInline var knowsNoBounds: UsageError {
    UsageError(
      "\(name) knows no bounds; take \(MethodDescription.bounded.map(\.name).joined(separator: ", ")).")
  }

  /// The terms that this method sees at a step, or nil when it sees all.
  @usableFromInline func batchSize(unless common: Int?) throws(UsageError) -> Int? {
    guard method.toleratesBatches else { return nil }
    let size = try count("batch", default: common ?? 0)
    return size == 0 ? nil : size
  }

  /// The same of a problem whose terms are counted: no batch is larger than all of them.
  @inlinable func batchSize<P: FiniteSumObjective>(in setting: Setting<P>) throws(UsageError) -> Int? {
    let (size, termCount) = (try batchSize(unless: setting.batch), setting.course.problem.termCount)
    if let size, size > termCount {
      throw UsageError("The batch is \(size), and the problem has \(termCount) terms; give at most as many.")
    }
    return size
  }

  @usableFromInline func nameOnBatches(of size: Int) -> String {
    parameters["batch"] == nil ? "\(text):batch=\(size)" : text
  }

  /// The refusal of a method that demands what the problem cannot answer.
  @usableFromInline var isBeyondProblem: UsageError {
    UsageError("\(name) needs \(method.needs.phrase), which this problem does not have.")
  }

  @inlinable func contestantWithLayers<E: Enlisting>(
    in setting: Setting<E.Problem>, enlisting enlist: E
  ) throws(UsageError) -> Contestant<E.Problem>
  where
    E.Problem: TwiceDifferentiableObjective & SampledLabelObjective & KroneckerFactoredObjective
      & BlockStructured
  {
    switch name {
    case "kfac":
      return enlist(
        .kfac(
          rate: try scalar("rate", 0.1), damping: try scalar("damping", 1e-3),
          decay: try scalar("decay", 0.95),
          interval: try count("interval", default: 1), divergence: try scalar("divergence", 1e-3),
          seed: setting.seed))
    case "sophiaG":
      return enlist(
        .sophiaG(
          rate: try schedule(0.01), betas: try betas(0.965, 0.99),
          curvatureScale: try scalar("gamma", 0.04), epsilon: try scalar("epsilon", 1e-15),
          interval: try count("interval", default: 10), decay: try scalar("decay", 0), seed: setting.seed))
    default:
      return try contestantWithBlocks(in: setting, enlisting: enlist)
    }
  }

  @inlinable func contestantWithBlocks<E: Enlisting>(
    in setting: Setting<E.Problem>, enlisting enlist: E
  ) throws(UsageError) -> Contestant<E.Problem>
  where E.Problem: TwiceDifferentiableObjective & BlockStructured {
    let layout = setting.course.problem.layout
    switch name {
    case "lars":
      return enlist(
        .lars(
          rate: try schedule(1), momentum: try scalar("momentum", 0.9),
          trust: try scalar("trust", 1e-3), decay: try scalar("decay", 0)))
    case "lamb":
      return enlist(
        .lamb(
          rate: try schedule(0.01),
          Adam(
            betas: try betas(0.9, 0.999), epsilon: try scalar("epsilon", 1e-6),
            decoupledDecay: try scalar("decay", 0))))
    case "normDescent" where try ball == "spectral":
      return enlist(try normDescent(over: .spectral(layout)))
    default:
      guard layout.blocks.contains(where: { $0.role == .hidden && $0.matrixShape != nil }) else {
        return try contestant(in: setting, enlisting: enlist)
      }
      return try contestantWithMatrices(in: setting, enlisting: enlist)
    }
  }

  /// The method that was asked for, for a problem that has a hidden matrix.
  @inlinable func contestantWithMatrices<E: Enlisting>(
    in setting: Setting<E.Problem>, enlisting enlist: E
  ) throws(UsageError) -> Contestant<E.Problem>
  where E.Problem: TwiceDifferentiableObjective & BlockStructured {
    switch name {
    case "muon":
      return enlist(
        .muon(
          rate: try schedule(0.01), momentum: try scalar("momentum", 0.95),
          decay: try scalar("decay", 0)))
    case "adafactor":
      return enlist(.adafactor(rate: try schedule(0.1, onBatches: 0.01, in: setting)))
    case "torchMuon":
      return enlist(.torchMuon(rate: try scalar("rate", 1e-3), decay: try scalar("decay", 0.1)))
    case "moonlight":
      return enlist(.moonlight(rate: try scalar("rate", 1e-3), decay: try scalar("decay", 0.1)))
    case "shampoo":
      return enlist(
        .shampoo(
          rate: try schedule(0.1), epsilon: try scalar("epsilon", 1e-6),
          grafting: Shampoo.Grafting(rawValue: try word("grafting", among: ["none", "sgd", "adaGrad"])),
          interval: try count("interval", default: 1)))
    case "soap":
      return enlist(
        .soap(
          rate: try schedule(0.01), betas: (try scalar("beta1", 0.95), try scalar("beta2", 0.95)),
          epsilon: try scalar("epsilon", 1e-8), interval: try count("interval", default: 10),
          decay: try scalar("decay", 0)))
    default:
      return try contestant(in: setting, enlisting: enlist)
    }
  }

  @inlinable func contestant<E: Enlisting>(
    in setting: Setting<E.Problem>, enlisting enlist: E
  ) throws(UsageError) -> Contestant<E.Problem> where E.Problem: TwiceDifferentiableObjective {
    switch name {
    case "gradientDescent":
      return enlist(.gradientDescent(rate: try schedule(1 / setting.smoothness)))
    case "steepestDescent":
      return enlist(.gradientDescent())
    case "momentum":
      return enlist(
        .momentum(rate: try schedule(1 / setting.smoothness), momentum: try scalar("momentum", 0.9)))
    case "nesterov":
      return enlist(
        .nesterov(rate: try schedule(1 / setting.smoothness), momentum: try scalar("momentum", 0.9)))
    case "adam":
      return enlist(
        .adam(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting),
          betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-8)))
    case "adamw":
      return enlist(
        .adamW(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting),
          betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-8), decay: try scalar("decay", 1e-4)))
    case "adagrad":
      return enlist(
        .adaGrad(
          rate: try schedule(0.1, onBatches: 1e-2, in: setting),
          AdaGrad(epsilon: try scalar("epsilon", 1e-10))))
    case "rmsprop":
      return enlist(
        .rmsProp(
          rate: try schedule(0.01, onBatches: 1e-3, in: setting),
          RMSProp(
            decay: try scalar("decay", 0.99), momentum: try scalar("momentum", 0),
            epsilon: try scalar("epsilon", 1e-8))))
    case "amsgrad":
      return enlist(
        .amsGrad(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting), betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-8)))
    case "adamax":
      return enlist(
        .adaMax(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting), betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-8)))
    case "nadam":
      return enlist(
        .nAdam(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting), betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-8)))
    case "radam":
      return enlist(
        .rAdam(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting), betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-8)))
    case "adabelief":
      return enlist(
        .adaBelief(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting),
          AdaBelief(betas: try betas(0.9, 0.999), epsilon: try scalar("epsilon", 1e-16))))
    case "yogi":
      return enlist(
        .yogi(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting), betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-3)))
    case "adan":
      return enlist(
        .adan(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting),
          betas: (try scalar("beta1", 0.98), try scalar("beta2", 0.92), try scalar("beta3", 0.99)),
          epsilon: try scalar("epsilon", 1e-8)))
    case "adopt":
      return enlist(
        .adopt(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting), betas: try betas(0.9, 0.9999),
          epsilon: try scalar("epsilon", 1e-6)))
    case "adabound":
      return enlist(
        .adaBound(
          rate: try rate(0.1, onBatches: 1e-3, in: setting), finalRate: try scalar("finalRate", 0.1),
          betas: try betas(0.9, 0.999), epsilon: try scalar("epsilon", 1e-8)))
    case "amsbound":
      return enlist(
        .amsBound(
          rate: try rate(0.1, onBatches: 1e-3, in: setting), finalRate: try scalar("finalRate", 0.1),
          betas: try betas(0.9, 0.999), epsilon: try scalar("epsilon", 1e-8)))
    case "vradam":
      return enlist(
        .vrAdam(
          rate: try schedule(0.1, onBatches: 1e-3, in: setting),
          VRAdam(
            Adam(
              betas: try betas(0.9, 0.999), epsilon: try scalar("epsilon", 1e-8),
              decoupledDecay: try scalar("decay", 1e-5)),
            braking: try scalar("braking", 1), cutoff: try scalar("cutoff", 10))))
    case "scheduleFreeSGD":
      return enlist(
        .scheduleFreeSGD(
          rate: try scalar("rate", 1 / setting.smoothness), interpolation: try scalar("momentum", 0.9),
          decay: try scalar("decay", 0), warmup: try count("warmup", default: 0)))
    case "scheduleFreeAdamW":
      return enlist(
        .scheduleFreeAdamW(
          rate: try rate(0.1, onBatches: 1e-3, in: setting), betas: try betas(0.9, 0.999),
          epsilon: try scalar("epsilon", 1e-8), decay: try scalar("decay", 0),
          warmup: try count("warmup", default: 0)))
    case "adadelta":
      return enlist(
        .adaDelta(
          rate: try schedule(1), decay: try scalar("decay", 0.9),
          epsilon: try scalar("epsilon", 1e-6)))
    case "lion":
      return enlist(
        .lion(
          rate: try schedule(0.01, onBatches: 1e-4, in: setting), betas: try betas(0.9, 0.99),
          decay: try scalar("decay", 0)))
    case "signum":
      return enlist(
        .signum(
          rate: try schedule(0.01, onBatches: 1e-4, in: setting), momentum: try scalar("momentum", 0.9)))
    case "normDescent":
      switch try ball {
      case "euclidean": return enlist(try normDescent(over: .euclidean))
      case "maximum": return enlist(try normDescent(over: .maximum))
      default:
        throw UsageError(
          "The spectral ball needs variables in named blocks, which this problem does not have.")
      }
    case "rprop":
      return enlist(
        .rprop(initialStep: try scalar("initialStep", 0.01)))
    case "dog":
      return enlist(
        .dog(initialDistance: try scalar("initialDistance", 1e-6)))
    case "prodigy":
      return enlist(
        .prodigy(initialDistance: try scalar("initialDistance", 1e-6)))
    case "lbfgs":
      return enlist(.lbfgs(memory: try count("memory", default: 10)))
    case "conjugateGradient":
      return enlist(.conjugateGradient())
    case "barzilaiBorwein":
      return enlist(.barzilaiBorwein())
    case "bfgs":
      return enlist(.bfgs())
    case "sr1":
      return enlist(.sr1())
    case "newton":
      return enlist(.newton())
    case "newtonCG":
      return enlist(.newtonCG())
    case "cubicRegularization":
      return enlist(.cubicRegularization())
    case "trustRegion":
      return enlist(.trustRegion())
    case "exactTrustRegion":
      return enlist(.exactTrustRegion())
    case "adaHessian":
      return enlist(
        .adaHessian(
          rate: try schedule(0.15), betas: (try scalar("beta1", 0.9), try scalar("beta2", 0.999)),
          epsilon: try scalar("epsilon", 1e-4), decay: try scalar("decay", 0), seed: setting.seed))
    case "sophiaH":
      return enlist(
        .sophiaH(
          rate: try schedule(0.01), betas: try betas(0.96, 0.99),
          curvatureScale: try scalar("gamma", 0.01), epsilon: try scalar("epsilon", 1e-12),
          interval: try count("interval", default: 10), decay: try scalar("decay", 0), seed: setting.seed))
    default:
      throw isBeyondProblem
    }
  }

  /// The ball of steepest descent.
  @usableFromInline var ball: String {
    get throws(UsageError) { try word("ball", among: ["euclidean", "maximum", "spectral"]) }
  }

  @inlinable func normDescent<P: DifferentiableObjective>(
    over ball: NormBall
  ) throws(UsageError) -> Descent<NormDescent<P>, Scheduled<P.Scalar>> {
    .normDescent(
      over: ball, rate: try schedule(0.01), betas: try betas(0.9, 0.9), decay: try scalar("decay", 0))
  }

  /// The learning rate, whose default depends on whether the method sees all terms.
  @inlinable func rate<P>(_ onAll: Double, onBatches: Double, in setting: Setting<P>) throws(UsageError)
    -> P.Scalar
  {
    try scalar("rate", try batchSize(unless: setting.batch) == nil ? onAll : onBatches)
  }

  /// The same where it may fall along a cosine.
  @inlinable func schedule<P>(_ onAll: Double, onBatches: Double, in setting: Setting<P>) throws(UsageError)
    -> Schedule<P.Scalar>
  {
    try schedule(try batchSize(unless: setting.batch) == nil ? onAll : onBatches)
  }

  /// The learning rate, constant or falling along a cosine.
  @inlinable func schedule<Scalar: LAPACKScalar>(_ fallback: Double) throws(UsageError) -> Schedule<Scalar> {
    let rate: Scalar = try scalar("rate", fallback)
    if parameters["cosine"] == nil { return .constant(rate) }
    return .cosine(from: rate, over: try count("cosine", default: 1))
  }

  /// β₁ and β₂.
  @inlinable func betas<Scalar: LAPACKScalar>(_ first: Double, _ second: Double) throws(UsageError)
    -> (Scalar, Scalar)
  {
    (try scalar("beta1", first), try scalar("beta2", second))
  }

  /// A parameter as a number of the problem's scalar type.
  @inlinable func scalar<Scalar: LAPACKScalar>(_ parameter: String, _ fallback: Double) throws(UsageError)
    -> Scalar
  {
    Scalar(try number(parameter, default: fallback))
  }
}

/// How a method becomes a contestant: as it is, or on batches.
@usableFromInline protocol Enlisting<Problem> {
  associatedtype Problem: DifferentiableObjective where Problem.Domain == WholeSpace

  func callAsFunction<Method: Solver<Problem>>(_ method: Method) -> Contestant<Problem>
}

@usableFromInline struct OnAllTerms<Problem: DifferentiableObjective>: Enlisting
where Problem.Domain == WholeSpace {
  @usableFromInline let name: String

  @inlinable init(_ name: String) { self.name = name }

  @inlinable func callAsFunction<Method: Solver<Problem>>(_ method: Method) -> Contestant<Problem> {
    Contestant(name, method)
  }
}

@usableFromInline struct OnBatches<Problem: FiniteSumObjective>: Enlisting
where Problem.Domain == WholeSpace {
  @usableFromInline let name: String
  @usableFromInline let size: Int
  @usableFromInline let seed: UInt64

  @inlinable init(_ name: String, _ size: Int, _ seed: UInt64) {
    self.name = name
    self.size = size
    self.seed = seed
  }

  @inlinable func callAsFunction<Method: Solver<Problem>>(_ method: Method) -> Contestant<Problem> {
    Contestant(name, method.onBatches(of: size, seed: seed))
  }
}

extension Setting {
  /// The contestants that were asked for, and the ones that a problem of this size has no room for.
  ///
  /// - Parameter enlist: `{ try $0.contestant(in: $1) }`, written where the problem's own type is known.
  @inlinable public func contestants(
    for requests: [Request], _ enlist: (Request, Setting) throws -> Contestant<Problem>
  ) throws -> (contestants: [Contestant<Problem>], omissions: [Comparison.Omission]) {
    var contestants: [Contestant<Problem>] = []
    var omissions: [Comparison.Omission] = []
    for request in requests {
      if let reason = try request.reasonToOmit(dimension: course.start.count) {
        omissions.append(Comparison.Omission(name: request.text, reason: reason))
        continue
      }
      let contestant = try enlist(request, self)
      if let complaint = contestant.complaint { throw UsageError("‘\(request.text)’: \(complaint)") }
      contestants.append(contestant)
    }
    return (contestants, omissions)
  }
}

extension Request {
  @usableFromInline func reasonToOmit(dimension n: Int) throws(UsageError) -> String? {
    if method.parameters.contains(where: { $0.name == "memory" }) {
      let m = try count("memory", default: 10)
      if 2 * Double(m) * Double(n) > MethodDescription.largestMemory {
        return
          "\(text) is left out, for it holds \(m) pairs of vectors and 2 × \(m) × \(n) numbers are too many; take a smaller memory."
      }
    }
    guard method.isDense, n > MethodDescription.largestDenseDimension else { return nil }
    return
      "\(name) is left out, for it holds a dense matrix and \(n) × \(n) numbers are too many; lbfgs, newtonCG and trustRegion hold none."
  }
}
