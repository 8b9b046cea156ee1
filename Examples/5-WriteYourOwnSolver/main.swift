// A new method is one type: here steepest descent with the step of Barzilai and Borwein (1988).
import Secant

struct BarzilaiBorwein<Problem: DifferentiableObjective>: Solver where Problem.Domain == WholeSpace {
  typealias Scalar = Problem.Scalar

  func allocate(_ dimension: Int, for problem: Problem) -> Stateless { Stateless() }

  func advance(
    _ state: inout State<Scalar, Stateless>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let (x, previous) = (state.current, state.other)
    var α = min(1, 1 / x.gradient.norm)
    if previous.isEvaluated {
      let (s, y) = (x.point - previous.point, x.gradient - previous.gradient)
      α = s.dot(s) / abs(s.dot(y))
    }
    state.other.point.set(x.point, plus: -α, times: x.gradient)
    state.other.isEvaluated = false
    try oracle.evaluate(&state.other)
    state.acceptTrial()
    return .accepted(length: α)
  }
}

let method = BarzilaiBorwein<Closure<Double>>()
let outcome = minimize(from: Vector(repeating: 1, count: 50), using: method) { x, gradient in
  var value = 0.0
  for i in x.indices {
    gradient[i] = Double(i + 1) * x[i]
    value += gradient[i] * x[i] / 2
  }
  return value
}
print(outcome)
