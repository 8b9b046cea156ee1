import Foundation
import SecantAutoDiff
import Testing

/// An operation as a function of one vector of parameters.
struct MatrixCase<Scalar: LAPACKScalar> {
  let name: String
  /// The number of parameters.
  let count: Int
  /// Between which bounds the parameters lie.
  let range: ClosedRange<Double>
  let body: (MatrixVariable<Scalar>) -> MatrixVariable<Scalar>
  /// The same in plain code.
  let plain: (([Double]) -> [Double])?

  init(
    _ name: String, _ count: Int, over range: ClosedRange<Double> = -1.4...1.3,
    plain: (([Double]) -> [Double])? = nil,
    _ body: @escaping (MatrixVariable<Scalar>) -> MatrixVariable<Scalar>
  ) {
    (self.name, self.count, self.range, self.plain, self.body) = (name, count, range, plain, body)
  }
}

extension MatrixVariable {
  /// Elements that stand one after the other, as a matrix.
  func block(_ start: Int, _ rows: Int, _ columns: Int) -> MatrixVariable {
    reshaped(rows: 1, columns: count).columns(start..<(start + rows * columns))
      .reshaped(rows: rows, columns: columns)
  }
}

/// Numbers spread over an interval, none close to 0.
func spread<Scalar: LAPACKScalar>(_ count: Int, _ range: ClosedRange<Double>, seed: Int = 0) -> Vector<Scalar>
{
  Vector(
    (0..<count).map { i in
      let t = (Double(i + 1 + 31 * seed) * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * t
      return Scalar(abs(x) < 0.15 ? x + (x < 0 ? -0.2 : 0.2) : x)
    })
}

/// A row-by-row sum of products, without any library.
private func product(_ a: [Double], _ ta: Bool, _ b: [Double], _ tb: Bool, _ m: Int, _ n: Int, _ k: Int)
  -> [Double]
{
  var c = [Double](repeating: 0, count: m * n)
  for j in 0..<n {
    for i in 0..<m {
      for l in 0..<k { c[i + j * m] += a[ta ? l + i * k : i + l * m] * b[tb ? j + l * n : l + j * k] }
    }
  }
  return c
}

private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

func elementwiseCases<Scalar: LAPACKScalar>(_: Scalar.Type) -> [MatrixCase<Scalar>] {
  typealias Variable = MatrixVariable<Scalar>
  let positive = 0.3...1.7
  var cases: [MatrixCase<Scalar>] = []
  func add(
    _ name: String, over range: ClosedRange<Double> = -1.4...1.3, _ plain: @escaping (Double) -> Double,
    _ body: @escaping (Variable) -> Variable
  ) {
    cases.append(MatrixCase(name, 7, over: range, plain: { $0.map(plain) }, body))
  }
  add("negation", { -$0 }, { -$0 })
  add("scale", { 3 * $0 }, { 3 * $0 })
  add("scaled", { $0 * 3 }, { $0 * 3 })
  add("quotient", { $0 / 3 }, { $0 / 3 })
  add("reciprocal", over: positive, { 3 / $0 }, { 3 / $0 })
  add("shift", { 3 + $0 }, { 3 + $0 })
  add("shifted", { $0 - 3 }, { $0 - 3 })
  add("reflected", { 3 - $0 }, { 3 - $0 })
  add("atLeast", { max($0, 0) }, { max($0, 0) })
  add("atMost", { min($0, 0) }, { min($0, 0) })
  add("exp", { exp($0) }, { exp($0) })
  add("expMinusOne", { expm1($0) }, { expMinusOne($0) })
  add("log", over: positive, { log($0) }, { log($0) })
  add("logOnePlus", over: positive, { log1p($0) }, { log(onePlus: $0) })
  add("tanh", { tanh($0) }, { tanh($0) })
  add("logistic", logistic, { logistic($0) })
  add("relu", { max($0, 0) }, { relu($0) })
  add("gelu", { $0 * (1 + erf($0 / 2.0.squareRoot())) / 2 }, { gelu($0) })
  add("softplus", { log(1 + exp($0)) }, { softplus($0) })
  add("sin", { sin($0) }, { sin($0) })
  add("cos", { cos($0) }, { cos($0) })
  add("sqrt", over: positive, { $0.squareRoot() }, { sqrt($0) })
  add("square", { $0 * $0 }, { square($0) })
  add("cube", { $0 * $0 * $0 }, { pow($0, 3) })
  add("pow 1", { $0 }, { pow($0, 1) })
  add("pow 0", { _ in 1 }, { pow($0, 0) })
  add("pow −2", over: 0.7...1.9, { 1 / ($0 * $0) }, { pow($0, -2) })
  add("pow 1.7", over: positive, { pow($0, 1.7) }, { pow($0, 1.7) })
  add("abs", { abs($0) }, { abs($0) })
  add("erf", { erf($0) }, { erf($0) })
  return cases
}

func pairCases<Scalar: LAPACKScalar>(_: Scalar.Type) -> [MatrixCase<Scalar>] {
  typealias Variable = MatrixVariable<Scalar>
  let operations: [(String, (Double, Double) -> Double, (Variable, Variable) -> Variable)] = [
    ("+", { $0 + $1 }, { $0 + $1 }), ("-", { $0 - $1 }, { $0 - $1 }), ("*", { $0 * $1 }, { $0 * $1 }),
    ("/", { $0 / $1 }, { $0 / $1 }), ("max", { max($0, $1) }, { max($0, $1) }),
    ("min", { min($0, $1) }, { min($0, $1) }),
  ]
  // Shapes of the two operands, and of the result.
  let shapes = [
    (5, 3, 5, 3), (5, 3, 1, 3), (5, 3, 5, 1), (5, 3, 1, 1), (1, 3, 5, 3), (5, 1, 5, 3), (1, 1, 5, 3),
    (5, 1, 1, 3), (1, 3, 5, 1), (1, 4, 1, 4), (1, 4, 1, 1), (4, 1, 1, 1), (1, 1, 1, 1),
  ]
  return operations.flatMap { name, plain, body in
    shapes.map { m, n, k, l in
      MatrixCase<Scalar>(
        "\(m)×\(n) \(name) \(k)×\(l)", m * n + k * l, over: 0.2...2.3,
        plain: { x in
          let (rows, columns) = (max(m, k), max(n, l))
          return (0..<rows * columns).map { e in
            let (i, j) = (e % rows, e / rows)
            return plain(x[min(i, m - 1) + min(j, n - 1) * m], x[m * n + min(i, k - 1) + min(j, l - 1) * k])
          }
        }, { x in body(x.block(0, m, n), x.block(m * n, k, l)) })
    }
  }
}

func productCases<Scalar: LAPACKScalar>(_: Scalar.Type) -> [MatrixCase<Scalar>] {
  // Rows and columns of the result, and the length of the sums: matrices, vectors on either side, outer products.
  let shapes = [(3, 4, 5), (3, 1, 5), (1, 4, 5), (3, 4, 1), (1, 1, 5), (3, 1, 1), (1, 1, 1)]
  return shapes.flatMap { m, n, k in
    [(false, false), (true, false), (false, true), (true, true)].map { ta, tb in
      MatrixCase<Scalar>(
        "\(m)×\(k) · \(k)×\(n) \(ta) \(tb)", m * k + k * n,
        plain: { product(Array($0[..<(m * k)]), ta, Array($0[(m * k)...]), tb, m, n, k) },
        { x in
          let a = ta ? x.block(0, k, m) : x.block(0, m, k)
          let b = tb ? x.block(m * k, n, k) : x.block(m * k, k, n)
          return matmul(a, b, transposingFirst: ta, transposingSecond: tb)
        })
    }
  }
}

func otherCases<Scalar: LAPACKScalar>(_: Scalar.Type) -> [MatrixCase<Scalar>] {
  typealias Variable = MatrixVariable<Scalar>
  let data = Matrix<Scalar>(rows: 4, columns: 3, elements: spread(12, -1...1, seed: 5))
  let d: [Double] = data.elements.map { Double($0) }
  var cases: [MatrixCase<Scalar>] = []
  func add(
    _ name: String, _ count: Int, over range: ClosedRange<Double> = -1.4...1.3,
    plain: (([Double]) -> [Double])? = nil, _ body: @escaping (Variable) -> Variable
  ) {
    cases.append(MatrixCase(name, count, over: range, plain: plain, body))
  }
  /// The elements in these places.
  func pick(_ places: [Int]) -> ([Double]) -> [Double] { { x in places.map { x[$0] } } }
  func squares(_ x: [Double]) -> [Double] { x.map { $0 * $0 } }
  func total(_ x: [Double]) -> [Double] { [x.reduce(0, +)] }

  add("sum", 12, plain: total) { $0.block(0, 4, 3).sum }
  add("mean", 12, plain: { [total($0)[0] / 12] }) { $0.block(0, 4, 3).mean }
  add("squaredNorm", 12, plain: { total(squares($0)) }) { $0.squaredNorm }
  add("dot", 12, plain: { x in total((0..<6).map { x[$0] * x[6 + $0] }) }) { x in
    x.block(0, 3, 2).dot(x.block(6, 3, 2))
  }
  add("dot with itself", 6, plain: { total(squares($0)) }) { $0.dot($0) }
  add("dot with data", 12, plain: { x in total((0..<12).map { x[$0] * d[$0] }) }) { x in
    x.block(0, 4, 3).dot(x.tape.constant(data))
  }
  add("rowSums", 12, plain: { x in (0..<4).map { total(pick([$0, $0 + 4, $0 + 8])(x))[0] } }) {
    $0.block(0, 4, 3).rowSums
  }
  add("rowSums of squares", 12) { square($0.block(0, 4, 3)).rowSums }
  add("columnSums", 12, plain: { x in [0, 4, 8].map { total(pick([$0, $0 + 1, $0 + 2, $0 + 3])(x))[0] } }) {
    x in
    x.block(0, 4, 3).columnSums
  }
  add("columnSums of squares", 12) { square($0.block(0, 4, 3)).columnSums }
  add("transposed", 12, plain: pick((0..<12).map { $0 / 3 + $0 % 3 * 4 })) { $0.block(0, 4, 3).transposed }
  add("transposed column", 12, plain: squares) { square($0).transposed }
  add("rows", 12, plain: pick([1, 2, 5, 6, 9, 10])) { $0.block(0, 4, 3).rows(1..<3) }
  add("row", 12, plain: pick([3, 7, 11])) { $0.block(0, 4, 3).row(3) }
  add("columns", 12, plain: { Array($0[4...]) }) { $0.block(0, 4, 3).columns(1..<3) }
  add("columns of a result", 12) { exp($0.block(0, 4, 3)).columns(1..<3) * $0.block(0, 4, 2) }
  add("column", 12, plain: { Array($0[4..<8]) }) { $0.block(0, 4, 3).column(1) }
  add("appended rows", 8, plain: pick([0, 1, 4, 5, 2, 3, 6, 7])) { x in
    x.block(0, 2, 2).appending(rows: x.block(4, 2, 2))
  }
  add("appended columns", 10, plain: { $0 }) { x in x.block(0, 2, 2).appending(columns: x.block(4, 2, 3)) }
  add("joined rows with data", 6) { x in
    Variable(joiningRows: [
      square(x.block(0, 2, 3)), x.tape.constant(data), x.block(0, 1, 3), square(x.block(0, 2, 3)),
    ])
  }
  add("joined columns with data", 8) { x in
    Variable(joiningColumns: [
      square(x.block(0, 4, 2)), x.tape.constant(data), x.block(0, 4, 1), square(x.block(0, 4, 2)),
    ])
  }
  add("data · matrix", 6, plain: { product(d, false, $0, false, 4, 2, 3) }) {
    matmul(data, $0.block(0, 3, 2))
  }
  add("matrix · data", 6, plain: { product($0, false, d, true, 2, 4, 3) }) {
    matmul($0.block(0, 2, 3), data, transposingSecond: true)
  }
  add("Gram matrix", 6, plain: { product($0, true, $0, false, 2, 2, 3) }) {
    matmul($0.block(0, 3, 2), $0.block(0, 3, 2), transposingFirst: true)
  }
  add("x · x", 5, plain: squares) { $0 * $0 }
  add("data / x", 12, over: 0.3...1.7, plain: { x in (0..<12).map { d[$0] / x[$0] } }) { x in
    x.tape.constant(data) / x.block(0, 4, 3)
  }
  add("x / data", 12, over: 0.3...1.7, plain: { x in (0..<12).map { x[$0] / d[$0] } }) { x in
    x.block(0, 4, 3) / x.tape.constant(data)
  }
  add("custom function", 8, plain: { x in zip(squares(x), x[4...]).map { $0 * $1 } }) { x in
    SquareTimes<Scalar>()(x.block(0, 2, 2), x.block(4, 2, 2))
  }
  add("custom function of data", 12, plain: { x in zip(squares(d), x).map { $0 * $1 } }) { x in
    SquareTimes<Scalar>()(x.tape.constant(data), x.block(0, 4, 3))
  }
  add("a layered model", 4 * 3 + 4 + 8) { x in
    let hidden = tanh(matmul(x.block(0, 4, 3), data, transposingSecond: true) + x.block(12, 4, 1))
    return softplus(matmul(x.block(16, 2, 4), hidden)) / (1 + square(x.block(0, 2, 1)))
  }
  return cases
}

/// z = x² y with derivatives written by hand.
struct SquareTimes<Scalar: LAPACKScalar>: MatrixFunction {
  func shape(of operands: [MatrixShape]) -> MatrixShape { operands[0] }

  func value(_ call: MatrixCall<Scalar>) {
    let (x, y, z) = (call.operand(0), call.operand(1), call.result)
    for i in 0..<z.count { z[i] = x[i] * x[i] * y[i] }
  }

  func tangent(_ call: MatrixCall<Scalar>) {
    let (x, y, ż) = (call.operand(0), call.operand(1), call.resultTangent)
    for i in 0..<ż.count {
      ż[i] = 0
      if let ẋ = call.tangent(0) { ż[i] += 2 * x[i] * y[i] * ẋ[i] }
      if let ẏ = call.tangent(1) { ż[i] += x[i] * x[i] * ẏ[i] }
    }
  }

  func adjoint(_ call: MatrixCall<Scalar>) {
    let (x, y, z̄) = (call.operand(0), call.operand(1), call.resultAdjoint)
    for i in 0..<z̄.count {
      if let x̄ = call.adjoint(0) { x̄[i] += 2 * x[i] * y[i] * z̄[i] }
      if let ȳ = call.adjoint(1) { ȳ[i] += x[i] * x[i] * z̄[i] }
    }
  }

  func adjointTangent(_ call: MatrixCall<Scalar>) {
    let (x, y) = (call.operand(0), call.operand(1))
    let (z̄, z̄ʹ) = (call.resultAdjoint, call.resultAdjointTangent)
    for i in 0..<z̄.count {
      let (ẋ, ẏ) = (call.tangent(0)?[i] ?? 0, call.tangent(1)?[i] ?? 0)
      if let x̄ʹ = call.adjointTangent(0) {
        x̄ʹ[i] += 2 * x[i] * y[i] * z̄ʹ[i] + (2 * y[i] * ẋ + 2 * x[i] * ẏ) * z̄[i]
      }
      if let ȳʹ = call.adjointTangent(1) { ȳʹ[i] += x[i] * x[i] * z̄ʹ[i] + 2 * x[i] * ẋ * z̄[i] }
    }
  }
}

/// What the tape makes of a case.
struct MatrixDerivatives<Scalar: LAPACKScalar> {
  let tape = MatrixTape<Scalar>()
  let subject: MatrixCase<Scalar>

  init(_ subject: MatrixCase<Scalar>) { self.subject = subject }

  func value(_ x: Vector<Scalar>) -> Vector<Scalar> { subject.body(tape.begin(at: x)).value.elements }

  func tangent(_ x: Vector<Scalar>, _ ẋ: Vector<Scalar>) -> Vector<Scalar> {
    let y = subject.body(tape.begin(at: x))
    var ẏ = Vector<Scalar>(repeating: .nan, count: y.count)
    tape.tangent(of: y, along: ẋ, into: &ẏ)
    return ẏ
  }

  func adjoint(_ x: Vector<Scalar>, _ ȳ: Vector<Scalar>) -> Vector<Scalar> {
    let y = subject.body(tape.begin(at: x))
    var x̄ = Vector<Scalar>(repeating: .nan, count: x.count)
    tape.adjoint(of: y, seed: ȳ, into: &x̄)
    return x̄
  }

  func adjointTangent(_ x: Vector<Scalar>, _ ȳ: Vector<Scalar>, _ ẋ: Vector<Scalar>) -> Vector<Scalar> {
    let y = subject.body(tape.begin(at: x))
    var product = Vector<Scalar>(repeating: .nan, count: x.count)
    tape.adjointTangent(of: y, seed: ȳ, along: ẋ, into: &product)
    return product
  }
}

/// The derivative of f(x + tẋ) at t = 0, by central differences of order 8.
func difference(
  _ x: Vector<Double>, _ ẋ: Vector<Double>, _ f: (Vector<Double>) -> Vector<Double>
) -> Vector<Double> {
  let h = 0.01
  var sum = Vector<Double>(zeros: f(x).count)
  for (k, weight) in [(1.0, 4.0 / 5), (2, -1.0 / 5), (3, 4.0 / 105), (4, -1.0 / 280)] {
    sum += (weight / h) * (f(x + (k * h) * ẋ) - f(x - (k * h) * ẋ))
  }
  return sum
}

private func scale<Scalar>(_ x: Vector<Scalar>...) -> Scalar {
  x.reduce(1) { max($0, $1.largestMagnitude) }
}

func allCases<Scalar: LAPACKScalar>(_ type: Scalar.Type) -> [MatrixCase<Scalar>] {
  elementwiseCases(type) + pairCases(type) + productCases(type) + otherCases(type)
    + layerCases(type)
}

@Suite struct MatrixOperationTests {
  @Test func valuesAreThoseOfPlainCode() {
    checkValues(Double.self, 1e-14)
    checkValues(Float.self, 4e-6)
  }

  func checkValues<Scalar: LAPACKScalar>(_ type: Scalar.Type, _ tolerance: Double) {
    for subject in allCases(type) {
      guard let plain = subject.plain else { continue }
      let x: Vector<Scalar> = spread(subject.count, subject.range)
      let found = MatrixDerivatives(subject).value(x).map { Double($0) }
      let expected = plain(x.map { Double($0) })
      #expect(found.count == expected.count, "\(subject.name)")
      for (a, b) in zip(found, expected) {
        #expect(abs(a - b) <= tolerance * max(1, abs(b)), "\(subject.name)")
      }
    }
  }

  @Test func tangentsAreThoseOfDifferences() {
    for subject in allCases(Double.self) {
      let derivatives = MatrixDerivatives(subject)
      let x: Vector<Double> = spread(subject.count, subject.range)
      let ẋ: Vector<Double> = spread(subject.count, -1...1, seed: 2)
      let found = derivatives.tangent(x, ẋ)
      let expected = difference(x, ẋ, derivatives.value)
      #expect((found - expected).largestMagnitude <= 2e-10 * scale(expected), "\(subject.name)")
    }
  }

  @Test func adjointsAreTheTransposedTangents() {
    checkAdjoints(Double.self, 1e-13)
    checkAdjoints(Float.self, 3e-5)
  }

  func checkAdjoints<Scalar: LAPACKScalar>(_ type: Scalar.Type, _ tolerance: Scalar) {
    for subject in allCases(type) {
      let derivatives = MatrixDerivatives(subject)
      let x: Vector<Scalar> = spread(subject.count, subject.range)
      let ẋ: Vector<Scalar> = spread(subject.count, -1...1, seed: 2)
      let ẏ = derivatives.tangent(x, ẋ)
      let ȳ: Vector<Scalar> = spread(ẏ.count, -1...1, seed: 3)
      let x̄ = derivatives.adjoint(x, ȳ)
      #expect(abs(ȳ.dot(ẏ) - x̄.dot(ẋ)) <= tolerance * scale(ẏ, x̄), "\(subject.name)")
    }
  }

  @Test func adjointTangentsAreDifferencesOfAdjoints() {
    for subject in allCases(Double.self) {
      let derivatives = MatrixDerivatives(subject)
      let x: Vector<Double> = spread(subject.count, subject.range)
      let ẋ: Vector<Double> = spread(subject.count, -1...1, seed: 2)
      let ȳ: Vector<Double> = spread(derivatives.value(x).count, -1...1, seed: 3)
      let found = derivatives.adjointTangent(x, ȳ, ẋ)
      let expected = difference(x, ẋ) { derivatives.adjoint($0, ȳ) }
      #expect((found - expected).largestMagnitude <= 2e-9 * scale(expected), "\(subject.name)")
    }
  }

  @Test func secondDerivativesAreSymmetric() {
    checkSymmetry(Double.self, 1e-12)
    checkSymmetry(Float.self, 1e-4)
  }

  func checkSymmetry<Scalar: LAPACKScalar>(_ type: Scalar.Type, _ tolerance: Scalar) {
    for subject in allCases(type) {
      let derivatives = MatrixDerivatives(subject)
      let x: Vector<Scalar> = spread(subject.count, subject.range)
      let v: Vector<Scalar> = spread(subject.count, -1...1, seed: 2)
      let w: Vector<Scalar> = spread(subject.count, -1...1, seed: 7)
      let ȳ: Vector<Scalar> = spread(derivatives.value(x).count, -1...1, seed: 3)
      let Hv = derivatives.adjointTangent(x, ȳ, v)
      let Hw = derivatives.adjointTangent(x, ȳ, w)
      #expect(abs(w.dot(Hv) - v.dot(Hw)) <= tolerance * scale(Hv, Hw), "\(subject.name)")
    }
  }

  @Test func floatAgreesWithDouble() {
    for (single, double) in zip(allCases(Float.self), allCases(Double.self)) {
      let x: Vector<Float> = spread(single.count, single.range)
      let v: Vector<Float> = spread(single.count, -1...1, seed: 2)
      let ȳ: Vector<Float> = spread(MatrixDerivatives(single).value(x).count, -1...1, seed: 3)
      let wide = { (x: Vector<Float>) in Vector<Double>(x.map { Double($0) }) }
      let found = wide(MatrixDerivatives(single).adjointTangent(x, ȳ, v))
      let expected = MatrixDerivatives(double).adjointTangent(wide(x), wide(ȳ), wide(v))
      #expect((found - expected).largestMagnitude <= 1e-5 * scale(expected), "\(single.name)")
    }
  }

  // MARK: Where a function is not smooth

  /// The value and the derivative of an elementwise function at a point.
  func at(_ x: Double, _ f: @escaping (MatrixVariable<Double>) -> MatrixVariable<Double>) -> (Double, Double)
  {
    let derivatives = MatrixDerivatives(MatrixCase("", 1, f))
    return (derivatives.value([x])[0], derivatives.adjoint([x], [1])[0])
  }

  @Test func kinksFollowTheConvention() {
    #expect(at(0) { abs($0) } == (0, 0))
    #expect(at(0) { relu($0) } == (0, 0))
    #expect(at(0) { max($0, 0) } == (0, 1))
    #expect(at(0) { min($0, 0) } == (0, 1))
    #expect(at(2) { max($0, $0.tape.constant(2)) } == (2, 1))
    #expect(at(2) { max($0.tape.constant(2), $0) } == (2, 0))
    #expect(at(0) { pow($0, 0) } == (1, 0))
    #expect(at(0) { pow($0, -1) } == (.infinity, -.infinity))
    #expect(at(0) { pow($0, 1) } == (0, 1))
    #expect(at(-2) { pow($0, 3) } == (-8, 12))
    #expect(at(0) { sqrt($0) } == (0, .infinity))
    #expect(at(0) { log($0) } == (-.infinity, .infinity))
  }

  @Test func outsideItsDomainAFunctionIsNaN() {
    for f: (MatrixVariable<Double>) -> MatrixVariable<Double> in [
      { log($0) }, { sqrt($0) }, { pow($0, 0.5) }, { log(onePlus: $0) },
    ] {
      let (value, derivative) = at(-2, f)
      #expect(value.isNaN && derivative.isNaN)
    }
    // Zero times infinity, also of the operand that a maximum is not.
    #expect(at(0) { 0 * sqrt($0) }.1.isNaN)
    #expect(at(0) { max(sqrt($0), 1) }.1.isNaN)
    for f: (MatrixVariable<Double>) -> MatrixVariable<Double> in [
      { max($0, 0) }, { min($0, 0) }, { relu($0) }, { max($0, $0.tape.constant(0)) }, { abs($0) },
    ] {
      let (value, derivative) = at(.nan, f)
      #expect(value.isNaN && derivative.isNaN)
    }
  }

  /// An elementwise function, and the same of a number.
  private typealias Twins = (
    name: String, matrix: @Sendable (MatrixVariable<Double>) -> MatrixVariable<Double>,
    number: (Variable<Double>) -> Variable<Double>
  )

  private let twins: [Twins] = [
    ("2 / x", { 2 / $0 }, { 2 / $0 }), ("x / 2", { $0 / 2 }, { $0 / 2 }), ("x / 0", { $0 / 0 }, { $0 / 0 }),
    ("0 x", { 0 * $0 }, { 0 * $0 }), ("3 − x", { 3 - $0 }, { 3 - $0 }),
    ("max", { max($0, 0) }, { max($0, 0) }), ("min", { min($0, 0) }, { min($0, 0) }),
    ("max with NaN", { max($0, .nan) }, { max($0, Variable(.nan)) }), ("relu", { relu($0) }, { max(0, $0) }),
    ("abs", { abs($0) }, { abs($0) }), ("exp", { exp($0) }, { exp($0) }),
    ("expMinusOne", { expMinusOne($0) }, { expMinusOne($0) }), ("log", { log($0) }, { log($0) }),
    ("logOnePlus", { log(onePlus: $0) }, { log(onePlus: $0) }), ("tanh", { tanh($0) }, { tanh($0) }),
    ("sin", { sin($0) }, { sin($0) }), ("cos", { cos($0) }, { cos($0) }),
    ("sqrt", { sqrt($0) }, { sqrt($0) }),
    ("erf", { erf($0) }, { erf($0) }), ("square", { square($0) }, { pow($0, 2) }),
    ("x x", { $0 * $0 }, { $0 * $0 }), ("x / x", { $0 / $0 }, { $0 / $0 }),
    ("x⁻²", { pow($0, -2) }, { pow($0, -2) }), ("x⁻¹", { pow($0, -1) }, { pow($0, -1) }),
    ("x⁰", { pow($0, 0) }, { pow($0, 0) }), ("x¹", { pow($0, 1) }, { pow($0, 1) }),
    ("x²", { pow($0, 2) }, { pow($0, 2) }), ("x³", { pow($0, 3) }, { pow($0, 3) }),
    ("x^−1.0", { pow($0, -1.0) }, { pow($0, -1.0 as Variable) }),
    ("x^0.0", { pow($0, 0.0) }, { pow($0, 0.0 as Variable) }),
    ("x^0.5", { pow($0, 0.5) }, { pow($0, 0.5 as Variable) }),
    ("x^1.0", { pow($0, 1.0) }, { pow($0, 1.0 as Variable) }),
    ("x^2.0", { pow($0, 2.0) }, { pow($0, 2.0 as Variable) }),
    ("x^3.0", { pow($0, 3.0) }, { pow($0, 3.0 as Variable) }),
    ("x^NaN", { pow($0, .nan) }, { pow($0, Variable(.nan)) }),
  ]

  @Test func everyEdgeIsThatOfTheNumbers() {
    func areSame(_ a: Double, _ b: Double) -> Bool {
      a == b || a.isNaN && b.isNaN || abs(a - b) <= 1e-13 * max(abs(a), abs(b))
    }
    let layout = Layout().vector("x", count: 1, role: .bias)
    for twin in twins {
      let matrix = twin.matrix
      let model = DifferentiatedModel<Double>(layout) { matrix($0["x"]) }
      let formula = Traced<Double> { twin.number($0[0]) }
      for x in [
        -Double.infinity, -1e200, -2, -1, -1e-200, -0.0, 0, 1e-200, 0.5, 1, 2, 800, 1e200, .infinity, .nan,
      ] {
        let (one, other) = (Derivatives(model, at: [x]).all, Derivatives(formula, at: [x]).all)
        #expect(
          areSame(one[0], other[0]) && areSame(one[1], other[1]), "\(twin.name) at \(x): \(one), \(other)")
        // A second derivative beside a first one that is not finite is NaN in matrices.
        #expect(
          one[1].isFinite ? areSame(one[2], other[2]) : one[2].isNaN,
          "\(twin.name) at \(x): \(one), \(other)")
      }
    }
  }

  @Test func nothingHidesNaN() {
    for subject in allCases(Double.self) where subject.name != "pow 0" {
      let derivatives = MatrixDerivatives(subject)
      let x = Vector<Double>(repeating: .nan, count: subject.count)
      #expect(derivatives.value(x).contains { $0.isNaN }, "\(subject.name)")
      let ẋ: Vector<Double> = spread(subject.count, -1...1, seed: 2)
      _ = derivatives.tangent(x, ẋ)
      let ȳ: Vector<Double> = spread(derivatives.value(x).count, -1...1, seed: 3)
      _ = derivatives.adjointTangent(x, ȳ, ẋ)
    }
  }

  @Test func largeArgumentsNeitherOverflowNorCancel() {
    #expect(at(1000) { softplus($0) } == (1000, 1))
    #expect(at(-1000) { softplus($0) } == (0, 0))
    #expect(at(1000) { logistic($0) } == (1, 0))
    #expect(at(-1000) { logistic($0) } == (0, 0))
    #expect(at(-20) { gelu($0) }.0 < 0)
    #expect(at(1e-20) { log(onePlus: $0) } == (1e-20, 1))
  }
}
