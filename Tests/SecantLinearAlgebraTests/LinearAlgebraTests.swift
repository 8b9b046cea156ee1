import CKernels
import Dispatch
import SecantLinearAlgebra
import Testing

/// The bits of a kernel depend on its operands alone. Serialised, since the controls are the process's.
@Suite(.serialized) struct LinearAlgebraTests {
  /// Everything the kernels compute for one n, in one vector.
  static func everything<S: LAPACKScalar>(_ n: Int, _: S.Type) -> Vector<S> {
    let x: Vector<S> = numbers(n, seed: 1)
    let y: Vector<S> = numbers(n, seed: 2)
    let z: Vector<S> = numbers(n, seed: 3)
    var r = x
    var m = y
    var v = Vector<S>(z.map { $0 * $0 })
    var pairs = Vector<S>(zeros: 2 * n)
    var sums: [S] = [x.dot(y), x.sum, x.norm, x.largestMagnitude, x.squaredDistance(to: y)]
    sums.append(r.add(y, times: 0.3, thenDot: z))
    let (sᵀy, yᵀy, sᵀs) = pairs.setPair(at: 0, from: (x, y), to: (y, z))
    sums += [sᵀy, yᵀy, sᵀs]
    r.setAdaptive(
      first: &m, second: &v, decay: (0.9, 0.99), gradient: x, times: -1, rootTimes: 1, plus: 1e-8)
    sums.append(r.dot(r))
    sums.append(S(r.setClipped(x, times: 1, over: y, atLeast: 0.1)))
    r.set(y, times: 0.1, overRootOf: v, plus: 0.1)
    sums.append(r.sumOfMagnitudes)
    for step in AdaptiveStep<S>.all {
      step.take(&r, &m, &v, y)
      sums += [r.dot(r), m.dot(m), v.dot(v)]
    }
    return Vector(sums + Array(r) + Array(m) + Array(v) + Array(pairs))
  }

  @Test(arguments: [1000, 99_999, 100_000, 123_457, 2_200_003]) func bitsDoNotDependOnThreads(n: Int) {
    let threads = LinearAlgebra.threads
    defer { LinearAlgebra.threads = threads }
    func check<S: LAPACKScalar>(_: S.Type) {
      LinearAlgebra.threads = 1
      let alone = Self.everything(n, S.self)
      for count in [2, 3, 7] {
        LinearAlgebra.threads = count
        #expect(Self.everything(n, S.self).isIdentical(to: alone))
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(arguments: [17, 100, 1003, 20_001]) func bitsDoNotDependOnTheInstructionSet(n: Int) {
    let best = secant_instruction_set()
    defer { secant_set_instruction_set(best) }
    func check<S: LAPACKScalar>(_: S.Type) {
      secant_set_instruction_set(best)
      let expected = Self.everything(n, S.self)
      for level in 0..<max(best, 0) {
        secant_set_instruction_set(level)
        #expect(Self.everything(n, S.self).isIdentical(to: expected))
      }
    }
    check(Double.self)
    check(Float.self)
  }

  /// A step of vectors that no cache holds is written past the caches, and rounds as that of its parts does.
  @Test func longStepsAreThoseOfTheirParts() {
    let best = secant_instruction_set()
    defer { secant_set_instruction_set(best) }
    func check<S: LAPACKScalar>(_: S.Type) {
      // 8 MB, and no whole number of anything.
      let n = 8 * 1024 * 1024 / MemoryLayout<S>.stride + 1003
      let (y, g): (Vector<S>, Vector<S>) = (numbers(n, seed: 1), numbers(n, seed: 2))
      let (m, h): (Vector<S>, Vector<S>) = (numbers(n, seed: 3), Vector(repeating: 0.5, count: n))
      func points(_ part: Range<Int>) -> (points: [Vector<S>], clipped: Int) {
        func of(_ x: Vector<S>) -> Vector<S> { part.count == n ? x : Vector(Array(x[part])) }
        var (adam, lion, sophia) = (of(y), of(y), of(y))
        var (first, second, average, momentum) = (of(m), of(h), of(m), of(m))
        adam.setAdaptiveStep(
          from: of(y), times: 0.9, first: &first, second: &second, decay: (0.9, 0.99), gradient: of(g),
          times: -0.1, rootTimes: 1.5, plus: 1e-8)
        lion.setSignStep(
          from: of(y), times: 0.9, average: &average, decay: (0.9, 0.99), gradient: of(g), times: -0.1)
        let clipped = sophia.setClippedStep(
          from: of(y), times: 0.9, average: &momentum, decay: 0.9, gradient: of(g), times: -0.1, over: of(h),
          times: 1, plus: 0, atLeast: 1e-12)
        return ([adam, lion, sophia, first, second, average, momentum], clipped)
      }
      let middle = n / 2 + 5
      secant_set_instruction_set(best)
      let (left, right) = (points(0..<middle), points(middle..<n))
      let joined = zip(left.points, right.points).map { Vector(Array($0) + Array($1)) }
      for level in 0...max(best, 0) {
        secant_set_instruction_set(level)
        let whole = points(0..<n)
        for (x, y) in zip(whole.points, joined) { #expect(x.isIdentical(to: y)) }
        #expect(whole.clipped == left.clipped + right.clipped && whole.clipped > 0)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func manyCallersShareTheThreads() {
    let threads = LinearAlgebra.threads
    defer { LinearAlgebra.threads = threads }
    LinearAlgebra.threads = 2
    let x: Vector<Double> = numbers(300_000, seed: 1)
    let y: Vector<Double> = numbers(300_000, seed: 2)
    let expected = x.dot(y)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<50 { #expect(x.dot(y) == expected) }
    }
  }

  @Test func threadsAreRemembered() {
    let threads = LinearAlgebra.threads
    defer { LinearAlgebra.threads = threads }
    LinearAlgebra.threads = 3
    #expect(LinearAlgebra.threads == 3)
    LinearAlgebra.isDeterministic = true
    #expect(LinearAlgebra.threads == 3 && LinearAlgebra.isDeterministic)
    LinearAlgebra.isDeterministic = false
  }
}
