import Secant
import Testing

@Suite struct SteihaugTointTests {
  typealias Subject<Scalar: LAPACKScalar> = SteihaugToint<DenseHessianModel<Quadratic<Scalar>>>

  static func symmetric<Scalar: LAPACKScalar>(_ n: Int, _ seed: Int) -> Matrix<Scalar> {
    var A = Matrix<Scalar>(zeros: n, n)
    var k = seed
    for j in 0..<n {
      for i in j..<n {
        k = (k * 1_103 + 12_345) % 65_537
        A[i, j] = Scalar(k) / 32_768 - 1
        A[j, i] = A[i, j]
      }
    }
    return A
  }

  static func model<Scalar>(_ B: Matrix<Scalar>, _ g: Vector<Scalar>, _ p: Vector<Scalar>) -> Scalar {
    var Bp = p
    B.multiply(p, into: &Bp)
    return g.dot(p) + p.dot(Bp) / 2
  }

  func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let tolerance = 100 * Scalar.ulpOfOne
    for seed in 1...20 {
      for radius in [1e-3, 0.1, 1, 10, 1e4] as [Scalar] {
        let n = 1 + seed % 9
        var B: Matrix<Scalar> = Self.symmetric(n, seed)
        // Definite, indefinite and negative definite in turn.
        B.addToDiagonal([Scalar(n), 0, -Scalar(n)][seed % 3])
        let g = Vector<Scalar>((0..<n).map { Scalar(1 + ($0 * seed) % 4) - 2.5 })
        let subject = Subject<Scalar>()
        var memory = subject.allocate(n)
        var p = Vector<Scalar>(zeros: n)
        let step = subject.solve(&p, gradient: g, within: radius, &memory) { v, product in
          B.multiply(v, into: &product)
        }
        #expect(p.norm <= radius * (1 + tolerance))
        if step.isOnBoundary { #expect(abs(p.norm - radius) <= tolerance * radius) }
        let fall = -Self.model(B, g, p)
        #expect(abs(fall - step.decrease) <= tolerance * Scalar(n) * (abs(fall) + g.norm * p.norm))
        // The Cauchy point: −τ g, the least along −g within the ball.
        var Bg = g
        B.multiply(g, into: &Bg)
        let gᵀBg = g.dot(Bg)
        let inside = g.squaredNorm / gᵀBg
        let τ = gᵀBg > 0 ? min(inside, radius / g.norm) : radius / g.norm
        let cauchy = -Self.model(B, g, -τ * g)
        #expect(fall >= cauchy * (1 - tolerance))
      }
    }
  }

  @Test func staysInTheBallAndBeatsTheCauchyPoint() {
    check(Double.self)
    check(Float.self)
  }

  @Test func addsUpWhatTheWayToTheBoundaryGains() {
    let subject = Subject<Double>(forcing: Forcing(loosest: 1e-12))
    var memory = subject.allocate(3)
    var p = Vector<Double>(zeros: 3)
    let B = Matrix<Double>(diagonal: [1, -3, 2])
    let g: Vector<Double> = [-1, 0.2, -1]
    let step = subject.solve(&p, gradient: g, within: 1.5, &memory) { v, product in
      B.multiply(v, into: &product)
    }
    #expect(step.isOnBoundary)
    #expect(abs(p.norm - 1.5) < 1e-14)
    #expect(abs(-Self.model(B, g, p) - step.decrease) < 1e-14)
  }

  @Test func promisesNothingOfAModelThatIsNotFinite() {
    let subject = Subject<Double>()
    var memory = subject.allocate(2)
    var p = Vector<Double>(zeros: 2)
    let step = subject.solve(&p, gradient: [1, 1], within: 1, &memory) { _, product in
      product.fill(with: .nan)
    }
    #expect(step.decrease.isNaN)
  }

  @Test func doesNotOverflowInSinglePrecision() {
    let subject = Subject<Float>()
    var memory = subject.allocate(2)
    var p = Vector<Float>(zeros: 2)
    let step = subject.solve(&p, gradient: [1, 1], within: 1e18, &memory) { v, product in
      product.set(v, times: -1)
    }
    #expect(abs(p.norm / 1e18 - 1) < 1e-5)
    #expect(step.decrease.isFinite)
  }
}
