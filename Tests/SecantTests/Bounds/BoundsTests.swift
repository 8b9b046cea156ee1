import Foundation
import Secant
import Testing

@Suite struct BoundsTests {
  let box = Bounds<Double>(lower: [0, -.infinity, 2, -1], upper: [1, 5, 2, .infinity])

  @Test func projectsAndContains() {
    var x: Vector<Double> = [3, 3, 3, -3]
    #expect(!box.contains(x))
    box.project(&x)
    #expect(x == [1, 3, 2, -1])
    #expect(box.contains(x))
    #expect(!box.contains([.nan, 0, 2, 0]))
    #expect(!box.contains([0, 0]))
  }

  @Test func complaintsNameTheVariable() {
    func complaint(_ l: Vector<Double>, _ u: Vector<Double>) -> String {
      Bounds(lower: l, upper: u).complaint ?? "none"
    }
    #expect(box.complaint == nil)
    #expect(complaint([0, 3], [1, 2]).contains("variable 1 cross: 3.0 is above 2.0"))
    #expect(complaint([0, .nan], [1, 2]).contains("variable 1 are nan"))
    #expect(complaint([.infinity], [.infinity]).contains("variable 0"))
    #expect(complaint([-.infinity], [-.infinity]).contains("variable 0"))
    #expect(complaint([0], [1, 2]).contains("1 lower bounds and 2 upper"))
  }

  @Test func stationarityIsThatOfTheProjectedGradient() {
    func measure(_ x: Vector<Double>, _ g: Vector<Double>) -> Double { box.stationarity(of: g, at: x) }
    // On a bound that −g leads to nothing is left; everywhere else the gradient counts, however near the bound is.
    #expect(measure([0, 0, 2, 0], [7, 0, 9, 0]) == 0)
    #expect(measure([0, 0, 2, 0], [-0.5, 0, -9, 0]) == 0.5)
    #expect(measure([0, 0, 2, 0], [-7, 0, 0, 0]) == 7)
    #expect(measure([1e-300, 0, 2, 0], [7, 0.125, 0, 0]) == 7)
    #expect(measure([0, 0, 2, 0], [0, 3, 0, 0]) == 3)
    // Outside there is nothing to be stationary, nor where x is no number.
    #expect(measure([-1e-300, 0, 2, 0], [0, 0, 0, 0]) == .infinity)
    #expect(measure([0, 0, 2, .nan], [0, 0, 0, 0]) == .infinity)
    #expect(Bounds<Float>(from: 3, to: 4, count: 1).stationarity(of: [1], at: [0]) == .infinity)
    // What is no number stays so, at a fixed variable too.
    for i in 0..<4 {
      var g = Vector<Double>(zeros: 4)
      g[i] = .nan
      #expect(measure([0.5, 0, 2, 0], g).isNaN)
      g[i] = .infinity
      #expect(measure([0.5, 0, 2, 0], g) == .infinity)
      g[i] = -.infinity
      #expect(measure([0.5, 0, 2, 0], g) == .infinity)
    }
  }

  /// The limit of (P(x − tg) − x)/t as t falls to 0.
  @Test func stationarityIsItsDefinition() {
    var generator = RandomGenerator(seed: 5)
    for _ in 0..<200 {
      var (x, g) = (Vector<Double>(zeros: 4), Vector<Double>(zeros: 4))
      generator.fillNormal(&x)
      generator.fillNormal(&g)
      box.project(&x)
      var y = x - 0x1p-20 * g
      box.project(&y)
      let slope = 0x1p20 * (y - x).largestMagnitude
      #expect(abs(box.stationarity(of: g, at: x) - slope) < 1e-8)
    }
  }

  @Test func knowsTheLongestStep() {
    #expect(box.longestStep(from: [0.5, 0, 2, 0], along: [1, 1, 0, 1]) == 0.5)
    #expect(box.longestStep(from: [0.5, 0, 2, 0], along: [0, -1, 0, 1]) == .infinity)
    #expect(box.longestStep(from: [0.5, 0, 2, 0], along: [0, 0, 1, 0]) == 0)
    #expect(box.longestStep(from: [0, 0, 2, 0], along: [-1, 0, 0, 0]) == 0)
  }

  @Test func survivesEncodingAndRefusesNonsense() throws {
    let code = try JSONEncoder().encode(box)
    #expect(try JSONDecoder().decode(Bounds<Double>.self, from: code) == box)
    let crossed = try JSONEncoder().encode(Bounds<Double>(lower: [1], upper: [0]))
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Bounds<Double>.self, from: crossed) }
  }

  @Test func aWrapperKeepsWhatTheProblemCan() {
    let problem = Rosenbrock<Double>().bounded(from: [0, 0], to: [1, 1])
    #expect(problem.dimension == 2)
    #expect(problem.complaint == nil)
    let capable: Any = problem
    #expect(capable is any TwiceDifferentiableObjective<Double>)
    #expect(Quadratic<Double>(3, condition: 2).bounded(count: 2).complaint?.contains("3 variables") == true)
    #expect(Rosenbrock<Double>().bounded(from: 1, to: 0, count: 2).complaint?.contains("cross") == true)
  }
}
