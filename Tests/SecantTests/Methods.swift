import Secant

/// A method under a name, for tables of tests.
struct Named<Problem: DifferentiableObjective>: CustomStringConvertible, Sendable {
  let name: String
  let method: any Solver<Problem>
  /// Whether the method asks for second derivatives.
  var seesCurvature = false

  var description: String { name }
}

/// The methods that need a gradient and choose their own steps.
func searchingMethods<P: DifferentiableObjective>() -> [Named<P>] where P.Domain == WholeSpace {
  [
    Named(name: "gradient descent", method: .gradientDescent()),
    Named(name: "L-BFGS", method: .lbfgs()),
    Named(name: "BFGS", method: .bfgs()),
    Named(name: "conjugate gradients", method: .conjugateGradient()),
    Named(name: "Barzilai–Borwein", method: .barzilaiBorwein()),
    Named(name: "Anderson acceleration", method: .anderson()),
  ]
}

/// The methods with a rate.
func ratedMethods<P: DifferentiableObjective>(rate: P.Scalar) -> [Named<P>] where P.Domain == WholeSpace {
  let (low, high) = (rate / 10, rate * 10)
  return [
    Named(name: "gradient descent with a rate", method: .gradientDescent(rate: rate)),
    Named(name: "momentum", method: .momentum(rate: low)),
    Named(name: "Nesterov", method: .nesterov(rate: low)),
    Named(name: "Adam", method: .adam(rate: high)),
    Named(name: "AdamW", method: .adamW(rate: high)),
  ]
}

/// The methods that see curvature and choose their own steps.
func curvatureMethods<P: TwiceDifferentiableObjective>() -> [Named<P>] where P.Domain == WholeSpace {
  [
    Named(name: "Newton", method: .newton(), seesCurvature: true),
    Named(name: "Newton-CG", method: .newtonCG(), seesCurvature: true),
    Named(name: "trust region", method: .trustRegion(), seesCurvature: true),
  ]
}
