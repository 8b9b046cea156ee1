import Secant

/// A function of two variables on a grid: the ground under its trajectories.
public struct Landscape: Sendable, Equatable {
  /// The grid's coordinates along each variable, ascending.
  public let x: [Double]
  public let y: [Double]
  /// The values, row by row: `values[j][i]` is f(x[i], y[j]).
  public let values: [[Double]]

  /// Samples a problem around the paths on it; nil unless it has two variables and there is something to see.
  init?<Problem: DifferentiableObjective>(
    of problem: Problem, around paths: [[(value: Double, point: [Double])]], resolution: Int = 121
  ) {
    let starts = paths.compactMap(\.first?.point)
    guard starts.first?.count == 2, starts.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    let best = paths.compactMap { path in
      path.filter(\.value.isFinite).min { $0.value < $1.value }?.point
    }
    let ends = starts + best
    let points = paths.joined().map(\.point)
    let boxes = (0..<2).map { k in (low: ends.map { $0[k] }.min()!, high: ends.map { $0[k] }.max()!) }
    // A run that went far astray does not decide how much is shown.
    let reach = boxes.map { $0.high - $0.low }.reduce(0.5, Swift.max)
    let axes = (0..<2).map { k in
      let near = points.map { $0[k] }.filter { boxes[k].low - reach < $0 && $0 < boxes[k].high + reach }
      let low = near.reduce(boxes[k].low, Swift.min)
      let high = near.reduce(boxes[k].high, Swift.max)
      let margin = 0.12 * Swift.max(high - low, 0.5)
      return (0..<resolution).map {
        low - margin + (high - low + 2 * margin) * Double($0) / Double(resolution - 1)
      }
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
