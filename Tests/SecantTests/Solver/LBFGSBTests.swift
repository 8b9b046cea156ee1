import Secant
import Testing

@Suite struct LBFGSBTests {
  static func gradients<P: BoundedObjective>(_ problem: P, from start: Vector<P.Scalar>, memory: Int = 10)
    -> Int
  {
    let outcome = minimize(problem, from: start, using: .lbfgsb(memory: memory))
    #expect(outcome.status.isConverged, "\(outcome)")
    return outcome.ledger.gradients
  }

  /// What SciPy 1.17's L-BFGS-B needs for the same criterion, memory and start (`ftol` 0).
  static let scipy = [
    "HS1": 48, "HS2": 16, "HS3": 4, "HS4": 2, "HS5": 8, "HS38": 33, "HS45": 15, "HS110": 7,
  ]

  @Test(arguments: hockSchittkowski() as [Boxed<Double>])
  func needsAboutAsManyGradientsAsTheAuthors(_ problem: Boxed<Double>) throws {
    let count = Self.gradients(problem, from: problem.start)
    let theirs = try #require(Self.scipy[problem.name])
    #expect(count <= theirs + 1 + theirs / 10, "\(problem)")
  }

  @Test func needsAboutAsManyGradientsInMoreVariables() {
    func boxed(_ n: Int) -> Guarded<Rosenbrock<Double>> {
      Guarded(
        Rosenbrock(),
        Bounds(
          lower: Vector((0..<n).map { $0 % 3 == 0 ? -1 : -2 }),
          upper: Vector((0..<n).map { $0 % 2 == 0 ? 0.5 : 2 })))
    }
    // SciPy: 162 and 31.
    let start = Rosenbrock<Double>.start(20)
    #expect(Self.gradients(Rosenbrock().bounded(count: 20), from: start) <= 178)
    #expect(Self.gradients(boxed(20), from: start) <= 35)
  }

  /// Without bounds it is L-BFGS with a search of Moré and Thuente: in exact arithmetic step for step, once the
  /// first lengths agree.
  @Test func isLBFGSWithoutBounds() {
    let start = Rosenbrock<Double>.start(6)
    let search = MoreThuente<Double>(sufficientDecrease: 1e-3)
    let free = Descent(LimitedMemoryBFGS<Rosenbrock<Double>>(), step: search)
    var one = Run(Rosenbrock(), from: start, using: free)
    var other = Run(Rosenbrock().bounded(count: 6), from: start, using: LBFGSB(search: search))
    for step in 0..<20 {
      let (p, q) = (one.state.current.point, other.state.current.point)
      #expect((p - q).norm <= 1e-7 * p.norm, "step \(step)")
      one.advance()
      other.advance()
    }
  }

  /// On a quadratic the generalised Cauchy point and the subspace lead to the solution: with m ≥ n the face is found in
  /// few steps.
  @Test func memoryHelps() {
    let problem = Torsion<Double>(10)
    let few = Self.gradients(problem, from: problem.start, memory: 1)
    let many = Self.gradients(problem, from: problem.start, memory: 30)
    #expect(many <= few)
  }

  @Test func complaintsNameTheArgument() {
    typealias Method = LBFGSB<Torsion<Double>>
    #expect(Method().complaint == nil)
    #expect(Method(memory: 0).complaint?.contains("memory is 0") == true)
    #expect(Method(memory: 100_000).complaint?.contains("memory is 100000") == true)
    #expect(Method(curvatureTolerance: .nan).complaint?.contains("curvatureTolerance is nan") == true)
    #expect(Method(search: MoreThuente(curvature: 2)).complaint?.contains("curvature is 2") == true)
    #expect(Method().comparesGradients)
  }

  /// What a run refuses a loop of one's own ends with: nothing is cut to size in silence.
  @Test func aLoopOfOnesOwnEndsWithTheComplaint() async {
    typealias P = Bounded<Quadratic<Double>>
    await #expect(processExitsWith: .failure) {
      _ = LBFGSB<P>(memory: 5000).start(at: [1, 2], for: Quadratic(2, condition: 1).bounded(count: 2))
    }
    await #expect(processExitsWith: .failure) {
      _ = SpectralProjectedGradient<P>(values: 0).start(
        at: [1, 2], for: Quadratic(2, condition: 1).bounded(count: 2))
    }
    await #expect(processExitsWith: .failure) {
      _ = LBFGSB<P>().start(at: [1, 2], for: Quadratic(2, condition: 1).bounded(count: 1))
    }
  }
}
