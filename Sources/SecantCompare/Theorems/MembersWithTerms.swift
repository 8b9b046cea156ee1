import Secant
import SecantProblems

// Members that are made of terms: residuals, means over data, and the functions of a stream.

/// An equation in one unknown with the root 0: F(x) = eˣ − 1 + dx, whose digits are all kept near the root.
struct ExponentialEquation: ResidualObjective, Sendable {
  let d: Double

  var residualCount: Int { 1 }

  func residuals(at x: Vector<Double>, into residuals: inout Vector<Double>) {
    residuals[0] = Double.expMinusOne(x[0]) + d * x[0]
  }

  func residualsAndJacobian(
    at x: Vector<Double>, into residuals: inout Vector<Double>, _ jacobian: inout Matrix<Double>
  ) {
    self.residuals(at: x, into: &residuals)
    jacobian[0, 0] = Double.exp(x[0]) + d
  }
}

/// Residuals that vanish at 0: rⱼ(x) = exp tⱼ − 1 with t = Ax, whose digits are all kept near the minimum.
struct ExponentialResiduals: ResidualObjective, Sendable {
  let rows: Matrix<Double>

  var residualCount: Int { rows.rows }

  func residuals(at x: Vector<Double>, into residuals: inout Vector<Double>) {
    rows.multiply(x, into: &residuals)
    for j in residuals.indices { residuals[j] = Double.expMinusOne(residuals[j]) }
  }

  func residualsAndJacobian(
    at x: Vector<Double>, into residuals: inout Vector<Double>, _ jacobian: inout Matrix<Double>
  ) {
    self.residuals(at: x, into: &residuals)
    for i in 0..<rows.columns { for j in 0..<rows.rows { jacobian[j, i] = (1 + residuals[j]) * rows[j, i] } }
  }

  /// γ/(2σ) in the ball of radius r: J has the Lipschitz constant γ there, and no singular value below σ.
  func constant(within r: Double) -> Double {
    let longest = (0..<rows.rows).map { j in Vector((0..<rows.columns).map { rows[j, $0] }).norm }.max() ?? 0
    let growth = Double.exp(longest * r)
    var svd = SVD<Double>(rows: rows.rows, columns: rows.columns)
    precondition(svd.factor(rows) == nil, "the matrix of a member is not finite")
    return longest * growth * svd.values[0] / (2 * svd.values[rows.columns - 1] / growth)
  }
}

/// A quadratic whose gradient is seen with noise: fᵢ(x) = f(x) + ξᵢᵀ(x − x*) with Σ ξᵢ = 0.
struct NoisyQuadratic: FiniteSumObjective, Sendable {
  let base: Quadratic<Double>
  let noise: [Vector<Double>]
  var batch = Batch.all

  init(_ base: Quadratic<Double>, terms: Int, from generator: inout RandomGenerator) {
    self.base = base
    var noise = (0..<terms).map { _ in generator.normals(base.minimiser.count) }
    var mean = Vector<Double>(zeros: base.minimiser.count)
    for ξ in noise { mean.add(ξ, times: 1 / Double(terms)) }
    for i in noise.indices { noise[i] -= mean }
    self.noise = noise
  }

  var termCount: Int { noise.count }
  /// E‖ξ‖².
  var variance: Double { noise.map(\.squaredNorm).reduce(0, +) / Double(noise.count) }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var value = base.valueAndGradient(at: x, into: &gradient)
    if batch.isAll { return value }
    let count = batch.count(of: termCount)
    for k in 0..<count {
      let ξ = noise[batch[k]]
      value += (ξ.dot(x) - ξ.dot(base.minimiser)) / Double(count)
      gradient.add(ξ, times: 1 / Double(count))
    }
    return value
  }
}

/// Least squares as a mean of terms: fᵢ(x) = ½(aᵢᵀ(x − x̂) − eᵢ)² + ½λ‖x‖².
struct RidgeSum: FiniteSumObjective, TwiceDifferentiableObjective, Sendable {
  let rows: [Vector<Double>]
  let targets: [Double]
  let λ: Double
  var batch = Batch.all

  init(terms: Int, dimension n: Int, λ: Double, from generator: inout RandomGenerator) {
    let x̂ = generator.normals(n)
    // Rows of one length, so that the terms have one constant L.
    rows = (0..<terms).map { _ in
      let a = generator.normals(n)
      return (1 / a.norm) * a
    }
    targets = rows.map { $0.dot(x̂) + 0.3 * generator.normal() }
    self.λ = λ
  }

  var termCount: Int { rows.count }
  /// L of every term.
  var smoothness: Double { 1 + λ }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let count = batch.count(of: termCount)
    gradient.set(x, times: λ)
    var value = 0.0
    for k in 0..<count {
      let r = rows[batch[k]].dot(x) - targets[batch[k]]
      value += r * r / 2
      gradient.add(rows[batch[k]], times: r / Double(count))
    }
    return value / Double(count) + λ / 2 * x.squaredNorm
  }

  func hessian(at _: Vector<Double>, into hessian: inout Matrix<Double>) {
    let count = batch.count(of: termCount)
    hessian.fill(with: 0)
    for k in 0..<count { hessian.addSymmetricOuter(rows[batch[k]], times: 1 / Double(count)) }
    hessian.addToDiagonal(λ)
    hessian.mirrorLowerTriangle()
  }
}

/// One function of a stream: f(x) = slope · x.
struct LinearLoss: DifferentiableObjective, Sendable {
  let slope: Double

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    gradient[0] = slope
    return slope * x[0]
  }
}

extension LogisticRegression where Scalar == Double {
  /// A regression without regularisation on drawn samples, a tenth of whose labels are wrong, so that it has a minimiser.
  ///
  /// - Parameter rarity: the part of the samples in which the last feature is not zero; it grows to 1 at the first.
  static func drawn(
    _ count: Int, features n: Int, rarity: Double = 1, from generator: inout RandomGenerator
  ) -> Self {
    var features = generator.normalMatrix(n, count)
    let weights = generator.normals(n)
    var labels = [Int]()
    for j in 0..<count {
      for i in 0..<n {
        let part = Double.pow(rarity, Double(i) / Double(Swift.max(1, n - 1)))
        if generator.uniform(Double.self) >= part { features[i, j] = 0 }
      }
      let margin = (0..<n).map { features[$0, j] * weights[$0] }.reduce(0, +)
      labels.append((margin > 0) == (generator.uniform(Double.self) < 0.9) ? 1 : 0)
    }
    let data = DataSet(
      name: "drawn", features: features, featureNames: (0..<n).map { "x\($0)" }, labels: labels,
      classes: ["0", "1"])
    do { return try LogisticRegression(data, regularisation: 0) } catch {
      preconditionFailure("two classes are refused: \(error)")
    }
  }

  /// Where all derivatives vanish.
  var minimiser: Vector<Double> {
    minimize(
      self, from: Vector(zeros: dimension ?? 0), using: .newton(), until: Convergence(gradient: 1e-12),
      certifying: false
    ).point
  }
}
