// The same functions by SecantAutoDiff.

import SecantAutoDiff

extension Measurement {
  /// A function written in scalars: replayed, as it is by default, and recorded anew at every point.
  func reportSecant<Function: DifferentiableFunction<Double>>(
    _ name: String, _ f: Function, at x: Vector<Double>, along v: Vector<Double>
  ) {
    for (method, replaying) in [("Secant", true), ("Secant, recorded anew", false)] {
      let problem = Differentiated(f, replaying: replaying)
      report(
        name, method, at: x, along: v, value: { problem.value(at: $0) },
        gradient: { problem.valueAndGradient(at: $0, into: &$1) },
        product: { problem.hessian(times: $0, at: $1, into: &$2) })
    }
  }

  /// Not yet: it waits for operations on whole matrices.
  func reportSecant(_ name: String, _ f: Perceptron, at x: Vector<Double>, along v: Vector<Double>) {}
}
