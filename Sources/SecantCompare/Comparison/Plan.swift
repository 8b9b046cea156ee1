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

  // MARK: Runs

  static let usual = [
    "gradientDescent", "steepestDescent", "momentum", "nesterov", "adam", "adamw", "sophiaH", "lbfgs", "bfgs",
    "newton", "newtonCG", "trustRegion",
  ]

  /// The methods that train, with the rates that papers/training.md finds; the cosines are as long as the usual budget.
  static let trainers = [
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

  func run<Scalar: LAPACKScalar>(
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
  func rounded<Scalar: LAPACKScalar>(_ number: Double, _ name: String) throws -> Scalar {
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
