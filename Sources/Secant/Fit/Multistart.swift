internal import RealModule

/// Fits from many starts in a box: the best, how many starts reached it, and what other minima there are.
public struct Multistart<Scalar: LAPACKScalar>: Sendable {
  /// A minimum, and the starts that led to it.
  public struct Minimum: Sendable {
    /// The fit of the least sum of squares among those that ended here.
    public let fit: Fit<Scalar>
    /// How many starts led here.
    public let starts: Int
  }

  /// The minima that runs converged to, the least sum of squares first.
  public let minima: [Minimum]
  /// How many starts there were.
  public let starts: Int
  /// The fit with the least sum of squares, converged if any was.
  public let best: Fit<Scalar>

  /// How many starts reached the best minimum: none where no run converged.
  public var startsAtBest: Int { minima.first?.starts ?? 0 }
  /// How many starts led to no minimum.
  public var startsWithout: Int { starts - minima.reduce(0) { $0 + $1.starts } }
}

extension Multistart: CustomStringConvertible {
  public var description: String {
    starts > 0 ? "\(best)\n\(summary)" : best.description
  }

  /// How the starts ended, in a sentence.
  package var summary: String {
    var parts = ["\(startsAtBest) of \(count(starts, "start")) reached this minimum"]
    let elsewhere = starts - startsAtBest - startsWithout
    if elsewhere > 0 { parts.append("\(elsewhere) one of \(minima.count - 1) that lie higher") }
    if startsWithout > 0 { parts.append("\(startsWithout) none") }
    return parts.joined(separator: ", ") + "."
  }
}

/// Fits from random starts in a box.
///
/// ```swift
/// let found = multistart(in: Bounds(lower: [50, 1e-5], upper: [5000, 1e-3]), starts: 100, seed: 1) { start in
///   fit(x, y, from: start) { b, x in b[0] * (1 - exp(-b[1] * x)) }
/// }
/// print(found.best)
/// ```
///
/// The starts are uniform in the box; a parameter whose bounds have one sign and differ by more than a factor of ten is
/// uniform in its logarithm. The k-th start is the same whatever the number of starts. In a task that is
/// cancelled no other start is made.
///
/// - Parameters:
///   - box: where the starts lie, with finite bounds.
///   - starts: how many there are, at least 1.
///   - seed: the same seed gives the same starts.
///   - fit: a fit from a start.
public func multistart<Scalar>(
  in box: Bounds<Scalar>, starts: Int = 100, seed: UInt64 = 0, _ fit: (Vector<Scalar>) -> Fit<Scalar>
) -> Multistart<Scalar> {
  let isFinite = box.lower.isFinite && box.upper.isFinite
  let complaint =
    box.complaint ?? (isFinite ? nil : "The box of the starts has infinite bounds; give finite ones.")
    ?? (starts < 1 ? "The number of starts is \(starts); give at least 1." : nil)
  if let complaint {
    return Multistart(minima: [], starts: 0, best: Fit(refusing: complaint, at: box.lower))
  }
  var minima: [Multistart<Scalar>.Minimum] = []
  var best: Fit<Scalar>?
  var done = 0
  for k in 0..<starts {
    if k > 0, Task.isCancelled { break }
    done += 1
    let candidate = fit(start(k, in: box, seed: seed))
    if best.map({ candidate.isBetter(than: $0) }) ?? true { best = candidate }
    guard candidate.status.isConverged else { continue }
    if let i = minima.firstIndex(where: { candidate.isSameMinimum(as: $0.fit) }) {
      let lower = candidate.isBetter(than: minima[i].fit) ? candidate : minima[i].fit
      minima[i] = .init(fit: lower, starts: minima[i].starts + 1)
    } else {
      minima.append(.init(fit: candidate, starts: 1))
    }
  }
  minima.sort { $0.fit.sumOfSquares < $1.fit.sumOfSquares }
  return Multistart(minima: minima, starts: done, best: minima.first?.fit ?? best!)
}

/// The k-th start.
private func start<Scalar>(_ k: Int, in box: Bounds<Scalar>, seed: UInt64) -> Vector<Scalar> {
  var generator = RandomGenerator(seed: seed, stream: UInt64(k))
  return Vector(
    zip(box.lower, box.upper).map { l, u in
      let part: Scalar = generator.uniform()
      if l > 0, u > 10 * l { return l * .pow(u / l, part) }
      if u < 0, l < 10 * u { return u * .pow(l / u, 1 - part) }
      return l + part * (u - l)
    })
}

extension Fit {
  /// Whether it converged where the other did not, or has the lower sum of squares where both did or neither.
  func isBetter(than other: Fit) -> Bool {
    status.isConverged == other.status.isConverged
      ? sumOfSquares < other.sumOfSquares || other.sumOfSquares.isNaN : status.isConverged
  }

  /// Whether all parameters agree to a thousandth of their standard errors, or to five digits.
  func isSameMinimum(as other: Fit) -> Bool {
    zip(parameters, other.parameters).enumerated().allSatisfy { j, pair in
      let distance = abs(pair.0 - pair.1)
      return distance <= 1e-5 * Swift.max(abs(pair.0), abs(pair.1)) || distance <= 1e-3 * standardErrors[j]
    }
  }
}
