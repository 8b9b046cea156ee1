import Secant

/// A method of the conformance matrix.
struct Entry<Problem: DifferentiableObjective>: Sendable, CustomStringConvertible {
  let name: String
  let method: any Solver<Problem>
  /// Whether it must solve each problem, not only behave: all that choose their own steps but steepest descent.
  let searches: Bool

  var description: String { name }
}

/// Every solver that a problem with all capabilities but blocks and batches can use.
func methods<P: TwiceDifferentiableObjective>(rate: P.Scalar) -> [Entry<P>] where P.Domain == WholeSpace {
  searchingMethods() + ratedMethods(rate: rate)
}

/// Those that choose their own steps.
func searchingMethods<P: TwiceDifferentiableObjective>() -> [Entry<P>] where P.Domain == WholeSpace {
  func entry(_ name: String, _ method: any Solver<P>) -> Entry<P> {
    Entry(name: name, method: method, searches: true)
  }
  return [
    Entry(name: "gradient descent, Armijo", method: .gradientDescent(), searches: false),
    entry("Barzilai–Borwein", .barzilaiBorwein()),
    entry("Barzilai–Borwein, long", .barzilaiBorwein(.long)),
    entry("Barzilai–Borwein, short", .barzilaiBorwein(.short)),
    entry("Barzilai–Borwein, alternating", .barzilaiBorwein(.alternating)),
    entry("Fletcher–Reeves", .conjugateGradient(.fletcherReeves)),
    entry("Polak–Ribière+", .conjugateGradient(.polakRibière)),
    entry("Hestenes–Stiefel", .conjugateGradient(.hestenesStiefel)),
    entry("Dai–Yuan", .conjugateGradient(.daiYuan)),
    entry("Hager–Zhang", .conjugateGradient(.hagerZhang)),
    entry("Anderson", .anderson()),
    entry("L-BFGS", .lbfgs()),
    entry("L-BFGS, memory 3, Moré–Thuente", Descent(LimitedMemoryBFGS(memory: 3), step: MoreThuente())),
    entry("L-BFGS, search of Hager and Zhang", Descent(LimitedMemoryBFGS(), step: HagerZhang())),
    entry("BFGS", .bfgs()),
    entry("BFGS, factored", .choleskyBFGS()),
    entry("BFGS, damped", .dampedBFGS()),
    entry("Broyden, φ = ½", .broyden(φ: 0.5)),
    entry("DFP", .dfp()),
    entry("SR1", .sr1()),
    entry("Newton", .newton()),
    entry("Newton, added identity", .newton(modifying: AddedIdentity())),
    entry("Newton, Schnabel–Eskow", .newton(modifying: ModifiedFactorisation())),
    entry("Newton, eigenvalues", .newton(modifying: ModifiedEigenvalues())),
    entry("Newton, search of Hager and Zhang", Descent(Newton(), step: HagerZhang())),
    entry("Newton, negative curvature", .negativeCurvatureNewton()),
    entry("Newton-CG", .newtonCG()),
    entry("Newton-CG, diagonal", .newtonCG(preconditioner: HessianDiagonal())),
    entry("Newton-CG, estimated diagonal", .newtonCG(preconditioner: EstimatedDiagonal())),
    entry("Newton-CG, L-BFGS", .newtonCG(preconditioner: LimitedMemoryPreconditioner())),
    entry("cubic regularisation", .cubicRegularization()),
    entry("cubic regularisation, Lanczos", .cubicRegularization(subproblem: KrylovCubic())),
    entry("trust region", .trustRegion()),
    entry("exact trust region", .exactTrustRegion()),
    entry("trust region, GLTR", .trustRegion(model: HessianModel(), subproblem: GeneralizedLanczos())),
    entry(
      "trust region, subspace", .trustRegion(model: DenseHessianModel(), subproblem: TwoDimensionalSubspace())
    ),
    entry("trust region, dogleg", .trustRegion(model: DenseHessianModel(), subproblem: Dogleg())),
    entry(
      "trust region, double dogleg", .trustRegion(model: DenseHessianModel(), subproblem: Dogleg.double())),
    entry("trust region, BFGS", .trustRegion(model: BFGSModel(), subproblem: MoreSorensen())),
    entry("trust region, SR1", .trustRegion(model: SR1Model(), subproblem: MoreSorensen())),
    entry("trust region, L-BFGS", .trustRegion(model: LimitedMemoryModel(.bfgs))),
    entry(
      "trust region, scaled",
      .trustRegion(model: ScaledModel(DenseHessianModel(), by: .diagonal), subproblem: MoreSorensen())),
    entry(
      "trust region, non-monotone",
      .trustRegion(model: HessianModel(), radius: NonMonotoneRadius(RatioRadius(), memory: 3))),
    entry("trust region, interpolating", .trustRegion(model: HessianModel(), radius: InterpolatingRadius())),
    entry("trust region, self-adaptive", .trustRegion(model: HessianModel(), radius: SelfAdaptiveRadius())),
    Entry(
      name: "trust region, L-SR1", method: .trustRegion(model: LimitedMemoryModel(.sr1)), searches: false),
    Entry(
      name: "trust region, Cauchy", method: .trustRegion(model: HessianModel(), subproblem: CauchyPoint()),
      searches: false),
    Entry(
      name: "trust region, diagonal",
      method: .trustRegion(model: DiagonalModel(), subproblem: SteihaugToint()), searches: false),
    Entry(name: "pure Newton", method: .pureNewton(), searches: false),
    Entry(name: "damped Newton", method: .dampedNewton(), searches: false),
  ]
}

/// Those with a rate.
func ratedMethods<P: TwiceDifferentiableObjective>(rate: P.Scalar) -> [Entry<P>]
where P.Domain == WholeSpace {
  func rated(_ name: String, _ method: any Solver<P>) -> Entry<P> {
    Entry(name: name, method: method, searches: false)
  }
  let low = rate / 10
  return [
    rated("gradient descent", .gradientDescent(rate: rate)),
    rated("gradient descent, cosine", .gradientDescent(rate: .cosine(from: rate, to: low, over: 100))),
    rated(
      "gradient descent, warm restarts", .gradientDescent(rate: .warmRestarts(from: rate, to: low, first: 20))
    ),
    rated("gradient descent, one cycle", .gradientDescent(rate: .oneCycle(rate: rate, over: 200))),
    rated(
      "gradient descent, plateau", Descent(SteepestDescent(), step: ReduceOnPlateau(rate: rate, cooldown: 5))),
    rated("Polyak's step", Descent(SteepestDescent(), step: PolyakStep(longest: 1))),
    rated("momentum", .momentum(rate: low)),
    rated("Nesterov", .nesterov(rate: low)),
    rated("momentum, clipped by value", .clipped(by: .value(1), .momentum(rate: low))),
    rated("Adam, clipped by norm", .clipped(by: .norm(1), .adam(rate: rate))),
    rated("Lookahead, Adam", .lookahead(.adam(rate: rate))),
    rated("SAM, momentum", .sharpnessAware(.momentum(rate: low))),
    rated("ASAM, Adam", .sharpnessAware(within: .asam, .adam(rate: rate))),
    rated("Adam", .adam(rate: rate)),
    rated("AdamW", .adamW(rate: rate)),
    rated("AMSGrad", .amsGrad(rate: rate)),
    rated("AdaMax", .adaMax(rate: rate)),
    rated("NAdam", .nAdam(rate: rate)),
    rated("RAdam", .rAdam(rate: low)),
    rated("AdaBelief", .adaBelief(rate: rate, AdaBelief(decoupledDecay: 0.01))),
    rated("Yogi", .yogi(rate: rate)),
    rated("Adan", .adan(rate: rate)),
    rated("ADOPT", .adopt(rate: rate)),
    rated("AdaBound", .adaBound(rate: low, finalRate: rate, closing: 0.1)),
    rated("AMSBound", .amsBound(rate: low, finalRate: rate, closing: 0.1)),
    rated("VRAdam", .vrAdam(rate: rate)),
    rated("Schedule-Free SGD", .scheduleFreeSGD(rate: rate, warmup: 5)),
    rated("Schedule-Free AdamW", .scheduleFreeAdamW(rate: rate, decay: 0.01)),
    rated("mean of momentum", .averaged(.momentum(rate: low))),
    rated(
      "exponential average of gradient descent, Armijo",
      Descent.gradientDescent().averaged(by: .exponential(decay: 0.9))),
    rated("SWA, Adam", .averaged(by: .stochasticWeights(from: 6, every: 3), .adam(rate: rate))),
    rated("AdaGrad", .adaGrad(rate: rate)),
    rated("RMSProp", .rmsProp(rate: low)),
    rated("RMSProp, centred, with momentum", .rmsProp(rate: low, RMSProp(momentum: 0.9, isCentred: true))),
    rated("AdaDelta", .adaDelta()),
    rated("Lion", .lion(rate: low, decay: 0.01)),
    rated("signSGD", .signSGD(rate: low)),
    rated("Signum", .signum(rate: .cosine(from: rate, to: low, over: 100))),
    rated("Rprop", .rprop()),
    rated("DoG", .dog()),
    rated("Prodigy", .prodigy()),
    rated("AdaHessian", .adaHessian(rate: rate)),
    rated(
      "AdaHessian, exact diagonal",
      Descent(AdaHessian(estimator: ExactDiagonal<P>()), step: Constant(rate: rate))),
    rated("Sophia-H", .sophiaH(rate: low)),
  ]
}

/// Those that need a model's Fisher information, as products or in Kronecker factors.
func naturalMethods<P: FisherVectorObjective & KroneckerFactoredObjective>(
  rate: P.Scalar
) -> [Entry<P>] where P.Domain == WholeSpace {
  let low = rate / 10
  return [
    Entry(name: "K-FAC", method: .kfac(rate: low, interval: 3), searches: false),
    Entry(name: "K-FAC, the data's labels", method: .empiricalKFAC(rate: low), searches: false),
    Entry(
      name: "K-FAC on batches", method: .onBatches(of: 8, seed: 3, Descent.kfac(rate: low)), searches: false),
    Entry(name: "natural gradient", method: .naturalGradient(rate: rate), searches: false),
    Entry(
      name: "natural gradient, Armijo", method: .naturalGradient(step: Armijo()), searches: false),
  ]
}

/// Those that need blocks or batches.
func structuredMethods<P: TwiceDifferentiableObjective & SampledLabelObjective & BlockStructured>(
  rate: P.Scalar, in layout: Layout
) -> [Entry<P>] where P.Domain == WholeSpace {
  let low = rate / 10
  return [
    Entry(name: "Muon", method: .muon(rate: rate), searches: false),
    Entry(name: "LARS", method: .lars(rate: rate, trust: 0.1, decay: 0.01), searches: false),
    Entry(name: "LAMB", method: .lamb(rate: rate, Adam(decoupledDecay: 0.01)), searches: false),
    Entry(name: "Adafactor", method: .adafactor(rate: rate), searches: false),
    Entry(
      name: "Adafactor, first moment", method: .adafactor(rate: rate, Adafactor(firstDecay: 0.9)),
      searches: false),
    Entry(name: "Adafactor, PyTorch", method: .adafactor(rate: rate, .torch), searches: false),
    Entry(
      name: "Schedule-Free AdamW, on batches",
      method: .onBatches(of: 5, seed: 3, .scheduleFreeAdamW(rate: rate)), searches: false),
    Entry(
      name: "mean of Adam on batches", method: .averaged(.onBatches(of: 5, seed: 3, .adam(rate: rate))),
      searches: false),
    Entry(
      name: "SWA, momentum, on batches",
      method: .onBatches(
        of: 5, seed: 3, .averaged(by: .stochasticWeights(from: 6, every: 3), .momentum(rate: low))),
      searches: false),
    Entry(
      name: "momentum, coupled decay", method: .decayed(by: .coupled(0.01), .momentum(rate: low)),
      searches: false),
    Entry(
      name: "Adam, decoupled decay", method: .decayed(by: .decoupled(0.01), .adam(rate: rate)),
      searches: false),
    Entry(
      name: "momentum, clipped by block",
      method: .clipped(by: .blockNorm(0.5, in: layout), .momentum(rate: low)),
      searches: false),
    Entry(
      name: "momentum, clipped adaptively",
      method: .clipped(by: .adaptive(0.1, in: layout), .momentum(rate: low)),
      searches: false),
    Entry(
      name: "ASAM on weights, momentum",
      method: .sharpnessAware(
        within: .asam(onWeightsOf: layout), .momentum(rate: low)),
      searches: false),
    Entry(name: "SVRG", method: .svrg(rate: low, size: 2, interval: 5, seed: 3), searches: false),
    Entry(
      name: "SVRG, Adam", method: Descent.adam(rate: low).varianceReduced(size: 3, seed: 3), searches: false),
    Entry(name: "SAGA", method: .saga(rate: low, seed: 3), searches: false),
    Entry(
      name: "SAGA, momentum", method: Descent.momentum(rate: low).withRememberedGradients(seed: 3),
      searches: false),
    Entry(
      name: "Muon, polar factor", method: .muon(rate: rate, orthogonalisation: .polarFactor), searches: false),
    Entry(name: "Muon, PyTorch", method: .torchMuon(scaling: .matchingAdamW), searches: false),
    Entry(name: "Muon, Moonlight", method: .moonlight(), searches: false),
    Entry(name: "Shampoo", method: .shampoo(rate: rate), searches: false),
    Entry(
      name: "Shampoo, grafted", method: .shampoo(rate: rate, grafting: .adaGrad, interval: 3), searches: false
    ),
    Entry(
      name: "Lion's steps", method: .normDescent(over: .maximum, rate: low, betas: (0.9, 0.99)),
      searches: false),
    Entry(
      name: "steps in the spectral ball",
      method: .normDescent(over: .spectral(layout), rate: low), searches: false),
    Entry(name: "Sophia-G", method: .sophiaG(rate: low, interval: 3), searches: false),
    Entry(
      name: "Sophia-G on batches", method: .onBatches(of: 8, seed: 3, Descent.sophiaG(rate: low)),
      searches: false),
    Entry(name: "SOAP", method: .soap(rate: rate, interval: 3), searches: false),
    Entry(
      name: "SOAP on batches", method: .onBatches(of: 7, seed: 3, Descent.soap(rate: rate, interval: 2)),
      searches: false),
    Entry(
      name: "Adam on batches", method: .onBatches(of: 5, seed: 3, Descent.adam(rate: rate)), searches: false),
    Entry(
      name: "Lookahead, clipped Adam, on batches",
      method: .onBatches(of: 5, seed: 3, .lookahead(.clipped(by: .norm(1), .adam(rate: rate)))),
      searches: false),
    Entry(
      name: "SAM, momentum, on batches",
      method: .onBatches(of: 5, seed: 3, .sharpnessAware(.momentum(rate: low))), searches: false),
    Entry(
      name: "Muon on batches", method: .onBatches(of: 7, seed: 3, Descent.muon(rate: rate)), searches: false),
    Entry(
      name: "Sophia-H on batches", method: .onBatches(of: 8, seed: 3, Descent.sophiaH(rate: rate)),
      searches: false),
    Entry(
      name: "gradient descent, Armijo, on batches",
      method: .onBatches(of: 5, seed: 3, Descent.gradientDescent()),
      searches: false),
    Entry(
      name: "gradient descent, strong Wolfe, on batches",
      method: .onBatches(of: 5, seed: 3, Descent(SteepestDescent(), step: StrongWolfe())), searches: false),
    Entry(
      name: "trust region on batches", method: .onBatches(of: 5, seed: 3, TrustRegion.trustRegion()),
      searches: false),
  ]
}

/// Those for bounds.
func boundedMethods<P: BoundedObjective & HessianVectorObjective>() -> [Entry<P>] {
  [
    Entry(name: "L-BFGS-B", method: .lbfgsb(), searches: true),
    Entry(name: "TRON", method: .tron(), searches: true),
    Entry(name: "spectral projected gradient", method: .spectralProjectedGradient(), searches: true),
    Entry(name: "projected gradient", method: .projectedGradient(), searches: false),
  ]
}

/// Those for residuals.
func leastSquaresMethods<P: ResidualObjective & TwiceDifferentiableObjective>() -> [Entry<P>]
where P.Domain == WholeSpace {
  func entry(_ name: String, _ method: any Solver<P>) -> Entry<P> {
    Entry(name: name, method: method, searches: true)
  }
  func scaled() -> ScaledModel<DenseGaussNewtonModel<P>> {
    ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal)
  }
  return [
    entry("Levenberg–Marquardt", .levenbergMarquardt()),
    entry("Levenberg–Marquardt, Marquardt", .levenbergMarquardt(damping: MarquardtDamping())),
    entry("Levenberg–Marquardt, Nielsen", .levenbergMarquardt(damping: NielsenDamping())),
    entry(
      "Levenberg–Marquardt, unscaled", .levenbergMarquardt(damping: TrustRegionDamping(), scaling: .identity)),
    entry(
      "Levenberg–Marquardt, accelerated",
      .levenbergMarquardt(damping: TrustRegionDamping<P.Scalar>(), acceleration: 0.75)),
    entry(
      "Levenberg–Marquardt, Marquardt, accelerated",
      .levenbergMarquardt(damping: MarquardtDamping<P.Scalar>(increase: 2, decrease: 3), acceleration: 0.75)),
    Entry(name: "Gauss–Newton", method: .gaussNewton(), searches: false),
    entry("Gauss–Newton, dogleg", .trustRegion(model: scaled(), subproblem: Dogleg())),
    entry("Gauss–Newton, double dogleg", .trustRegion(model: scaled(), subproblem: Dogleg.double())),
    entry("Gauss–Newton, plane", .trustRegion(model: scaled(), subproblem: TwoDimensionalSubspace())),
    entry(
      "Gauss–Newton, nearly exact", .trustRegion(model: DenseGaussNewtonModel(), subproblem: MoreSorensen())),
    entry("Gauss–Newton, conjugate gradients", .trustRegion(model: GaussNewtonModel())),
    entry(
      "Gauss–Newton, Lanczos", .trustRegion(model: GaussNewtonModel(), subproblem: GeneralizedLanczos())),
    entry("Fletcher–Xu", .trustRegion(model: FletcherXuModel(), subproblem: MoreSorensen())),
    entry(
      "NL2SOL's model, scaled",
      .trustRegion(
        model: ScaledModel(StructuredSecantModel(), by: .greatestDiagonal), subproblem: MoreSorensen())),
    entry("NL2SOL's model", .trustRegion(model: StructuredSecantModel(), subproblem: MoreSorensen())),
  ]
}
