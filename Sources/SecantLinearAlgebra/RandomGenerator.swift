import RealModule

/// A counter-based random generator: the same seed, stream and position give the same bits everywhere.
///
/// The i-th word is a function of (seed, stream, i) alone: Philox4x32 with ten rounds, the seed its key, the
/// stream and the position its counter. Streams of one seed are independent, and `position` may be set.
///
/// - **Memory**: four words; a copy continues the same sequence.
/// - **Work per step**: ten rounds of two multiplications give two 64-bit words.
/// - **Guarantees**: words, uniforms, signs, integers and permutations are the same bits on every machine;
///   normals are so as far as the machine's `log`, `cos` and `sin` agree in the last place.
/// - **Reference**: Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC 2011.
public struct RandomGenerator: RandomNumberGenerator, Sendable {
  /// The key of the bijection: another seed is another sequence.
  public let seed: UInt64
  /// Which of the independent sequences of a seed this is.
  public let stream: UInt64

  /// How many words have been drawn, or are to be skipped.
  public var position: UInt64 {
    @inlinable get { drawn }
    set {
      drawn = newValue
      if !drawn.isMultiple(of: 2) { spare = block(drawn / 2).1 }
    }
  }

  @usableFromInline var drawn: UInt64 = 0
  /// The second word of the current block, of which an odd position has drawn the first.
  @usableFromInline var spare: UInt64 = 0

  public init(seed: UInt64, stream: UInt64 = 0, position: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    self.position = position
  }

  /// The next word: 64 independent bits.
  @inlinable public mutating func next() -> UInt64 {
    defer { drawn &+= 1 }
    guard drawn.isMultiple(of: 2) else { return spare }
    let (first, second) = block(drawn / 2)
    spare = second
    return first
  }

  @inlinable func block(_ index: UInt64) -> (UInt64, UInt64) {
    let x = philox4x32(
      counter: SIMD4(index.low, index.high, stream.low, stream.high), key: SIMD2(seed.low, seed.high))
    return (UInt64(x[0]) | UInt64(x[1]) << 32, UInt64(x[2]) | UInt64(x[3]) << 32)
  }
}

/// The bijection of Philox4x32-10 on counters, for one key.
@inlinable package func philox4x32(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
  var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
  var (k0, k1) = (key[0], key[1])
  for _ in 0..<10 {
    let p0 = UInt64(0xD251_1F53) * UInt64(c0)
    let p1 = UInt64(0xCD9E_8D57) * UInt64(c2)
    (c0, c1, c2, c3) = (p1.high ^ c1 ^ k0, p1.low, p0.high ^ c3 ^ k1, p0.low)
    // The golden ratio and √3 − 1, as 32-bit fractions.
    k0 &+= 0x9E37_79B9
    k1 &+= 0xBB67_AE85
  }
  return SIMD4(c0, c1, c2, c3)
}

extension UInt64 {
  @inlinable @inline(__always) var low: UInt32 { UInt32(truncatingIfNeeded: self) }
  @inlinable @inline(__always) var high: UInt32 { UInt32(truncatingIfNeeded: self >> 32) }
}

extension RandomGenerator: Hashable, Codable {
  private enum CodingKeys: CodingKey { case seed, stream, position }

  public static func == (a: Self, b: Self) -> Bool {
    a.seed == b.seed && a.stream == b.stream && a.position == b.position
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(seed)
    hasher.combine(stream)
    hasher.combine(position)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seed, forKey: .seed)
    try container.encode(stream, forKey: .stream)
    try container.encode(position, forKey: .position)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      seed: try container.decode(UInt64.self, forKey: .seed),
      stream: try container.decode(UInt64.self, forKey: .stream),
      position: try container.decode(UInt64.self, forKey: .position))
  }
}

// MARK: - Distributions

extension RandomGenerator {
  /// Uniform in [0, 1), a multiple of half of `ulpOfOne`: one word.
  @inlinable public mutating func uniform<Scalar: LAPACKScalar>(_: Scalar.Type = Scalar.self) -> Scalar {
    Scalar(next() >> UInt64(63 - Scalar.significandBitCount)) * (Scalar.ulpOfOne / 2)
  }

  /// Standard normal: two words.
  @inlinable public mutating func normal<Scalar: LAPACKScalar>(_: Scalar.Type = Scalar.self) -> Scalar {
    Scalar(normalPair().0)
  }

  /// Two independent standard normals by Box and Muller's transform, in double precision.
  @inlinable mutating func normalPair() -> (Double, Double) {
    let radius = (-2 * Double.log(1 - uniform(Double.self))).squareRoot()
    let angle = 2 * Double.pi * uniform(Double.self)
    return (radius * Double.cos(angle), radius * Double.sin(angle))
  }

  /// Uniform in 0..<`bound`, without bias.
  @inlinable public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "there is no integer below \(bound) to draw: the bound must be positive")
    // Lemire's multiplication: the low half says whether the draw falls into the biased remainder.
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let remainder = (0 &- bound) % bound
      while product.low < remainder { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// Fills x with uniforms in [0, 1).
  @inlinable public mutating func fillUniform<Scalar: LAPACKScalar>(_ x: inout Vector<Scalar>) {
    x.withUnsafeMutableBufferPointer { for i in $0.indices { $0[i] = uniform() } }
  }

  /// Fills x with standard normals: one word an element, rounded up to an even number.
  @inlinable public mutating func fillNormal<Scalar: LAPACKScalar>(_ x: inout Vector<Scalar>) {
    x.withUnsafeMutableBufferPointer { x in
      for i in stride(from: 0, to: x.count, by: 2) {
        let (first, second) = normalPair()
        x[i] = Scalar(first)
        if i + 1 < x.count { x[i + 1] = Scalar(second) }
      }
    }
  }

  /// Fills x with signs, −1 and 1 equally likely: one word for 64 elements.
  @inlinable public mutating func fillRademacher<Scalar: LAPACKScalar>(_ x: inout Vector<Scalar>) {
    x.withUnsafeMutableBufferPointer { x in
      for start in stride(from: 0, to: x.count, by: 64) {
        var bits = next()
        for i in start..<Swift.min(start + 64, x.count) {
          x[i] = Scalar(1 - Int32(truncatingIfNeeded: bits & 1) * 2)  // a branch would be mispredicted
          bits >>= 1
        }
      }
    }
  }

  /// Puts the elements into a uniformly random order, by Fisher and Yates's exchanges.
  ///
  /// It stands here beside the standard library's `shuffle(using:)` because that one may change its order of
  /// draws with the library's version, and a seed must give the same order for ever.
  @inlinable public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for i in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(i, integer(below: i + 1))
    }
  }

  /// 0..<`count` in a uniformly random order.
  @inlinable public mutating func permutation(_ count: Int) -> [Int] {
    var result = Array(0..<count)
    shuffle(&result)
    return result
  }
}
