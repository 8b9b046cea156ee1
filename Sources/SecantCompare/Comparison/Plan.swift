import Foundation
public import Secant
import SecantProblems

extension Comparison {
  /// Compares methods on a problem, all of them by name, as `secant compare` does.
  ///
  /// ```swift
  /// let comparison = try Comparison(on: "rosenbrock:dimension=10", by: "newton,lbfgs,adam:rate=1e-2")
  /// try Data(comparison.report().utf8).write(to: URL(filePath: "rosenbrock.html"))
  /// ```
  ///
  /// - Parameters:
  ///   - problem: one of ``ProblemDescription/all``, with parameters.
  ///   - methods: of ``MethodDescription/all``, or of ``MethodDescription/bounded`` where the problem has bounds, separated by
  ///     commas; nil for a dozen that make sense.
  ///   - start: one number for all variables, or one for each; nil for the problem's own.
  ///   - batch: the terms that the methods which tolerate it see at a step.
  ///   - seed: what fixes every random choice.
  ///   - tolerance: relative to the gradient at the start; nil for 10⁻¹⁰, in single precision 10⁻⁵.
  ///   - budget: of each method; nil for the problem's own.
  ///   - observe: as in the other initialisers.
  /// - Throws: a ``UsageError`` where something is not known or makes no sense; what is wrong with data.
  public init(
    on problem: String, by methods: String? = nil, in scalar: Study.ScalarType = .double,
    from start: [Double]? = nil, batch: Int? = nil, seed: UInt64 = 0, tolerance: Double? = nil,
    within budget: Budget? = nil, observing observe: (Observation) -> Void = { _ in }
  ) throws {
    let plan = try Plan(
      problem: Request(problem, kind: "problem", among: ProblemDescription.all),
      methods: methods.map {
        try Request.methods($0, among: MethodDescription.all + MethodDescription.bounded)
      },
      isFloat: scalar == .float, start: start, batch: batch, seed: seed, tolerance: tolerance, budget: budget)
    self = try plan.comparison(observing: observe)
  }
}

/// A comparison of methods on a problem, all of them by name.
package struct Plan: Sendable {
  package var problem: Request
  var methods: [Request]?
  var isFloat: Bool
  var start: [Double]?
  var batch: Int?
  var seed: UInt64
  var tolerance: Double?
  var budget: Budget?

  /// - Throws: a ``UsageError`` where something makes no sense.
  package init(
    problem: Request, methods: [Request]?, isFloat: Bool, start: [Double]?, batch: Int?, seed: UInt64,
    tolerance: Double?, budget: Budget?
  ) throws(UsageError) {
    if let batch, batch < 1 { throw UsageError("--batch is \(batch); give at least 1 term, such as 32.") }
    if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
      throw UsageError("--tolerance is \(tolerance); give a finite number that is zero or more.")
    }
    if let complaint = budget?.complaint { throw UsageError(complaint) }
    self.problem = problem
    self.methods = methods
    self.isFloat = isFloat
    self.start = start
    self.batch = batch
    self.seed = seed
    self.tolerance = tolerance
    self.budget = budget
  }

  package func comparison(observing observe: (Comparison.Observation) -> Void) throws -> Comparison {
    isFloat ? try comparison(Float.self, observe) : try comparison(Double.self, observe)
  }

  /// Makes the problem, and forgets its type.
  private func comparison<Scalar: LAPACKScalar>(
    _: Scalar.Type, _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    switch problem.name {
    case "breast-cancer":
      return try logistic(.breastCancer, "Breast cancer, logistic regression", Scalar.self, observe)
    case "mushrooms": return try logistic(.mushrooms, "Mushrooms, logistic regression", Scalar.self, observe)
    case "digits-parity":
      return try logistic(.digits, "Odd and even digits, logistic regression", Scalar.self, observe)
    case "digits": return try softmax(.digits, "Digits, softmax regression", Scalar.self, observe)
    case "iris": return try softmax(.iris, "Iris, softmax regression", Scalar.self, observe)
    case "digits-mlp": return try perceptron(Scalar.self, observe)
    case "logistic":
      let (data, shipped) = try dataSet()
      if let shipped { return try logistic(shipped, "\(data), logistic regression", Scalar.self, observe) }
      return try logistic(given(data), "\(data), logistic regression", nil, Scalar.self, observe)
    case "softmax":
      let (data, shipped) = try dataSet()
      if let shipped { return try softmax(shipped, "\(data), softmax regression", Scalar.self, observe) }
      return try softmax(given(data), "\(data), softmax regression", nil, Scalar.self, observe)
    case "ridge": return try linear(.squared, "ridge regression", Scalar.self, observe)
    case "huber": return try linear(.huber(try scale), "Huber’s loss", Scalar.self, observe)
    case "cauchy": return try linear(.cauchy(try scale), "Cauchy’s loss", Scalar.self, observe)
    case "gaussian-process":
      let (data, isShipped) = try regressionData()
      // Of the covariance, five matrices of which are held.
      try demandMemory(
        5 * Double(data.sampleCount) * Double(data.sampleCount), "data", "\(data.sampleCount) rows")
      let lengths = GaussianProcessLengths(
        rawValue: try problem.word("lengths", among: GaussianProcessLengths.allCases.map(\.rawValue)))!
      let process = GaussianProcess<Scalar>(
        (isShipped ? data.every(3) : data).standardised(), lengths: lengths)
      let isKnown = isShipped && lengths == .one
      return try run(
        AnyProblem(process), titled: "\(data.name), Gaussian process", from: process.start,
        optimum: isKnown ? ProblemLibrary["gaussian-process"]?.minimum : nil, within: .regression,
        methods: Self.usual, observe)
    case "quadratic":
      let dimension = try problem.count("dimension", default: 100)
      let condition = try problem.number("condition", default: 1000)
      guard condition >= 1 else {
        throw UsageError("condition is \(condition); give a number of at least 1.")
      }
      let κ: Scalar = try rounded(condition, "condition")
      let quadratic = Quadratic<Scalar>(dimension: dimension, conditionNumber: κ, seed: seed)
      return try formula(
        AnyProblem(quadratic), "Quadratic of condition number \(condition.formatted())",
        Vector(zeros: dimension), 0, observe)
    case "rosenbrock":
      let rosenbrock = Rosenbrock<Scalar>(dimension: try problem.count("dimension", default: 2, least: 2))
      return try formula(AnyProblem(rosenbrock), "Rosenbrock", rosenbrock.start, 0, observe)
    default:
      guard let known = ProblemLibrary[problem.name], let posed = known.posed(in: Scalar.self) else {
        preconditionFailure("the problem \(problem.name) is listed and cannot be made")
      }
      if let bounds = posed.bounds {
        return try run(
          posed.problem.bounded(by: bounds), titled: known.title, from: posed.start, optimum: known.minimum,
          observe)
      }
      let isFormula = !known.classes.contains(.finiteSum)
      return try run(
        posed.problem, titled: known.title, from: posed.start, optimum: known.minimum,
        within: isFormula ? .formula : .regression, methods: Self.usual, observe)
    }
  }

  // MARK: Regressions

  private func logistic<Scalar: LAPACKScalar>(
    _ shipped: DataSet.Shipped, _ title: String, _: Scalar.Type, _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    try logistic(
      try shipped.binaryTraining(), title, .of(.logistic, on: shipped), Scalar.self, observe)
  }

  private func softmax<Scalar: LAPACKScalar>(
    _ shipped: DataSet.Shipped, _ title: String, _: Scalar.Type, _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    try softmax(try shipped.training(), title, .of(.softmax, on: shipped), Scalar.self, observe)
  }

  private func logistic<Scalar: LAPACKScalar>(
    _ data: DataSet, _ title: String, _ optimum: ReferenceOptimum?, _: Scalar.Type,
    _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    let problem = try LogisticRegression<Scalar>(data, regularisation: try regularisation)
    return try run(
      AnyProblem(problem), titled: title, from: Vector(zeros: problem.dimension!),
      optimum: try known(optimum), within: .regression, methods: Self.usual, observe)
  }

  private func softmax<Scalar: LAPACKScalar>(
    _ data: DataSet, _ title: String, _ optimum: ReferenceOptimum?, _: Scalar.Type,
    _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    let problem = try SoftmaxRegression<Scalar>(data, regularisation: try regularisation)
    return try run(
      AnyProblem(problem), titled: title, from: Vector(zeros: problem.dimension!),
      optimum: try known(optimum), within: .regression, methods: Self.usual + ["muon", "adam:batch=32"],
      observe)
  }

  /// A perceptron on one part of the digits, which is tested on the other; the seed draws the parts and the start.
  private func perceptron<Scalar: LAPACKScalar>(
    _: Scalar.Type, _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    let (samples, others) = try DataSet(.digits).split(seed: seed)
    let (training, test) = (samples.standardised(), others.standardised(like: samples))
    let width = try problem.count("width", default: 64, most: 10_000)
    let layers = try problem.count("layers", default: 1, most: 100)
    try demandMemory(
      Double(layers) * Double(width) * Double(width + training.sampleCount), "width and layers",
      "\(layers) × \(width) units")
    let model = try MultilayerPerceptron<Scalar>(
      training, widths: Array(repeating: width, count: layers),
      activation: Activation(
        rawValue: try problem.word("activation", among: Activation.allCases.map(\.rawValue)))!,
      normalises: try problem.word("normalise", among: ["no", "yes"]) == "yes",
      regularisation: try regularisation)
    return try run(
      AnyProblem(model),
      titled:
        "Digits, perceptron: f is the loss of \(training.sampleCount) images, \(test.sampleCount) test it",
      from: model.start(seed: seed), optimum: nil, within: .training,
      scoring: .init("test accuracy %") { 100 * model.accuracy(at: $0, on: test) },
      batch: 32, methods: Self.trainers, observe)
  }

  private func linear<Scalar: LAPACKScalar>(
    _ loss: RegressionLoss<Double>, _ title: String, _: Scalar.Type,
    _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    let (data, isShipped) = try regressionData()
    let regression = LinearRegression<Scalar>(
      data.standardised().withConstant(), loss: RegressionLoss(loss), regularisation: try regularisation)
    let isKnown = isShipped && problem.parameters["lambda"] == nil && problem.parameters["scale"] == nil
    return try run(
      AnyProblem(regression), titled: "\(data.name), \(title)", from: Vector(zeros: regression.dimension!),
      optimum: isKnown ? ProblemLibrary[problem.name]?.minimum : nil, within: .regression,
      methods: Self.usual, observe)
  }

  private func demandMemory(_ numbers: Double, _ name: String, _ given: String) throws(UsageError) {
    guard numbers > MethodDescription.largestMemory else { return }
    throw UsageError(
      "\(name): \(given) need \(Numerals.short(numbers)) numbers; give less, so that it is no more than \(Numerals.short(MethodDescription.largestMemory))."
    )
  }

  /// Where a robust loss leaves the square.
  private var scale: Double {
    get throws {
      let scale = try problem.number("scale", default: 0.5)
      guard scale > 0 else { throw UsageError("scale is \(scale); give a number above zero.") }
      if isFloat { let _: Float = try rounded(scale, "scale") }
      return scale
    }
  }

  /// What `data=` names, or the diabetes data.
  private func regressionData() throws -> (RegressionData, isShipped: Bool) {
    guard let path = problem.parameters["data"], path != "diabetes" else {
      guard problem.parameters["response"] == nil else {
        throw UsageError("response is for data of your own, and ‘diabetes’ comes with the package.")
      }
      return (.diabetes, true)
    }
    return (
      try RegressionData(Table(contentsOf: path), response: problem.parameters["response"]), false
    )
  }

  /// λ, where it is given.
  private var regularisation: Double? {
    get throws {
      guard problem.parameters["lambda"] != nil else { return nil }
      let λ = try problem.number("lambda", default: 0)
      guard λ >= 0 else { throw UsageError("lambda is \(λ); give a number that is zero or more.") }
      if isFloat { let _: Float = try rounded(λ, "lambda") }
      return λ
    }
  }

  /// The optimum's value, which holds for the λ that it was computed for.
  private func known(_ optimum: ReferenceOptimum?) throws -> Double? {
    guard let optimum, try regularisation.map({ $0 == optimum.regularisation }) ?? true else { return nil }
    return optimum.value
  }

  /// What `data=` names, and the data set when it is a shipped one.
  private func dataSet() throws -> (String, DataSet.Shipped?) {
    guard let data = problem.parameters["data"] else {
      throw UsageError("The problem ‘\(problem.name)’ needs data; write \(problem.name):data=FILE.csv.")
    }
    let shipped = DataSet.Shipped(rawValue: data)
    if shipped != nil, problem.parameters["label"] ?? problem.parameters["standardise"] != nil {
      throw UsageError(
        "label and standardise are for data of your own, and ‘\(data)’ comes with the package.")
    }
    return (data, shipped)
  }

  /// The data of a file, as it is trained on.
  private func given(_ path: String) throws -> DataSet {
    let isSparse = path.hasSuffix(".libsvm") || path.hasSuffix(".svm")
    let standardise = problem.parameters["standardise"] ?? (isSparse ? "no" : "yes")
    guard standardise == "yes" || standardise == "no" else {
      throw UsageError("standardise is ‘\(standardise)’; write yes or no.")
    }
    let data = try DataSet(contentsOf: path, label: problem.parameters["label"])
    return (standardise == "yes" ? data.standardised() : data).withConstant()
  }

  // MARK: Runs

  private static let usual = [
    "gradientDescent", "steepestDescent", "momentum", "nesterov", "adam", "adamw", "sophiaH", "lbfgs", "bfgs",
    "newton", "newtonCG", "trustRegion",
  ]

  /// The methods that train, with the rates that papers/training.md finds; the cosines are as long as the usual budget.
  private static let trainers = [
    "gradientDescent:rate=1.1", "momentum:rate=0.19", "adam:rate=0.01:cosine=4500",
    "adamw:rate=0.01:cosine=4500", "lion:rate=1.7e-3:cosine=4500", "sophiaH:rate=1.7e-3:cosine=4050",
    "sophiaG:rate=1.7e-3:cosine=4050", "muon:rate=0.19:cosine=4500",
    "shampoo:rate=0.077:interval=10:grafting=adaGrad", "soap:rate=0.022:cosine=4500",
    "kfac:rate=0.077:interval=10:cosine=4050", "lbfgs", "newtonCG",
  ]

  private func formula<Scalar: LAPACKScalar>(
    _ problem: AnyProblem<Scalar>, _ title: String, _ start: Vector<Scalar>, _ optimum: Double?,
    _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    try run(
      problem, titled: title, from: start, optimum: optimum, within: .formula, methods: Self.usual, observe)
  }

  private func run<Scalar: LAPACKScalar>(
    _ problem: AnyProblem<Scalar>, titled title: String, from start: Vector<Scalar>, optimum: Double?,
    within budget: Budget, scoring score: Course<AnyProblem<Scalar>>.Score? = nil,
    batch usualBatch: Int? = nil, methods usual: [String], _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    let course = try course(on: problem, from: start, within: budget, scoring: score)
    let setting = Setting(course, batch: batch ?? usualBatch, seed: seed)
    let requests = try methods ?? usual.map { try Request(method: $0) }
    if let bounded = requests.first(where: \.isBounded) {
      throw UsageError(
        "\(bounded.name) is for problems with bounds, and \(self.problem.name) has none; leave it out.")
    }
    if let batch, !requests.contains(where: \.toleratesBatches) {
      throw UsageError(
        "--batch is \(batch), and none of the methods works on batches; leave it out, or add one such as adam."
      )
    }
    let (contestants, omissions) = try setting.contestants(for: requests)
    if contestants.isEmpty, let omission = omissions.first { throw UsageError(omission.reason) }
    return try compare(contestants, on: course, titled: title, optimum: optimum, omitting: omissions, observe)
  }

  /// The same of a problem with bounds, by the methods for such.
  private func run<P: BoundedObjective & HessianVectorObjective>(
    _ problem: P, titled title: String, from start: Vector<P.Scalar>, optimum: Double?,
    _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison where P.Scalar: LAPACKScalar {
    if let batch {
      throw UsageError("--batch is \(batch), and methods for bounds work on no batches; leave it out.")
    }
    let course = try course(on: problem, from: start, within: .formula)
    let requests =
      try methods
      ?? MethodDescription.bounded.map {
        try Request(method: $0.name, among: MethodDescription.bounded)
      }
    let contestants = try requests.map { try $0.contestant(on: course) }
    return try compare(contestants, on: course, titled: title, optimum: optimum, observe)
  }

  /// The start, the criterion and the budget that were asked for, or else the problem's own.
  private func course<P: DifferentiableObjective>(
    on problem: P, from start: Vector<P.Scalar>, within budget: Budget, scoring score: Course<P>.Score? = nil
  ) throws -> Course<P> where P.Scalar: LAPACKScalar {
    let tolerance: P.Scalar = try rounded(tolerance ?? (isFloat ? 1e-5 : 1e-10), "--tolerance")
    return Course(
      problem, from: try self.start.map { try expand($0, to: start.count) } ?? start,
      until: Convergence(gradient: tolerance), within: self.budget ?? budget, scoring: score)
  }

  private func compare<P>(
    _ contestants: [Contestant<P>], on course: Course<P>, titled title: String, optimum: Double?,
    omitting omissions: [Comparison.Omission] = [], _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    let comparison = Comparison(
      of: contestants, on: course, titled: title, optimum: optimum, omitting: omissions, asked: words,
      observing: observe)
    if let first = comparison.entries.first, comparison.entries.allSatisfy(\.isRefused) {
      throw UsageError("‘\(first.name)’: \(first.sentence)")
    }
    return comparison
  }

  /// What was asked for, in the words of a command line, but for the methods.
  private var words: [String] {
    var words = ["--problem", problem.text]
    if isFloat { words += ["--scalar", "float"] }
    if let start { words += ["--start", start.map { "\($0)" }.joined(separator: ",")] }
    if let batch { words += ["--batch", "\(batch)"] }
    if seed != 0 { words += ["--seed", "\(seed)"] }
    if let tolerance { words += ["--tolerance", "\(tolerance)"] }
    return words + (budget?.options ?? [])
  }

  private func expand<Scalar>(_ numbers: [Double], to count: Int) throws -> Vector<Scalar> {
    if numbers.count == 1 { return Vector(repeating: try rounded(numbers[0], "--start"), count: count) }
    guard numbers.count == count else {
      throw UsageError(
        "--start has \(numbers.count) numbers and the problem \(count) variables; give 1 or \(count).")
    }
    return Vector(try numbers.map { try rounded($0, "--start") })
  }

  /// A number in the precision that is computed in.
  private func rounded<Scalar: LAPACKScalar>(_ number: Double, _ name: String) throws -> Scalar {
    let rounded = Scalar(number)
    guard rounded.isFinite else {
      throw UsageError("\(name) has \(number), too large for single precision; leave out --scalar float.")
    }
    guard number == 0 || rounded != 0 else {
      throw UsageError("\(name) has \(number), too small for single precision; leave out --scalar float.")
    }
    return rounded
  }
}

extension Budget {
  /// Enough for gradient descent on a formula, which costs next to nothing.
  static let formula = Budget(iterations: 20_000)
  /// Some seconds for each method on the digits.
  static let training = Budget(iterations: .max, passes: 100)
  /// A few seconds for a dozen methods on the shipped data.
  static let regression = Budget(iterations: .max, passes: 1000)
}

/// A word as a shell reads it.
package func shellQuoted(_ word: String) -> String {
  let plain = word.allSatisfy { $0.isLetter || $0.isNumber || "-_=:,./+".contains($0) }
  return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
}
