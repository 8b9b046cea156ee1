import Foundation
import SecantLinearAlgebra
import Testing

@Suite struct VectorCodableTests {
  func roundTrip<S: LAPACKScalar>(_ x: Vector<S>) throws -> Vector<S> {
    try JSONDecoder().decode(Vector<S>.self, from: JSONEncoder().encode(x))
  }

  @Test func everyBitSurvivesJSON() throws {
    func check<S: LAPACKScalar>(_: S.Type) throws {
      let finite: [S] = [
        0, -0.0, 1, -1.5, 0.1, 1 / 3, .pi, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
        .leastNormalMagnitude,
        S.leastNormalMagnitude.nextDown, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .ulpOfOne,
        16_777_217,
        1e15, 1e16, 1e17, 123_456_789,
      ]
      let other: [S] = [
        .infinity, -.infinity, .nan, -.nan, .signalingNaN,
        S(sign: .minus, exponentBitPattern: S.nan.exponentBitPattern, significandBitPattern: 12345),
      ]
      for x in finite + other { #expect(try roundTrip([x]).isIdentical(to: [x]), "\(x)") }
      #expect(try roundTrip(Vector(finite)).isIdentical(to: Vector(finite)))
      #expect(try roundTrip(Vector(finite + other)).isIdentical(to: Vector(finite + other)))
      #expect(try roundTrip(Vector<S>([])).isEmpty)
      // Any bits at all.
      var bits: UInt64 = 1
      let arbitrary = Vector<S>(
        (0..<2000).map { _ in
          bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return S(
            sign: bits & 1 == 0 ? .plus : .minus,
            exponentBitPattern: S.RawExponent(truncatingIfNeeded: bits >> 20) & S.infinity.exponentBitPattern,
            significandBitPattern: S.RawSignificand(bits >> (64 - UInt64(S.significandBitCount))))
        })
      #expect(try roundTrip(arbitrary).isIdentical(to: arbitrary))
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func numbersStandAsNumbers() throws {
    let text = String(
      decoding: try JSONEncoder().encode(Vector<Double>([1.5, .infinity, -.nan])), as: UTF8.self)
    #expect(text == #"[1.5,"inf","-nan(0x8000000000000)"]"#)
  }

  @Test(arguments: [
    #"["infinite"]"#, #"["nan(0x0)"]"#, #"["nan(0x10000000000000)"]"#, #"["nan(0xzz)"]"#, "[null]", "3",
  ])
  func whatIsNoNumberIsRefused(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Vector<Double>.self, from: Data(text.utf8))
    }
  }
}

@Suite struct ScratchTests {
  @Test func onlyTheSizeCounts() throws {
    var a = Scratch<Double>(3)
    a.vector[1] = .nan
    #expect(a == Scratch(3))
    #expect(a != Scratch(4))
    let data = try JSONEncoder().encode([a])
    #expect(String(decoding: data, as: UTF8.self) == "[3]")
    #expect(try JSONDecoder().decode([Scratch<Double>].self, from: data) == [a])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Scratch<Double>].self, from: Data("[-1]".utf8))
    }
  }
}
