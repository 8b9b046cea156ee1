public import Secant

/// A method of the catalogue, before any problem is chosen.
public struct MethodDescription: Request.Entry, Equatable {
  public let name: String
  public let summary: String
  /// What a problem must be able to answer.
  public let needs: Capability
  /// Whether it holds a matrix of as many rows and columns as there are variables.
  public let isDense: Bool
  /// The method that does within bounds what this one does without.
  public let kinWithinBounds: String?
  public let parameters: [Request.Parameter]

  /// What a method can demand of a problem beyond value and gradient.
  public enum Capability: String, Sendable, CaseIterable {
    case gradient, hessianVectorProduct, hessian, blocks, matrixBlocks, sampledLabels, layers

    var phrase: String {
      switch self {
      case .gradient: "a gradient"
      case .hessianVectorProduct: "Hessian-vector products"
      case .hessian: "a Hessian"
      case .blocks: "variables in named blocks"
      case .matrixBlocks: "blocks that are declared as matrices"
      case .sampledLabels: "a model that draws labels"
      case .layers: "a model of linear layers that draws labels"
      }
    }
  }
}

extension MethodDescription {
  /// Every method that can be asked for by name. The default rates are those of ``Setting``.
  public static let all: [MethodDescription] = [
    .init(
      "gradientDescent", "gradient descent with a constant rate", .gradient, [.rate("1/L"), .cosine, .batch]),
    .init(
      "steepestDescent", "gradient descent with Armijo's backtracking search", .gradient,
      within: "projectedGradient", []),
    .init(
      "momentum", "gradient descent with Polyak's momentum", .gradient,
      [
        .rate("1/L"), .cosine, .momentum("μ", "0.9"), .init("dampening", "τ", "0"), .formOfMomentum, .batch,
      ]),
    .init(
      "nesterov", "Nesterov's accelerated gradient", .gradient,
      [.rate("1/L"), .cosine, .momentum("μ, or growing", "0.9"), .formOfMomentum, .batch]),
    .init("adam", "Adam", .gradient, averagesOfAdam),
    .init(
      "adamw", "Adam with decoupled weight decay, which moves its limit off the minimiser", .gradient,
      averagesOfAdam + [.decay("1e-4")]),
    .init(
      "adagrad", "the gradient over the root of the sum of its squares", .gradient,
      [.rate("0.1", onBatches: "1e-2"), .cosine, .epsilon("1e-10"), .batch]),
    .init(
      "rmsprop", "the gradient over the root of an average of its squares", .gradient,
      [
        .rate("0.01", onBatches: "1e-3"), .cosine, .init("decay", "α", "0.99"), .momentum("μ", "0"),
        .epsilon("1e-8"), .batch,
      ]),
    .init("amsgrad", "Adam over the greatest average of squares so far", .gradient, averagesOfAdam),
    .init("adamax", "Adam with a decaying maximum of |g|", .gradient, averagesOfAdam),
    .init("nadam", "Adam with Nesterov's momentum", .gradient, averagesOfAdam),
    .init("radam", "Adam with rectified first steps", .gradient, averagesOfAdam),
    .init(
      "adabelief", "Adam over the gradient's deviation from its average", .gradient,
      averages(rateOfAdam, "0.9", "0.999", "1e-16")),
    .init(
      "yogi", "Adam whose average of squares changes slowly", .gradient,
      averages(rateOfAdam, "0.9", "0.999", "1e-3")),
    .init(
      "adan", "Adam with averages of the gradient's changes", .gradient,
      averages(rateOfAdam, "0.98", "0.92", "1e-8") + [.init("beta3", "β₃", "0.99")]),
    .init(
      "adopt", "Adam that divides before it averages", .gradient,
      averages(rateOfAdam, "0.9", "0.9999", "1e-6")),
    .init(
      "adabound", "Adam whose rates are clipped into bounds that close on SGD's", .gradient,
      averagesWithoutSchedule + [.init("finalRate", "final rate", "0.1")]),
    .init(
      "amsbound", "the same over the greatest average of squares so far", .gradient,
      averagesWithoutSchedule + [.init("finalRate", "final rate", "0.1")]),
    .init(
      "vradam", "AdamW that brakes where its momentum is large", .gradient,
      averagesOfAdam + [.decay("1e-5"), .init("braking", "β₃", "1"), .init("cutoff", "α₁", "10")]),
    .init(
      "scheduleFreeSGD", "gradient descent, averaged as it goes, without a schedule", .gradient,
      [.rate("1/L"), .momentum("β", "0.9"), .decay("0"), .warmup, .batch]),
    .init(
      "scheduleFreeAdamW", "Adam, averaged as it goes, without a schedule", .gradient,
      averagesWithoutSchedule + [.decay("0"), .warmup]),
    .init(
      "adadelta", "steps in the units of the variables", .gradient,
      [.rate("1"), .cosine, .init("decay", "ρ", "0.9"), .epsilon("1e-6"), .batch]),
    .init(
      "lion", "the sign of an average of gradients", .gradient,
      [
        .rate("0.01", onBatches: "1e-4"), .cosine, .beta1("0.9"), .beta2("0.99"), .decay("0"), .batch,
      ]),
    .init(
      "signum", "the sign of the momentum; signSGD with momentum=0", .gradient,
      [.rate("0.01", onBatches: "1e-4"), .cosine, .momentum("β", "0.9"), .batch]),
    .init(
      "rprop", "a length for every coordinate, which grows while its sign stays", .gradient,
      [.init("initialStep", "Δ₀", "0.01")]),
    .init(
      "normDescent", "steps to the least point of a norm’s ball", .gradient,
      [
        .init("ball", "euclidean, maximum, or spectral where there are blocks", "euclidean"), .rate("0.01"),
        .cosine, .beta1("0.9"), .beta2("0.9"), .decay("0"), .batch,
      ]),
    .init(
      "lars", "momentum in parts of each block’s size", .blocks,
      [.rate("1"), .cosine, .momentum("μ", "0.9"), .init("trust", "c", "1e-3"), .decay("0"), .batch]),
    .init(
      "lamb", "Adam in parts of each block’s size", .blocks,
      averages(.rate("0.01"), "0.9", "0.999", "1e-6") + [.decay("0")]),
    .init(
      "dog", "distance over gradients: gradient descent without a rate to choose", .gradient,
      [.init("initialDistance", "first step over 1 + ‖x₀‖", "1e-6"), .batch]),
    .init(
      "prodigy", "Adam without a rate to choose", .gradient,
      [.init("initialDistance", "d₀", "1e-6"), .batch]),
    .init(
      "sophiaH", "Sophia with Hutchinson's estimate of the Hessian's diagonal", .hessianVectorProduct,
      averages(.rate("0.01"), "0.96", "0.99", "1e-12") + [
        .init("gamma", "γ", "0.01"), .interval("estimates", "10"), .decay("0"),
      ]),
    .init(
      "sophiaG", "Sophia with labels that the model draws, after the authors’ code", .sampledLabels,
      averages(.rate("0.01"), "0.965", "0.99", "1e-15") + [
        .init("gamma", "γ", "0.04"), .interval("estimates", "10"), .decay("0"),
      ]),
    .init(
      "kfac", "the natural gradient, a Kronecker product for each layer", .layers,
      [
        .rate("0.1"), .cosine, .init("damping", "λ", "1e-3"), .init("decay", "ε", "0.95"),
        .interval("estimates", "1"), .init("divergence", "κ", "1e-3"), .batch,
      ]),
    .init(
      "adaHessian", "Adam with an estimate of the Hessian's diagonal for a scale", .hessianVectorProduct,
      averages(.rate("0.15"), "0.9", "0.999", "1e-4") + [.decay("0")]),
    .init(
      "muon", "orthogonalised momentum on matrix blocks, AdamW on the others", .matrixBlocks,
      [.rate("0.01"), .cosine, .momentum("β", "0.95"), .decay("0"), .batch]),
    .init(
      "adafactor", "Adam with the row and column means of a matrix block's squares", .matrixBlocks,
      [.rate("0.1", onBatches: "0.01"), .cosine, .beta1("0"), .batch]),
    .init(
      "torchMuon", "Muon with the constants of PyTorch", .matrixBlocks,
      [.rate("1e-3"), .decay("0.1"), .batch]),
    .init(
      "moonlight", "Muon with the constants of Moonlight", .matrixBlocks,
      [.rate("1e-3"), .decay("0.1"), .batch]),
    .init(
      "shampoo", "AdaGrad with a full matrix for either side of a matrix block", .matrixBlocks,
      [
        .rate("0.1"), .cosine, .epsilon("1e-6"), .interval("roots", "1"),
        .init("grafting", "whose length a block's step takes: none, sgd or adaGrad", "none"), .batch,
      ]),
    .init(
      "soap", "Adam in the eigenbasis of Shampoo's matrices", .matrixBlocks,
      averages(.rate("0.01"), "0.95", "0.95", "1e-8") + [.interval("turns of the bases", "10"), .decay("0")]),
    .init("lbfgs", "limited-memory BFGS with a strong Wolfe search", .gradient, within: "lbfgsb", [.memory]),
    .init("conjugateGradient", "nonlinear conjugate gradients, after Dai and Yuan", .gradient, []),
    .init(
      "barzilaiBorwein", "Barzilai and Borwein's step lengths with a non-monotone search", .gradient,
      within: "spectralProjectedGradient", []),
    .init("bfgs", "BFGS with a dense matrix and a strong Wolfe search", .gradient, isDense: true, []),
    .init("sr1", "the symmetric rank-one method with a strong Wolfe search", .gradient, isDense: true, []),
    .init(
      "newton", "Newton's method, its Hessian modified where it is indefinite", .hessian, isDense: true, []),
    .init("newtonCG", "Newton's method by truncated conjugate gradients", .hessianVectorProduct, []),
    .init(
      "cubicRegularization", "Newton's method with adaptive cubic regularisation", .hessian, isDense: true, []
    ),
    .init(
      "trustRegion", "trust-region Newton by Steihaug and Toint's method", .hessianVectorProduct,
      within: "tron", []),
    .init(
      "exactTrustRegion", "trust-region Newton with Moré and Sorensen's nearly exact steps", .hessian,
      isDense: true, []),
  ]

  /// The methods for problems with bounds.
  public static let bounded: [MethodDescription] = [
    .init(
      "tron", "trust-region Newton within bounds, after Lin and Moré", .hessianVectorProduct, []),
    .init("lbfgsb", "limited-memory BFGS within bounds", .gradient, [.memory]),
    .init(
      "spectralProjectedGradient", "projected gradients of Barzilai and Borwein's lengths", .gradient,
      [.init("values", "last values that a step is held against", "10")]),
    .init("projectedGradient", "projected gradient descent with Armijo's rule", .gradient, []),
  ]

  private init(
    _ name: String, _ summary: String, _ needs: Capability, isDense: Bool = false,
    within kin: String? = nil, _ parameters: [Request.Parameter]
  ) {
    self.init(
      name: name, summary: summary, needs: needs, isDense: isDense, kinWithinBounds: kin,
      parameters: parameters)
  }

  private static let rateOfAdam = Request.Parameter.rate("0.1", onBatches: "1e-3")
  private static let averagesOfAdam = averages(rateOfAdam, "0.9", "0.999", "1e-8")
  private static let averagesWithoutSchedule = averagesOfAdam.filter { $0 != .cosine }

  private static func averages(
    _ rate: Request.Parameter, _ beta1: String, _ beta2: String, _ epsilon: String
  ) -> [Request.Parameter] {
    [rate, .cosine, .beta1(beta1), .beta2(beta2), .epsilon(epsilon), .batch]
  }

  /// The most numbers that a method's vectors may hold: 2 GB in double precision.
  static let largestMemory = 250_000_000.0

  /// Whether it makes sense on the noisy gradients of batches.
  public var toleratesBatches: Bool { parameters.contains(.batch) }

  /// The largest dimension for which a method may hold an n × n matrix.
  public static let largestDenseDimension = 4000
}

extension Request.Parameter {
  static let batch = Self("batch", "terms of the sum that a step sees (all)")
  static let cosine = Self("cosine", "steps over which the rate falls to 0 along half a cosine (it stays)")
  static let warmup = Self("warmup", "steps over which the rate rises", "0")
  static let memory = Self("memory", "pairs kept", "10")
  static func rate(_ value: String, onBatches: String? = nil) -> Self {
    .init("rate", "learning rate", value, onBatches: onBatches)
  }
  static func momentum(_ symbol: String, _ value: String) -> Self { .init("momentum", symbol, value) }
  static let formOfMomentum = Self("form", "sum of gradients, or velocity, which contains the rate", "sum")
  static func beta1(_ value: String) -> Self { .init("beta1", "β₁", value) }
  static func beta2(_ value: String) -> Self { .init("beta2", "β₂", value) }
  static func epsilon(_ value: String) -> Self { .init("epsilon", "ε", value) }
  static func decay(_ value: String) -> Self { .init("decay", "λ", value) }
  static func interval(_ renewed: String, _ value: String) -> Self {
    .init("interval", "steps between \(renewed)", value)
  }
}

extension Request {
  /// Reads requests for methods of the catalogue, separated by commas: at least one, and none of them twice.
  public static func methods(
    _ text: String, among descriptions: [MethodDescription] = MethodDescription.all
  ) throws(UsageError) -> [Request] {
    var requests: [Request] = []
    for part in text.split(separator: ",") {
      let request = try Request(method: String(part), among: descriptions)
      if requests.contains(where: request.isTheSame) {
        throw UsageError("--methods has ‘\(part)’ twice; name each method once, or with other parameters.")
      }
      requests.append(request)
    }
    if requests.isEmpty { throw UsageError("--methods is empty; name at least one method.") }
    return requests
  }

  /// Whether both ask for the same, however it is written.
  private func isTheSame(as other: Request) -> Bool {
    (name, parameters) == (other.name, other.parameters) && wrappers.count == other.wrappers.count
      && zip(wrappers, other.wrappers).allSatisfy { $0.isTheSame(as: $1) }
  }

  /// Whether the method makes sense on the noisy gradients of batches, and draws no terms itself.
  public var toleratesBatches: Bool { method.toleratesBatches && wrapperThatDraws == nil }

  /// The wrapper that chooses the terms of a step itself, if there is one.
  var wrapperThatDraws: Request? { wrappers.first { ["svrg", "saga"].contains($0.name) } }

  /// Whether its rate can fall along a cosine.
  public var takesCosine: Bool { method.parameters.contains(.cosine) }

  /// The method, when that is what was asked for.
  var method: MethodDescription {
    (MethodDescription.all + MethodDescription.bounded).first { $0.name == name }!
  }

  /// Whether a method that knows bounds was asked for.
  public var isBounded: Bool { MethodDescription.bounded.contains { $0.name == name } }
}

/// A course, with what the catalogue needs to build its methods with sensible rates.
///
/// A rate that is not given is 1/L for gradient descent and its accelerated forms, L being the largest eigenvalue
/// of the Hessian at the start: of a quadratic it is exact, of regularised logistic regression started at zero it
/// is the Lipschitz constant of the gradient. Under svrg and saga it is 1/(3L) with the greatest L of a term, as Defazio, Bach
/// and Lacoste-Julien have it. L is found by power iteration and charged to nobody. The rates of
/// Adam, AdamW, Sophia and Muon were tried in steps of about 3 on the shipped data: a value that is good on all of
/// them is the default. The kin of Adam have Adam's rates, and the sign methods tenths of them.
public struct Setting<Scalar: LAPACKScalar> {
  public let course: Course<AnyProblem<Scalar>>
  /// The terms that a method which tolerates batches sees at a step, or nil for all.
  public let batch: Int?
  public let seed: UInt64

  @inlinable public init(_ course: Course<AnyProblem<Scalar>>, batch: Int? = nil, seed: UInt64 = 0) {
    self.course = course
    self.batch = batch
    self.seed = seed
  }

  /// L, found when it is first asked for.
  @inlinable public var smoothness: Double {
    if let found = found.smoothness { return found }
    let smoothness = largestEigenvalue(of: course.problem, at: course.start, seed: seed) ?? 1
    found.smoothness = smoothness
    return smoothness
  }

  /// The greatest L among the terms of a sum, or among a thousand of them, for a method that goes by the gradients of
  /// single terms; found when it is first asked for.
  @inlinable public var smoothnessOfTerms: Double {
    if let found = found.smoothnessOfTerms { return found }
    var problem = course.problem
    let whole = problem.batch
    let count = whole.count(of: problem.termCount)
    var greatest = 0.0
    for i in stride(from: 0, to: count, by: Swift.max(1, (count + 999) / 1000)) {
      problem.batch = Batch([whole[i]])
      greatest = Swift.max(
        greatest, largestEigenvalue(of: problem, at: course.start, seed: seed, iterations: 10) ?? 0)
    }
    found.smoothnessOfTerms = greatest > 0 ? greatest : 1
    return found.smoothnessOfTerms!
  }

  /// What has been found out, shared by copies.
  @usableFromInline final class Findings {
    @usableFromInline var smoothness: Double?
    @usableFromInline var smoothnessOfTerms: Double?
    @inlinable init() {}
  }
  @usableFromInline let found = Findings()
}

/// The largest magnitude among the Hessian's eigenvalues, by power iteration; nil where it has none.
@inlinable func largestEigenvalue<Problem: HessianVectorObjective>(
  of problem: Problem, at point: Vector<Problem.Scalar>, seed: UInt64, iterations: Int = 100
) -> Double? {
  var generator = RandomGenerator(seed: seed)
  var v = Vector<Problem.Scalar>(zeros: point.count)
  generator.fillNormal(&v)
  var product = v
  var norm: Problem.Scalar = 0
  for _ in 0..<iterations {
    v.scale(by: 1 / v.norm)
    do { try problem.hessian(times: v, at: point, into: &product) } catch { return nil }
    norm = product.norm
    guard norm > 0, norm.isFinite else { return nil }
    v.copy(product)
  }
  return Double(norm)
}
