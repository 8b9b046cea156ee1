// What a line of the benchmark is, and how its times are taken.

import Foundation
import Secant

struct Line: Encodable {
  var function: String
  var method: String
  var n: Int
  var value_us: Double?
  var gradient_us: Double?
  var product_us: Double?
  var value: Double?
  var norm: Double?
  var product_norm: Double?
}

/// Takes the times and prints the lines.
///
/// A figure is the median over batches of evaluations, each at another point than the one before. On one thread the
/// clock is the processor time of the process, on several it is the wall's.
final class Measurement {
  /// For how long a figure is measured.
  let seconds: Double
  private let clock: clockid_t
  /// What every evaluation adds to, so that none is optimised away.
  private var sink = 0.0

  init(threads: Int, seconds: Double) {
    self.seconds = seconds
    clock = threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC
  }

  deinit { precondition(!sink.isNaN) }

  private func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// The median time of an evaluation in microseconds, in batches of a fifth of a millisecond.
  private func microseconds(_ evaluate: () -> Double) -> Double {
    var start = now(clock)
    sink += evaluate()
    sink += evaluate()
    let batch = max(1, Int(2e-4 / max((now(clock) - start) / 2, 1e-8)))
    for _ in 0..<batch { sink += evaluate() }
    var times: [Double] = []
    let end = now(CLOCK_MONOTONIC) + seconds
    while times.count < 5 || now(CLOCK_MONOTONIC) < end {
      start = now(clock)
      for _ in 0..<batch { sink += evaluate() }
      times.append((now(clock) - start) / Double(batch))
    }
    return 1e6 * times.sorted()[times.count / 2]
  }

  /// Evaluates a function by one method, times it and prints the line.
  func report<Point: MutableCollection>(
    _ function: String, _ method: String, at x: Point, along v: Point, value: ((Point) -> Double)? = nil,
    gradient: ((Point, inout Point) -> Double)? = nil, product: ((Point, Point, inout Point) -> Void)? = nil
  ) where Point.Element == Double, Point.Index == Int {
    var line = Line(function: function, method: method, n: x.count)
    var (point, result, evaluations) = (x, x, 0)
    func norm() -> Double { result.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    /// No two evaluations in a row are at the same point.
    func move() {
      evaluations += 1
      point[0] = x[0] * (1 + 1e-9 * Double(evaluations % 8))
    }
    if let value {
      line.value = value(x)
      line.value_us = microseconds {
        move()
        return value(point)
      }
    }
    if let gradient {
      let f = gradient(x, &result)
      if let value = line.value, abs(value - f) > 1e-12 * abs(value) {
        fatalError("\(function) by \(method): the value is \(value), beside the gradient it is \(f)")
      }
      line.value = f
      line.norm = norm()
      line.gradient_us = microseconds {
        move()
        return gradient(point, &result) + result[0]
      }
    }
    if let product {
      product(v, x, &result)
      line.product_norm = norm()
      line.product_us = microseconds {
        move()
        product(v, point, &result)
        return result[0]
      }
    }
    print(String(decoding: try! JSONEncoder().encode(line), as: UTF8.self))
  }
}
