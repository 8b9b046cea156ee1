import Foundation
import SecantLinearAlgebra
import Testing

@Suite struct RandomGeneratorTests {
  /// Random123's published known answers for Philox4x32-10.
  @Test func knownAnswers() {
    #expect(
      philox4x32(counter: [0, 0, 0, 0], key: [0, 0]) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    let ones = UInt32.max
    #expect(
      philox4x32(counter: [ones, ones, ones, ones], key: [ones, ones])
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      philox4x32(
        counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  /// The first of these through the generator.
  @Test func wordsAreTheKnownAnswers() {
    var zero = RandomGenerator(seed: 0)
    #expect(zero.next() == 0xe169_c58d_6627_e8d5)
    #expect(zero.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  @Test func positionIsAddressable() {
    var whole = RandomGenerator(seed: 42, stream: 3)
    let words = (0..<20).map { _ in whole.next() }
    #expect(Set(words).count == 20)
    for start in 0..<20 {
      var part = RandomGenerator(seed: 42, stream: 3, position: UInt64(start))
      #expect((start..<20).map { _ in part.next() } == Array(words[start...]))
      #expect(part == whole)
    }
    whole.position = 7
    #expect(whole.next() == words[7])
  }

  @Test func seedsAndStreamsDiffer() {
    var (a, b, c) = (RandomGenerator(seed: 1), RandomGenerator(seed: 2), RandomGenerator(seed: 1, stream: 1))
    let (x, y, z) = (a.next(), b.next(), c.next())
    #expect(x != y && x != z && y != z)
  }

  @Test func resumesFromItsEncoding() throws {
    for drawn in 0..<3 {
      var generator = RandomGenerator(seed: .max, stream: 5)
      for _ in 0..<drawn { _ = generator.next() }
      var decoded = try roundTrip(generator)
      #expect(decoded == generator)
      #expect(decoded.next() == generator.next())
      #expect(decoded.next() == generator.next())
    }
  }

  @Test func uniforms() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      var generator = RandomGenerator(seed: 9)
      let n = 100_000
      var x = Vector<Scalar>(zeros: n)
      generator.fillUniform(&x)
      #expect(x.allSatisfy { $0 >= 0 && $0 < 1 })
      // Within five standard deviations of the mean and of the mean square.
      let mean = x.reduce(0.0) { $0 + Double($1) } / Double(n)
      let square = x.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(n)
      #expect(abs(mean - 1 / 2.0) < 5 * (1 / 12.0 / Double(n)).squareRoot())
      #expect(abs(square - 1 / 3.0) < 5 * (4 / 45.0 / Double(n)).squareRoot())
      // Every bit of the significand is used.
      #expect(x.contains { ($0 / (Scalar.ulpOfOne / 2)).truncatingRemainder(dividingBy: 2) == 1 })
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func normals() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      var generator = RandomGenerator(seed: 10)
      let n = 100_001
      var x = Vector<Scalar>(zeros: n)
      generator.fillNormal(&x)
      #expect(generator.position == 100_002)
      #expect(x.allSatisfy { $0.isFinite })
      for (power, moment, variance) in [(1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
        let mean = x.reduce(0.0) { $0 + pow(Double($1), Double(power)) } / Double(n)
        #expect(abs(mean - moment) < 5 * (variance / Double(n)).squareRoot())
      }
      // Neighbours, which come from one pair, are uncorrelated.
      let lag = (1..<n).reduce(0.0) { $0 + Double(x[$1]) * Double(x[$1 - 1]) } / Double(n)
      #expect(abs(lag) < 5 / Double(n).squareRoot())
      var single = RandomGenerator(seed: 10)
      #expect(single.normal(Scalar.self) == x[0])
    }
    check(Double.self)
    check(Float.self)
  }

  /// Signs must be ±1, balanced, and uncorrelated between neighbours: popular code fails each of these.
  @Test func signs() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      var generator = RandomGenerator(seed: 11)
      let n = 100_000
      var x = Vector<Scalar>(zeros: n)
      generator.fillRademacher(&x)
      #expect(x.allSatisfy { $0 == 1 || $0 == -1 })
      let σ = Double(n).squareRoot()
      #expect(abs(x.reduce(0.0) { $0 + Double($1) }) < 5 * σ)
      #expect(abs((1..<n).reduce(0.0) { $0 + Double(x[$1] * x[$1 - 1]) }) < 5 * σ)
      #expect(generator.position == UInt64((n + 63) / 64))
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func integersBelowABound() {
    var generator = RandomGenerator(seed: 12)
    var counts = Array(repeating: 0, count: 7)
    let n = 70_000
    for _ in 0..<n { counts[generator.integer(below: 7)] += 1 }
    // χ² with six degrees of freedom exceeds 27.9 once in 10⁴.
    let χ² = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(χ² < 27.9)
    #expect(generator.integer(below: 1) == 0)
    // A bound of 3·2⁶¹ rejects a quarter of the words: without that, residues mod 3 come as 3 : 3 : 2.
    var residues = [0, 0, 0]
    for _ in 0..<30_000 { residues[generator.integer(below: 3 << 61) % 3] += 1 }
    for count in residues { #expect(abs(count - 10_000) < 5 * 82) }
  }

  @Test func permutations() {
    var generator = RandomGenerator(seed: 13)
    #expect(generator.permutation(100).sorted() == Array(0..<100))
    #expect(generator.permutation(0).isEmpty)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[generator.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    // χ² with 23 degrees of freedom exceeds 58.6 once in 10⁴… of 16,000.
    let χ² = counts.values.reduce(0.0) { $0 + Double(($1 - 1_000) * ($1 - 1_000)) / 1_000 }
    #expect(χ² < 58.6)
  }
}
