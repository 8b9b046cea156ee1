/// A number of rows and of columns: what a matrix has, and what a workspace is allocated for.
public struct MatrixShape: Hashable, Sendable, Codable {
  /// The number of rows, at least 0.
  public let rows: Int
  /// The number of columns, at least 0.
  public let columns: Int

  @inlinable public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) rows and \(columns) columns")
    self.rows = rows
    self.columns = columns
  }

  @inlinable public init(square n: Int) { self.init(rows: n, columns: n) }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let (rows, columns) = (try container.decode(Int.self), try container.decode(Int.self))
    guard rows >= 0, columns >= 0 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\(rows) × \(columns) is no shape of a matrix")
    }
    self.init(rows: rows, columns: columns)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(rows)
    try container.encode(columns)
  }
}

/// Buffers that are allocated once and whose contents carry nothing from one step to the next.
///
/// Two workspaces of the same shape are therefore equal, and one is encoded as its shape alone.
public protocol Workspace: Sendable, Codable, Equatable {
  /// What determines the buffers, such as a dimension.
  associatedtype Shape: Sendable & Codable & Equatable
  /// What it was allocated for.
  var shape: Shape { get }
  /// Allocates the buffers.
  init(shape: Shape)
}

extension Workspace {
  public static func == (a: Self, b: Self) -> Bool { a.shape == b.shape }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(shape)
  }

  public init(from decoder: any Decoder) throws {
    self.init(shape: try decoder.singleValueContainer().decode(Shape.self))
  }
}

extension Workspace where Shape == Int {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let count = try container.decode(Int.self)
    guard count >= 0 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a workspace for \(count) elements: the size is at least 0")
    }
    self.init(shape: count)
  }
}

/// The length of a work array that LAPACK's query answered with, which a `Float` may have rounded down.
@inlinable func workCount<Scalar: LAPACKScalar>(_ answers: Scalar...) -> Int {
  answers.reduce(1) { Swift.max($0, Int($1.nextUp.rounded(.up))) }
}

/// What a query passes for the arrays that it does not touch.
@inlinable func untouched<Scalar: LAPACKScalar>(_: Scalar.Type = Scalar.self) -> UnsafeMutablePointer<Scalar>
{
  UnsafeMutablePointer(bitPattern: MemoryLayout<Scalar>.alignment)!
}
