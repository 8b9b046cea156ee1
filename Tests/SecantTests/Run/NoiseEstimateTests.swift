import Secant
import Testing

/// A smooth function with noise of a given deviation, which the bits of the point decide.
private struct Noisy<Scalar: LAPACKScalar>: Objective {
  var shift: Scalar = 1
  var relative: Scalar = 0

  func value(at x: Vector<Scalar>) -> Scalar {
    var smooth = shift
    var bits: UInt64 = 0
    for i in x.indices {
      smooth += Scalar.exp(x[i] / 4) + x[i] * x[i]
      bits = (bits ^ Double(x[i]).bitPattern) &* 0x9E37_79B9_7F4A_7C15
    }
    guard relative > 0 else { return smooth }
    var generator = RandomGenerator(seed: bits)
    let noise: Scalar = generator.normal()
    return smooth * (1 + relative * noise)
  }
}

@Suite struct NoiseEstimateTests {
  @Test(arguments: [1e-12, 1e-9, 1e-7, 1e-5]) func relativeNoise(_ relative: Double) throws {
    for seed in 0..<20 as Range<UInt64> {
      var generator = RandomGenerator(seed: seed)
      var x = Vector<Double>(zeros: 10)
      var d = x
      generator.fillNormal(&x)
      generator.fillNormal(&d)
      let problem = Noisy<Double>(relative: relative)
      let truth = relative * problem.value(at: x)
      let estimate = try #require(estimateNoise(of: problem, at: x, along: d))
      #expect(estimate.level > truth / 10 && estimate.level < truth * 10, "\(estimate.level / truth)")
      #expect(estimate.values <= 54 && estimate.values.isMultiple(of: 9))
    }
  }

  /// f + 1e8: what is left is the rounding to multiples of 2⁻²⁶, of deviation 2⁻²⁶/√12.
  @Test func roundingUnderAShift() throws {
    let truth = 0x1p-26 / 12.0.squareRoot()
    for seed in 0..<20 as Range<UInt64> {
      var generator = RandomGenerator(seed: seed)
      var x = Vector<Double>(zeros: 10)
      var d = x
      generator.fillNormal(&x)
      generator.fillNormal(&d)
      let estimate = try #require(estimateNoise(of: Noisy<Double>(shift: 1e8), at: x, along: d))
      #expect(estimate.level > truth / 10 && estimate.level < truth * 10, "\(estimate.level / truth)")
    }
  }

  @Test func singlePrecision() throws {
    for seed in 0..<20 as Range<UInt64> {
      var generator = RandomGenerator(seed: seed)
      var x = Vector<Float>(zeros: 10)
      var d = x
      generator.fillNormal(&x)
      generator.fillNormal(&d)
      let problem = Noisy<Float>(relative: 1e-4)
      let truth = 1e-4 * problem.value(at: x)
      let estimate = try #require(estimateNoise(of: problem, at: x, along: d))
      #expect(estimate.level > truth / 10 && estimate.level < truth * 10, "\(estimate.level / truth)")
    }
  }

  @Test func aConstantShowsNoNoise() {
    #expect(estimateNoise(of: ValueClosure<Double> { _ in 3 }, at: [1, 2], along: [1, 1]) == nil)
    #expect(estimateNoise(of: ValueClosure<Double> { _ in .nan }, at: [1, 2], along: [1, 1]) == nil)
  }
}
