import Secant
import Testing

@Suite struct NearestNameTests {
  @Test func nearestNameIsByEditDistance() {
    let names = ["kitten", "sitting", "newton", "bfgs"]
    #expect(nearestName(to: "sittin", among: names) == "sitting")
    #expect(nearestName(to: "BFGS", among: names) == "bfgs")
    #expect(nearestName(to: "fbgs", among: names) == "bfgs")
    #expect(nearestName(to: "photosynthesis", among: names) == nil)
    #expect(nearestName(to: "x", among: []) == nil)
  }
}
