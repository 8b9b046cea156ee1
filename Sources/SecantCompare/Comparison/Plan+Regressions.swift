import Secant
import SecantProblems

// The problems that are made of data.

extension Plan {
  func logistic<Scalar: LAPACKScalar>(
    _ shipped: DataSet.Shipped, _ title: String, _: Scalar.Type, _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    try logistic(
      try shipped.binaryTraining(), title, .of(.logistic, on: shipped), Scalar.self, observe)
  }

  func softmax<Scalar: LAPACKScalar>(
    _ shipped: DataSet.Shipped, _ title: String, _: Scalar.Type, _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    try softmax(try shipped.training(), title, .of(.softmax, on: shipped), Scalar.self, observe)
  }

  func logistic<Scalar: LAPACKScalar>(
    _ data: DataSet, _ title: String, _ optimum: ReferenceOptimum?, _: Scalar.Type,
    _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    let problem = try LogisticRegression<Scalar>(data, regularisation: try regularisation)
    return try run(
      AnyProblem(problem), titled: title, from: Vector(zeros: problem.dimension!),
      optimum: try known(optimum), within: .regression, methods: Self.usual, observe)
  }

  func softmax<Scalar: LAPACKScalar>(
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
  func perceptron<Scalar: LAPACKScalar>(
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

  func linear<Scalar: LAPACKScalar>(
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

  func demandMemory(_ numbers: Double, _ name: String, _ given: String) throws(UsageError) {
    guard numbers > MethodDescription.largestMemory else { return }
    throw UsageError(
      "\(name): \(given) need \(Numerals.short(numbers)) numbers; give less, so that it is no more than \(Numerals.short(MethodDescription.largestMemory))."
    )
  }

  /// Where a robust loss leaves the square.
  var scale: Double {
    get throws { try number("scale", default: 0.5, where: { $0 > 0 }, else: "above zero") }
  }

  /// What `data=` names, or the diabetes data.
  func regressionData() throws -> (RegressionData, isShipped: Bool) {
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
      return try number("lambda", default: 0, where: { $0 >= 0 }, else: "that is zero or more")
    }
  }

  /// A parameter of the problem that makes sense in the precision that is computed in.
  private func number(
    _ name: String, default usual: Double, where makesSense: (Double) -> Bool, else demand: String
  ) throws -> Double {
    let number = try problem.number(name, default: usual)
    guard makesSense(number) else { throw UsageError("\(name) is \(number); give a number \(demand).") }
    if isFloat { let _: Float = try rounded(number, name) }
    return number
  }

  /// The optimum's value, which holds for the λ that it was computed for.
  private func known(_ optimum: ReferenceOptimum?) throws -> Double? {
    guard let optimum, try regularisation.map({ $0 == optimum.regularisation }) ?? true else { return nil }
    return optimum.value
  }

  /// What `data=` names, and the data set when it is a shipped one.
  func dataSet() throws -> (String, DataSet.Shipped?) {
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
  func given(_ path: String) throws -> DataSet {
    let isSparse = path.hasSuffix(".libsvm") || path.hasSuffix(".svm")
    let standardise = problem.parameters["standardise"] ?? (isSparse ? "no" : "yes")
    guard standardise == "yes" || standardise == "no" else {
      throw UsageError("standardise is ‘\(standardise)’; write yes or no.")
    }
    let data = try DataSet(contentsOf: path, label: problem.parameters["label"])
    return (standardise == "yes" ? data.standardised() : data).withConstant()
  }
}
