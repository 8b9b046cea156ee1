import Foundation
import Secant

/// A rate that was measured by regression on logarithmic scales, with its standard error.
///
/// | law | value | of |
/// | --- | --- | --- |
/// | factor | exp of the slope of log q over k | the run that is slowest beside its bound |
/// | power | slope of log q over log k | the same |
/// | order | log(eₖ₊₁/eₖ)/log(eₖ/eₖ₋₁), the last above rounding | the mean over the runs |
/// | vanishing | slope of log(eₖ₊₁/eₖ) over k | the mean over the runs |
///
/// The first half of the steps, where a method has not settled, is left out of a regression; its standard error takes the
/// deviations as independent. That of a mean over runs is theirs from run to run.
public struct MeasuredRate: Sendable, Equatable, Codable {
  /// What is given: `factor a step`.
  public let quantity: String
  /// The rate.
  public let value: Double
  /// Its standard error.
  public let error: Double
  /// The same of the bound, or of the claim, where there is one.
  public let claimed: Double?

  init?(_ law: Theorem.Law, _ runs: [TheoremRun], _ sense: Theorem.Sense) {
    switch law {
    case .none: return nil
    case .factor, .power:
      let isPower = law == .power
      let fits = runs.compactMap { run -> (slope: Double, error: Double, bound: Double)? in
        let samples = run.samples.filter { $0.k > 0 && $0.measured > run.floor && $0.measured.isFinite }
        let last = samples.suffix((samples.count + 1) / 2)
        func fit(_ y: (TheoremRun.Sample) -> Double?) -> (slope: Double, error: Double)? {
          Self.line(through: last.compactMap { s in y(s).map { (isPower ? log(s.k) : s.k, log($0)) } })
        }
        guard let measured = fit(\.measured), let bound = fit({ ($0.bound ?? 0) > 0 ? $0.bound : nil }) else {
          return nil
        }
        return (measured.slope, measured.error, bound.slope)
      }
      let sign = sense == .atMost ? 1.0 : -1
      guard let slowest = fits.max(by: { sign * ($0.slope - $0.bound) < sign * ($1.slope - $1.bound) }) else {
        return nil
      }
      if isPower {
        quantity = "power of k"
        (value, error, claimed) = (slowest.slope, slowest.error, slowest.bound)
      } else {
        quantity = "factor a step"
        (value, error) = (exp(slowest.slope), exp(slowest.slope) * slowest.error)
        claimed = exp(slowest.bound)
      }
    case .order(let order):
      let orders = runs.compactMap { run -> Double? in
        let e = run.samples.map(\.measured).filter { $0 > run.floor }
        guard e.count >= 3 else { return nil }
        let (a, b, c) = (e[e.count - 3], e[e.count - 2], e[e.count - 1])
        return c < b && b < a ? log(c / b) / log(b / a) : nil
      }
      guard let mean = Self.mean(orders) else { return nil }
      quantity = "order"
      (value, error, claimed) = (mean.value, mean.error, order)
    case .vanishing:
      let slopes = runs.compactMap { run in
        Self.line(through: run.samples.filter { $0.measured > 0 }.map { ($0.k, log($0.measured)) })?.slope
      }
      guard let mean = Self.mean(slopes) else { return nil }
      quantity = "slope of the logarithm of the ratios"
      (value, error, claimed) = (mean.value, mean.error, nil)
    }
  }

  /// The slope of the least-squares line, with its standard error; nil for fewer than three points.
  static func line(through points: [(x: Double, y: Double)]) -> (slope: Double, error: Double)? {
    guard points.count >= 3 else { return nil }
    let n = Double(points.count)
    let (x̄, ȳ) = (points.map(\.x).reduce(0, +) / n, points.map(\.y).reduce(0, +) / n)
    let sxx = points.map { ($0.x - x̄) * ($0.x - x̄) }.reduce(0, +)
    guard sxx > 0 else { return nil }
    let slope = points.map { ($0.x - x̄) * ($0.y - ȳ) }.reduce(0, +) / sxx
    let rss = points.map { pow($0.y - ȳ - slope * ($0.x - x̄), 2) }.reduce(0, +)
    return (slope, (rss / (n - 2) / sxx).squareRoot())
  }

  /// The mean with its standard error; nil for fewer than two numbers. A number that is not finite shows in both.
  static func mean(_ numbers: [Double]) -> (value: Double, error: Double)? {
    guard numbers.count >= 2 else { return nil }
    let n = Double(numbers.count)
    let mean = numbers.reduce(0, +) / n
    let variance = numbers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (n - 1)
    return (mean, (variance / n).squareRoot())
  }

  /// Why the measured rate speaks against the claim or does not decide it, where the rate is a part of the claim.
  func complaint(about law: Theorem.Law) -> TheoremCheck.Verdict? {
    let room = TheoremCheck.deviations * error
    switch law {
    case .none, .factor, .power: return nil
    case .order(let order):
      if room > 0.5 { return .undecided("the order is only known as \(text)") }
      if abs(value - order) <= room + TheoremCheck.resolution { return nil }
      return .refuted("the order measured is \(text), and not \(Numerals.short(order))")
    case .vanishing:
      if value + room < 0 { return nil }
      if value - room > 0 { return .refuted("the ratios rise, by \(text) a step") }
      return .undecided("the ratios neither fall nor rise for certain: the slope is \(text)")
    }
  }

  /// The value with its error, as many digits as the error allows.
  public var text: String {
    guard error >= 5e-7, error.isFinite else { return String(format: "%.6f", value) }
    let digits = max(0, min(6, 1 - Int(log10(error).rounded(.down))))
    return String(format: "%.\(digits)f ± %.\(digits)f", value, error)
  }

  /// The same for a table, and what is claimed.
  var cells: [String] { [cell(text), claimed.map { cell(String(format: "%.4g", $0)) } ?? ""] }

  private func cell(_ text: String) -> String {
    let text = text.replacing("-", with: "−")
    switch quantity {
    case "factor a step": return "× \(text)"
    case "power of k": return "k^(\(text))"
    case "order": return "order \(text)"
    default: return "slope \(text)"
    }
  }

  var sentence: String {
    let claim = claimed.map {
      ", of the \(quantity == "order" ? "claim" : "bound") \(String(format: "%.6g", $0))"
    }
    return "The \(quantity) measured is \(text)\(claim ?? "")."
  }
}
