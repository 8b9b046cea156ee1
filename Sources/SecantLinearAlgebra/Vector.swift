/// A dense vector with value semantics over contiguous storage.
///
/// The operations that a step uses write in place and allocate nothing; a vector on the left of an in-place
/// operation must have as many elements as the ones on the right, which is a precondition. Each is one pass over
/// memory whose bits depend on the operands alone, not on the machine's instruction set or number of threads.
/// The operators `+`, `-` and `*` allocate their result and are meant for set-up and for tests.
public struct Vector<Scalar: LAPACKScalar>: Sendable, Hashable {
  @usableFromInline var storage: [Scalar]

  /// The vector of these elements; it shares the array's storage until one of the two is written.
  @inlinable public init(_ elements: [Scalar]) { storage = elements }

  /// The vector of a sequence's elements.
  @inlinable public init<S: Sequence<Scalar>>(_ elements: S) { storage = Array(elements) }

  /// The vector with `count` times the same element.
  @inlinable public init(repeating value: Scalar, count: Int) {
    // Unlike `Array(repeating:count:)` this is specialised as a whole, and takes a third of the time for a few elements.
    storage = Array(repeatElement(value, count: count))
  }

  /// A copy with storage of its own from the start: nothing that is written to it later allocates.
  @inlinable public init(copying other: Vector) {
    self.init(other.withUnsafeBufferPointer { Array($0) })
  }

  /// The vector of `count` zeros.
  @inlinable public init(zeros count: Int) { self.init(repeating: 0, count: count) }
}

extension Vector: ExpressibleByArrayLiteral, CustomStringConvertible {
  @inlinable public init(arrayLiteral elements: Scalar...) { storage = elements }
  public var description: String { "[" + storage.map { spelled($0) }.joined(separator: ", ") + "]" }
}

extension Vector: RandomAccessCollection, MutableCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { storage.count }
  /// The elements as an array, which shares the vector's storage until one of the two is written.
  @inlinable public var elements: [Scalar] { storage }
  /// The number of elements.
  @inlinable public var count: Int { storage.count }

  /// The i-th element, from 0.
  @inlinable public subscript(i: Int) -> Scalar {
    @inline(__always) get { storage[i] }
    @inline(__always) _modify { yield &storage[i] }
  }

  /// Reads the elements where they stand.
  @inlinable @inline(__always) public func withUnsafeBufferPointer<R, E: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R { try storage.withUnsafeBufferPointer(body) }

  /// Changes the elements where they stand.
  @inlinable @inline(__always) public mutating func withUnsafeMutableBufferPointer<R, E: Error>(
    _ body: (inout UnsafeMutableBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R { try storage.withUnsafeMutableBufferPointer(body) }
}

extension Vector {
  /// Whether every element has the same bits: unlike `==`, −0 differs from 0 and NaN equals itself.
  @inlinable public func isIdentical(to other: Vector) -> Bool {
    count == other.count
      && storage.withUnsafeBytes { x in
        other.storage.withUnsafeBytes { y in x.elementsEqual(y) }
      }
  }

  @inlinable @inline(__always) func checkCount(_ other: Vector) {
    precondition(
      count == other.count,
      "a vector of \(count) elements was combined with one of \(other.count): give both the same count")
  }
}

/// A number as it is printed: of a NaN nobody wants to know the sign.
package func spelled<Scalar: BinaryFloatingPoint>(_ x: Scalar) -> String { x.isNaN ? "nan" : "\(x)" }
