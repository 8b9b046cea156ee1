import Foundation
import Secant
import Testing

@Suite struct PureNewtonTests {
  /// Three starts, three kinds of stationary point; a saddle is called one.
  @Test func goesToTheStationaryPointNearby() {
    // Σ xᵢ⁴/4 − xᵢ²/2: a maximum at 0, minima at (±1, ±1), saddles between.
    let f = Formula<Double>(
      n: 2,
      value: { x in
        var sum = 0.0
        for i in 0..<2 {
          let square: Double = x[i] * x[i]
          sum += square * (square / 4 - 0.5)
        }
        return sum
      },
      gradient: { x, g in for i in 0..<2 { g[i] = x[i] * (x[i] * x[i] - 1) } },
      second: { x, H in for i in 0..<2 { H[i, i] = 3 * x[i] * x[i] - 1 } })
    for (start, target, isMinimum) in [
      ([0.9, 1.2], [1, 1], true), ([0.1, 1.1], [0, 1], false), ([0.1, -0.2], [0, 0], false),
    ] as [(Vector<Double>, Vector<Double>, Bool)] {
      let outcome = minimize(f, from: start, using: .pureNewton())
      #expect((outcome.point - target).largestMagnitude < 1e-6)
      #expect(outcome.iterations <= 6)
      #expect(outcome.status.isConverged == isMinimum)
      if case .saddle(let λ, _) = outcome.status { #expect(λ < 0) } else { #expect(isMinimum) }
    }
  }

  @Test func convergesWithOrderTwoToASaddle() {
    let f = Formula<Double>(
      n: 2,
      value: { x in
        let (u, v): (Double, Double) = (x[0], x[1])
        return exp(u) - u - exp(v) + v
      },
      gradient: {
        $1[0] = exp($0[0]) - 1
        $1[1] = 1 - exp($0[1])
      },
      second: {
        $1[0, 0] = exp($0[0])
        $1[1, 1] = -exp($0[1])
      })
    let solver: Descent<PureNewton<Formula<Double>>, FullStep<Double>> = .pureNewton()
    var state = solver.start(at: [0.8, -0.5], for: f)
    var errors: [Double] = []
    while (errors.last ?? 1) > 1e-6 && errors.count < 20 {
      solver.step(&state, on: f)
      errors.append(state.current.point.norm)
    }
    let e = errors.suffix(3).map { log($0) }
    let order = (e[2] - e[1]) / (e[1] - e[0])
    #expect(order > 1.9 && order < 2.2, "\(errors)")
  }

  @Test func stopsAtASingularHessian() {
    let f = Formula<Float>(
      n: 2, value: { $0[0] * $0[0] },
      gradient: {
        $1[0] = 2 * $0[0]; $1[1] = 0
      },
      second: { _, H in H[0, 0] = 2 })
    let outcome = minimize(f, from: [1, 1], using: .pureNewton(), certifying: false)
    #expect(!outcome.status.isConverged)
    #expect(outcome.point == [1, 1])
  }

  @Test func resumesBitForBit() throws {
    let f = Rosenbrock<Double>()
    let solver: Descent<PureNewton<Rosenbrock<Double>>, FullStep<Double>> = .pureNewton()
    var state = solver.start(at: [-1.2, 1], for: f)
    solver.step(&state, on: f)
    var resumed = try JSONDecoder().decode(type(of: state), from: JSONEncoder().encode(state))
    for _ in 0..<3 {
      solver.step(&state, on: f)
      solver.step(&resumed, on: f)
    }
    #expect(state == resumed)
  }
}
