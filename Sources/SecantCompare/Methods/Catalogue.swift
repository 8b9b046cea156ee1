public import Secant

// From a request to a contestant. The methods are compiled where the call stands, for the scalars that stand there.

extension Request {
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

  /// The same where the problem has the terms.
  func batchSize<Scalar>(in setting: Setting<Scalar>) throws(UsageError) -> Int? {
    guard let size = try batchSize(unless: setting.batch) else { return nil }
    let problem = setting.course.problem
    guard problem.isSum else {
      throw UsageError("A batch needs a problem that is a mean over data, which this one is not.")
    }
    guard size <= problem.termCount else {
      throw UsageError(
        "The batch is \(size), and the problem has \(problem.termCount) terms; give at most as many.")
    }
    return size
  }

  /// How the method takes part, where the problem can answer what it needs.
  @usableFromInline func enlistment<Scalar>(
    in setting: Setting<Scalar>
  ) throws(UsageError) -> Enlistment<Scalar> {
    let size = try batchSize(in: setting)
    guard setting.course.problem.has(method.needs) else {
      throw UsageError("\(name) needs \(method.needs.phrase), which this problem does not have.")
    }
    let isSaid = size == nil || parameters["batch"] != nil
    return Enlistment(isSaid ? text : "\(text):batch=\(size!)", batch: size, seed: setting.seed)
  }

  /// The method that was asked for.
  @inlinable public func contestant<Scalar>(
    in setting: Setting<Scalar>
  ) throws(UsageError) -> Contestant<AnyProblem<Scalar>> {
    let enlist = try enlistment(in: setting)
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
      case "spectral" where setting.course.problem.has(.blocks):
        return enlist(try normDescent(over: .spectral(setting.course.problem.layout)))
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
      preconditionFailure("the method \(name) is listed and cannot be made")
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
  @inlinable func rate<Scalar>(
    _ onAll: Double, onBatches: Double, in setting: Setting<Scalar>
  ) throws(UsageError) -> Scalar {
    try scalar("rate", try batchSize(unless: setting.batch) == nil ? onAll : onBatches)
  }

  /// The same where it may fall along a cosine.
  @inlinable func schedule<Scalar>(
    _ onAll: Double, onBatches: Double, in setting: Setting<Scalar>
  ) throws(UsageError) -> Schedule<Scalar> {
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
@usableFromInline struct Enlistment<Scalar: LAPACKScalar> {
  @usableFromInline let name: String
  @usableFromInline let batch: Int?
  @usableFromInline let seed: UInt64

  init(_ name: String, batch: Int?, seed: UInt64) {
    self.name = name
    self.batch = batch
    self.seed = seed
  }

  @inlinable func callAsFunction<Method: Solver<AnyProblem<Scalar>>>(
    _ method: Method
  ) -> Contestant<AnyProblem<Scalar>> {
    guard let batch else { return Contestant(name, method) }
    return Contestant(name, method.onBatches(of: batch, seed: seed))
  }
}

extension Setting {
  /// The contestants that were asked for, and the ones that a problem of this size has no room for.
  @inlinable public func contestants(
    for requests: [Request]
  ) throws(UsageError) -> (contestants: [Contestant<AnyProblem<Scalar>>], omissions: [Comparison.Omission]) {
    var contestants: [Contestant<AnyProblem<Scalar>>] = []
    var omissions: [Comparison.Omission] = []
    for request in requests {
      if let reason = try request.reasonToOmit(dimension: course.start.count) {
        omissions.append(Comparison.Omission(name: request.text, reason: reason))
        continue
      }
      let contestant = try request.contestant(in: self)
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
