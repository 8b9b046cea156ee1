import Secant
import SecantProblems
import Testing

/// Holds a problem's derivatives to differences of what they are derivatives of.
func expectDerivatives<Problem: TwiceDifferentiableObjective>(
  of problem: Problem, at x: Vector<Problem.Scalar>, within tolerance: Problem.Scalar,
  sourceLocation: SourceLocation = #_sourceLocation
) where Problem.Failure == Never {
  typealias Scalar = Problem.Scalar
  let n = x.count
  var gradient = Vector<Scalar>(zeros: n)
  var differences = gradient
  let value = problem.valueAndGradient(at: x, into: &gradient)
  #expect(
    abs(problem.value(at: x) - value) <= 8 * Scalar.ulpOfOne * abs(value), sourceLocation: sourceLocation)
  _ = FiniteDifferenceGradient(problem).valueAndGradient(at: x, into: &differences)
  differences.add(gradient, times: -1)
  let scale = max(gradient.largestMagnitude, abs(value))
  #expect(differences.largestMagnitude <= tolerance * scale, "gradient", sourceLocation: sourceLocation)

  var generator = RandomGenerator(seed: 1)
  var v = gradient
  generator.fillNormal(&v)
  var product = Vector<Scalar>(zeros: n)
  var reference = product
  problem.hessian(times: v, at: x, into: &product)
  FiniteDifferenceHessian(problem).hessian(times: v, at: x, into: &reference)
  reference.add(product, times: -1)
  let size = max(product.largestMagnitude, gradient.largestMagnitude)
  #expect(reference.largestMagnitude <= tolerance * size, "product", sourceLocation: sourceLocation)

  // The dense matrix is full, symmetric, and gives the same product. What stood in it is overwritten.
  var dense = Matrix<Scalar>(repeating: .nan, rows: n, columns: n)
  problem.hessian(at: x, into: &dense)
  dense.multiply(v, into: &reference)
  reference.add(product, times: -1)
  #expect(
    reference.largestMagnitude <= 100 * Scalar.ulpOfOne * Scalar(n).squareRoot() * size, "dense",
    sourceLocation: sourceLocation)
  for j in 0..<n {
    for i in 0..<j where dense[i, j] != dense[j, i] { Issue.record("not symmetric at \(i), \(j)") }
  }
}

@Suite struct TestFunctionTests {
  @Test func rosenbrock() {
    for n in [2, 3, 10] {
      let problem = Rosenbrock<Double>(dimension: n)
      expectDerivatives(of: problem, at: problem.start, within: 1e-7)
      expectDerivatives(
        of: Rosenbrock<Float>(dimension: n), at: Rosenbrock<Float>(dimension: n).start, within: 2e-2)
      #expect(problem.value(at: Vector(repeating: 1, count: n)) == 0)
    }
    // f(−1.2, 1) = 24.2 is in every paper.
    #expect(abs(Rosenbrock<Double>().value(at: [-1.2, 1]) - 24.2) < 1e-13)
    #expect(Rosenbrock<Double>(dimension: 4).start == [-1.2, 1, -1.2, 1])
  }

  @Test(arguments: [nil, 7] as [UInt64?]) func quadratic(seed: UInt64?) throws {
    for n in [1, 2, 20] {
      let problem = Quadratic<Double>(dimension: n, conditionNumber: 1e4, seed: seed)
      let x = Vector((0..<n).map { Double($0 % 3) - 0.5 })
      expectDerivatives(of: problem, at: x, within: 1e-7)
      var gradient = Vector<Double>(zeros: n)
      #expect(problem.valueAndGradient(at: problem.minimiser, into: &gradient) == 0)
      #expect(gradient.largestMagnitude == 0)
    }
    expectDerivatives(
      of: Quadratic<Float>(dimension: 5, conditionNumber: 10, seed: seed), at: [1, 0, -1, 2, 3], within: 2e-2)
  }

  @Test func theConditionNumberIsTheOneGiven() throws {
    let problem = Quadratic<Double>(dimension: 30, conditionNumber: 1e5, seed: 3)
    var hessian = Matrix<Double>(zeros: 30, 30)
    problem.hessian(at: problem.minimiser, into: &hessian)
    var eigen = SymmetricEigen<Double>(dimension: 30)
    #expect(eigen.factor(hessian) == nil)
    #expect(abs(eigen.values[0] - 1) < 1e-8)
    #expect(abs(eigen.values[29] - 1e5) < 1e-8)
  }

  @Test func theSameSeedGivesTheSameQuadratic() {
    let (a, b) = (0..<2).map { _ in Quadratic<Double>(dimension: 9, conditionNumber: 10, seed: 5) }.pair
    #expect(a.minimiser == b.minimiser)
    #expect(a.value(at: Vector(zeros: 9)) == b.value(at: Vector(zeros: 9)))
    #expect(Quadratic<Double>(dimension: 9, conditionNumber: 10, seed: 6).minimiser != a.minimiser)
  }
}

extension [Quadratic<Double>] {
  fileprivate var pair: (Quadratic<Double>, Quadratic<Double>) { (self[0], self[1]) }
}
