// Symbol ↔ name
//   φ(t)  value along a line, f(x + td)                      the body passed to Probe
//   c     slope that the gradient claims, gᵀd                Sounding.claimed
//   e     error of the slope, measured less claimed          Reading.error
//   h     a step, relative to max(1, |xᵢ|)                   steps
//   σ     noise of a value                                   Probe.noise

internal import RealModule

/// Whether a derivative agrees with what it is the derivative of, at a point.
public struct DerivativeCheck<Scalar: LAPACKScalar>: Sendable, Equatable, CustomStringConvertible {
  /// What the check came to.
  public enum Verdict: Sendable, Equatable {
    /// No difference beyond what rounding and the function's noise explain.
    case agrees
    /// The gradient is wrong, there and by so much.
    case disagrees(Discrepancy<Scalar>)
    /// Nothing can be said.
    case undecided(Doubt)
  }

  /// Why nothing can be said.
  public enum Doubt: String, Sendable, Equatable, Codable {
    /// The noise of the values hides their slope.
    case noise
    /// The slopes to both sides differ, down to the least step: the function has a kink there, or a curvature without
    /// a bound.
    case kink
    /// The function varies within the shortest steps that its values can resolve, so that beside the point the gradient is
    /// another one.
    case variation
    /// There is no finite value around the point.
    case nonFinite
  }

  /// What the check came to.
  public let verdict: Verdict
  /// The orders in h of the remainder |f(x + hd) − f(x) − h gᵀd| between successive steps: about 2 where the
  /// gradient is right and the function curved, 1 where it is wrong.
  public let orders: [Scalar]
  /// The error of the slope that the check could still have seen, relative to the slopes around the point.
  public let resolution: Scalar
  /// What the check cost.
  public let cost: Ledger

  /// Whether nothing was found: `false` where nothing could be said, too.
  public var agrees: Bool { verdict == .agrees }

  public var description: String {
    switch verdict {
    case .agrees: return "The derivative agrees with differences of values."
    case .undecided(.noise):
      return "The derivative cannot be checked here: the noise of the values hides their slope."
    case .undecided(.kink):
      return
        "The derivative cannot be checked here: the slopes to both sides differ, the function has a kink."
    case .undecided(.variation):
      return
        "The derivative cannot be checked here: the function varies within the steps that its values can resolve."
    case .undecided(.nonFinite):
      return "The derivative cannot be checked here: no value around the point is finite."
    case .disagrees(let found):
      let place =
        found.coordinate.map { "Component \($0) of the derivative" } ?? "The derivative along a direction"
      let numbers = "\(brief(found.claimed)) where differences of values show \(brief(found.measured))"
      let ratio = found.ratio
      let reason =
        if found.claimed == 0 {
          "a term is missing"
        } else if abs(ratio + 1) < 0.01 {
          "the sign is wrong"
        } else if ratio.isFinite {
          "it is \(brief(ratio)) times what it should be"
        } else { "it should be zero" }
      return "\(place) is \(numbers): \(reason)."
    }
  }
}

/// Checks a gradient against values, by Taylor remainders along random directions.
///
/// The slope (f(x + hd) − f(x − hd)) / 2h is compared with gᵀd at three steps h. Their spread is what the check
/// cannot see through; a difference beyond it starts a search over more steps, with the noise of f estimated, and
/// then for the coordinate: one by one where there are few, otherwise by halving the set of coordinates. An error
/// counts only if it is confirmed in one coordinate (or is large along a whole direction), exceeds every estimate of
/// the noise fivefold and is at least a thousandth of the derivative. Last the gradient is asked again to both sides, where
/// a wrong one is as wrong: where the mean of the two is another by a sixteenth of the error, the function has waves within
/// the step, of which no difference knows, and nothing is said.
///
/// In a ``BoundedObjective`` nothing is asked for beyond the bounds: beside one, the check moves to where there is room
/// to both sides.
///
/// - **Work**: one gradient and 13 values when all is right; O(log n) values and eight gradients more when it is not.
/// - **Guarantees**: a kink, noise, rounding and waves that no step resolves are answered by *undecided*, never by an
///   alarm. What is smaller than ``DerivativeCheck/resolution`` is not seen.
/// - **Reference**: the remainder test is in every textbook on adjoints, e.g. Griewank and Walther, *Evaluating
///   Derivatives*, 2008.
public func checkDerivatives<Problem: DifferentiableObjective>(
  of problem: Problem, at x: Vector<Problem.Scalar>, seed: UInt64 = 0
) throws(Problem.Failure) -> DerivativeCheck<Problem.Scalar> {
  let x = bounds(of: problem)?.surroundings(of: x, margin: DerivativeCheck<Problem.Scalar>.reach).centre ?? x
  var gradient = Vector<Problem.Scalar>(zeros: x.count)
  let value = try problem.valueAndGradient(at: x, into: &gradient)
  var check = try checkDerivatives(of: problem, at: x, value: value, gradient: gradient, seed: seed)
  check.add(problem.charge(for: .gradient, dimension: x.count))
  return check
}

/// Checks a problem's gradient that is known already against values: what ``checkDerivatives(of:at:seed:)`` does, and
/// one gradient cheaper. Beside a bound only the variables with room to both sides are checked.
public func checkDerivatives<Problem: DifferentiableObjective>(
  of problem: Problem, at x: Vector<Problem.Scalar>, value: Problem.Scalar, gradient: Vector<Problem.Scalar>,
  seed: UInt64 = 0
) throws(Problem.Failure) -> DerivativeCheck<Problem.Scalar> {
  let box = bounds(of: problem)
  var probe = Probe(at: x, value: value, gradient: gradient, within: box, seed: seed) {
    y throws(Problem.Failure) in
    try problem.value(at: y)
  } derivative: { y, gradient throws(Problem.Failure) in
    _ = try problem.valueAndGradient(at: y, into: &gradient)
  }
  let charges = [Evaluation.value, .gradient].map { problem.charge(for: $0, dimension: x.count) }
  return try probe.check(charging: charges[0], andDerivative: charges[1])
}

/// Checks products with the Hessian against gradients.
///
/// With a random w, Hw is the gradient of x ↦ wᵀ∇f(x), and is checked as ``checkDerivatives(of:at:seed:)`` checks
/// a gradient against values; the coordinate found is a row of the Hessian.
public func checkHessian<Problem: HessianVectorObjective>(
  of problem: Problem, at x: Vector<Problem.Scalar>, seed: UInt64 = 0
) throws(Problem.Failure) -> DerivativeCheck<Problem.Scalar> {
  var generator = RandomGenerator(seed: seed, stream: 1)
  let box = bounds(of: problem)
  let x = box?.surroundings(of: x, margin: DerivativeCheck<Problem.Scalar>.reach).centre ?? x
  var w = Vector<Problem.Scalar>(zeros: x.count)
  generator.fillRademacher(&w)
  var gradient = Vector<Problem.Scalar>(zeros: x.count)
  var product = gradient
  _ = try problem.valueAndGradient(at: x, into: &gradient)
  let value = w.dot(gradient)
  try problem.hessian(times: w, at: x, into: &product)
  // The terms of wᵀ∇f may cancel: its rounding is that of the largest of them.
  let magnitude = gradient.largestMagnitude
  var probe = Probe(at: x, value: value, gradient: product, magnitude: magnitude, within: box, seed: seed) {
    y throws(Problem.Failure) in
    _ = try problem.valueAndGradient(at: y, into: &gradient)
    return w.dot(gradient)
  } derivative: { y, product throws(Problem.Failure) in
    try problem.hessian(times: w, at: y, into: &product)
  }
  let charge = problem.charge(for: .gradient, dimension: x.count)
  let productCharge = problem.charge(for: .hessianVectorProduct, dimension: x.count)
  var check = try probe.check(charging: charge, andDerivative: productCharge)
  check.add(charge + productCharge)
  return check
}

extension DerivativeCheck {
  /// The longest step h of all, as a part of max(1, |xᵢ|).
  static var reach: Scalar { Scalar.ulpOfOne < 1e-10 ? 0x1p-4 : 0x1p-2 }

  fileprivate mutating func add(_ charge: Ledger) {
    self = DerivativeCheck(verdict: verdict, orders: orders, resolution: resolution, cost: cost + charge)
  }
}

// MARK: - The check

/// The slope's error at one step.
private struct Reading<Scalar: LAPACKScalar> {
  var step: Scalar
  /// Measured slope less claimed slope.
  var error: Scalar
  /// f(x + hd) − f(x) and f(x − hd) − f(x), divided by h and −h.
  var forward: Scalar
  var backward: Scalar
  /// Below this the error is rounding.
  var rounding: Scalar
  /// The part of it that is the values', whatever the gradient claims.
  var roundingOfValues: Scalar
  /// Both values are the one at x: the step is too small to show anything, or f does not depend on d.
  var isFlat: Bool

  var isUsable: Bool { error.isFinite && forward.isFinite && backward.isFinite }
  /// How steep the function is around x.
  var steepness: Scalar { Swift.max(abs(forward), abs(backward)) }
}

/// What the readings along one direction come to.
private struct Sounding<Scalar: LAPACKScalar> {
  var claimed: Scalar
  var error: Scalar
  /// What the error could be of itself.
  var uncertainty: Scalar
  var steepness: Scalar
  /// Whether the slopes to both sides differ, and the claimed one lies between them.
  var isKink: Bool
  var middle: Reading<Scalar>
}

private struct Probe<Scalar: LAPACKScalar, Failure: Error> {
  let x: Vector<Scalar>
  let value: Scalar
  let gradient: Vector<Scalar>
  /// The size of the terms of which the value is made.
  let magnitude: Scalar
  /// max(1, |xᵢ|), or what there is room for within the bounds.
  let scales: Vector<Scalar>
  let bounds: Bounds<Scalar>?
  let body: (Vector<Scalar>) throws(Failure) -> Scalar
  let derivative: (Vector<Scalar>, inout Vector<Scalar>) throws(Failure) -> Void
  var generator: RandomGenerator
  var evaluations = 0
  var derivatives = 0
  /// The largest of all values met.
  var largest: Scalar
  /// σ, once it is known.
  var noise: Scalar = 0
  var y: Vector<Scalar>
  var step: Vector<Scalar>

  init(
    at x: Vector<Scalar>, value: Scalar, gradient: Vector<Scalar>, magnitude: Scalar = 0,
    within bounds: Bounds<Scalar>?, seed: UInt64,
    _ body: @escaping (Vector<Scalar>) throws(Failure) -> Scalar,
    derivative: @escaping (Vector<Scalar>, inout Vector<Scalar>) throws(Failure) -> Void
  ) {
    precondition(
      gradient.count == x.count,
      "a gradient of \(gradient.count) elements at a point of \(x.count): give as many")
    self.x = x
    self.value = value
    self.gradient = gradient
    self.magnitude = Swift.max(magnitude, abs(value))
    scales =
      bounds?.scales(around: x, margin: DerivativeCheck<Scalar>.reach)
      ?? Vector(x.map { Swift.max(1, abs($0)) })
    self.bounds = bounds
    self.body = body
    self.derivative = derivative
    largest = self.magnitude
    generator = RandomGenerator(seed: seed)
    y = Vector(zeros: x.count)
    step = Vector(zeros: x.count)
  }

  /// The steps of the search, from large to small, and the three of the first look.
  static var isDouble: Bool { Scalar.ulpOfOne < 1e-10 }
  static var steps: [Scalar] {
    isDouble ? (1...14).map { Scalar.pow(2, -1 - 3 * $0) } : (1...8).map { Scalar.pow(2, -2 * $0) }
  }
  static var firstSteps: [Scalar] { isDouble ? [0x1p-14, 0x1p-17, 0x1p-20] : [0x1p-6, 0x1p-8, 0x1p-10] }

  mutating func check(
    charging charge: Ledger, andDerivative derivativeCharge: Ledger
  ) throws(Failure) -> DerivativeCheck<Scalar> {
    guard value.isFinite, gradient.isFinite, !x.isEmpty else {
      return DerivativeCheck(
        verdict: .undecided(.nonFinite), orders: [], resolution: .infinity, cost: Ledger())
    }
    var orders: [Scalar] = []
    var resolution: Scalar = 0
    var verdict = DerivativeCheck<Scalar>.Verdict.agrees
    for _ in 0..<2 {
      let d = direction(over: x.indices)
      var readings = try read(Self.firstSteps, along: d)
      if orders.isEmpty { orders = Self.orders(readings, slope: gradient.dot(d)) }
      var sounding = best(readings, claimed: gradient.dot(d))
      if !(sounding.map(isSettled) ?? false) {
        readings = try read(Self.steps, along: d)
        sounding = best(readings, claimed: gradient.dot(d))
      }
      guard let first = sounding else {
        verdict = .undecided(readings.contains(where: \.isUsable) ? .noise : .nonFinite)
        resolution = .infinity
        break
      }
      resolution = Swift.max(resolution, first.uncertainty / scale(first))
      if isSettled(first) { continue }
      if first.isKink {
        verdict = .undecided(.kink)
        break
      }
      if abs(first.error) <= 3 * first.uncertainty {
        verdict = .undecided(.noise)
        break
      }
      // Something is wrong, or the noise is greater than it looks.
      try learnNoise(along: d)
      guard let second = best(readings, claimed: gradient.dot(d)), isAlarming(second, share: 0) else {
        verdict = .undecided(.noise)
        break
      }
      if let found = try locate(second) {
        verdict = .disagrees(found)
        break
      }
      if isAlarming(second, share: 1e-2), abs(second.error) > 1e-2 * scale(second) {
        verdict =
          try isSteady(second, along: d)
          ? .disagrees(
            Discrepancy(coordinate: nil, claimed: second.claimed, measured: second.claimed + second.error))
          : .undecided(.variation)
        break
      }
    }
    return DerivativeCheck(
      verdict: verdict, orders: orders, resolution: resolution,
      cost: evaluations * charge + derivatives * derivativeCharge)
  }

  // MARK: Readings

  func value(at y: Vector<Scalar>) throws(Failure) -> Scalar {
    bounds.map { $0.contains(y) } ?? true ? try body(y) : .nan
  }

  /// A random direction over some coordinates, each moved by its own scale, and the others not at all.
  mutating func direction(over coordinates: Range<Int>) -> Vector<Scalar> {
    var d = Vector<Scalar>(zeros: x.count)
    fillDirection(&d, by: scales, over: coordinates, &generator)
    return d
  }

  mutating func read(_ steps: [Scalar], along d: Vector<Scalar>) throws(Failure) -> [Reading<Scalar>] {
    step.set(gradient, multipliedBy: d)
    let slopes: Scalar = step.norm
    let root = Scalar(x.count).squareRoot()
    var readings: [Reading<Scalar>] = []
    for h in steps {
      // The slope over the points that were really evaluated: x ± hd is rounded, and their distance is not 2hd.
      y.set(x, plus: h, times: d)
      step.set(y, minus: x)
      let claimedForward = gradient.dot(step)
      let after = try value(at: y)
      y.set(x, plus: -h, times: d)
      step.set(y, minus: x)
      let claimedBackward = gradient.dot(step)
      let before = try value(at: y)
      evaluations += 2
      let claimed: Scalar = (claimedForward - claimedBackward) / (2 * h)
      let measured: Scalar = (after - before) / (2 * h)
      let size: Scalar = Swift.max(magnitude, Swift.max(abs(after), abs(before)))
      if size.isFinite { largest = Swift.max(largest, size) }
      let roundingOfValues: Scalar = 8 * Scalar.ulpOfOne * size / h
      let rounding: Scalar = roundingOfValues + 8 * Scalar.ulpOfOne * slopes * root
      readings.append(
        Reading(
          step: h, error: measured - claimed, forward: (after - value) / h, backward: (value - before) / h,
          rounding: rounding, roundingOfValues: roundingOfValues, isFlat: after == value && before == value))
    }
    return readings
  }

  /// The three successive readings that agree best, or nil when no three are of use.
  @specialized(where Scalar == Double, Failure == Never)
  @specialized(where Scalar == Float, Failure == Never)
  func best(_ readings: [Reading<Scalar>], claimed: Scalar) -> Sounding<Scalar>? {
    var best: Sounding<Scalar>?
    guard readings.count >= 3 else { return nil }
    // Where the function moves at a larger step, a step at which it does not shows only its rounding.
    let firstMoving = readings.firstIndex { $0.isUsable && !$0.isFlat }
    for k in 0..<(readings.count - 2) {
      let three = readings[k...(k + 2)]
      guard three.allSatisfy(\.isUsable) else { continue }
      if let firstMoving, three.indices.contains(where: { $0 > firstMoving && readings[$0].isFlat }) {
        continue
      }
      let errors = three.map(\.error)
      let middle = readings[k + 1]
      // Noise shows in the spread twice: as it is, and as what is known of it.
      let spread: Scalar = errors.max()! - errors.min()!
      let known: Scalar = Swift.max(middle.rounding, 10 * noise / middle.step)
      // Values that do not move show a slope below the rounding of the terms that they are made of. Those are as large as
      // any value met, and where all are 0 nothing is known of them.
      let still: Scalar = largest > 0 ? 8 * Scalar.ulpOfOne * largest / middle.step : .infinity
      let uncertainty = Swift.max(spread, three.allSatisfy(\.isFlat) ? Swift.max(known, still) : known)
      if let best, best.uncertainty <= uncertainty { continue }
      // A kink's gap stays as it is when the step shrinks, and that of |x|^3/2 shrinks more slowly than the step; a
      // smooth function's shrinks with it.
      let gap: Scalar = abs(middle.forward - middle.backward)
      let outerGap: Scalar = abs(readings[k].forward - readings[k].backward)
      let margin: Scalar = 3 * uncertainty + gap / 8
      let outerShare: Scalar = 1.25 * middle.step / readings[k].step
      let low: Scalar = Swift.min(middle.forward, middle.backward) - margin
      let high: Scalar = Swift.max(middle.forward, middle.backward) + margin
      let slopes = three.map { ($0.forward + $0.backward) / 2 }
      let unsure: Scalar = Swift.max(
        slopes.max()! - slopes.min()!, Swift.max(middle.roundingOfValues, 10 * noise / middle.step))
      let isGap = gap > 6 * unsure && gap > outerShare * outerGap && gap > middle.steepness / 1000
      // Where the slopes grow as the step shrinks, as those of √|x| do, the one at x itself may be any.
      let isCusp = gap > 1.25 * outerGap
      let isKink = isGap && (isCusp || claimed >= low && claimed <= high)
      best = Sounding(
        claimed: claimed, error: middle.error, uncertainty: uncertainty,
        steepness: three.map(\.steepness).max()!, isKink: isKink, middle: middle)
    }
    return best
  }

  /// The slopes around x, against which an error is large or small.
  func scale(_ sounding: Sounding<Scalar>) -> Scalar {
    Swift.max(sounding.steepness, abs(sounding.claimed), .leastNormalMagnitude)
  }

  /// No error is seen, and one of a thousandth of the slopes would have been.
  func isSettled(_ sounding: Sounding<Scalar>) -> Bool {
    let isUnseen = abs(sounding.error) <= 3 * sounding.uncertainty
    let isSharp = sounding.uncertainty <= scale(sounding) / 1000
    let isConstant = sounding.error == 0 && sounding.steepness == 0 && sounding.claimed == 0
    return !sounding.isKink && isUnseen && (isSharp || isConstant)
  }

  /// An error is seen: beyond the noise, beyond half of the digits of the slopes around x, and beyond a share of the
  /// slope itself.
  func isAlarming(_ sounding: Sounding<Scalar>, share: Scalar) -> Bool {
    let error: Scalar = abs(sounding.error)
    let measured: Scalar = sounding.claimed + sounding.error
    let slope: Scalar = Swift.max(abs(sounding.claimed), abs(measured))
    let floor: Scalar = Swift.max(Scalar.ulpOfOne.squareRoot() * scale(sounding), share * slope)
    return !sounding.isKink && error > 5 * sounding.uncertainty && error > floor
  }

  /// Whether the gradient beside the point is the one at it: over the steps around the one at which the error was seen, the
  /// mean of those to both sides, which no curvature changes, differs by less than a sixteenth of the error.
  mutating func isSteady(_ sounding: Sounding<Scalar>, along d: Vector<Scalar>) throws(Failure) -> Bool {
    var there = gradient
    var h = sounding.middle.step
    for _ in 0..<4 {
      var change: Scalar = -2 * sounding.claimed
      for side in [h, -h] {
        y.set(x, plus: side, times: d)
        if bounds.map({ !$0.contains(y) }) ?? false { return false }
        try derivative(y, &there)
        derivatives += 1
        change += there.dot(d)
      }
      guard abs(change) / 2 <= abs(sounding.error) / 16 else { return false }
      h /= 2
    }
    return true
  }

  mutating func learnNoise(along d: Vector<Scalar>) throws(Failure) {
    guard noise == 0 else { return }
    var count = 0
    let estimate = try estimateNoise(at: x, along: d) { y throws(Failure) in
      count += 1
      return try value(at: y)
    }
    evaluations += count
    noise = estimate?.level ?? 0
  }

  static func orders(_ readings: [Reading<Scalar>], slope: Scalar) -> [Scalar] {
    zip(readings, readings.dropFirst()).map { a, b in
      let larger: Scalar = abs(a.forward - slope) * a.step
      let smaller: Scalar = abs(b.forward - slope) * b.step
      return Scalar.log(larger / smaller) / Scalar.log(a.step / b.step)
    }
  }

  // MARK: The coordinate

  /// The coordinate whose derivative is wrong, or nil when none is confirmed.
  mutating func locate(_ sounding: Sounding<Scalar>) throws(Failure) -> Discrepancy<Scalar>? {
    let few = 16
    if x.count <= few {
      var worst: (excess: Scalar, found: Discrepancy<Scalar>)?
      for i in x.indices {
        guard let (found, excess) = try confirm(i), excess > worst?.excess ?? 0 else { continue }
        worst = (excess, found)
      }
      return worst?.found
    }
    var coordinates = x.indices
    while coordinates.count > 1 {
      let middle = (coordinates.lowerBound + coordinates.upperBound) / 2
      let halves = [coordinates.lowerBound..<middle, middle..<coordinates.upperBound]
      var errors: [Scalar] = []
      for half in halves {
        let d = direction(over: half)
        // The steps around the one at which the error was seen.
        let h = sounding.middle.step
        let ratio = Self.steps[0] / Self.steps[1]
        let readings = try read([h * ratio, h, h / ratio], along: d)
        // How far the error stands out of what it could be of itself.
        guard let half = best(readings, claimed: gradient.dot(d)) else {
          errors.append(0)
          continue
        }
        let excess: Scalar = abs(half.error) / Swift.max(half.uncertainty, .leastNormalMagnitude)
        errors.append(excess)
      }
      coordinates = errors[1] > errors[0] ? halves[1] : halves[0]
    }
    return try confirm(coordinates.lowerBound)?.found
  }

  /// Looks at one coordinate with all steps.
  mutating func confirm(_ i: Int) throws(Failure) -> (found: Discrepancy<Scalar>, excess: Scalar)? {
    var d = Vector<Scalar>(zeros: x.count)
    let length = scales[i]
    guard length > 0 else { return nil }
    d[i] = length
    guard let sounding = best(try read(Self.steps, along: d), claimed: gradient[i] * length),
      isAlarming(sounding, share: 1e-3), try isSteady(sounding, along: d)
    else { return nil }
    let claimed = gradient[i]
    let found = Discrepancy(coordinate: i, claimed: claimed, measured: claimed + sounding.error / length)
    return (found, abs(sounding.error))
  }
}

/// Draws dᵢ over some coordinates: a random sign, and a random length between half of the scale and the whole.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
private func fillDirection<Scalar: LAPACKScalar>(
  _ d: inout Vector<Scalar>, by scales: Vector<Scalar>, over coordinates: Range<Int>,
  _ generator: inout RandomGenerator
) {
  // Lengths differ as well as signs, so that equal errors do not cancel.
  for i in coordinates {
    let draw: Scalar = 2 * generator.uniform() - 1
    let length: Scalar = (1 + abs(draw)) / 2 * scales[i]
    d[i] = draw < 0 ? -length : length
  }
}
