import Secant
import Testing

@Suite struct MultistartTests {
  /// sin(bx) has many minima in b.
  static let x = (1...20).map { Double($0) / 4 }
  static let y = x.map { Double.sin(2 * $0) + 0.05 * Double.cos(37 * $0) }

  static func wave(from start: Vector<Double>) -> Fit<Double> {
    fit(x, y, from: start) { b, x, gradient in
      gradient[0] = x * .cos(b[0] * x)
      return .sin(b[0] * x)
    }
  }

  @Test func findsTheBestOfManyMinima() {
    let box = Bounds<Double>(from: 0.1, to: 8, count: 1)
    let found = multistart(in: box, starts: 200, seed: 3) { Self.wave(from: $0) }
    #expect(abs(found.best.parameters[0] - 2) <= 0.02 && found.best.status.isConverged)
    #expect(found.minima.count > 3 && found.starts == 200)
    #expect(found.startsAtBest > 5 && found.startsAtBest < 100)
    #expect(found.minima.reduce(0) { $0 + $1.starts } + found.startsWithout == 200)
    // Ascending and distinct.
    for (a, b) in zip(found.minima, found.minima.dropFirst()) {
      #expect(a.fit.sumOfSquares <= b.fit.sumOfSquares)
      #expect(abs(a.fit.parameters[0] - b.fit.parameters[0]) > 1e-3)
    }
    #expect(found.description.contains("\(found.startsAtBest) of 200 starts reached this minimum"))
  }

  @Test func aSeedGivesTheSameStarts() {
    let box = Bounds<Double>(lower: [1e-4, -5, -1e6], upper: [1e4, 5, -1])
    func starts(_ count: Int, seed: UInt64) -> [Vector<Double>] {
      var starts: [Vector<Double>] = []
      _ = multistart(in: box, starts: count, seed: seed) { start in
        starts.append(start)
        return PublishedData.line([1, 2], [1, 2], from: [0, 0])
      }
      return starts
    }
    let first = starts(400, seed: 1)
    #expect(starts(5, seed: 1) == Array(first.prefix(5)))
    #expect(starts(5, seed: 2) != Array(first.prefix(5)))
    #expect(first.allSatisfy { box.contains($0) })
    // A parameter of one sign over many decades is uniform in its logarithm, one of two signs in itself.
    func part(_ j: Int, _ isIn: (Double) -> Bool) -> Int { first.count { isIn($0[j]) } }
    #expect(abs(part(0) { $0 < 1 } - 200) < 50 && abs(part(1) { $0 < 0 } - 200) < 50)
    #expect(abs(part(2) { $0 < -1e3 } - 200) < 50)
  }

  @Test func refusesWhatMakesNoSense() {
    func sentence(_ box: Bounds<Double>, starts: Int = 3) -> String {
      let found = multistart(in: box, starts: starts) { Self.wave(from: $0) }
      #expect(found.minima.isEmpty && found.starts == 0)
      return found.description
    }
    #expect(sentence(Bounds(lower: [2], upper: [1])).contains("cross"))
    #expect(sentence(Bounds(lower: [0], upper: [.infinity])).contains("infinite"))
    #expect(sentence(Bounds(lower: [0], upper: [1]), starts: 0).contains("number of starts is 0"))
  }

  /// Where no run converges the best is reported all the same, as what it is.
  @Test func noneConverged() {
    let found = multistart(in: Bounds<Double>(from: 1, to: 2, count: 2), starts: 4) {
      PublishedData.line([1, 2], [1, .nan], from: $0)
    }
    #expect(found.minima.isEmpty && found.startsAtBest == 0 && found.startsWithout == 4)
    guard case .refused = found.best.status else { return #expect(Bool(false)) }
  }
}
