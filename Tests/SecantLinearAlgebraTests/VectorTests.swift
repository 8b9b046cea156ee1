import Foundation
import SecantLinearAlgebra
import Testing

/// Numbers without a pattern that a kernel could be right on by accident: an LCG, exact in both scalars' ranges.
func numbers<S: LAPACKScalar>(_ n: Int, seed: UInt64 = 1, _: S.Type = S.self) -> Vector<S> {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  return Vector(
    (0..<n).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return S(Int64(bitPattern: state) >> 40) / S(1 << 22)
    })
}

@Suite struct VectorTests {
  // Around each boundary: the inline path, a register, four registers, a chunk.
  static let sizes = [
    0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 129, 1000, 8192, 8193, 20_000,
  ]

  @Test func itIsPrintedAsAnArrayAndNoNaNHasASign() {
    #expect("\(Vector<Double>([1, -0.5]))" == "\([1, -0.5])" && "\(Vector<Float>([]))" == "[]")
    #expect("\(Vector([-Double.nan, .nan, -.infinity]))" == "[nan, nan, -inf]")
  }

  @Test func dotOfTwo() {
    #expect(Vector<Double>([1, 2]).dot([3, 4]) == 11)
    #expect(Vector<Float>([1, 2]).dot([3, 4]) == 11)
  }

  @Test(arguments: sizes) func elementwiseOperationsRoundAsTheFormulaDoes(n: Int) {
    func check<S: LAPACKScalar>(_: S.Type) {
      let x: Vector<S> = numbers(n, seed: 1)
      let y: Vector<S> = numbers(n, seed: 2)
      let z: Vector<S> = numbers(n, seed: 3)
      let a: S = 0.7
      let b: S = -1.3
      func expect(
        _ formula: (Int) -> S, _ comment: Comment, _ operation: (inout Vector<S>) -> Void
      ) {
        var r = x
        operation(&r)
        #expect(r.isIdentical(to: Vector((0..<n).map(formula))), comment)
      }
      expect({ _ in a }, "fill") { $0.fill(with: a) }
      expect({ y[$0] }, "copy") { $0.copy(y) }
      expect({ a * x[$0] }, "scale") { $0.scale(by: a) }
      expect({ -x[$0] }, "negate") { $0.negate() }
      expect({ x[$0] + a * y[$0] }, "add") { $0.add(y, times: a) }
      expect({ a * x[$0] + b * y[$0] }, "scale and add") { $0.scale(by: a, adding: y, times: b) }
      expect({ a * y[$0] }, "scaled") { $0.set(y, times: a) }
      expect({ y[$0] + a * z[$0] }, "step") { $0.set(y, plus: a, times: z) }
      expect({ y[$0] - z[$0] }, "minus") { $0.set(y, minus: z) }
      expect({ a * y[$0] + b * z[$0] }, "combination") { $0.set(y, times: a, plus: z, times: b) }
      expect({ x[$0] * y[$0] }, "multiply") { $0.multiply(by: y) }
      expect({ x[$0] / (y[$0] + 9) }, "divide") { r in
        r.divide(by: Vector(y.map { $0 + 9 }))
      }
      expect({ y[$0] * z[$0] }, "product") { $0.set(y, multipliedBy: z) }
      expect({ y[$0] / (z[$0] + 9) }, "quotient") { r in
        r.set(y, dividedBy: Vector(z.map { $0 + 9 }))
      }
      expect({ a * x[$0] + b * (y[$0] * z[$0]) }, "average of products") {
        $0.scale(by: a, addingProductOf: y, z, times: b)
      }
      expect({ a * y[$0] / ((z[$0] * z[$0]).squareRoot() + b) }, "over root") { r in
        r.set(y, times: a, overRootOf: Vector(z.map { $0 * $0 }), plus: b)
      }
      expect({ -y[$0] * min(max(a / (abs(z[$0]) + b), 0.25), 2) }, "bounded") { r in
        r.setBounded(
          y, times: a, overRootOf: Vector(z.map { $0 * $0 }), plus: b, within: 0.25...2)
      }
      expect({ y[$0] > 0 ? a : y[$0] < 0 ? -a : a * y[$0] }, "signs") { $0.set(signsOf: y, times: a) }
      expect({ max(x[$0], y[$0]) }, "maximum") { $0.formMaximum(with: y) }
      expect({ max(a * x[$0], abs(y[$0])) }, "maximum of magnitudes") {
        $0.scale(by: a, formingMaximumWithMagnitudesOf: y)
      }
      expect({ min(max(x[$0], -0.5), 0.25) }, "clamp") { $0.clamp(to: -0.5...0.25) }
      expect({ min(max(x[$0], y[$0] - 1), y[$0] + 0.5) }, "box") { r in
        r.clamp(from: Vector(y.map { $0 - 1 }), to: Vector(y.map { $0 + 0.5 }))
      }
      expect({ x[$0] + y[$0] }, "+") { $0 = $0 + y }
      expect({ x[$0] - y[$0] }, "-") { $0 = $0 - y }
      expect({ a * x[$0] }, "*") { $0 = a * $0 }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(arguments: sizes) func reductionsAgreeWithPlainSums(n: Int) {
    func check<S: LAPACKScalar>(_: S.Type) {
      let x: Vector<S> = numbers(n, seed: 1)
      let y: Vector<S> = numbers(n, seed: 2)
      let z: Vector<S> = numbers(n, seed: 3)
      // Against the sum in Double, with the error bound of pairwise-free summation in S.
      func expect(_ value: S, _ terms: (Int) -> Double, _ comment: Comment) {
        let exact = (0..<n).reduce(0.0) { $0 + terms($1) }
        let magnitude = (0..<n).reduce(0.0) { $0 + abs(terms($1)) }
        let bound = Double(S.ulpOfOne) * (8 + Double(min(n, 8192)) / 8) * magnitude
        #expect(abs(Double(value) - exact) <= bound, comment)
      }
      func d(_ v: Vector<S>, _ i: Int) -> Double { Double(v[i]) }
      expect(x.dot(y), { d(x, $0) * d(y, $0) }, "dot")
      expect(x.sum, { d(x, $0) }, "sum")
      expect(x.squaredDistance(to: y), { (d(x, $0) - d(y, $0)) * (d(x, $0) - d(y, $0)) }, "distance")
      #expect(x.largestMagnitude == x.map(abs).max() ?? 0)

      var r = x
      expect(
        r.add(y, times: 0.75, thenDot: z), { (d(x, $0) + 0.75 * d(y, $0)) * d(z, $0) }, "add, then dot")
      #expect(r.isIdentical(to: Vector((0..<n).map { x[$0] + 0.75 * y[$0] })))
      expect(
        r.set(y, plus: 0.5, times: z, scaledBy: -2, thenDot: x),
        { -2 * (d(y, $0) + 0.5 * d(z, $0)) * d(x, $0) }, "set, then dot")
      #expect(r.isIdentical(to: Vector((0..<n).map { -2 * (y[$0] + 0.5 * z[$0]) })))

      var pair = Vector<S>(zeros: 3 * n + 1)
      let w: Vector<S> = numbers(n, seed: 4)
      let (sᵀy, yᵀy, sᵀs) = pair.setPair(at: 1, from: (x, y), to: (z, w))
      let s = (0..<n).map { z[$0] - x[$0] }
      let g = (0..<n).map { w[$0] - y[$0] }
      #expect(pair.isIdentical(to: Vector([0] + s + g + Array(repeating: 0, count: n))))
      expect(sᵀy, { Double(s[$0]) * Double(g[$0]) }, "sᵀy")
      expect(yᵀy, { Double(g[$0]) * Double(g[$0]) }, "yᵀy")
      expect(sᵀs, { Double(s[$0]) * Double(s[$0]) }, "sᵀs")
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(arguments: sizes) func firstOrderStepsRoundAsTheirFormulasDo(n: Int) {
    func check<S: LAPACKScalar>(_: S.Type) {
      let g: Vector<S> = numbers(n, seed: 1)
      let m: Vector<S> = numbers(n, seed: 2)
      let v = Vector<S>(numbers(n, seed: 3).map { $0 * $0 })
      let θ: Vector<S> = numbers(n, seed: 4)
      let β: (S, S) = (0.9, 0.999)
      let a: S = -1e-3
      let b: S = 3
      let ε: S = 1e-8
      let c: S = 0.99
      let m₊ = Vector((0..<n).map { β.0 * m[$0] + (1 - β.0) * g[$0] })
      let v₊ = Vector((0..<n).map { β.1 * v[$0] + (1 - β.1) * (g[$0] * g[$0]) })

      var p = Vector<S>(zeros: n)
      var first = m
      var second = v
      p.setAdaptive(first: &first, second: &second, decay: β, gradient: g, times: a, rootTimes: b, plus: ε)
      #expect(first.isIdentical(to: m₊) && second.isIdentical(to: v₊))
      #expect(p.isIdentical(to: Vector((0..<n).map { a * m₊[$0] / (b * v₊[$0].squareRoot() + ε) })))

      (p, first, second) = (θ, m, v)
      p.scale(
        by: c, addingAdaptive: &first, second: &second, decay: β, gradient: g, times: a, rootTimes: b, plus: ε
      )
      #expect(first.isIdentical(to: m₊) && second.isIdentical(to: v₊))
      #expect(
        p.isIdentical(to: Vector((0..<n).map { c * θ[$0] + a * m₊[$0] / (b * v₊[$0].squareRoot() + ε) })))

      first = m
      p.setMomentum(&first, decay: 0.9, gradient: g, weight: 0.5, direction: (momentum: -0.9, gradient: -1))
      let b₊ = Vector((0..<n).map { 0.9 * m[$0] + 0.5 * g[$0] })
      #expect(first.isIdentical(to: b₊))
      #expect(p.isIdentical(to: Vector((0..<n).map { -0.9 * b₊[$0] + -1 * g[$0] })))

      let clipped = p.setClipped(m, times: -1, over: g, times: 0.5, plus: 0.125, atLeast: 0.25, bound: 0.75)
      let quotients = (0..<n).map { m[$0] / max(0.5 * g[$0] + 0.125, 0.25) }
      #expect(p.isIdentical(to: Vector(quotients.map { -1 * min(max($0, -0.75), 0.75) })))
      #expect(clipped == quotients.count { abs($0) > 0.75 })
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func normNeitherOverflowsNorUnderflows() {
    func check<S: LAPACKScalar>(_: S.Type) {
      for magnitude: S in [
        .leastNonzeroMagnitude, .leastNormalMagnitude, 1, .greatestFiniteMagnitude / 8,
        .leastNormalMagnitude * 1024,
      ] {
        let x = Vector<S>([3 * magnitude, 0, -4 * magnitude])
        #expect(abs(x.norm - 5 * magnitude) <= 2 * (5 * magnitude).ulp)
      }
      #expect(Vector<S>(zeros: 3).norm == 0)
      #expect(Vector<S>([]).norm == 0)
      #expect(Vector<S>([1, .infinity]).norm == .infinity)
      #expect(Vector<S>([.infinity, .nan]).norm.isNaN)
      #expect(Vector<S>([1, -.nan, .infinity]).largestMagnitude.isNaN)
      #expect(Vector<S>([1, -.infinity]).largestMagnitude == .infinity)
      // In every lane, and in every chunk of a long vector.
      for n in [1, 9, 100, 30_000] {
        for i in stride(from: 0, to: n, by: max(1, n / 11)) {
          for bad: S in [.nan, -.nan, .infinity, -.infinity] {
            var x = Vector<S>(repeating: 1, count: n)
            #expect(x.isFinite)
            x[i] = bad
            #expect(!x.isFinite && x.largestMagnitude.isNaN == bad.isNaN)
          }
        }
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func notANumberIsNeverHidden() {
    var x: Vector<Double> = [.nan, 1, .nan]
    x.formMaximum(with: [1, .nan, 2])
    #expect(x.allSatisfy { $0.isNaN })
    x.clamp(to: 0...1)
    #expect(x.allSatisfy { $0.isNaN })
    x.set(signsOf: [.nan, -.infinity, -0.0], times: 2)
    #expect(x[0].isNaN && x[1] == -2 && x[2] == 0)
    let clipped = x.setClipped([.nan, 5, -5], times: 1, over: [1, 1, 1], atLeast: 1)
    #expect(x[0].isNaN && x[1] == 1 && x[2] == -1 && clipped == 2)
  }

  @Test func aCopyKeepsItsValues() {
    let x: Vector<Double> = [1, 2, 3]
    var y = x
    y.add(x, times: 1)
    y[0] = 7
    #expect(x == [1, 2, 3] && y == [7, 4, 6])
  }

  /// With a literal the standard library's concatenation would be nearer at hand.
  @Test func plusALiteralAdds() {
    let sum = Vector<Double>([1, 2]) + [10, 20]
    #expect(sum == [11, 22])
  }
}
