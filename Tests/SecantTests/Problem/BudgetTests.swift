import Secant
import Testing

@Suite struct BudgetTests {
  static let budgets: [(Currency, Budget)] = [
    (.iterations, Budget(iterations: 3)), (.values, Budget(iterations: .max, values: 3)),
    (.gradients, Budget(iterations: .max, gradients: 3)),
    (.hessianVectorProducts, Budget(iterations: .max, hessianVectorProducts: 3)),
    (.hessians, Budget(iterations: .max, hessians: 3)), (.residuals, Budget(iterations: .max, residuals: 3)),
    (.jacobians, Budget(iterations: .max, jacobians: 3)),
    (.factorisations, Budget(iterations: .max, factorisations: 3)),
    (.flops, Budget(iterations: .max, flops: 3)),
    (.passes, Budget(iterations: .max, passes: 3)), (.seconds, Budget(iterations: .max, seconds: 3)),
  ]

  /// A limit of 3 allows 3 of its own currency, refuses 4, and looks at no other.
  @Test(arguments: budgets) func aLimitIsOneOfItsOwnCurrency(currency: Currency, budget: Budget) {
    var one = Ledger()
    one.iterations = 1
    one.values = 1
    one.gradients = 1
    one.hessianVectorProducts = 1
    one.hessians = 1
    one.residuals = 1
    one.jacobians = 1
    one.factorisations = 1
    one.flops = 1
    one.passes = 1
    one.seconds = 1
    #expect(budget.exceeded(by: 3 * one) == nil)
    #expect(budget.exceeded(by: 4 * one) == currency)
    #expect(Budget.unlimited.exceeded(by: 1_000_000 * one) == nil)
  }

  @Test func aLimitThatMakesNoSenseIsNamed() {
    #expect(Budget().complaint == nil)
    #expect(Budget.unlimited.complaint == nil)
    #expect(Budget(gradients: -1).complaint?.contains("gradients is -1;") == true)
    #expect(Budget(iterations: -1, passes: -1).complaint?.contains("iterations is -1;") == true)
    #expect(Budget(passes: -0.5).complaint?.contains("passes is -0.5;") == true)
    #expect(Budget(flops: .nan).complaint?.contains("flops is nan") == true)
  }
}
