import SecantAutoDiff
import Testing

@Suite struct DifferentiableNumberTests {
  @Test(arguments: [(1.0, 2.0, 2.0), (2, 2, 2), (.nan, 1, .nan), (1, .nan, .nan)])
  func theLargerOfTwoHidesNoNaN(x: Double, y: Double, larger: Double) {
    let found = max(x, y)
    #expect(found == larger || found.isNaN && larger.isNaN)
    #expect(Double.min(-x, -y) == -larger || larger.isNaN)
  }
}
