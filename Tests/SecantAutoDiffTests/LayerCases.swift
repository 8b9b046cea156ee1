import CAllocationCounter
import Foundation
import SecantAutoDiff
import Testing

/// The operations of layers, for the laws of MatrixOperationTests.
func layerCases<Scalar: LAPACKScalar>(_: Scalar.Type) -> [MatrixCase<Scalar>] {
  var cases: [MatrixCase<Scalar>] = []
  func add(
    _ name: String, _ count: Int, over range: ClosedRange<Double> = -1.4...1.3,
    plain: (([Double]) -> [Double])? = nil,
    _ body: @escaping (MatrixVariable<Scalar>) -> MatrixVariable<Scalar>
  ) {
    cases.append(MatrixCase(name, count, over: range, plain: plain, body))
  }
  /// Row i of a 4 × 3 matrix.
  func row(_ x: [Double], _ i: Int) -> [Double] { [x[i], x[i + 4], x[i + 8]] }
  func logSum(_ x: [Double]) -> Double { log(x.map { exp($0) }.reduce(0, +)) }
  /// A function of rows on a 4 × 3 matrix, column after column.
  func byRows(_ f: @escaping ([Double]) -> [Double]) -> ([Double]) -> [Double] {
    { x in
      let rows = (0..<4).map { f(row(x, $0)) }
      return (0..<rows[0].count).flatMap { j in rows.map { $0[j] } }
    }
  }
  func normalized(_ x: [Double]) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count)
    let variance = x.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(x.count)
    return x.map { ($0 - mean) / (variance + 1e-5).squareRoot() }
  }

  add("logSumExp", 12, plain: byRows { [logSum($0)] }) { logSumExp($0.block(0, 4, 3)) }
  add("softmax", 12, plain: byRows { x in x.map { exp($0 - logSum(x)) } }) { softmax($0.block(0, 4, 3)) }
  add("logSoftmax", 12, plain: byRows { x in x.map { $0 - logSum(x) } }) { logSoftmax($0.block(0, 4, 3)) }
  add(
    "causalSoftmax", 9,
    plain: { x in
      let rows = (0..<3).map { i in
        let seen = (0...i).map { x[i + 3 * $0] }
        return seen.map { exp($0 - logSum(seen)) } + Array(repeating: 0, count: 2 - i)
      }
      return (0..<3).flatMap { j in rows.map { $0[j] } }
    }
  ) { causalSoftmax($0.block(0, 3, 3)) }
  add(
    "crossEntropy", 12,
    plain: { x in
      [(0..<4).map { logSum(row(x, $0)) - row(x, $0)[[2, 0, 1, 2][$0]] }.reduce(0, +) / 4]
    }
  ) { crossEntropy($0.block(0, 4, 3), classes: [2, 0, 1, 2]) }
  let labels: [Double] = [1, 0, 0, 1]
  func binaryLosses(_ z: [Double]) -> [Double] {
    (0..<4).map { i -> Double in log(1 + Foundation.exp(z[i])) - labels[i] * z[i] }
  }
  add(
    "binaryCrossEntropy", 4, plain: { x in [binaryLosses(x).reduce(0, +) / 4] }
  ) { binaryCrossEntropy($0, labels: $0.tape.constant([1, 0, 0, 1])) }
  add("layerNormalized", 12, plain: byRows(normalized)) { layerNormalized($0.block(0, 4, 3)) }
  add("batchNormalized", 12, plain: { x in [0, 4, 8].flatMap { normalized(Array(x[$0..<$0 + 4])) } }) {
    batchNormalized($0.block(0, 4, 3))
  }
  add(
    "batchNormalized, given", 6,
    plain: { x in (0..<4).map { (x[$0] - x[4]) / (x[5] * x[5] + 1 + 1e-5).squareRoot() } }
  ) { x in
    batchNormalized(x.block(0, 4, 1), mean: x.block(4, 1, 1), variance: square(x.block(5, 1, 1)) + 1)
  }
  add("gatherRows", 12, plain: { x in [0, 4, 8].flatMap { j in [3, 0, 3, 1, 3].map { x[j + $0] } } }) {
    gatherRows($0.block(0, 4, 3), [3, 0, 3, 1, 3])
  }
  add("elements in columns", 12, plain: { x in [x[8], x[1], x[6], x[3]] }) {
    square($0.block(0, 4, 3)).elements(inColumns: [2, 0, 1, 0])
      / $0.block(0, 4, 3).elements(inColumns: [2, 0, 1, 0])
  }
  /// A positive definite matrix, not quite symmetric, of the first nine parameters.
  func definite(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
    let a = x.block(0, 3, 3)
    return matmul(a, a, transposingSecond: true) + a / 10
      + x.tape.constant(Matrix<Scalar>(diagonal: [4, 5, 6]))
  }
  func definite(_ x: [Double]) -> [[Double]] {
    (0..<3).map { i -> [Double] in
      (0..<3).map { j -> Double in
        var sum: Double = (x[i + 3 * j] + x[j + 3 * i]) / 20
        if i == j { sum += Double(4 + i) }
        for k in 0..<3 { sum += x[i + 3 * k] * x[j + 3 * k] }
        return sum
      }
    }
  }
  func determinant(_ a: [[Double]]) -> Double {
    func minor(_ j: Int, _ k: Int) -> Double { a[1][j] * a[2][k] - a[1][k] * a[2][j] }
    return a[0][0] * minor(1, 2) - a[0][1] * minor(0, 2) + a[0][2] * minor(0, 1)
  }
  add("logDeterminant", 9, plain: { [log(determinant(definite($0)))] }) { logDeterminant(definite($0)) }
  add("choleskySolve", 15) { choleskySolve(definite($0), $0.block(9, 3, 2)) }
  add(
    "choleskySolve, Cramer's rule", 12,
    plain: { x in
      let a = definite(x)
      return (0..<3).map { k in
        var replaced = a
        for i in 0..<3 { replaced[i][k] = x[9 + i] }
        return determinant(replaced) / determinant(a)
      }
    }
  ) { choleskySolve(definite($0), $0.block(9, 3, 1)) }
  add("choleskySolve of data", 9) { x in
    choleskySolve(definite(x), x.tape.constant([1, -2, 3]))
  }
  add("choleskySolve by data", 3) { x in
    choleskySolve(
      x.tape.constant(Matrix<Scalar>(diagonal: [4, 5, 6])), square(x))
  }
  add("a Gaussian's log-likelihood", 12) { x in
    let (s, y) = (definite(x), x.block(9, 3, 1))
    return y.dot(choleskySolve(s, y)) + logDeterminant(s)
  }
  return cases
}

@Suite struct LayerTests {
  private func value(
    _ x: Vector<Double>, _ body: (MatrixVariable<Double>) -> MatrixVariable<Double>
  ) -> Vector<Double> {
    let tape = MatrixTape<Double>()
    return withExtendedLifetime(tape) { body(tape.begin(at: x)).value.elements }
  }

  @Test func hugeLogitsDoNotOverflow() {
    #expect(value([1000, -1000]) { logSumExp($0.transposed) } == [1000])
    #expect(value([1000, -1000]) { softmax($0.transposed) } == [1, 0])
    #expect(value([1000, -1000]) { crossEntropy($0.transposed, classes: [1]) } == [2000])
    #expect(value([-1000]) { binaryCrossEntropy($0, labels: $0.tape.constant([1])) } == [1000])
  }

  private static let infinity = Double.infinity
  private static let undefined = Vector<Double>(repeating: .nan, count: 2)

  /// logits, logSumExp and its gradient; what is NaN there may be any number that is not finite.
  private static let infiniteLogits: [(x: Vector<Double>, sum: Double, gradient: Vector<Double>)] = [
    ([infinity, 0], infinity, [.nan, 0]), ([infinity, infinity], infinity, undefined),
    ([-infinity, -infinity], -infinity, undefined), ([-infinity, 3], 3, [0, 1]),
    ([-infinity, infinity], infinity, [0, .nan]), ([.nan, 0], .nan, undefined),
    ([.nan, infinity], .nan, undefined),
  ]

  @Test func infiniteLogitsAreAsStated() {
    func isAsStated(_ found: Double, _ expected: Double) -> Bool {
      expected.isNaN ? !found.isFinite : abs(found - expected) <= 1e-15 || found == expected
    }
    let layout = Layout().vector("x", count: 2, role: .bias)
    let model = DifferentiatedModel<Double>(layout) { logSumExp($0.row("x")) }
    let formula = Traced<Double> { x in log(exp(x[0]) + exp(x[1])) }
    for (x, sum, gradient) in LayerTests.infiniteLogits {
      let found = Derivatives(model, at: x).all
      let inNumbers = Derivatives(formula, at: x).all
      for (i, expected) in ([sum] + gradient.elements).enumerated() {
        #expect(isAsStated(found[i], expected) && isAsStated(inNumbers[i], expected), "\(x): \(found)")
      }
      #expect(found[0].isNaN == sum.isNaN)
      #expect(found.dropFirst(3).allSatisfy { sum.isFinite ? $0 == 0 : !$0.isFinite }, "\(x): \(found)")

      let probabilities = value(x) { softmax($0.transposed) }
      let logarithms = value(x) { logSoftmax($0.transposed) }
      #expect(sum.isFinite ? probabilities == [0, 1] : probabilities.allSatisfy { $0.isNaN })
      for i in 0..<2 {
        #expect(sum.isFinite ? logarithms[i] == x[i] - sum : logarithms[i].isNaN || x[i] < sum)
      }
    }
  }

  /// s(1 − s) and softplus(z) − z would lose all digits here: both are near e⁻ᶻ.
  @Test func farOutNoDigitsAreLost() {
    for z in [30.0, 38] {
      let tape = MatrixTape<Double>()
      var gradient: Vector<Double> = [0]
      tape.gradient(of: logistic(tape.begin(at: [z])), into: &gradient)
      let exact = Double.exp(-z)
      #expect(abs(gradient[0] - exact) < 1e-12 * exact)
      let loss = value([z]) { binaryCrossEntropy($0, labels: $0.tape.constant([1])) }[0]
      #expect(abs(loss - exact) < 1e-12 * exact)
    }
  }

  @Test func beyondAllNumbersGELUIsARectifier() {
    for (x, slope) in [(-Double.infinity, 0.0), (.infinity, 1), (1e155, 1), (-1e155, 0)] {
      let tape = MatrixTape<Double>()
      let y = gelu(tape.begin(at: [x]))
      #expect(y.number == (slope == 0 ? 0 : x))
      var (gradient, product): (Vector<Double>, Vector<Double>) = ([0], [0])
      tape.gradient(of: y, into: &gradient)
      tape.hessian(of: y, times: [1], into: &product)
      #expect(gradient == [slope] && product == [0], "\(x): \(gradient), \(product)")
    }
  }

  @Test func whatIsNotDefiniteIsNaN() {
    #expect(value([1, 2, 2, 1]) { logDeterminant($0.reshaped(rows: 2, columns: 2)) }[0].isNaN)
    #expect(value([1, 2, 2, 1]) { choleskySolve($0.reshaped(rows: 2, columns: 2), $0.rows(0..<2)) }[0].isNaN)
  }

  @Test func aConstantRowIsNormalisedToZero() {
    #expect(value([3, 3, 3]) { layerNormalized($0.transposed) } == [0, 0, 0])
    #expect(value([3, 3, 3]) { batchNormalized($0) } == [0, 0, 0])
  }

  @Test(.enabled(if: !_isDebugAssertConfiguration())) func aSecondEvaluationAllocatesNothing() {
    let wasDeterministic = LinearAlgebra.isDeterministic
    LinearAlgebra.isDeterministic = true
    defer { LinearAlgebra.isDeterministic = wasDeterministic }
    let tape = MatrixTape<Double>()
    let (x, v): (Vector<Double>, Vector<Double>) = (spread(16, -1...1), spread(16, -1...1, seed: 3))
    let (classes, rows) = ([3, 0, 1, 2], [0, 2, 2, 1])
    let identity = Matrix<Double>(diagonal: [9, 9, 9, 9])
    var (gradient, product) = (Vector<Double>(zeros: 16), Vector<Double>(zeros: 16))
    func evaluate() {
      let x = tape.begin(at: x).reshaped(rows: 4, columns: 4)
      let y = batchNormalized(layerNormalized(gatherRows(x, rows)))
      let s = matmul(x, x, transposingSecond: true) + tape.constant(identity)
      let f = crossEntropy(matmul(causalSoftmax(y), x), classes: classes) + logDeterminant(s)
      let g = f + choleskySolve(s, y).squaredNorm
      tape.gradient(of: g, into: &gradient)
      tape.hessian(of: g, times: v, into: &product)
    }
    for _ in 0..<2 { evaluate() }
    secant_count_allocations()
    evaluate()
    let allocations = secant_allocations_counted()
    #expect(allocations == 0)
    #expect(product.isFinite && product.norm > 0)
  }

  @Test func aClassThatIsNotThereIsRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = crossEntropy(MatrixTape<Double>().begin(at: [1, 2]).transposed, classes: [2])
    }
    await #expect(processExitsWith: .failure) {
      _ = gatherRows(MatrixTape<Double>().begin(at: [1, 2]), [-1])
    }
  }
}
