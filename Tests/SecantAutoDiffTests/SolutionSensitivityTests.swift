import SecantAutoDiff
import Testing

/// ½‖Ax − b‖² + ½ p₀‖x‖² − p₁ x₁.
private struct Ridge<Scalar: LAPACKScalar & DifferentiableNumber>: ParametricFunction
where Scalar.Scalar == Scalar {
  let a: [[Scalar]] = [[2, -1, 0.5], [1, 3, -1], [0, 1, 1], [-1, 0.5, 2]]
  let b: [Scalar] = [1, -2, 0.5, 3]

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
  where Number.Scalar == Scalar {
    var sum = x.reduce(0) { $0 + p[0] * $1 * $1 }
    for (row, b) in zip(a, b) {
      let r = zip(row, x).reduce(-Number(b)) { $0 + Number($1.0) * $1.1 }
      sum += r * r
    }
    return sum / 2 - p[1] * x[1]
  }

  /// AᵀA + p₀I.
  func hessian(_ p: Vector<Scalar>) -> Matrix<Scalar> {
    let a = Matrix(a)
    var hessian = Matrix<Scalar>(zeros: 3, 3)
    hessian.setProduct(a, a, transposingFirst: true)
    hessian.addToDiagonal(p[0])
    return hessian
  }
}

/// The same as residuals, without the linear term.
private struct RidgeResiduals: ParametricResiduals {
  let ridge = Ridge<Double>()
  var residualCount: Int { 7 }

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> [Number]
  where Number.Scalar == Double {
    let fit = zip(ridge.a, ridge.b).map { row, b in
      zip(row, x).reduce(-Number(b)) { $0 + Number($1.0) * $1.1 }
    }
    return fit + x.map { sqrt(p[0]) * $0 }
  }
}

/// Strictly convex in x, and not quadratic in x or p.
private struct Bowl<Scalar: LAPACKScalar & DifferentiableNumber>: ParametricFunction
where Scalar.Scalar == Scalar {
  var dimension: Int? { 3 }

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
  where Number.Scalar == Scalar {
    var sum = exp(p[0] * x[0]) + exp(-x[0]) + pow(x[1] - sin(p[1]) * x[0], 2)
    sum += log(1 + exp(x[2] - p[2])) + pow(x[2] - x[1] * p[3], 2) / 2
    return sum + pow(x[1] - p[2], 4)
  }
}

private struct Valley: ParametricFunction {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
  where Number.Scalar == Double {
    pow(x[0] + x[1] - p[0], 2)
  }
}

private struct RootOfParameter: ParametricFunction {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
  where Number.Scalar == Double {
    pow(x[0] - sqrt(p[0]), 2)
  }
}

@Suite struct SolutionSensitivityTests {
  private let p: Vector<Double> = [0.7, 0.4, 0.3, -0.6]

  private func solve(_ p: Vector<Double>) -> Vector<Double> {
    let outcome = minimize(
      Differentiated(Bowl(), parameters: p), from: [0, 0, 0], using: .exactTrustRegion(),
      until: Convergence(gradient: 1e-13))
    #expect(outcome.value.isFinite && outcome.certificate!.stationarity < 1e-10)
    return outcome.point
  }

  private func bowlSensitivity() throws -> SolutionSensitivity<Double> {
    let problem = Differentiated(Bowl<Double>(), parameters: p)
    let outcome = minimize(
      problem, from: [0, 0, 0], using: .exactTrustRegion(), until: Convergence(gradient: 1e-10))
    return try problem.sensitivity(of: outcome)
  }

  @Test func itIsTheDifferenceOfSolutionsFoundAgain() throws {
    let matrix = try bowlSensitivity().matrix
    let h = 1e-4
    for j in p.indices {
      var (right, left) = (p, p)
      right[j] += h
      left[j] -= h
      let slope = (1 / (right[j] - left[j])) * (solve(right) - solve(left))
      for i in 0..<3 { #expect(abs(matrix[i, j] - slope[i]) <= 1e-7) }
    }
  }

  @Test func theAdjointIsTheTransposeOfForward() throws {
    let sensitivity = try bowlSensitivity()
    let ṗ: Vector<Double> = [1, -0.5, 2, 0.25]
    let x̄: Vector<Double> = [0.3, 1, -2]
    let forward = x̄.dot(sensitivity.derivative(along: ṗ))
    #expect(abs(forward - sensitivity.gradient(from: x̄).dot(ṗ)) <= 1e-14)
    for j in p.indices {
      var unit = Vector<Double>(zeros: 4)
      unit[j] = 1
      let column = sensitivity.derivative(along: unit)
      for i in 0..<3 { #expect(abs(column[i] - sensitivity.matrix[i, j]) <= 1e-15) }
    }
    #expect(sensitivity.distance <= 1e-9)
    #expect(sensitivity.parameters == p)
  }

  @Test func ridgeRegressionHasItsClosedForm() throws {
    let p: Vector<Double> = [0.5, 0.25]
    let problem = Differentiated(Ridge<Double>(), parameters: p)
    let outcome = minimize(problem, from: [0, 0, 0], using: .newton())
    let matrix = try problem.sensitivity(of: outcome).matrix
    // ∂x*/∂p₀ = −(AᵀA + p₀I)⁻¹ x*, ∂x*/∂p₁ = (AᵀA + p₀I)⁻¹ e₁.
    var factor = Cholesky<Double>(dimension: 3)
    #expect(factor.factor(problem.function.function.hessian(p)) == nil)
    var (x, e) = (-outcome.point, Vector<Double>([0, 1, 0]))
    factor.solve(&x)
    factor.solve(&e)
    for i in 0..<3 {
      #expect(abs(matrix[i, 0] - x[i]) <= 1e-12)
      #expect(abs(matrix[i, 1] - e[i]) <= 1e-12)
    }
  }

  @Test func leastSquaresWrittenAsResidualsGiveTheSame() throws {
    let squares = DifferentiatedSquares(RidgeResiduals(), parameters: [0.5])
    let fit = minimize(squares, from: [0, 0, 0], using: .exactTrustRegion())
    let ridge = Differentiated(Ridge<Double>(), parameters: [0.5, 0])
    let outcome = minimize(ridge, from: [0, 0, 0], using: .newton())
    let a = try squares.sensitivity(of: fit).derivative(along: [1])
    let b = try ridge.sensitivity(of: outcome).derivative(along: [1, 0])
    #expect((a - b).largestMagnitude <= 1e-5)
  }

  @Test func singlePrecisionIsNearDouble() throws {
    let problem = Differentiated(Bowl<Float>(), parameters: Vector(p.map { Float($0) }))
    let outcome = minimize(problem, from: [0, 0, 0], using: .exactTrustRegion())
    let found = try problem.sensitivity(of: outcome).matrix
    let exact = try bowlSensitivity().matrix
    for i in 0..<3 { for j in 0..<4 { #expect(abs(Double(found[i, j]) - exact[i, j]) <= 1e-2) } }
    let ridge = Differentiated(Ridge<Float>(), parameters: [0.5, 0.25])
    let solved = minimize(ridge, from: [0, 0, 0], using: .newton())
    let single = try ridge.sensitivity(of: solved).gradient(from: [1, 1, 1])
    let twin = Differentiated(Ridge<Double>(), parameters: [0.5, 0.25])
    let double = try twin.sensitivity(of: minimize(twin, from: [0, 0, 0], using: .newton())).gradient(
      from: [1, 1, 1])
    for j in 0..<2 { #expect(abs(Double(single[j]) - double[j]) <= 1e-5) }
  }

  @Test func whatABoundHoldsDoesNotMove() throws {
    let box = Bounds<Double>(lower: [-5, 0, -5], upper: [5, 5, 5])
    func solve(_ p: Vector<Double>) -> Outcome<Bounded<Differentiated<FixedParameters<Ridge<Double>>>>> {
      minimize(
        Differentiated(Ridge(), parameters: p).bounded(by: box), from: [1, 1, 1], using: .tron(),
        until: Convergence(gradient: 1e-12))
    }
    let p: Vector<Double> = [0.5, 0.25]
    let outcome = solve(p)
    #expect(outcome.certificate?.activeBounds.map(\.variable) == [1])
    let problem = Differentiated(Ridge<Double>(), parameters: p).bounded(by: box)
    let sensitivity = try problem.sensitivity(of: outcome)
    #expect(sensitivity.matrix[1, 0] == 0 && sensitivity.matrix[1, 1] == 0)
    #expect(sensitivity.gradient(from: [0, 1, 0]) == [0, 0])
    let h = 1e-5
    let slope = (0.5 / h) * (solve([0.5 + h, 0.25]).point - solve([0.5 - h, 0.25]).point)
    #expect((slope - sensitivity.derivative(along: [1, 0])).largestMagnitude <= 1e-8)
  }

  @Test func allHeldMovesNothing() throws {
    let box = Bounds<Double>(lower: [5, 5, 5], upper: [5, 6, 6])
    let problem = Differentiated(Ridge<Double>(), parameters: [0.5, 0]).bounded(by: box)
    let outcome = minimize(problem, from: [5, 5, 5], using: .tron())
    let sensitivity = try problem.sensitivity(of: outcome)
    #expect(sensitivity.derivative(along: [1, 1]) == [0, 0, 0])
    #expect(sensitivity.distance == 0)
  }

  // MARK: Refusals

  @Test func aRunThatDidNotConvergeIsRefused() {
    let problem = Differentiated(Bowl<Double>(), parameters: p)
    let outcome = minimize(problem, from: [2, 2, 2], using: .bfgs(), within: Budget(iterations: 1))
    let failure = #expect(throws: SensitivityFailure.notConverged(status: "budget exhausted")) {
      try problem.sensitivity(of: outcome)
    }
    #expect(failure?.description.contains("solve the problem first") == true)
  }

  @Test func aMinimiserThatIsNotAloneIsRefused() {
    let problem = Differentiated(Valley(), parameters: [1])
    let outcome = minimize(problem, from: [3, -1], using: .bfgs())
    #expect(outcome.status.isConverged)
    #expect(throws: SensitivityFailure.notPositiveDefinite(variable: 1)) {
      try problem.sensitivity(of: outcome)
    }
  }

  /// x⁴/4 − px has its minimiser at ∛p, here 10⁻³: a point nine times as far out is none, small as both are.
  @Test func smallPointsAreHeldToTheSameMeasure() throws {
    struct Quartic: ParametricFunction {
      func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
      where Number.Scalar == Double { x[0] * x[0] * x[0] * x[0] / 4 - p[0] * x[0] }
    }
    let problem = Differentiated(Quartic(), parameters: [1e-9])
    let sharp = minimize(
      problem, from: [2e-3], using: .newton(), until: Convergence(gradient: 1e-12, isRelative: false))
    #expect(abs(try problem.sensitivity(of: sharp).derivative(along: [1])[0] * 3e-6 - 1) < 1e-3)
    let blunt = minimize(
      problem, from: [9e-3], using: .newton(), until: Convergence(gradient: 4e-7, isRelative: false))
    #expect(blunt.status.isConverged && blunt.point[0] > 5e-3)
    #expect(throws: SensitivityFailure.self) { try problem.sensitivity(of: blunt) }
  }

  @Test func theOutcomeOfOtherParametersIsRefused() {
    let outcome = minimize(Differentiated(Bowl<Double>(), parameters: p), from: [0, 0, 0], using: .newton())
    let other = Differentiated(Bowl<Double>(), parameters: [3, 0.4, 0.3, -0.6])
    do {
      _ = try other.sensitivity(of: outcome)
      Issue.record("a point that is no solution was differentiated")
    } catch {
      guard case .notStationary = error else {
        Issue.record("\(error)")
        return
      }
      #expect(error.description.contains("a Newton step would move variable"))
    }
  }

  @Test func aBoundThatMayHoldOrNotIsRefused() {
    struct Parabola: ParametricFunction {
      func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
      where Number.Scalar == Double {
        pow(x[0] - p[0], 2) + pow(x[1] - 1, 2)
      }
    }
    let problem = Differentiated(Parabola(), parameters: [0]).bounded(from: 0, count: 2)
    let outcome = minimize(problem, from: [1, 3], using: .tron())
    #expect(outcome.point[0] == 0)
    #expect(throws: SensitivityFailure.undecidedBound(variable: 0)) { try problem.sensitivity(of: outcome) }
  }

  @Test func aParameterWhereTheFormulaIsNotSmoothIsRefused() {
    let problem = Differentiated(RootOfParameter(), parameters: [0])
    let outcome = minimize(problem, from: [1], using: .newton())
    #expect(throws: SensitivityFailure.nonFinite) { try problem.sensitivity(of: outcome) }
  }

  @Test func theUnitsOfAVariableDoNotMatter() throws {
    struct Scaled: ParametricFunction {
      let unit: Double
      func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
      where Number.Scalar == Double {
        let (a, b) = (x[0], x[1] * Number(unit))
        return pow(a - p[0], 2) + pow(b - 2 * p[0], 2) + a * b
      }
    }
    func slope(_ unit: Double) throws -> Vector<Double> {
      let joint = Differentiated(FixedParameters(Joined(unit: unit), parameters: []))
      return try SolutionSensitivity(of: joint, at: [0, 0 / unit], parameters: [0]).derivative(along: [1])
    }
    struct Joined: ParametricFunction {
      let unit: Double
      func callAsFunction<Number: DifferentiableNumber>(_ z: [Number], _: [Number]) -> Number
      where Number.Scalar == Double { Scaled(unit: unit)([z[0], z[1]], [z[2]]) }
    }
    let (one, tiny) = (try slope(1), try slope(1e-9))
    #expect(abs(one[0] - tiny[0]) <= 1e-14)
    #expect(abs(one[1] - tiny[1] * 1e-9) <= 1e-14)
  }
}
