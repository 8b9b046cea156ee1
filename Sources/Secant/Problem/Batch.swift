/// Some of the terms of a finite sum: a range of an order that is shared, never copied.
public struct Batch: Sendable, Equatable, Codable {
  @usableFromInline let order: [Int]?
  @usableFromInline let range: Range<Int>

  /// Every term, in its natural order.
  public static let all = Batch(order: nil, range: 0..<0)

  @inlinable init(order: [Int]?, range: Range<Int>) {
    self.order = order
    self.range = range
  }

  /// The terms `order[range]`; a term may stand in it more than once.
  @inlinable public init(_ order: [Int], in range: Range<Int>) {
    precondition(
      order.indices.contains(range.lowerBound) && range.upperBound <= order.count,
      "the batch's range \(range) does not lie within an order of \(order.count) terms")
    self.init(order: order, range: range)
  }

  /// The terms with the given indices.
  @inlinable public init(_ terms: [Int]) {
    precondition(!terms.isEmpty, "a batch needs at least one term")
    self.init(order: terms, range: terms.indices)
  }

  /// Whether it is the whole sum.
  @inlinable public var isAll: Bool { order == nil }

  /// How many terms these are, of a sum of `termCount`.
  @inlinable public func count(of termCount: Int) -> Int { order == nil ? termCount : range.count }

  /// The index of the k-th term of the batch.
  @inlinable public subscript(k: Int) -> Int {
    guard let order else { return k }
    return order[range.lowerBound + k]
  }
}
