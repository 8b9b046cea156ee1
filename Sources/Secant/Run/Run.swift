/// A run of a solver on a problem: a sequence of progress that can be stopped, copied and resumed.
///
/// ```swift
/// var run = Run(problem, from: start, using: .lbfgs())
/// while let progress = run.next() { print(progress.iteration, progress.stationarity) }
/// print(run.outcome())
/// ```
///
/// A run is a value: a `for` loop takes its steps on a copy.
///
/// The driver never asks which solver it is driving.
public struct Run<Method: Solver>: Sequence, IteratorProtocol {
  public typealias Problem = Method.Problem
  public typealias Scalar = Problem.Scalar

  /// The solver that takes the steps.
  public let method: Method
  /// When the run counts as converged.
  public let convergence: Convergence<Scalar>
  /// Where the run is, and all that its next step depends on: what a checkpoint saves.
  public var state: State<Scalar, Method.Memory>
  /// The problem, what was spent on it and what may be.
  public var oracle: Oracle<Problem>
  /// How the run ended, as its last step saw it; ``outcome(certifying:)`` looks closer. nil while it goes on.
  @usableFromInline var ending: Ending?

  /// Why the driver stopped.
  @usableFromInline enum Ending {
    /// The criterion holds.
    case criterion(Criterion<Scalar>)
    /// The point is stationary and curves downwards by its Hessian, and no step off it lowers the function.
    case saddle
    /// The solver could not go on, or made no progress for fifty steps (nil).
    case stuck(Obstacle?)
    /// A value or a gradient that is not a finite number was met.
    case nonFinite(NonFinite)
    /// An evaluation did not take place.
    case halted(Halt<Problem.Failure>)
    /// ``Run/stop()`` was called.
    case stopped
    /// The run did not start.
    case refused(String)
  }

  /// Where the run started: a run that went wrong is examined there too.
  @usableFromInline let origin: Vector<Scalar>
  @usableFromInline var lengthOfStep: Scalar = 0

  /// After this many steps in which the value neither moved by more than noise nor was the least so far, nor did the
  /// gradient fall, the run is stuck.
  @inlinable static var patience: Int { 50 }

  /// A relative change of the value that no noise is expected to make: ε^⅔.
  @inlinable static var noise: Scalar { Scalar.ulpOfOne < 1e-10 ? 4e-11 : 2.5e-5 }

  /// A run from a point.
  @inlinable public init(
    _ problem: Problem, from point: Vector<Scalar>, using method: Method,
    until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init()
  ) {
    // What is refused is not allocated: its size may be what makes no sense.
    let complaint = refusal(problem, point, method, convergence, budget)
    var inside = point
    if complaint == nil { problem.project(&inside) }
    let start = complaint == nil ? inside : []
    self.init(
      problem, in: State(at: start, memory: method.allocate(start.count, for: problem)), startedAt: inside,
      using: method, until: convergence, within: budget, spent: Ledger(), refusing: complaint)
    state.watch.hasMovedStart = inside != point
  }

  /// A run that continues from a state, such as a decoded checkpoint.
  ///
  /// `spent` is what the run has spent before; it counts against the budget. A point that lies outside the problem's
  /// domain, which may have become a narrower one, is moved to the nearest inside, and the outcome says so.
  @inlinable public init(
    _ problem: Problem, resuming state: State<Scalar, Method.Memory>, using method: Method,
    until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(),
    spent: Ledger = Ledger()
  ) {
    let complaint = refusal(problem, state.current.point, method, convergence, budget) ?? state.complaint
    var state = state
    if complaint == nil { state.move(into: problem) }
    self.init(
      problem, in: state, startedAt: Vector(copying: state.current.point), using: method, until: convergence,
      within: budget, spent: spent, refusing: complaint)
  }

  @inlinable @inline(__always) init(
    _ problem: Problem, in state: consuming State<Scalar, Method.Memory>, startedAt origin: Vector<Scalar>,
    using method: Method, until convergence: Convergence<Scalar>, within budget: Budget, spent: Ledger,
    refusing complaint: String?
  ) {
    self.method = method
    self.convergence = convergence
    self.state = state
    self.origin = origin
    oracle = Oracle(problem, budget: budget, spent: spent)
    if let complaint { ending = .refused(complaint) }
  }

  /// Takes one step, or looks at the start; nil when the run has ended.
  @inlinable public mutating func next() -> Progress<Method>? {
    guard ending == nil else { return nil }
    oracle.startClock()
    advance()
    oracle.stopClock()
    return progress
  }

  /// Where the run is now.
  @inlinable public var progress: Progress<Method> {
    Progress(
      state: state, stationarity: state.watch.stationarity ?? .infinity, length: lengthOfStep,
      ledger: oracle.ledger,
      isLast: ending != nil)
  }

  /// The answer as it stands.
  @inlinable public func outcome(certifying: Bool = true) -> Outcome<Problem> {
    // The plain ending needs no look at anything; here it is compiled for the problem at hand.
    if !certifying, state.iteration > 0, case .criterion(let criterion) = ending, !criterion.isBlind {
      return Outcome(
        status: .converged(criterion), point: state.current.point, value: state.current.value,
        iterations: state.iteration, ledger: oracle.ledger, monitoring: oracle.monitoring, certificate: nil,
        restarts: method.restarts(in: state.memory), remark: method.remark(in: state.memory),
        movedStart: state.watch.hasMovedStart)
    }
    return conclude(certifying: certifying)
  }

  /// Ends the run: nothing more is evaluated.
  @inlinable public mutating func stop() { if ending == nil { ending = .stopped } }

  /// Steps until the run has ended.
  @inlinable mutating func runToEnd() {
    guard !isOver else { return }
    oracle.startClock()
    while !isOver { advance() }
    oracle.stopClock()
  }

  /// Whether the run has ended.
  @inlinable public var isOver: Bool { ending != nil }

  /// Takes one step of the driver, as ``next()`` does, but reports nothing and leaves the clock alone.
  ///
  /// The start is looked at first, then the solver steps until something ends the run.
  @inlinable public mutating func advance() {
    guard ending == nil else { return }
    defer {
      // A problem may know by now what is wrong with it.
      if let misfit = oracle.misfit { ending = .refused(oracle.problem.complaint ?? misfit.misfit) }
    }
    do throws(Halt<Problem.Failure>) {
      guard state.watch.hasStarted else {
        try method.evaluate(&state, asking: &oracle)
        state.watch.hasStarted = true
        measure()
        try look()
        return
      }
      // A run that was halted between a step and the look at it continues with the look.
      guard state.current.isEvaluated || state.watch.seesSamples else {
        try method.evaluate(&state, asking: &oracle)
        try lookAfterStep()
        return
      }
      var iteration = Ledger()
      iteration.iterations = 1
      try oracle.pay(iteration)
      switch try method.advance(&state, asking: &oracle) {
      case .accepted(let length):
        lengthOfStep = length
        if !state.current.isEvaluated { try method.evaluate(&state, asking: &oracle) }
        try lookAfterStep()
      case .sampled(let length, let completesPass):
        lengthOfStep = length
        state.watch.seesSamples = true
        noteProgress(length > 0)
        if completesPass { try lookAtWhole() }
      case .rejected:
        noteProgress(false)
      case .stuck(let obstacle):
        if !state.current.isEvaluated { try method.evaluate(&state, asking: &oracle) }
        measure()
        ending =
          obstacle == .nonFinite
          ? .nonFinite(nonFinite ?? NonFinite(iteration: state.iteration, place: .step)) : .stuck(obstacle)
      }
    } catch {
      ending = .halted(error)
    }
  }

  /// Measures the stationarity of the current point.
  @inlinable mutating func measure() {
    let stationarity = oracle.problem.stationarity(of: state.current.gradient, at: state.current.point)
    state.watch.stationarity = stationarity
    state.watch.greatestStationarity = Swift.max(state.watch.greatestStationarity, stationarity)
    noteHeight()
  }

  @inlinable mutating func noteHeight() {
    state.watch.noteHeight(of: state.current.value, after: state.iteration, record: state.best.value)
  }

  /// What of the current point is not finite, or nil.
  @inlinable var nonFinite: NonFinite? {
    guard state.current.value.isFinite else { return NonFinite(iteration: state.iteration, place: .value) }
    guard let coordinate = state.current.gradient.firstIndex(where: { !$0.isFinite }) else { return nil }
    return NonFinite(iteration: state.iteration, place: .gradient(coordinate: coordinate))
  }

  @inlinable mutating func lookAfterStep() throws(Halt<Problem.Failure>) {
    let value = state.current.value
    let previous = state.other.isEvaluated ? state.other.value : nil
    // A step uphill from the best point so far: `other` still holds that point.
    if let previous, !(value <= previous) { state.best.note(state.other.point, previous) }
    // Values go up and down by noise without end; a new least one, or a change far above rounding, is progress.
    let rounding = Scalar.ulpOfOne * abs(value)
    let moved = previous.map { abs(value - $0) > Self.noise * abs(value) } ?? true
    let isLeast = !(value >= (state.watch.leastValue ?? .infinity) - 4 * rounding)
    if isLeast { state.watch.leastValue = value }
    measure()
    let stationarity = state.watch.stationarity ?? .infinity
    let least = state.watch.leastStationarity ?? .infinity
    noteProgress(stationarity < 0.99 * least || moved || isLeast)
    state.watch.leastStationarity = Swift.min(least, stationarity)
    try look()
  }

  @inlinable mutating func noteProgress(_ progressed: Bool) {
    state.watch.stepsWithoutProgress = progressed ? 0 : state.watch.stepsWithoutProgress + 1
    if state.watch.stepsWithoutProgress >= Self.patience {
      // On batches the point before may be gone; there a rate that is zero moves nothing.
      let isUnmoved =
        state.watch.seesSamples
        ? lengthOfStep == 0 && !method.comparesValues : state.other.point == state.current.point
      ending = .stuck(isUnmoved ? .noChange : nil)
    }
  }

  /// Looks at all terms of a problem that the solver sees in batches, at the driver's own expense.
  @inlinable mutating func lookAtWhole() throws(Halt<Problem.Failure>) {
    oracle.stopClock()
    defer { oracle.startClock() }
    state.current.isEvaluated = false
    try oracle.monitor(&state.current)
    state.best.note(state.current.point, state.current.value)
    measure()
    try look()
  }

  /// Ends the run if the current point is not finite, or if it satisfies the criterion and is not a saddle that
  /// the solver can leave.
  @inlinable mutating func look() throws(Halt<Problem.Failure>) {
    guard state.current.value.isFinite, state.watch.stationarity?.isFinite == true else {
      ending = .nonFinite(nonFinite ?? NonFinite(iteration: state.iteration, place: .value))
      return
    }
    guard let criterion = method.criterion(in: state, convergence) else { return }
    // In a domain of another kind the least eigenvalue of the whole Hessian decides nothing.
    guard Problem.Domain.self == WholeSpace.self || Problem.Domain.self == Bounds<Scalar>.self else {
      ending = .criterion(criterion)
      return
    }
    let curvature = try method.curvature(at: state.current, asking: &oracle)
    if curvature.isNegative {
      if try !leaveSaddle(curvature) { ending = .saddle }
    } else {
      ending = .criterion(criterion)
    }
  }
}

/// What an observer sees after each step: one typed state.
public struct Progress<Method: Solver>: Sendable {
  public typealias Scalar = Method.Problem.Scalar

  /// The state after the step: copy or encode it for a checkpoint.
  public let state: State<Scalar, Method.Memory>
  /// The first-order measure of the domain at the last point whose whole gradient is known: ‖∇f‖∞ without bounds.
  public let stationarity: Scalar
  /// The length of the last step, as its rule measures it.
  public let length: Scalar
  /// What was spent so far.
  public let ledger: Ledger
  /// Whether the run has ended.
  public let isLast: Bool

  @inlinable init(
    state: State<Scalar, Method.Memory>, stationarity: Scalar, length: Scalar, ledger: Ledger, isLast: Bool
  ) {
    self.state = state
    self.stationarity = stationarity
    self.length = length
    self.ledger = ledger
    self.isLast = isLast
  }

  /// Steps accepted so far.
  @inlinable public var iteration: Int { state.iteration }
  /// Where the run is.
  @inlinable public var point: Vector<Scalar> { state.current.point }
  /// f at ``point`` where it is known: a step on a batch leaves it unknown until all terms are looked at.
  @inlinable public var value: Scalar? { state.current.isEvaluated ? state.current.value : nil }
}
