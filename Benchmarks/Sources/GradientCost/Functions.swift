// The functions that are written in scalars: over any number, so that plain Double and Secant evaluate the same source,
// and by hand with their derivatives.
//
// Points and data come from formulas that compare_gradients.py repeats, by the C library's sine in both.

import Foundation
import SecantAutoDiff

/// scale · sin(rate · k + 1) for k = 0, 1, …
func sines(_ count: Int, scale: Double = 1, rate: Double = 1) -> [Double] {
  (0..<count).map { scale * sin(rate * Double($0) + 1) }
}

/// The direction of every Hessian-vector product: cos(k + 1).
func direction(_ count: Int) -> [Double] { (0..<count).map { cos(Double($0 + 1)) } }

/// Labels of two classes.
func signs(_ count: Int) -> [Double] { (0..<count).map { sin(3 * Double($0)) >= 0 ? 1 : -1 } }

/// Σ 100 (x₂ᵢ − x₂ᵢ₋₁²)² + (1 − x₂ᵢ₋₁)².
struct ExtendedRosenbrock: DifferentiableFunction {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    var sum: Number = 0
    for i in stride(from: 0, to: x.count, by: 2) {
      let residual = x[i + 1] - x[i] * x[i]
      let rest = 1 - x[i]
      sum += 100 * residual * residual + rest * rest
    }
    return sum
  }

  func valueAndGradient(at x: [Double], into g: inout [Double]) -> Double {
    var sum = 0.0
    for i in stride(from: 0, to: x.count, by: 2) {
      let residual = x[i + 1] - x[i] * x[i]
      let rest = 1 - x[i]
      sum += 100 * residual * residual + rest * rest
      g[i] = -400 * residual * x[i] - 2 * rest
      g[i + 1] = 200 * residual
    }
    return sum
  }

  func hessian(times v: [Double], at x: [Double], into product: inout [Double]) {
    for i in stride(from: 0, to: x.count, by: 2) {
      product[i] = (1200 * x[i] * x[i] - 400 * x[i + 1] + 2) * v[i] - 400 * x[i] * v[i + 1]
      product[i + 1] = 200 * v[i + 1] - 400 * x[i] * v[i]
    }
  }
}

/// (1/m) Σ log(1 + exp(−yᵢ aᵢᵀw)) + ½ λ ‖w‖², where the aᵢ are the rows of `features`.
struct LogisticRegression: DifferentiableFunction {
  let features: [Double]
  let labels: [Double]
  let λ = 1e-3

  init(examples: Int, variables: Int) {
    features = sines(examples * variables)
    labels = signs(examples)
  }

  func callAsFunction<Number: DifferentiableNumber>(_ w: [Number]) -> Number where Number.Scalar == Double {
    var loss: Number = 0
    for i in labels.indices {
      var z: Number = 0
      for j in w.indices { z += Number(features[i * w.count + j]) * w[j] }
      loss += Number.log(onePlus: exp(Number(-labels[i]) * z))
    }
    var square: Number = 0
    for j in w.indices { square += w[j] * w[j] }
    return loss / Number(Double(labels.count)) + Number(λ / 2) * square
  }

  func valueAndGradient(at w: [Double], into g: inout [Double]) -> Double {
    let d = w.count
    let weight = 1 / Double(labels.count)
    var (loss, square) = (0.0, 0.0)
    for j in 0..<d {
      g[j] = λ * w[j]
      square += w[j] * w[j]
    }
    for i in labels.indices {
      var z = 0.0
      for j in 0..<d { z += features[i * d + j] * w[j] }
      let e = exp(-labels[i] * z)
      loss += log1p(e)
      let slope = -labels[i] * weight * e / (1 + e)
      for j in 0..<d { g[j] += slope * features[i * d + j] }
    }
    return loss * weight + λ / 2 * square
  }

  func hessian(times v: [Double], at w: [Double], into product: inout [Double]) {
    let d = w.count
    let weight = 1 / Double(labels.count)
    for j in 0..<d { product[j] = λ * v[j] }
    for i in labels.indices {
      var (z, ż) = (0.0, 0.0)
      for j in 0..<d {
        z += features[i * d + j] * w[j]
        ż += features[i * d + j] * v[j]
      }
      let e = exp(-labels[i] * z)
      let change = weight * e / ((1 + e) * (1 + e)) * ż
      for j in 0..<d { product[j] += change * features[i * d + j] }
    }
  }
}
