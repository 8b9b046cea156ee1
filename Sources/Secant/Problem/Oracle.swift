internal import Glibc

/// What a solver asks: the problem, with a ledger that counts every question and a budget that can refuse one.
public struct Oracle<Problem: DifferentiableObjective> {
  public typealias Scalar = Problem.Scalar
  public typealias Halt = Secant.Halt<Problem.Failure>

  /// The problem; a solver that works on batches changes `problem.batch` between its questions.
  public var problem: Problem
  /// What has been spent so far.
  public var ledger: Ledger
  /// What may be spent.
  public let budget: Budget
  /// What the driver spent to look at a run that works on batches; it is charged apart from the method.
  public var monitoring = Ledger()

  /// The first question that the problem answered with a vector or a matrix of another size.
  @usableFromInline var misfit: Evaluation?

  @usableFromInline var startOfSeconds: Double?
  @usableFromInline let heedsCancellation: Bool

  @inlinable public init(_ problem: Problem, budget: Budget = .unlimited, spent: Ledger = Ledger()) {
    self.init(problem, budget: budget, spent: spent, heedsCancellation: true)
  }

  @inlinable init(_ problem: Problem, budget: Budget, spent: Ledger, heedsCancellation: Bool) {
    self.problem = problem
    self.budget = budget
    self.ledger = spent
    self.heedsCancellation = heedsCancellation
  }

  /// f(x) alone.
  @inlinable public mutating func value(at x: Vector<Scalar>) throws(Halt) -> Scalar {
    try pay(.value, x.count)
    do { return try problem.value(at: x) } catch { throw .failed(error) }
  }

  /// f(x), with ∇f(x) written into `gradient`.
  @inlinable public mutating func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws(Halt) -> Scalar {
    try pay(.gradient, x.count)
    let n = gradient.count
    defer { check(&gradient, n, .gradient) }
    do { return try problem.valueAndGradient(at: x, into: &gradient) } catch { throw .failed(error) }
  }

  /// Evaluates an iterate whose value and gradient are not known yet.
  @inlinable public mutating func evaluate(_ iterate: inout Iterate<Scalar>) throws(Halt) {
    guard !iterate.isEvaluated else { return }
    iterate.value = try valueAndGradient(at: iterate.point, into: &iterate.gradient)
    iterate.isEvaluated = true
  }

  /// Evaluates an iterate for the driver's eyes: charged to ``monitoring``, within no budget.
  @inlinable mutating func monitor(_ iterate: inout Iterate<Scalar>) throws(Halt) {
    monitoring += problem.charge(for: .gradient, dimension: iterate.point.count)
    let n = iterate.gradient.count
    defer { check(&iterate.gradient, n, .gradient) }
    do {
      iterate.value = try problem.valueAndGradient(at: iterate.point, into: &iterate.gradient)
    } catch { throw .failed(error) }
    iterate.isEvaluated = true
  }

  /// Puts back NaN of the size that was asked for where the problem put something of another in its place.
  @inlinable @inline(__always)
  mutating func check(_ answer: inout Vector<Scalar>, _ count: Int, _ evaluation: Evaluation) {
    if answer.count == count { return }
    answer = Vector(repeating: .nan, count: count)
    misfit = misfit ?? evaluation
  }

  @inlinable @inline(__always)
  mutating func check(_ answer: inout Matrix<Scalar>, _ rows: Int, _ columns: Int, _ evaluation: Evaluation) {
    if answer.rows == rows, answer.columns == columns { return }
    answer = Matrix(repeating: .nan, rows: rows, columns: columns)
    misfit = misfit ?? evaluation
  }

  /// Charges a matrix factorisation that the solver is about to make.
  @inlinable public mutating func chargeFactorisation(flops: Double) throws(Halt) {
    var charge = Ledger()
    charge.factorisations = 1
    charge.flops = flops
    try pay(charge)
  }

  @inlinable mutating func pay(_ evaluation: Evaluation, _ dimension: Int) throws(Halt) {
    try pay(problem.charge(for: evaluation, dimension: dimension))
  }

  /// Enters a charge, or refuses it and enters nothing.
  @inlinable @inline(__always) mutating func pay(_ charge: Ledger) throws(Halt) {
    if heedsCancellation, Task.isCancelled { throw .cancelled }
    var total = ledger + charge
    if budget.seconds < .infinity { total.seconds = ledger.seconds + secondsRunning }
    if let currency = budget.exceeded(by: total) { throw .exhausted(currency) }
    total.seconds = ledger.seconds
    ledger = total
  }

  // MARK: The clock, which runs only while the solver works

  @inlinable mutating func startClock() { startOfSeconds = secondsOfProcess() }

  @inlinable mutating func stopClock() {
    ledger.seconds += secondsRunning
    startOfSeconds = nil
  }

  @inlinable var secondsRunning: Double {
    guard let startOfSeconds else { return 0 }
    return secondsOfProcess() - startOfSeconds
  }
}

private let startOfProcess = secondsOfSystem()

/// Seconds on the wall since this was first asked.
///
/// A number, not the clock's own instant, whose size only the running system knows: an oracle that held one, and
/// every run around it, would be copied and taken apart by generic code.
@usableFromInline func secondsOfProcess() -> Double { secondsOfSystem() - startOfProcess }

/// What `ContinuousClock` reads, whose arithmetic of 128 bits takes longer than a step on a few variables.
private func secondsOfSystem() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_BOOTTIME, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

extension Oracle where Problem: HessianVectorObjective {
  /// ∇²f(x) v, written into `product`.
  @inlinable public mutating func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws(Halt) {
    try pay(.hessianVectorProduct, x.count)
    let n = product.count
    defer { check(&product, n, .hessianVectorProduct) }
    do { try problem.hessian(times: v, at: x, into: &product) } catch { throw .failed(error) }
  }
}

extension Oracle where Problem: TwiceDifferentiableObjective {
  /// ∇²f(x), written into `hessian`.
  @inlinable public mutating func hessian(
    at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>
  ) throws(Halt) {
    try pay(.hessian, x.count)
    let (rows, columns) = (hessian.rows, hessian.columns)
    defer { check(&hessian, rows, columns, .hessian) }
    do { try problem.hessian(at: x, into: &hessian) } catch { throw .failed(error) }
  }
}

/// Why an evaluation did not take place. A solver passes it on; the driver makes a status of it.
public enum Halt<Failure: Error>: Error {
  /// The problem threw its own error.
  case failed(Failure)
  /// The evaluation would have overrun the budget.
  case exhausted(Currency)
  /// The task was cancelled.
  case cancelled
}
