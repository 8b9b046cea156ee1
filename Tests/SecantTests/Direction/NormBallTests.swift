import Secant
import Testing

/// The problem of the recorded trajectories with its variables as one wide matrix.
private struct Wide: DifferentiableObjective, BlockStructured {
  var base = QuadraticAndQuartic<Double>()
  let layout = Layout().matrix("weight", rows: 2, columns: 4, role: .hidden)

  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    base.valueAndGradient(at: x, into: &g)
  }
}

@Suite struct NormBallTests {
  private static let layout = Layout()
    .matrix("tall", rows: 4, columns: 2, role: .hidden).vector("bias", count: 3, role: .bias)
    .matrix("wide", rows: 2, columns: 5, role: .other)

  /// A step from zero is the least point: in the ball, and gᵀd there is minus the dual norm, below which nothing in the
  /// ball lies.
  @Test func stepsToTheLeastPoint() {
    var generator = RandomGenerator(seed: 4)
    var g = Vector<Double>(zeros: Self.layout.count)
    generator.fillNormal(&g)
    let problem = LinearFunction(c: g, layout: Self.layout)
    func value(_ ball: NormBall) -> (Double, Vector<Double>) {
      let d = trajectory(
        Descent.normDescent(over: ball, rate: 1), on: problem, from: Vector(zeros: g.count), steps: 1)[0]
      return (g.dot(d), d)
    }
    let (euclidean, d) = value(.euclidean)
    #expect(abs(euclidean + g.norm) < 1e-14 && abs(d.norm - 1) < 1e-15)
    let (maximum, e) = value(.maximum)
    #expect(abs(maximum + g.reduce(0) { $0 + abs($1) }) < 1e-13 && e.allSatisfy { abs($0) == 1 })

    let (spectral, f) = value(.spectral(Self.layout))
    var nuclear = 0.0
    for block in Self.layout.blocks {
      guard let shape = block.matrixShape else {
        nuclear += block.range.reduce(0) { $0 + g[$1] * g[$1] }.squareRoot()
        continue
      }
      var svd = SVD<Double>(shape: shape)
      #expect(svd.factor(Matrix(block, of: g)) == nil)
      nuclear += svd.values.reduce(0, +)
      #expect(svd.factor(Matrix(block, of: f)) == nil)
      #expect(svd.values.allSatisfy { abs($0 - 1) < 1e-14 })
    }
    #expect(abs(spectral + nuclear) < 1e-13)
  }

  @Test func isNormalisedGradientDescent() {
    let problem = QuadraticAndQuartic<Double>()
    var x = QuadraticAndQuartic<Double>.start
    var g = x
    for point in trajectory(
      Descent.normDescent(over: .euclidean, rate: 0.05), on: problem, from: x, steps: 20)
    {
      _ = problem.valueAndGradient(at: x, into: &g)
      x.add(g, times: -0.05 / g.norm)
      #expect((x - point).largestMagnitude < 1e-14)
    }
  }

  /// c = β₁m + (1 − β₁)g, θ ← θ − η(sign c + λθ), m ← β₂m + (1 − β₂)g; without averages and decay sign descent.
  @Test(arguments: [(0.0, 0.0, 0.0), (0.9, 0.99, 0.1)])
  func isLionAndSignDescent(β1: Double, β2: Double, λ: Double) {
    let problem = QuadraticAndQuartic<Double>()
    var x = QuadraticAndQuartic<Double>.start
    var (g, m) = (x, Vector<Double>(zeros: 8))
    let points = trajectory(
      Descent.normDescent(over: .maximum, rate: 0.01, betas: (β1, β2), decay: λ), on: problem, from: x,
      steps: 30)
    for point in points {
      _ = problem.valueAndGradient(at: x, into: &g)
      for i in 0..<8 {
        let c = β1 * m[i] + (1 - β1) * g[i]
        x[i] -= 0.01 * ((c > 0 ? 1 : c < 0 ? -1 : 0) + λ * x[i])
        m[i] = β2 * m[i] + (1 - β2) * g[i]
      }
      #expect((x - point).largestMagnitude < 1e-14)
    }
  }

  /// (1 − β)g + β(βm + (1 − β)g) = β²m + (1 − β²)g: Nesterov's momentum in Muon is Lion's with β₁ = β².
  @Test func isMuonWithTheExactPolarFactor() {
    let problem = Wide()
    let start = QuadraticAndQuartic<Double>.start
    let muon = trajectory(
      Descent.muon(rate: 0.02, orthogonalisation: .polarFactor, decay: 0.1), on: problem, from: start,
      steps: 30)
    let ball = trajectory(
      Descent.normDescent(
        over: .spectral(problem.layout), rate: 0.02, betas: (0.95 * 0.95, 0.95), decay: 0.1),
      on: problem, from: start, steps: 30)
    for (x, y) in zip(muon, ball) { #expect((x - y).largestMagnitude < 1e-12) }
  }

  @Test func zeroStaysZero() {
    for ball in [.euclidean, .maximum, .spectral(Self.layout)] as [NormBall] {
      let problem = LinearFunction<Float>(c: Vector(zeros: Self.layout.count), layout: Self.layout)
      let points = trajectory(
        Descent.normDescent(over: ball, rate: 1), on: problem,
        from: Vector(repeating: 2, count: Self.layout.count),
        steps: 2)
      #expect(points[1].allSatisfy { $0 == 2 })
    }
  }

  @Test func chargesItsPolarFactors() {
    let problem = LinearFunction<Double>(
      c: Vector(repeating: 1, count: Self.layout.count), layout: Self.layout)
    let outcome = minimize(
      problem, from: Vector(zeros: Self.layout.count), using: .normDescent(over: .spectral(Self.layout)),
      until: .never, within: Budget(iterations: 3), certifying: false)
    #expect(outcome.ledger.factorisations == 6)
  }

  @Test func refusesBadHyperParameters() {
    typealias N = NormDescent<Wide>
    #expect(N(over: .maximum, betas: (1, 0)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(N(over: .maximum, betas: (0, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(N(over: .maximum, decoupledDecay: -1).complaint?.contains("decoupledDecay (λ) is -1.0: ") == true)
    #expect(N(over: .maximum).complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.normDescent(over: .spectral(QuadraticAndQuartic<Float>().layout), betas: (0.9, 0.99)),
        on: QuadraticAndQuartic<Float>(), from: QuadraticAndQuartic.start, m: 10, n: 10))
  }
}
