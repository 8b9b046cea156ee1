public import Secant

/// What there is to draw of a fit: the observations, the curve through them with its bands, and the residuals.
public struct CurvePicture: Sendable, Equatable {
  /// An observation.
  public struct Point: Sendable, Equatable {
    public let x, observed, residual: Double

    public init(x: Double, observed: Double, residual: Double) {
      self.x = x
      self.observed = observed
      self.residual = residual
    }
  }

  /// A point of the curve, and the limits there; NaN where there are none.
  public struct CurvePoint: Sendable, Equatable {
    public let x, value: Double
    /// Those of the curve, and those of a new observation.
    public let band, prediction: ConfidenceInterval<Double>?

    public init(
      x: Double, value: Double, band: ConfidenceInterval<Double>?, prediction: ConfidenceInterval<Double>?
    ) {
      self.x = x
      self.value = value
      self.band = band.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
      self.prediction = prediction.flatMap { $0.lower.isFinite && $0.upper.isFinite ? $0 : nil }
    }
  }

  /// What the axes show.
  public let horizontal, vertical: String
  /// What the line is called.
  public let curveName: String
  public let points: [Point]
  public let curve: [CurvePoint]

  /// What is not finite is left out.
  public init(horizontal: String, vertical: String, curveName: String, points: [Point], curve: [CurvePoint]) {
    self.horizontal = horizontal
    self.vertical = vertical
    self.curveName = curveName
    self.points = points.filter { $0.x.isFinite && $0.observed.isFinite }
    self.curve = curve.filter { $0.x.isFinite && $0.value.isFinite }
  }

  /// “95 % band”, or nil where there is none.
  var nameOfBand: String? { Self.name(curve.lazy.compactMap(\.band).first, "band") }
  var nameOfPrediction: String? {
    Self.name(curve.lazy.compactMap(\.prediction).first, "of new observations")
  }

  private static func name(_ interval: ConfidenceInterval<Double>?, _ kind: String) -> String? {
    interval.map { "\(brief(100 * $0.level, digits: 6)) % \(kind)" }
  }
}

/// A range of numbers on a plain scale.
package struct LinearAxis {
  package let low, high: Double

  /// From the least to the greatest number, with a little room.
  package init(_ numbers: some Sequence<Double>) {
    let finite = numbers.filter(\.isFinite)
    let (a, b) = (finite.min() ?? 0, finite.max() ?? 1)
    // Halves, for a difference can overflow where the numbers do not.
    let half = b / 2 - a / 2
    let room = half > 0 ? 0.04 * half : a == 0 ? 1 : 0.1 * abs(a)
    (low, high) = (
      max(a - room, -Double.greatestFiniteMagnitude / 4), min(b + room, .greatestFiniteMagnitude / 4)
    )
  }

  /// 0 at the low end, 1 at the high end.
  package func place(_ x: Double) -> Double { min(1, max(0, (x - low) / (high - low))) }

  /// Round numbers within the range, at most `count`.
  package func ticks(atMost count: Int) -> [Double] {
    let least = (high - low) / Double(max(1, count))
    let decade = Double.pow(10, Double.log10(least).rounded(.down))
    let step = decade * ([1, 2, 5].first { $0 * decade >= least } ?? 10)
    let first = (low / step).rounded(.up)
    guard step > 0, step.isFinite, (first + 1) * step > first * step else { return [] }
    return (0..<max(1, count)).map { (first + Double($0)) * step }.filter { $0 <= high }
  }
}
