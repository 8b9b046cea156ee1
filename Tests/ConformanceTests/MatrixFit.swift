import Secant

/// A small problem that can answer everything and allocates nothing: a weight matrix and a bias are fitted to terms.
///
/// f(W, b) = (1/|B|) Σ ½‖W aᵢ + b − tᵢ‖² + (μ/4) Σ xⱼ⁴, with data from a seeded generator.
struct MatrixFit<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, SampledLabelObjective,
  FisherVectorObjective, KroneckerFactoredObjective, BlockStructured
{
  let layout: Layout
  let rows = 3
  let columns = 4
  let termCount = 24
  var batch = Batch.all
  let μ: Scalar = 0.5
  private let inputs: [Scalar]
  private let targets: [Scalar]

  init(seed: UInt64 = 7) {
    layout = Layout().matrix("weights", rows: 3, columns: 4, role: .hidden).vector(
      "bias", count: 3, role: .bias)
    var generator = RandomGenerator(seed: seed)
    inputs = (0..<4 * 24).map { _ in generator.normal() }
    targets = (0..<3 * 24).map { _ in generator.normal() }
  }

  var dimension: Int? { 15 }
  var start: Vector<Scalar> { Vector((0..<15).map { Scalar($0 % 5) / 4 - 0.5 }) }

  private func residual(_ r: Int, _ term: Int, _ x: Vector<Scalar>) -> Scalar {
    var sum = x[12 + r] - targets[3 * term + r]
    for c in 0..<columns { sum += x[3 * c + r] * inputs[4 * term + c] }
    return sum
  }

  func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    var value: Scalar = 0
    for j in x.indices {
      gradient[j] = μ * x[j] * x[j] * x[j]
      value += μ / 4 * x[j] * x[j] * x[j] * x[j]
    }
    let count = batch.count(of: termCount)
    for k in 0..<count {
      let term = batch[k]
      for r in 0..<rows {
        let ρ = residual(r, term, x)
        value += ρ * ρ / (2 * Scalar(count))
        gradient[12 + r] += ρ / Scalar(count)
        for c in 0..<columns { gradient[3 * c + r] += ρ * inputs[4 * term + c] / Scalar(count) }
      }
    }
    return value
  }

  /// Targets are normal about the fit, so a drawn one leaves a normal residual.
  func gradientOfSampledLabels(
    at x: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) {
    gradient.fill(with: 0)
    let count = batch.count(of: termCount)
    for k in 0..<count {
      for r in 0..<rows {
        let ρ: Scalar = generator.normal()
        for c in 0...columns { gradient[3 * c + r] += ρ * factor(c, batch[k]) / Scalar(count) }
      }
    }
  }

  var layers: [LinearLayer] {
    [LinearLayer(weights: layout.blocks[0], bias: layout.blocks[1], rowsAreOutputs: true)]
  }

  func secondMoments(
    at x: Vector<Scalar>, labels: FisherLabels, from generator: inout RandomGenerator,
    into moments: inout [LayerMoments<Scalar>]
  ) {
    moments[0].inputs.fill(with: 0)
    moments[0].outputs.fill(with: 0)
    let count = batch.count(of: termCount)
    for k in 0..<count {
      for c in 0...columns {
        for d in 0...columns {
          moments[0].inputs[c, d] += factor(c, batch[k]) * factor(d, batch[k]) / Scalar(count)
        }
      }
      var ρ: InlineArray<3, Scalar> = [0, 0, 0]
      for r in 0..<rows { ρ[r] = labels == .drawn ? generator.normal() : residual(r, batch[k], x) }
      for r in 0..<rows { for q in 0..<rows { moments[0].outputs[r, q] += ρ[r] * ρ[q] / Scalar(count) } }
    }
  }

  func fisher(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    product.fill(with: 0)
    addFisher(times: v, to: &product)
  }

  func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    for j in x.indices { product[j] = 3 * μ * x[j] * x[j] * v[j] }
    addFisher(times: v, to: &product)
  }

  private func addFisher(times v: Vector<Scalar>, to product: inout Vector<Scalar>) {
    let count = batch.count(of: termCount)
    for k in 0..<count {
      let term = batch[k]
      for r in 0..<rows {
        var ρ = v[12 + r]
        for c in 0..<columns { ρ += v[3 * c + r] * inputs[4 * term + c] }
        product[12 + r] += ρ / Scalar(count)
        for c in 0..<columns { product[3 * c + r] += ρ * inputs[4 * term + c] / Scalar(count) }
      }
    }
  }

  func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    for i in x.indices { for j in x.indices { hessian[i, j] = i == j ? 3 * μ * x[i] * x[i] : 0 } }
    let count = batch.count(of: termCount)
    for k in 0..<count {
      let term = batch[k]
      for r in 0..<rows {
        for c in 0...columns {
          for d in 0...columns {
            hessian[3 * c + r, 3 * d + r] += factor(c, term) * factor(d, term) / Scalar(count)
          }
        }
      }
    }
  }

  /// What x[3c + r] is multiplied by in the residual of row r; the bias stands as column 4.
  private func factor(_ c: Int, _ term: Int) -> Scalar { c < columns ? inputs[4 * term + c] : 1 }
}
