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
      !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= order.count,
      "the batch's range \(range) is empty or not within 0..<\(order.count): give a range of at least one term"
    )
    self.init(order: order, range: range)
  }

  /// The terms with the given indices.
  @inlinable public init(_ terms: [Int]) {
    precondition(!terms.isEmpty, "a batch needs at least one term")
    self.init(order: terms, range: terms.indices)
  }

  /// The terms at these places of the batch.
  package func part(_ places: Range<Int>) -> Batch {
    guard let order else { return Batch(Array(places)) }
    return Batch(order, in: (range.lowerBound + places.lowerBound)..<(range.lowerBound + places.upperBound))
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

extension Batch {
  @usableFromInline enum CodingKeys: CodingKey { case order, range }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    order = try container.decodeIfPresent([Int].self, forKey: .order)
    range = try container.decode(Range<Int>.self, forKey: .range)
    let isBatch =
      if let order {
        !range.isEmpty && range.lowerBound >= 0 && range.upperBound <= order.count
          && order.allSatisfy { $0 >= 0 }
      } else { range == 0..<0 }
    guard isBatch else {
      throw DecodingError.dataCorruptedError(
        forKey: .range, in: container,
        debugDescription: "\(range) of \(order?.count ?? 0) terms is no batch: it needs a range of its terms")
    }
  }
}
