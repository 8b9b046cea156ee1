// The second derivatives at the point, and what the values say of them.
extension Examination {
  /// The least eigenvalue of the Hessian, or of D⁻¹∇²f D⁻¹ for a diagonal D, if this problem can be asked for
  /// Hessian-vector products.
  mutating func curvature(
    scaledBy D: Vector<Scalar>?
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    guard Problem.Domain.self == WholeSpace.self || bounds != nil,
      let problem = oracle.problem as? any HessianVectorObjective<Scalar>
    else { return .unknown }
    let curvature = measureCurvature(of: problem, scaledBy: D)
    // Differences show some curvature where there is none; what is the function's own does not depend on their width.
    guard curvature.isPositive, case .least(let λ, _, _) = curvature,
      let differenced = oracle.problem as? any DifferencedHessian<Scalar>
    else { return curvature }
    guard case .least(let wide, _, _) = measureCurvature(ofWidened: differenced, scaledBy: D), wide > λ / 2,
      wide < 2 * λ
    else { return .unknown }
    return curvature
  }

  private mutating func measureCurvature<Able: DifferencedHessian>(
    ofWidened problem: Able, scaledBy D: Vector<Scalar>?
  ) -> Curvature<Scalar> where Able.Scalar == Scalar { measureCurvature(of: problem.widened, scaledBy: D) }

  private mutating func measureCurvature<Able: HessianVectorObjective>(
    of problem: Able, scaledBy D: Vector<Scalar>?
  ) -> Curvature<Scalar> where Able.Scalar == Scalar {
    var able = Oracle(problem, budget: .unlimited, spent: Ledger(), heedsCancellation: false)
    defer { oracle.ledger += able.ledger }
    do throws(Halt<Able.Failure>) {
      guard let bounds else { return try leastCurvature(at: point, scaledBy: D, asking: &able) }
      return try leastCurvature(at: iterate, within: bounds, asking: &able)
    } catch {
      return .unknown
    }
  }

  /// The curvature as far as the values along its eigenvector do not contradict it, and what they say against it.
  mutating func heldAgainstValues(
    _ curvature: Curvature<Scalar>, scaledBy D: Vector<Scalar>?, beyond threshold: Scalar
  ) throws(Halt<Problem.Failure>) -> (Curvature<Scalar>, Contradiction<Scalar>?) {
    guard case .least(let λ, let d, let scale) = curvature, !curvature.isPositive else {
      return (curvature, nil)
    }
    // λ is that of D⁻¹∇²f D⁻¹, and d the unit vector along D⁻¹ times its eigenvector: dᵀ∇²f d = λ dᵀD²d.
    let dᵀD²d = D.map { D in d.indices.reduce(0) { $0 + D[$1] * D[$1] * d[$1] * d[$1] } } ?? 1
    guard curvature.isNegative else {
      let fall = try fall(along: d, but: .ulpOfOne * scale * dᵀD²d, beyond: threshold)
      return (curvature, fall.map { .fall(direction: $0) })
    }
    let κ = λ * dᵀD²d
    guard let shown = try secondDerivative(along: d, claimed: κ) else { return (.unknown, nil) }
    if shown <= κ / 4 { return (curvature, nil) }
    // A Hessian from differences shows some curvature where there is none, and is not wrong for that.
    return (.unknown, oracle.problem is any DifferencedHessian<Scalar> ? nil : .refutedCurvature)
  }

  /// f(x + ld) − f(x) − l gᵀd, what the values say beyond the tangent, and the rounding in it; nil beyond the bounds and
  /// where f is not finite.
  mutating func remainder(
    _ l: Scalar, along d: Vector<Scalar>, _ trial: inout Vector<Scalar>
  ) throws(Halt<Problem.Failure>) -> (value: Scalar, rounding: Scalar)? {
    trial.set(point, plus: l, times: d)
    if bounds.map({ !$0.contains(trial) }) ?? false { return nil }
    let (value, slope) = (try oracle.value(at: trial), l * iterate.gradient.dot(d))
    let rounding = 8 * self.rounding * (abs(iterate.value) + abs(value) + abs(slope))
    let remainder = value - iterate.value - slope
    return remainder.isFinite ? (remainder, rounding) : nil
  }

  /// The second derivative along d that the values show: [f(x + ld) + f(x − ld) − 2f(x)] / l², where it is the same at two
  /// successive lengths, to a tenth of itself or an eighth of what is claimed. Beside a bound one side counts twice. It
  /// is nil where rounding hides it.
  private mutating func secondDerivative(
    along d: Vector<Scalar>, claimed κ: Scalar
  ) throws(Halt<Problem.Failure>) -> Scalar? {
    var trial = Vector<Scalar>(zeros: point.count)
    var l = Swift.max(1, point.norm)
    var before: Scalar?
    for _ in 0..<30 {
      let sides = [try remainder(l, along: d, &trial), try remainder(-l, along: d, &trial)].compactMap { $0 }
      let share = 2 / Scalar(Swift.max(sides.count, 1)) / (l * l)
      if sides.contains(where: { 2 * $0.rounding / (l * l) > abs(κ) / 8 }) {
        // Rounding of f(x) itself hides the curvature the more, the shorter the step; that of a value far out does not.
        if 16 * rounding * abs(iterate.value) / (l * l) > abs(κ) / 8 { return nil }
        before = nil
        l /= 4
        continue
      }
      let shown = sides.isEmpty ? nil : share * sides.reduce(0) { $0 + $1.value }
      if let shown, let before {
        let difference = abs(shown - before)
        if difference <= Swift.max(Swift.max(abs(shown), abs(before)) / 10, abs(κ) / 8) { return shown }
      }
      before = shown
      l /= 4
    }
    return nil
  }

  /// d or −d, where the values fall that way below their tangent, although the Hessian shows no curvature along d.
  ///
  /// The least lengths decide at which the remainder grows as a power of the length, 3/2 at least, over three of them:
  /// what falls farther away is another valley, and what falls nearer is rounding. So is a curvature of `error`: no more is
  /// known of the Hessian, or of an eigenvector of it, which a little of the other curvatures is mixed into. Over one of the
  /// lengths from there on the mean slope must be beyond the threshold: beside a singular minimum f still falls a little, as
  /// everywhere where a run ends.
  private mutating func fall(
    along d: Vector<Scalar>, but error: Scalar, beyond threshold: Scalar
  ) throws(Halt<Problem.Failure>) -> Vector<Scalar>? {
    var trial = Vector<Scalar>(zeros: point.count)
    for side: Scalar in [1, -1] {
      var l = side * Swift.max(1, point.norm)
      // Of the three lengths, from long to short.
      var remainders: [Scalar] = []
      var falls = false
      // The steepest of the mean slopes over this length and the longer ones from which the remainder grew like that.
      var steepest: Scalar = 0
      for _ in 0..<30 {
        guard let (value, rounding) = try remainder(l, along: d, &trial) else {
          remainders = []
          steepest = 0
          l /= 4
          continue
        }
        // A long length may meet a value that is the same, and says nothing.
        guard abs(value) > rounding + error * l * l else {
          remainders = []
          steepest = 0
          l /= 4
          continue
        }
        let change = value + l * iterate.gradient.dot(d)
        if let last = remainders.last, !(8...65536).contains(last / value) { steepest = 0 }
        steepest = Swift.max(steepest, -change / abs(l))
        remainders = remainders.suffix(2) + [value]
        let grow = zip(remainders, remainders.dropFirst()).allSatisfy { (8...65536).contains($0 / $1) }
        if remainders.count == 3, grow { falls = value < 0 && change < 0 && steepest > threshold }
        l /= 4
      }
      if falls { return side * d }
    }
    return nil
  }
}
