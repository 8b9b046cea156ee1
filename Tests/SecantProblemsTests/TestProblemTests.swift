import Foundation
import Secant
import SecantProblems
import Testing

/// Every problem of the collections: its derivatives, its residuals, and its values in single precision.
@Suite struct TestProblemTests {
  /// The start, a point beside it, and ten times the start.
  static func points(of problem: TestProblem<Double>) -> [Vector<Double>] {
    var generator = RandomGenerator(seed: 5)
    let start = problem.start
    var beside = start
    for i in 0..<start.count { beside[i] += 0.1 * (generator.uniform() - 0.5) * max(1, abs(start[i])) }
    return [start, beside, problem.start(times: 10)]
  }

  // SCOSINE oscillates within the step of a difference; ClassicalProblemTests has its derivatives.
  @Test(arguments: TestProblem<Double>.all.filter { $0.name != "SCOSINE" })
  func derivativesAreExact(_ problem: TestProblem<Double>) {
    for (k, x) in Self.points(of: problem).enumerated() {
      var gradient = x
      let value = problem.valueAndGradient(at: x, into: &gradient)
      #expect(problem.value(at: x) == value || !value.isFinite)
      if k == 2 && !(value.isFinite && gradient.allSatisfy(\.isFinite)) { continue }
      let check = checkDerivatives(of: problem, at: x)
      #expect(check.verdict == .agrees, "\(problem), point \(k): \(check)")
      let hessian = checkHessian(of: problem, at: x)
      #expect(hessian.verdict == .agrees, "\(problem), point \(k): \(hessian)")
    }
  }

  /// Every entry of the Hessian against differences of gradients of the sixth order: the check above looks along
  /// random directions and does not see an error in a small entry.
  // SCOSINE as above.
  @Test(arguments: TestProblem<Double>.all.filter { $0.name != "SCOSINE" })
  func hessiansAreExactEntryByEntry(_ problem: TestProblem<Double>) {
    let n = problem.start.count
    if n > 60 { return }
    let x = Self.points(of: problem)[1]
    var H = Matrix<Double>(zeros: n, n)
    problem.hessian(at: x, into: &H)
    var gradient = x
    _ = problem.valueAndGradient(at: x, into: &gradient)
    let magnitude = gradient.largestMagnitude
    var column = gradient
    for j in 0..<n {
      // These oscillate within a thousandth of their large x.
      let oscillates = ["HUMPS", "GENHUMPS", "LOGHAIRY"].contains(problem.name)
      let h = 1e-3 * (oscillates ? 1 : max(1e-2, abs(x[j])))
      column.fill(with: 0)
      for (k, weight) in [(-3.0, -1.0), (-2, 9), (-1, -45), (1, 45), (2, -9), (3, 1)] {
        var y = x
        y[j] += k * h
        _ = problem.valueAndGradient(at: y, into: &gradient)
        for i in 0..<n { column[i] += weight / (60 * h) * gradient[i] }
      }
      for i in 0..<n {
        #expect(
          abs(column[i] - H[i, j]) <= 1e-6 * (abs(H[i, j]) + 1e-5 * magnitude), "\(problem), \(i), \(j)")
      }
    }
  }

  @Test(arguments: TestProblem<Double>.all)
  func productsAreThoseOfTheMatrix(_ problem: TestProblem<Double>) {
    let n = problem.start.count
    var generator = RandomGenerator(seed: 6)
    for x in Self.points(of: problem) {
      var H = Matrix<Double>(zeros: n, n)
      problem.hessian(at: x, into: &H)
      for i in 0..<n { for j in 0..<i where H[i, j].isFinite { #expect(H[i, j] == H[j, i]) } }
      var v = Vector<Double>(zeros: n)
      generator.fillNormal(&v)
      var product = v
      problem.hessian(times: v, at: x, into: &product)
      for i in 0..<n {
        // The terms of a row may cancel.
        var (sum, magnitude) = (0.0, 0.0)
        for j in 0..<n {
          sum += H[i, j] * v[j]
          magnitude += abs(H[i, j] * v[j])
        }
        if !sum.isFinite { continue }
        #expect(abs(product[i] - sum) <= 1e-12 * magnitude, "\(problem), row \(i)")
      }
    }
  }

  @Test(arguments: TestProblem<Double>.all)
  func residualsAndTheirJacobianGiveTheGradient(_ problem: TestProblem<Double>) {
    guard let squares = TestProblemOfSquares(problem) else { return }
    let (m, n) = (squares.residualCount, problem.start.count)
    for x in Self.points(of: problem) {
      var gradient = x
      let value = problem.valueAndGradient(at: x, into: &gradient)
      if !(value.isFinite && gradient.allSatisfy(\.isFinite)) { continue }
      var (r, s) = (Vector<Double>(zeros: m), Vector<Double>(zeros: m))
      var J = Matrix<Double>(zeros: m, n)
      squares.residuals(at: x, into: &r)
      squares.residualsAndJacobian(at: x, into: &s, &J)
      #expect(r == s)
      #expect(abs(r.squaredNorm - value) <= 1e-14 * Double(m) * value, "\(problem)")
      for j in 0..<n {
        var (sum, magnitude) = (0.0, 0.0)
        for i in 0..<m {
          sum += 2 * J[i, j] * r[i]
          magnitude += abs(2 * J[i, j] * r[i])
        }
        #expect(abs(sum - gradient[j]) <= 1e-13 * magnitude, "\(problem), variable \(j)")
      }
    }
  }

  @Test(arguments: zip(TestProblem<Float>.all, TestProblem<Double>.all))
  func singlePrecisionRoundsTheAnswer(_ problem: TestProblem<Float>, _ same: TestProblem<Double>) {
    #expect(problem.name == same.name && problem.start.count == same.start.count)
    let n = problem.start.count
    let x = problem.start
    let rounded = Vector((0..<n).map { Double(x[$0]) })
    var (g, exact) = (x, rounded)
    #expect(problem.value(at: x) == Float(same.value(at: rounded)))
    #expect(
      problem.valueAndGradient(at: x, into: &g) == Float(same.valueAndGradient(at: rounded, into: &exact)))
    #expect((0..<n).allSatisfy { g[$0] == Float(exact[$0]) })
    var (H, exactH) = (Matrix<Float>(zeros: n, n), Matrix<Double>(zeros: n, n))
    problem.hessian(at: x, into: &H)
    same.hessian(at: rounded, into: &exactH)
    for i in 0..<n { for j in 0..<n { #expect(H[i, j] == Float(exactH[i, j])) } }
  }

  @Test func startsAtMultiplesOfTheStart() {
    let rosenbrock = TestProblem<Double>.rosenbrock
    #expect(rosenbrock.start(times: 10) == [-12, 10])
    // A start at the origin has no multiples: all elements become the factor, as in MINPACK's driver.
    #expect(TestProblem<Double>.watson(3).start(times: 10) == [10, 10, 10])
  }

  @Test func whatIsNoProblemEndsWithASentence() async {
    await #expect(processExitsWith: .failure) { _ = TestProblem<Double>("P", "", start: []) { _, _ in } }
    await #expect(processExitsWith: .failure) {
      _ = TestProblem<Double>("P", "", start: [1], width: -1) { _, _ in }
    }
    await #expect(processExitsWith: .failure) {
      _ = TestProblemOfSquares(
        TestProblem<Double>("P", "", start: [.nan]) { x, f in f.square(x[0]) { $0[0] = 1 } })
    }
  }
}
