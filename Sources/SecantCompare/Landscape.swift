import Secant

/// A function of two variables on a grid: the ground under its trajectories.
public struct Landscape: Sendable, Equatable {
  /// The grid's coordinates along each variable, ascending.
  public let x: [Double]
  public let y: [Double]
  /// The values, row by row: `values[j][i]` is f(x[i], y[j]).
  public let values: [[Double]]

  /// Samples a problem around the runs on it; nil unless it has two variables and there is something to see.
  init?<Problem: DifferentiableObjective>(
    of problem: Problem, around entries: [Comparison.Entry], resolution: Int = 121
  ) {
    let starts = entries.compactMap { $0.trace.samples.first?.point }
    guard starts.first?.count == 2 else { return nil }
    let best = entries.compactMap { entry in
      entry.trace.samples.filter(\.value.isFinite).min { $0.value < $1.value }?.point
    }
    let ends = starts + best
    let points = entries.flatMap { $0.trace.samples.compactMap(\.point) }
    var axes: [[Double]] = []
    for k in 0..<2 {
      guard let low = ends.map({ $0[k] }).min(), let high = ends.map({ $0[k] }).max() else { return nil }
      // A run that went far astray does not decide how much is shown.
      let reach = Swift.max(high - low, 0.5)
      let near = points.map { $0[k] }.filter { ($0 - low) > -reach && ($0 - high) < reach }
      let from = Swift.min(low, near.min() ?? low)
      let to = Swift.max(high, near.max() ?? high)
      let margin = 0.12 * Swift.max(to - from, 0.5)
      axes.append(
        (0..<resolution).map {
          (from - margin) + (to - from + 2 * margin) * Double($0) / Double(resolution - 1)
        })
    }
    x = axes[0]
    y = axes[1]
    var rows: [[Double]] = []
    for b in axes[1] {
      rows.append(
        axes[0].map { a in
          let point: Vector<Problem.Scalar> = [Problem.Scalar(a), Problem.Scalar(b)]
          do { return Double(try problem.value(at: point)) } catch { return .nan }
        })
    }
    values = rows
  }

  /// Values that cut the ground into parts of which the lower ones are the smaller, for contours.
  var levels: [Double] {
    let sorted = values.joined().filter(\.isFinite).sorted()
    guard let last = sorted.last, last > sorted[0] else { return [] }
    return [0.002, 0.01, 0.03, 0.07, 0.13, 0.22, 0.34, 0.48, 0.64, 0.82].map {
      sorted[Int($0 * Double(sorted.count - 1))]
    }
  }
}
