import Foundation
import Secant
import Testing

/// A convex quadratic ½xᵀAx whose gradient differences are exact enough to make pairs of.
private struct Pairs<S: LAPACKScalar> {
  let n: Int
  var state: UInt64 = 7

  init(_ n: Int) { self.n = n }

  mutating func vector() -> Vector<S> {
    Vector(
      (0..<n).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return S(Int64(bitPattern: state) >> 40) / S(1 << 23)
      })
  }

  /// A x for A = diag(1, …, n) + vvᵀ, v = (1, …, 1).
  func gradient(_ x: Vector<S>) -> Vector<S> { Vector((0..<n).map { S($0 + 1) * x[$0] + x.sum }) }
}

@Suite struct LimitedMemoryInverseHessianTests {
  /// H g by the BFGS formula on a dense matrix, in Double.
  func explicit<S: LAPACKScalar>(
    _ memory: LimitedMemoryInverseHessian<S>, times g: Vector<S>
  ) -> [Double] {
    let n = memory.dimension
    var H = (0..<n).map { i in (0..<n).map { $0 == i ? Double(memory.γ) : 0 } }
    for k in 0..<memory.count {
      let (s, y) = (memory.pair(k).s.map(Double.init), memory.pair(k).y.map(Double.init))
      let ρ = 1 / zip(s, y).reduce(0) { $0 + $1.0 * $1.1 }
      let Hy = H.map { row in zip(row, y).reduce(0) { $0 + $1.0 * $1.1 } }
      let yᵀHy = zip(y, Hy).reduce(0) { $0 + $1.0 * $1.1 }
      for i in 0..<n {
        for j in 0..<n {
          H[i][j] += -ρ * (s[i] * Hy[j] + Hy[i] * s[j]) + ρ * (1 + ρ * yᵀHy) * s[i] * s[j]
        }
      }
    }
    return H.map { row in zip(row, g).reduce(0) { $0 + $1.0 * Double($1.1) } }
  }

  @Test(arguments: [1, 2, 3, 5, 10, 40], [1, 2, 3, 7, 10]) func equalsExplicitUpdates(n: Int, m: Int) {
    func check<S: LAPACKScalar>(_: S.Type) {
      var f = Pairs<S>(n)
      var memory = LimitedMemoryInverseHessian<S>(dimension: n, capacity: m)
      var x = f.vector()
      // Fewer pairs than fit, as many, and more, so that the ring turns more than once.
      for k in 0..<(2 * m + 3) {
        #expect(memory.count == min(k, m))
        let g = f.vector()
        var p = Vector<S>(zeros: n)
        let slope = memory.apply(to: g, into: &p)
        let expected = explicit(memory, times: g)
        let scale = expected.map(abs).max()!
        for i in 0..<n {
          #expect(abs(Double(p[i]) + expected[i]) <= 500 * Double(S.ulpOfOne) * Double(m) * scale)
        }
        #expect(slope < 0)
        #expect(abs(slope - g.dot(p)) <= 8 * S.ulpOfOne * g.norm * p.norm)
        let next = f.vector()
        #expect({ memory.update(from: (x, f.gradient(x)), to: (next, f.gradient(next))) }())
        x = next
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(arguments: [2, 10, 100, 9000]) func satisfiesTheSecantEquation(n: Int) {
    func check<S: LAPACKScalar>(_: S.Type, tolerance: S) {
      var f = Pairs<S>(n)
      var memory = LimitedMemoryInverseHessian<S>(dimension: n, capacity: 5)
      var x = f.vector()
      for _ in 0..<8 {
        let next = f.vector()
        memory.update(from: (x, f.gradient(x)), to: (next, f.gradient(next)))
        x = next
        let (s, y) = memory.pair(memory.count - 1)
        var p = Vector<S>(zeros: n)
        memory.apply(to: y, into: &p)
        #expect((s + p).norm <= tolerance * s.norm)
      }
    }
    check(Double.self, tolerance: 1e-12)
    check(Float.self, tolerance: 2e-3)
  }

  /// Nocedal (1980): with exact line searches on a quadratic the directions are conjugate, whatever m ≥ 1 is.
  @Test(arguments: [1, 2, 5, 12]) func endsInAsManyStepsAsVariablesOnAQuadratic(m: Int) {
    let n = 8
    var f = Pairs<Double>(n)
    var memory = LimitedMemoryInverseHessian<Double>(dimension: n, capacity: m)
    var x = f.vector()
    var p = Vector<Double>(zeros: n)
    var g = f.gradient(x)
    let first = g.norm
    for k in 0..<n {
      #expect(g.norm > 1e-9 * first, "ended after \(k) steps")
      let slope = memory.apply(to: g, into: &p)
      let next = x + (-slope / p.dot(f.gradient(p))) * p
      memory.update(from: (x, g), to: (next, f.gradient(next)))
      x = next
      g = f.gradient(x)
    }
    #expect(g.norm < 1e-10 * first)
  }

  @Test func withoutPairsItIsTheIdentity() {
    var memory = LimitedMemoryInverseHessian<Double>(dimension: 3)
    var p = Vector<Double>(zeros: 3)
    let slope = memory.apply(to: [1, -2, 3], into: &p)
    #expect(slope == -14)
    #expect(p == [-1, 2, -3])
    memory.update(from: ([0, 0, 0], [0, 0, 0]), to: ([1, 1, 1], [2, 2, 2]))
    #expect(memory.γ == 0.5)
    memory.removeAll()
    memory.apply(to: [1, -2, 3], into: &p)
    #expect(p == [-1, 2, -3] && memory.count == 0)
  }

  @Test func refusesWhatHasNoCurvature() {
    func check<S: LAPACKScalar>(_: S.Type) {
      let zero = Vector<S>(zeros: 2)
      var memory = LimitedMemoryInverseHessian<S>(dimension: 2, capacity: 1)
      #expect({ memory.update(from: (zero, zero), to: ([1, 0], [2, 0])) }())
      let before = memory
      for (s, y): (Vector<S>, Vector<S>) in [
        ([1, 0], [-1, 0]), ([1, 0], [0, 1]), ([0, 0], [0, 0]), ([1, 0], [.nan, 0]),
        ([1, 0], [.infinity, 0]),
        ([.infinity, 0], [1, 0]), ([1, 0], [S.ulpOfOne / 2, 1]),
        ([1, 0], [.greatestFiniteMagnitude, .greatestFiniteMagnitude]),
      ] {
        #expect(!{ memory.update(from: (zero, zero), to: (s, y)) }())
        #expect(memory == before)
        var p = zero
        memory.apply(to: [4, 3], into: &p)
        #expect(p == [-2, -1.5])
      }
      // The test is relative: the same pair at any scale.
      for scale: S in [1e-12, 1, 1e12] {
        #expect({ memory.update(from: (zero, zero), to: ([scale, 0], [scale, scale])) }())
        #expect(!{ memory.update(from: (zero, zero), to: ([scale, 0], [-scale, scale])) }())
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func survivesEncodingBitForBit() throws {
    func check<S: LAPACKScalar>(_: S.Type) throws {
      var f = Pairs<S>(6)
      var memory = LimitedMemoryInverseHessian<S>(dimension: 6, capacity: 3)
      var x = f.vector()
      for _ in 0..<5 {
        let next = f.vector()
        memory.update(from: (x, f.gradient(x)), to: (next, f.gradient(next)))
        x = next
        var copy = try JSONDecoder().decode(
          LimitedMemoryInverseHessian<S>.self, from: JSONEncoder().encode(memory))
        #expect(copy == memory)
        // Equal now and after whatever comes.
        let g = f.vector()
        let other = f.vector()
        var p = g
        var q = g
        memory.apply(to: g, into: &p)
        copy.apply(to: g, into: &q)
        #expect(p.isIdentical(to: q))
        var continued = memory
        continued.update(from: (x, f.gradient(x)), to: (other, f.gradient(other)))
        #expect(copy != continued)
        copy.update(from: (x, f.gradient(x)), to: (other, f.gradient(other)))
        #expect(copy == continued)
      }
    }
    try check(Double.self)
    try check(Float.self)
    let malformed =
      #"{"dimension":2,"capacity":1,"curvatureTolerance":0,"gamma":1,"reciprocals":[1],"pairs":[1]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(LimitedMemoryInverseHessian<Double>.self, from: Data(malformed.utf8))
    }
  }
}
