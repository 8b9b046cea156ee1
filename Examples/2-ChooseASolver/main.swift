// First-, quasi- and second-order methods in one array, on one problem, charged in one ledger.
import Secant
import SecantProblems

let problem = Rosenbrock<Double>()

let methods: KeyValuePairs<String, any Solver<Rosenbrock<Double>>> = [
  "gradient descent, rate 1e-3": .gradientDescent(rate: 1e-3),
  "gradient descent, Armijo": .gradientDescent(),
  "Adam": .adam(rate: 1e-2),
  "L-BFGS": .lbfgs(),
  "BFGS": .bfgs(),
  "Newton-CG": .newtonCG(),
  "trust region": .trustRegion(),
  "Newton": .newton(),
]

for (name, method) in methods {
  let outcome = minimize(problem, from: [-1.2, 1], using: method, within: Budget(gradients: 10_000))
  let ledger = outcome.ledger
  print(
    """
    \(name): \(ledger.gradients) gradients, \(ledger.hessianVectorProducts) Hessian-vector products, \
    \(ledger.hessians) Hessians
      \(outcome)
    """)
}
