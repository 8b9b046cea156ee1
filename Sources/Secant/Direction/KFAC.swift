public import SecantLinearAlgebra

/// K-FAC: the natural gradient with the Fisher information of each layer taken for a Kronecker product.
///
/// For each layer with the gradient Ḡ of its weights and bias, inputs first: A ← εA + (1 − ε)E[āāᵀ], G ← εG + (1 − ε)E[ggᵀ]
/// with ε = min(1 − 1/k, β) at the k-th estimate, and P = −(A + π√λ I)⁻¹ Ḡ (G + √λ/π I)⁻¹, where π² is the mean eigenvalue
/// of A over that of G: factored Tikhonov regularisation. Elements that are in no layer go along −g.
///
/// With `greatestDivergence` κ, P is multiplied by √(κ/|gᵀP|) where |gᵀP| > κ: |gᵀP| is near PᵀFP, twice the divergence of the
/// model after a step of length 1 from that before, which falls to κ.
///
/// - **Demands**: ``KroneckerFactoredObjective``; a step rule.
/// - **Memory**: for a layer of a × b, the bias counted, 5(a² + b²) and ab.
/// - **Work per step**: the moments, that is about a gradient, every `interval` steps; (a³ + b³)/3 flops a layer every
///   `factorisationInterval` steps, which are charged; 2ab(a + b) flops a layer.
/// - **Guarantees**: a descent direction. Without damping the step is the natural gradient's where inputs and gradients of
///   a layer are independent and layers are too, such as in a linear model with normal errors, and is unchanged by an
///   invertible linear map of a layer's inputs or outputs.
/// - **Reference**: Martens and Grosse, ICML 2015 (1503.05671), sections 3, 4.2, 5, 6.3 and 6.6; bound on the divergence:
///   Ba, Grosse and Martens, ICLR 2017.
///
/// | paper | here |
/// | --- | --- |
/// | Ā, G | `Memory.averages`, `inputs` and `outputs` |
/// | λ | `damping` |
/// | ε | `decay` at the most |
/// | T₁, T₃ | `interval`, `factorisationInterval` |
public struct KFAC<Problem: KroneckerFactoredObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// λ, what is added to the Fisher information, spread over both factors.
  public var damping: Scalar
  /// The greatest part of the averages that is kept at an estimate.
  public var decay: Scalar
  /// Whose labels the moments of the gradients are made of.
  public var labels: FisherLabels
  /// The steps from one estimate of the moments to the next.
  public var interval: Int
  /// The steps from one factorisation to the next.
  public var factorisationInterval: Int
  /// κ, the greatest PᵀFP, as |gᵀP| tells it, or nil for no bound.
  public var greatestDivergence: Scalar?
  /// The seed of the labels.
  public var seed: UInt64

  @inlinable public init(
    damping: Scalar = 1e-3, decay: Scalar = 0.95, labels: FisherLabels = .drawn, interval: Int = 1,
    factorisationInterval: Int = 1, greatestDivergence: Scalar? = nil, seed: UInt64 = 0
  ) {
    self.damping = damping
    self.decay = decay
    self.labels = labels
    self.interval = interval
    self.factorisationInterval = factorisationInterval
    self.greatestDivergence = greatestDivergence
    self.seed = seed
  }

  /// The averages of each layer and the factors of what they were last damped to.
  public struct Memory: Sendable, Codable, Equatable {
    /// A and G of each layer.
    public var averages: [LayerMoments<Scalar>]
    /// The Cholesky factors of A + π√λ I and G + √λ/π I.
    public var factors: [LayerMoments<Scalar>]
    /// t, the steps taken.
    public var t = 0
    /// k, the estimates in the averages.
    public var estimates = 0
    @usableFromInline let dimension: Int
    @usableFromInline let layers: [LinearLayer]
    @usableFromInline var room: LayerRoom<Scalar>

    @usableFromInline init(_ dimension: Int, _ layers: [LinearLayer]) {
      self.dimension = dimension
      self.layers = layers
      averages = layers.map { LayerMoments($0.shape) }
      factors = averages
      for i in factors.indices {
        factors[i].inputs.addToDiagonal(1)
        factors[i].outputs.addToDiagonal(1)
      }
      room = LayerRoom(shape: layers.map(\.shape))
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(dimension, problem.layers)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    let renewsFactors = memory.t.isMultiple(of: factorisationInterval)
    // What the oracle may refuse first: then nothing has changed yet.
    let price = renewsFactors ? memory.price : Ledger()
    if memory.t.isMultiple(of: interval) {
      var generator = RandomGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: memory.t))
      try oracle.secondMoments(
        of: memory.layers, at: current.point, labels: labels, from: &generator, into: &memory.room.moments,
        besides: price)
      memory.average(keeping: decay)
    } else if renewsFactors {
      try oracle.pay(price)
    }
    memory.t += 1
    if renewsFactors { memory.factor(damping: damping) }
    p.set(current.gradient, times: -1)
    for i in memory.layers.indices { memory.precondition(i, &p) }
    if let greatestDivergence {
      let decrease = -current.gradient.dot(p)
      if decrease > greatestDivergence { p.scale(by: (greatestDivergence / decrease).squareRoot()) }
    }
    return 1
  }

  public var complaint: String? {
    if interval < 1 { return "interval (T₁) is \(interval): choose at least 1 step, such as 10." }
    if factorisationInterval < 1 {
      return "factorisationInterval (T₃) is \(factorisationInterval): choose at least 1 step, such as 20."
    }
    return complaintAboutScale("damping (λ)", damping, suggesting: "1e-3")
      ?? complaintAboutAverage("decay (ε)", decay, suggesting: "0.95")
      ?? greatestDivergence.flatMap {
        complaintAboutScale("greatestDivergence (κ)", $0, suggesting: "1e-3, or nil for none")
      }
  }
}

extension KFAC.Memory {
  /// Two factorisations a layer.
  @inlinable var price: Ledger {
    var price = Ledger()
    for shape in room.shape {
      price.factorisations += 2
      price.flops +=
        Double(Cholesky<KFAC.Scalar>.flops(shape.rows)) + Double(Cholesky<KFAC.Scalar>.flops(shape.columns))
    }
    return price
  }

  /// The averages, with the newest moments in them.
  @inlinable mutating func average(keeping decay: KFAC.Scalar) {
    estimates += 1
    let ε = Swift.min(1 - 1 / KFAC.Scalar(estimates), decay)
    for i in averages.indices {
      averages[i].inputs.scale(by: ε)
      averages[i].inputs.add(room.moments[i].inputs, times: 1 - ε)
      averages[i].outputs.scale(by: ε)
      averages[i].outputs.add(room.moments[i].outputs, times: 1 - ε)
    }
  }

  /// The factors of the damped averages. Where there are none, those of before stay.
  @inlinable mutating func factor(damping λ: KFAC.Scalar) {
    for i in averages.indices {
      let ratio = averages[i].inputs.meanOfDiagonal / averages[i].outputs.meanOfDiagonal
      // Where a layer gets no input or no gradient, neither side can say how large it is.
      let π = ratio > 0 && ratio.isFinite ? ratio.squareRoot() : 1
      let root = λ.squareRoot()
      guard room.inputs[i].factor(averages[i].inputs, addingToDiagonal: π * root) == nil,
        room.outputs[i].factor(averages[i].outputs, addingToDiagonal: root / π) == nil
      else { continue }
      factors[i].inputs.copy(room.inputs[i].lower)
      factors[i].outputs.copy(room.outputs[i].lower)
    }
  }

  /// P ← (A + π√λ I)⁻¹ P (G + √λ/π I)⁻¹ in the elements of a layer.
  @inlinable mutating func precondition(_ i: Int, _ p: inout Vector<KFAC.Scalar>) {
    layers[i].read(p, into: &room.gradients[i])
    factors[i].inputs.solveTriangle(.lower, &room.gradients[i])
    factors[i].inputs.solveTriangle(.lower, &room.gradients[i], transposed: true)
    factors[i].outputs.solveTriangle(.lower, &room.gradients[i], transposed: true, onRight: true)
    factors[i].outputs.solveTriangle(.lower, &room.gradients[i], onRight: true)
    layers[i].write(room.gradients[i], into: &p)
  }
}

/// Room for the newest moments, the layers' gradients and the factorisations.
@usableFromInline struct LayerRoom<Scalar: LAPACKScalar>: Workspace {
  @usableFromInline let shape: [MatrixShape]
  @usableFromInline var moments: [LayerMoments<Scalar>]
  @usableFromInline var gradients: [Matrix<Scalar>]
  @usableFromInline var inputs: [Cholesky<Scalar>]
  @usableFromInline var outputs: [Cholesky<Scalar>]

  @usableFromInline init(shape: [MatrixShape]) {
    self.shape = shape
    moments = shape.map { LayerMoments($0) }
    gradients = shape.map { Matrix(zeros: $0.rows, $0.columns) }
    inputs = shape.map { Cholesky(dimension: $0.rows) }
    outputs = shape.map { Cholesky(dimension: $0.columns) }
  }
}

extension Matrix {
  /// tr A / n.
  @inlinable var meanOfDiagonal: Scalar {
    var sum: Scalar = 0
    for i in 0..<rows { sum += self[i, i] }
    return sum / Scalar(rows)
  }
}

extension LinearLayer {
  /// A layer's elements as one matrix, a row for each element of ā.
  @inlinable func read<Scalar>(_ x: Vector<Scalar>, into matrix: inout Matrix<Scalar>) {
    visit(matrix.rows, matrix.columns) { i, j, place in matrix[i, j] = x[place] }
  }

  /// The reverse.
  @inlinable func write<Scalar>(_ matrix: Matrix<Scalar>, into x: inout Vector<Scalar>) {
    visit(matrix.rows, matrix.columns) { i, j, place in x[place] = matrix[i, j] }
  }

  @inlinable @inline(__always)
  func visit(_ rows: Int, _ columns: Int, _ body: (_ row: Int, _ column: Int, _ place: Int) -> Void) {
    let inputs = bias == nil ? rows : rows - 1
    let (down, across) = rowsAreOutputs ? (columns, 1) : (1, inputs)
    for j in 0..<columns {
      for i in 0..<inputs { body(i, j, weights.offset + i * down + j * across) }
      if let bias { body(inputs, j, bias.offset + j) }
    }
  }
}

extension Solver {
  /// K-FAC with a constant rate; see ``Secant/KFAC``.
  ///
  /// - Parameters:
  ///   - rate: η.
  ///   - damping: λ, what is added to the Fisher information.
  ///   - decay: the greatest part of the averages that is kept at an estimate.
  ///   - interval: the steps from one estimate of the moments to the next, and between factorisations.
  ///   - divergence: the greatest η²PᵀFP, or nil for no bound.
  ///   - seed: of the labels.
  @inlinable public static func kfac<P>(
    rate: P.Scalar = 0.1, damping: P.Scalar = 1e-3, decay: P.Scalar = 0.95, interval: Int = 1,
    divergence: P.Scalar? = 1e-3, seed: UInt64 = 0
  ) -> Self where Self == Descent<KFAC<P>, Constant<P.Scalar>> {
    Self(
      KFAC(
        damping: damping, decay: decay, interval: interval, factorisationInterval: interval,
        greatestDivergence: divergence.map { $0 / (rate * rate) }, seed: seed),
      step: Constant(rate: rate))
  }

  /// K-FAC with a rate that follows a schedule; the divergence is bounded at the rate that the schedule is made of; see
  /// ``Secant/KFAC``.
  @inlinable public static func kfac<P>(
    rate: Schedule<P.Scalar>, damping: P.Scalar = 1e-3, decay: P.Scalar = 0.95, interval: Int = 1,
    divergence: P.Scalar? = 1e-3, seed: UInt64 = 0
  ) -> Self where Self == Descent<KFAC<P>, Scheduled<P.Scalar>> {
    Self(
      KFAC(
        damping: damping, decay: decay, interval: interval, factorisationInterval: interval,
        greatestDivergence: divergence.map { $0 / (rate.rate * rate.rate) }, seed: seed),
      step: Scheduled(rate))
  }

  /// K-FAC with the data's labels in the place of drawn ones: the empirical Fisher matrix; see ``Secant/KFAC``.
  @inlinable public static func empiricalKFAC<P>(
    rate: P.Scalar = 0.1, damping: P.Scalar = 1e-3, decay: P.Scalar = 0.95, interval: Int = 1,
    divergence: P.Scalar? = 1e-3
  ) -> Self where Self == Descent<KFAC<P>, Constant<P.Scalar>> {
    Self(
      KFAC(
        damping: damping, decay: decay, labels: .given, interval: interval, factorisationInterval: interval,
        greatestDivergence: divergence.map { $0 / (rate * rate) }),
      step: Constant(rate: rate))
  }
}
