import SecantAutoDiff
import Testing

/// Σ xᵢ xⱼ over pairs.
private struct Pairs: DifferentiableFunction, Sendable {
  let pairs: [(Int, Int)]

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    pairs.map { i, j in x[i] * x[j] }.reduce(0, +)
  }
}

/// A random formula: stretches of single steps and loops, which read from what was before by every rule, carry a sum or a
/// state along, and leave something behind.
private struct RandomFormula: DifferentiableFunction, Sendable {
  let seed: UInt64
  let hasBranches: Bool

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    var generator = RandomGenerator(seed: seed)
    func draw(_ bound: Int) -> Int { generator.integer(below: bound) }
    var pool = x
    var sums: [Number] = [0, x[draw(x.count)]]
    for _ in 0..<3 {
      for _ in 0..<draw(5) {
        pool.append(step(draw(20), pool[draw(pool.count)], pool[draw(pool.count)], 0.7))
      }
      let repetitions = [3, 9, 20, 70, 200][draw(5)]
      var body: [(kind: Int, left: (Int, Int), right: (Int, Int))] = []
      for _ in 0..<1 + draw(6) { body.append((draw(20), (draw(4), draw(50)), (draw(4), draw(50)))) }
      let (reach, carry, isTabulated) = (pool.count, draw(3), draw(2) == 0)
      var state = pool[draw(reach)]
      for t in 0..<repetitions {
        var local: [Number] = []
        func operand(_ rule: Int, _ shift: Int) -> Number {
          switch rule {
          case 0: local.isEmpty ? pool[(t + shift) % reach] : local[shift % local.count]
          case 1: pool[(t + shift) % reach]
          case 2: pool[shift % reach]
          default: carry == 2 ? state : pool[(t * t + 3 * t + shift) % reach]
          }
        }
        for (kind, left, right) in body {
          let (a, b) = (operand(left.0, left.1), operand(right.0, right.1))
          let c = isTabulated ? 0.01 * Double(t) : 0.3
          local.append(step(kind, a, b, c))
        }
        switch carry {
        case 0: sums[0] += local.last!
        case 1:
          sums[0] += local[0] * local.last!
          sums[1] -= local[0]
        default: state = local.last! / 2
        }
        if t % 37 == 5 { pool.append(local[0]) }
      }
      pool += [state, sums[0] / 10]
    }
    return sums[0] + sin(sums[1]) + pool.last! * pool[draw(pool.count)]
  }

  private func step<Number: DifferentiableNumber>(
    _ kind: Int, _ a: Number, _ b: Number, _ c: Double
  ) -> Number where Number.Scalar == Double {
    let c = Number(c)
    switch kind {
    case 0: return a + b
    case 1: return a - b
    case 2: return a * b
    case 3: return a / (b * b + 1)
    case 4: return sin(a)
    case 5: return exp(-(a * a))
    case 6: return tanh(a) * c
    case 7: return max(a, b)
    case 8: return abs(a) + c
    case 9: return pow(a, 2) - b
    case 10: return sqrt(a * a + 1)
    case 11: return c - a
    case 12: return pow(Number(1.5), a / (1 + a * a))
    case 13: return atan2(y: a, x: b * b + 1)
    case 14: return hypot(a, b + 2)
    case 15: return log(onePlus: a * a)
    case 16: return pow(a * a + 0.5, b / (1 + b * b))
    case 17: return hasBranches && a < b ? a * c : b
    case 18: return min(a, b)
    default: return erf(a) - c * b
    }
  }
}

@Suite struct LoopTests {
  private func expectExact(_ pairs: [(Int, Int)]) {
    let (found, exact) = (Differentiated(Pairs(pairs: pairs)), ForwardDifferentiated(Pairs(pairs: pairs)))
    for x: Vector<Double> in [[1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1], [1, 2, 3, 4, 5, 6, 8]] {
      let (a, b) = (Derivatives(found, at: x), Derivatives(exact, at: x))
      #expect(a.value == b.value)
      #expect(a.gradient == b.gradient)
      #expect(a.hessian == b.hessian)
    }
  }

  /// Operands without a rule that are the same in one repetition need not be in another.
  @Test(arguments: 0..<4) func aSquareAmongProductsIsNoRule(place: Int) {
    var pairs: [(Int, Int)] = []
    for k in 0..<200 {
      let (i, j) = ((k * k + 1) % 7, (k * 3 + k * k * k) % 7)
      if i != j { pairs.append((i, j)) }
    }
    pairs[place] = (3, 3)
    expectExact(pairs)
  }

  @Test func squaresWithoutARule() {
    expectExact((0..<200).map { k in ((k * k + 1) % 7, (k * k + 1) % 7) })
  }

  @Test(arguments: 0..<8) func randomFormulasAreThoseOfDuals(part: UInt64) throws {
    var compared = 0
    for seed in 25 * part..<25 * (part + 1) {
      let n = 3 + Int(seed % 4)
      let formula = RandomFormula(seed: seed, hasBranches: seed % 3 == 0)
      let (found, exact) = (Differentiated(formula), ForwardDifferentiated(formula))
      var generator = RandomGenerator(seed: seed, stream: 1)
      for k in 0..<4 {
        var (x, v) = (Vector<Double>(zeros: n), Vector<Double>(zeros: n))
        generator.fillNormal(&x)
        generator.fillNormal(&v)
        var (g, ĝ, h, ĥ) = (x, x, x, x)
        let f = found.valueAndGradient(at: x, into: &g)
        let f̂ = exact.valueAndGradient(at: x, into: &ĝ)
        found.hessian(times: v, at: x, into: &h)
        exact.hessian(times: v, at: x, into: &ĥ)
        guard ĝ.isFinite && ĥ.isFinite else {
          #expect(g.isFinite == ĝ.isFinite && h.isFinite == ĥ.isFinite, "formula \(seed) at point \(k)")
          continue
        }
        compared += 1
        #expect(f == f̂, "f of formula \(seed) at point \(k)")
        #expect(
          (g - ĝ).largestMagnitude <= 1e-9 * (1 + ĝ.largestMagnitude), "∇f of formula \(seed) at point \(k)")
        #expect(
          (h - ĥ).largestMagnitude <= 1e-9 * (1 + ĥ.largestMagnitude),
          "∇²f v of formula \(seed) at point \(k)"
        )
        if k == 3 {
          var sparse = SparseHessian(of: found, at: x)
          sparse.evaluate(at: x).multiply(v, into: &h)
          #expect(
            (h - ĥ).largestMagnitude <= 1e-8 * (1 + ĥ.largestMagnitude), "sparse ∇²f of formula \(seed)")
        }
      }
    }
    #expect(compared >= 60)
  }

  /// Residuals that are constants on one side: their rows of the Jacobian are zero there, whatever stood in them before.
  @Test func constantsThatAreResultsHaveNoTangent() {
    struct Saturated: DifferentiableResiduals {
      var residualCount: Int { 100 }
      func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number]
      where Number.Scalar == Double {
        (0..<100).map { x[0] < 0 ? Number(Double($0)) * x[0] : Number(Double($0 % 7)) }
      }
    }
    let problem = DifferentiatedSquares(Saturated())
    var (r, J) = (Vector<Double>(zeros: 100), Matrix<Double>(zeros: 100, 1))
    for x in [-1.0, 1, -2, 3] {
      problem.residualsAndJacobian(at: [x], into: &r, &J)
      for i in 0..<100 {
        #expect(J[i, 0] == (x < 0 ? Double(i) : 0), "row \(i) at \(x)")
        #expect(r[i] == (x < 0 ? Double(i) * x : Double(i % 7)), "residual \(i) at \(x)")
      }
    }
  }
}
