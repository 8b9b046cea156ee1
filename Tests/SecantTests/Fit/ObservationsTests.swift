import Secant
import Testing

/// What makes no sense is refused with a sentence that names it.
@Suite struct ObservationsTests {
  static let cases:
    [(x: [Double], y: [Double], weights: FitWeights<Double>, start: Vector<Double>, says: String)] = [
      ([1, 2, 3], [1, 2], .equal, [1, 1], "x has 3 elements and y has 2"),
      ([], [], .equal, [1, 1], "no observations"),
      ([1], [1], .equal, [1, 1], "1 observations and 2 parameters"),
      ([1, .nan, 3], [1, 2, 3], .equal, [1, 1], "x[1] is nan"),
      ([1, 2, 3], [1, 2, .infinity], .equal, [1, 1], "y[2] is inf"),
      ([1, 2, 3], [1, 2, 3], .relative([1, 2]), [1, 1], "weights has 2 elements and y has 3"),
      (
        [1, 2, 3], [1, 2, 3], .relative([1, -2, 1]), [1, 1], "weights[1] is -2.0; give a number that is zero"
      ),
      ([1, 2, 3], [1, 2, 3], .relative([1, .nan, 1]), [1, 1], "weights[1] is nan"),
      ([1, 2, 3], [1, 2, 3], .relative([1, 0, 0]), [1, 1], "1 observations and 2 parameters"),
      (
        [1, 2, 3], [1, 2, 3], .standardDeviations([1, 1, 0]), [1, 1],
        "standardDeviations[2] is 0.0; give a positive"
      ),
      ([1, 2, 3], [1, 2, 3], .standardDeviations([-1, 1, 1]), [1, 1], "standardDeviations[0] is -1.0"),
      ([1, 2, 3], [1, 2, 3], .equal, [], "starting point is empty"),
      ([1, 2, 3], [1, 2, 3], .equal, [1, .nan], "Element 1 of the starting point is nan"),
    ]

  @Test(arguments: cases.indices) func refused(index: Int) {
    let (x, y, weights, start, says) = Self.cases[index]
    let byHand = PublishedData.line(x, y, weights: weights, from: start)
    let differenced = fit(x, y, weights: weights, from: start, by: .differences) { b, x in b[0] + b[1] * x }
    for refused in [byHand, differenced] {
      guard case .refused(let sentence) = refused.status else { return #expect(Bool(false), "\(refused)") }
      #expect(sentence.contains(says), "\(sentence)")
      #expect(refused.description.contains(says))
      #expect(refused.parameters.count == start.count && refused.standardErrors.allSatisfy { $0.isNaN })
      #expect(refused.sumOfSquares.isNaN && refused.degreesOfFreedom == 0 && refused.ledger.residuals == 0)
      #expect(refused.goodness.rSquared.isNaN || refused.goodness.rSquared.isFinite)
    }
  }

  @Test func columns() {
    func plane(_ columns: [[Double]], _ y: [Double]) -> Fit<Double> {
      fit(columns, y, from: [0, 0, 0]) { b, x, gradient in
        gradient[0] = 1
        gradient[1] = x[0]
        gradient[2] = x[1]
        return b[0] + b[1] * x[0] + b[2] * x[1]
      }
    }
    let good = plane([[0, 1, 0, 1], [0, 0, 1, 1]], [1, 3, 4, 6.5])
    #expect(good.status.isConverged && good([1, 1]) == good.parameters.reduce(0, +))
    #expect(
      plane([[0, 1, 0], [0, 0, 1, 1]], [1, 3, 4, 6]).sentence.contains("x[0] has 3 elements and y has 4"))
    #expect(plane([], [1, 3, 4]).sentence.contains("x has no columns"))
    #expect(plane([[1, 2, 3], [1, .nan, 2]], [1, 3, 4]).sentence.contains("x[1][1] is nan"))
  }

  /// A curve that is not a number at the start is no fit.
  @Test func curveThatIsNotFinite() {
    let curve = fit([1, 2, 3], [1, 2, 3], from: [-1, 1], by: .differences) {
      (b: Vector<Double>, x: Double) in .log(b[0]) + b[1] * x
    }
    guard case .nonFinite = curve.status else { return #expect(Bool(false), "\(curve)") }
    #expect(curve.standardErrors.allSatisfy { $0.isNaN })
  }
}
