import Secant
import Testing

/// A chained valley of any dimension, around `centre` and in units of `unit`, scaled and shifted in value, with a
/// gradient that can be spoilt.
private struct Valley<Scalar: LAPACKScalar>: HessianVectorObjective {
  var centre: Scalar = 0
  var unit: Scalar = 1
  var scale: Scalar = 1
  var shift: Scalar = 0
  var spoil: @Sendable (inout Vector<Scalar>) -> Void = { _ in }
  var spoilProduct: @Sendable (inout Vector<Scalar>) -> Void = { _ in }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    var value: Scalar = 0
    let factor = scale / unit
    gradient.fill(with: 0)
    func u(_ i: Int) -> Scalar { (x[i] - centre) / unit }
    for i in 0..<(x.count - 1) {
      let (a, b) = (1 - u(i), u(i + 1) - u(i) * u(i))
      value += a * a + 10 * b * b
      gradient[i] += factor * (-2 * a - 40 * u(i) * b)
      gradient[i + 1] += factor * 20 * b
    }
    spoil(&gradient)
    return scale * value + shift
  }

  func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    let factor = scale / (unit * unit)
    product.fill(with: 0)
    func u(_ i: Int) -> Scalar { (x[i] - centre) / unit }
    for i in 0..<(x.count - 1) {
      let (diagonal, off) = (2 + 120 * u(i) * u(i) - 40 * u(i + 1), -40 * u(i))
      product[i] += factor * (diagonal * v[i] + off * v[i + 1])
      product[i + 1] += factor * (off * v[i] + 20 * v[i + 1])
    }
    spoilProduct(&product)
  }

  func point(_ n: Int, seed: UInt64 = 9) -> Vector<Scalar> {
    var generator = RandomGenerator(seed: seed)
    var x = Vector<Scalar>(zeros: n)
    generator.fillNormal(&x)
    for i in x.indices { x[i] = centre + unit * x[i] }
    return x
  }
}

private func isAlarm<Scalar>(_ check: DerivativeCheck<Scalar>) -> Bool {
  if case .disagrees = check.verdict { true } else { false }
}

private func discrepancy<Scalar>(_ check: DerivativeCheck<Scalar>) -> Discrepancy<Scalar>? {
  if case .disagrees(let found) = check.verdict { found } else { nil }
}

@Suite struct DerivativeCheckTests {
  // MARK: No false alarm

  @Test(arguments: [2, 17, 1000, 10_000]) func agreesInAnyDimension(_ n: Int) {
    for seed in 0..<(n > 100 ? 3 : 20) as Range<UInt64> {
      let double = Valley<Double>()
      let check = checkDerivatives(of: double, at: double.point(n, seed: seed), seed: seed)
      #expect(check.agrees, "\(check)")
      #expect(check.cost.values <= 13 && check.cost.gradients == 1)
      let single = Valley<Float>()
      let coarse = checkDerivatives(of: single, at: single.point(n, seed: seed), seed: seed)
      #expect(!isAlarm(coarse), "\(coarse)")
      #expect(!isAlarm(checkHessian(of: double, at: double.point(n, seed: seed), seed: seed)))
      #expect(!isAlarm(checkHessian(of: single, at: single.point(n, seed: seed), seed: seed)))
    }
  }

  @Test(arguments: [1e-8, 1e-4, 1, 1e4, 1e8]) func noAlarmAtAnyMagnitudeOfThePoint(_ magnitude: Double) {
    for n in [2, 30] {
      for seed in 0..<10 as Range<UInt64> {
        // The function's own unit is the point's magnitude, or 1.
        for unit in [magnitude, 1] {
          let problem = Valley<Double>(unit: unit)
          let x = magnitude / unit * problem.point(n, seed: seed)
          let check = checkDerivatives(of: problem, at: x, seed: seed)
          #expect(!isAlarm(check), "\(check)")
          let single = Valley<Float>(unit: Float(unit))
          #expect(!isAlarm(checkDerivatives(of: single, at: Vector(x.map { Float($0) }), seed: seed)))
        }
        let far = Valley<Double>(centre: magnitude)
        #expect(!isAlarm(checkDerivatives(of: far, at: far.point(n, seed: seed), seed: seed)))
      }
    }
  }

  @Test(arguments: [1e-10, 1e-5, 1e5, 1e10]) func noAlarmAtAnyScaleOfTheValues(_ scale: Double) {
    for seed in 0..<10 as Range<UInt64> {
      let problem = Valley<Double>(scale: scale)
      #expect(checkDerivatives(of: problem, at: problem.point(5, seed: seed), seed: seed).agrees)
      let shifted = Valley<Double>(scale: scale, shift: 1e8)
      #expect(!isAlarm(checkDerivatives(of: shifted, at: shifted.point(5, seed: seed), seed: seed)))
      let single = Valley<Float>(scale: Float(scale), shift: 1e4)
      #expect(!isAlarm(checkDerivatives(of: single, at: single.point(5, seed: seed), seed: seed)))
    }
  }

  @Test(arguments: [1e2, 1e6, 1e10, 1e14]) func noAlarmOnIllConditionedQuadratics(_ κ: Double) {
    struct Ellipsoid: DifferentiableObjective {
      var matrix: Matrix<Double>
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        matrix.symmetricMultiply(x, into: &gradient)
        return gradient.dot(x) / 2
      }
    }
    let n = 40
    for seed in 0..<10 as Range<UInt64> {
      var generator = RandomGenerator(seed: seed)
      var u = Vector<Double>(zeros: n)
      generator.fillNormal(&u)
      u.scale(by: 1 / u.norm)
      // (I − 2uuᵀ) D (I − 2uuᵀ), and points from far away down to the bottom of the valley.
      var reflection = Matrix<Double>(identity: n)
      reflection.addOuter(u, u, times: -2)
      let d = Matrix(diagonal: Vector((0..<n).map { Double.pow(κ, Double($0) / Double(n - 1)) }))
      var (half, matrix) = (d, d)
      half.setProduct(d, reflection)
      matrix.setProduct(reflection, half)
      matrix.mirrorLowerTriangle()
      for distance in [1e-12, 1e-6, 1, 1e6] {
        var x = Vector<Double>(zeros: n)
        generator.fillNormal(&x)
        x.scale(by: distance)
        let check = checkDerivatives(of: Ellipsoid(matrix: matrix), at: x, seed: seed)
        #expect(!isAlarm(check), "\(check)")
        // Along the flattest axis, where the gradient is a difference of large numbers.
        for i in 0..<n { x[i] = distance * reflection[i, 0] }
        #expect(!isAlarm(checkDerivatives(of: Ellipsoid(matrix: matrix), at: x, seed: seed)))
      }
    }
  }

  @Test(arguments: [1e-12, 1e-7, 1e-4, 1e-2]) func noAlarmOnNoise(_ relative: Double) {
    struct Noisy: DifferentiableObjective {
      var base = Valley<Double>(shift: 1)
      var relative: Double
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        let bits = x.reduce(0 as UInt64) { ($0 ^ $1.bitPattern) &* 0x9E37_79B9_7F4A_7C15 }
        var generator = RandomGenerator(seed: bits)
        return base.valueAndGradient(at: x, into: &gradient) * (1 + relative * generator.normal())
      }
    }
    for n in [1 + 1, 50] {
      for seed in 0..<50 as Range<UInt64> {
        let problem = Noisy(relative: relative)
        let check = checkDerivatives(of: problem, at: problem.base.point(n, seed: seed), seed: seed)
        #expect(!isAlarm(check), "\(check)")
      }
      // The bottom of the valley, where every slope drowns.
      #expect(!isAlarm(checkDerivatives(of: Noisy(relative: relative), at: Vector(repeating: 1, count: n))))
    }
  }

  @Test func noAlarmOnRoundedValues() {
    // A simulator that prints six digits.
    struct Printed: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        (Valley<Double>().valueAndGradient(at: x, into: &gradient) * 1e6).rounded() / 1e6
      }
    }
    for seed in 0..<50 as Range<UInt64> {
      let check = checkDerivatives(of: Printed(), at: Valley<Double>().point(4, seed: seed), seed: seed)
      #expect(!isAlarm(check), "\(check)")
    }
  }

  @Test func noAlarmOnDifferencedGradients() {
    struct Values<Scalar: LAPACKScalar>: Objective {
      func value(at x: Vector<Scalar>) -> Scalar { Valley<Scalar>(shift: 1).value(at: x) }
    }
    for seed in 0..<20 as Range<UInt64> {
      let x = Valley<Double>().point(6, seed: seed)
      #expect(!isAlarm(checkDerivatives(of: FiniteDifferenceGradient(Values<Double>()), at: x, seed: seed)))
      #expect(!isAlarm(checkHessian(of: FiniteDifferenceHessian(Valley<Double>()), at: x, seed: seed)))
    }
    let bottom = Vector(repeating: 1.0, count: 6)
    #expect(!isAlarm(checkDerivatives(of: FiniteDifferenceGradient(Values<Double>()), at: bottom)))
  }

  @Test(arguments: [-1.0, 0, 0.3, 1]) func aKinkIsUndecided(_ claimed: Double) {
    func check(_ x: Vector<Double>) -> DerivativeCheck<Double> {
      checkDerivatives(
        of: Closure<Double> { x, gradient in
          gradient.fill(with: claimed)
          return x.reduce(0) { $0 + abs($1) }
        }, at: x)
    }
    #expect(check([0]).verdict == .undecided(.kink))
    #expect(check([0, 0, 0]).verdict == .undecided(.kink))
    if claimed == 1 {
      // Beside the kink, on its right slope.
      #expect(!isAlarm(check([1e-9])))
      #expect(check([1]).agrees)
    }
  }

  /// |x|^p has a slope that no step follows to within 1e-13 of 0.
  @Test(arguments: [1.2, 1.5, 1.7, 1.9]) func aCurvatureWithoutBoundIsNoAlarm(_ p: Double) {
    let power = Closure<Double> { x, gradient in
      gradient[0] = p * Double.pow(abs(x[0]), p - 1) * (x[0] < 0 ? -1 : 1)
      gradient[1] = 2 * x[1]
      return Double.pow(abs(x[0]), p) + x[1] * x[1]
    }
    for x in [-1e-14, 1e-13, 3e-12, 1e-9, 1e-5] {
      for y in [0, 1e-7, 1] {
        let check = checkDerivatives(of: power, at: [x, y])
        #expect(!isAlarm(check), "\(p), \(x), \(y): \(check)")
      }
    }
  }

  /// x + ½ cos 2(x − y) far out, where a step of the least bit is longer than a wave: the values are a plane, and the exact
  /// gradient is not its slope.
  @Test(arguments: [1e18, 1e21, 1e80, 1e155]) func wavesBelowTheResolutionAreNoAlarm(_ magnitude: Double) {
    let waves = Closure<Double> { x, gradient in
      let sine = Double.sin(2 * (x[0] - x[1]))
      gradient[0] = 1 - sine
      gradient[1] = 1 + sine
      return x[0] + x[1] + Double.cos(2 * (x[0] - x[1])) / 2
    }
    for seed in 0..<20 as Range<UInt64> {
      var generator = RandomGenerator(seed: seed)
      let x: Vector<Double> = [magnitude * generator.uniform(), -magnitude * generator.uniform()]
      let check = checkDerivatives(of: waves, at: x, seed: seed)
      #expect(!check.agrees && !isAlarm(check), "\(x): \(check)")
    }
  }

  /// cos(kx²), of which the steps hold many waves, and a wrong sign where they hold none.
  @Test(arguments: [1e3, 1e6, 1e9, 1e13]) func manyWavesWithinAStepAreNoAlarm(_ k: Double) {
    func waves(_ factor: Double) -> Closure<Double> {
      Closure { x, gradient in
        gradient[0] = -2 * factor * k * x[0] * Double.sin(k * x[0] * x[0])
        return Double.cos(k * x[0] * x[0])
      }
    }
    for seed in 0..<20 as Range<UInt64> {
      var generator = RandomGenerator(seed: seed)
      let x: Vector<Double> = [10 * generator.uniform()]
      #expect(!isAlarm(checkDerivatives(of: waves(1), at: x, seed: seed)), "\(x)")
      if k < 1e4 { #expect(isAlarm(checkDerivatives(of: waves(-1), at: x, seed: seed)), "\(x)") }
    }
  }

  /// (1 + cx²) − 1 where it is 0 all around: nothing is known of what was subtracted.
  @Test func valuesThatAreZeroAllAroundAccuseNobody() {
    for (c, one) in [(1e-20, 1.0), (1e-4, 1e16)] {
      let nothing = Closure<Double> { x, gradient in
        gradient[0] = 2 * c * x[0]
        return (one + c * x[0] * x[0]) - one
      }
      #expect(checkDerivatives(of: nothing, at: [3]).verdict == .undecided(.noise))
    }
    // A variable that the values, not all of them 0, do not depend on is another matter.
    let blind = Closure<Double> { x, gradient in
      gradient[0] = 2 * x[0]
      gradient[1] = 1
      return x[0] * x[0]
    }
    let check = checkDerivatives(of: blind, at: [0, 3])
    #expect(discrepancy(check)?.coordinate == 1, "\(check)")
    #expect(check.description.hasSuffix(": it should be zero."))
  }

  @Test func whereNothingIsFiniteNothingIsSaid() {
    let check = checkDerivatives(
      of: Closure<Double> { x, gradient in
        gradient[0] = 1
        return x[0] == 0 ? 1 : .nan
      }, at: [0])
    #expect(check.verdict == .undecided(.nonFinite))
    let nowhere = checkDerivatives(of: Closure<Double> { _, _ in .nan }, at: [0])
    #expect(nowhere.verdict == .undecided(.nonFinite))
    // A boundary nearby is no trouble.
    let logarithm = Closure<Double> { x, gradient in
      gradient[0] = 1 / x[0]
      return Double.log(x[0])
    }
    for x in [1e-8, 1e-3, 1, 1e8] { #expect(checkDerivatives(of: logarithm, at: [x]).agrees, "\(x)") }
  }

  @Test func aConstantFunctionHasGradientZero() {
    let constant = Closure<Double> { _, gradient in
      gradient.fill(with: 0)
      return 0
    }
    #expect(checkDerivatives(of: constant, at: [1, 2]).agrees)
  }

  // MARK: Nothing missed

  @Test(arguments: [2, 10, 100, 1000, 10_000]) func aWrongCoordinateIsNamed(_ n: Int) throws {
    for factor in [-1, 0, 2, 1.01] {
      let seeds: Range<UInt64> = 0..<(n > 100 ? 1 : 10)
      for seed in seeds {
        var generator = RandomGenerator(seed: seed)
        let wrong = generator.integer(below: n)
        let problem = Valley<Double>(spoil: { $0[wrong] *= factor })
        let check = checkDerivatives(of: problem, at: problem.point(n, seed: seed), seed: seed)
        let found = try #require(discrepancy(check), "\(check) \(factor) \(n) \(seed)")
        #expect(found.coordinate == wrong)
        #expect(abs(found.ratio - factor) < 1e-3)
        #expect(check.cost.values < 1000)
        let curved = Valley<Double>(spoilProduct: { $0[wrong] *= factor })
        let second = checkHessian(of: curved, at: curved.point(n, seed: seed), seed: seed)
        #expect(discrepancy(second)?.coordinate == wrong, "\(second) \(factor) \(n) \(seed)")
      }
    }
  }

  @Test func aWrongCoordinateIsNamedInSinglePrecision() throws {
    for factor in [-1, 0, 2] as [Float] {
      for seed in 0..<10 as Range<UInt64> {
        let problem = Valley<Float>(spoil: { $0[1] *= factor })
        let found = try #require(
          discrepancy(checkDerivatives(of: problem, at: problem.point(5, seed: seed), seed: seed)))
        #expect(found.coordinate == 1)
        #expect(abs(found.ratio - factor) < 0.1)
      }
    }
  }

  @Test(arguments: [1, 5, 500]) func aWrongSignEverywhereIsSeen(_ n: Int) throws {
    let problem = Valley<Double>(spoil: { $0.scale(by: -1) })
    let x = problem.point(n + 1)
    let check = checkDerivatives(of: problem, at: x)
    let found = try #require(discrepancy(check))
    #expect(abs(found.ratio + 1) < 1e-3)
    #expect(check.description.contains("the sign is wrong"))
  }

  @Test func scalesHideNothing() throws {
    for (scale, unit) in [(1e-10, 1), (1e10, 1), (1, 1e-8), (1, 1e8), (1e10, 1e-8), (1e-10, 1e8)] {
      let problem = Valley<Double>(unit: unit, scale: scale, spoil: { $0[2] *= 2 })
      let found = discrepancy(checkDerivatives(of: problem, at: problem.point(4)))
      #expect(found?.coordinate == 2, "\(scale) \(unit)")
    }
    // Under a shift of 1e8, eight digits are lost, and a factor of 2 still shows.
    let shifted = Valley<Double>(shift: 1e8, spoil: { $0[2] *= 2 })
    #expect(discrepancy(checkDerivatives(of: shifted, at: shifted.point(4)))?.coordinate == 2)
  }

  @Test func theOrderOfTheRemainderIsTwoOrOne() {
    let right = Valley<Double>()
    let wrong = Valley<Double>(spoil: { $0[0] *= 2 })
    for order in checkDerivatives(of: right, at: right.point(3)).orders { #expect(abs(order - 2) < 0.1) }
    for order in checkDerivatives(of: wrong, at: wrong.point(3)).orders { #expect(abs(order - 1) < 0.1) }
  }

  @Test func theSentenceNamesCoordinateAndRatio() {
    func sentence(_ factor: Double) -> String {
      let problem = Valley<Double>(spoil: { $0[1] *= factor })
      return checkDerivatives(of: problem, at: [-1.2, 1, 2]).description
    }
    #expect(sentence(1) == "The derivative agrees with differences of values.")
    #expect(sentence(-1).hasPrefix("Component 1 of the derivative is "))
    #expect(sentence(-1).hasSuffix(": the sign is wrong."))
    #expect(sentence(0).hasSuffix(": a term is missing."))
    #expect(sentence(2).hasSuffix(": it is 2 times what it should be."))
  }

  @Test func theProblemsOwnErrorPasses() {
    struct Simulator: DifferentiableObjective {
      enum Trouble: Error { case diverged }
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) throws(Trouble) -> Double {
        if x[0] > 1 { throw .diverged }
        g[0] = 1
        return x[0]
      }
    }
    #expect(throws: Simulator.Trouble.diverged) { try checkDerivatives(of: Simulator(), at: [1]) }
  }
}
