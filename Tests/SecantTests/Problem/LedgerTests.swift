import Secant
import Testing

@Suite struct LedgerTests {
  @Test(arguments: Evaluation.allCases) func anEvaluationIsOneOfItsKindAndOnePass(kind: Evaluation) {
    let charge = Ledger(kind)
    let counts = [
      charge.values, charge.gradients, charge.hessianVectorProducts, charge.hessians, charge.residuals,
      charge.jacobians,
    ]
    #expect(counts.reduce(0, +) == 1)
    #expect(charge.passes == 1)
    #expect(charge.iterations == 0 && charge.factorisations == 0 && charge.flops == 0 && charge.seconds == 0)
  }

  /// Every currency is added, multiplied and found under its name.
  @Test func arithmeticReachesEveryCurrency() {
    var one = Ledger()
    one.iterations = 1
    one.values = 2
    one.gradients = 3
    one.hessianVectorProducts = 4
    one.hessians = 5
    one.residuals = 6
    one.jacobians = 7
    one.factorisations = 8
    one.flops = 9
    one.passes = 10
    one.seconds = 11
    #expect(Set(Currency.allCases.map { one[$0] }).count == Currency.allCases.count)
    #expect(3 * one == one + one + one)
    for currency in Currency.allCases {
      #expect((one + one)[currency] == 2 * one[currency])
      #expect(Ledger()[currency] == 0)
    }
  }
}
