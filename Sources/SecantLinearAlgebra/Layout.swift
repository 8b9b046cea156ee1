/// Named matrix and vector blocks over one flat vector, in the order in which they were declared.
///
/// ```swift
/// let layout = Layout()
///   .matrix("layer1.weight", rows: 64, columns: 30, role: .hidden)
///   .vector("layer1.bias", count: 64, role: .bias)
/// ```
///
/// Which block is a matrix, and what it is for, is declared here and never guessed from a shape or a name.
/// A matrix lies in its block column after column.
public struct Layout: Hashable, Sendable {
  /// The blocks, in the order in which they stand in the vector.
  public private(set) var blocks: [Block] = []

  /// The length of the flat vector.
  public private(set) var count = 0

  /// What a block does in its model, which decides how a solver may treat it.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case hidden, embedding, head, bias, normalisation, other
  }

  /// Whether a block is a vector or a matrix, and how large.
  public enum Shape: Hashable, Sendable, Codable {
    case vector(count: Int)
    case matrix(rows: Int, columns: Int)

    /// The number of elements.
    public var count: Int {
      switch self {
      case .vector(let count): count
      case .matrix(let rows, let columns): rows * columns
      }
    }
  }

  /// A part of the vector, with its name, its role and its place.
  public struct Block: Hashable, Sendable, Codable {
    /// What it is called; no two blocks of a layout share a name.
    public let name: String
    /// What it does in its model.
    public let role: Role
    /// Whether it is a vector or a matrix, and how large.
    public let shape: Shape
    /// Where it begins in the vector, from 0.
    public let offset: Int

    /// The number of elements.
    public var count: Int { shape.count }
    /// Where it stands in the vector.
    public var range: Range<Int> { offset..<(offset + count) }

    /// The shape of a matrix block, or nil.
    public var matrixShape: MatrixShape? {
      guard case .matrix(let rows, let columns) = shape else { return nil }
      return MatrixShape(rows: rows, columns: columns)
    }
  }

  public init() {}

  /// This layout with a matrix block behind the others.
  public consuming func matrix(_ name: String, rows: Int, columns: Int, role: Role) -> Layout {
    append(name, .matrix(rows: rows, columns: columns), role)
    return self
  }

  /// This layout with a vector block behind the others.
  public consuming func vector(_ name: String, count: Int, role: Role) -> Layout {
    append(name, .vector(count: count), role)
    return self
  }

  private mutating func append(_ name: String, _ shape: Shape, _ role: Role) {
    if let complaint = complaint(adding: name, shape) { preconditionFailure(complaint) }
    blocks.append(Block(name: name, role: role, shape: shape, offset: count))
    count += shape.count
  }

  /// Why a block of this name and shape cannot stand in this layout, or nil when it can.
  public func complaint(adding name: String, _ shape: Shape) -> String? {
    if name.isEmpty { return "a block has no name: give it one" }
    if self[name] != nil { return "two blocks are named \"\(name)\": rename one" }
    let (sides, text): ([Int], String) =
      switch shape {
      case .vector(let count): ([count], "\(count) elements")
      case .matrix(let rows, let columns): ([rows, columns], "\(rows) × \(columns) elements")
      }
    if sides.contains(where: { $0 < 1 }) {
      return "block \"\(name)\" has \(text): every side must be at least 1"
    }
    let size = sides.dropFirst().reduce((sides[0], false)) { product, side in
      let (next, overflow) = product.0.multipliedReportingOverflow(by: side)
      return (next, overflow || product.1)
    }
    let overflow = size.1 || count.addingReportingOverflow(size.0).overflow
    return overflow ? "block \"\(name)\" has \(text): more than a vector can hold" : nil
  }

  /// The block of this name, or nil.
  public subscript(name: String) -> Block? { blocks.first { $0.name == name } }
}

extension Layout: Codable {
  private struct Entry: Codable {
    var name: String
    var role: Role
    var shape: Shape
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for block in blocks {
      try container.encode(Entry(name: block.name, role: block.role, shape: block.shape))
    }
  }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    while !container.isAtEnd {
      let entry = try container.decode(Entry.self)
      if let complaint = complaint(adding: entry.name, entry.shape) {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: complaint)
      }
      append(entry.name, entry.shape, entry.role)
    }
  }
}

// MARK: - A block of a vector, without copying

extension Vector {
  /// Reads the elements of a block where they stand.
  @inlinable public func withBlock<R, E: Error>(
    _ block: Layout.Block, _ body: (UnsafeBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R {
    check(block)
    return try withUnsafeBufferPointer { x throws(E) in
      try body(UnsafeBufferPointer(rebasing: x[block.range]))
    }
  }

  /// Changes the elements of a block where they stand.
  @inlinable public mutating func withMutableBlock<R, E: Error>(
    _ block: Layout.Block, _ body: (UnsafeMutableBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R {
    check(block)
    return try withUnsafeMutableBufferPointer { x throws(E) in
      try body(UnsafeMutableBufferPointer(rebasing: x[block.range]))
    }
  }

  @inlinable @inline(__always) func check(_ block: Layout.Block) {
    precondition(
      block.range.upperBound <= count,
      "block \"\(block.name)\" ends at \(block.range.upperBound) in a vector of \(count) elements: use the layout of this vector"
    )
  }
}

extension Matrix {
  /// A copy of a matrix block.
  @inlinable public init(_ block: Layout.Block, of vector: Vector<Scalar>) {
    guard let shape = block.matrixShape else {
      preconditionFailure("block \"\(block.name)\" is a vector: declare it as a matrix to use it as one")
    }
    self.init(zeros: shape.rows, shape.columns)
    vector.withBlock(block) { x in writePointer { $0.update(from: x.baseAddress!, count: x.count) } }
  }
}
