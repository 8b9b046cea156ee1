import Secant
import Testing

@Suite struct SR1ModelTests {
  /// After n linearly independent steps on a quadratic B is its Hessian, whatever the steps were (Nocedal and Wright,
  /// theorem 6.1; Conn, Gould and Toint 1991).
  @Test func knowsTheHessianOfAQuadraticAfterNSteps() {
    let n = 7
    var f = Quadratic<Double>(n, condition: 30)
    f.A[0, 0] = -5
    let model = SR1Model<Quadratic<Double>>()
    var memory = model.allocate(n, for: f)
    var oracle = Oracle(f)
    var current = Iterate<Double>(Vector(zeros: n))
    current.value = f.valueAndGradient(at: current.point, into: &current.gradient)
    current.isEvaluated = true
    for k in 0..<n {
      let other = current
      current = Iterate(Vector(copying: current.point))
      for i in 0..<n { current.point[i] += i == k ? 1 : 0.1 * Double((i * 3 + k) % 4) }
      current.value = f.valueAndGradient(at: current.point, into: &current.gradient)
      current.isEvaluated = true
      // Every other trial is rejected: its pair leads back.
      if k % 2 == 0 {
        model.prepare(at: current, beside: other, hasMoved: true, &memory, asking: &oracle)
      } else {
        model.prepare(at: other, beside: current, hasMoved: false, &memory, asking: &oracle)
      }
    }
    var B = memory.hessian
    B.mirrorLowerTriangle()
    B.add(f.A, times: -1)
    #expect(B.frobeniusNorm < 1e-9 * f.A.frobeniusNorm)
  }

  /// n steps to know the Hessian, and one to the minimum.
  @Test func endsInNPlusOneStepsOnAQuadratic() {
    let n = 6
    let f = Quadratic<Double>(n, condition: 20)
    let solver = TrustRegion(
      model: SR1Model<Quadratic<Double>>(), subproblem: SteihaugToint(forcing: Forcing(loosest: 1e-10)),
      radius: RatioRadius(initial: 1e4))
    var state = solver.start(at: Vector(zeros: n), for: f)
    for _ in 0...n + 1 { solver.step(&state, on: f) }
    #expect((state.current.point - f.minimizer).largestMagnitude < 1e-7)
  }

  @Test(arguments: [2, 6]) func learnsTheHessianAndConvergesSuperlinearly(n: Int) {
    let f = Rosenbrock<Double>()
    let solver = TrustRegion(
      model: SR1Model<Rosenbrock<Double>>(), subproblem: SteihaugToint(forcing: Forcing(loosest: 0.1)),
      radius: RatioRadius())
    var run = Run(f, from: Rosenbrock.start(n), using: solver, until: Convergence(gradient: 1e-9))
    var norms: [Double] = []
    while let progress = run.next() { norms.append(progress.state.current.gradient.norm) }
    #expect(run.outcome().status.isConverged)
    // Khalfan, Byrd and Schnabel: n + 1 steps are superlinear.
    #expect(norms[norms.count - 1] < 1e-3 * norms[norms.count - 2 - n])
    var B = run.state.memory.model.hessian
    B.mirrorLowerTriangle()
    var H = Matrix<Double>(zeros: n, n)
    f.hessian(at: run.state.current.point, into: &H)
    B.add(H, times: -1)
    #expect(B.frobeniusNorm < 0.05 * H.frobeniusNorm)
  }

  @Test func passesOverAPairThatWouldMakeItHuge() {
    let f = Rosenbrock<Double>()
    let model = SR1Model<Rosenbrock<Double>>()
    var oracle = Oracle(f)
    var memory = model.allocate(2, for: f)
    func iterate(_ x: Vector<Double>, _ g: Vector<Double>) -> Iterate<Double> {
      var iterate = Iterate(x)
      (iterate.gradient, iterate.isEvaluated) = (g, true)
      return iterate
    }
    // y = (1, 0) for s = (1, 0): B = I, and y − Bs = 0.
    model.prepare(
      at: iterate([0, 0], [1, 0]), beside: Iterate([9, 9]), hasMoved: true, &memory, asking: &oracle)
    model.prepare(
      at: iterate([1, 0], [2, 0]), beside: iterate([0, 0], [1, 0]), hasMoved: true, &memory, asking: &oracle)
    #expect(memory.hessian == [[1, 0], [0, 1]])
    // y − Bs = (0, 1) stands at a right angle to s.
    model.prepare(
      at: iterate([1, 0], [1, 1]), beside: iterate([0, 0], [0, 0]), hasMoved: true, &memory, asking: &oracle)
    #expect(memory.hessian == [[1, 0], [0, 1]])
    // A rejected point where the gradient is not a number teaches nothing.
    model.prepare(
      at: iterate([1, 0], [1, 1]), beside: iterate([0, 0], [.nan, 0]), hasMoved: false, &memory,
      asking: &oracle)
    #expect(memory.hessian == [[1, 0], [0, 1]])
  }

  @Test func namesWhatMakesNoSense() {
    #expect(SR1Model<Rosenbrock<Double>>().complaint == nil)
    #expect(SR1Model<Rosenbrock<Float>>().complaint == nil)
    #expect(SR1Model<Rosenbrock<Double>>(threshold: -1).complaint?.contains("threshold") == true)
  }
}
