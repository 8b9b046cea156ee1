public import SecantLinearAlgebra

/// A matrix on a tape: what a model is written in. A vector is n × 1 or 1 × n, a number 1 × 1.
///
/// ```swift
/// let hidden = tanh(matmul(samples, weights) + parameters.row("bias"))
/// let loss = (matmul(hidden, head) - targets).squaredNorm
/// ```
///
/// It is a trivial value: where the matrix stands on its tape, and its shape. Each operation computes its result at once
/// and writes one record; `+`, `-`, `*` and `/` work element by element and repeat a single row, a single column or
/// a number over the other operand; the product of matrices is `matmul`.
/// Shapes that do not fit are a precondition.
///
/// Where a function is not smooth, its derivative is that of a ``DifferentiableNumber``, with one exception. A matrix is
/// differentiated as a whole, and an operand whose element a maximum or a minimum is not, or which does not move, has a
/// part of 0 in the derivative: times an infinite slope that is NaN, in `max(sqrt(x), 1)` at 0 and in second derivatives
/// of 1/x, the root and the logarithm there. So is any second derivative beside a first one that is not finite.
///
/// A variable belongs to one evaluation: when its tape begins the next one, or is gone, using it is a
/// precondition, not a wrong number. What was computed from constants alone is a constant itself and costs nothing in
/// a derivative.
public struct MatrixVariable<Scalar: LAPACKScalar> {
  let header: UnsafeMutablePointer<TapeHeader>
  let generation: UInt64
  let place: MatrixPlace

  /// The number of rows.
  public var rows: Int { place.rows }
  /// The number of columns.
  public var columns: Int { place.columns }
  /// The number of elements.
  public var count: Int { place.count }
  /// The shape.
  public var shape: MatrixShape { MatrixShape(rows: rows, columns: columns) }
  /// Whether it does not depend on the parameters, so that no derivative is ever asked of it.
  public var isConstant: Bool { !place.isActive }

  /// The tape it stands on, which must still be in the evaluation that made it.
  public var tape: MatrixTape<Scalar> {
    guard let tape = header.pointee.tape, header.pointee.isOpen(generation) else {
      preconditionFailure(
        "a variable of \(rows) × \(columns) was used after its evaluation had ended: make it anew in each evaluation"
      )
    }
    return Unmanaged<MatrixTape<Scalar>>.fromOpaque(tape).takeUnretainedValue()
  }

  // MARK: What it holds

  /// A copy of the matrix.
  public var value: Matrix<Scalar> {
    let tape = tape
    return Matrix(
      rows: rows, columns: columns,
      elements: Vector(Array(UnsafeBufferPointer(start: tape.value(place), count: count))))
  }

  /// The number of a 1 × 1 matrix.
  public var number: Scalar {
    precondition(count == 1, "a matrix of \(rows) × \(columns) is no number: reduce it, by `sum` for example")
    return tape.value(place)[0]
  }

  // MARK: The same elements in another shape

  /// The same elements, column after column, in another shape: nothing is copied.
  public func reshaped(rows: Int, columns: Int) -> MatrixVariable {
    precondition(
      rows >= 0 && columns >= 0 && rows * columns == count,
      "\(self.rows) × \(self.columns) elements do not fill \(rows) × \(columns): give a shape of \(count) elements"
    )
    return with(offset: place.offset, rows, columns)
  }

  /// Some of the columns: nothing is copied.
  public func columns(_ range: Range<Int>) -> MatrixVariable {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns,
      "columns \(range) of a matrix that has \(columns): give a range within 0..<\(columns)")
    return part(range.lowerBound * rows, rows: rows, columns: range.count)
  }

  /// Elements that stand one after the other, as a matrix: nothing is copied.
  func part(_ start: Int, rows: Int, columns: Int) -> MatrixVariable {
    with(offset: place.shifted(by: start, of: Scalar.self), rows, columns)
  }

  /// One column, n × 1: nothing is copied.
  public func column(_ j: Int) -> MatrixVariable { columns(j..<(j + 1)) }

  private func with(offset: Int, _ rows: Int, _ columns: Int) -> MatrixVariable {
    MatrixVariable(
      header: header, generation: generation,
      place: MatrixPlace(arena: place.arena, offset: offset, rows: rows, columns: columns))
  }
}

extension MatrixVariable: CustomStringConvertible {
  public var description: String { value.description }
}

/// Where a matrix stands, and its shape.
struct MatrixPlace {
  /// Which memory.
  enum Arena: UInt8 {
    /// That of values which depend on the parameters: it has adjoints and tangents at the same offsets.
    case active
    /// That of constants which the tape holds.
    case passive
    /// That of an array which the tape keeps alive; the offset is the address.
    case external
  }

  var arena: Arena
  var offset: Int
  var rows: Int
  var columns: Int

  var count: Int { rows * columns }
  var isActive: Bool { arena == .active }

  func shifted<Scalar>(by elements: Int, of _: Scalar.Type) -> Int {
    offset + (arena == .external ? elements * MemoryLayout<Scalar>.stride : elements)
  }
}
