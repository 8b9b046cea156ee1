// The same functions by the compiler's own differentiation, `_Differentiation`.
//
// It has reverse mode only, so that there is no Hessian-vector product. The derivative of reading an element of an array
// is an array of zeros with a single element that is not: a gradient of n elements takes O(n²).

import Foundation
import _Differentiation

@differentiable(reverse)
func differentiableRosenbrock(_ x: [Double]) -> Double {
  var sum = 0.0
  for i in withoutDerivative(at: stride(from: 0, to: x.count, by: 2)) {
    let residual = x[i + 1] - x[i] * x[i]
    let rest = 1 - x[i]
    sum += 100 * residual * residual + rest * rest
  }
  return sum
}

@differentiable(reverse,wrt: w)
func differentiableLogistic(_ w: [Double], _ features: [Double], _ labels: [Double], _ λ: Double) -> Double {
  let d = withoutDerivative(at: w.count)
  var loss = 0.0
  for i in withoutDerivative(at: labels.indices) {
    var z = 0.0
    for j in 0..<d { z += features[i * d + j] * w[j] }
    loss += log1p(exp(-labels[i] * z))
  }
  var square = 0.0
  for j in 0..<d { square += w[j] * w[j] }
  return loss / Double(labels.count) + λ / 2 * square
}

extension ExtendedRosenbrock {
  func swiftGradient(at x: [Double], into g: inout [Double]) -> Double {
    let (value, gradient) = valueWithGradient(at: x, of: differentiableRosenbrock)
    g = gradient.base
    return value
  }
}

extension LogisticRegression {
  func swiftGradient(at w: [Double], into g: inout [Double]) -> Double {
    let (value, gradient) = valueWithGradient(at: w) { [features, labels, λ] in
      differentiableLogistic($0, features, labels, λ)
    }
    g = gradient.base
    return value
  }
}
