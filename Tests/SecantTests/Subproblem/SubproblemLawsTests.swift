import Secant
import Testing

/// What holds between the ways to lower a model within a ball.
@Suite struct SubproblemLawsTests {
  /// A step, and what it promises.
  struct Answer<Scalar: LAPACKScalar> {
    var p: Vector<Scalar>
    var step: ModelStep<Scalar>
  }

  /// Every way but More and Sorensen's, by its name, and that one last.
  static func answers<Scalar: LAPACKScalar>(
    _ q: TestQuadratic<Scalar>, _ Δ: Scalar
  ) -> [(name: String, answer: Answer<Scalar>)] {
    typealias Model = DenseModel<Scalar>
    let n = q.g.count
    func multiply(_ v: Vector<Scalar>, _ product: inout Vector<Scalar>) {
      q.B.symmetricMultiply(v, into: &product)
    }
    var answers = [(name: String, answer: Answer<Scalar>)]()
    func add(_ name: String, _ solve: (inout Vector<Scalar>) -> ModelStep<Scalar>) {
      var p = Vector<Scalar>(repeating: .nan, count: n)
      let step = solve(&p)
      answers.append((name, Answer(p: p, step: step)))
    }
    add("Cauchy") {
      let subject = CauchyPoint<Model>()
      var memory = subject.allocate(n)
      return subject.solve(&$0, gradient: q.g, within: Δ, &memory, multiply: multiply)
    }
    add("dogleg") {
      let subject = Dogleg<Model>()
      var memory = subject.allocate(n)
      return subject.solve(&$0, gradient: q.g, within: Δ, &memory, matrix: q.B)
    }
    add("double dogleg") {
      let subject = Dogleg<Model>.double()
      var memory = subject.allocate(n)
      return subject.solve(&$0, gradient: q.g, within: Δ, &memory, matrix: q.B)
    }
    add("plane") {
      let subject = TwoDimensionalSubspace<Model>()
      var memory = subject.allocate(n)
      return subject.solve(&$0, gradient: q.g, within: Δ, &memory, matrix: q.B)
    }
    add("Steihaug") {
      let subject = SteihaugToint<Model>(forcing: Forcing(loosest: 1e-3))
      var memory = subject.allocate(n)
      return subject.solve(&$0, gradient: q.g, within: Δ, &memory, multiply: multiply)
    }
    add("Lanczos") {
      let subject = GeneralizedLanczos<Model>(forcing: Forcing(loosest: 1e-3), vectors: n)
      var memory = subject.allocate(n)
      return subject.solve(&$0, gradient: q.g, within: Δ, &memory, multiply: multiply)
    }
    add("Moré–Sorensen") {
      let subject = MoreSorensen<Model>(tolerance: 1e-12)
      var memory = subject.allocate(n)
      return subject.solve(&$0, gradient: q.g, within: Δ, &memory, matrix: q.B)
    }
    return answers
  }

  func stayInsideAndPromiseWhatTheModelFalls<Scalar: LAPACKScalar>(_: Scalar.Type, _ accuracy: Scalar) {
    for q in MoreSorensenTests.cases(Scalar.self) {
      let norm = q.spectrum.norm
      for Δ in [1e-12, 1e-3, 0.3, 1, 30, 1e4] as [Scalar] {
        for (name, answer) in Self.answers(q, Δ) {
          let (p, step) = (answer.p, answer.step)
          #expect(p.norm <= Δ * (1 + accuracy), "\(name), \(q), Δ = \(Δ)")
          #expect(abs(step.length - p.norm) <= accuracy * Δ, "\(name), \(q), Δ = \(Δ)")
          if step.isOnBoundary {
            #expect(abs(p.norm - Δ) <= accuracy * Δ, "\(name), \(q), Δ = \(Δ)")
          }
          #expect(
            abs(step.decrease + q.value(p)) <= accuracy * (q.g.norm + norm * p.norm) * p.norm,
            "\(name), \(q), Δ = \(Δ): \(step), \(-q.value(p))")
          #expect(step.decrease >= 0, "\(name), \(q), Δ = \(Δ)")
        }
      }
    }
  }

  @Test func allStayInsideAndPromiseWhatTheModelFalls() {
    stayInsideAndPromiseWhatTheModelFalls(Double.self, 1e-10)
    stayInsideAndPromiseWhatTheModelFalls(Float.self, 1e-4)
  }

  func areOrdered<Scalar: LAPACKScalar>(_: Scalar.Type, _ accuracy: Scalar) {
    for q in MoreSorensenTests.cases(Scalar.self) {
      let isDefinite = q.name.hasPrefix("definite")
      for Δ in [1e-3, 0.3, 1, 30, 1e4] as [Scalar] {
        let fall = Dictionary(
          uniqueKeysWithValues: Self.answers(q, Δ).map { ($0.name, $0.answer.step.decrease) })
        func expect(_ a: String, isNotAbove b: String) {
          #expect(
            fall[a]! >= fall[b]! * (1 - accuracy) - .leastNormalMagnitude,
            "\(a) \(fall[a]!) against \(b) \(fall[b]!): \(q), Δ = \(Δ)")
        }
        for name in ["dogleg", "double dogleg", "plane", "Steihaug"] { expect(name, isNotAbove: "Cauchy") }
        expect("Lanczos", isNotAbove: "Steihaug")
        for name in fall.keys { expect("Moré–Sorensen", isNotAbove: name) }
        if isDefinite {
          expect("plane", isNotAbove: "dogleg")
          expect("plane", isNotAbove: "double dogleg")
        }
      }
    }
  }

  @Test func areOrderedByHowLowTheyGo() {
    areOrdered(Double.self, 1e-9)
    areOrdered(Float.self, 1e-3)
  }

  /// f times a constant, and x times another, are the same problem: no threshold is absolute.
  @Test func doNotDependOnTheUnits() {
    for q in [
      TestQuadratic<Double>.random(5, shift: 0, seed: 4), .definite(5, seed: 9), .hard(5, part: 0, seed: 2),
    ] {
      for (f, x) in [(1e150, 1.0), (1e-150, 1.0), (1, 1e30), (1e-40, 1e40)] {
        var scaled = q
        scaled.g.scale(by: f / x)
        scaled.B.scale(by: f / x / x)
        for ((name, a), (_, b)) in zip(Self.answers(q, 0.7), Self.answers(scaled, 0.7 * x)) {
          #expect(
            abs(b.step.decrease / f - a.step.decrease) <= 1e-8 * a.step.decrease, "\(name), \(q), \(f), \(x)")
        }
      }
    }
  }

  @Test func survivesTheEndsOfTheNumbers() {
    for scale in [1e-300, 1e-150, 1e150, 1e300] {
      for n in [1, 2, 6] {
        for var q in [TestQuadratic<Double>.random(n, shift: 0, seed: n), .definite(n, seed: n)] {
          q.B.scale(by: scale)
          for Δ in [1e-12, 1, 1e12] {
            for (name, answer) in Self.answers(q, Δ) {
              #expect(
                answer.step.decrease.isNaN || (answer.step.decrease >= 0 && answer.p.norm <= Δ * (1 + 1e-10)),
                "\(name), \(q) times \(scale), Δ = \(Δ): \(answer.step)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func promiseNothingOfAModelThatIsNotFinite(
    _ x: Double
  ) {
    for n in [1, 2, 5] {
      for row in [0, n - 1] {
        var q = TestQuadratic<Double>.definite(n, seed: n)
        q.B[row, 0] = x
        q.B[0, row] = x
        for (name, answer) in Self.answers(q, 1) {
          #expect(answer.step.decrease.isNaN, "\(name), \(n), \(x)")
        }
        q = .definite(n, seed: n)
        q.g[row] = x
        for (name, answer) in Self.answers(q, 1) {
          #expect(answer.step.decrease.isNaN, "\(name), \(n), \(x)")
        }
      }
    }
  }

  @Test func leaveAStationaryPointWhereTheyCan() {
    for n in [1, 4] {
      let q = TestQuadratic<Double>(
        name: "saddle", B: Matrix(diagonal: Vector((0..<n).map { $0 == n - 1 ? -1 : 2 })), g: Vector(zeros: n)
      )
      for (name, answer) in Self.answers(q, 3) where name != "Cauchy" && name != "Steihaug" {
        #expect(answer.step.isOnBoundary, "\(name)")
        // The plane's eigenvector is an approximate one.
        #expect(answer.step.decrease >= (name == "plane" ? 4 : 4.5 - 1e-6), "\(name): \(answer.step)")
      }
    }
  }
}
