import Secant
import Testing

/// The six cases that no established solver answers well, and their relatives.
@Suite struct HonestAnswersTests {
  // MARK: Not a number anywhere

  struct Nowhere: TwiceDifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient.fill(with: .nan)
      return .nan
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) { hessian[0, 0] = .nan }
  }

  @Test(arguments: searchingMethods() + ratedMethods(rate: 1e-3) + curvatureMethods() as [Named<Nowhere>])
  func aFunctionThatIsNowhereANumber(_ named: Named<Nowhere>) {
    let outcome = minimize(Nowhere(), from: [1, 2], using: named.method)
    guard case .nonFinite(let place) = outcome.status else {
      Issue.record("\(named): \(outcome.status)")
      return
    }
    #expect(place.iteration == 0)
    #expect(outcome.ledger.gradients == 1)
    #expect(outcome.ledger.values == 0)
  }

  // MARK: No lower bound

  struct Summit: TwiceDifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient.set(x, times: -2)
      return -x.dot(x)
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian = Matrix(diagonal: Vector(repeating: -2, count: x.count))
    }
  }

  @Test(arguments: searchingMethods() + ratedMethods(rate: 1e-2) + curvatureMethods() as [Named<Summit>])
  func aFunctionWithoutALowerBound(_ named: Named<Summit>) {
    let outcome = minimize(Summit(), from: [1, 0.5], using: named.method)
    guard case .unboundedBelow(let ray) = outcome.status else {
      Issue.record("\(named): \(outcome.status)")
      return
    }
    #expect(abs(ray.norm - 1) < 1e-6)
    #expect(outcome.value == Summit().value(at: outcome.point))
    #expect(outcome.value.isFinite)
  }

  // MARK: A wrong derivative

  /// Rosenbrock's function with some elements of its gradient multiplied.
  struct Miscalculated: DifferentiableObjective {
    let factors: Vector<Double>
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      gradient[0] = factors[0] * (-2 * a - 400 * x[0] * b)
      gradient[1] = factors[1] * 200 * b
      return a * a + 100 * b * b
    }
  }

  @Test(
    arguments: searchingMethods() + ratedMethods(rate: 1e-4) as [Named<Miscalculated>],
    [[-1, -1], [1, -1], [0, 1], [1, 0]])
  func aGradientThatIsWrong(_ named: Named<Miscalculated>, factors: [Double]) {
    let outcome = minimize(Miscalculated(factors: Vector(factors)), from: [-1.2, 1], using: named.method)
    guard case .suspectDerivative(let discrepancy) = outcome.status else {
      Issue.record("\(named), \(factors): \(outcome.status) at \(outcome.point)")
      return
    }
    guard let coordinate = discrepancy.coordinate else {
      Issue.record("no coordinate was named")
      return
    }
    #expect(factors[coordinate] != 1)
    #expect(abs(discrepancy.ratio - factors[coordinate]) < 1e-3)
  }

  // MARK: A saddle

  /// x² − y² + y⁴ with a Hessian, and without.
  struct Pass: TwiceDifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient[0] = 2 * x[0]
      gradient[1] = -2 * x[1] + 4 * x[1] * x[1] * x[1]
      return x[0] * x[0] - x[1] * x[1] + x[1] * x[1] * x[1] * x[1]
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian = Matrix(diagonal: [2, -2 + 12 * x[1] * x[1]])
    }
  }

  struct PassByGradient: DifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      Pass().valueAndGradient(at: x, into: &gradient)
    }
  }

  @Test(arguments: curvatureMethods() as [Named<Pass>], [[0, 0], [1, 0]])
  func aSaddleIsLeftWhereCurvatureCanBeHad(_ named: Named<Pass>, start: [Double]) {
    let outcome = minimize(Pass(), from: Vector(start), using: named.method)
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(abs(outcome.value + 0.25) < 1e-10)
    #expect(outcome.certificate?.curvature.isPositive == true)
  }

  @Test(arguments: searchingMethods() + ratedMethods(rate: 1e-2) as [Named<Pass>])
  func aSaddleIsNamedWhereTheProblemCanTell(_ named: Named<Pass>) {
    let outcome = minimize(Pass(), from: [0, 0], using: named.method)
    guard case .saddle(let λ, let direction) = outcome.status else {
      Issue.record("\(named): \(outcome.status)")
      return
    }
    #expect(abs(λ + 2) < 1e-8)
    #expect(abs(abs(direction[1]) - 1) < 1e-6)
  }

  @Test(arguments: searchingMethods() + ratedMethods(rate: 1e-2) as [Named<PassByGradient>])
  func aSaddleIsNoMinimumWhereNobodyCanTell(_ named: Named<PassByGradient>) {
    let outcome = minimize(PassByGradient(), from: [0, 0], using: named.method)
    guard case .stationary = outcome.status else {
      Issue.record("\(named): \(outcome.status)")
      return
    }
    #expect(outcome.sentence.contains("curvature is unknown"))
  }

  // MARK: Cancellation

  /// (Rosenbrock's function + shift) · (1 + noise), with exact derivatives of the function without noise.
  struct Disturbed: TwiceDifferentiableObjective {
    var shift = 0.0
    var noise = 0.0
    var scale = 1.0
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      gradient[0] = scale * (-2 * a - 400 * x[0] * b)
      gradient[1] = scale * 200 * b
      let value = scale * (a * a + 100 * b * b + shift)
      guard noise > 0 else { return value }
      // A hash of the bits: deterministic, and without any smoothness.
      var bits = x[0].bitPattern &* 0x9E37_79B9_7F4A_7C15 ^ x[1].bitPattern &* 0xC2B2_AE3D_27D4_EB4F
      bits = (bits ^ bits >> 31) &* 0xBF58_476D_1CE4_E5B9
      bits ^= bits >> 29
      return value * (1 + noise * (Double(bits >> 11) / 0x1p52 - 1))
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian[0, 0] = scale * (2 - 400 * (x[1] - 3 * x[0] * x[0]))
      hessian[0, 1] = scale * -400 * x[0]
      hessian[1, 0] = scale * -400 * x[0]
      hessian[1, 1] = scale * 200
    }
  }

  @Test(arguments: searchingMethods().dropFirst() + curvatureMethods() as [Named<Disturbed>])
  func aLargeConstantHidesTheMinimumFromTheValuesOnly(_ named: Named<Disturbed>) {
    let plain = minimize(Disturbed(), from: [-1.2, 1], using: named.method)
    let shifted = minimize(Disturbed(shift: 1e8), from: [-1.2, 1], using: named.method)
    #expect(plain.status.isConverged, "\(plain)")
    switch shifted.status {
    case .converged: #expect((shifted.point - plain.point).norm < 1e-5, "\(named): \(shifted)")
    case .limitedByPrecision(let noise, _): #expect((1e-9...1e-6).contains(noise), "\(named): \(shifted)")
    default: Issue.record("\(named): \(shifted)")
    }
  }

  // MARK: Noise

  @Test(arguments: searchingMethods().dropFirst() + curvatureMethods() as [Named<Disturbed>], [1, 1e-10])
  func noiseIsNamed(_ named: Named<Disturbed>, scale: Double) {
    let outcome = minimize(
      Disturbed(shift: 1, noise: 1e-7, scale: scale), from: [-1.2, 1], using: named.method)
    switch outcome.status {
    case .limitedByPrecision(let noise, _):
      #expect((1e-8...1e-6).contains(noise / scale), "\(named): \(outcome)")
    case .converged(let criterion):
      // Only the values are noisy: a method that trusts its gradient may really arrive.
      // The gradient at the start is 233 times the scale.
      #expect(criterion.value <= 1e-6 * min(1, 233 * scale))
      // The Hessian's least eigenvalue there is 0.4 times the scale.
      #expect((outcome.point - [1, 1]).norm < criterion.threshold / (0.3 * scale), "\(named): \(outcome)")
    default: Issue.record("\(named): \(outcome)")
    }
  }

  // MARK: What the first look cannot see

  /// −x⁴: a maximum at 0, where every derivative up to the third vanishes.
  struct FlatSummit: TwiceDifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient[0] = -4 * x[0] * x[0] * x[0]
      return -x[0] * x[0] * x[0] * x[0]
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian[0, 0] = -12 * x[0] * x[0]
    }
  }

  @Test func aFlatMaximumIsNoMinimum() {
    // The Hessian says nothing of it; a look at the values does.
    let plain = minimize(FlatSummit(), from: [0], using: .newton(), certifying: false)
    guard case .stationary = plain.status else {
      Issue.record("\(plain.status)")
      return
    }
    let certified = minimize(FlatSummit(), from: [0], using: .newton())
    guard case .saddle(0, _) = certified.status else {
      Issue.record("\(certified.status)")
      return
    }
  }

  /// x³(1 + x) in every variable: at 0 all second derivatives vanish, and differences of gradients do not.
  struct Flat<Scalar: LAPACKScalar>: DifferentiableObjective {
    func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
      var sum: Scalar = 0
      for i in x.indices {
        g[i] = x[i] * x[i] * (3 + 4 * x[i])
        sum += x[i] * x[i] * x[i] * (1 + x[i])
      }
      return sum
    }
  }

  @Test func anErrorOfDifferencesIsNoCurvature() {
    func check<S: LAPACKScalar>(_ scale: S) {
      let differenced = FiniteDifferenceHessian(Flat<S>())
      for n in [1, 2] {
        let outcome = minimize(differenced, from: Vector(zeros: n), using: .newton())
        #expect(
          outcome.status.label == "stationary" && outcome.certificate?.curvature == .unknown, "\(outcome)")
        let boxed = minimize(
          differenced.bounded(from: -1, to: 1, count: n), from: Vector(zeros: n), using: .tron())
        #expect(boxed.status.label == "stationary", "\(boxed)")
      }
      // What is a curvature of the function is still certified.
      let rosenbrock = FiniteDifferenceHessian(Rosenbrock<S>(scale: scale))
      #expect(minimize(rosenbrock, from: [1, 1], using: .newton()).certificate?.isMinimum == true)
      #expect(minimize(rosenbrock, from: [-1.2, 1], using: .newton()).certificate?.isMinimum == true)
    }
    for scale in [1e-6, 1, 1e6] {
      check(scale)
      check(Float(scale))
    }
  }

  /// A gradient that is small once, by chance.
  struct Fickle: DifferentiableObjective {
    final class Counter { var calls = 0 }
    let counter = Counter()
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      counter.calls += 1
      gradient[0] = counter.calls == 4 ? 1e-9 : 2 * x[0]
      return x[0] * x[0]
    }
  }

  @Test func aCriterionThatHeldOnlyOnceIsNoConvergence() {
    let outcome = minimize(Fickle(), from: [3], using: .gradientDescent(rate: 1e-2))
    guard case .notReproducible = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
  }

  /// x² − y² with y in [−1, 1]: where a bound is active the Hessian's least eigenvalue decides nothing.
  struct Bounded: TwiceDifferentiableObjective {
    struct Box {}
    typealias Domain = Box
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient[0] = 2 * x[0]
      gradient[1] = -2 * x[1]
      return x[0] * x[0] - x[1] * x[1]
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian = Matrix(diagonal: [2, -2])
    }
    func project(_: inout Vector<Double>) {}
    func stationarity(of gradient: Vector<Double>, at x: Vector<Double>) -> Double {
      max(abs(gradient[0]), x[1] >= 1 && gradient[1] < 0 ? 0 : abs(gradient[1]))
    }
  }

  /// The least projected-gradient method.
  struct Projected: Solver {
    func allocate(_ dimension: Int, for problem: Bounded) -> Stateless { Stateless() }
    func advance(
      _ state: inout State<Double, Stateless>, asking oracle: inout Oracle<Bounded>
    ) throws(Halt<Never>) -> Step<Double> {
      state.other.point.set(state.current.point, plus: -0.25, times: state.current.gradient)
      state.other.point[1] = min(1, max(-1, state.other.point[1]))
      state.other.isEvaluated = false
      try oracle.evaluate(&state.other)
      state.acceptTrial()
      return .accepted(length: 0.25)
    }
  }

  @Test func theDriverStaysWithinADomain() {
    let outcome = minimize(Bounded(), from: [0.5, 0.5], using: Projected())
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(outcome.point[1] == 1 && abs(outcome.point[0]) < 1e-6)
  }

  // MARK: A wrong Hessian

  /// ‖x‖² with the Hessian −2I, or Rosenbrock's function with one half of the Hessian left out.
  struct WrongHessian: TwiceDifferentiableObjective {
    var isLopsided = false
    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      if isLopsided { return Rosenbrock().valueAndGradient(at: x, into: &g) }
      g.set(x, times: 2)
      return x.squaredNorm
    }
    func hessian(at x: Vector<Double>, into H: inout Matrix<Double>) {
      H = Matrix(diagonal: [-2, -2])
      guard isLopsided else { return }
      Rosenbrock().hessian(at: x, into: &H)
      H[0, 1] *= 2
      H[1, 0] = 0
    }
  }

  @Test(arguments: [true, false]) func aHessianThatTheValuesRefuteMakesNoSaddle(certifying: Bool) {
    let outcome = minimize(WrongHessian(), from: [3, 1], using: .newton(), certifying: certifying)
    guard case .stalled(.refutedCurvature) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(outcome.sentence.contains("checkHessian"))
  }

  /// x² + 2y² with the Hessian negated: a slope alone lowers the function at tiny lengths, and is no proof of a saddle.
  struct Negated: TwiceDifferentiableObjective {
    var shift = 0.0
    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      g[0] = 2 * x[0]
      g[1] = 4 * x[1]
      return x[0] * x[0] + 2 * x[1] * x[1] + shift
    }
    func hessian(at _: Vector<Double>, into H: inout Matrix<Double>) { H = Matrix(diagonal: [-2, -4]) }
  }

  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Negated>], [0, 1])
  func aNegatedHessianIsRefutedWhereTheSlopeIsNotQuiteZero(_ named: Named<Negated>, shift: Double) {
    let outcome = minimize(Negated(shift: shift), from: [3, 4], using: named.method)
    guard case .stalled(.refutedCurvature) = outcome.status else {
      Issue.record("\(named): \(outcome)")
      return
    }
    #expect(outcome.certificate?.contradiction == .refutedCurvature)
    #expect(outcome.point.norm < 1e-5)
  }

  @Test func aWrongHessianIsNamedWhereItUsesUpTheBudget() {
    /// Rosenbrock's function with the sign of the Hessian's diagonal turned.
    struct Turned: TwiceDifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        Rosenbrock().valueAndGradient(at: x, into: &g)
      }
      func hessian(at x: Vector<Double>, into H: inout Matrix<Double>) {
        Rosenbrock().hessian(at: x, into: &H)
        for i in x.indices { H[i, i] *= -1 }
      }
    }
    for method in [.newton(), .exactTrustRegion()] as [any Solver<Turned>] {
      let outcome = minimize(Turned(), from: [-1.2, 1], using: method, within: Budget(iterations: 300))
      guard case .stalled(.wrongHessian) = outcome.status else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(outcome.sentence.contains("checkHessian"))
    }
  }

  // MARK: Sums of functions of one variable

  /// Σ fᵢ(xᵢ), each with its first and second derivative.
  struct Separable: TwiceDifferentiableObjective {
    let terms: [@Sendable (Double) -> (Double, Double, Double)]
    var dimension: Int? { terms.count }
    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      var sum = 0.0
      for i in x.indices {
        let (f, slope, _) = terms[i](x[i])
        sum += f
        g[i] = slope
      }
      return sum
    }
    func hessian(at x: Vector<Double>, into H: inout Matrix<Double>) {
      H = Matrix(diagonal: Vector(x.indices.map { terms[$0](x[$0]).2 }))
    }
  }

  /// x² − y² + (10y)²⁰: a saddle at 0, whose look at the values begins where they are 10²⁰.
  @Test(arguments: searchingMethods() as [Named<Separable>])
  func aSaddleIsNamedThoughTheFunctionIsHugeFartherOut(_ named: Named<Separable>) {
    let pass = Separable(terms: [
      { ($0 * $0, 2 * $0, 2) },
      { y in
        let p = Double.pow(10 * y, 18)
        return (-y * y + p * 100 * y * y, -2 * y + 2000 * p * y, -2 + 38_000 * p)
      },
    ])
    let outcome = minimize(pass, from: [1, 0], using: named.method)
    guard case .saddle(let λ, _) = outcome.status else {
      Issue.record("\(named): \(outcome)")
      return
    }
    #expect(abs(λ + 2) < 1e-6)
  }

  /// y² − |x| from the top of the ridge, where the gradient vanishes by convention, and y² + |x|.
  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Separable>])
  func theTopOfAKinkIsNoMinimum(_ named: Named<Separable>) {
    for sign in [-1.0, 1] {
      let ridge = Separable(terms: [
        { (sign * abs($0), $0 == 0 ? 0 : $0 < 0 ? -sign : sign, 0) }, { ($0 * $0, 2 * $0, 2) },
      ])
      let outcome = minimize(ridge, from: [0, 1], using: named.method)
      if sign > 0 {
        #expect(outcome.status.isConverged, "\(named): \(outcome)")
      } else if case .stalled(.ridge) = outcome.status {
        #expect(outcome.sentence.contains("Start beside this point"))
      } else {
        Issue.record("\(named): \(outcome)")
      }
    }
  }

  /// log(1 + e⁻ˣ) far out, where all values are 0 and the gradient is not, and √|x| near its cusp.
  @Test(arguments: searchingMethods() as [Named<Separable>])
  func anExactDerivativeIsNotAccused(_ named: Named<Separable>) {
    let logistic = { @Sendable (x: Double) in
      let e = Double.exp(-x)
      return (Double.log(1 + e), -e / (1 + e), e / ((1 + e) * (1 + e)))
    }
    let root = { @Sendable (x: Double) in
      let r = abs(x).squareRoot()
      return (r, 0.5 / r * (x < 0 ? -1 : 1), -0.25 / (r * r * r))
    }
    for (f, start) in [(logistic, 40), (logistic, 0), (root, 1.3), (root, 2.7)] {
      let outcome = minimize(Separable(terms: [f]), from: [start], using: named.method)
      #expect(outcome.status.label != "suspect derivative", "\(named), \(start): \(outcome)")
    }
  }

  /// 10⁻²⁴ of a function: where a search fails, an absolute threshold would call its slope small and the place a saddle.
  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Separable>])
  func aSmallScaleMakesNoSaddle(_ named: Named<Separable>) {
    let double = Separable(terms: [
      { x in (1e-24 * (x * x * x * x - x * x), 1e-24 * (4 * x * x * x - 2 * x), 1e-24 * (12 * x * x - 2)) },
      { y in (1e-24 * y * y, 2e-24 * y, 2e-24) },
    ])
    let outcome = minimize(double, from: [0.1, 5], using: named.method)
    #expect(outcome.status.label != "saddle", "\(named): \(outcome)")
    if outcome.status.isConverged { #expect(abs(outcome.value + 0.25e-24) < 1e-30, "\(named): \(outcome)") }
  }

  /// √(x − 1) + y², whose least value stands at the edge of its domain, where its gradient is infinite.
  @Test(arguments: (searchingMethods() + curvatureMethods() as [Named<Separable>]))
  func anEdgeIsNoDivergence(_ named: Named<Separable>) {
    let edge = Separable(terms: [
      { x in
        let r = (x - 1).squareRoot()
        return (r, 0.5 / r, -0.25 / (r * r * r))
      },
      { ($0 * $0, 2 * $0, 2) },
    ])
    let outcome = minimize(edge, from: [4, 1], using: named.method)
    #expect(!outcome.status.isConverged && !outcome.sentence.contains("Diverged"), "\(named): \(outcome)")
    if case .nonFinite(let found) = outcome.status, case .edge = found.place {
      #expect(outcome.sentence.contains("by bounds"))
    }
  }

  /// y² − x falls without end along x alone.
  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Separable>])
  func aFunctionThatFallsAlongOneVariableHasNoLowerBound(_ named: Named<Separable>) {
    let slope = Separable(terms: [{ (-$0, -1, 0) }, { ($0 * $0, 2 * $0, 2) }])
    let outcome = minimize(slope, from: [0, 1], using: named.method)
    guard case .unboundedBelow(let ray) = outcome.status else {
      Issue.record("\(named): \(outcome)")
      return
    }
    #expect(ray[0] > 0)
  }

  // MARK: A wall

  /// (x − 3)² + y² and −x + y², which are no numbers beyond x = 1.
  struct Walled: TwiceDifferentiableObjective {
    var isBowl = false
    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      if x[0] > 1 {
        g.fill(with: .nan)
        return .nan
      }
      g[0] = isBowl ? 2 * (x[0] - 3) : -1
      g[1] = 2 * x[1]
      return (isBowl ? (x[0] - 3) * (x[0] - 3) : -x[0]) + x[1] * x[1]
    }
    func hessian(at x: Vector<Double>, into H: inout Matrix<Double>) {
      H = Matrix(diagonal: [isBowl ? 2 : 0, 2])
    }
  }

  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Walled>], [true, false])
  func aWallIsNamed(_ named: Named<Walled>, isBowl: Bool) {
    expectWall(minimize(Walled(isBowl: isBowl), from: [0.2, 0.3], using: named.method), named.name)
  }

  @Test(arguments: [true, false]) func aWallWithinBoundsIsNamed(isBowl: Bool) {
    let problem = Walled(isBowl: isBowl).bounded(from: -5, to: 5, count: 2)
    let methods: [any Solver<Secant.Bounded<Walled>>] = [
      .lbfgsb(), .tron(), .projectedGradient(), .spectralProjectedGradient(),
    ]
    for method in methods {
      expectWall(minimize(problem, from: [0.2, 0.3], using: method), "\(type(of: method))")
    }
  }

  private func expectWall<P>(_ outcome: Outcome<P>, _ name: String) where P.Scalar == Double {
    guard case .nonFinite(let found) = outcome.status else {
      Issue.record("\(name): \(outcome)")
      return
    }
    #expect(found.place == .wall, "\(name): \(outcome)")
    #expect(outcome.sentence.contains("by bounds") && outcome.value.isFinite)
  }

  // MARK: Stationary points that are no minima

  /// Steps that climb over the rim end on a plateau where no gradient is left.
  @Test func aPlateauAboveTheStartIsNoMinimum() {
    let f = Separable(terms: [
      { x in
        let e = Double.exp(-x * x)
        return (1 - e, 2 * x * e, (2 - 4 * x * x) * e)
      }
    ])
    for method in [.gradientDescent(rate: 1e4), .momentum(rate: 1e4)] as [any Solver<Separable>] {
      let outcome = minimize(f, from: [3], using: method)
      #expect(!outcome.status.isConverged, "\(outcome)")
      #expect(outcome.sentence.contains("higher here than at the start") || outcome.value < 0.9, "\(outcome)")
    }
  }

  /// x⁴ + x³ has an inflection at 0, and the same value at −1.
  @Test func anInflectionIsNoMinimum() {
    let f = Separable(terms: [{ x in (x * x * x * (x + 1), x * x * (4 * x + 3), x * (12 * x + 6)) }])
    for named in searchingMethods() + curvatureMethods() as [Named<Separable>] {
      let outcome = minimize(f, from: [1], using: named.method)
      // A little beside it the curvature is positive, and nothing tells of what lies further away.
      let isBeside = outcome.certificate?.curvature.isPositive == true && outcome.point[0] > 1e-5
      #expect(
        !outcome.status.isConverged || outcome.point[0] < -0.7 || isBeside, "\(named.name): \(outcome)")
    }
  }

  // MARK: A function that flattens out

  /// −log(1 + x²), e⁻ˣ, atan x, alone and beside a bowl: no gradient below a threshold makes a minimum of them.
  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Separable>])
  func whatFlattensOutHasNoMinimum(_ named: Named<Separable>) {
    let logarithm = { @Sendable (x: Double) in
      let q = 1 + x * x
      return (-Double.log(q), -2 * x / q, 2 * (x * x - 1) / (q * q))
    }
    let exponential = { @Sendable (x: Double) in (Double.exp(-x), -Double.exp(-x), Double.exp(-x)) }
    let arc = { @Sendable (x: Double) in
      let q = 1 + x * x
      return (Double.atan(x), 1 / q, -2 * x / (q * q))
    }
    let bowl = { @Sendable (y: Double) in (y * y, 2 * y, 2.0) }
    for f in [logarithm, exponential, arc] {
      for terms in [[f], [f, bowl], [bowl, bowl, f]] {
        let start = Vector<Double>(repeating: 0.7, count: terms.count)
        let outcome = minimize(Separable(terms: terms), from: start, using: named.method)
        #expect(!outcome.status.isConverged, "\(named): \(outcome)")
        if case .stalled(.flattening) = outcome.status {
          #expect(outcome.sentence.contains("flattens out"))
        }
      }
    }
  }

  /// x³ within [−1, 2] and e⁻ˣ within [0, 20]: where the gradient is below the threshold f still falls as far as the bound.
  @Test(arguments: boundedMethods() as [Named<Secant.Bounded<Separable>>])
  func whatFlattensOutTowardsABoundIsNoMinimum(_ named: Named<Secant.Bounded<Separable>>) {
    let cube = { @Sendable (x: Double) in (x * x * x, 3 * x * x, 6 * x) }
    let decay = { @Sendable (x: Double) in (Double.exp(-x), -Double.exp(-x), Double.exp(-x)) }
    for (f, box, minimum) in [(cube, (-1.0, 2.0), -1.0), (decay, (0, 20), 20)] {
      let problem = Separable(terms: [f]).bounded(from: [box.0], to: [box.1])
      let outcome = minimize(problem, from: [1.5], using: named.method)
      #expect(!outcome.status.isConverged || abs(outcome.point[0] - minimum) < 1e-3, "\(named): \(outcome)")
    }
    // Beyond a minimum f rises, though it may be low again before the bound.
    let hill = { @Sendable (x: Double) in
      let t = (x / 40) * (x / 40)
      return (1 - 3 * t * t + 2 * t * t * t, (12 * t * t - 12 * t) * x / 1600, (60 * t * t - 36 * t) / 1600)
    }
    let loose = minimize(
      Separable(terms: [hill]).bounded(from: [-5], to: [90]), from: [48], using: named.method,
      until: Convergence(gradient: 1))
    #expect(loose.status.label != "stalled", "\(named): \(loose)")
    // A minimum on the bound that is not single is one.
    let power = { @Sendable (x: Double) in (x * x * x * x, 4 * x * x * x, 12 * x * x) }
    let outcome = minimize(
      Separable(terms: [power]).bounded(from: [0], to: [2]), from: [1.5], using: named.method)
    #expect(outcome.status.isConverged, "\(named): \(outcome)")
  }

  /// Under 10¹⁵ the values stand still around the point: their rounding hides what is left to gain.
  @Test func aGreatConstantLimitsPrecision() {
    let problem = Separable(terms: [
      { (1e15 + 1e-3 * $0 * $0, 2e-3 * $0, 2e-3) }, { ($0 * $0 * $0 * $0, 4 * $0 * $0 * $0, 12 * $0 * $0) },
    ])
    let outcome = minimize(problem, from: [3, 0.5], using: .trustRegion())
    if case .limitedByPrecision = outcome.status { return }
    #expect(outcome.status.isConverged && outcome.value == 1e15, "\(outcome)")
  }

  /// x^2p, whose gradient vanishes as slowly, log(1 + x²), which is as flat far out but has its minimum, and
  /// max(0, 1 − x)², whose least value is taken by half a line.
  @Test(arguments: searchingMethods().dropFirst() + curvatureMethods() as [Named<Separable>])
  func whatIsFlatAtItsMinimumHasOne(_ named: Named<Separable>) {
    func power(_ k: Double) -> @Sendable (Double) -> (Double, Double, Double) {
      { x in
        (Double.pow(x, k), k * Double.pow(x, k - 1), k * (k - 1) * Double.pow(x, k - 2))
      }
    }
    let logarithm = { @Sendable (x: Double) in
      let q = 1 + x * x
      return (Double.log(q), 2 * x / q, 2 * (1 - x * x) / (q * q))
    }
    let hinge = { @Sendable (x: Double) in
      let r = max(0, 1 - x)
      return (r * r, -2 * r, r > 0 ? 2.0 : 0)
    }
    for f in [power(4), power(6), power(20), logarithm, hinge] {
      let outcome = minimize(Separable(terms: [f]), from: [0.7], using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
    }
  }

  // MARK: A singular Hessian

  /// x² + cyᵏ, turned by an angle, plus a constant and a term of two degrees more.
  struct Degenerate: TwiceDifferentiableObjective {
    var c = 1.0
    var k = 4
    var farther = 0.0
    var shift = 0.0
    private func parts(_ x: Vector<Double>) -> (u: Double, v: Double) {
      (0.6 * x[0] + 0.8 * x[1], 0.6 * x[1] - 0.8 * x[0])
    }
    private func power(_ v: Double, _ k: Int) -> Double { (0..<k).reduce(1) { product, _ in product * v } }
    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      let (u, v) = parts(x)
      let slope =
        c * Double(k) * power(v, k - 1) + farther * Double(k + 2) * power(v, k + 1)
      g[0] = 0.6 * 2 * u - 0.8 * slope
      g[1] = 0.8 * 2 * u + 0.6 * slope
      return u * u + c * power(v, k) + farther * power(v, k + 2) + shift
    }
    func hessian(at x: Vector<Double>, into H: inout Matrix<Double>) {
      let v = parts(x).v
      let h =
        c * Double(k * (k - 1)) * power(v, k - 2) + farther * Double((k + 2) * (k + 1)) * power(v, k)
      H[0, 0] = 2 * 0.36 + h * 0.64
      H[1, 1] = 2 * 0.64 + h * 0.36
      H[0, 1] = (2 - h) * 0.48
      H[1, 0] = H[0, 1]
    }
  }

  /// From (1, 0) in turned axes every method comes to the origin, where x² − y⁴ and x² + y³ have no minimum.
  @Test(
    arguments: searchingMethods() + curvatureMethods() as [Named<Degenerate>], [(-1, 4), (1, 3), (-1, 6)])
  func whatFallsByTermsOfHigherOrderIsNoMinimum(_ named: Named<Degenerate>, _ term: (c: Double, k: Int)) {
    for shift in [0, 1.0] {
      let problem = Degenerate(c: term.c, k: term.k, shift: shift)
      let outcome = minimize(problem, from: [0, 0], using: named.method)
      guard case .saddle(let λ, let d) = outcome.status else {
        Issue.record("\(named), \(term), \(shift): \(outcome)")
        continue
      }
      #expect(abs(λ) < 1e-7 && abs(d.norm - 1) < 1e-12)
      #expect(
        outcome.sentence.contains("singular within rounding") && outcome.sentence.contains("falls along"))
      // As the sentence says.
      #expect(problem.value(at: outcome.point + 0.1 * d) < outcome.value)
    }
  }

  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Degenerate>], [4, 6])
  func aSingularMinimumIsNoSaddle(_ named: Named<Degenerate>, k: Int) {
    // With the farther term it falls from |v| = 0.3 on, which makes another valley and no saddle.
    for (farther, start) in [(0.0, [1.1, 0.7]), (0, [0.6, 0.8]), (-10, [0.02, 0.01])] as [(Double, [Double])]
    {
      for shift in [0, 1.0] {
        let problem = Degenerate(k: k, farther: farther, shift: shift)
        let outcome = minimize(problem, from: Vector(start), using: named.method)
        #expect(outcome.status.label != "saddle", "\(named), \(farther), \(start), \(shift): \(outcome)")
      }
    }
  }

  /// (xy − 1)² + (xz − 1)² has a curve of minima, all of value 0: what residuals are left makes an eigenvalue that is a
  /// little below zero beside it, or a fall by next to nothing, and no saddle.
  @Test(arguments: searchingMethods() as [Named<Products>])
  func beforeASingularMinimumIsNoSaddle(_ named: Named<Products>) {
    for start in [[2, 0.1, 0.3], [0.4, 3, -1], [-1, 0.2, 0.2]] as [Vector<Double>] {
      for tolerance in [1e-4, 1e-6, 1e-8] {
        let outcome = minimize(
          Products(), from: start, using: named.method, until: Convergence(gradient: tolerance))
        #expect(outcome.status.label != "saddle", "\(named), \(tolerance): \(outcome)")
      }
    }
  }

  struct Products: TwiceDifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      let (r, s) = (x[0] * x[1] - 1, x[0] * x[2] - 1)
      g[0] = 2 * r * x[1] + 2 * s * x[2]
      g[1] = 2 * r * x[0]
      g[2] = 2 * s * x[0]
      return r * r + s * s
    }
    func hessian(at x: Vector<Double>, into H: inout Matrix<Double>) {
      let (r, s) = (x[0] * x[1] - 1, x[0] * x[2] - 1)
      H = Matrix(diagonal: [2 * (x[1] * x[1] + x[2] * x[2]), 2 * x[0] * x[0], 2 * x[0] * x[0]])
      (H[1, 0], H[2, 0]) = (2 * (x[0] * x[1] + r), 2 * (x[0] * x[2] + s))
      (H[0, 1], H[0, 2]) = (H[1, 0], H[2, 0])
    }
  }

  /// The cubic's weight shrinks while its model is good, and must not vanish before the model turns indefinite.
  @Test func finiteNumbersAreNotCalledOtherwise() {
    let outcome = minimize(
      WrongHessian(isLopsided: true), from: [-1.2, 1], using: .cubicRegularization(),
      within: Budget(iterations: 3000))
    #expect(outcome.status.label != "non-finite", "\(outcome)")
  }

  // MARK: What looks like noise

  @Test(arguments: searchingMethods() + curvatureMethods() as [Named<Rosenbrock<Double>>])
  func aGradientWhoseSquareUnderflowsIsNamed(_ named: Named<Rosenbrock<Double>>) {
    let outcome = minimize(Rosenbrock(scale: 1e-200), from: [-1.2, 1], using: named.method)
    if case .stalled(let obstacle) = outcome.status {
      #expect(obstacle == .underflow, "\(named): \(outcome)")
      #expect(outcome.sentence.contains("Multiply the function by a constant"))
    } else {
      #expect(outcome.status.isConverged && outcome.value < 1e-205, "\(named): \(outcome)")
    }
  }

  @Test func aKinkIsNamed() {
    func check<S: LAPACKScalar>(_: S.Type) {
      let kink = Closure<S> { x, g in
        g[0] = x[0] < 0 ? -1 : 1
        return abs(x[0])
      }
      for method in [.bfgs(), .lbfgs(), .gradientDescent()] as [any Solver<Closure<S>>] {
        let outcome = minimize(kink, from: [0.7], using: method)
        #expect(outcome.status.label != "non-finite", "\(outcome)")
        if case .stalled(let obstacle) = outcome.status { #expect(obstacle == .kink, "\(outcome)") }
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func aTinyFunctionIsNotNoisy() {
    let tiny = Closure<Double> { x, g in
      g.set(x, times: 2e-200)
      return 1e-200 * x.squaredNorm
    }
    #expect(minimize(tiny, from: [3, 1], using: .lbfgs()).status.label != "limited by precision")
    #expect(
      minimize(tiny.bounded(count: 2), from: [3, 1], using: .lbfgsb()).status.label != "limited by precision")
    let single = Closure<Float> { x, g in
      g.set(x, times: 2e-30)
      return 1e-30 * x.squaredNorm
    }
    #expect(minimize(single, from: [3, 1], using: .lbfgs()).status.label != "limited by precision")
  }

  @Test func aKinkIsNotNoise() {
    func check<S: LAPACKScalar>(_ start: Vector<S>) {
      let kink = Closure<S> { x, g in
        g[0] = x[0] < 0 ? -1 : 1
        g[1] = x[1] < 0 ? -2 : 2
        return abs(x[0]) + 2 * abs(x[1])
      }
      for method in [.bfgs(), .lbfgs()] as [any Solver<Closure<S>>] {
        let outcome = minimize(kink, from: start, using: method)
        #expect(["stalled", "budget exhausted"].contains(outcome.status.label), "\(outcome)")
        #expect(outcome.sentence.contains("the function has a kink here"), "\(outcome)")
        #expect(outcome.sentence.contains("round the kink off"), "\(outcome)")
      }
    }
    check([3.3, -1.7] as Vector<Double>)
    check([3.3, -1.7] as Vector<Float>)
  }

  @Test func aGradientThatEndsIsNamed() {
    func check<S: LAPACKScalar>(_: S.Type) {
      let half = Closure<S> { x, g in
        if x[0] < 1 { g.fill(with: .nan) } else { g.set(x, times: 2) }
        return x.squaredNorm
      }
      for method in [.conjugateGradient(), .gradientDescent()] as [any Solver<Closure<S>>] {
        let outcome = minimize(half, from: [3, 3], using: method)
        guard case .nonFinite(let found) = outcome.status else {
          Issue.record("\(outcome)")
          return
        }
        #expect(found.place == .edge(coordinate: 0), "\(outcome)")
      }
    }
    check(Double.self)
    check(Float.self)
  }

  // MARK: Advice

  @Test func theAdviceCanBeFollowed() {
    let flat = Flat<Double>()
    let plain = minimize(flat, from: [0], using: .lbfgs())
    #expect(plain.sentence.contains("`FiniteDifferenceHessian(f)`") && plain.sentence.contains(".newton()"))
    let boxed = minimize(flat.bounded(from: -1, to: 1, count: 1), from: [0], using: .lbfgsb())
    #expect(boxed.sentence.contains("`FiniteDifferenceHessian(f).bounded(by: box)`"), "\(boxed)")
    // As it says; and whoever has a Hessian is not told to give one.
    let box = Bounds<Double>(from: -1, to: 1, count: 1)
    let followed = minimize(FiniteDifferenceHessian(flat).bounded(by: box), from: [0.1], using: .tron())
    #expect(followed.status.isConverged || followed.status.label == "stalled", "\(followed)")
    let exact = minimize(FlatSummit(), from: [0], using: .newton())
    #expect(!exact.sentence.contains("give the Hessian"), "\(exact)")
  }

  // MARK: Small and great functions

  /// c·f makes the steps of f, bit for bit where c is a power of 4 and the first length is chosen in the same way. A
  /// trust region and Anderson's acceleration find another way, and arrive as well.
  @Test(
    arguments: (searchingMethods() + curvatureMethods() as [Named<Rosenbrock<Double>>]).filter {
      !["trust region", "Anderson acceleration"].contains($0.name)
    })
  func aFactorOfTheFunctionChangesNoStep(_ named: Named<Rosenbrock<Double>>) {
    func points(_ c: Double) -> [Vector<Double>] { path(of: Rosenbrock(scale: c), named.method) }
    #expect(points(0x1p-400) == points(0x1p-300), "\(named)")
    #expect(points(0x1p400) == points(0x1p300), "\(named)")
  }

  private func path<P>(of problem: P, _ method: some Solver<P>) -> [Vector<Double>] where P.Scalar == Double {
    let outcome = Run(problem, from: [-1.2, 1], using: method, within: Budget(iterations: 25))
    return outcome.map { Vector(copying: $0.point) }
  }

  @Test(arguments: searchingMethods().dropFirst() + curvatureMethods() as [Named<Rosenbrock<Double>>])
  func aFactorOfTheFunctionStopsNoMethod(_ named: Named<Rosenbrock<Double>>) {
    for c in [0x1p-400, 0x1p400, 1e-150] {
      let outcome = minimize(Rosenbrock(scale: c), from: [-1.2, 1], using: named.method)
      #expect(outcome.value <= 1e-8 * c, "\(named), \(c): \(outcome)")
    }
  }

  /// From a value of 24 times the scale every method comes into the valley, as far as the criterion asks.
  @Test func noScaleOfTheFunctionStopsAMethod() {
    func check<S: LAPACKScalar>(_ scales: [S]) {
      typealias P = Rosenbrock<S>
      for scale in scales {
        let methods: [any Solver<P>] = [
          .lbfgs(), .dampedBFGS(), .barzilaiBorwein(), .anderson(), .bfgs(), .choleskyBFGS(),
        ]
        for method in methods {
          let outcome = minimize(P(scale: scale), from: [-1.2, 1], using: method)
          #expect(outcome.value <= scale / 10, "\(type(of: method)) \(scale): \(outcome)")
        }
        let boxed: [any Solver<Secant.Bounded<P>>] = [.lbfgsb(), .tron(), .spectralProjectedGradient()]
        for method in boxed {
          let outcome = minimize(
            P(scale: scale).bounded(from: [-2, -2], to: [2, 2]), from: [-1.2, 1], using: method)
          #expect(outcome.value <= scale / 10, "\(type(of: method)) \(scale): \(outcome)")
        }
      }
    }
    check([1e-20, 1e-10, 1e20, 1e50, 1e100] as [Double])
    check([1e-9, 1e-5, 1e5] as [Float])
  }
}
