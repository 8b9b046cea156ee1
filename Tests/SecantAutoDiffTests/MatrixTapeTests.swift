import CAllocationCounter
import SecantAutoDiff
import Testing

@Suite struct MatrixTapeTests {
  @Test func handlesOutliveTheGrowthOfTheTape() {
    let tape = MatrixTape<Double>()
    let x = tape.begin(at: [1, 2, 3])
    let early = square(x)
    var last = x
    for _ in 0..<200 { last = last + matmul(early, early, transposingSecond: true).rowSums * 1e-4 }
    #expect(early.value.elements == [1, 4, 9])
    var gradient = Vector<Double>(zeros: 3)
    tape.gradient(of: early.sum, into: &gradient)
    #expect(gradient == [2, 4, 6])
  }

  @Test func aGradientIsThatOfTheResultAskedFor() {
    let tape = MatrixTape<Double>()
    let x = tape.begin(at: [2, 3])
    let (a, b) = (x.squaredNorm, x.sum)
    var (gradient, product) = (Vector<Double>(zeros: 2), Vector<Double>(zeros: 2))
    tape.gradient(of: a, into: &gradient)
    #expect(gradient == [4, 6])
    tape.gradient(of: b, into: &gradient)
    #expect(gradient == [1, 1])
    tape.hessian(of: a, times: [1, -1], into: &product)
    #expect(product == [2, -2])
    tape.hessian(of: b, times: [1, -1], into: &product)
    #expect(product == [0, 0])
    let c = a * b
    tape.gradient(of: c, into: &gradient)
    #expect(gradient == [33, 43])
  }

  /// Of steps with an infinite derivative only those count that the result was computed from.
  @Test func whatLeadsNowhereSpoilsNothing() {
    typealias V = MatrixVariable<Double>
    func check(_ f: (V) -> V, hessian: Matrix<Double>) {
      let tape = MatrixTape<Double>()
      let y = f(tape.begin(at: [0, 3]))
      var (g, p, h) = (Vector<Double>(zeros: 2), Vector<Double>(zeros: 2), Matrix<Double>(zeros: 2, 2))
      for _ in 0..<2 {
        tape.gradient(of: y, into: &g)
        #expect(g == [0, 6])
        tape.hessian(of: y, times: [1, 1], into: &p)
        #expect(p == [hessian[0, 0], hessian[1, 1]])
        tape.hessian(of: y, into: &h)
        #expect(h == hessian)
        tape.adjoint(of: y, seed: [2], into: &g)
        #expect(g == [0, 12])
        tape.adjointTangent(of: y, seed: [1], along: [1, 1], into: &p)
        #expect(p == [hessian[0, 0], hessian[1, 1]])
      }
    }
    let square: (V) -> V = { x in
      _ = sqrt(x)
      return x.squaredNorm
    }
    check(square, hessian: [[2, 0], [0, 2]])
    check({ x in checkpointed(x, square) }, hessian: [[2, 0], [0, 2]])
    // Through the parts, and outside variables that a part uses.
    check(
      { x in
        let doubled = x + x
        _ = sqrt(doubled).sum
        return checkpointed(x.tape.constant(0.25)) { quarter in
          _ = sqrt(doubled)
          return quarter * doubled.squaredNorm
        }
      }, hessian: [[2, 0], [0, 2]])
    check(
      { x in
        let state = chain(count: 7, from: x, snapshots: 2) { state, k in
          _ = sqrt(state)
          return k == 3 ? 2 * x : k < 3 ? sqrt(x) : state + 0
        }
        return state.squaredNorm / 4
      }, hessian: [[2, 0], [0, 2]])
  }

  @Test func whatIsInfiniteAndUsedStaysSo() {
    let tape = MatrixTape<Double>()
    var g = Vector<Double>(zeros: 2)
    let x = tape.begin(at: [0, 4])
    tape.gradient(of: sqrt(x).sum, into: &g)
    #expect(g[0] == .infinity && g[1] == 0.25)
    tape.gradient(of: (0 * sqrt(x)).sum + x.sum, into: &g)
    #expect(g[0].isNaN && g[1] == 1)
  }

  @Test func theDerivativeOfAConstantIsZero() {
    let tape = MatrixTape<Double>()
    _ = tape.begin(at: [2, 3])
    let y = exp(tape.constant([1, 2])).sum
    #expect(y.isConstant)
    var (gradient, product, tangent) = (
      Vector<Double>(repeating: .nan, count: 2), Vector<Double>(repeating: .nan, count: 2),
      Vector<Double>(repeating: .nan, count: 1)
    )
    tape.gradient(of: y, into: &gradient)
    tape.hessian(of: y, times: [1, 1], into: &product)
    tape.tangent(of: y, along: [1, 1], into: &tangent)
    #expect(gradient == [0, 0] && product == [0, 0] && tangent == [0])
  }

  @Test func dataIsUsedWhereItStands() {
    let tape = MatrixTape<Double>()
    let x = tape.begin(at: [1, 2])
    var data = Matrix<Double>([[1, 2], [3, 4]])
    let constant = tape.constant(data)
    // A copy is what is written to, as with every value.
    data.fill(with: 0)
    #expect(matmul(constant, x).value.elements == [5, 11])
    #expect(constant.row(1).value.elements == [3, 4] && constant.column(1).value.elements == [2, 4])
    let before = tape.peakCount
    _ = tape.constant(Matrix<Double>(zeros: 1000, 1000)) + 1
    #expect(tape.peakCount == before)
  }

  @Test func aBatchPicksRowsOrColumns() {
    let tape = MatrixTape<Float>()
    _ = tape.begin(at: [1])
    let data = Matrix<Float>([[1, 2, 3], [4, 5, 6]])
    #expect(tape.constant(data, rows: Batch([1, 1, 0])).value == [[4, 5, 6], [4, 5, 6], [1, 2, 3]])
    #expect(tape.constant(data, columns: Batch([2, 0])).value == [[3, 1], [6, 4]])
    #expect(tape.constant(data, columns: .all).value == data)
    #expect(tape.constant(data, rows: .all).value == data)
  }

  @Test func emptyMatricesAreNoCase() {
    let tape = MatrixTape<Double>()
    let x = tape.begin(at: [1, 2])
    let empty = tape.constant(Matrix<Double>(zeros: 3, 0))
    let none = matmul(empty, x.block(0, 0, 2))
    #expect(none.rows == 3 && none.columns == 2 && none.value == Matrix(zeros: 3, 2))
    let y = x.sum + none.sum + x.block(0, 0, 2).squaredNorm
    var gradient = Vector<Double>(zeros: 2)
    tape.gradient(of: y, into: &gradient)
    #expect(gradient == [1, 1])
    #expect(x.block(0, 0, 2).mean.number.isNaN)
    let nothing = tape.begin(at: [])
    #expect(nothing.sum.number == 0)
  }

  /// A model of several operations in one evaluation, and all its derivatives.
  private func evaluate(
    _ tape: MatrixTape<Double>, _ x: Vector<Double>, _ data: Matrix<Double>, _ v: Vector<Double>,
    _ gradient: inout Vector<Double>, _ product: inout Vector<Double>
  ) {
    let x = tape.begin(at: x)
    let hidden = tanh(matmul(data, x.block(0, 5, 4)) + x.block(20, 1, 4))
    let both = hidden.appending(columns: relu(hidden) / 2)
    let y = (matmul(both, x.block(24, 8, 1)) - 1).squaredNorm + 0.1 * x.squaredNorm
    tape.gradient(of: y, into: &gradient)
    tape.hessian(of: y, times: v, into: &product)
  }

  @Test func aSecondEvaluationAllocatesNothing() {
    let tape = MatrixTape<Double>()
    let data = Matrix<Double>(rows: 30, columns: 5, elements: spread(150, -1...1))
    let (x, v): (Vector<Double>, Vector<Double>) = (spread(32, -1...1), spread(32, -1...1, seed: 3))
    var (gradient, product) = (Vector<Double>(zeros: 32), Vector<Double>(zeros: 32))
    for _ in 0..<2 { evaluate(tape, x, data, v, &gradient, &product) }
    secant_count_allocations()
    evaluate(tape, x, data, v, &gradient, &product)
    let allocations = secant_allocations_counted()
    #expect(allocations == 0)
    #expect(product.isFinite && product.norm > 0)
  }

  // MARK: Variables whose evaluation has ended

  @Test func aVariableOfAnEarlierEvaluationIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let tape = MatrixTape<Double>()
      let old = tape.begin(at: [1, 2])
      let new = tape.begin(at: [1, 2])
      _ = new + old
    }
    await #expect(processExitsWith: .failure) {
      let tape = MatrixTape<Double>()
      let old = tape.begin(at: [1, 2])
      _ = tape.begin(at: [1, 2])
      _ = old.value
    }
  }

  @Test func aVariableOfATapeThatIsGoneIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var old: MatrixVariable<Double>?
      do {
        let tape = MatrixTape<Double>()
        old = tape.begin(at: [1, 2])
      }
      let other = MatrixTape<Float>()
      _ = other.begin(at: [1])
      _ = exp(old!)
    }
  }

  @Test func variablesOfTwoTapesDoNotMix() async {
    await #expect(processExitsWith: .failure) {
      let (one, other) = (MatrixTape<Double>(), MatrixTape<Double>())
      _ = one.begin(at: [1]) + other.begin(at: [1])
    }
  }

  @Test func shapesThatDoNotFitAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let tape = MatrixTape<Double>()
      let x = tape.begin(at: [1, 2, 3, 4, 5, 6])
      _ = x.reshaped(rows: 2, columns: 3) + x.reshaped(rows: 3, columns: 2)
    }
    await #expect(processExitsWith: .failure) {
      let tape = MatrixTape<Double>()
      let x = tape.begin(at: [1, 2, 3, 4, 5, 6])
      _ = matmul(x, x)
    }
  }
}
