import Secant
import SecantProblems
import Testing

private let small = try! DataSet(
  Table("a,b,y\n1,2,0\n-1,0.5,1\n0.3,-2,1\n2,1,0\n-0.7,-1,2\n0.1,0.2,2\n", name: "small.csv")
).withConstant()

@Suite struct RegressionTests {
  /// Reproduces the optima of `logistic-optima.json`, found in extended precision.
  @Test(arguments: ReferenceOptimum.all.indices) func referenceOptimum(_ k: Int) throws {
    let optimum = ReferenceOptimum.all[k]
    func check<P: TwiceDifferentiableObjective & FiniteSumObjective>(_ problem: P)
    where P.Scalar == Double, P.Failure == Never {
      let n = problem.dimension!
      #expect(n == optimum.minimiser.count)
      #expect(optimum.regularisation == 1 / Double(problem.termCount))
      var gradient = Vector<Double>(zeros: n)
      let start = problem.valueAndGradient(at: Vector(zeros: n), into: &gradient)
      #expect(abs(start - optimum.valueAtStart) <= 1e-15 * start)
      let value = problem.valueAndGradient(at: optimum.minimiser, into: &gradient)
      #expect(abs(value - optimum.value) <= 1e-14 * value)
      #expect(gradient.largestMagnitude <= 1e-15)
      #expect(problem.value(at: optimum.minimiser) == value)
    }
    switch optimum.model {
    case .logistic: check(try LogisticRegression<Double>(optimum.dataSet.binaryTraining()))
    case .softmax: check(try SoftmaxRegression<Double>(optimum.dataSet.training()))
    }
  }

  @Test func allOptimaAreKnown() {
    #expect(ReferenceOptimum.all.count == 5)
    for name in DataSet.Shipped.allCases { #expect(ReferenceOptimum.all.contains { $0.dataSet == name }) }
    #expect(ReferenceOptimum.of(.softmax, on: .digits)?.minimiser.count == 620)
    #expect(ReferenceOptimum.of(.logistic, on: .iris) == nil)
  }

  /// Classes that a plane parts have no best weights: without regularisation the loss only falls, out to infinity.
  @Test func separableClassesHaveNoMinimum() throws {
    let problem = try LogisticRegression<Double>(
      DataSet.Shipped.breastCancer.binaryTraining(), regularisation: 0)
    let methods: [any Solver<LogisticRegression<Double>>] = [.lbfgs(), .newton()]
    for method in methods {
      let outcome = minimize(problem, from: Vector(zeros: problem.dimension!), using: method)
      #expect(!outcome.status.isConverged, "\(outcome)")
    }
  }

  @Test func derivatives() throws {
    let binary = small.regrouped { $0 == "0" ? "no" : "yes" }
    var generator = RandomGenerator(seed: 2)
    var w = Vector<Double>(zeros: 9)
    generator.fillNormal(&w)
    let single = Vector(w.map { Float($0) })
    expectDerivatives(of: try LogisticRegression<Double>(binary), at: Vector(w.prefix(3)), within: 1e-8)
    expectDerivatives(of: try LogisticRegression<Float>(binary), at: Vector(single.prefix(3)), within: 1e-2)
    expectDerivatives(of: try SoftmaxRegression<Double>(small), at: w, within: 1e-8)
    expectDerivatives(of: try SoftmaxRegression<Float>(small), at: single, within: 1e-2)

    // Several chunks, whole and as a batch.
    var logistic = try LogisticRegression<Double>(DataSet.Shipped.breastCancer.binaryTraining())
    var softmax = try SoftmaxRegression<Double>(DataSet.Shipped.digits.training())
    var v = Vector<Double>(zeros: 31)
    generator.fillNormal(&v)
    v.scale(by: 0.1)
    expectDerivatives(of: logistic, at: v, within: 1e-8)
    logistic.batch = Batch(generator.permutation(569), in: 7..<500)
    expectDerivatives(of: logistic, at: v, within: 1e-8)
    var u = Vector<Double>(zeros: 620)
    generator.fillNormal(&u)
    u.scale(by: 0.1)
    expectDerivatives(of: softmax, at: u, within: 1e-7)
    softmax.batch = Batch(generator.permutation(1797), in: 0..<33)
    expectDerivatives(of: softmax, at: u, within: 1e-7)
    softmax.batch = Batch([5])
    expectDerivatives(of: softmax, at: u, within: 1e-7)
  }

  @Test func twoClassesOfASoftmaxAreALogisticRegression() throws {
    // With W = (−w/2, w/2) the two models have the same loss, and ‖W‖² = ‖w‖²/2.
    let binary = small.regrouped { $0 == "0" ? "no" : "yes" }
    let w: Vector<Double> = [0.3, -0.8, 0.1]
    let W = Vector(w.map { -$0 / 2 } + w.map { $0 / 2 })
    let logistic = try LogisticRegression<Double>(binary, regularisation: 0.5)
    let softmax = try SoftmaxRegression<Double>(binary, regularisation: 1)
    #expect(abs(logistic.value(at: w) - softmax.value(at: W)) < 1e-15)
  }

  @Test func aMeanOverAPartitionIsTheWhole() throws {
    func check<P: TwiceDifferentiableObjective & FiniteSumObjective>(_ problem: P, parts: Int)
    where P.Scalar == Double, P.Failure == Never {
      let n = problem.dimension!
      var generator = RandomGenerator(seed: 4)
      var w = Vector<Double>(zeros: n)
      generator.fillNormal(&w)
      w.scale(by: 0.1)
      var whole = Vector<Double>(zeros: n)
      var part = whole
      var sum = whole
      let value = problem.valueAndGradient(at: w, into: &whole)
      let order = generator.permutation(problem.termCount)
      var total = 0.0
      for k in 0..<parts {
        let range = (order.count * k / parts)..<(order.count * (k + 1) / parts)
        let share = Double(range.count) / Double(order.count)
        let restricted = problem.restricted(to: Batch(order, in: range))
        total += share * restricted.valueAndGradient(at: w, into: &part)
        sum.add(part, times: share)
        let charge = restricted.charge(for: .gradient, dimension: n)
        #expect(charge.gradients == 1 && charge.passes == share)
      }
      sum.add(whole, times: -1)
      #expect(abs(total - value) <= 1e-14 * value)
      #expect(sum.largestMagnitude <= 1e-14)
    }
    let cancer = try DataSet.Shipped.breastCancer.binaryTraining()
    check(try LogisticRegression<Double>(cancer), parts: 7)
    check(try LogisticRegression<Double>(cancer), parts: 569)
    check(try SoftmaxRegression<Double>(DataSet.Shipped.iris.training()), parts: 3)
    check(try SoftmaxRegression<Double>(DataSet.Shipped.digits.training()), parts: 10)
  }

  @Test func aTermMayStandInABatchTwice() throws {
    var problem = try SoftmaxRegression<Double>(small)
    let w = Vector((0..<9).map { Double($0) / 10 })
    problem.batch = Batch([2])
    let once = problem.value(at: w)
    problem.batch = Batch([2, 2, 2])
    #expect(abs(problem.value(at: w) - once) < 1e-15)
  }

  @Test func aBatchSharesTheData() throws {
    let problem = try LogisticRegression<Double>(DataSet.Shipped.breastCancer.binaryTraining())
    let restricted = problem.restricted(to: Batch([1, 2, 3]))
    #expect(restricted.dataAddress == problem.dataAddress)
  }

  @Test func largeMarginsNeitherOverflowNorLoseDigits() throws {
    let data = try DataSet(Table("a,y\n1,0\n-1,1\n", name: "two.csv"))
    let problem = try LogisticRegression<Double>(data, regularisation: 0)
    var gradient = Vector<Double>(zeros: 1)
    #expect(problem.valueAndGradient(at: [1e4], into: &gradient) == 1e4)
    #expect(gradient[0] == 1)
    // Both samples are on their side, by far: log(1 + e⁻⁴⁰) = e⁻⁴⁰.
    #expect(abs(problem.valueAndGradient(at: [-40], into: &gradient) / Double.exp(-40) - 1) < 1e-15)
    #expect(abs(gradient[0] / Double.exp(-40) - 1) < 1e-15)
    let softmax = try SoftmaxRegression<Double>(data, regularisation: 0)
    #expect(softmax.value(at: [-1e5, 1e5]) == 2e5)
    #expect(abs(softmax.value(at: [20, -20]) / Double.exp(-40) - 1) < 1e-15)
  }

  @Test func theWeightsAreADeclaredMatrix() throws {
    let block = try #require(SoftmaxRegression<Double>(small).layout["weights"])
    #expect(block.shape == .matrix(rows: 3, columns: 3) && block.role == .hidden)
    #expect(try SoftmaxRegression<Double>(small, role: .head).layout["weights"]?.role == .head)
    #expect(try LogisticRegression<Double>(small.regrouped { $0 == "0" ? "a" : "b" }).layout.count == 3)
  }

  @Test func theNumberOfClassesMustFit() {
    #expect(throws: DataError(.wrongClassCount(found: 3, expected: "two"), in: "small.csv")) {
      try LogisticRegression<Double>(small)
    }
    #expect(throws: DataError(.wrongClassCount(found: 1, expected: "2 to 2048"), in: "small.csv")) {
      try SoftmaxRegression<Double>(small.regrouped { _ in "x" })
    }
  }
}
