import Secant
import Testing

@Suite struct LeastCurvatureTests {
  struct Diagonal<Scalar: LAPACKScalar>: HessianVectorObjective {
    var λ: Vector<Scalar>
    func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
      g.set(x, multipliedBy: λ)
      return x.dot(g) / 2
    }
    func hessian(times v: Vector<Scalar>, at _: Vector<Scalar>, into product: inout Vector<Scalar>) {
      product.set(v, multipliedBy: λ)
    }
  }

  func curvature<Scalar>(
    _ λ: Vector<Scalar>, budget: Budget = .unlimited
  ) throws -> (Curvature<Scalar>, products: Int) {
    let f = Diagonal(λ: λ)
    var oracle = Oracle(f, budget: budget)
    var iterate = Iterate(Vector<Scalar>(zeros: λ.count))
    try oracle.evaluate(&iterate)
    let method: TrustRegion<SteihaugToint<HessianModel<Diagonal<Scalar>>>, RatioRadius<Scalar>> =
      .trustRegion()
    return (try method.curvature(at: iterate, asking: &oracle), oracle.ledger.hessianVectorProducts)
  }

  @Test func isTheHessianItselfInOneVariable() throws {
    for λ in [-2.0, 0, 3] {
      let (found, products) = try curvature([λ])
      guard case .least(let value, let direction, let scale) = found else {
        Issue.record("\(λ): unknown")
        continue
      }
      #expect(abs(value - λ) < 1e-14 && abs(scale - abs(λ)) < 1e-14)
      #expect(abs(abs(direction[0]) - 1) < 1e-14)
      #expect(products == 1)
      #expect(found.isNegative == (λ < 0) && found.isPositive == (λ > 0))
    }
  }

  @Test func tellsASaddleFromAMinimum() throws {
    for n in [2, 10, 100, 100_000] {
      var λ = Vector<Double>((0..<n).map { 1 + Double($0) / Double(n) })
      #expect(try curvature(λ).0.isPositive, "n = \(n)")
      λ[n / 2] = -0.5
      let (found, products) = try curvature(λ)
      #expect(found.isNegative, "n = \(n)")
      #expect(products <= min(n, 100))
      guard case .least(_, let d, let scale) = found else { continue }
      #expect(abs(d.norm - 1) < 1e-10)
      #expect(scale > 0.9 && scale < 2.0001)
      #expect(Diagonal(λ: λ).valueAndGradientAlone(d) < 0)
    }
  }

  @Test func worksInSinglePrecision() throws {
    #expect(try curvature(Vector<Float>([3, 2, 1])).0.isPositive)
    #expect(try curvature(Vector<Float>([3, -2, 1])).0.isNegative)
  }

  /// With too few products for a spectrum so wide nothing is claimed, rather than a minimum.
  @Test func isUnknownWhereTheProductsDoNotSuffice() throws {
    let n = 5_000
    let λ = Vector<Double>((0..<n).map { 1e-9 + Double($0 * $0) / Double(n * n) })
    #expect(try !curvature(λ).0.isNegative)
    #expect(try !curvature(λ).0.isPositive)
  }

  @Test func isUnknownWhereTheBudgetRefuses() throws {
    let (found, products) = try curvature([1, 2, 3, 4], budget: Budget(hessianVectorProducts: 2))
    #expect(found == .unknown)
    #expect(products == 2)
  }

  @Test func isUnknownWhereTheHessianIsNotFinite() throws {
    #expect(try curvature([1, .nan]).0 == .unknown)
  }

  @Test func ofADenseHessianCostsOneEvaluation() throws {
    var oracle = Oracle(Formula<Double>.saddle)
    var iterate = Iterate<Double>([0, 0])
    try oracle.evaluate(&iterate)
    let method: Descent<Newton<Formula<Double>>, StrongWolfe<Double>> = .newton()
    guard case .least(let λ, let d, _) = try method.curvature(at: iterate, asking: &oracle) else {
      Issue.record("unknown")
      return
    }
    #expect(abs(λ + 2) < 1e-12 && abs(abs(d[1]) - 1) < 1e-7)
    #expect(oracle.ledger.hessians == 1 && oracle.ledger.hessianVectorProducts == 0)
  }
}

extension LeastCurvatureTests.Diagonal {
  fileprivate func valueAndGradientAlone(_ x: Vector<Scalar>) -> Scalar {
    var g = x
    return valueAndGradient(at: x, into: &g)
  }
}
