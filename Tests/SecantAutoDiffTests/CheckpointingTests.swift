import SecantAutoDiff
import Testing

/// Counts the runs of a step.
private final class Counter {
  var count = 0
}

@Suite struct CheckpointingTests {
  typealias Variable = MatrixVariable<Double>

  /// A chain of steps over a state of eight, with a matrix of parameters that every step uses.
  private func step(_ weights: Variable) -> (Variable, Int) -> Variable {
    { state, k in
      let push = tanh(matmul(weights, state) + Double(k) / 10)
      return state + 0.1 * push * square(push) + sin(state) / 50
    }
  }

  private let point: Vector<Double> = spread(72, -0.6...0.5)

  /// The value, gradient and a product with the Hessian of a model, and the most numbers that it held.
  private func derivatives(_ model: (Variable) -> Variable)
    -> (value: Double, gradient: Vector<Double>, product: Vector<Double>, peak: Int)
  {
    let tape = MatrixTape<Double>()
    let y = model(tape.begin(at: point))
    let value = y.number
    var (gradient, product) = (Vector<Double>(zeros: 72), Vector<Double>(zeros: 72))
    tape.gradient(of: y, into: &gradient)
    tape.hessian(of: y, times: spread(72, -1...1, seed: 4), into: &product)
    return (value, gradient, product, tape.peakCount)
  }

  /// The chain between an operation before and operations behind it, which use its ends as well.
  private func model(_ run: @escaping (Variable, @escaping (Variable, Int) -> Variable) -> Variable)
    -> (Variable) -> Variable
  {
    { x in
      let start = exp(x.block(64, 8, 1)) - 1
      let end = run(start, self.step(x.block(0, 8, 8)))
      return (end * start).sum + end.squaredNorm
    }
  }

  private func plain(_ count: Int) -> (Variable) -> Variable {
    model { start, step in (0..<count).reduce(start) { step($0, $1) } }
  }

  @Test(arguments: [1, 2, 3, 7, 30], [1, 2, 3, 5])
  func aChainIsBitForBitThatWithoutSnapshots(count: Int, snapshots: Int) {
    let expected = derivatives(plain(count))
    let found = derivatives(
      model { start, step in chain(count: count, from: start, snapshots: snapshots, step) })
    #expect(found.value == expected.value)
    #expect(found.gradient.isIdentical(to: expected.gradient))
    #expect(found.product.isIdentical(to: expected.product))
  }

  @Test func aChainHoldsMuchLess() {
    let expected = derivatives(plain(100))
    let found = derivatives(model { start, step in chain(count: 100, from: start, snapshots: 5, step) })
    #expect(found.peak * 8 < expected.peak)
  }

  @Test func aCheckpointedPartIsBitForBitTheSameAndHoldsLess() {
    let expected = derivatives(plain(20))
    let parts: (Int) -> (Variable) -> Variable = { size in
      model { start, step in
        stride(from: 0, to: 20, by: size).reduce(start) { state, first in
          checkpointed(state) { state in (first..<(first + size)).reduce(state) { step($0, $1) } }
        }
      }
    }
    for size in [1, 4, 10] {
      let found = derivatives(parts(size))
      #expect(found.value == expected.value)
      #expect(found.gradient.isIdentical(to: expected.gradient))
      #expect(found.product.isIdentical(to: expected.product))
    }
    #expect(derivatives(parts(4)).peak * 2 < expected.peak)
  }

  @Test func checkpointsNest() {
    let expected = derivatives(plain(12))
    let found = derivatives(
      model { start, step in
        checkpointed(start) { start in
          let middle = chain(count: 5, from: start, snapshots: 2, step)
          return checkpointed(middle) { state in (5..<12).reduce(state) { step($0, $1) } }
        }
      })
    #expect(found.gradient.isIdentical(to: expected.gradient))
    #expect(found.product.isIdentical(to: expected.product))
  }

  @Test func aPartMayHandThroughWhatItWasHanded() {
    let expected = derivatives { x in (x * x).sum }
    let found = derivatives { x in
      (checkpointed(x) { $0 } * chain(count: 3, from: x, snapshots: 2) { x, _ in x }).sum
    }
    #expect(found.gradient == expected.gradient && found.product == expected.product)
  }

  @Test func aChainFromDataIsDifferentiated() {
    let model: (@escaping (Variable, Variable) -> Variable) -> (Variable) -> Variable = { run in
      { x in run(x.tape.constant(Vector(repeating: 0.3, count: 8)), x).squaredNorm }
    }
    let expected = derivatives(
      model { start, x in (0..<4).reduce(start) { self.step(x.block(0, 8, 8))($0, $1) } })
    let found = derivatives(
      model { start, x in chain(count: 4, from: start, snapshots: 2, self.step(x.block(0, 8, 8))) })
    #expect(found.gradient.isIdentical(to: expected.gradient))
    #expect(found.product.isIdentical(to: expected.product))
  }

  @Test func aPartMayHandOutDataOfItsOwn() {
    // So large that memory which has been freed is gone at once.
    let count = 1_000_000
    let tape = MatrixTape<Double>()
    let x = tape.begin(at: [1, 2])
    let y = checkpointed(x) { x in x.tape.constant(Vector<Double>(repeating: 0.5, count: count)) }
    #expect(y.isConstant && y.sum.number == 0.5 * Double(count))
    // And what a part within it has borrowed is let go of as late.
    let z = checkpointed(x) { x in
      checkpointed(x) { x in x.tape.constant(Vector<Double>(repeating: 0.25, count: count)) }
    }
    #expect(z.sum.number == 0.25 * Double(count))
  }

  @Test func constantPartsStayConstant() {
    let tape = MatrixTape<Double>()
    let x = tape.begin(at: [1, 2])
    let y = checkpointed(tape.constant([1, 2])) { exp($0) }
    #expect(y.isConstant && !x.isConstant && y.value == tape.constant([Double.exp(1), .exp(2)]).value)
  }

  /// The least number of runs with which l steps can be reversed, by trying every first snapshot.
  private func leastRuns(_ l: Int, _ s: Int, _ known: inout [[Int]: Int]) -> Int {
    if l <= 1 { return 0 }
    if s == 1 { return l * (l - 1) / 2 }
    if let runs = known[[l, s]] { return runs }
    let runs = (1..<l).map { $0 + leastRuns($0, s, &known) + leastRuns(l - $0, s - 1, &known) }.min()!
    known[[l, s]] = runs
    return runs
  }

  @Test(arguments: [1, 2, 3, 4, 7])
  func noScheduleRunsFewerSteps(snapshots s: Int) {
    var known: [[Int]: Int] = [:]
    for l in [1, 2, 3, 5, 10, 11, 24, 40, 57] {
      let counter = Counter()
      let tape = MatrixTape<Double>()
      let y = chain(count: l, from: tape.begin(at: [0.5]), snapshots: s) { x, _ in
        counter.count += 1
        return sin(x)
      }
      #expect(counter.count == l)
      counter.count = 0
      var gradient: Vector<Double> = [0]
      tape.gradient(of: y, into: &gradient)
      #expect(counter.count - l == leastRuns(l, s, &known), "\(l) steps")
    }
  }

  @Test func ofTenStepsWithThreeSnapshotsFifteenAreRunAgain() {
    // Griewank and Walther: r l − β(s + 1, r − 1) = 2 · 10 − 5, for β(3, 2) = 10.
    var known: [[Int]: Int] = [:]
    #expect(leastRuns(10, 3, &known) == 15)
  }

  @Test func aPartThatMakesOtherNumbersAgainIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let tape = MatrixTape<Double>()
      var runs = 0.0
      let y = checkpointed(tape.begin(at: [1, 2])) { x in
        runs += 1
        return runs * x
      }
      var gradient: Vector<Double> = [0, 0]
      tape.gradient(of: y.sum, into: &gradient)
    }
    await #expect(processExitsWith: .failure) {
      let tape = MatrixTape<Double>()
      var runs = 0
      let y = checkpointed(tape.begin(at: [1, 2])) { x in
        runs += 1
        // Of the same sum and the same size.
        return runs == 1 ? x : 3 - x
      }
      var tangent: Vector<Double> = [0, 0]
      tape.tangent(of: y, along: [1, 0], into: &tangent)
    }
  }

  /// Attention masks with such numbers, beside which the others are nothing.
  @Test(arguments: ["-inf", "-1e9", "1e300"]) func aLargeNumberHidesNoOther(mask: String) async {
    await #expect(processExitsWith: .failure) { [mask] in
      let mask = Double(mask)!
      let tape = MatrixTape<Double>()
      var runs = 0.0
      let y = checkpointed(tape.begin(at: [2])) { x in
        runs += 1
        return MatrixVariable(joiningColumns: [runs * x, x + mask])
      }
      var gradient: Vector<Double> = [0]
      tape.gradient(of: y.column(0), into: &gradient)
    }
    await #expect(processExitsWith: .failure) { [mask] in
      let mask = Double(mask)!
      let tape = MatrixTape<Double>()
      var runs = 0
      let y = checkpointed(tape.begin(at: [2])) { x in
        runs += 1
        return runs == 1 ? x : x + mask
      }
      var gradient: Vector<Double> = [0]
      tape.gradient(of: y, into: &gradient)
    }
  }

  @Test func thereMayBeMoreSnapshotsThanSteps() {
    let tape = MatrixTape<Double>()
    let y = chain(count: 2, from: tape.begin(at: [0.5]), snapshots: .max) { x, _ in sin(x) }
    var gradient: Vector<Double> = [0]
    tape.gradient(of: y, into: &gradient)
    #expect(abs(gradient[0] - Double.cos(Double.sin(0.5)) * Double.cos(0.5)) < 1e-15)
  }

  @Test(arguments: [1, 2, 9]) func aStepThatMakesOtherNumbersAgainIsRefused(snapshots: Int) async {
    // Only the last run of all makes another number: nothing that is kept as a state could tell.
    await #expect(processExitsWith: .failure) { [snapshots] in
      func gradient(lastRun: Int) -> Int {
        let tape = MatrixTape<Float>()
        var runs = 0
        let y = chain(count: 9, from: tape.begin(at: [1, 2]), snapshots: snapshots) { x, _ in
          runs += 1
          return runs == lastRun ? 1.01 * sin(x) : sin(x)
        }
        var gradient: Vector<Float> = [0, 0]
        tape.gradient(of: square(y).sum, into: &gradient)
        return runs
      }
      let runs = gradient(lastRun: .max)
      _ = gradient(lastRun: runs)
    }
  }

  @Test func whatIsNotFiniteMayBeMadeAgain() {
    for number in [Double.nan, .infinity, -.infinity] {
      let tape = MatrixTape<Double>()
      let x = tape.begin(at: [1, 2])
      let y = checkpointed(x) { number * $0 } + chain(count: 3, from: x, snapshots: 1) { x, _ in number + x }
      var gradient: Vector<Double> = [0, 0]
      tape.gradient(of: y.sum, into: &gradient)
      #expect(!gradient[0].isFinite)
    }
  }

  @Test func variablesOfASegmentAreVoidOutside() async {
    await #expect(processExitsWith: .failure) {
      let tape = MatrixTape<Double>()
      var leaked: MatrixVariable<Double>?
      let y = checkpointed(tape.begin(at: [1, 2])) { x in
        leaked = exp(x)
        return x
      }
      _ = y + leaked!
    }
  }
}
