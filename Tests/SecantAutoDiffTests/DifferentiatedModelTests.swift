import CAllocationCounter
import SecantAutoDiff
import Synchronization
import Testing

@Suite struct DifferentiatedModelTests {
  static let layout = Layout()
    .matrix("hidden.weight", rows: 3, columns: 4, role: .hidden)
    .vector("hidden.bias", count: 4, role: .bias)
    .vector("head.weight", count: 4, role: .head)

  /// A smooth model of twenty samples, whose best fit is not exact.
  static func perceptron<Scalar: LAPACKScalar>(
    _: Scalar.Type, chunk: Int = .max, runs: RunCounter? = nil
  ) -> DifferentiatedFiniteSum<Scalar> {
    let samples = Matrix<Scalar>(rows: 20, columns: 3, elements: spread(60, -1...1, seed: 1))
    let targets = Matrix<Scalar>(rows: 20, columns: 1, elements: spread(20, -1...1, seed: 2))
    return DifferentiatedFiniteSum(layout, termCount: 20, chunk: chunk) { p, batch in
      runs?.increment()
      let x = p.constant(samples, rows: batch)
      let hidden = tanh(matmul(x, p["hidden.weight"]) + p["hidden.bias"].transposed)
      let error = matmul(hidden, p["head.weight"]) - p.constant(targets, rows: batch)
      return error.squaredNorm / Scalar(batch.count(of: 20)) + 0.01 * p.all.squaredNorm
    }
  }

  final class RunCounter: Sendable {
    private let runs = Atomic<Int>(0)
    func increment() { runs.add(1, ordering: .relaxed) }
    var count: Int { runs.load(ordering: .relaxed) }
  }

  let start: Vector<Double> = spread(20, -0.8...0.7)

  @Test func derivativesAgreeWithDifferences() throws {
    for problem in [
      Self.perceptron(Double.self), Self.perceptron(Double.self).restricted(to: Batch([3, 7, 7, 1])),
    ] {
      #expect(checkDerivatives(of: problem, at: start).agrees)
      #expect(checkHessian(of: problem, at: start).agrees)
    }
  }

  @Test func theHessianIsThatOfTheProducts() {
    let problem = Self.perceptron(Double.self)
    var (hessian, product) = (Matrix<Double>(zeros: 20, 20), Vector<Double>(zeros: 20))
    problem.hessian(at: start, into: &hessian)
    let v: Vector<Double> = spread(20, -1...1, seed: 4)
    problem.hessian(times: v, at: start, into: &product)
    var expected = Vector<Double>(zeros: 20)
    hessian.multiply(v, into: &expected)
    #expect((product - expected).largestMagnitude < 1e-14)
    #expect(hessian.transposed == hessian)
  }

  /// The gradient of another mean is its own, in one piece or in several, and nothing of it is taken for the objective.
  @Test func anotherMeanHasItsOwnGradient() {
    for chunk in [Int.max, 7] {
      let problem = Self.perceptron(Double.self, chunk: chunk)
      var (gradient, other, again) = (
        Vector<Double>(zeros: 20), Vector<Double>(zeros: 20), Vector<Double>(zeros: 20)
      )
      let value = problem.valueAndGradient(at: start, into: &gradient)
      for factor in [1.0, 2, 3] {
        problem.gradient(of: { p, _ in factor * p.all.squaredNorm }, at: start, into: &other)
        other.add(start, times: -2 * factor)
        #expect(other.largestMagnitude < 1e-15)
      }
      #expect(problem.valueAndGradient(at: start, into: &again) == value && again == gradient)
    }
  }

  @Test func aProductAtTheSamePointRecordsNothing() {
    let runs = RunCounter()
    let problem = Self.perceptron(Double.self, runs: runs)
    var (gradient, product) = (Vector<Double>(zeros: 20), Vector<Double>(zeros: 20))
    let value = problem.valueAndGradient(at: start, into: &gradient)
    for _ in 0..<5 { problem.hessian(times: gradient, at: start, into: &product) }
    #expect(problem.value(at: start) == value)
    #expect(runs.count == 1)
    problem.hessian(times: gradient, at: start + start, into: &product)
    #expect(runs.count == 2)
    // Another batch is another function.
    #expect(
      problem.restricted(to: Batch([0, 1])).value(at: start + start) != problem.value(at: start + start))
  }

  @Test func batchesAddUpToTheWhole() {
    let problem = Self.perceptron(Float.self)
    let x: Vector<Float> = spread(20, -0.8...0.7)
    var (whole, part, sum) = (Vector<Float>(zeros: 20), Vector<Float>(zeros: 20), Vector<Float>(zeros: 20))
    let value = problem.valueAndGradient(at: x, into: &whole)
    var mean: Float = 0
    for first in stride(from: 0, to: 20, by: 5) {
      let batch = Batch(Array(0..<20), in: first..<(first + 5))
      mean += problem.restricted(to: batch).valueAndGradient(at: x, into: &part) / 4
      sum.add(part, times: 0.25)
    }
    #expect(abs(mean - value) < 1e-6 && (sum - whole).largestMagnitude < 1e-6)
  }

  @Test(arguments: [Batch.all, Batch([3, 7, 7, 1, 19])]) func piecesAddUpToTheWhole(batch: Batch) {
    let whole = Derivatives(Self.perceptron(Double.self).restricted(to: batch), at: start)
    let pieces = Self.perceptron(Double.self, chunk: 3).restricted(to: batch)
    for _ in 0..<2 {
      let found = Derivatives(pieces, at: start)
      for (a, b) in zip(found.all, whole.all) { #expect(abs(a - b) <= 1e-14) }
      #expect(abs(pieces.value(at: start) - whole.value) <= 1e-14)
    }
  }

  @Test func laterEvaluationsAllocateNothing() { expectNoAllocations(Self.perceptron(Double.self)) }

  // Without optimisation what is handed from piece to piece is allocated.
  @Test(.enabled(if: !_isDebugAssertConfiguration())) func laterEvaluationsInPiecesAllocateNothing() {
    expectNoAllocations(Self.perceptron(Double.self, chunk: 7))
    expectNoAllocations(
      Self.perceptron(Double.self, chunk: 2).restricted(to: Batch([3, 7, 7, 1, 19])))
  }

  private func expectNoAllocations(_ problem: DifferentiatedFiniteSum<Double>) {
    var hessian = Matrix<Double>(zeros: 20, 20)
    var (gradient, product) = (Vector<Double>(zeros: 20), Vector<Double>(zeros: 20))
    let points: [Vector<Double>] = (0..<4).map { spread(20, -0.8...0.7, seed: $0) }
    for round in 0..<4 {
      secant_count_allocations()
      _ = problem.value(at: points[round])
      _ = problem.valueAndGradient(at: points[round], into: &gradient)
      problem.hessian(times: gradient, at: points[round], into: &product)
      problem.hessian(at: points[round], into: &hessian)
      let allocations = secant_allocations_counted()
      if round >= 2 { #expect(allocations == 0) }
    }
  }

  @Test func threadsEvaluateTheSameProblem() async {
    let problem = Self.perceptron(Double.self)
    let points: [Vector<Double>] = (0..<8).map { spread(20, -0.8...0.7, seed: $0) }
    let evaluate: @Sendable (Int) -> [Vector<Double>] = { k in
      var (gradient, product) = (Vector<Double>(zeros: 20), Vector<Double>(zeros: 20))
      let value = problem.valueAndGradient(at: points[k], into: &gradient)
      problem.hessian(times: points[7 - k], at: points[k], into: &product)
      return [[value], gradient, product]
    }
    let expected = (0..<8).map(evaluate)
    await withTaskGroup(of: Bool.self) { group in
      for k in 0..<8 {
        group.addTask { (0..<200).allSatisfy { _ in evaluate(k) == expected[k] } }
      }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test func newtonAndMiniBatchesRunOnTheSameProblem() {
    let problem = Self.perceptron(Double.self)
    let quick = minimize(problem, from: start, using: .lbfgs())
    let newton = minimize(problem, from: start, using: .newton())
    let truncated = minimize(problem, from: start, using: .newtonCG())
    #expect(quick.status.isConverged && newton.status.isConverged && truncated.status.isConverged)
    let adam = minimize(
      problem, from: start, using: .onBatches(of: 5, .adam(rate: 0.02)), until: .never,
      within: Budget(passes: 100))
    #expect(adam.value < problem.value(at: start))
  }

  @Test func aLayoutAndAClosureAreAProblem() {
    let layout = Layout().matrix("w", rows: 2, columns: 1, role: .hidden).vector("b", count: 1, role: .bias)
    let samples: Matrix<Double> = [[0, 1], [1, 0], [1, 1], [2, 1]]
    let outcome = minimize(layout, from: [0, 0, 0], using: .newton()) { p in
      (matmul(samples, p["w"]) + p["b"] - p.constant([5, 3, 6, 7])).squaredNorm
    }
    #expect(outcome.status.isConverged)
    #expect(outcome.ledger.hessians <= 2)
  }

  @Test func nonFiniteStaysNonFinite() {
    let layout = Layout().vector("x", count: 2, role: .other)
    let problem = DifferentiatedModel<Double>(layout) { p in log(p["x"]).sum }
    var gradient = Vector<Double>(zeros: 2)
    #expect(
      problem.valueAndGradient(at: [-1, 1], into: &gradient).isNaN && gradient[0].isNaN && gradient[1] == 1)
    #expect(problem.valueAndGradient(at: [.nan, 1], into: &gradient).isNaN && gradient[0].isNaN)
  }

  @Test func anUnknownBlockIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let layout = Layout().vector("x", count: 2, role: .other)
      _ = DifferentiatedModel<Double>(layout) { p in p["y"].sum }.value(at: [1, 2])
    }
  }
}
