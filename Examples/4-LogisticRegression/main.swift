// Real data: ℓ₂-regularised logistic regression on the Wisconsin breast-cancer data, to the last digit.
import Secant
import SecantProblems

let problem = try LogisticRegression<Double>(DataSet(.breastCancer))
let outcome = minimize(
  problem, from: Vector(zeros: problem.dimension!), using: .trustRegion(), until: Convergence(gradient: 1e-10)
)

print(outcome)
print("weights:", outcome.point)
print("cost:", outcome.ledger.gradients, "gradients,", outcome.ledger.hessianVectorProducts, "products")
