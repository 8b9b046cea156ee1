internal import Synchronization
public import Secant

/// A problem whose objective is written in matrices, over the named blocks of a layout; its derivatives are exact and come for
/// nothing.
///
/// ```swift
/// let model = DifferentiatedModel<Double>(layout) { parameters in
///   let hidden = tanh(matmul(samples, parameters["weight"]) + parameters.row("bias"))
///   return (matmul(hidden, parameters["head"]) - parameters.constant(targets)).squaredNorm
/// }
/// let outcome = minimize(model, from: start, using: .lbfgs())
/// ```
///
/// A model is a value and pure. Its tapes are scratch, which copies of the model share: one for each evaluation at a
/// time, so that threads may evaluate the same model.
///
/// - **Memory**: one tape for each thread that evaluates at the same time; see ``MatrixTape``.
/// - **Work per evaluation**: a value runs forward only, a gradient once forward and once in reverse, whatever the number of
///   parameters. A product with the Hessian at the point of the evaluation before records nothing again: once forward
///   and once in reverse. The Hessian is n products.
/// - **Guarantees**: nothing is allocated after the first evaluation of each kind, but for what the closure itself and
///   checkpoints allocate. What is not finite in the closure stays so in the result.
/// - **Reference**: A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd edition, 2008, chapters 3 and 5.
public struct DifferentiatedModel<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, BlockStructured,
  Sendable
{
  public typealias Failure = Never

  public let layout: Layout
  private let objective: @Sendable (Parameters<Scalar>) -> MatrixVariable<Scalar>
  private let recordings: Recordings<Scalar>

  /// - Parameters:
  ///   - layout: the blocks of the parameters.
  ///   - objective: a pure function that makes the 1 × 1 objective of them.
  public init(
    _ layout: Layout, _ objective: @escaping @Sendable (Parameters<Scalar>) -> MatrixVariable<Scalar>
  ) {
    self.layout = layout
    self.objective = objective
    recordings = Recordings(layout)
  }

  public func value(at x: Vector<Scalar>) -> Scalar {
    recordings.withRecording(at: x, of: .all, objective) { _, y in y.number }
  }

  public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    recordings.withRecording(at: x, of: .all, objective) { tape, y in
      tape.gradient(of: y, into: &gradient)
      return y.number
    }
  }

  public func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    recordings.withRecording(at: x, of: .all, objective) { tape, y in
      tape.hessian(of: y, times: v, into: &product)
    }
  }

  public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    recordings.withRecording(at: x, of: .all, objective) { tape, y in tape.hessian(of: y, into: &hessian) }
  }

  /// What a closure makes of the parameters at a point, without derivatives: a prediction, say.
  public func evaluate(
    at x: Vector<Scalar>, _ body: (Parameters<Scalar>) -> MatrixVariable<Scalar>
  ) -> Matrix<Scalar> {
    recordings.evaluate(at: x, body)
  }
}

/// A mean of many terms that is written in matrices: a ``DifferentiatedModel`` whose closure is told which terms to take, so that
/// mini-batches and the whole sum are the same problem.
///
/// ```swift
/// let model = DifferentiatedFiniteSum<Double>(layout, termCount: samples.rows) { parameters, batch in
///   let x = parameters.constant(samples, rows: batch)
///   let error = matmul(x, parameters["weight"]) - parameters.constant(targets, rows: batch)
///   return error.squaredNorm / Double(batch.count(of: samples.rows))
/// }
/// ```
///
/// With a `chunk`, more terms than that are evaluated piece by piece on one tape, so that what a run sees of the whole sum
/// takes no more memory than a batch does.
///
/// Memory, work and guarantees are those of a ``DifferentiatedModel``; pieces are recorded again for each product with
/// the Hessian.
public struct DifferentiatedFiniteSum<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, FiniteSumObjective,
  BlockStructured, Sendable
{
  public typealias Failure = Never

  public let layout: Layout
  public let termCount: Int
  public var batch = Batch.all
  /// The most terms that are on a tape at a time.
  public let chunk: Int
  private let objective: @Sendable (Parameters<Scalar>, Batch) -> MatrixVariable<Scalar>
  private let recordings: Recordings<Scalar>
  /// Every term, where they do not fit in one piece.
  private let everyTerm: [Int]

  /// - Parameters:
  ///   - layout: the blocks of the parameters.
  ///   - termCount: the number of terms of the whole sum.
  ///   - chunk: the most terms that are on a tape at a time, by default all of a batch. The closure must then make a mean
  ///     of terms that do not look at one another, as with batch normalisation they do.
  ///   - objective: a pure function that makes, of the parameters and a batch, the 1 × 1 mean of the batch's terms.
  public init(
    _ layout: Layout, termCount: Int, chunk: Int = .max,
    _ objective: @escaping @Sendable (Parameters<Scalar>, Batch) -> MatrixVariable<Scalar>
  ) {
    precondition(chunk >= 1, "a chunk of \(chunk) terms: give at least 1")
    self.layout = layout
    self.chunk = chunk
    self.termCount = termCount
    self.objective = objective
    everyTerm = chunk < termCount ? Array(0..<termCount) : []
    recordings = Recordings(layout)
  }

  public func value(at x: Vector<Scalar>) -> Scalar {
    var sum: Scalar = 0
    forEachPiece(at: x) { _, y, weight in sum += weight * y.number }
    return sum
  }

  public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    var sum: Scalar = 0
    accumulate(into: &gradient, at: x) { tape, y, weight, gradient in
      tape.gradient(of: y, into: &gradient)
      sum += weight * y.number
    }
    return sum
  }

  public func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    accumulate(into: &product, at: x) { tape, y, _, product in tape.hessian(of: y, times: v, into: &product) }
  }

  /// A dense Hessian is a product for each variable, and each of them passes over the data.
  public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    var charge = Ledger(evaluation)
    charge.passes = Double(batch.count(of: termCount)) / Double(termCount)
    if evaluation == .hessian { charge.passes *= Double(dimension) }
    return charge
  }

  public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    if batch.count(of: termCount) <= chunk {
      return forEachPiece(at: x) { tape, y, _ in tape.hessian(of: y, into: &hessian) }
    }
    recordings.withScratch(hessian.elements.count) { elements in
      var part = Matrix(rows: hessian.rows, columns: hessian.columns, elements: elements)
      elements = Vector(zeros: 0)
      hessian.fill(with: 0)
      forEachPiece(at: x) { tape, y, weight in
        tape.hessian(of: y, into: &part)
        hessian.add(part, times: weight)
      }
      elements = part.elements
    }
  }

  /// What a closure makes of the parameters at a point, without derivatives: a prediction, say.
  public func evaluate(
    at x: Vector<Scalar>, _ body: (Parameters<Scalar>) -> MatrixVariable<Scalar>
  ) -> Matrix<Scalar> {
    recordings.evaluate(at: x, body)
  }

  /// The gradient of another mean over the terms of the batch, which need not be the same at the next call: one with
  /// labels that the model draws, say.
  public func gradient(
    of other: (Parameters<Scalar>, Batch) -> MatrixVariable<Scalar>, at x: Vector<Scalar>,
    into gradient: inout Vector<Scalar>
  ) {
    accumulate(into: &gradient, at: x, of: other, isKept: false) { tape, y, _, gradient in
      tape.gradient(of: y, into: &gradient)
    }
  }

  /// Sums what `body` makes of each piece of the objective, times the piece's weight.
  private func accumulate(
    into sum: inout Vector<Scalar>, at x: Vector<Scalar>,
    _ body: (MatrixTape<Scalar>, MatrixVariable<Scalar>, Scalar, inout Vector<Scalar>) -> Void
  ) {
    accumulate(into: &sum, at: x, of: objective, isKept: true, body)
  }

  private func accumulate(
    into sum: inout Vector<Scalar>, at x: Vector<Scalar>,
    of mean: (Parameters<Scalar>, Batch) -> MatrixVariable<Scalar>, isKept: Bool,
    _ body: (MatrixTape<Scalar>, MatrixVariable<Scalar>, Scalar, inout Vector<Scalar>) -> Void
  ) {
    if batch.count(of: termCount) <= chunk {
      return forEachPiece(at: x, of: mean, isKept: isKept) { tape, y, weight in body(tape, y, weight, &sum) }
    }
    recordings.withScratch(sum.count) { part in
      sum.fill(with: 0)
      forEachPiece(at: x, of: mean, isKept: isKept) { tape, y, weight in
        body(tape, y, weight, &part)
        sum.add(part, times: weight)
      }
    }
  }

  private func forEachPiece(
    at x: Vector<Scalar>, _ body: (MatrixTape<Scalar>, MatrixVariable<Scalar>, Scalar) -> Void
  ) {
    forEachPiece(at: x, of: objective, isKept: true, body)
  }

  /// Records the batch, or one after the other pieces of it that are no larger than a chunk, with their weights in the mean.
  private func forEachPiece(
    at x: Vector<Scalar>, of mean: (Parameters<Scalar>, Batch) -> MatrixVariable<Scalar>, isKept: Bool,
    _ body: (MatrixTape<Scalar>, MatrixVariable<Scalar>, Scalar) -> Void
  ) {
    let count = batch.count(of: termCount)
    guard count > chunk else {
      return recordings.withRecording(at: x, of: batch, isKept: isKept, { mean($0, batch) }) {
        body($0, $1, 1)
      }
    }
    for start in stride(from: 0, to: count, by: chunk) {
      let places = start..<min(start + chunk, count)
      let piece = batch.isAll ? Batch(everyTerm, in: places) : batch.part(places)
      recordings.withRecording(at: x, of: piece, isKept: isKept, { mean($0, piece) }) {
        body($0, $1, Scalar(places.count) / Scalar(count))
      }
    }
  }
}

/// Minimises an objective that is written in matrices, over the named blocks of a layout.
///
/// ```swift
/// let outcome = minimize(layout, from: start, using: .newton()) { parameters in
///   (matmul(samples, parameters["weight"]) - parameters.constant(targets)).squaredNorm
/// }
/// ```
///
/// - Parameters:
///   - layout: the blocks of the parameters.
///   - point: where to start.
///   - method: the solver.
///   - convergence: when to stop.
///   - budget: what may be spent.
///   - certifying: whether to look at the curvature at the end.
///   - objective: a pure function that makes the 1 × 1 objective of the parameters.
public func minimize<Scalar, Method: Solver>(
  _ layout: Layout, from point: Vector<Scalar>, using method: Method,
  until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(), certifying: Bool = true,
  _ objective: @escaping @Sendable (Parameters<Scalar>) -> MatrixVariable<Scalar>
) -> Outcome<DifferentiatedModel<Scalar>> where Method.Problem == DifferentiatedModel<Scalar> {
  minimize(
    DifferentiatedModel(layout, objective), from: point, using: method, until: convergence, within: budget,
    certifying: certifying)
}

/// The parameters of a model in one evaluation: a variable for each block of the layout.
public struct Parameters<Scalar: LAPACKScalar> {
  /// The blocks.
  public let layout: Layout
  /// All of them as a column, n × 1.
  public let all: MatrixVariable<Scalar>

  /// The block of this name: a matrix, or a column where it is declared as a vector.
  public subscript(name: String) -> MatrixVariable<Scalar> {
    let blocks = layout.blocks
    for i in blocks.indices where blocks[i].name == name { return self[blocks[i]] }
    preconditionFailure(
      "the layout has no block \"\(name)\": it has \(blocks.map { "\"\($0.name)\"" }.joined(separator: ", "))"
    )
  }

  /// A block of the layout: a matrix, or a column where it is declared as a vector.
  public subscript(block: Layout.Block) -> MatrixVariable<Scalar> {
    precondition(
      block.range.upperBound <= all.count,
      "block \"\(block.name)\" ends at \(block.range.upperBound) of \(all.count) parameters: use the model's layout"
    )
    let shape = block.matrixShape ?? MatrixShape(rows: block.count, columns: 1)
    return all.part(block.offset, rows: shape.rows, columns: shape.columns)
  }

  /// The block of this name as a single row, as it is repeated over samples that stand in rows: a bias, say.
  public func row(_ name: String) -> MatrixVariable<Scalar> {
    let block = self[name]
    return block.reshaped(rows: 1, columns: block.count)
  }

  /// The tape of the evaluation.
  public var tape: MatrixTape<Scalar> { all.tape }

  /// A matrix of data, used where it stands: nothing is copied.
  public func constant(_ matrix: Matrix<Scalar>) -> MatrixVariable<Scalar> { tape.constant(matrix) }
  /// A column of data, n × 1, used where it stands: nothing is copied.
  public func constant(_ vector: Vector<Scalar>) -> MatrixVariable<Scalar> { tape.constant(vector) }
  /// A number, 1 × 1.
  public func constant(_ number: Scalar) -> MatrixVariable<Scalar> { tape.constant(number) }
  /// The columns of a matrix of data that a batch names; the whole is not copied.
  public func constant(_ matrix: Matrix<Scalar>, columns batch: Batch) -> MatrixVariable<Scalar> {
    tape.constant(matrix, columns: batch)
  }
  /// The rows of a matrix of data that a batch names; the whole is not copied.
  public func constant(_ matrix: Matrix<Scalar>, rows batch: Batch) -> MatrixVariable<Scalar> {
    tape.constant(matrix, rows: batch)
  }
}

/// The tapes of a model, of which each evaluation takes one and gives it back with its recording.
final class Recordings<Scalar: LAPACKScalar>: Sendable {
  /// A tape, and what is on it. It is one thread's own while it is out of the pool.
  private final class Recording: @unchecked Sendable {
    let tape = MatrixTape<Scalar>()
    var batch: Batch?
    var outcome: MatrixVariable<Scalar>?
  }

  private let idle: Mutex<[Recording]>
  /// Vectors that pieces are added up from.
  private let scratch = Mutex<[Vector<Scalar>]>([])
  private let layout: Layout

  init(_ layout: Layout) {
    self.layout = layout
    var room: [Recording] = []
    room.reserveCapacity(8)
    idle = Mutex(room)
  }

  /// Hands out a tape on which the objective is recorded at the point: one that has it already, where there is one.
  ///
  /// What is not kept is another function at every call.
  func withRecording<R>(
    at x: Vector<Scalar>, of batch: Batch, isKept: Bool = true,
    _ objective: (Parameters<Scalar>) -> MatrixVariable<Scalar>,
    _ body: (MatrixTape<Scalar>, MatrixVariable<Scalar>) -> R
  ) -> R {
    precondition(
      x.count == layout.count,
      "a point of \(x.count) elements for a layout of \(layout.count): give as many as the layout has")
    let recording = take(at: x, batch)
    defer { idle.withLock { $0.append(recording) } }
    if isKept, let y = recording.outcome, recording.batch == batch, recording.tape.began(at: x) {
      return body(recording.tape, y)
    }
    // What a trap leaves behind is not to be taken for a recording.
    recording.outcome = nil
    let y = objective(Parameters(layout: layout, all: recording.tape.begin(at: x)))
    precondition(
      y.count == 1 && y.tape === recording.tape,
      "the objective made a matrix of \(y.rows) × \(y.columns): give a number, by `sum` or `mean` for example"
    )
    recording.batch = batch
    recording.outcome = isKept ? y : nil
    return body(recording.tape, y)
  }

  /// Runs a closure forward on a tape, whose recording is lost.
  func evaluate(
    at x: Vector<Scalar>, _ body: (Parameters<Scalar>) -> MatrixVariable<Scalar>
  ) -> Matrix<Scalar> {
    precondition(
      x.count == layout.count,
      "a point of \(x.count) elements for a layout of \(layout.count): give as many as the layout has")
    let recording = idle.withLock { $0.popLast() } ?? Recording()
    defer { idle.withLock { $0.append(recording) } }
    recording.outcome = nil
    return body(Parameters(layout: layout, all: recording.tape.begin(at: x))).value
  }

  /// Lends a vector with unspecified contents.
  func withScratch(_ count: Int, _ body: (inout Vector<Scalar>) -> Void) {
    let found: Vector<Scalar>? = scratch.withLock { scratch in
      for i in scratch.indices where scratch[i].count == count { return scratch.remove(at: i) }
      return nil
    }
    var vector = found ?? Vector(zeros: count)
    body(&vector)
    scratch.withLock { $0.append(vector) }
  }

  private func take(at x: Vector<Scalar>, _ batch: Batch) -> Recording {
    let found: Recording? = idle.withLock { idle in
      for i in idle.indices where idle[i].batch == batch && idle[i].tape.began(at: x) {
        return idle.remove(at: i)
      }
      return idle.popLast()
    }
    return found ?? Recording()
  }
}
