import Secant
import SecantCompare
import SecantProblems
import Testing

/// A sum of (i + 1)(xᵢ − 1)² with a gradient and nothing else.
private struct Bowl: DifferentiableObjective {
  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var value = 0.0
    for i in x.indices {
      let weight = Double(i % 10 + 1)
      gradient[i] = 2 * weight * (x[i] - 1)
      value += weight * (x[i] - 1) * (x[i] - 1)
    }
    return value
  }
}

/// x² with a noise of one part in 10⁷, which a hash of x makes.
private struct Noisy: DifferentiableObjective {
  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var value = 1.0
    for i in x.indices {
      value += x[i] * x[i]
      gradient[i] = 2 * x[i]
    }
    let hash = x.reduce(0 as UInt64) { ($0 ^ $1.bitPattern) &* 0x9E37_79B9_7F4A_7C15 } >> 40
    return value * (1 + 1e-7 * (Double(hash) / Double(1 << 24) - 0.5))
  }
}

/// The mean of (x − 1)²/2 and (x + 1)²/2.
private struct Halves: TwiceDifferentiableObjective, FiniteSumObjective {
  let termCount = 2
  var batch = Batch.all

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let centres = (0..<batch.count(of: termCount)).map { Double(2 * batch[$0] - 1) }
    gradient[0] = centres.reduce(0) { $0 + x[0] - $1 } / Double(centres.count)
    return centres.reduce(0) { $0 + (x[0] - $1) * (x[0] - $1) / 2 } / Double(centres.count)
  }

  func hessian(at _: Vector<Double>, into hessian: inout Matrix<Double>) { hessian[0, 0] = 1 }
}

/// x + |x|^1.5, whose second derivative is infinite at 0.
private struct Pole: TwiceDifferentiableObjective {
  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let root = abs(x[0]).squareRoot()
    gradient[0] = 1 + (x[0] < 0 ? -1.5 : 1.5) * root
    return x[0] + abs(x[0]) * root
  }
  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian[0, 0] = 0.75 / abs(x[0]).squareRoot()
  }
}

private struct Broken: TwiceDifferentiableObjective {
  struct Failure: Error {}
  func valueAndGradient(at _: Vector<Double>, into _: inout Vector<Double>) throws(Failure) -> Double {
    throw Failure()
  }
  func hessian(at _: Vector<Double>, into _: inout Matrix<Double>) throws(Failure) { throw Failure() }
}

@Suite struct MethodAdviceTests {
  private func advice(_ name: String) throws -> Advice {
    let posed = try #require(ProblemLibrary[name]?.posed(in: Double.self))
    return Advice(on: posed.problem, from: posed.start, within: posed.bounds, isTimed: false)
  }

  /// What is known of the quadratic is measured: its spectrum, that it is one, and what a method needs for it.
  @Test func measuresAQuadratic() throws {
    let advice = try advice("quadratic")
    let m = advice.measurements
    #expect(m.dimension == 100 && m.trouble == nil && m.sum == nil && !m.isBounded)
    for curvature in m.curvatures {
      #expect(abs(curvature.least - 1) < 1e-9 && abs(curvature.greatest - 1000) < 1e-9)
      #expect(abs(curvature.condition - 1000) < 1e-5 && curvature.residual == 0 && !curvature.isNegative)
      #expect((50...110).contains(curvature.conjugateGradientSteps))
    }
    #expect(try #require(m.change) < 1e-12)
    #expect(m.ledger.gradients > 0 && m.ledger.hessians == 2 && m.ledger.gradients <= 20)
    let newton = try #require(advice.forecasts.first { $0.method == "newton" })
    #expect(newton.hessians == 2 && newton.gradientEquivalents == 202 && newton.seconds == nil)
    #expect(
      zip(advice.forecasts, advice.forecasts.dropFirst()).allSatisfy {
        $0.gradientEquivalents <= $1.gradientEquivalents
      })
  }

  /// Lanczos on products where the matrix is too large to ask for, and on differences of gradients where there is nothing
  /// else.
  @Test func seesTheExtremesOfALargeSpectrum() throws {
    let large = AnyProblem(Quadratic<Double>(dimension: 300, conditionNumber: 100, seed: nil))
    let m = Advice(on: large, from: Vector(zeros: 300), isTimed: false).measurements
    #expect(m.ledger.hessians == 0 && m.ledger.hessianVectorProducts <= 150)
    for c in m.curvatures {
      #expect(c.least >= 1 - 1e-9 && c.least <= 3 && c.greatest <= 100 + 1e-9 && c.greatest > 90)
      #expect(c.density == nil && c.residual > 0)
    }
    let gradients = Advice(on: Bowl(), from: Vector(zeros: 50), isTimed: false)
    #expect(gradients.measurements.ledger.hessianVectorProducts == 0)
    #expect(gradients.forecasts.allSatisfy { !$0.usesCurvature } && gradients.recommendation != nil)
    for c in gradients.measurements.curvatures {
      #expect(abs(c.least - 2) < 1e-3 && abs(c.greatest - 20) < 1e-3)
    }
  }

  /// A Hessian that the clock did not see costs what the convention says, not nothing.
  @Test func whatIsNotTimedIsPricedByConvention() throws {
    let large = Quadratic<Double>(dimension: 300, conditionNumber: 100, seed: nil)
    let timed = Advice(on: AnyProblem(large), from: Vector(zeros: 300))
    let prices = timed.measurements.prices
    #expect(prices.hessian == 300 * prices.gradient)
    let newton = try #require(timed.forecasts.first { $0.method == "newton" })
    #expect(newton.gradientEquivalents > 600 && timed.recommendation?.method != "newton")
    #expect("\(timed)".contains("its price is the convention's"))
    let gradients = Advice(on: Bowl(), from: Vector(zeros: 50))
    #expect(gradients.measurements.prices.product == 2 * gradients.measurements.prices.gradient)
    #expect(!"\(gradients)".contains("dense Hessian"))
  }

  /// What holds a matrix is not advised where the catalogue would refuse it for its memory.
  @Test func noMatrixIsAdvisedThatDoesNotFit() throws {
    let n = MethodDescription.largestDenseDimension + 1
    let advice = Advice(
      on: AnyProblem(Quadratic<Double>(dimension: n, conditionNumber: 100, seed: nil)), from: Vector(zeros: n)
    )
    let dense = MethodDescription.all.filter(\.isDense).map(\.name)
    #expect(advice.recommendation != nil && !advice.forecasts.contains { dense.contains($0.method) })
  }

  @Test func seesNegativeCurvatureAndTheTermsOfASum() throws {
    let trained = try advice("iris-mlp")
    #expect(trained.measurements.curvatures.contains { $0.isNegative })
    #expect("\(trained)".contains("not convex"))
    let sum = try #require(try advice("breast-cancer").measurements.sum)
    #expect(sum.termCount == 569 && sum.drawn == 32 && (0.5...50).contains(sum.criticalBatch))
  }

  /// Terms that all but cancel: of (x − 1)²/2 and (x + 1)²/2 the gradients differ by 2, and their mean is x.
  @Test func aBatchBeyondEveryIntegerIsNamed() throws {
    let advice = Advice(on: AnyProblem(Halves()), from: [1e-12], tolerance: 1e-14, isTimed: false)
    #expect(try #require(advice.measurements.sum).criticalBatch > 1e20)
    #expect("\(advice)".contains("no part of them shows the whole gradient"))
  }

  /// The bounds left out are no bounds, and the problem the same.
  @Test func aProblemWithoutBoundsKeepsItsHessian() {
    let problem = AnyProblem(Rosenbrock<Double>())
    let advice = Advice(on: problem, from: [-1.2, 1], isTimed: false)
    let same = Advice(on: problem, from: [-1.2, 1], within: nil, isTimed: false)
    #expect(advice.forecasts.contains { $0.method == "newton" } && advice.forecasts == same.forecasts)
  }

  @Test func knowsWhatAProblemIsMadeOf() throws {
    let fit = Advice(on: try #require(ProblemLibrary["misra1a"]), isTimed: false)
    #expect(fit.measurements.isLeastSquares && "\(fit)".contains("levenbergMarquardt"))
    let trained = Advice(on: try #require(ProblemLibrary["iris-mlp"]), isTimed: false)
    #expect(trained.measurements.matrixBlocks == 2 && "\(trained)".contains("matrices"))
    let sparse = Advice(on: try #require(ProblemLibrary["tridia"]), isTimed: false)
    #expect(try #require(sparse.measurements.curvatures.first?.density) < 0.2)
    #expect("\(sparse)".contains("WithSparseHessian") && !sparse.measurements.isBounded)
  }

  @Test func seesNoise() throws {
    let noise = try #require(
      Advice(on: Noisy(), from: [0.3, 0.4, 0.5], isTimed: false).measurements.noise)
    #expect((3e-9...3e-7).contains(noise))
  }

  @Test func withinBoundsItAdvisesWhatKnowsBounds() throws {
    let advice = try advice("hs4")
    #expect(advice.measurements.isBounded && !advice.forecasts.isEmpty)
    for forecast in advice.forecasts {
      #expect(MethodDescription.bounded.contains { $0.name == forecast.method })
    }
  }

  /// Where a run would begin is what is measured.
  @Test func aStartOutsideTheBoundsIsProjected() throws {
    let problem = AnyProblem(Rosenbrock<Double>())
    let bounds = Bounds<Double>(lower: [0.5, -1], upper: [3, 3])
    var outside = Advice(on: problem, from: [-1, 5], within: bounds, isTimed: false)
    var inside = Advice(on: problem, from: [0.5, 3], within: bounds, isTimed: false)
    #expect(outside.measurements.movedStart && !inside.measurements.movedStart)
    let sentence = "The start given lay outside the bounds"
    #expect("\(outside)".contains(sentence) && !"\(inside)".contains(sentence))
    outside.measurements.movedStart = false
    (outside.measurements.ledger.seconds, inside.measurements.ledger.seconds) = (0, 0)
    #expect(outside == inside)
    // What is no number is not moved.
    let nan = Advice(on: problem, from: [.nan, 5], within: bounds, isTimed: false)
    #expect(nan.recommendation == nil && "\(nan)".contains("finite") && !nan.measurements.movedStart)
  }

  /// What is forecast can be asked for by its name.
  @Test func everyForecastIsAMethodOfTheCatalogue() throws {
    for name in ["quadratic", "rosenbrock", "ridge", "hs4"] {
      for forecast in try advice(name).forecasts {
        _ = try Request(
          method: forecast.method, among: MethodDescription.all + MethodDescription.bounded)
      }
    }
  }

  @Test func whereTheFiguresDoNotSeparateTheMethodsItSaysSo() throws {
    var advice = try advice("rosenbrock")
    let (first, second) = (try #require(advice.recommendation), try #require(advice.runnerUp))
    #expect(first.usesCurvature != second.usesCurvature)
    // One of the same kind between the two is no rival.
    for (factor, isDecided) in [(1.4, false), (1.6, true)] {
      advice.forecasts = [first, first, second]
      advice.forecasts[2].gradientEquivalents = factor * first.gradientEquivalents
      #expect(advice.runnerUp?.method == second.method && advice.isDecided == isDecided)
      #expect("\(advice)".contains("By these figures") == isDecided)
      #expect("\(advice)".contains("do not separate") != isDecided)
    }
    #expect("\(advice)".contains("This advice cost"))
  }

  /// Bad problems get a sentence and no method.
  @Test func badProblemsAreNamed() {
    func trouble(_ advice: Advice) -> String { "\(advice)" }
    let nan = Advice(on: Bowl(), from: [.nan, 1], isTimed: false)
    #expect(nan.recommendation == nil && trouble(nan).contains("finite"))
    let empty = Advice(on: Bowl(), from: [], isTimed: false)
    #expect(empty.recommendation == nil && trouble(empty).contains("no variables"))
    let infinite = Advice(on: Bowl(), from: [1e200], isTimed: false)
    #expect(infinite.recommendation == nil && trouble(infinite).contains("choose another start"))
    let thrown = Advice(on: AnyProblem(Broken()), from: [1, 2], isTimed: false)
    #expect(thrown.recommendation == nil && trouble(thrown).contains("threw an error"))
    let pole = Advice(on: AnyProblem(Pole()), from: [0], isTimed: false)
    #expect(pole.recommendation == nil && !trouble(pole).contains("threw"))
    #expect(trouble(pole).contains("The Hessian is not finite at the start; choose another start."))
    let misfit = Advice(on: AnyProblem(Rosenbrock<Double>(dimension: 4)), from: [1, 2], isTimed: false)
    #expect(misfit.recommendation == nil && trouble(misfit).contains("give 4"))
    let crossed = Advice(
      on: AnyProblem(Rosenbrock<Double>()), from: [1, 2],
      within: Bounds(lower: [3, 3], upper: [1, 1]), isTimed: false)
    #expect(crossed.recommendation == nil)
    let tolerance = Advice(on: Bowl(), from: [0], tolerance: -1, isTimed: false)
    #expect(tolerance.recommendation == nil && trouble(tolerance).contains("tolerance"))
    let done = Advice(on: Bowl(), from: [1], isTimed: false)
    #expect(done.recommendation == nil && trouble(done).contains("gradient is zero"))
    let held = Advice(
      on: AnyProblem(Rosenbrock<Double>()), from: [1, 2], within: Bounds(lower: [1, 2], upper: [1, 2]),
      isTimed: false)
    #expect(held.recommendation == nil && trouble(held).contains("no way within the bounds"))
    // One variable, and a hundred thousand without a Hessian.
    #expect(Advice(on: Bowl(), from: [0], isTimed: false).recommendation != nil)
    let large = Advice(on: Bowl(), from: Vector(zeros: 100_000))
    #expect(large.recommendation?.method == "lbfgs" && !large.forecasts.contains { $0.method == "bfgs" })
    #expect(large.measurements.ledger.gradients < 250)
    #expect(
      Advice(on: AnyProblem(Rosenbrock<Float>()), from: [-1.2, 1], isTimed: false).recommendation != nil)
  }

  @Test func theSameSeedGivesTheSameAdvice() throws {
    let (first, second) = (try advice("osborne-1"), try advice("osborne-1"))
    #expect(first.forecasts == second.forecasts)
  }
}

@Suite struct AdviceVerificationTests {
  /// Rows that are written by hand, so that what is made of them is known.
  private func verification(_ rows: [(cost: Double?, costs: [String: Double])]) async throws
    -> AdviceVerification
  {
    let beale = try #require(ProblemLibrary["beale"])
    var verification = try await AdviceVerification(of: [beale], isTimed: false)
    let row = try #require(verification.rows.first)
    verification.rows = rows.map {
      var row = row
      (row.cost, row.costs, row.bestCost) = ($0.cost, $0.costs, 1)
      return row
    }
    return verification
  }

  @Test func theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() async throws {
    #expect(try await verification([(4, [:]), (1, [:])]).medianRegret == 2.5)
    #expect(try await verification([(4, [:]), (1, [:]), (nil, [:])]).medianRegret == 4)
    #expect(try await verification([]).medianRegret.isNaN)
  }

  /// Within bounds a method is its kin.
  @Test func theKinWithinBoundsCounts() async throws {
    let verification = try await verification([
      (1, ["tron": 1, "lbfgsb": 3]), (1, ["trustRegion": 1, "lbfgs": 1]),
    ])
    #expect(verification.share(within: 2, always: "trustRegion") == 1)
    #expect(verification.share(within: 2, always: "lbfgs") == 0.5)
    #expect(verification.share(within: 2, always: "newton") == 0)
    for method in MethodDescription.bounded {
      #expect(MethodDescription.all.count { $0.kinWithinBounds == method.name } == 1)
    }
  }

  /// Over the library's small problems, by conventional prices, so that it is the same on every machine.
  @Test func theAdviceIsGood() async throws {
    let problems = (ProblemLibrary.formulas + ProblemLibrary.bounded + ProblemLibrary.fits).filter {
      $0.dimension <= 30
    }
    #expect(problems.count >= 60)
    let verification = try await AdviceVerification(
      of: problems, isTimed: false, within: Budget(iterations: .max, passes: 1_000))
    #expect(verification.rows.count >= 60)
    // The advised method is one of those that ran.
    #expect(verification.rows.allSatisfy { $0.regret >= 1 && ($0.regret == 1) == ($0.cost == $0.bestCost) })
    #expect(verification.shareSolved >= 0.9, "\(verification)")
    #expect(verification.share(within: 2) >= 0.75, "\(verification)")
    #expect(verification.share(within: 3) >= 0.8, "\(verification)")
    #expect(verification.medianRegret <= 1.5, "\(verification)")
  }
}
