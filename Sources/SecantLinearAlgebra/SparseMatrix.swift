/// A sparse matrix in compressed columns, with value semantics.
///
/// A *symmetric* matrix stores both triangles. What a step uses writes in place and allocates nothing; a wrong dimension
/// is a precondition.
///
/// - **Memory**: a number and an index for every stored element, and an index for every column.
/// - **Work**: 2 flops for every stored element in a product.
public struct SparseMatrix<Scalar: LAPACKScalar>: Sendable, Hashable, Codable {
  /// Which elements are stored.
  public let pattern: SparsityPattern
  @usableFromInline var stored: Vector<Scalar>

  /// The matrix with these stored elements, column after column.
  @inlinable public init(_ pattern: SparsityPattern, elements: Vector<Scalar>) {
    precondition(
      elements.count == pattern.count, "a pattern of \(pattern.count) elements cannot hold \(elements.count)")
    self.pattern = pattern
    stored = elements
  }

  /// The matrix whose stored elements all are zero.
  @inlinable public init(zeros pattern: SparsityPattern) {
    self.init(pattern, elements: Vector(zeros: pattern.count))
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let pattern = try container.decode(SparsityPattern.self, forKey: .pattern)
    let stored = try container.decode(Vector<Scalar>.self, forKey: .stored)
    guard stored.count == pattern.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .stored, in: container,
        debugDescription: "\(stored.count) elements in a pattern of \(pattern.count)")
    }
    self.init(pattern, elements: stored)
  }

  /// The number of rows.
  @inlinable public var rows: Int { pattern.rows }
  /// The number of columns.
  @inlinable public var columns: Int { pattern.columns }

  /// The stored elements, column after column.
  @inlinable public var elements: Vector<Scalar> {
    @inline(__always) get { stored }
    @inline(__always) _modify {
      defer { precondition(stored.count == pattern.count, "a matrix keeps its \(pattern.count) elements") }
      yield &stored
    }
  }

  /// The element in row i and column j, both from 0: zero where none is stored.
  @inlinable public subscript(i: Int, j: Int) -> Scalar {
    precondition(
      i >= 0 && i < rows && j >= 0 && j < columns,
      "[\(i), \(j)] lies outside a matrix of \(rows) × \(columns)")
    return pattern.position(i, j).map { stored[$0] } ?? 0
  }

  /// Whether no stored element is NaN or infinite.
  @inlinable public var isFinite: Bool { stored.isFinite }

  /// y ← A x, or Aᵀ x.
  ///
  /// - Parameters:
  ///   - x: the vector that is multiplied.
  ///   - y: where the product goes; its old content does not matter.
  ///   - transposed: whether Aᵀ stands in the place of A.
  @inlinable public func multiply(
    _ x: Vector<Scalar>, into y: inout Vector<Scalar>, transposed: Bool = false
  ) {
    precondition(
      x.count == (transposed ? rows : columns) && y.count == (transposed ? columns : rows),
      "a matrix of \(rows) × \(columns)\(transposed ? ", transposed," : "") was combined with vectors of \(x.count) and \(y.count) elements"
    )
    pattern.starts.withUnsafeBufferPointer { starts in
      pattern.rowIndices.withUnsafeBufferPointer { rowIndices in
        stored.withUnsafeBufferPointer { a in
          x.withUnsafeBufferPointer { x in
            y.withUnsafeMutableBufferPointer { y in
              if transposed {
                for j in 0..<y.count {
                  var sum: Scalar = 0
                  for p in starts[j]..<starts[j + 1] { sum += a[p] * x[rowIndices[p]] }
                  y[j] = sum
                }
              } else {
                for i in 0..<y.count { y[i] = 0 }
                for j in 0..<x.count {
                  for p in starts[j]..<starts[j + 1] { y[rowIndices[p]] += a[p] * x[j] }
                }
              }
            }
          }
        }
      }
    }
  }
}

extension SparseMatrix: CustomStringConvertible {
  /// The shape, and one line a row that stores anything: `[i, j]` before each of its elements.
  public var description: String {
    var lines = Array(repeating: "", count: rows)
    for (p, (i, j)) in pattern.places.enumerated() {
      lines[i] += (lines[i].isEmpty ? "" : "  ") + "[\(i), \(j)] \(spelled(stored[p]))"
    }
    let shape = "\(rows) × \(columns), \(pattern.count) stored"
    return ([shape] + lines.filter { !$0.isEmpty }).joined(separator: "\n")
  }
}

extension Matrix {
  /// The dense matrix with the elements of a sparse one.
  @inlinable public init(_ sparse: SparseMatrix<Scalar>) {
    self.init(zeros: sparse.rows, sparse.columns)
    for (p, (i, j)) in sparse.pattern.places.enumerated() { self[i, j] = sparse.elements[p] }
  }
}
