import Secant
import Testing

/// The points of a method that is told that it works on batches, where a step is taken in place.
private func trajectoryInPlace<Method: Solver>(
  _ method: Method, on problem: Method.Problem, from start: Vector<Method.Problem.Scalar>, steps: Int
) -> [Vector<Method.Problem.Scalar>] where Method.Problem.Failure == Never {
  var state = method.start(at: start, for: problem)
  state.watch.seesSamples = true
  return (0..<steps).map { _ in
    method.step(&state, on: problem)
    // What was the point before is not touched by it.
    #expect(state.other.point == start && !state.other.isEvaluated)
    return Vector(copying: state.current.point)
  }
}

@Suite struct DescentTests {
  /// A step in place is the step from one vector to another, bit for bit.
  @Test func aStepInPlaceIsTheStep() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      typealias P = QuadraticAndQuartic<Scalar>
      func check<D: Direction>(_ direction: D) where D.Problem == P {
        let method = Descent(direction, step: Scheduled<Scalar>(.cosine(from: 0.05, over: 12)))
        let points = trajectory(method, on: P(), from: P.start, steps: 12)
        let inPlace = trajectoryInPlace(method, on: P(), from: P.start, steps: 12)
        #expect(points == inPlace, "\(D.self)")
        #expect(points[0] != points[11], "\(D.self)")
      }
      check(SteepestDescent<P>())
      for form in [MomentumForm.sum, .velocity] {
        check(Momentum<P>(0.9, dampening: 0.25, form: form))
        check(Nesterov<P>(0.9, form: form))
        check(Nesterov<P>(.growing, form: form))
      }
      check(Adam<P>())
      check(Adam<P>(decoupledDecay: 0.1))
      check(Lion<P>(decoupledDecay: 0.1))
      check(Sophia(estimator: HutchinsonDiagonal<P>(), interval: 100, startsWithoutEstimate: true))
      check(Clipped(Adam<P>(), by: .norm(0.5)))
      check(Decayed(Lion<P>(), by: .coupled(0.1)))
    }
    check(Double.self)
    check(Float.self)
  }

  /// A decoupled decay in place comes before the base's step, and differs from the other order by rounding alone.
  @Test func aDecoupledDecayInPlaceIsTheSame() {
    typealias P = QuadraticAndQuartic<Double>
    let method = Descent(Decayed(Adam<P>(), by: .decoupled(0.1)), step: Constant(rate: 0.05))
    let points = trajectory(method, on: P(), from: P.start, steps: 12)
    let inPlace = trajectoryInPlace(method, on: P(), from: P.start, steps: 12)
    for (x, y) in zip(points, inPlace) { #expect((x - y).norm < 1e-14) }
  }

  /// A direction that has to be written first steps as it always does.
  @Test func aDirectionThatIsWrittenKeepsThePointBefore() {
    typealias P = QuadraticAndQuartic<Double>
    let method = Descent(Yogi<P>(), step: Constant(rate: 0.05))
    var state = method.start(at: P.start, for: P())
    state.watch.seesSamples = true
    method.step(&state, on: P())
    #expect(state.other.point == P.start && state.current.point != P.start)
  }

  /// Where a schedule has ended at zero nothing moves, whatever stands where the trial point is made.
  @Test func aRateOfZeroMovesNothing() {
    typealias P = QuadraticAndQuartic<Double>
    func check<D: Direction>(_ direction: D, seesSamples: Bool) where D.Problem == P {
      let method = Descent(direction, step: Scheduled(.cosine(from: 0.05, over: 5)))
      var state = method.start(at: P.start, for: P())
      state.watch.seesSamples = seesSamples
      for _ in 0..<5 { method.step(&state, on: P()) }
      let end = Vector(copying: state.current.point)
      #expect(end != P.start)
      for _ in 0..<7 {
        method.step(&state, on: P())
        #expect(state.current.point == end, "\(D.self)")
      }
    }
    for seesSamples in [false, true] {
      check(Yogi<P>(), seesSamples: seesSamples)
      check(RMSProp<P>(), seesSamples: seesSamples)
      check(Adam<P>(), seesSamples: seesSamples)
      check(Momentum<P>(), seesSamples: seesSamples)
      check(
        Sophia(estimator: HutchinsonDiagonal<P>(), interval: 3, startsWithoutEstimate: false),
        seesSamples: seesSamples)
    }
  }
}
