public import SecantLinearAlgebra

/// A matrix in the memory of a tape, column after column, as a kernel sees it: valid until the kernel returns.
public struct MatrixView<Scalar: LAPACKScalar> {
  /// The first element.
  public let pointer: UnsafeMutablePointer<Scalar>
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  init(_ pointer: UnsafeMutablePointer<Scalar>, _ place: MatrixPlace) {
    self.pointer = pointer
    rows = place.rows
    columns = place.columns
  }

  /// The number of elements.
  @inlinable public var count: Int { rows * columns }

  /// The element in row i and column j.
  @inlinable public subscript(i: Int, j: Int) -> Scalar {
    get {
      check(i >= 0 && i < rows && j >= 0 && j < columns)
      return pointer[i + j * rows]
    }
    nonmutating set {
      check(i >= 0 && i < rows && j >= 0 && j < columns)
      pointer[i + j * rows] = newValue
    }
  }

  /// The k-th element, column after column.
  @inlinable public subscript(k: Int) -> Scalar {
    get {
      check(k >= 0 && k < count)
      return pointer[k]
    }
    nonmutating set {
      check(k >= 0 && k < count)
      pointer[k] = newValue
    }
  }

  @inlinable @inline(__always) func check(_ isWithin: Bool) {
    precondition(isWithin, "an index outside a matrix of \(rows) × \(columns)")
  }
}

/// What an operation's kernels compute with: its operands x₀, x₁, …, its result y, and what the sweep has at each of them.
///
/// | symbol | name | there in |
/// | --- | --- | --- |
/// | xᵢ, y | ``operand(_:)``, ``result`` | every sweep |
/// | ẋᵢ, ẏ: derivatives along a direction | ``tangent(_:)``, ``resultTangent`` | tangent, adjoint tangent |
/// | x̄ᵢ, ȳ: derivatives of the outcome | ``adjoint(_:)``, ``resultAdjoint`` | adjoint, adjoint tangent |
/// | the derivatives of x̄ᵢ and ȳ along the direction | ``adjointTangent(_:)``, ``resultAdjointTangent`` | adjoint tangent |
///
/// Of an operand that is a constant there are values only: its tangent is nil and counts as zero, its adjoint is nil
/// and wanted by nobody.
public struct MatrixCall<Scalar: LAPACKScalar> {
  let values: UnsafeMutablePointer<Scalar>
  let passive: UnsafeMutablePointer<Scalar>
  let integers: UnsafeMutablePointer<Int>
  let tangents: UnsafeMutablePointer<Scalar>?
  let adjoints: UnsafeMutablePointer<Scalar>?
  let adjointTangents: UnsafeMutablePointer<Scalar>?
  let record: MatrixRecord<Scalar>
  let operands: UnsafeMutablePointer<MatrixPlace>

  /// The number of operands.
  public var operandCount: Int { record.operandCount }

  /// xᵢ.
  public func operand(_ i: Int) -> MatrixView<Scalar> {
    let place = self.place(i)
    return MatrixView(pointer(to: place), place)
  }

  /// ẋᵢ, or nil where xᵢ is a constant.
  public func tangent(_ i: Int) -> MatrixView<Scalar>? { view(tangents, place(i)) }
  /// x̄ᵢ, to be added to, or nil where xᵢ is a constant.
  public func adjoint(_ i: Int) -> MatrixView<Scalar>? { view(adjoints, place(i)) }
  /// The derivative of x̄ᵢ along the direction, to be added to, or nil where xᵢ is a constant.
  public func adjointTangent(_ i: Int) -> MatrixView<Scalar>? { view(adjointTangents, place(i)) }

  /// y.
  public var result: MatrixView<Scalar> { MatrixView(pointer(to: record.result), record.result) }
  /// ẏ, to be written.
  public var resultTangent: MatrixView<Scalar> { view(tangents, record.result)! }
  /// ȳ.
  public var resultAdjoint: MatrixView<Scalar> { view(adjoints, record.result)! }
  /// The derivative of ȳ along the direction.
  public var resultAdjointTangent: MatrixView<Scalar> { view(adjointTangents, record.result)! }

  /// What the operation keeps for its other sweeps: as many numbers as it asked for, never differentiated.
  var auxiliary: UnsafeMutablePointer<Scalar> { passive + record.auxiliary }
  /// The whole numbers that the operation was given, such as the indices of rows.
  var indices: UnsafeMutablePointer<Int> { integers + record.indices }

  func place(_ i: Int) -> MatrixPlace { operands[record.firstOperand + i] }

  private func view(_ memory: UnsafeMutablePointer<Scalar>?, _ place: MatrixPlace) -> MatrixView<Scalar>? {
    guard place.isActive, let memory else { return nil }
    return MatrixView(memory + place.offset, place)
  }

  private func pointer(to place: MatrixPlace) -> UnsafeMutablePointer<Scalar> {
    switch place.arena {
    case .active: values + place.offset
    case .passive: passive + place.offset
    case .external: UnsafeMutablePointer(bitPattern: place.offset)!
    }
  }
}

/// One operation as it stands on the tape.
struct MatrixRecord<Scalar: LAPACKScalar> {
  var operation: MatrixOperation
  var result: MatrixPlace
  /// Its operands are `operandCount` places in a row, from this one.
  var firstOperand = 0
  var operandCount = 0
  /// Two whole numbers whose meaning is the operation's own.
  var first = 0
  var second = 0
  /// A number whose meaning is the operation's own, such as an exponent.
  var constant: Scalar = 0
  /// Where its auxiliary numbers begin.
  var auxiliary = 0
  /// Where its indices begin.
  var indices = 0
}
