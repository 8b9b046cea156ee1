import Secant
import Testing

/// f(Sz), S diagonal.
struct Stretched<Base: TwiceDifferentiableObjective>: TwiceDifferentiableObjective
where Base.Domain == WholeSpace {
  typealias Scalar = Base.Scalar
  typealias Failure = Base.Failure
  var base: Base
  var S: Vector<Scalar>

  func image(_ z: Vector<Scalar>) -> Vector<Scalar> { Vector(z.indices.map { S[$0] * z[$0] }) }

  func preimage(_ x: Vector<Scalar>) -> Vector<Scalar> { Vector(x.indices.map { x[$0] / S[$0] }) }

  func valueAndGradient(at z: Vector<Scalar>, into g: inout Vector<Scalar>) throws(Failure) -> Scalar {
    let value = try base.valueAndGradient(at: image(z), into: &g)
    g = image(g)
    return value
  }

  func hessian(at z: Vector<Scalar>, into H: inout Matrix<Scalar>) throws(Failure) {
    try base.hessian(at: image(z), into: &H)
    for j in z.indices { for i in z.indices { H[i, j] *= S[i] * S[j] } }
  }
}

@Suite struct ScaledModelTests {
  typealias Solve<P: TwiceDifferentiableObjective, Model: TrustRegionModel> = TrustRegion<
    SteihaugToint<Model>, RatioRadius<P.Scalar>
  > where Model.Problem == P, P.Domain == WholeSpace

  /// The values along a run of 30 steps.
  func values<P: TwiceDifferentiableObjective, Model: TrustRegionModel>(
    _ f: P, from x: Vector<P.Scalar>, _ model: Model
  ) -> [P.Scalar] where Model.Problem == P, P.Domain == WholeSpace, P.Failure == Never {
    let solver = TrustRegion(
      model: model, subproblem: SteihaugToint(), radius: RatioRadius(initial: nil), noise: 0)
    var state = solver.start(at: x, for: f)
    return (0..<30).map { _ in
      solver.step(&state, on: f)
      return state.current.value
    }
  }

  /// With powers of two nothing is rounded in another way: the runs agree in every bit.
  func checkInvariance<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let f = Wood<Scalar>()
    let start = Wood<Scalar>.start
    let g = Stretched(base: f, S: [1024, 1, 0.0625, 4])
    func runs(_ rule: DiagonalScaling<Scalar>, _ stretchedRule: DiagonalScaling<Scalar>) -> Bool {
      values(f, from: start, ScaledModel(DenseHessianModel(), by: rule))
        == values(g, from: g.preimage(start), ScaledModel(DenseHessianModel(), by: stretchedRule))
    }
    #expect(runs(.diagonal, .diagonal))
    #expect(runs(.greatestDiagonal, .greatestDiagonal))
    let D: Vector<Scalar> = [1, 2, 1, 0.5]
    #expect(runs(.given(D), .given(g.image(D))))
    #expect(!runs(.given(D), .given(D)))
    #expect(
      values(f, from: start, DenseHessianModel()) != values(g, from: g.preimage(start), DenseHessianModel()))
    // By products, the Hessian itself is not at hand, and D is given.
    #expect(
      values(f, from: start, ScaledModel(HessianModel(), by: D))
        == values(g, from: g.preimage(start), ScaledModel(HessianModel(), by: g.image(D))))
  }

  @Test func theRunIsTheSameInStretchedVariables() {
    checkInvariance(Double.self)
    checkInvariance(Float.self)
  }

  @Test func aScalingOfOnesIsNone() {
    let f = Rosenbrock<Double>()
    let x = Rosenbrock<Double>.start(4)
    let ones = Vector<Double>(repeating: 1, count: 4)
    #expect(values(f, from: x, ScaledModel(HessianModel(), by: ones)) == values(f, from: x, HessianModel()))
    #expect(
      values(f, from: x, ScaledModel(DenseHessianModel(), by: ones))
        == values(f, from: x, DenseHessianModel()))
  }

  @Test func followsTheDiagonal() throws {
    func scalings(_ rule: DiagonalScaling<Double>) throws -> [Vector<Double>] {
      let model = ScaledModel(DenseHessianModel<Quadratic<Double>>(), by: rule)
      let matrices: [Matrix<Double>] = [
        [[4, 0, 0], [0, 0, 0], [0, 0, -9]], [[1, 0, 0], [0, 16, 0], [0, 0, -16]],
      ]
      var memory = model.allocate(3, for: Quadratic(matrices[0], [0, 0, 0]))
      return try matrices.map { A in
        var oracle = Oracle(Quadratic(A, [0, 0, 0]))
        let x = Iterate<Double>([0, 0, 0])
        try model.prepare(at: x, beside: x, hasMoved: true, &memory, asking: &oracle)
        return memory.diagonal
      }
    }
    // What has no curvature begins as 1.
    #expect(try scalings(.diagonal) == [[2, 1, 3], [1, 4, 4]])
    #expect(try scalings(.greatestDiagonal) == [[2, 1, 3], [2, 4, 4]])
  }

  @Test func solvesWhatIsBadlyScaled() {
    let f = Stretched(base: Rosenbrock<Double>(), S: [1e5, 1e-4])
    let outcome = minimize(
      f, from: f.preimage(Rosenbrock.start()),
      using: .trustRegion(model: ScaledModel(DenseHessianModel(), by: .diagonal)))
    #expect(outcome.status.isConverged)
    #expect((f.image(outcome.point) - [1, 1]).largestMagnitude < 1e-4)
  }

  @Test func namesWhatMakesNoSense() {
    let model = DenseHessianModel<Rosenbrock<Double>>()
    #expect(ScaledModel(model, by: .diagonal).complaint == nil)
    #expect(ScaledModel(model, by: [1, 0]).complaint?.contains("Element 1") == true)
    #expect(ScaledModel(model, by: [.nan, 0]).complaint?.contains("Element 0") == true)
  }

  /// A D of another length is refused, on batches too, and a loop of one's own ends with the same sentence.
  @Test(arguments: [[], [1], [1, 2, 3]] as [Vector<Double>]) func refusesADiagonalOfAnotherLength(
    D: Vector<Double>
  ) {
    typealias P = Rosenbrock<Double>
    let method = TrustRegion(
      model: ScaledModel(HessianModel<P>(), by: D), subproblem: SteihaugToint(), radius: RatioRadius())
    guard case .refused(let sentence) = minimize(P(), from: [-1.2, 1], using: method).status else {
      Issue.record("\(D) was not refused")
      return
    }
    #expect(sentence.contains("scaling has \(D.count) elements and the problem 2 variables"))
  }
}
