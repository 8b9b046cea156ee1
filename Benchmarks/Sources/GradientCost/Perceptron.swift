// A perceptron with tanh in matrix operations, in plain Double and by hand: a product of matrices for each layer and
// two for its derivatives, on memory that is laid out once.

import Foundation
import Secant

/// The mean loss of a perceptron over a batch: the cross-entropy of a softmax for several outputs, log(1 + exp(−y z)) for
/// a single one.
///
/// The variables are W₁, b₁, W₂, b₂, …, each W column after column with a row for each neuron. Activations have a column
/// for each example.
final class Perceptron {
  let sizes: [Int]
  let batch: Int
  let inputs: [Double]
  let classes: [Int]
  let labels: [Double]
  /// Where each layer's W begins; its b follows.
  let offsets: [Int]
  let dimension: Int
  private let activations: [UnsafeMutablePointer<Double>]
  private let derivatives: [UnsafeMutablePointer<Double>]

  init(_ sizes: [Int], batch: Int = 64) {
    self.sizes = sizes
    self.batch = batch
    inputs = sines(batch * sizes[0], rate: 0.5)
    classes = (0..<batch).map { $0 * 7 % 10 }
    labels = signs(batch)
    var offsets = [0]
    for l in 1..<sizes.count { offsets.append(offsets.last! + sizes[l] * (sizes[l - 1] + 1)) }
    dimension = offsets.removeLast()
    self.offsets = offsets
    activations = sizes.map { .allocate(capacity: $0 * batch) }
    derivatives = sizes.map { .allocate(capacity: $0 * batch) }
    activations[0].update(from: inputs, count: inputs.count)
  }

  deinit { (activations + derivatives).forEach { $0.deallocate() } }

  /// Where the derivatives are taken.
  var start: [Double] {
    var x = sines(dimension)
    for (l, offset) in offsets.enumerated() {
      let (rows, columns) = (sizes[l + 1], sizes[l])
      for k in 0..<rows * columns { x[offset + k] *= 1 / Double(columns).squareRoot() }
      for k in 0..<rows { x[offset + rows * columns + k] *= 0.1 }
    }
    return x
  }

  func value(at x: Vector<Double>) -> Double {
    x.withUnsafeBufferPointer { loss($0.baseAddress!, derivative: nil) }
  }

  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    x.withUnsafeBufferPointer { x in
      g.withUnsafeMutableBufferPointer { g in
        let loss = loss(x.baseAddress!, derivative: derivatives.last!)
        backward(x.baseAddress!, g.baseAddress!)
        return loss
      }
    }
  }

  /// Runs forward; the loss, and its derivative in the outputs.
  private func loss(_ x: UnsafePointer<Double>, derivative: UnsafeMutablePointer<Double>?) -> Double {
    for (l, offset) in offsets.enumerated() {
      let (rows, columns) = (sizes[l + 1], sizes[l])
      let (a, b) = (activations[l + 1], x + offset + rows * columns)
      for i in 0..<batch { (a + i * rows).update(from: b, count: rows) }
      Double._gemm(
        false, false, rows, batch, columns, 1, x + offset, rows, activations[l], columns, 1, a, rows)
      if l + 1 < offsets.count { for k in 0..<rows * batch { a[k] = tanh(a[k]) } }
    }
    let weight = 1 / Double(batch)
    let (outputs, count) = (activations.last!, sizes.last!)
    var sum = 0.0
    for i in 0..<batch {
      guard count > 1 else {
        let e = exp(-labels[i] * outputs[i])
        sum += log1p(e)
        derivative?[i] = -labels[i] * weight * e / (1 + e)
        continue
      }
      let z = outputs + i * count
      var (largest, total) = (z[0], 0.0)
      for k in 1..<count { largest = max(largest, z[k]) }
      let chosen = z[classes[i]]
      for k in 0..<count {
        let e = exp(z[k] - largest)
        total += e
        derivative?[i * count + k] = e
      }
      sum += largest + log(total) - chosen
      if let derivative {
        for k in 0..<count { derivative[i * count + k] *= weight / total }
        derivative[i * count + classes[i]] -= weight
      }
    }
    return sum * weight
  }

  /// Runs backward from the derivative in the outputs.
  private func backward(_ x: UnsafePointer<Double>, _ g: UnsafeMutablePointer<Double>) {
    for (l, offset) in offsets.enumerated().reversed() {
      let (rows, columns) = (sizes[l + 1], sizes[l])
      let (d, db) = (derivatives[l + 1], g + offset + rows * columns)
      Double._gemm(
        false, true, rows, columns, batch, 1, d, rows, activations[l], columns, 0, g + offset, rows)
      db.update(repeating: 0, count: rows)
      for i in 0..<batch { for k in 0..<rows { db[k] += d[i * rows + k] } }
      guard l > 0 else { break }
      let (a, inward) = (activations[l], derivatives[l])
      Double._gemm(true, false, columns, batch, rows, 1, x + offset, rows, d, rows, 0, inward, columns)
      for k in 0..<columns * batch { inward[k] *= 1 - a[k] * a[k] }
    }
  }
}
