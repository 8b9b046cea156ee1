public import Secant

/// A method that takes part in a ``Comparison``, under a name.
///
/// ```swift
/// let contestants: [Contestant<Rosenbrock<Double>>] = [.init("L-BFGS", .lbfgs()), .init("Newton", .newton())]
/// ```
///
/// The method's type is known where the contestant is made, so its run is compiled for it: a seconds column that
/// measured dynamic dispatch would be no comparison of methods.
public struct Contestant<Problem: DifferentiableObjective> {
  public typealias Scalar = Problem.Scalar

  public let name: String
  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  public let complaint: String?
  @usableFromInline let runs: (Course<Problem>, (Trace.Sample) -> Void) -> (Outcome<Problem>, Trace)

  @inlinable public init<Method: Solver<Problem>>(_ name: String, _ method: Method) {
    self.name = name
    complaint = method.complaint
    runs = { course, observe in record(method, on: course, observing: observe) }
  }

  /// Runs the method alone.
  public func outcome(on course: Course<Problem>) -> Outcome<Problem> { runs(course) { _ in }.0 }

  /// Runs the method for a comparison; `observe` is called for each sample, while the run's clock stands.
  ///
  /// - Parameter isNamed: whether method and problem are known by names, and advice is to be in the words of a command line.
  func entry(
    on course: Course<Problem>, isNamed: Bool, observing observe: (Trace.Sample) -> Void
  ) -> Comparison.Entry {
    let (outcome, trace) = runs(course, observe)
    // The gradient at the best point, which need not be the last one: the certificate has it, or else nobody is charged.
    var gradientNorm =
      (course.isBounded ? outcome.certificate?.stationarity : outcome.certificate?.gradientNorm) ?? .nan
    if outcome.certificate == nil {
      var gradient = Vector<Scalar>(zeros: course.start.count)
      if (try? course.problem.valueAndGradient(at: outcome.point, into: &gradient)) != nil {
        gradientNorm = course.norm(of: gradient, at: outcome.point)
      }
    }
    return Comparison.Entry(
      name: name, status: outcome.status.label, isConverged: outcome.status.isConverged,
      sentence: isNamed ? outcome.sentence(in: terms(course)) : outcome.sentence,
      value: Double(outcome.value), gradientNorm: Double(gradientNorm),
      iterations: outcome.iterations, ledger: outcome.ledger, trace: trace,
      score: course.score?.measure(outcome.point))
  }

  /// What a sentence about it calls the other methods.
  func terms(_ course: Course<Problem>) -> ShellTerms {
    let others = (course.isBounded ? MethodDescription.bounded : MethodDescription.all).map(\.name)
    let own = name.prefix { $0 != ":" }
    return ShellTerms(methods: others.filter { $0 != own }, isNamed: true)
  }
}

/// What all contestants have in common: the problem, the start, the criterion and the budget.
public struct Course<Problem: DifferentiableObjective> {
  public var problem: Problem
  public var start: Vector<Problem.Scalar>
  public var convergence: Convergence<Problem.Scalar>
  public var budget: Budget
  /// What a point is worth beyond f, or nil.
  public var score: Score?

  @inlinable var isBounded: Bool { Problem.Domain.self == Bounds<Problem.Scalar>.self }

  /// ‖∇f‖₂, with bounds ‖∇_Ω f‖∞.
  @inlinable func norm(
    of gradient: Vector<Problem.Scalar>, at point: Vector<Problem.Scalar>
  ) -> Problem.Scalar {
    isBounded ? problem.stationarity(of: gradient, at: point) : gradient.norm
  }

  /// What a point is worth beyond f: the accuracy on data that no method sees, say.
  public struct Score {
    /// What it is, in the words of a table's head.
    public var name: String
    /// The score of a point.
    public var measure: (Vector<Problem.Scalar>) -> Double

    public init(_ name: String, of measure: @escaping (Vector<Problem.Scalar>) -> Double) {
      self.name = name
      self.measure = measure
    }
  }

  @inlinable public init(
    _ problem: Problem, from start: Vector<Problem.Scalar>,
    until convergence: Convergence<Problem.Scalar> = .init(),
    within budget: Budget = .init(), scoring score: Score? = nil
  ) {
    self.problem = problem
    self.start = start
    self.convergence = convergence
    self.budget = budget
    self.score = score
  }
}

/// Runs one method and keeps its trace; `observe` is called for each sample, while the run's clock stands.
@inlinable func record<Method: Solver>(
  _ method: Method, on course: Course<Method.Problem>, observing observe: (Trace.Sample) -> Void
) -> (Outcome<Method.Problem>, Trace) {
  var run = Run(
    course.problem, from: course.start, using: method, until: course.convergence, within: course.budget)
  var thinning = Thinning()
  var trace = Trace()
  while let progress = run.next() {
    // A step on a batch leaves the whole value unknown until the driver looks at all terms.
    guard let value = progress.value, thinning.keeps(progress.ledger.iterations) || progress.isLast else {
      continue
    }
    let point = course.start.count == 2 ? progress.point.map { Double($0) } : nil
    let sample = Trace.Sample(
      value: Double(value),
      gradientNorm: Double(
        course.norm(of: progress.state.current.gradient, at: progress.state.current.point)),
      ledger: progress.ledger, point: point)
    trace.samples.append(sample)
    observe(sample)
  }
  return (run.outcome(), trace)
}
