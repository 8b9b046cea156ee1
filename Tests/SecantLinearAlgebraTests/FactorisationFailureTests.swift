import SecantLinearAlgebra
import Testing

@Suite struct FactorisationFailureTests {
  @Test func speaksInSentences() {
    #expect(
      "\(FactorisationFailure.notPositiveDefinite(leadingMinor: 2))"
        == "the matrix is not positive definite: its leading minor of order 2 is not")
    #expect("\(FactorisationFailure.singular(at: 0))" == "the matrix is singular: pivot 0 is zero")
  }

  @Test func encodes() throws {
    for failure in [
      .notPositiveDefinite(leadingMinor: 3), .singular(at: 1), .notConverged(count: 2), .nonFinite,
    ] as [FactorisationFailure] {
      #expect(try roundTrip(failure) == failure)
    }
  }
}
