// A function, its gradient, a start: the shortest way to a minimum.
import Secant

let outcome = minimize(from: [-1.2, 1], using: .lbfgs()) { x, gradient in
  let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
  gradient[0] = -2 * a - 400 * x[0] * b
  gradient[1] = 200 * b
  return a * a + 100 * b * b
}
print(outcome)
