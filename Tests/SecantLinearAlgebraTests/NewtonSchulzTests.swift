import SecantLinearAlgebra
import Testing

@Suite struct NewtonSchulzTests {
  /// Where a schedule sends σ, by its polynomials alone, after division by a norm of 1.
  static func image(_ σ: Double, _ schedule: NewtonSchulzSchedule) -> Double {
    schedule.steps.reduce(σ) { σ, p in σ * (p.a + σ * σ * (p.b + σ * σ * p.c)) }
  }

  /// The least and greatest image of [low, 1].
  static func band(_ low: Double, _ schedule: NewtonSchulzSchedule) -> (low: Double, high: Double) {
    let n = 200_000
    let images = (0...n).lazy.map { i in
      image(low * Double.pow(1 / low, Double(i) / Double(n)), schedule)
    }
    return images.reduce((.infinity, -.infinity)) { (min($0.low, $1), max($0.high, $1)) }
  }

  @Test func publishedBands() {
    func expect(
      _ low: Double, _ schedule: NewtonSchulzSchedule, _ band: (Double, Double), digits: Double = 1e-4,
      _ location: SourceLocation = #_sourceLocation
    ) {
      let found = Self.band(low, schedule)
      #expect(abs(found.low - band.0) <= digits, sourceLocation: location)
      #expect(abs(found.high - band.1) <= digits, sourceLocation: location)
    }
    for steps in [5, 10] {
      expect(1e-1, .jordan(steps: steps), (0.6818, 1.1344))
    }
    expect(1e-2, .jordan, (0.6818, 1.1344))
    expect(1e-3, .jordan, (0.4705, 1.2024))
    expect(1e-1, .dion, (0.9778, 1.0318))
    expect(1e-2, .dion, (0.9778, 1.0318))
    #expect(abs(Self.band(1e-3, .dion).low - 0.4750) <= 1e-4)
    for low in [1e-1, 1e-2, 1e-3] {
      for (steps, error, digits) in [(5, 0.124, 1e-3), (6, 1.2e-3, 1e-4), (8, 2e-16, 1e-15)] {
        expect(low, .polarExpress(steps: steps, safety: false), (1 - error, 1 + error), digits: digits)
      }
    }
    for (steps, lows) in [(5, [0.659, 0.076, 0.0076]), (20, [1, 1, 0.99994])] {
      for (low, expected) in zip([1e-1, 1e-2, 1e-3], lows) {
        #expect(abs(Self.band(low, .cubic(steps: steps)).low - expected) <= 1e-3)
      }
    }
    for (steps, lows) in [(5, [0.996, 0.229, 0.023]), (12, [1, 1, 0.981])] {
      for (low, expected) in zip([1e-1, 1e-2, 1e-3], lows) {
        #expect(abs(Self.band(low, .quintic(steps: steps)).low - expected) <= 1e-3)
      }
    }
  }

  /// Jordan's polynomial has the fixed points 0.8680 and 1.2637 and repels from both.
  @Test func jordansFixedPoints() {
    let one = NewtonSchulzSchedule.jordan(steps: 1)
    for fixed in [0.8680, 1.2637] {
      #expect(abs(Self.image(fixed, one) - fixed) < 1e-3)
      #expect(abs(Self.image(fixed + 1e-3, one) - Self.image(fixed - 1e-3, one)) > 2e-3)
    }
    #expect(abs(Self.image(1.27, .jordan(steps: 10))) > 1e3)
  }

  /// Every singular value goes where the polynomials send it, and the singular vectors stay.
  @Test(arguments: [(6, 6), (9, 4), (4, 9), (1, 5), (5, 1), (40, 70), (12, 40), (90, 40)])
  func mapsSingularValues(rows: Int, columns: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ schedule: NewtonSchulzSchedule) {
      let k = min(rows, columns)
      let σ = (0..<k).map { Double.pow(0.8, Double($0)) * 3 }
      let norm = σ.reduce(0) { $0 + $1 * $1 }.squareRoot() * schedule.normFactor + schedule.ε
      let mapped = σ.map { Scalar(Self.image($0 / norm, schedule)) }
      var x = Matrix<Scalar>.with(singularValues: σ.map { Scalar($0) }, rows: rows, columns: columns)
      let expected = Matrix<Scalar>.with(singularValues: mapped, rows: rows, columns: columns)
      var newtonSchulz = NewtonSchulz<Scalar>(rows: rows, columns: columns)
      let g = x
      for _ in 0..<2 {  // the second time into used buffers
        x = g
        #expect(newtonSchulz.orthogonalise(&x, by: schedule) == nil)
        // A step amplifies rounding by its slope, at most 8.3, and five steps by what small values grow.
        #expect(distance(x, expected) <= 2_000 * Scalar(k) * .ulpOfOne)
      }
    }
    for schedule in [
      .jordan, .dion, .polarExpress(steps: 6), .cubic(steps: 10), .quintic(steps: 5),
    ] as [NewtonSchulzSchedule] {
      check(Double.self, schedule)
      check(Float.self, schedule)
    }
  }

  @Test(arguments: [(5, 7), (5, 12), (12, 5)])
  func rankDeficient(rows: Int, columns: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      var x = Matrix<Scalar>.with(singularValues: [2, 1], rows: rows, columns: columns)
      var newtonSchulz = NewtonSchulz<Scalar>(rows: rows, columns: columns)
      #expect(newtonSchulz.orthogonalise(&x, by: .polarExpress(steps: 10)) == nil)
      let expected = Matrix<Scalar>.with(singularValues: [1, 1], rows: rows, columns: columns)
      // Zero singular values are rounding, which grows by the slopes of the ten steps, 2.4e4 together; on a long rectangle it is
      // that of thirty products in Q.
      #expect(distance(x, expected) < (columns == 7 ? 1e5 : 30 * 2.4e4) * .ulpOfOne)
    }
    check(Double.self)
    check(Float.self)
  }

  /// On a long rectangle the steps are taken on the Gram matrix, which knows σ² to ε only: small singular values still go
  /// where the polynomials send them, to the per cent that rounding is let grow to, and large ones to rounding.
  @Test(arguments: [NewtonSchulzSchedule.jordan, .dion, .polarExpress(steps: 9), .cubic(steps: 20)])
  func keepsSmallSingularValuesOnLongRectangles(_ schedule: NewtonSchulzSchedule) {
    for least in [1e-2, 1e-3, 1e-4] {
      let σ = [1, 0.5, least]
      let norm = σ.reduce(0) { $0 + $1 * $1 }.squareRoot() * schedule.normFactor + schedule.ε
      let mapped = σ.map { Float(Self.image($0 / norm, schedule)) }
      var x = Matrix<Float>.with(singularValues: σ.map { Float($0) }, rows: 3, columns: 11)
      var newtonSchulz = NewtonSchulz<Float>(rows: 3, columns: 11)
      #expect(newtonSchulz.orthogonalise(&x, by: schedule) == nil)
      #expect(
        distance(x, Matrix<Float>.with(singularValues: mapped, rows: 3, columns: 11)) < 0.02, "σ = \(least)")
    }
  }

  @Test func zeroStaysZero() {
    for schedule in [.jordan, NewtonSchulzSchedule([.init(3, -2, 0)], ε: 0)] {
      var x = Matrix<Float>(zeros: 3, 2)
      var newtonSchulz = NewtonSchulz<Float>(rows: 3, columns: 2)
      #expect(newtonSchulz.orthogonalise(&x, by: schedule) == nil)
      #expect(x == Matrix(zeros: 3, 2))
    }
  }

  /// Squares of these elements overflow; the result does not depend on the scale.
  @Test func largeElements() {
    var x = Matrix<Float>.random(4, 4)
    var y = x
    y.scale(by: 1e30)
    var newtonSchulz = NewtonSchulz<Float>(rows: 4, columns: 4)
    _ = newtonSchulz.orthogonalise(&x)
    _ = newtonSchulz.orthogonalise(&y)
    #expect(distance(x, y) < 1e-4)
  }

  @Test func reportsNonFinite() {
    for bad in [Double.nan, .infinity] {
      var x = Matrix<Double>.random(3, 4)
      x[2, 1] = bad
      var newtonSchulz = NewtonSchulz<Double>(rows: 3, columns: 4)
      #expect(newtonSchulz.orthogonalise(&x) == .nonFinite)
    }
  }

  @Test func polarExpressSafety() {
    let (plain, safe) = (
      NewtonSchulzSchedule.polarExpress(steps: 8, safety: false), NewtonSchulzSchedule.polarExpress(steps: 8)
    )
    #expect(plain.steps[7] == safe.steps[7])
    for i in 0..<7 {
      #expect(abs(safe.steps[i].b * 1.030301 - plain.steps[i].b) < 1e-13)
    }
  }

  @Test func encodes() throws {
    let newtonSchulz = NewtonSchulz<Double>(rows: 3, columns: 4)
    #expect(try roundTrip(newtonSchulz) == newtonSchulz)
    #expect(try roundTrip(NewtonSchulzSchedule.dion) == .dion)
    #expect(NewtonSchulz<Double>.flops(rows: 3, columns: 2, steps: 5) == 5 * 4 * 11)
    #expect(NewtonSchulz<Double>.flops(rows: 4, columns: 2, steps: 5) == 4 * (12 + 25 * 2))
  }
}
