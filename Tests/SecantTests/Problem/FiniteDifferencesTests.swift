import Secant
import Testing

/// f(x) = Σ exp(xᵢ) + ½ (Σ xᵢ)², with exact derivatives.
private struct Smooth<Scalar: LAPACKScalar>: TwiceDifferentiableObjective {
  func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    let sum = x.reduce(0, +)
    var value = sum * sum / 2
    for i in x.indices {
      gradient[i] = Scalar.exp(x[i]) + sum
      value += Scalar.exp(x[i])
    }
    return value
  }

  func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    hessian.fill(with: 1)
    for i in x.indices { hessian[i, i] += Scalar.exp(x[i]) }
  }
}

@Suite struct FiniteDifferencesTests {
  @Test func gradientHasTwoThirdsOfTheDigits() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, within tolerance: Scalar) {
      let problem = Smooth<Scalar>()
      let x: Vector<Scalar> = [0.5, -1, 2, 0]
      var exact = Vector<Scalar>(zeros: 4)
      var differenced = exact
      let value = problem.valueAndGradient(at: x, into: &exact)
      #expect(FiniteDifferenceGradient(problem).valueAndGradient(at: x, into: &differenced) == value)
      for i in x.indices { #expect(abs(differenced[i] - exact[i]) <= tolerance * 10) }
    }
    check(Double.self, within: 1e-10)
    check(Float.self, within: 1e-4)
  }

  /// A central difference of a quadratic has no truncation error, wherever the point is.
  @Test(arguments: [1e-8, 1, 1e8]) func gradientOfAQuadraticIsExactUpToRounding(magnitude: Double) {
    let problem = FiniteDifferenceGradient(ValueClosure<Double> { x in (3 * x[0] * x[0] + x[0] * x[1]) / 2 })
    let x: Vector = [magnitude, -2 * magnitude]
    var gradient = Vector<Double>(zeros: 2)
    _ = problem.valueAndGradient(at: x, into: &gradient)
    let tolerance = 1e-9 * max(1, magnitude)
    #expect(abs(gradient[0] - 2 * magnitude) <= tolerance)
    #expect(abs(gradient[1] - magnitude / 2) <= tolerance)
  }

  @Test func hessianAndItsProductAgreeWithTheExactOnes() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, within tolerance: Scalar) {
      let problem = Smooth<Scalar>()
      let differenced = FiniteDifferenceHessian(problem)
      let x: Vector<Scalar> = [0.5, -1, 2]
      var exact = Matrix<Scalar>(zeros: 3, 3)
      var approximate = exact
      problem.hessian(at: x, into: &exact)
      differenced.hessian(at: x, into: &approximate)
      for j in 0..<3 {
        for i in 0..<3 {
          #expect(abs(exact[i, j] - approximate[i, j]) <= tolerance)
          #expect(approximate[i, j] == approximate[j, i])
        }
      }
      var product = Vector<Scalar>(zeros: 3)
      var reference = product
      // A direction of any length will do.
      for scale in [1e-12, 1, 1e12] as [Scalar] {
        let v: Vector<Scalar> = [scale, -2 * scale, 3 * scale]
        differenced.hessian(times: v, at: x, into: &product)
        exact.multiply(v, into: &reference)
        for i in 0..<3 { #expect(abs(product[i] - reference[i]) <= 10 * tolerance * scale) }
      }
      differenced.hessian(times: Vector(zeros: 3), at: x, into: &product)
      #expect(product == Vector(zeros: 3))
    }
    check(Double.self, within: 1e-8)
    check(Float.self, within: 5e-3)
  }

  @Test func everyEvaluationIsCharged() {
    let gradient = FiniteDifferenceGradient(Smooth<Double>())
    let charge = gradient.charge(for: .gradient, dimension: 5)
    #expect(charge.values == 11 && charge.gradients == 0 && charge.passes == 11)
    #expect(gradient.charge(for: .value, dimension: 5) == Ledger(.value))

    let hessian = FiniteDifferenceHessian(Smooth<Double>())
    #expect(hessian.charge(for: .hessianVectorProduct, dimension: 5) == 2 * Ledger(.gradient))
    #expect(hessian.charge(for: .hessian, dimension: 5) == 10 * Ledger(.gradient))
    #expect(hessian.charge(for: .gradient, dimension: 5) == Ledger(.gradient))

    let both = FiniteDifferenceHessian(gradient)
    #expect(both.charge(for: .hessian, dimension: 5).values == 110)
  }

  @Test func theChargeIsWhatIsReallyEvaluated() {
    final class Counter { var count = 0 }
    let counter = Counter()
    let problem = FiniteDifferenceHessian(
      FiniteDifferenceGradient(
        ValueClosure<Double> { x in
          counter.count += 1
          return x.dot(x)
        }))
    var hessian = Matrix<Double>(zeros: 3, 3)
    problem.hessian(at: [1, 2, 3], into: &hessian)
    #expect(counter.count == problem.charge(for: .hessian, dimension: 3).values)
    for i in 0..<3 { #expect(abs(hessian[i, i] - 2) < 1e-4) }
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
    var gradient: Vector = [0.0]
    let problem = FiniteDifferenceGradient(Simulator())
    #expect(throws: Simulator.Trouble.diverged) { try problem.valueAndGradient(at: [1], into: &gradient) }
    #expect(throws: Never.self) { try problem.valueAndGradient(at: [0], into: &gradient) }
  }

  @Test func noFiniteValueIsHidden() {
    var gradient: Vector = [0.0]
    let problem = FiniteDifferenceGradient(ValueClosure<Double> { $0[0] > 1 ? .nan : $0[0] })
    _ = problem.valueAndGradient(at: [1], into: &gradient)
    #expect(gradient[0].isNaN)
  }
}
