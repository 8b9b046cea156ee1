// Symbol ↔ name
//   xᵢ   sample, a column of      samples.features
//   W    d × K, a class a column  weights
//   Z    logits WᵀX               logits
//   P    probabilities            probabilities
//   λ    regularisation           regularisation

public import Secant

/// ℓ₂-regularised softmax regression: f(W) = (1/n) Σᵢ (log Σₖ exp(wₖᵀxᵢ) − w_{yᵢ}ᵀxᵢ) + (λ/2) ‖W‖².
///
/// The variables are the d × K matrix W, class by class, and are declared as a matrix block, so that matrix methods
/// such as Muon can run on it. No logit is too large.
///
/// - **Demands**: a data set of at least two classes.
/// - **Memory**: the samples, shared by every copy and batch.
/// - **Work per evaluation**: one pass over the batch's samples: 4dKn flops for value and gradient, 6dKn for a
///   product with the Hessian, K(K + 1)d²n for the Hessian. Nothing is allocated, as long as K is at most 2048.
/// - **Reference**: J. Engel, *Polytomous logistic regression*, Statistica Neerlandica 42 (1988).
public struct SoftmaxRegression<Scalar: LAPACKScalar>: TwiceDifferentiableObjective,
  SampledLabelObjective, FisherVectorObjective, KroneckerFactoredObjective, BlockStructured, Sendable
{
  public typealias Failure = Never

  let samples: Samples<Scalar>
  /// K.
  public let classCount: Int
  /// λ.
  public let regularisation: Scalar
  /// What the matrix of the weights counts as.
  public let role: Layout.Role
  /// The terms that the mean is over; the regularisation is a part of each.
  public var batch = Batch.all

  /// - Parameters:
  ///   - dataSet: the samples.
  ///   - regularisation: λ, by default 1/n.
  ///   - role: what the matrix of the weights counts as. By default `hidden`, so that a matrix method takes it; in
  ///     a larger model such a layer is the `head`.
  /// - Throws: a ``DataError`` when there are fewer than two classes or more than 2048.
  public init(
    _ dataSet: DataSet, regularisation: Double? = nil, role: Layout.Role = .hidden
  ) throws(DataError) {
    let count = dataSet.classes.count
    guard count >= 2, count <= Samples<Scalar>.room / 2 else {
      throw DataError(
        .wrongClassCount(found: count, expected: "2 to \(Samples<Scalar>.room / 2)"), in: dataSet.name)
    }
    samples = Samples(dataSet)
    classCount = count
    self.regularisation = Scalar(defaultRegularisation(regularisation, dataSet))
    self.role = role
  }

  public var dimension: Int? { samples.dimension * classCount }
  public var termCount: Int { samples.count }
  public var layout: Layout {
    Layout().matrix("weights", rows: samples.dimension, columns: classCount, role: role)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func value(at w: Vector<Scalar>) -> Scalar { pass(at: w, gradient: nil) }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func valueAndGradient(at w: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    gradient.set(w, times: regularisation)
    return gradient.withUnsafeMutableBufferPointer { pass(at: w, gradient: $0.baseAddress!) }
  }

  /// The value, and the mean's gradient added to `gradient`.
  @inline(__always)
  private func pass(at w: Vector<Scalar>, gradient: UnsafeMutablePointer<Scalar>?) -> Scalar {
    let (d, K) = (samples.dimension, classCount)
    let weight = 1 / Scalar(batch.count(of: termCount))
    var loss = CompensatedSum()
    forEachChunk(at: w) { chunk, logits in
      for i in 0..<chunk.count {
        let y = samples.labels[batch[chunk.first + i]]
        let z = logits + i * K
        let logit = z[y]
        let (largest, rest) = normalise(z)
        loss.add(Double(largest - logit + rest))
        z[y] -= 1
      }
      if let gradient {
        Scalar._gemm(false, true, d, K, chunk.count, weight, chunk.features, d, logits, K, 1, gradient, d)
      }
    }
    return Scalar(loss.value / Double(batch.count(of: termCount))) + regularisation / 2 * w.squaredNorm
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func gradientOfSampledLabels(
    at w: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) {
    let (d, K) = (samples.dimension, classCount)
    let weight = 1 / Scalar(batch.count(of: termCount))
    gradient.fill(with: 0)
    gradient.withUnsafeMutableBufferPointer { gradient in
      forEachChunk(at: w) { chunk, errors in
        setErrors(of: chunk, labels: .drawn, from: &generator, errors)
        Scalar._gemm(
          false, true, d, K, chunk.count, weight, chunk.features, d, errors, K, 1, gradient.baseAddress!, d)
      }
    }
  }

  /// One layer, without a bias of its own.
  public var layers: [LinearLayer] { [LinearLayer(weights: layout.blocks[0])] }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func secondMoments(
    at w: Vector<Scalar>, labels: FisherLabels, from generator: inout RandomGenerator,
    into moments: inout [LayerMoments<Scalar>]
  ) {
    setSecondMoments(&moments[0], at: w, labels: labels, from: &generator)
  }

  @inline(__always)
  private func setSecondMoments(
    _ moments: inout LayerMoments<Scalar>, at w: Vector<Scalar>, labels: FisherLabels,
    from generator: inout RandomGenerator
  ) {
    let (d, K) = (samples.dimension, classCount)
    let weight = 1 / Scalar(batch.count(of: termCount))
    moments.inputs.fill(with: 0)
    moments.outputs.fill(with: 0)
    moments.inputs.withUnsafeMutableBufferPointer { inputs in
      moments.outputs.withUnsafeMutableBufferPointer { outputs in
        forEachChunk(at: w) { chunk, errors in
          setErrors(of: chunk, labels: labels, from: &generator, errors)
          Scalar._syrk(false, d, chunk.count, weight, chunk.features, d, 1, inputs.baseAddress!, d)
          Scalar._syrk(false, K, chunk.count, weight, errors, K, 1, outputs.baseAddress!, K)
        }
      }
    }
  }

  /// P less the labels, in place of Z: the gradient of each sample's loss with regard to its logits.
  @inline(__always)
  private func setErrors(
    of chunk: Samples<Scalar>.Chunk, labels: FisherLabels, from generator: inout RandomGenerator,
    _ logits: UnsafeMutablePointer<Scalar>
  ) {
    for i in 0..<chunk.count {
      let p = logits + i * classCount
      _ = normalise(p)
      let label = labels == .drawn ? draw(p, from: &generator) : samples.labels[batch[chunk.first + i]]
      p[label] -= 1
    }
  }

  /// A class, as likely as its probability: the first at which their sum passes a uniform number.
  @inline(__always)
  private func draw(_ p: UnsafePointer<Scalar>, from generator: inout RandomGenerator) -> Int {
    var rest: Scalar = generator.uniform()
    var label = 0
    while label < classCount - 1, rest >= p[label] {
      rest -= p[label]
      label += 1
    }
    return label
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func hessian(times v: Vector<Scalar>, at w: Vector<Scalar>, into product: inout Vector<Scalar>) {
    product.set(v, times: regularisation)
    addFisher(times: v, at: w, to: &product)
  }

  /// The Hessian of the loss, which is linear in its natural parameters.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func fisher(times v: Vector<Scalar>, at w: Vector<Scalar>, into product: inout Vector<Scalar>) {
    product.fill(with: 0)
    addFisher(times: v, at: w, to: &product)
  }

  @inline(__always)
  private func addFisher(times v: Vector<Scalar>, at w: Vector<Scalar>, to product: inout Vector<Scalar>) {
    let (d, K) = (samples.dimension, classCount)
    let weight = 1 / Scalar(batch.count(of: termCount))
    product.withUnsafeMutableBufferPointer { product in
      v.withUnsafeBufferPointer { v in
        forEachChunk(at: w) { chunk, probabilities in
          let products = probabilities + Samples<Scalar>.room / 2
          multiply(v.baseAddress!, chunk, products)
          for i in 0..<chunk.count {
            // (diag(p) − p pᵀ) q.
            let (p, q) = (probabilities + i * K, products + i * K)
            _ = normalise(p)
            var mean: Scalar = 0
            for k in 0..<K { mean += p[k] * q[k] }
            for k in 0..<K { q[k] = p[k] * (q[k] - mean) }
          }
          Scalar._gemm(
            false, true, d, K, chunk.count, weight, chunk.features, d, products, K, 1, product.baseAddress!, d
          )
        }
      }
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func hessian(at w: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    let (d, K) = (samples.dimension, classCount)
    let n = d * K
    let weight = 1 / Scalar(batch.count(of: termCount))
    hessian.fill(with: 0)
    hessian.withUnsafeMutableBufferPointer { hessian in
      samples.withScratch { scaled in
        forEachChunk(at: w, atMost: max(1, Samples<Scalar>.room / d)) { chunk, probabilities in
          for i in 0..<chunk.count { _ = normalise(probabilities + i * K) }
          // The block of the classes j ≥ k is Σᵢ pⱼ (δⱼₖ − pₖ) xᵢ xᵢᵀ.
          for k in 0..<K {
            for j in k..<K {
              let block = hessian.baseAddress! + j * d + k * d * n
              if chunk.count == 1 {
                let s = probabilities[j] * ((j == k ? 1 : 0) - probabilities[k])
                Scalar._gemm(
                  false, true, d, d, 1, weight * s, chunk.features, d, chunk.features, d, 1, block, n)
                continue
              }
              for i in 0..<chunk.count {
                let p = probabilities + i * K
                let s = p[j] * ((j == k ? 1 : 0) - p[k])
                for l in 0..<d { scaled[i * d + l] = s * chunk.features[i * d + l] }
              }
              Scalar._gemm(
                false, true, d, d, chunk.count, weight, scaled, d, chunk.features, d, 1, block, n)
            }
          }
        }
      }
    }
    hessian.addToDiagonal(regularisation)
    hessian.mirrorLowerTriangle()
  }

  /// Goes through the batch with the logits Z = WᵀX of a chunk at a time, behind which as many numbers have room.
  @inline(__always) private func forEachChunk(
    at w: Vector<Scalar>, atMost limit: Int = 256,
    _ body: (Samples<Scalar>.Chunk, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    w.withUnsafeBufferPointer { w in
      samples.withScratch { logits in
        samples.forEachChunk(
          of: batch, atMost: min(limit, 256, Samples<Scalar>.room / 2 / classCount)
        ) { chunk in
          multiply(w.baseAddress!, chunk, logits)
          body(chunk, logits)
        }
      }
    }
  }

  /// Z ← WᵀX.
  @inline(__always) private func multiply(
    _ w: UnsafePointer<Scalar>, _ chunk: Samples<Scalar>.Chunk, _ z: UnsafeMutablePointer<Scalar>
  ) {
    let d = samples.dimension
    Scalar._gemm(true, false, classCount, chunk.count, d, 1, w, d, chunk.features, d, 0, z, classCount)
  }

  /// Writes the probabilities exp(zₖ)/Σ over z; log Σₖ exp(zₖ) is the sum of the two numbers returned, apart so
  /// that a loss near zero keeps its digits.
  @inline(__always)
  private func normalise(_ z: UnsafeMutablePointer<Scalar>) -> (largest: Scalar, rest: Scalar) {
    var top = 0
    for k in 1..<classCount where !(z[k] <= z[top]) { top = k }
    let largest = z[top]
    // All but the largest one, whose exponential is 1.
    var others: Scalar = 0
    for k in 0..<classCount {
      z[k] = k == top ? 1 : Scalar.exp(z[k] - largest)
      if k != top { others += z[k] }
    }
    for k in 0..<classCount { z[k] /= 1 + others }
    return (largest, Scalar.log(onePlus: others))
  }
}
