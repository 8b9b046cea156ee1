import Foundation
import Secant
import Testing

@Suite struct PreconditionerTests {
  /// ½ Σ dᵢxᵢ² − Σ xᵢ plus a weak coupling, d from 1 to 10⁴.
  static func illScaled(_ n: Int) -> Quadratic<Double> {
    var A = Matrix<Double>(zeros: n, n)
    for j in 0..<n {
      for i in 0..<n {
        A[i, j] = i == j ? pow(1e4, Double(i) / Double(n - 1)) : 0.01 / Double(1 + abs(i - j))
      }
    }
    return Quadratic(A, Vector(repeating: 1, count: n))
  }

  func products<P: TwiceDifferentiableObjective>(
    _ f: P, from x: Vector<Double>, _ method: some Solver<P>
  ) -> Int where P.Scalar == Double, P.Failure == Never {
    let outcome = minimize(f, from: x, using: method, certifying: false)
    #expect(outcome.status.isConverged, "\(outcome.status)")
    return outcome.ledger.hessianVectorProducts
  }

  /// Jacobi's preconditioner undoes a bad scale of the variables: hundreds of products become a few.
  @Test func aDiagonalUndoesABadScale() {
    let f = Self.illScaled(100)
    let x = Vector<Double>(zeros: 100)
    let plain = products(f, from: x, .newtonCG())
    #expect(products(f, from: x, .newtonCG(preconditioner: HessianDiagonal())) < plain / 4)
    #expect(products(f, from: x, .newtonCG(preconditioner: EstimatedDiagonal(least: 1e-8))) < plain / 4)
  }

  /// Morales and Nocedal: on a sequence of similar systems the pairs of one spare products of the next.
  @Test func pairsOfOneSystemHelpTheNext() {
    let f = Rosenbrock<Double>()
    let start = Rosenbrock<Double>.start(100)
    let plain = products(f, from: start, .newtonCG())
    let preconditioned = products(f, from: start, .newtonCG(preconditioner: LimitedMemoryPreconditioner()))
    #expect(preconditioned < plain, "\(preconditioned) and \(plain)")
  }

  /// With all n pairs of a quadratic L-BFGS is its inverse Hessian: the next system takes one or two products.
  @Test func allPairsOfAQuadraticAreItsInverse() throws {
    let f = Quadratic<Double>(6, condition: 100)
    let M = LimitedMemoryPreconditioner<Quadratic<Double>>(memory: 6)
    var memory = M.allocate(6, for: f)
    var oracle = Oracle(f)
    let current = Iterate(Vector<Double>(zeros: 6))
    // Conjugate directions: the eigenvectors will do.
    var eigen = SymmetricEigen<Double>(dimension: 6)
    #expect(eigen.factor(f.A) == nil)
    for j in 0..<6 {
      let d = Vector((0..<6).map { eigen.vectors[$0, j] })
      M.learn(d, product: eigen.values[j] * d, &memory)
    }
    var z = Vector<Double>(zeros: 6)
    // What was learnt counts from the next system on.
    M.solve(f.b, into: &z, &memory)
    #expect(z == f.b)
    try M.prepare(at: current, iteration: 1, &memory, asking: &oracle)
    M.solve(f.b, into: &z, &memory)
    #expect((z - f.minimizer).largestMagnitude < 1e-10)
  }

  @Test func theEstimateIsExactWhereTheHessianIsDiagonal() throws {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) throws {
      let f = Formula<Scalar>(
        n: 3, value: { _ in 0 }, gradient: { _, g in g.fill(with: 0) },
        second: { _, H in
          H[0, 0] = 4
          H[1, 1] = -2
          H[2, 2] = 1e-9
        })
      let M = EstimatedDiagonal<Formula<Scalar>>()
      var memory = M.allocate(3, for: f)
      var oracle = Oracle(f)
      for k in 0..<3 {
        try M.prepare(at: Iterate([0, 0, 0]), iteration: k, &memory, asking: &oracle)
        var z = Vector<Scalar>(zeros: 3)
        M.solve([1, 1, 1], into: &z, &memory)
        // |d| beside its largest, and 10⁻³ at least.
        for (x, y) in zip(z, [1, 2, 1000] as [Scalar]) { #expect(abs(x - y) <= y * 1e-5) }
      }
      #expect(oracle.ledger.hessianVectorProducts == 3)
    }
    try check(Double.self)
    try check(Float.self)
  }

  /// Gradients alone: Newton-CG on their differences is the Hessian-free method.
  @Test func hessianFreeWorksWithGradientsAlone() {
    struct GradientOnly: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        Rosenbrock<Double>().valueAndGradient(at: x, into: &g)
      }
    }
    let start = Rosenbrock<Double>.start(50)
    for method in [.newtonCG(), .newtonCG(preconditioner: LimitedMemoryPreconditioner())]
      as [any Solver<FiniteDifferenceHessian<GradientOnly>>]
    {
      let outcome = minimize(FiniteDifferenceHessian(GradientOnly()), from: start, using: method)
      #expect(outcome.status.isConverged, "\(outcome.status)")
      #expect(outcome.ledger.hessianVectorProducts == 0 && outcome.ledger.hessians == 0)
    }
  }

  @Test func resumeBitForBit() throws {
    func check<M: Solver>(_ method: M) throws where M.Problem == Rosenbrock<Double> {
      let f = Rosenbrock<Double>()
      var state = method.start(at: Rosenbrock.start(8), for: f)
      for _ in 0..<5 { method.step(&state, on: f) }
      var resumed = try JSONDecoder().decode(type(of: state), from: JSONEncoder().encode(state))
      #expect(resumed == state)
      for _ in 0..<5 {
        method.step(&state, on: f)
        method.step(&resumed, on: f)
      }
      #expect(resumed == state)
    }
    for method in [
      .newtonCG(), .newtonCG(preconditioner: HessianDiagonal()),
      .newtonCG(preconditioner: EstimatedDiagonal()),
      .newtonCG(preconditioner: LimitedMemoryPreconditioner()), .newton(modifying: ModifiedEigenvalues()),
      .newton(), .negativeCurvatureNewton(), .cubicRegularization(),
      .cubicRegularization(subproblem: KrylovCubic()),
    ] as [any Solver<Rosenbrock<Double>>] { try check(method) }
  }

  @Test func complainAboutWhatMakesNoSense() {
    typealias P = Rosenbrock<Double>
    #expect(LimitedMemoryPreconditioner<P>(memory: 0).complaint?.contains("memory") == true)
    for memory in [100_001, .max] {
      let preconditioner = LimitedMemoryPreconditioner<P>(memory: memory)
      #expect(preconditioner.complaint?.contains("memory (m) is \(memory)") == true)
      let outcome = minimize(P(), from: [-1.2, 1], using: .newtonCG(preconditioner: preconditioner))
      #expect(outcome.status.label == "refused")
    }
    #expect(HessianDiagonal<P>(least: 0).complaint?.contains("least") == true)
    #expect(EstimatedDiagonal<P>(memory: 1).complaint?.contains("memory") == true)
    #expect(EstimatedDiagonal<P>(least: -1).complaint?.contains("least") == true)
    #expect(PreconditionedNewtonCG(LimitedMemoryPreconditioner<P>(memory: 0)).complaint != nil)
    #expect(IdentityPreconditioner<P>().complaint == nil)
  }
}
