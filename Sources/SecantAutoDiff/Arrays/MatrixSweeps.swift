public import SecantLinearAlgebra

// The passes over a recording that make derivatives of it.

extension MatrixTape {
  /// ẏ = J ẋ: the derivative of a result along a direction of the parameters, column after column.
  ///
  /// - Parameters:
  ///   - y: a result of this evaluation.
  ///   - ẋ: the direction, of as many elements as there are parameters.
  ///   - ẏ: takes the derivative, of as many elements as the result.
  public func tangent(
    of y: MatrixVariable<Scalar>, along ẋ: Vector<Scalar>, into ẏ: inout Vector<Scalar>
  ) {
    check(y, seed: ẏ.count, direction: ẋ.count)
    guard y.place.isActive else { return ẏ.fill(with: 0) }
    sweepTangents(along: ẋ)
    ẏ.read(tangent(y.place))
  }

  /// x̄ = Jᵀ ȳ: the gradient of ȳᵀy with respect to the parameters.
  ///
  /// - Parameters:
  ///   - y: a result of this evaluation.
  ///   - ȳ: the weights of its elements, column after column.
  ///   - x̄: takes the derivative, of as many elements as there are parameters.
  public func adjoint(of y: MatrixVariable<Scalar>, seed ȳ: Vector<Scalar>, into x̄: inout Vector<Scalar>) {
    check(y, seed: ȳ.count, direction: x̄.count)
    guard y.place.isActive else { return x̄.fill(with: 0) }
    gradientPlace = nil
    sweepBack(from: y.place, .first) { ȳ.write($0) }
    x̄.read(adjoint(parameters))
  }

  /// The derivative of Jᵀ ȳ along a direction ẋ of the parameters, with ȳ held: what a Hessian is made of.
  ///
  /// - Parameters:
  ///   - y: a result of this evaluation.
  ///   - ȳ: the weights of its elements, column after column.
  ///   - ẋ: the direction, of as many elements as there are parameters.
  ///   - product: takes the derivative, of as many elements as there are parameters.
  public func adjointTangent(
    of y: MatrixVariable<Scalar>, seed ȳ: Vector<Scalar>, along ẋ: Vector<Scalar>,
    into product: inout Vector<Scalar>
  ) {
    check(y, seed: ȳ.count, direction: ẋ.count)
    check(y, seed: ȳ.count, direction: product.count)
    guard y.place.isActive else { return product.fill(with: 0) }
    gradientPlace = nil
    sweepTangents(along: ẋ)
    sweepBack(from: y.place, .both) { ȳ.write($0) }
    product.read(adjointTangent(parameters))
  }

  /// The gradient of a 1 × 1 result.
  public func gradient(of y: MatrixVariable<Scalar>, into gradient: inout Vector<Scalar>) {
    checkNumber(y)
    check(y, seed: 1, direction: gradient.count)
    guard y.place.isActive else { return gradient.fill(with: 0) }
    sweepGradient(of: y.place)
    gradient.read(adjoint(parameters))
  }

  /// The Hessian of a 1 × 1 result, times a vector.
  ///
  /// The adjoints of the gradient are used again when they are there: the first product after a gradient, and each
  /// further one in the same evaluation, costs a forward pass and one in reverse.
  public func hessian(
    of y: MatrixVariable<Scalar>, times v: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    checkNumber(y)
    check(y, seed: 1, direction: v.count)
    check(y, seed: 1, direction: product.count)
    guard y.place.isActive else { return product.fill(with: 0) }
    needTangents()
    v.write(tangent(parameters))
    sweepHessian(of: y.place)
    product.read(adjointTangent(parameters))
  }

  /// The Hessian of a 1 × 1 result, by as many products as there are parameters.
  public func hessian(of y: MatrixVariable<Scalar>, into hessian: inout Matrix<Scalar>) {
    let n = parameterCount
    checkNumber(y)
    precondition(
      hessian.rows == n && hessian.columns == n,
      "the Hessian of \(n) parameters does not fit \(hessian.rows) × \(hessian.columns): give \(n) × \(n)")
    check(y, seed: 1, direction: n)
    guard y.place.isActive else { return hessian.fill(with: 0) }
    needTangents()
    hessian.withUnsafeMutableBufferPointer { h in
      for j in 0..<n {
        let ẋ = tangent(parameters)
        ẋ.update(repeating: 0, count: n)
        ẋ[j] = 1
        sweepHessian(of: y.place)
        (h.baseAddress! + j * n).update(from: adjointTangent(parameters), count: n)
      }
    }
    hessian.mirrorLowerTriangle()
  }

  /// Leaves H ẋ in the adjoint tangents of the parameters, where ẋ stands in their tangents.
  private func sweepHessian(of y: MatrixPlace) {
    sweepTangents(0, to: records.count)
    // The adjoints within a segment are gone with it: they are computed again on the way.
    if segments.isEmpty {
      sweepGradient(of: y)
      clearAdjoints(adjoints: false, tangents: true)
      sweep(records.count, backTo: 0, .second)
      if areFinite(adjointTangent(parameters), parameterCount) { return }
    }
    gradientPlace = nil
    sweepBack(from: y, .both) { $0[0] = 1 }
  }

  private var parameters: MatrixPlace {
    MatrixPlace(arena: .active, offset: 0, rows: parameterCount, columns: 1)
  }

  private func sweepGradient(of y: MatrixPlace) {
    if let found = gradientPlace, found.offset == y.offset { return }
    sweepBack(from: y, .first) { $0[0] = 1 }
    gradientPlace = y
  }

  /// Leaves the adjoints of the parameters, and with them their tangents, from a seed at y.
  private func sweepBack(
    from y: MatrixPlace, _ order: Order, _ seed: (UnsafeMutablePointer<Scalar>) -> Void
  ) {
    func sweep() {
      clearAdjoints(tangents: order.hasTangents)
      seed(adjoint(y))
      if isSelective { setLive(y) }
      self.sweep(records.count, backTo: 0, order)
    }
    sweep()
    let found = order.hasTangents ? adjointTangent(parameters) : adjoint(parameters)
    if areFinite(found, parameterCount) { return }
    // A step that leads nowhere may have an infinite derivative, and 0 · ∞ spoils what it came from.
    isSelective = true
    sweep()
    isSelective = false
  }

  private func sweepTangents(along ẋ: Vector<Scalar>) {
    needTangents()
    ẋ.write(tangent(parameters))
    sweepTangents(0, to: records.count)
  }

  // MARK: Over a part of the records

  /// Which adjoints a reverse sweep makes.
  enum Order {
    /// x̄.
    case first
    /// The tangents of x̄, where x̄ is there.
    case second
    /// Both.
    case both

    var hasTangents: Bool { self != .first }
  }

  func sweepTangents(_ start: Int, to end: Int) {
    for i in start..<end {
      let record = records[i]
      switch record.operation {
      case .checkpoint: sweepTangentsOfCheckpoint(record)
      case .chain: sweepTangentsOfChain(record)
      default: run(.tangent, record)
      }
    }
  }

  /// From the record before `end` back to `start`. What is recorded meanwhile, behind `end`, is rewound again.
  func sweep(_ end: Int, backTo start: Int, _ order: Order) {
    var i = end
    while i > start {
      i -= 1
      let record = records[i]
      if isSelective {
        if !isLive(record.result) { continue }
        for k in 0..<record.operandCount { setLive(operands[record.firstOperand + k]) }
      }
      switch record.operation {
      case .checkpoint: sweepCheckpoint(record, order)
      case .chain: sweepChain(record, order)
      default:
        if order != .second { run(.adjoint, record) }
        if order != .first { run(.adjointTangent, record) }
      }
    }
  }

  private func check(_ y: MatrixVariable<Scalar>, seed: Int, direction: Int) {
    precondition(y.tape === self, "the result stands on another tape: ask its own, `y.tape`")
    precondition(
      seed == y.count && direction == parameterCount,
      "a derivative of \(y.count) results with respect to \(parameterCount) parameters was asked for with vectors of \(seed) and \(direction) elements: give \(y.count) and \(parameterCount)"
    )
  }

  private func checkNumber(_ y: MatrixVariable<Scalar>) {
    precondition(
      y.count == 1, "the result is \(y.rows) × \(y.columns): reduce it to a number, by `sum` for example")
  }
}

extension Vector {
  /// x ← what stands at a pointer.
  fileprivate mutating func read(_ pointer: UnsafePointer<Scalar>) {
    withUnsafeMutableBufferPointer { $0.baseAddress?.update(from: pointer, count: $0.count) }
  }

  fileprivate func write(_ pointer: UnsafeMutablePointer<Scalar>) {
    withUnsafeBufferPointer { if let x = $0.baseAddress { pointer.update(from: x, count: $0.count) } }
  }
}

@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
private func areFinite<Scalar: LAPACKScalar>(_ x: UnsafePointer<Scalar>, _ count: Int) -> Bool {
  // Overflow costs another sweep and changes nothing.
  Scalar._dot(count, x, x).isFinite
}
