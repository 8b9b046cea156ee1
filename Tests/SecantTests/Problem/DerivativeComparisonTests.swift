import Secant
import Testing

/// Σ (i + 1) xᵢ⁴ / 4, with a gradient and products that can be spoilt.
private struct Quartic<Scalar: LAPACKScalar>: HessianVectorObjective {
  var shift: Scalar = 0
  var spoil: @Sendable (inout Vector<Scalar>) -> Void = { _ in }
  var spoilProduct: @Sendable (inout Vector<Scalar>) -> Void = { _ in }

  func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    var value = shift
    for i in x.indices {
      let cube = Scalar(i + 1) * x[i] * x[i] * x[i]
      gradient[i] = cube
      value += cube * x[i] / 4
    }
    spoil(&gradient)
    return value
  }

  func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    for i in x.indices { product[i] = 3 * Scalar(i + 1) * x[i] * x[i] * v[i] }
    spoilProduct(&product)
  }
}

@Suite struct DerivativeComparisonTests {
  private let x: Vector<Double> = [1, -0.5, 2, 0.25]

  @Test func equalSourcesAgree() {
    let comparison = compareDerivatives(of: Quartic(), and: Quartic(), at: x, tolerance: 0)
    #expect(comparison.agrees)
    #expect(comparison.differences.map(\.quantity) == [.value, .gradient, .hessianVectorProduct])
    #expect(comparison.worst.relative == 0)
    #expect(comparison.description.hasPrefix("The derivatives agree"))
  }

  @Test func differencesAgreeWithinHalfOfTheDigits() {
    let byHand = Quartic<Double>()
    #expect(compareDerivatives(of: byHand, and: FiniteDifferenceGradient(byHand), at: x).agrees)
    #expect(compareDerivatives(of: byHand, and: FiniteDifferenceHessian(byHand), at: x).agrees)
    let single = Quartic<Float>()
    #expect(compareDerivatives(of: single, and: FiniteDifferenceGradient(single), at: [1, -0.5, 2]).agrees)
  }

  @Test func theCoordinateOfTheGradientIsNamed() {
    let wrong = Quartic<Double>(spoil: { $0[1] *= -1 })
    let comparison = compareDerivatives(of: Quartic(), and: wrong, at: x)
    #expect(!comparison.agrees)
    let worst = comparison.worst
    #expect(worst.quantity == .gradient && worst.coordinate == 1)
    #expect(worst.first == -0.25 && worst.second == 0.25)
    #expect(worst.relative == 0.5 / 24)
    #expect(
      comparison.description.hasPrefix(
        "The derivatives disagree: component 1 of the gradient is -0.25 by the first source and 0.25 by the second"
      ))
  }

  @Test func theRowOfTheHessianIsNamed() {
    let wrong = Quartic<Double>(spoilProduct: { $0[3] *= 1.001 })
    let comparison = compareDerivatives(of: Quartic(), and: wrong, at: x)
    #expect(!comparison.agrees)
    #expect(comparison.worst.quantity == .hessianVectorProduct && comparison.worst.coordinate == 3)
    #expect(comparison.description.contains("row 3 of the Hessian"))
  }

  @Test func valuesThatDifferAreSeen() {
    let comparison = compareDerivatives(of: Quartic(), and: Quartic(shift: 1), at: x)
    #expect(comparison.worst.quantity == .value && comparison.worst.coordinate == nil)
    #expect(comparison.description.contains("the value is"))
  }

  @Test(arguments: [Double.nan, .infinity])
  func whatIsNotFiniteIsNeverAgreement(number: Double) {
    let broken = Quartic<Double>(spoil: { $0[2] = number })
    for (a, b) in [(Quartic<Double>(), broken), (broken, Quartic()), (broken, broken)] {
      let comparison = compareDerivatives(of: a, and: b, at: x)
      #expect(!comparison.agrees)
      #expect(comparison.worst.coordinate == 2)
      #expect(comparison.worst.relative.isNaN)
      #expect(comparison.description.contains("cannot be compared here"))
    }
  }

  @Test func largeNumbersDoNotOverflow() {
    let (a, b) = (Quartic<Double>(spoil: { $0[0] = 1.7e308 }), Quartic<Double>(spoil: { $0[0] = -1.7e308 }))
    #expect(compareDerivatives(of: a, and: b, at: x).worst.relative == 2)
  }

  @Test func theErrorIsTheSources() {
    struct Broken: Error {}
    struct Throwing: HessianVectorObjective {
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) throws(Broken)
        -> Double
      {
        gradient.fill(with: 1)
        return x[0]
      }
      func hessian(times _: Vector<Double>, at _: Vector<Double>, into _: inout Vector<Double>) throws(Broken)
      {
        throw Broken()
      }
    }
    #expect(throws: Broken.self) { try compareDerivatives(of: Throwing(), and: Throwing(), at: [1]) }
  }

  @Test func sourcesWithErrorsOfTheirOwnAreCompared() throws {
    struct Broken: Error {}
    struct OtherBroken: Error {}
    struct Throwing<Failing: Error>: DifferentiableObjective {
      typealias Scalar = Double
      typealias Failure = Failing
      var error: Failing?
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) throws(Failing)
        -> Double
      {
        if let error { throw error }
        return Quartic().valueAndGradient(at: x, into: &gradient)
      }
    }
    let (fine, other) = (Throwing<Broken>(), Throwing<OtherBroken>())
    #expect(try compareDerivatives(of: fine, and: Quartic(), at: x).agrees)
    #expect(try compareDerivatives(of: Quartic(), and: fine, at: x).agrees)
    #expect(try compareDerivatives(of: fine, and: other, at: x).agrees)
    #expect(throws: Broken.self) {
      try compareDerivatives(of: Quartic(), and: Throwing(error: Broken()), at: x)
    }
    #expect(throws: OtherBroken.self) {
      try compareDerivatives(of: fine, and: Throwing(error: OtherBroken()), at: x)
    }
  }

  @Test(.enabled(if: _isDebugAssertConfiguration())) func aGradientOfAnotherSizeIsNamed() async throws {
    let first = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let wrong = Quartic<Double>(spoil: { $0 = [1, -0.25, 24, 0.0625, 7] })
      _ = compareDerivatives(of: wrong, and: Quartic(), at: [1, -0.5, 2, 0.25])
    }
    let second = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let wrong = Quartic<Double>(spoilProduct: { $0 = [1] })
      _ = compareDerivatives(of: Quartic(), and: wrong, at: [1, -0.5, 2, 0.25])
    }
    for (result, sentence) in [
      (first, "the first source made a gradient of 5 elements at a point of 4"),
      (second, "the second source made a product with the Hessian of 1 elements at a point of 4"),
    ] {
      let said = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
      #expect(said.contains(sentence), "\(said)")
    }
  }

  @Test func withoutProductsTheGradientsAreCompared() {
    let closure = Closure<Double> { x, g in
      g.set(x, times: 2)
      return x.squaredNorm
    }
    let comparison = compareDerivatives(of: closure, and: FiniteDifferenceHessian(closure), at: x)
    #expect(comparison.agrees)
    #expect(comparison.differences.map(\.quantity) == [.value, .gradient])
  }

  @Test func nothingButZerosAgree() {
    #expect(compareDerivatives(of: Quartic<Double>(), and: Quartic(), at: [0, 0], tolerance: 0).agrees)
  }
}
