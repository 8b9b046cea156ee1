/// A dense vector with value semantics over contiguous storage.
///
/// The operations that a step uses write in place and allocate nothing; a vector on the left of an in-place
/// operation must have as many elements as the ones on the right, which is a precondition.
public struct Vector<Scalar: LAPACKScalar>: Sendable, Hashable {
  @usableFromInline var storage: [Scalar]

  @inlinable public init(_ elements: [Scalar]) { storage = elements }

  @inlinable public init<S: Sequence<Scalar>>(_ elements: S) { storage = Array(elements) }

  @inlinable public init(repeating value: Scalar, count: Int) {
    storage = Array(repeating: value, count: count)
  }

  @inlinable public init(zeros count: Int) { self.init(repeating: 0, count: count) }
}

extension Vector: ExpressibleByArrayLiteral, CustomStringConvertible {
  @inlinable public init(arrayLiteral elements: Scalar...) { storage = elements }
  public var description: String { storage.description }
}

extension Vector: RandomAccessCollection, MutableCollection {
  @inlinable public var startIndex: Int { 0 }
  @inlinable public var endIndex: Int { storage.count }
  @inlinable public var count: Int { storage.count }

  @inlinable public subscript(i: Int) -> Scalar {
    @inline(__always) get { storage[i] }
    @inline(__always) _modify { yield &storage[i] }
  }

  @inlinable public func withUnsafeBufferPointer<R, E: Error>(
    _ body: (UnsafeBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R { try storage.withUnsafeBufferPointer(body) }

  @inlinable public mutating func withUnsafeMutableBufferPointer<R, E: Error>(
    _ body: (inout UnsafeMutableBufferPointer<Scalar>) throws(E) -> R
  ) throws(E) -> R { try storage.withUnsafeMutableBufferPointer(body) }
}

// MARK: - Reductions

extension Vector {
  /// xᵀy.
  @inlinable public func dot(_ other: Vector) -> Scalar {
    checkCount(other)
    return storage.withUnsafeBufferPointer { x in
      other.storage.withUnsafeBufferPointer { y in
        x.isEmpty ? 0 : Scalar._dot(x.count, x.baseAddress!, y.baseAddress!)
      }
    }
  }

  /// ‖x‖₂.
  @inlinable public var norm: Scalar { dot(self).squareRoot() }

  /// ‖x‖∞, which is NaN when an element is NaN.
  @inlinable public var largestMagnitude: Scalar {
    var result: Scalar = 0
    for x in storage {
      if x.isNaN { return x }
      result = Swift.max(result, abs(x))
    }
    return result
  }

  @inlinable @inline(__always) func checkCount(_ other: Vector) {
    precondition(
      count == other.count, "a vector of \(count) elements was combined with one of \(other.count)")
  }
}

// MARK: - In-place operations, which allocate nothing

extension Vector {
  /// x ← a in every element.
  @inlinable public mutating func fill(with a: Scalar) { for i in indices { storage[i] = a } }

  /// x ← y, into the storage that x already has.
  @inlinable public mutating func copy(_ other: Vector) {
    checkCount(other)
    for i in indices { storage[i] = other.storage[i] }
  }

  /// x ← a x.
  @inlinable public mutating func scale(by a: Scalar) { for i in indices { storage[i] *= a } }

  /// x ← x + a y.
  @inlinable public mutating func add(_ y: Vector, times a: Scalar = 1) {
    checkCount(y)
    for i in indices { storage[i] += a * y.storage[i] }
  }

  /// x ← y + a d.
  @inlinable public mutating func set(_ y: Vector, plus a: Scalar, times d: Vector) {
    checkCount(y)
    checkCount(d)
    for i in indices { storage[i] = y.storage[i] + a * d.storage[i] }
  }
}
