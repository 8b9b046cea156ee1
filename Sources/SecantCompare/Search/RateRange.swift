import Foundation
public import Secant

/// The learning-rate range test: one short run whose rate grows from step to step, and what f does meanwhile.
///
/// ```swift
/// let range = RateRange(of: problem, from: start, onBatchesOf: 32) { .adam(rate: $0) }
/// print(range.steepest ?? .nan)
/// ```
///
/// The step k of n has the rate a(b/a)^(k/(n − 1)). Its value, on its batch and before the step, is averaged as v ← βv + (1 − β)f
/// and divided by 1 − βᵏ⁺¹. The test ends where that is not finite, or more than four times as far from 0 as the least so far.
///
/// A rate is good a little below the one at which the average falls fastest (``steepest``), or a tenth of the one at which it is
/// least (``beforeLeast``). Both are rules of thumb, made for losses that are not negative.
///
/// **Reference**: Smith, *Cyclical learning rates for training neural networks*, WACV 2017 (1506.01186).
public struct RateRange: Sendable, Equatable, Codable {
  /// What one step had.
  public struct Sample: Sendable, Equatable, Codable {
    /// The rate of the step.
    public var rate: Double
    /// f at the point that the step left, on its batch.
    public var value: Double
    /// The average of the values, corrected for its beginning.
    public var average: Double

    @inlinable init(rate: Double, value: Double, average: Double) {
      self.rate = rate
      self.value = value
      self.average = average
    }
  }

  /// The steps, in order.
  public var samples: [Sample] = []

  /// The rate at which the average falls fastest for a factor of the rate, or nil where it falls nowhere.
  public var steepest: Double? {
    let slopes = samples.indices.dropFirst().dropLast().map {
      (index: $0, slope: samples[$0 + 1].average - samples[$0 - 1].average)
    }
    guard let best = slopes.min(by: { $0.slope < $1.slope }), best.slope < 0 else { return nil }
    return samples[best.index].rate
  }

  /// A tenth of the rate at which the average is least, or nil where it is so at the first.
  public var beforeLeast: Double? {
    let least = samples.indices.min { samples[$0].average < samples[$1].average }
    guard let least, least > 0 else { return nil }
    return samples[least].rate / 10
  }

  /// Runs the test on all of a problem.
  ///
  /// - Parameters:
  ///   - rates: a and b.
  ///   - steps: n, at least 2.
  ///   - smoothing: β, from 0 to below 1.
  ///   - method: the method with a rate; what it remembers goes from each rate to the next.
  @inlinable public init<Method: Solver>(
    of problem: Method.Problem, from start: Vector<Method.Problem.Scalar>,
    rates: ClosedRange<Double> = 1e-7...10, steps: Int = 100, smoothing: Double = 0.9,
    using method: (Method.Problem.Scalar) -> Method
  ) throws(Method.Problem.Failure) {
    try self.init(
      from: start, rates: rates, steps: steps, smoothing: smoothing, using: method, on: { _ in problem })
  }

  /// Runs the test on batches of a finite sum, drawn as `MiniBatch` draws its first epochs.
  @inlinable public init<Method: Solver>(
    of problem: Method.Problem, from start: Vector<Method.Problem.Scalar>, onBatchesOf size: Int,
    seed: UInt64 = 0, rates: ClosedRange<Double> = 1e-7...10, steps: Int = 100,
    smoothing: Double = 0.9, using method: (Method.Problem.Scalar) -> Method
  ) throws(Method.Problem.Failure) where Method.Problem: FiniteSumObjective {
    precondition(size > 0, "the batch's size is \(size): choose at least 1 term, such as 32")
    let whole = problem.batch
    let terms = (0..<whole.count(of: problem.termCount)).map { whole[$0] }
    let batches = (terms.count + size - 1) / size
    try self.init(
      from: start, rates: rates, steps: steps, smoothing: smoothing, using: method,
      on: { step in
        var order = terms
        var generator = RandomGenerator(seed: seed, stream: UInt64(step / batches) | 1 << 63)
        generator.shuffle(&order)
        let begin = step % batches * size
        return problem.restricted(to: Batch(order, in: begin..<Swift.min(begin + size, order.count)))
      })
  }

  @inlinable init<Method: Solver>(
    from start: Vector<Method.Problem.Scalar>, rates: ClosedRange<Double>, steps: Int,
    smoothing β: Double, using method: (Method.Problem.Scalar) -> Method, on problem: (Int) -> Method.Problem
  ) throws(Method.Problem.Failure) {
    precondition(
      rates.lowerBound > 0 && rates.upperBound.isFinite,
      "the rates are \(rates): give two positive finite numbers, such as 1e-7...10")
    precondition(steps > 1, "the test takes \(steps) steps: choose at least 2, such as 100")
    precondition(β >= 0 && β < 1, "smoothing (β) is \(β): choose a number from 0 to below 1, such as 0.9")
    var state = method(Method.Problem.Scalar(rates.lowerBound)).start(at: start, for: problem(0))
    var sum = 0.0
    var weight = 1.0
    var least = Double.infinity
    for k in 0..<steps {
      let rate = Self.between(rates.lowerBound, rates.upperBound, at: Double(k) / Double(steps - 1))
      let batch = problem(k)
      let value = Double(try batch.value(at: state.current.point))
      sum = β * sum + (1 - β) * value
      weight *= β
      let average = sum / (1 - weight)
      guard average.isFinite else { return }
      samples.append(Sample(rate: rate, value: value, average: average))
      least = Swift.min(least, average)
      if average > 4 * abs(least) { return }
      try method(Method.Problem.Scalar(rate)).step(&state, on: batch)
    }
  }

  /// a(b/a)ˢ.
  @usableFromInline static func between(_ a: Double, _ b: Double, at s: Double) -> Double {
    a * pow(b / a, s)
  }
}
