import Foundation
import Secant
import SecantCompare
import SecantProblems

/// A problem of the catalogue.
struct ProblemDescription: Request.Entry {
  let name: String
  let summary: String
  let parameters: [Request.Parameter]

  init(_ name: String, _ summary: String, _ parameters: Request.Parameter...) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
  }

  private static let lambda = Request.Parameter(
    "lambda", "weight of the regularisation (1/number of samples)")
  private static let data: [Request.Parameter] = [
    .init(
      "data",
      "a CSV file with a header, a LIBSVM file (.libsvm, .svm), or breast-cancer, digits, iris, mushrooms"),
    .init("label", "the CSV file's column with the classes (the last one)"), lambda,
    .init("standardise", "shift and scale every feature: yes or no (yes for CSV, no for LIBSVM)"),
  ]

  private static let own: [ProblemDescription] = [
    .init("breast-cancer", "logistic regression: benign or malignant", lambda),
    .init("mushrooms", "logistic regression: edible or poisonous", lambda),
    .init("digits-parity", "logistic regression: handwritten digits, odd or even", lambda),
    .init("digits", "softmax regression: handwritten digits", lambda),
    .init("iris", "softmax regression: three species of iris", lambda),
    .init(
      "digits-mlp",
      "multilayer perceptron: handwritten digits, four fifths to train on and one to test with",
      .init("width", "units of a hidden layer (64)"), .init("layers", "hidden layers (1)"),
      .init("activation", "tanh, relu or gelu (tanh)"),
      .init("normalise", "batch normalisation: yes or no (no)"), lambda),
    .init("logistic", "logistic regression on data of two classes", data),
    .init("softmax", "softmax regression on data of several classes", data),
    .init(
      "quadratic", "a convex quadratic of a given condition number, from 0",
      .init("dimension", "number of variables (100)"),
      .init("condition", "the Hessian's condition number (1000)")),
    .init(
      "rosenbrock", "Rosenbrock's curved valley, from (−1.2, 1, −1.2, …)",
      .init("dimension", "number of variables (2)")),
  ]

  /// Every problem: these with parameters, and what else the library has without bounds.
  static let all: [ProblemDescription] =
    own
    + ProblemLibrary.all.filter { problem in
      !problem.classes.contains(.bounded) && !own.contains { $0.name == problem.name }
    }.map { ProblemDescription($0.name, "\($0.title): \($0.reference)") }

  private init(_ name: String, _ summary: String, _ parameters: [Request.Parameter]) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
  }
}

/// A command line that makes sense.
struct Plan: Sendable {
  var problem: Request
  var methods: [Request]?
  var isFloat: Bool
  var start: [Double]?
  var batch: Int?
  var seed: UInt64
  var tolerance: Double?
  var budget: Budget?

  func comparison(observing observe: (Comparison.Observation) -> Void) throws -> Comparison {
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
    let tolerance: Scalar = try rounded(tolerance ?? (isFloat ? 1e-5 : 1e-10), "--tolerance")
    let course = Course(
      problem, from: try self.start.map { try expand($0, to: start.count) } ?? start,
      until: Convergence(gradient: tolerance), within: self.budget ?? budget, scoring: score)
    let setting = Setting(course, batch: batch ?? usualBatch, seed: seed)
    let requests = try methods ?? usual.map { try Request(method: $0) }
    if let batch, !requests.contains(where: \.toleratesBatches) {
      throw UsageError(
        "--batch is \(batch), and none of the methods works on batches; leave it out, or add one such as adam."
      )
    }
    let (contestants, omissions) = try setting.contestants(for: requests)
    if contestants.isEmpty, let omission = omissions.first { throw UsageError(omission.reason) }
    let comparison = Comparison(
      of: contestants, on: course, titled: title, optimum: optimum, omitting: omissions, observing: observe)
    if let first = comparison.entries.first, comparison.entries.allSatisfy(\.isRefused) {
      throw UsageError("‘\(first.name)’: \(first.sentence)")
    }
    return comparison
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
