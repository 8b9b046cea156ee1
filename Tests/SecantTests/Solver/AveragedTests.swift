import Secant
import Testing

@Suite struct AveragedTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>
  private typealias Sum = LeastSquaresSum<Double>

  /// torch.optim.swa_utils around torch.optim.SGD(lr=0.05, momentum=0.9): the mean, that from the fourth step on of every third
  /// point, and the exponential average; optax.ema where it is corrected.
  @Test func followsTorchAndOptax() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      func difference(_ averaging: Averaging<Scalar>, _ reference: [[Double]]) -> Double {
        discrepancy(
          trajectory(
            .averaged(by: averaging, .momentum(rate: 0.05)), on: Fixed(), from: Fixed<Scalar>.start, steps: 12
          ),
          reference)
      }
      #expect(difference(.mean, WrapperReference.mean) <= tolerance)
      #expect(difference(.stochasticWeights(from: 4, every: 3), WrapperReference.laterMean) <= tolerance)
      #expect(
        difference(.exponential(decay: 0.9, isCorrected: false), WrapperReference.movingAverage) <= tolerance)
      #expect(difference(.exponential(decay: 0.9), WrapperReference.correctedAverage) <= tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  /// The base goes its way as if it were alone, bit for bit, and the average is that of its points.
  @Test func theBaseKnowsNothingOfTheAverage() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let problem = Fixed<Scalar>()
      let start = Fixed<Scalar>.start
      let base = Descent<SteepestDescent<Fixed<Scalar>>, Armijo<Scalar>>.gradientDescent()
      let expected = trajectory(base, on: problem, from: start, steps: 25)
      let method = base.averaged()
      var run = Run(problem, from: start, using: method, until: .never)
      run.advance()
      for k in 1...25 {
        run.advance()
        #expect(run.state.memory.own.base.point == expected[k - 1])
      }
      var alone = Run(problem, from: start, using: base, until: .never)
      for _ in 0...25 { alone.advance() }
      #expect(run.oracle.ledger.gradients == alone.oracle.ledger.gradients)
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func anAverageOfNothingButTheLastPointIsTheBase() {
    let base = Descent<Adam<Fixed<Double>>, Constant<Double>>.adam(rate: 0.1)
    let expected = trajectory(base, on: Fixed(), from: Fixed<Double>.start, steps: 20)
    for averaging: Averaging<Double> in [.exponential(decay: 0), .stochasticWeights(from: 1_000)] {
      #expect(
        trajectory(base.averaged(by: averaging), on: Fixed(), from: Fixed<Double>.start, steps: 20)
          == expected)
    }
  }

  /// At a constant rate the points of SGD do not come to rest, and their mean is a hundred times nearer to the minimum.
  @Test func theMeanComesNearerThanThePoints() {
    let problem = Sum(terms: 200, dimension: 4)
    let least = minimize(problem, from: Vector(zeros: 4), using: .bfgs()).value
    func excess(_ method: any Solver<Sum>) -> Double {
      var sum = 0.0
      func last<M: Solver<Sum>>(_ method: M) {
        var run = Run(problem, from: Vector(zeros: 4), using: method, until: .never)
        for _ in 0..<8_000 { run.advance() }
        sum = problem.value(at: run.state.current.point) - least
      }
      last(method)
      return sum
    }
    let points = excess(.onBatches(of: 2, seed: 3, .gradientDescent(rate: 0.05)))
    let inside = excess(.averaged(.onBatches(of: 2, seed: 3, .gradientDescent(rate: 0.05))))
    let outside = excess(.onBatches(of: 2, seed: 3, .averaged(.gradientDescent(rate: 0.05))))
    #expect(inside < points / 100, "\(points) \(inside)")
    #expect(abs(inside - outside) < 1e-9)
  }

  /// The value that is reported is that of the average, and so is what convergence is judged by.
  @Test func theAnswerIsTheAverage() {
    let problem = Sum(terms: 30, dimension: 3)
    let methods: [any Solver<Sum>] = [
      .averaged(.momentum(rate: 0.05)), .averaged(by: .exponential(decay: 0.9), .gradientDescent()),
      .averaged(by: .stochasticWeights(from: 10, every: 5), .onBatches(of: 7, seed: 1, .adam(rate: 0.1))),
      .onBatches(of: 7, seed: 1, .averaged(.adam(rate: 0.1))), .averaged(.lbfgs()),
    ]
    for method in methods {
      for count in [1, 4, 60] {
        let outcome = minimize(
          problem, from: [3, 3, 3], using: method, until: .never, within: Budget(iterations: count))
        #expect(outcome.value == problem.value(at: outcome.point), "\(outcome)")
        #expect(outcome.value <= problem.value(at: [3, 3, 3]))
        #expect(outcome.certificate?.isReproduced == true)
      }
    }
    // The base converges in a few steps, its mean only like 1/k.
    let quick = minimize(
      problem, from: [3, 3, 3], using: .averaged(.lbfgs()), within: Budget(iterations: 200))
    #expect(!quick.status.isConverged, "\(quick)")
    let later = minimize(
      problem, from: [3, 3, 3], using: .averaged(by: .exponential(decay: 0.5), .gradientDescent(rate: 0.1)),
      within: Budget(iterations: 5_000))
    #expect(later.status.isConverged, "\(later)")
  }

  @Test func onBatchesAPointIsEvaluatedOnce() {
    let problem = Sum(terms: 30, dimension: 3)
    let outcome = minimize(
      problem, from: [3, 3, 3], using: .onBatches(of: 10, .averaged(.gradientDescent(rate: 0.1))),
      until: .never, within: Budget(iterations: 12), certifying: false)
    #expect(outcome.ledger.gradients == 13)
    #expect(abs(outcome.ledger.passes - 5) < 1e-9)
  }

  @Test func resumes() throws {
    let base = Descent<Adam<Fixed<Float>>, Constant<Float>>.adam(rate: 0.1)
    for averaging: Averaging<Float> in [
      .mean, .exponential(decay: 0.9), .stochasticWeights(from: 6, every: 2),
    ] {
      for m in [1, 4, 7] {
        #expect(
          try resumesExactly(base.averaged(by: averaging), on: Fixed(), from: Fixed<Float>.start, m: m, n: 9))
      }
    }
  }

  @Test func complains() {
    let base = Descent<Adam<Fixed<Double>>, Constant<Double>>.adam()
    #expect(base.averaged(by: .mean(from: 0, every: 1)).complaint?.contains("begins after step 0") == true)
    #expect(base.averaged(by: .mean(from: 1, every: 0)).complaint?.contains("every 0-th point") == true)
    #expect(base.averaged(by: .exponential(decay: 1)).complaint?.contains("decay (β) is 1.0") == true)
    #expect(base.averaged().complaint == nil)
  }

  /// An average that begins later than the run ends is told, and the point is the base's, which took the same steps.
  @Test func anAverageThatNeverBeganIsTold() {
    let problem = Sum(terms: 30, dimension: 3)
    let base = Descent<SteepestDescent<Sum>, Constant<Double>>.gradientDescent(rate: 0.1).onBatches(of: 10)
    func run(_ method: some Solver<Sum>) -> Outcome<Sum> {
      minimize(
        problem, from: [3, 3, 3], using: method, until: .never, within: Budget(iterations: 9),
        certifying: false)
    }
    let late = run(base.averaged(by: .stochasticWeights(from: 10)))
    #expect(late.sentence.contains("The average never began: it takes points in from step 10 on"))
    #expect(late.point == run(base).point)
    let inTime = run(base.averaged(by: .stochasticWeights(from: 9)))
    #expect(inTime.remark == nil && run(base).remark == nil)
    // Through the wrappers around it, too.
    let within = run(base.base.averaged(by: .stochasticWeights(from: 50)).onBatches(of: 10))
    #expect(within.remark?.contains("from step 50 on, and the run took 9") == true)
  }
}
