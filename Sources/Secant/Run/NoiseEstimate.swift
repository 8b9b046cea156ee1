// Symbol in the paper ↔ name
//   m + 1     number of values              count
//   Δᵏf(tᵢ)   k-th differences              differences[0..<(count − k)]
//   γₖ        (k!)² / (2k)!                 γ
//   σₖ        level from k-th differences   levels[k − 1]
//   ε_f       noise level                   NoiseEstimate.level

internal import RealModule

/// The noise of a function's values near a point: what its differences show when the smooth part is taken out.
///
/// - **Reference**: Moré and Wild, *Estimating computational noise*, SIAM Journal on Scientific Computing 33 (2011).
public struct NoiseEstimate<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// The standard deviation of a value, in the units of f.
  public let level: Scalar
  /// The distance between the points in which it showed, as a multiple of the direction.
  public let spacing: Scalar
  /// How many values it took.
  public let values: Int
}

/// Estimates the noise of f at x from values along a line, or nil where no spacing shows any.
///
/// The k-th differences of nine equally spaced values wipe out the smooth part of f and leave noise of deviation
/// σ/√γₖ, γₖ = (k!)²/(2k)!. The level is believed when three successive orders agree within a factor of 4 and the
/// differences change their sign; where they do not, the spacing is changed a hundredfold and tried again.
///
/// - **Demands**: values near x. `direction` sets the scale: its length should be that of a small change of x.
/// - **Work**: 9 values for each spacing that is tried, mostly one or two and at most 6.
/// - **Guarantees**: rounding and the noise of an inexact simulation alike, within an order of magnitude where
///   one of the spacings shows the noise alone.
public func estimateNoise<Problem: Objective>(
  of problem: Problem, at x: Vector<Problem.Scalar>, along direction: Vector<Problem.Scalar>
) throws(Problem.Failure) -> NoiseEstimate<Problem.Scalar>? {
  try estimateNoise(at: x, along: direction) { y throws(Problem.Failure) in try problem.value(at: y) }
}

func estimateNoise<Scalar: LAPACKScalar, Failure: Error>(
  at x: Vector<Scalar>, along direction: Vector<Scalar>, _ value: (Vector<Scalar>) throws(Failure) -> Scalar
) throws(Failure) -> NoiseEstimate<Scalar>? {
  var evaluations = 0
  var tried: Set<Int> = []
  // Powers of a hundred, from a spacing of about a thousand units in the last place of x.
  var power = 0
  while abs(power) <= 5, tried.insert(power).inserted {
    let h = 1024 * Scalar.ulpOfOne * Scalar.pow(100, power)
    evaluations += 9
    switch try readNoise(at: x, along: direction, spacing: h, value) {
    case .level(let level): return NoiseEstimate(level: level, spacing: h, values: evaluations)
    case .tooClose: power += 1
    case .tooWide, .nonFinite: power -= 1
    }
  }
  return nil
}

/// What nine values show that are h apart.
func readNoise<Scalar: LAPACKScalar, Failure: Error>(
  at x: Vector<Scalar>, along direction: Vector<Scalar>, spacing h: Scalar,
  _ value: (Vector<Scalar>) throws(Failure) -> Scalar
) throws(Failure) -> NoiseReading<Scalar> {
  let count = 9
  var y = x
  var differences = [Scalar](repeating: 0, count: count)
  for i in 0..<count {
    y.set(x, plus: h * Scalar(i - count / 2), times: direction)
    differences[i] = try value(y)
  }
  guard differences.allSatisfy(\.isFinite) else { return .nonFinite }
  // In units of the greatest, whose square may be no number.
  let unit = differences.reduce(0) { max($0, abs($1)) }
  guard unit >= .leastNormalMagnitude else { return .tooClose }
  for i in 0..<count { differences[i] /= unit }
  let reading = differenceTable(&differences)
  if case .level(let level) = reading { return .level(level * unit) }
  return reading
}

enum NoiseReading<Scalar> {
  case level(Scalar)
  /// Half of the values are equal.
  case tooClose
  /// The function itself shows, not its noise.
  case tooWide
  /// A value is not a finite number.
  case nonFinite
}

private func differenceTable<Scalar: LAPACKScalar>(_ differences: inout [Scalar]) -> NoiseReading<Scalar> {
  let count = differences.count
  let (least, greatest) = (differences.min()!, differences.max()!)
  // A range beyond a tenth of the values is the function's own shape, unless the values go up and down: near a
  // minimum of 0 the noise itself is such a range.
  let steps = zip(differences, differences.dropFirst()).map { $1 - $0 }
  let turns = zip(steps, steps.dropFirst()).count { $0 * $1 < 0 }
  if greatest - least > max(abs(least), abs(greatest)) / 10, turns < 3 { return .tooWide }
  var levels: [Scalar] = []
  var changesSign: [Bool] = []
  var γ: Scalar = 1
  for k in 1..<count {
    for i in 0..<(count - k) { differences[i] = differences[i + 1] - differences[i] }
    let row = differences[..<(count - k)]
    if k == 1, row.count(where: { $0 == 0 }) >= count / 2 { return .tooClose }
    γ *= Scalar(k) / Scalar(2 * (2 * k - 1))
    levels.append((γ * row.reduce(0) { $0 + $1 * $1 } / Scalar(count - k)).squareRoot())
    changesSign.append(row.min()! < 0 && row.max()! > 0)
  }
  for k in 0..<(levels.count - 2) {
    let three = levels[k...(k + 2)]
    if changesSign[k], three.max()! <= 4 * three.min()! { return .level(levels[k]) }
  }
  return .tooWide
}
