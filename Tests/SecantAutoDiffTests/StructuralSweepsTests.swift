import SecantAutoDiff
import Testing

/// A formula at random, of operations that have edges.
private indirect enum Term: CustomStringConvertible {
  case variable(Int)
  case constant(Double)
  case one(Int, Term)
  case two(Int, Term, Term)

  static func random(_ depth: Int, _ generator: inout RandomGenerator) -> Term {
    if depth == 0 || generator.integer(below: 6) == 0 {
      return generator.integer(below: 4) > 0
        ? .variable(generator.integer(below: 3)) : .constant([0, 1, -1, 2][generator.integer(below: 4)])
    }
    if generator.integer(below: 2) == 0 {
      return .one(generator.integer(below: 9), random(depth - 1, &generator))
    }
    return .two(generator.integer(below: 8), random(depth - 1, &generator), random(depth - 1, &generator))
  }

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    switch self {
    case .variable(let i): return x[i]
    case .constant(let c): return Number(c)
    case .one(let φ, let t):
      let y = t(x)
      switch φ {
      case 0: return sqrt(y)
      case 1: return log(y)
      case 2: return abs(y)
      case 3: return root(y, 3)
      case 4: return pow(y, 2)
      case 5: return pow(y, Number(0.5))
      case 6: return -y
      case 7: return y > 0 ? sqrt(y) : y * y
      default: return asin(y)
      }
    case .two(let φ, let s, let t):
      let (y, z) = (s(x), t(x))
      switch φ {
      case 0: return y + z
      case 1: return y - z
      case 2: return y * z
      case 3: return y / z
      case 4: return max(y, z)
      case 5: return min(y, z, y)
      case 6: return hypot(y, z)
      default: return pow(y, z)
      }
    }
  }

  var description: String {
    switch self {
    case .variable(let i): "x\(i)"
    case .constant(let c): "\(c)"
    case .one(let φ, let t):
      "\(["sqrt", "log", "abs", "root3", "square", "half", "-", "branch", "asin"][φ])(\(t))"
    case .two(let φ, let s, let t):
      "\(["sum", "difference", "product", "quotient", "max", "min", "hypot", "pow"][φ])(\(s), \(t))"
    }
  }
}

private struct RandomFormula: DifferentiableFunction {
  let term: Term
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    term(x)
  }
}

private struct RandomResiduals: DifferentiableResiduals {
  let terms: [Term]
  var residualCount: Int { terms.count }
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number] where Number.Scalar == Double {
    terms.map { $0(x) }
  }
}

/// Half the sum of the squares of several formulas.
private struct HalfSquares: DifferentiableFunction {
  let residuals: RandomResiduals
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    residuals(x).reduce(0) { $0 + 0.5 * $1 * $1 }
  }
}

/// The same formula of three variables at a time again and again, so that a tape runs it as a loop.
private struct RepeatedFormula: DifferentiableFunction {
  let term: Term
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    stride(from: 0, to: x.count, by: 3).reduce(0) { $0 + term(Array(x[$1..<($1 + 3)])) }
  }
}

@Suite struct StructuralSweepsTests {
  private static let numbers = [0.0, 1, -1, 0.5]

  /// The same to rounding, or neither a finite number.
  private func agree(_ a: Double, _ b: Double) -> Bool {
    a.isFinite ? b.isFinite && abs(a - b) <= 1e-9 * max(1, abs(a), abs(b)) : !b.isFinite
  }

  @Test(arguments: 0..<8) func tapesAndDualsAreFiniteAtTheSamePlaces(seed: Int) {
    var generator = RandomGenerator(seed: UInt64(seed))
    for _ in 0..<500 {
      let function = RandomFormula(term: .random(5, &generator))
      let x = Vector((0..<3).map { _ in Self.numbers[generator.integer(below: 4)] })
      let tape = Derivatives(Differentiated(function), at: x)
      let forward = Derivatives(ForwardDifferentiated(function), at: x)
      let plain = function._plain(x.elements)
      #expect(agree(plain, tape.value) && agree(plain, forward.value))
      for (a, b) in zip(tape.all, forward.all) where !agree(a, b) {
        Issue.record("\(function.term) at \(x): \(tape.all) by the tape, \(forward.all) by duals")
        break
      }
    }
  }

  @Test(arguments: 0..<4) func jacobiansByRowsAndByColumnsAreFiniteAtTheSamePlaces(seed: Int) {
    var generator = RandomGenerator(seed: UInt64(100 + seed))
    for _ in 0..<200 {
      let terms = (0..<4).map { _ in Term.random(4, &generator) }
      let x = Vector((0..<3).map { _ in Self.numbers[generator.integer(below: 4)] })
      let problem = DifferentiatedSquares(RandomResiduals(terms: terms))
      var (r, byColumns) = (Vector<Double>(zeros: 4), Matrix<Double>(zeros: 4, 3))
      problem.residualsAndJacobian(at: x, into: &r, &byColumns)
      var sparse = SparseJacobian(of: problem, at: x)
      let compressed = sparse.evaluate(at: x)
      for (i, term) in terms.enumerated() {
        var row = Vector<Double>(zeros: 3)
        _ = Differentiated(RandomFormula(term: term)).valueAndGradient(at: x, into: &row)
        for j in 0..<3 {
          #expect(agree(byColumns[i, j], row[j]), "row \(i), column \(j) of \(terms) at \(x)")
          #expect(agree(compressed[i, j], row[j]), "row \(i), column \(j) of \(terms) at \(x)")
        }
      }
    }
  }

  @Test(arguments: 0..<4) func productsAlongDirectionsAreFiniteAtTheSamePlaces(seed: Int) {
    var generator = RandomGenerator(seed: UInt64(200 + seed))
    for _ in 0..<200 {
      let function = RandomFormula(term: .random(5, &generator))
      let x = Vector((0..<3).map { _ in Self.numbers[generator.integer(below: 4)] })
      let v = Vector((0..<3).map { _ in [0.0, 0, 1, 2][generator.integer(below: 4)] })
      var (byTape, byDuals) = (Vector<Double>(zeros: 3), Vector<Double>(zeros: 3))
      Differentiated(function).hessian(times: v, at: x, into: &byTape)
      ForwardDifferentiated(function).hessian(times: v, at: x, into: &byDuals)
      #expect(zip(byTape, byDuals).allSatisfy(agree), "\(function.term) at \(x) along \(v)")
    }
  }

  @Test(arguments: 0..<4) func sumsOfSquaresAreFiniteAtTheSamePlacesAsTheirFormulas(seed: Int) {
    var generator = RandomGenerator(seed: UInt64(400 + seed))
    for _ in 0..<200 {
      let residuals = RandomResiduals(terms: (0..<2).map { _ in .random(4, &generator) })
      let x = Vector((0..<3).map { _ in Self.numbers[generator.integer(below: 4)] })
      let swept = Derivatives(DifferentiatedSquares(residuals), at: x)
      let formula = Derivatives(ForwardDifferentiated(HalfSquares(residuals: residuals)), at: x)
      #expect(zip(swept.all, formula.all).allSatisfy(agree), "\(residuals.terms) at \(x)")
    }
  }

  @Test(arguments: 0..<4) func loopsAreFiniteWhereTheirBodiesAre(seed: Int) {
    var generator = RandomGenerator(seed: UInt64(300 + seed))
    for _ in 0..<20 {
      let term = Term.random(4, &generator)
      let problem = Differentiated(RepeatedFormula(term: term))
      // Recorded, looked at, and replayed at another point.
      for _ in 0..<3 {
        let part = (0..<3).map { _ in Self.numbers[generator.integer(below: 4)] }
        let x = Vector((0..<70).flatMap { _ in part })
        let v = Vector((0..<70).flatMap { _ in [1.0, 0, 0] })
        var (gradient, product) = (x, x)
        _ = problem.valueAndGradient(at: x, into: &gradient)
        problem.hessian(times: v, at: x, into: &product)
        let expected = Derivatives(ForwardDifferentiated(RandomFormula(term: term)), at: Vector(part))
        for i in x.indices {
          #expect(agree(gradient[i], expected.gradient[i % 3]), "\(term) at \(part)")
          #expect(agree(product[i], expected.hessian[i % 3, 0]), "\(term) at \(part)")
        }
      }
    }
  }
}
