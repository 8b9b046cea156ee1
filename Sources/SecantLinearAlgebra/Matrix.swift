/// A dense matrix with value semantics, its columns one after the other in contiguous storage.
///
/// Operations on a *symmetric* matrix read and write its lower triangle only; `mirrorLowerTriangle()` makes
/// the upper one agree. What a step uses writes in place and allocates nothing; a wrong dimension is a
/// precondition. With β = 0 the old content of a result is overwritten, whatever it was.
public struct Matrix<Scalar: LAPACKScalar>: Sendable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  @usableFromInline var columnMajor: Vector<Scalar>

  /// The matrix with the given elements, column after column.
  @inlinable public init(rows: Int, columns: Int, elements: Vector<Scalar>) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "a matrix of \(rows) × \(columns) cannot hold \(elements.count) elements")
    self.rows = rows
    self.columns = columns
    columnMajor = elements
  }

  @inlinable public init(repeating value: Scalar, rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) rows and \(columns) columns")
    self.init(rows: rows, columns: columns, elements: Vector(repeating: value, count: rows * columns))
  }

  @inlinable public init(zeros rows: Int, _ columns: Int) {
    self.init(repeating: 0, rows: rows, columns: columns)
  }

  /// The matrix with the given rows, which must be equally long.
  @inlinable public init(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    self.init(zeros: rows.count, columns)
    for (i, row) in rows.enumerated() {
      precondition(
        row.count == columns, "row \(i) has \(row.count) elements and row 0 has \(columns): make them equal")
      for (j, x) in row.enumerated() { self[i, j] = x }
    }
  }

  /// The identity of order n.
  @inlinable public init(identity n: Int) {
    self.init(zeros: n, n)
    addToDiagonal(1)
  }

  /// The square matrix with these elements on its diagonal and zeros elsewhere.
  @inlinable public init(diagonal: Vector<Scalar>) {
    self.init(zeros: diagonal.count, diagonal.count)
    for i in 0..<diagonal.count { self[i, i] = diagonal[i] }
  }

  /// The elements, column after column.
  @inlinable public var elements: Vector<Scalar> { columnMajor }

  /// Whether there are as many rows as columns.
  @inlinable public var isSquare: Bool { rows == columns }

  /// The element in row i and column j, both from 0.
  @inlinable public subscript(i: Int, j: Int) -> Scalar {
    @inline(__always) get {
      checkIndex(i, j)
      return columnMajor[i + j * rows]
    }
    @inline(__always) _modify {
      checkIndex(i, j)
      yield &columnMajor[i + j * rows]
    }
  }

  /// The transposed matrix; a copy.
  @inlinable public var transposed: Matrix {
    var result = Matrix(zeros: columns, rows)
    for j in 0..<columns { for i in 0..<rows { result[j, i] = self[i, j] } }
    return result
  }

  /// Reads the elements where they stand, column after column.
  @inlinable public func withUnsafeBufferPointer<R, E: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R { try columnMajor.withUnsafeBufferPointer(body) }

  /// Changes the elements where they stand, column after column.
  @inlinable public mutating func withUnsafeMutableBufferPointer<R, E: Error>(
    _ body: (inout UnsafeMutableBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R { try columnMajor.withUnsafeMutableBufferPointer(body) }

  @inlinable @inline(__always) func checkIndex(_ i: Int, _ j: Int) {
    precondition(
      i >= 0 && i < rows && j >= 0 && j < columns,
      "[\(i), \(j)] lies outside a matrix of \(rows) × \(columns)")
  }

  @inlinable @inline(__always) func checkSquare() {
    precondition(isSquare, "a symmetric or triangular matrix is square, and this one is \(rows) × \(columns)")
  }
}

extension Matrix: ExpressibleByArrayLiteral, CustomStringConvertible {
  @inlinable public init(arrayLiteral rows: [Scalar]...) { self.init(rows) }

  /// One line a row.
  public var description: String {
    (0..<rows).map { i in (0..<columns).map { spelled(self[i, $0]) }.joined(separator: " ") }
      .joined(separator: "\n")
  }
}

extension Matrix: Codable {
  private enum CodingKeys: CodingKey { case rows, columns, elements }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(columnMajor, forKey: .elements)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let elements = try container.decode(Vector<Scalar>.self, forKey: .elements)
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, elements.count == count else {
      throw DecodingError.dataCorruptedError(
        forKey: .elements, in: container,
        debugDescription: "\(elements.count) elements are no matrix of \(rows) × \(columns)")
    }
    self.init(rows: rows, columns: columns, elements: elements)
  }
}

// MARK: - Elementwise

extension Matrix {
  /// The number of rows and of columns.
  @inlinable public var shape: MatrixShape { MatrixShape(rows: rows, columns: columns) }

  /// ‖A‖_F.
  @inlinable public var frobeniusNorm: Scalar { readPointer { Scalar._nrm2(rows * columns, $0) } }

  /// Whether no element is NaN or infinite.
  @inlinable public var isFinite: Bool { readPointer { allFinite($0, count: rows * columns) } }

  /// A ← a in every element.
  @inlinable public mutating func fill(with a: Scalar) { columnMajor.fill(with: a) }

  /// A ← B, into the storage that A already has.
  @inlinable public mutating func copy(_ b: Matrix) {
    checkShape(b)
    columnMajor.copy(b.columnMajor)
  }

  /// A ← a A.
  @inlinable public mutating func scale(by a: Scalar) { columnMajor.scale(by: a) }

  /// A ← A + a B.
  @inlinable public mutating func add(_ b: Matrix, times a: Scalar = 1) {
    checkShape(b)
    columnMajor.add(b.columnMajor, times: a)
  }

  /// A ← A + τ I.
  @inlinable public mutating func addToDiagonal(_ τ: Scalar) {
    checkSquare()
    for i in 0..<rows { columnMajor[i * (rows + 1)] += τ }
  }

  /// ‖Aⱼ‖₂ of one column.
  @inlinable public func norm(ofColumn j: Int) -> Scalar {
    precondition(j >= 0 && j < columns, "column \(j) of a matrix that has \(columns)")
    return readPointer { a in
      let column = a + j * rows
      // As a rule the squares neither overflow nor vanish, and their sum is had for less.
      let square = Scalar._dot(rows, column, column)
      return square > .leastNormalMagnitude / .ulpOfOne && square < .infinity
        ? square.squareRoot() : Scalar._nrm2(rows, column)
    }
  }

  /// A ← A D⁻¹, each column divided by its element of `d`.
  @inlinable public mutating func divideColumns(by d: Vector<Scalar>) {
    precondition(d.count == columns, "\(columns) columns cannot be divided by \(d.count) numbers")
    let (m, n) = (rows, columns)
    writePointer { a in
      for j in 0..<n {
        let divisor = d[j]
        for i in 0..<m { a[i + j * m] /= divisor }
      }
    }
  }

  /// Copies the lower triangle over the upper one, after symmetric updates and before general use.
  @inlinable public mutating func mirrorLowerTriangle() {
    checkSquare()
    let n = rows
    writePointer { mirrorLower($0, n) }
  }

  @inlinable @inline(__always) func checkShape(_ b: Matrix) {
    precondition(
      rows == b.rows && columns == b.columns,
      "a matrix of \(rows) × \(columns) was combined with one of \(b.rows) × \(b.columns)")
  }
}

// MARK: - Matrix and vector (BLAS 2)

extension Matrix {
  /// y ← α A x + β y, or with Aᵀ.
  @inlinable public func multiply(
    _ x: Vector<Scalar>, into y: inout Vector<Scalar>, times α: Scalar = 1, adding β: Scalar = 0,
    transposed: Bool = false
  ) {
    checkProduct(x.count, y.count, transposed ? rows : columns, transposed ? columns : rows)
    guard !columnMajor.isEmpty else { return β == 0 ? y.fill(with: 0) : y.scale(by: β) }
    readPointer { a in
      x.readPointer { x in
        y.writePointer { Scalar._gemv(transposed, rows, columns, α, a, rows, x, β, $0) }
      }
    }
  }

  /// y ← α Aᵀ x, column by column where A is small: for a few columns the call of BLAS costs more than the products.
  @inlinable public func multiplyTransposed(
    _ x: Vector<Scalar>, into y: inout Vector<Scalar>, times α: Scalar = 1
  ) {
    guard isSmallQR(rows: rows, columns: columns) else {
      return multiply(x, into: &y, times: α, transposed: true)
    }
    checkProduct(x.count, y.count, rows, columns)
    readPointer { a in
      x.readPointer { x in
        y.writePointer { y in for j in 0..<columns { y[j] = α * Scalar._dot(rows, a + j * rows, x) } }
      }
    }
  }

  /// y ← α A x + β y with the first k columns of A alone, or with their transposes: of the k elements that go with them
  /// x, or y, may have more, which are left alone.
  @inlinable public func multiply(
    firstColumns k: Int, _ x: Vector<Scalar>, into y: inout Vector<Scalar>, times α: Scalar = 1,
    adding β: Scalar = 0, transposed: Bool = false
  ) {
    let (long, short) = transposed ? (x.count, y.count) : (y.count, x.count)
    precondition(
      k >= 0 && k <= columns && short >= k && long == rows,
      "\(k) columns of a matrix of \(rows) × \(columns) do not fit \(short) and \(long) elements")
    guard k > 0, rows > 0 else {
      for i in 0..<(transposed ? k : rows) { y[i] = β == 0 ? 0 : β * y[i] }
      return
    }
    readPointer { a in
      x.readPointer { x in
        y.writePointer { Scalar._gemv(transposed, rows, k, α, a, rows, x, β, $0) }
      }
    }
  }

  /// y ← α A x + β y for symmetric A.
  @inlinable public func symmetricMultiply(
    _ x: Vector<Scalar>, into y: inout Vector<Scalar>, times α: Scalar = 1, adding β: Scalar = 0
  ) {
    checkSquare()
    checkProduct(x.count, y.count, rows, rows)
    readPointer { a in
      x.readPointer { x in y.writePointer { Scalar._symv(rows, α, a, leading, x, β, $0) } }
    }
  }

  /// A ← A + α x yᵀ.
  @inlinable public mutating func addOuter(
    _ x: Vector<Scalar>, _ y: Vector<Scalar>, times α: Scalar = 1
  ) {
    checkProduct(x.count, y.count, rows, columns)
    let (m, n, lda) = (rows, columns, leading)
    writePointer { a in
      x.readPointer { x in y.readPointer { Scalar._ger(m, n, α, x, $0, a, lda) } }
    }
  }

  /// A ← A + α x xᵀ for symmetric A.
  @inlinable public mutating func addSymmetricOuter(_ x: Vector<Scalar>, times α: Scalar = 1) {
    checkSquare()
    checkProduct(x.count, x.count, rows, rows)
    let (n, lda) = (rows, leading)
    writePointer { a in x.readPointer { Scalar._syr(n, α, $0, a, lda) } }
  }

  /// A ← A + α (x yᵀ + y xᵀ) for symmetric A.
  @inlinable public mutating func addSymmetricOuter(
    _ x: Vector<Scalar>, _ y: Vector<Scalar>, times α: Scalar = 1
  ) {
    checkSquare()
    checkProduct(x.count, y.count, rows, rows)
    let (n, lda) = (rows, leading)
    writePointer { a in
      x.readPointer { x in y.readPointer { Scalar._syr2(n, α, x, $0, a, lda) } }
    }
  }

  /// x ← T x, or Tᵀ x, for the named triangle T of A.
  @inlinable public func multiplyTriangle(
    _ triangle: Triangle, _ x: inout Vector<Scalar>, transposed: Bool = false
  ) {
    checkSquare()
    checkProduct(x.count, x.count, rows, rows)
    readPointer { a in x.writePointer { Scalar._trmv(triangle, transposed, rows, a, leading, $0) } }
  }

  /// x ← T⁻¹ x, or T⁻ᵀ x, for the named triangle T of A; a zero on the diagonal gives infinities.
  @inlinable public func solveTriangle(
    _ triangle: Triangle, _ x: inout Vector<Scalar>, transposed: Bool = false
  ) {
    checkSquare()
    checkProduct(x.count, x.count, rows, rows)
    readPointer { a in x.writePointer { Scalar._trsv(triangle, transposed, rows, a, leading, $0) } }
  }

  /// LAPACK wants a leading dimension of at least one.
  @inlinable @inline(__always) var leading: Int { Swift.max(rows, 1) }

  @inlinable @inline(__always)
  func checkProduct(_ x: Int, _ y: Int, _ expectedX: Int, _ expectedY: Int) {
    precondition(
      x == expectedX && y == expectedY,
      "a matrix of \(rows) × \(columns) was combined with vectors of \(x) and \(y) elements; it wants \(expectedX) and \(expectedY)"
    )
  }
}

// MARK: - Matrix and matrix (BLAS 3)

extension Matrix {
  /// C ← α A B + β C, where C is the receiver and A or B may stand transposed.
  @inlinable public mutating func setProduct(
    _ a: Matrix, _ b: Matrix, transposingFirst: Bool = false, transposingSecond: Bool = false,
    times α: Scalar = 1, adding β: Scalar = 0
  ) {
    let (m, k) = transposingFirst ? (a.columns, a.rows) : (a.rows, a.columns)
    let (l, n) = transposingSecond ? (b.columns, b.rows) : (b.rows, b.columns)
    checkResult(m, k, l, n)
    let ldc = leading
    guard k > 0 else { return β == 0 ? fill(with: 0) : scale(by: β) }
    writePointer { c in
      a.readPointer { x in
        b.readPointer {
          Scalar._gemm(
            transposingFirst, transposingSecond, m, n, k, α, x, a.leading, $0, b.leading, β, c, ldc)
        }
      }
    }
  }

  /// C ← α S B + β C for symmetric S, where C is the receiver.
  @inlinable public mutating func setProduct(
    symmetric s: Matrix, _ b: Matrix, times α: Scalar = 1, adding β: Scalar = 0
  ) {
    s.checkSquare()
    checkResult(s.rows, s.rows, b.rows, b.columns)
    let (m, n, ldc) = (rows, columns, leading)
    writePointer { c in
      s.readPointer { x in
        b.readPointer { Scalar._symm(true, m, n, α, x, s.leading, $0, b.leading, β, c, ldc) }
      }
    }
  }

  /// C ← α B S + β C for symmetric S, where C is the receiver.
  @inlinable public mutating func setProduct(
    _ b: Matrix, symmetric s: Matrix, times α: Scalar = 1, adding β: Scalar = 0
  ) {
    s.checkSquare()
    checkResult(b.rows, b.columns, s.rows, s.rows)
    let (m, n, ldc) = (rows, columns, leading)
    writePointer { c in
      s.readPointer { x in
        b.readPointer { Scalar._symm(false, m, n, α, x, s.leading, $0, b.leading, β, c, ldc) }
      }
    }
  }

  /// C ← α A Aᵀ + β C in the lower triangle, or α Aᵀ A + β C, where C is the receiver.
  @inlinable public mutating func setGram(
    _ a: Matrix, transposed: Bool = false, times α: Scalar = 1, adding β: Scalar = 0
  ) {
    let (n, k) = transposed ? (a.columns, a.rows) : (a.rows, a.columns)
    checkResult(n, k, k, n)
    let ldc = leading
    writePointer { c in
      a.readPointer { Scalar._syrk(transposed, n, k, α, $0, a.leading, β, c, ldc) }
    }
  }

  /// C ← C + AᵀA in the lower triangle of its first k rows and columns, with the first k columns of A, where C is the
  /// receiver.
  @inlinable public mutating func addGram(firstColumns k: Int, of a: Matrix) {
    precondition(
      k >= 0 && k <= a.columns && k <= rows && k <= columns,
      "\(k) columns of \(a.rows) × \(a.columns) have no products in a matrix of \(rows) × \(columns)")
    guard k > 0 else { return }
    let ldc = leading
    writePointer { c in a.readPointer { Scalar._syrk(true, k, a.rows, 1, $0, a.leading, 1, c, ldc) } }
  }

  /// B ← T⁻¹ B, or T⁻ᵀ B, for the named triangle T of A; with `onRight` B ← B T⁻¹, or B T⁻ᵀ.
  @inlinable public func solveTriangle(
    _ triangle: Triangle, _ b: inout Matrix, transposed: Bool = false, onRight: Bool = false
  ) {
    checkSquare()
    if onRight {
      b.checkResult(b.rows, columns, rows, rows)
    } else {
      b.checkResult(rows, rows, rows, b.columns)
    }
    let (m, n, ldb) = (b.rows, b.columns, b.leading)
    readPointer { a in
      b.writePointer { Scalar._trsm(!onRight, triangle, transposed, m, n, a, leading, $0, ldb) }
    }
  }

  @inlinable @inline(__always) func checkResult(_ m: Int, _ k: Int, _ l: Int, _ n: Int) {
    precondition(
      k == l && rows == m && columns == n,
      "the product of \(m) × \(k) and \(l) × \(n) does not fit a result of \(rows) × \(columns)")
  }
}

// MARK: - Pointers for the witnesses, which are never nil

extension Matrix {
  @inlinable @inline(__always) func readPointer<R>(_ body: (UnsafePointer<Scalar>) -> R) -> R {
    columnMajor.readPointer(body)
  }

  @inlinable @inline(__always)
  mutating func writePointer<R>(_ body: (UnsafeMutablePointer<Scalar>) -> R) -> R {
    columnMajor.writePointer(body)
  }
}

extension Vector {
  @inlinable @inline(__always) func readPointer<R>(_ body: (UnsafePointer<Scalar>) -> R) -> R {
    withUnsafeBufferPointer {
      body($0.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Scalar>.alignment)!)
    }
  }

  @inlinable @inline(__always)
  mutating func writePointer<R>(_ body: (UnsafeMutablePointer<Scalar>) -> R) -> R {
    withUnsafeMutableBufferPointer {
      body($0.baseAddress ?? UnsafeMutablePointer(bitPattern: MemoryLayout<Scalar>.alignment)!)
    }
  }
}

/// Whether no element is NaN or infinite; it counts instead of leaving early, so that it vectorises.
@inlinable func allFinite<Scalar: LAPACKScalar>(_ x: UnsafePointer<Scalar>, count: Int) -> Bool {
  var finite = 0
  for i in 0..<count { finite += x[i].isFinite ? 1 : 0 }
  return finite == count
}

@inlinable func mirrorLower<Scalar: LAPACKScalar>(_ a: UnsafeMutablePointer<Scalar>, _ n: Int) {
  // By tiles: a strided walk over whole columns would miss the cache on every element.
  let tile = 32
  for j0 in stride(from: 0, to: n, by: tile) {
    for i0 in stride(from: j0, to: n, by: tile) {
      for j in j0..<Swift.min(j0 + tile, n) {
        for i in Swift.max(i0, j + 1)..<Swift.max(i0, j + 1, Swift.min(i0 + tile, n)) {
          a[j + i * n] = a[i + j * n]
        }
      }
    }
  }
}
