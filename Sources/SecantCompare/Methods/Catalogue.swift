public import Secant

// From a request to a contestant. The methods are compiled where the call stands, for the scalars that stand there.

extension Request {
  /// The method that was asked for, for a problem with bounds.
  @inlinable public func contestant<P: BoundedObjective & HessianVectorObjective>(
    on course: Course<P>
  ) throws(UsageError) -> Contestant<P> {
    if let refusal = wrapperKnowsNoBounds { throw refusal }
    switch name {
    case "tron": return Contestant(text, .tron())
    case "lbfgsb": return Contestant(text, .lbfgsb(memory: try count("memory")))
    case "spectralProjectedGradient":
      return Contestant(text, .spectralProjectedGradient(values: try count("values")))
    case "projectedGradient": return Contestant(text, .projectedGradient())
    default: throw knowsNoBounds
    }
  }

  /// The refusal of a method that would leave the box.
  @usableFromInline var knowsNoBounds: UsageError {
    UsageError(
      "\(name) knows no bounds; take \(MethodDescription.bounded.map(\.name).joined(separator: ", ")).")
  }

  /// The same of what stands around a method.
  @usableFromInline var wrapperKnowsNoBounds: UsageError? {
    wrappers.first.map { UsageError("\($0.name) knows no bounds; leave it out.") }
  }

  /// The terms that this method sees at a step, or nil when it sees all.
  @usableFromInline func batchSize(unless common: Int?) throws(UsageError) -> Int? {
    if let wrapper = wrapperThatDraws, parameters["batch"] != nil {
      throw UsageError("\(wrapper.name) chooses the terms of a step itself; leave out batch.")
    }
    guard toleratesBatches else { return nil }
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
    try demand(method.needs, of: setting.course.problem)
    let isSaid = size == nil || parameters["batch"] != nil
    let whole = [isSaid ? ownText : "\(ownText):batch=\(size!)"] + wrappers.map(\.text)
    return Enlistment(
      whole.joined(separator: "+"), batch: size, wrappers: wrappers, setting: setting)
  }

  /// The method that was asked for.
  @inlinable public func contestant<Scalar>(
    in setting: Setting<Scalar>
  ) throws(UsageError) -> Contestant<AnyProblem<Scalar>> {
    let enlist = try enlistment(in: setting)
    switch name {
    case "kfac":
      return try enlist(
        .kfac(
          rate: schedule(in: setting), damping: scalar("damping"), decay: scalar("decay"),
          interval: count("interval"), divergence: scalar("divergence"), seed: setting.seed))
    case "sophiaG":
      return try enlist(
        .sophiaG(
          rate: schedule(in: setting), betas: betas(), curvatureScale: scalar("gamma"),
          epsilon: scalar("epsilon"), interval: count("interval"), decay: scalar("decay"), seed: setting.seed)
      )
    case "lars":
      return try enlist(
        .lars(
          rate: schedule(in: setting), momentum: scalar("momentum"), trust: scalar("trust"),
          decay: scalar("decay")))
    case "lamb":
      return try enlist(
        .lamb(
          rate: schedule(in: setting),
          Adam(betas: betas(), epsilon: scalar("epsilon"), decoupledDecay: scalar("decay"))))
    case "muon":
      return try enlist(
        .muon(rate: schedule(in: setting), momentum: scalar("momentum"), decay: scalar("decay")))
    case "adafactor":
      return try enlist(.adafactor(rate: schedule(in: setting), Adafactor(firstDecay: scalar("beta1"))))
    case "torchMuon":
      return try enlist(.torchMuon(rate: rate(in: setting), decay: scalar("decay")))
    case "moonlight":
      return try enlist(.moonlight(rate: rate(in: setting), decay: scalar("decay")))
    case "shampoo":
      return try enlist(
        .shampoo(
          rate: schedule(in: setting), epsilon: scalar("epsilon"),
          grafting: Shampoo.Grafting(rawValue: word("grafting", among: ["none", "sgd", "adaGrad"])),
          interval: count("interval")))
    case "soap":
      return try enlist(
        .soap(
          rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon"),
          interval: count("interval"), decay: scalar("decay")))
    case "gradientDescent":
      return try enlist(.gradientDescent(rate: schedule(in: setting)))
    case "steepestDescent":
      return try enlist(.gradientDescent())
    case "momentum":
      return try enlist(
        .momentum(
          rate: schedule(in: setting), momentum: scalar("momentum"), dampening: scalar("dampening"),
          form: formOfMomentum))
    case "nesterov":
      return try enlist(
        Descent(Nesterov(nesterovMomentum(), form: formOfMomentum), step: Scheduled(schedule(in: setting))))
    case "adam":
      return try enlist(.adam(rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon")))
    case "adamw":
      return try enlist(
        .adamW(
          rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon"), decay: scalar("decay")))
    case "adagrad":
      return try enlist(.adaGrad(rate: schedule(in: setting), AdaGrad(epsilon: scalar("epsilon"))))
    case "rmsprop":
      return try enlist(
        .rmsProp(
          rate: schedule(in: setting),
          RMSProp(decay: scalar("decay"), momentum: scalar("momentum"), epsilon: scalar("epsilon"))))
    case "amsgrad":
      return try enlist(.amsGrad(rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon")))
    case "adamax":
      return try enlist(.adaMax(rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon")))
    case "nadam":
      return try enlist(.nAdam(rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon")))
    case "radam":
      return try enlist(.rAdam(rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon")))
    case "adabelief":
      return try enlist(
        .adaBelief(rate: schedule(in: setting), AdaBelief(betas: betas(), epsilon: scalar("epsilon"))))
    case "yogi":
      return try enlist(.yogi(rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon")))
    case "adan":
      return try enlist(
        .adan(
          rate: schedule(in: setting), betas: (scalar("beta1"), scalar("beta2"), scalar("beta3")),
          epsilon: scalar("epsilon")))
    case "adopt":
      return try enlist(.adopt(rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon")))
    case "adabound":
      return try enlist(
        .adaBound(
          rate: rate(in: setting), finalRate: scalar("finalRate"), betas: betas(), epsilon: scalar("epsilon"))
      )
    case "amsbound":
      return try enlist(
        .amsBound(
          rate: rate(in: setting), finalRate: scalar("finalRate"), betas: betas(), epsilon: scalar("epsilon"))
      )
    case "vradam":
      return try enlist(
        .vrAdam(
          rate: schedule(in: setting),
          VRAdam(
            Adam(betas: betas(), epsilon: scalar("epsilon"), decoupledDecay: scalar("decay")),
            braking: scalar("braking"), cutoff: scalar("cutoff"))))
    case "scheduleFreeSGD":
      return try enlist(
        .scheduleFreeSGD(
          rate: rate(in: setting), interpolation: scalar("momentum"), decay: scalar("decay"),
          warmup: count("warmup")))
    case "scheduleFreeAdamW":
      return try enlist(
        .scheduleFreeAdamW(
          rate: rate(in: setting), betas: betas(), epsilon: scalar("epsilon"), decay: scalar("decay"),
          warmup: count("warmup")))
    case "adadelta":
      return try enlist(
        .adaDelta(rate: schedule(in: setting), decay: scalar("decay"), epsilon: scalar("epsilon")))
    case "lion":
      return try enlist(.lion(rate: schedule(in: setting), betas: betas(), decay: scalar("decay")))
    case "signum":
      return try enlist(.signum(rate: schedule(in: setting), momentum: scalar("momentum")))
    case "normDescent":
      switch try ball {
      case "euclidean": return try enlist(normDescent(over: .euclidean, in: setting))
      case "maximum": return try enlist(normDescent(over: .maximum, in: setting))
      case "spectral" where setting.course.problem.has(.blocks):
        return try enlist(normDescent(over: .spectral(setting.course.problem.layout), in: setting))
      default:
        throw UsageError(
          "The spectral ball needs variables in named blocks, which this problem does not have.")
      }
    case "rprop":
      return try enlist(.rprop(initialStep: scalar("initialStep")))
    case "dog":
      return try enlist(.dog(initialDistance: scalar("initialDistance")))
    case "prodigy":
      return try enlist(.prodigy(initialDistance: scalar("initialDistance")))
    case "lbfgs":
      return try enlist(.lbfgs(memory: count("memory")))
    case "conjugateGradient":
      return try enlist(.conjugateGradient())
    case "barzilaiBorwein":
      return try enlist(.barzilaiBorwein())
    case "bfgs":
      return try enlist(.bfgs())
    case "sr1":
      return try enlist(.sr1())
    case "newton":
      return try enlist(.newton())
    case "newtonCG":
      return try enlist(.newtonCG())
    case "cubicRegularization":
      return try enlist(.cubicRegularization())
    case "trustRegion":
      return try enlist(.trustRegion())
    case "exactTrustRegion":
      return try enlist(.exactTrustRegion())
    case "adaHessian":
      return try enlist(
        .adaHessian(
          rate: schedule(in: setting), betas: betas(), epsilon: scalar("epsilon"), decay: scalar("decay"),
          seed: setting.seed))
    case "sophiaH":
      return try enlist(
        .sophiaH(
          rate: schedule(in: setting), betas: betas(), curvatureScale: scalar("gamma"),
          epsilon: scalar("epsilon"), interval: count("interval"), decay: scalar("decay"), seed: setting.seed)
      )
    default:
      preconditionFailure("the method \(name) is listed and cannot be made")
    }
  }

  /// Where momentum keeps the rate.
  @usableFromInline var formOfMomentum: MomentumForm {
    get throws(UsageError) { try word("form", among: ["sum", "velocity"]) == "sum" ? .sum : .velocity }
  }

  @usableFromInline func nesterovMomentum<Scalar>() throws(UsageError) -> NesterovMomentum<Scalar> {
    let text = self["momentum"]
    if text == "growing" { return .growing }
    guard Double(text) != nil else {
      throw UsageError(
        "momentum in ‘\(self.text)’ is ‘\(text)’; give a number from 0 to below 1, or growing.")
    }
    return try .constant(scalar("momentum"))
  }

  /// The ball of steepest descent.
  @usableFromInline var ball: String {
    get throws(UsageError) { try word("ball", among: ["euclidean", "maximum", "spectral"]) }
  }

  @inlinable func normDescent<Scalar>(
    over ball: NormBall, in setting: Setting<Scalar>
  ) throws(UsageError) -> Descent<NormDescent<AnyProblem<Scalar>>, Scheduled<Scalar>> {
    try .normDescent(over: ball, rate: schedule(in: setting), betas: betas(), decay: scalar("decay"))
  }

  /// The learning rate, whose default may depend on whether the method sees all terms, and on the problem.
  @inlinable func rate<Scalar>(in setting: Setting<Scalar>) throws(UsageError) -> Scalar {
    guard parameters["rate"] == nil else { return try scalar("rate") }
    return Scalar(try defaultRate(in: setting))
  }

  @usableFromInline func defaultRate<Scalar>(in setting: Setting<Scalar>) throws(UsageError) -> Double {
    let size = try batchSize(unless: setting.batch)
    let seesAll = size == nil && wrapperThatDraws == nil
    let rate = method.parameters.first { $0.name == "rate" }!
    if let number = Double((seesAll ? nil : rate.valueOnBatches) ?? rate.value!) { return number }
    // The only one that is no number is 1/L.
    return wrapperThatDraws == nil ? 1 / setting.smoothness : 1 / (3 * setting.smoothnessOfTerms)
  }

  /// The learning rate, constant or falling along a cosine.
  @inlinable func schedule<Scalar>(in setting: Setting<Scalar>) throws(UsageError) -> Schedule<Scalar> {
    let rate = try rate(in: setting)
    if parameters["cosine"] == nil { return .constant(rate) }
    return .cosine(from: rate, over: try count("cosine", default: 1))
  }

  /// β₁ and β₂.
  @inlinable func betas<Scalar: LAPACKScalar>() throws(UsageError) -> (Scalar, Scalar) {
    try (scalar("beta1"), scalar("beta2"))
  }

  /// A parameter as a number of the problem's scalar type.
  @usableFromInline func scalar<Scalar: LAPACKScalar>(_ parameter: String) throws(UsageError) -> Scalar {
    Scalar(try number(parameter))
  }

  /// Refuses a problem that cannot answer what is needed.
  func demand<Scalar>(
    _ capability: MethodDescription.Capability, of problem: AnyProblem<Scalar>
  ) throws(UsageError) {
    guard problem.has(capability) else {
      throw UsageError("\(name) needs \(capability.phrase), which this problem does not have.")
    }
  }
}

/// How a method becomes a contestant: with its wrappers, on batches or not.
@usableFromInline struct Enlistment<Scalar: LAPACKScalar> {
  @usableFromInline let name: String
  @usableFromInline let batch: Int?
  @usableFromInline let wrappers: [Request]
  @usableFromInline let setting: Setting<Scalar>

  init(_ name: String, batch: Int?, wrappers: [Request], setting: Setting<Scalar>) {
    self.name = name
    self.batch = batch
    self.wrappers = wrappers
    self.setting = setting
  }

  @inlinable func callAsFunction<Method: Solver<AnyProblem<Scalar>>>(
    _ method: Method
  ) throws(UsageError) -> Contestant<AnyProblem<Scalar>> {
    if wrappers.isEmpty { return contestant(method) }
    var outermost: any Solver<AnyProblem<Scalar>> = method
    for wrapper in wrappers { outermost = try wrapper.around(outermost, in: setting) }
    return contestant(outermost)
  }

  @inlinable func contestant<Method: Solver<AnyProblem<Scalar>>>(
    _ method: Method
  ) -> Contestant<AnyProblem<Scalar>> {
    guard let batch else { return Contestant(name, method) }
    return Contestant(name, method.onBatches(of: batch, seed: setting.seed))
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
      if let reason = try request.reasonToOmit(
        dimension: course.start.count, terms: course.problem.termCount)
      {
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
  @usableFromInline func reasonToOmit(dimension n: Int, terms: Int) throws(UsageError) -> String? {
    if wrapperThatDraws?.name == "saga", Double(terms) * Double(n) > MethodDescription.largestMemory {
      return
        "\(text) is left out, for it remembers a gradient for each term and \(terms) × \(n) numbers are too many; svrg remembers one."
    }
    if method.parameters.contains(where: { $0.name == "memory" }) {
      let m = try count("memory")
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
