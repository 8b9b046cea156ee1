import Secant
import Testing

@Suite struct LimitedMemoryModelTests {
  static func methods<P: DifferentiableObjective>(_ memory: Int = 10) -> [(String, any Solver<P>)]
  where P.Domain == WholeSpace {
    [
      ("L-SR1", .trustRegion(model: LimitedMemoryModel(.sr1, memory: memory))),
      ("L-BFGS", .trustRegion(model: LimitedMemoryModel(.bfgs, memory: memory))),
    ]
  }

  func check<P: DifferentiableObjective>(_ problem: P, from start: Vector<P.Scalar>)
  where P.Domain == WholeSpace {
    for (name, method) in Self.methods() as [(String, any Solver<P>)] {
      let outcome = minimize(problem, from: start, using: method)
      #expect(outcome.status.isConverged, "\(name) on \(P.self): \(outcome)")
    }
  }

  /// A pair that B knows already teaches nothing: what rounding leaves of it once made B unsymmetric, with an eigenvalue below
  /// zero on a quadratic.
  @Test func keepsNoPairTwice() {
    var hessian = LimitedMemoryHessian<Double>(.sr1, dimension: 5, capacity: 5)
    let problem = Quadratic<Double>(5, condition: 30)
    var generator = RandomGenerator(seed: 4)
    let origin = Vector<Double>(zeros: 5)
    var (s, y) = (origin, origin)
    for _ in 0..<3 {
      generator.fillNormal(&s)
      problem.A.multiply(s, into: &y)
      let isNew = hessian.update(from: (origin, origin), to: (s, y))
      #expect(isNew)
      for length in [0.3, 0.7, 3] {
        let isNewAgain = hessian.update(from: (origin, origin), to: (length * s, length * y))
        #expect(!isNewAgain)
      }
    }
    #expect(hessian.count == 3)
  }

  @Test func solvesTheTestProblems() {
    check(Rosenbrock<Double>(), from: Rosenbrock.start())
    check(Rosenbrock<Double>(scale: 1e10), from: Rosenbrock.start())
    check(Rosenbrock<Double>(scale: 1e-10), from: Rosenbrock.start())
    check(Wood<Double>(), from: Wood.start)
    check(Wood<Float>(), from: Wood.start)
    check(Beale<Double>(), from: Beale.start)
    check(PowellSingular<Double>(), from: PowellSingular.start)
    check(HelicalValley<Double>(), from: HelicalValley.start)
    check(Quadratic<Double>(20, condition: 100), from: Vector(zeros: 20))
    check(Quadratic<Float>(20, condition: 100), from: Vector(zeros: 20))
  }

  /// With room for all pairs and one σ, SR1 knows a quadratic's Hessian after n independent pairs: Nocedal and Wright,
  /// theorem 6.1.
  @Test func findsTheHessianOfAQuadratic() {
    let problem = Quadratic<Double>(5, condition: 30)
    var hessian = LimitedMemoryHessian<Double>(.sr1, dimension: 5, capacity: 5)
    var generator = RandomGenerator(seed: 3)
    let origin = Vector<Double>(zeros: 5)
    var (s, y) = (origin, origin)
    for _ in 0..<5 {
      generator.fillNormal(&s)
      problem.A.multiply(s, into: &y)
      hessian.update(from: (origin, origin), to: (s, y))
    }
    #expect(hessian.count == 5)
    var difference = LimitedMemoryHessianTests.dense(hessian)
    difference.add(problem.A, times: -1)
    #expect(difference.frobeniusNorm <= 1e-9 * problem.A.frobeniusNorm)
  }

  @Test func complaintsNameTheArgument() {
    typealias Model = LimitedMemoryModel<Rosenbrock<Double>>
    #expect(Model(.sr1).complaint == nil)
    #expect(Model(.sr1, memory: 0).complaint?.contains("memory is 0") == true)
    #expect(Model(.bfgs, tolerance: .nan).complaint?.contains("tolerance is nan") == true)
  }
}
