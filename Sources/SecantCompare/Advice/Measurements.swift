public import Secant

/// What was measured of a problem: what its answers cost, and what f is like at a start and a few steps ahead of it.
public struct Measurements: Sendable, Equatable, Codable {
  /// The number of variables.
  public var dimension: Int
  /// f and the first-order measure of optimality at the start.
  public var value, stationarity: Double
  /// What an answer costs.
  public var prices: Prices
  /// f's curvature at the start, and where the steps ahead led to; empty where nothing finite was found.
  public var curvatures: [LocalCurvature]
  /// How much the Hessian changes between the two, ‖(∇²f₁ − ∇²f₀)v‖ over the greater of ‖∇²f₀v‖ and ‖∇²f₁v‖ for a random
  /// v: 0 for a quadratic.
  public var change: Double?
  /// The steps ahead.
  public var walk: Walk?
  /// Whether f falls without end from where the steps ahead lead.
  public var isUnbounded = false
  /// The noise of a value over the value's size, or nil where no spacing shows it alone.
  public var noise: Double?
  /// Of a mean over data.
  public var sum: SumStatistics?
  /// Whether the variables lie within bounds.
  public var isBounded: Bool
  /// Whether the start given lay outside the bounds, and the nearest point inside was measured.
  public var movedStart = false
  /// Whether f is known to be a sum of squares.
  public var isLeastSquares = false
  /// How many named blocks the variables form, and how many of them are matrices.
  public var blocks = 0, matrixBlocks = 0
  /// What went wrong, where nothing more could be measured: a sentence.
  public var trouble: String?
  /// What the measuring cost.
  public var ledger: Ledger

  /// The seconds of one answer each, or gradients; an answer that was not asked for, as a Hessian beyond 200 variables, has
  /// the field's convention times the seconds of a gradient.
  public struct Prices: Sendable, Equatable, Codable {
    public var gradient, value, product, hessian: Double
    /// A Cholesky factorisation of a dense matrix, n³/3 flops.
    public var factorisation: Double

    /// By the field's convention instead of a clock: a value ⅓ of a gradient, a product 2, a Hessian n, a factorisation 0.
    public static func conventional(dimension n: Int, gradient: Double = 1) -> Prices {
      Prices(
        gradient: gradient, value: gradient / 3, product: 2 * gradient, hessian: Double(n) * gradient,
        factorisation: 0)
    }

    /// What so many answers cost.
    func cost(
      gradients: Double, values: Double = 0, products: Double, hessians: Double, factorisations: Double
    ) -> Double {
      gradients * gradient + values * value + products * product + hessians * hessian
        + factorisations * factorisation
    }

    /// The cost of what a look-up tells of each currency, in gradients.
    func gradientEquivalents(_ spent: (Currency) -> Double) -> Double {
      cost(
        gradients: spent(.gradients), values: spent(.values), products: spent(.hessianVectorProducts),
        hessians: spent(.hessians), factorisations: spent(.factorisations)) / gradient
    }
  }

  /// The curvature of f at a point.
  public struct LocalCurvature: Sendable, Equatable, Codable {
    /// ‖∇f‖ over that at the start.
    public var gradient: Double
    /// The least and the greatest eigenvalue, or Ritz values: bounds from inside.
    public var least, greatest: Double
    /// An eigenvalue lies within this of `least`: 0 where the whole spectrum was computed.
    public var residual: Double
    /// The steps that conjugate gradients takes on the quadratic model there, of the magnitudes of its curvatures where some
    /// are negative, until ‖∇f‖ would be the tolerance.
    public var conjugateGradientSteps: Double
    /// The part of the dense matrix's elements that are not zero, where there was one.
    public var density: Double?

    /// The greatest over the least magnitude: of a convex model its condition number, at least.
    public var condition: Double { least > 0 ? greatest / least : .infinity }
    /// A Ritz value below zero, by more than rounding, proves negative curvature.
    public var isNegative: Bool { least < -1e-10 * abs(greatest) }
  }

  /// A few steps of L-BFGS.
  public struct Walk: Sendable, Equatable, Codable {
    public var gradients: Int
    /// f and the first-order measure at its end.
    public var value, stationarity: Double
    /// Whether it ended at the tolerance.
    public var isSolved: Bool
  }

  /// How much the gradients of a mean's terms differ.
  public struct SumStatistics: Sendable, Equatable, Codable {
    public var termCount: Int
    /// The terms that were drawn.
    public var drawn: Int
    /// tr Σ/‖∇f‖² at the start: the batch whose noise is as large as the gradient. Larger ones buy little, and a batch
    /// of b has a signal-to-noise ratio of b over this.
    public var criticalBatch: Double
  }
}

extension Measurements {
  /// The dimension up to which a dense Hessian is asked for.
  static let largestDense = 200
  /// The products that may be spent at a point where there is no dense Hessian.
  static let mostProducts = 30
  /// The gradients of the steps ahead.
  static let mostGradients = 12

  /// Measures a problem; what cannot be answered leaves its place empty.
  init<Scalar>(
    of subject: Subject<Scalar>, from start: Vector<Scalar>, isBounded: Bool, tolerance: Double,
    isTimed: Bool, seed: UInt64, refusing complaint: String?
  ) {
    let n = start.count
    self.init(
      dimension: n, value: .nan, stationarity: .nan, prices: .conventional(dimension: n), curvatures: [],
      isBounded: isBounded, trouble: complaint, ledger: Ledger())
    guard complaint == nil else { return }
    let clock = ContinuousClock.now
    do {
      try measure(subject, from: start, tolerance: tolerance, isTimed: isTimed, seed: seed)
    } catch is NonFiniteHessian {
      trouble =
        "The Hessian is not finite \(curvatures.isEmpty ? "at the start" : "a few steps ahead"); choose another start."
    } catch {
      trouble = "The problem threw an error: \(error)."
    }
    ledger = subject.ledger
    ledger.seconds = (ContinuousClock.now - clock) / .seconds(1)
  }

  private mutating func measure<Scalar>(
    _ subject: Subject<Scalar>, from start: Vector<Scalar>, tolerance: Double, isTimed: Bool, seed: UInt64
  ) throws {
    var gradient = start
    let f = try subject.valueAndGradient(at: start, into: &gradient)
    let stationarity = subject.stationarity(gradient, start)
    (value, self.stationarity) = (Double(f), Double(stationarity))
    guard f.isFinite, gradient.isFinite, stationarity.isFinite else {
      trouble =
        "f or its gradient is not a finite number at the start (f = \(brief(f))); choose another start."
      return
    }
    if stationarity == 0 {
      trouble =
        isBounded
        ? "From the start no way within the bounds leads down: it meets their first-order conditions; choose another start."
        : "The gradient is zero at the start: there is nothing to descend; choose another start."
    }
    if isTimed { try time(subject, at: start, gradient) }
    let threshold = Scalar(tolerance) * max(1, stationarity)
    curvatures.append(
      try curvature(of: subject, at: start, gradient, threshold: threshold, reference: gradient.norm))
    if termCount(of: subject) > 1 { try sample(subject, at: start, gradient, seed: seed) }
    noise = try estimateNoise(of: subject, at: start, f, seed: seed)

    // A few steps ahead.
    guard stationarity > 0 else { return }
    let walked = subject.walk(
      from: start, until: Convergence(gradient: threshold, isRelative: false), most: Self.mostGradients,
      isDoubtful: !(curvatures[0].least > 0))
    let point = walked.point
    isUnbounded = walked.isUnbounded
    var ahead = gradient
    let value = try subject.valueAndGradient(at: point, into: &ahead)
    guard value.isFinite, ahead.isFinite else { return }
    let reached = subject.stationarity(ahead, point)
    walk = Walk(
      gradients: walked.ledger.gradients, value: Double(value), stationarity: Double(reached),
      isSolved: reached <= threshold)
    guard point != start else { return }
    curvatures.append(
      try curvature(of: subject, at: point, ahead, threshold: threshold, reference: gradient.norm))
    // A saddle is no solution.
    if !isBounded, curvatures[curvatures.count - 1].isNegative { walk?.isSolved = false }
    change = try changeOfHessian(of: subject, from: (start, gradient), to: (point, ahead), seed: seed)
  }

  private func termCount<Scalar>(of subject: Subject<Scalar>) -> Int { subject.termCount ?? 1 }

  // MARK: Prices

  private mutating func time<Scalar>(
    _ subject: Subject<Scalar>, at x: Vector<Scalar>, _ gradient: Vector<Scalar>
  ) throws {
    let n = x.count
    var g = gradient
    prices = .conventional(
      dimension: n, gradient: try seconds { _ = try subject.valueAndGradient(at: x, into: &g) })
    prices.value = try seconds { _ = try subject.value(at: x) }
    if subject.hasProducts {
      var product = g
      prices.product = try seconds {
        try subject.hessian(times: gradient, at: x, gradient: gradient, into: &product)
      }
    }
    if subject.hasHessian, n <= Self.largestDense {
      var H = Matrix<Scalar>(zeros: n, n)
      prices.hessian = try seconds { try subject.hessian(at: x, into: &H) }
    }
    // Beyond a thousand by the cube of the size.
    let m = min(n, 1_000)
    var cholesky = InPlaceCholesky<Scalar>(dimension: m)
    let factorisation = seconds {
      cholesky.matrix.fill(with: 0)
      cholesky.matrix.addToDiagonal(1)
      _ = cholesky.factor()
    }
    let ratio = Double(n) / Double(m)
    prices.factorisation = factorisation * ratio * ratio * ratio
  }

  /// The shortest of several times, as long as they are short: what else the machine does only adds.
  private func seconds<E: Error>(_ body: () throws(E) -> Void) throws(E) -> Double {
    var (least, total) = (Double.infinity, 0.0)
    for _ in 0..<10 where total < 1e-3 {
      let clock = ContinuousClock.now
      try body()
      let time = (ContinuousClock.now - clock) / .seconds(1)
      least = min(least, time)
      total += time
    }
    return max(least, 1e-9)
  }

  // MARK: Curvature

  private func curvature<Scalar>(
    of subject: Subject<Scalar>, at x: Vector<Scalar>, _ gradient: Vector<Scalar>, threshold: Scalar,
    reference: Scalar
  ) throws -> LocalCurvature {
    let n = x.count
    let share = reference > 0 ? Double(gradient.norm / reference) : 0
    if subject.hasHessian, n <= Self.largestDense {
      var H = Matrix<Scalar>(zeros: n, n)
      try subject.hessian(at: x, into: &H)
      var eigen = SymmetricEigen<Scalar>(dimension: n)
      guard eigen.factor(H) == nil else { throw NonFiniteHessian() }
      var nonzero = 0
      for j in 0..<n { for i in 0..<n where H[i, j] != 0 { nonzero += 1 } }
      // Conjugate gradients see a matrix by its eigenvalues and by what of the gradient lies along each eigenvector.
      var parts = gradient
      eigen.vectors.multiplyTransposed(gradient, into: &parts)
      let steps = conjugateGradientSteps(for: parts, to: threshold, most: 3 * n) { v, product in
        for i in 0..<n { product[i] = abs(eigen.values[i]) * v[i] }
      }
      return LocalCurvature(
        gradient: share, least: Double(eigen.values[0]), greatest: Double(eigen.values[n - 1]), residual: 0,
        conjugateGradientSteps: steps, density: Double(nonzero) / Double(n * n))
    }
    var lanczos = Lanczos<Scalar>(dimension: n, steps: min(n, Self.mostProducts))
    if try lanczos.leastEigenvalue(multiply: { v, product in
      try subject.hessian(times: v, at: x, gradient: gradient, into: &product)
    }) != nil {
      throw NonFiniteHessian()
    }
    let steps = try conjugateGradientSteps(for: gradient, to: threshold, most: Self.mostProducts) {
      v, product in
      try subject.hessian(times: v, at: x, gradient: gradient, into: &product)
    }
    return LocalCurvature(
      gradient: share, least: Double(lanczos.value), greatest: Double(lanczos.norm),
      residual: Double(lanczos.residualBound), conjugateGradientSteps: steps, density: nil)
  }

  private struct NonFiniteHessian: Error {}

  private func changeOfHessian<Scalar>(
    of subject: Subject<Scalar>, from a: (x: Vector<Scalar>, gradient: Vector<Scalar>),
    to b: (x: Vector<Scalar>, gradient: Vector<Scalar>), seed: UInt64
  ) throws -> Double? {
    var generator = RandomGenerator(seed: seed, stream: 2)
    var (v, p, q) = (a.x, a.x, a.x)
    generator.fillNormal(&v)
    try subject.hessian(times: v, at: a.x, gradient: a.gradient, into: &p)
    try subject.hessian(times: v, at: b.x, gradient: b.gradient, into: &q)
    let size = max(p.norm, q.norm)
    q.add(p, times: -1)
    let change = Double(q.norm / size)
    return change.isFinite ? change : nil
  }

  // MARK: Noise and sums

  private func estimateNoise<Scalar>(
    of subject: Subject<Scalar>, at x: Vector<Scalar>, _ f: Scalar, seed: UInt64
  ) throws -> Double? {
    var generator = RandomGenerator(seed: seed, stream: 3)
    var direction = x
    generator.fillNormal(&direction)
    direction.scale(by: (1 + x.norm) / direction.norm)
    let noise = try Secant.estimateNoise(of: ValuesAlone(subject: subject), at: x, along: direction)
    return noise.map { Double($0.level / max(abs(f), .leastNormalMagnitude)) }
  }

  private mutating func sample<Scalar>(
    _ subject: Subject<Scalar>, at x: Vector<Scalar>, _ gradient: Vector<Scalar>, seed: UInt64
  ) throws {
    let count = termCount(of: subject)
    let drawn = min(count, 32)
    var generator = RandomGenerator(seed: seed, stream: 4)
    let order = generator.permutation(count)
    var (term, variance) = (gradient, 0.0)
    for k in 0..<drawn {
      _ = try subject.valueAndGradient(at: x, of: Batch([order[k]]), into: &term)
      term.add(gradient, times: -1)
      variance += Double(term.squaredNorm) / Double(drawn)
    }
    let square = Double(gradient.squaredNorm)
    guard variance.isFinite, square > 0 else { return }
    sum = SumStatistics(termCount: count, drawn: drawn, criticalBatch: variance / square)
  }
}

/// The values of a subject, for the estimate of their noise.
private struct ValuesAlone<Scalar: LAPACKScalar>: Objective {
  typealias Failure = any Error
  let subject: Subject<Scalar>
  func value(at x: Vector<Scalar>) throws -> Scalar { try subject.value(at: x) }
}

/// The steps of conjugate gradients on A d = −g until ‖g + A d‖∞ is at most a threshold.
///
/// Where the products end sooner, the rate so far is taken to go on; curvature that is not positive ends them, too.
func conjugateGradientSteps<Scalar: LAPACKScalar, E: Error>(
  for g: Vector<Scalar>, to threshold: Scalar, most: Int,
  multiply: (Vector<Scalar>, inout Vector<Scalar>) throws(E) -> Void
) throws(E) -> Double {
  var (r, d, Ad) = (g, g, g)
  var ρ = r.squaredNorm
  let first = r.largestMagnitude
  guard first > threshold else { return 0 }
  var (steps, least) = (0, first)
  while steps < most {
    try multiply(d, &Ad)
    let curvature = d.dot(Ad)
    guard curvature > 0, curvature.isFinite else { break }
    r.add(Ad, times: -ρ / curvature)
    steps += 1
    least = min(least, r.largestMagnitude)
    if r.largestMagnitude <= threshold { return Double(steps) }
    let next = r.squaredNorm
    d.scale(by: next / ρ)
    d.add(r)
    ρ = next
  }
  let (digits, reached) = (Double.log(Double(first / threshold)), Double.log(Double(first / least)))
  // Digits that were not won at all say no more than that it is far.
  return Double(max(steps, 1)) * (reached > 0.1 ? digits / reached : 10 * digits)
}
