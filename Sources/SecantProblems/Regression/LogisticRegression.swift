// Symbol ↔ name
//   xᵢ   sample, a column of  samples.features
//   yᵢ   ±1                   sign(of:)
//   mᵢ   margin wᵀxᵢ          margins
//   σ    logistic function    the lines that say so
//   λ    regularisation       regularisation

public import Secant

/// ℓ₂-regularised logistic regression: f(w) = (1/n) Σᵢ log(1 + exp(−yᵢ wᵀxᵢ)) + (λ/2) ‖w‖².
///
/// The features are taken as they are, a constant one included: what ``DataSet/standardised()`` and
/// ``DataSet/withConstant()`` do is done before. Neither large margins nor small ones overflow or lose digits.
///
/// - **Demands**: a data set of two classes; the second in sorted order counts as y = +1.
/// - **Memory**: the samples, shared by every copy and batch.
/// - **Work per evaluation**: one pass over the batch's samples: 4dn flops for value and gradient, 6dn for a product
///   with the Hessian, d²n for the Hessian. Nothing is allocated.
/// - **Reference**: D. R. Cox, *The regression analysis of binary sequences*, JRSS B 20 (1958).
public struct LogisticRegression<Scalar: LAPACKScalar>: TwiceDifferentiableObjective,
  SampledLabelObjective, BlockStructured, Sendable
{
  public typealias Failure = Never

  let samples: Samples<Scalar>
  /// λ.
  public let regularisation: Scalar
  /// The terms that the mean is over; the regularisation is a part of each.
  public var batch = Batch.all

  /// - Parameters:
  ///   - dataSet: the samples, of two classes.
  ///   - regularisation: λ, by default 1/n.
  /// - Throws: a ``DataError`` when there are not two classes.
  public init(_ dataSet: DataSet, regularisation: Double? = nil) throws(DataError) {
    guard dataSet.classes.count == 2 else {
      throw DataError(.wrongClassCount(found: dataSet.classes.count, expected: "two"), in: dataSet.name)
    }
    samples = Samples(dataSet)
    self.regularisation = Scalar(defaultRegularisation(regularisation, dataSet))
  }

  /// Where the samples stand in memory: tests see here that a batch shares them.
  package var dataAddress: UnsafeRawPointer? {
    samples.features.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
  }

  public var dimension: Int? { samples.dimension }
  public var termCount: Int { samples.count }
  public var layout: Layout { Layout().vector("weights", count: samples.dimension, role: .other) }

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
    let d = samples.dimension
    let weight = 1 / Scalar(batch.count(of: termCount))
    var loss = CompensatedSum()
    w.withUnsafeBufferPointer { w in
      samples.withScratch { margins in
        samples.forEachChunk(of: batch, atMost: 256) { chunk in
          Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, w.baseAddress!, 0, margins)
          for k in 0..<chunk.count {
            let y = sign(of: chunk.first + k)
            let t = y * margins[k]
            // e ≤ 1, whatever the margin: log(1 + exp(−t)) = log1p(e) + max(0, −t), and σ(−t) = 1 − σ(t).
            let e = Scalar.exp(-abs(t))
            loss.add(Double(Scalar.log(onePlus: e) + max(0, -t)))
            margins[k] = -y * (t > 0 ? e : 1) / (1 + e)
          }
          if let gradient {
            Scalar._gemv(false, d, chunk.count, weight, chunk.features, d, margins, 1, gradient)
          }
        }
      }
    }
    return Scalar(loss.value / Double(batch.count(of: termCount))) + regularisation / 2 * w.squaredNorm
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func gradientOfSampledLabels(
    at w: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) {
    let d = samples.dimension
    let weight = 1 / Scalar(batch.count(of: termCount))
    gradient.fill(with: 0)
    gradient.withUnsafeMutableBufferPointer { gradient in
      w.withUnsafeBufferPointer { w in
        samples.withScratch { margins in
          samples.forEachChunk(of: batch, atMost: 256) { chunk in
            Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, w.baseAddress!, 0, margins)
            for k in 0..<chunk.count {
              // σ(m), the probability of y = 1, less the label that was drawn.
              let e = Scalar.exp(-abs(margins[k]))
              let probability = (margins[k] > 0 ? 1 : e) / (1 + e)
              margins[k] = probability - (generator.uniform() < probability ? 1 : 0)
            }
            Scalar._gemv(
              false, d, chunk.count, weight, chunk.features, d, margins, 1, gradient.baseAddress!)
          }
        }
      }
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func hessian(times v: Vector<Scalar>, at w: Vector<Scalar>, into product: inout Vector<Scalar>) {
    let d = samples.dimension
    let weight = 1 / Scalar(batch.count(of: termCount))
    product.set(v, times: regularisation)
    product.withUnsafeMutableBufferPointer { product in
      w.withUnsafeBufferPointer { w in
        v.withUnsafeBufferPointer { v in
          samples.withScratch { margins in
            let products = margins + 256
            samples.forEachChunk(of: batch, atMost: 256) { chunk in
              Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, w.baseAddress!, 0, margins)
              Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, v.baseAddress!, 0, products)
              for k in 0..<chunk.count { products[k] *= curvature(margins[k]) }
              Scalar._gemv(
                false, d, chunk.count, weight, chunk.features, d, products, 1, product.baseAddress!)
            }
          }
        }
      }
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func hessian(at w: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    let d = samples.dimension
    let weight = 1 / Scalar(batch.count(of: termCount))
    hessian.fill(with: 0)
    hessian.withUnsafeMutableBufferPointer { hessian in
      w.withUnsafeBufferPointer { w in
        samples.withScratch { margins in
          samples.withScratch { scaled in
            samples.forEachChunk(of: batch, atMost: max(1, Samples<Scalar>.room / d)) { chunk in
              Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, w.baseAddress!, 0, margins)
              if chunk.count == 1 {
                Scalar._syr(d, weight * curvature(margins[0]), chunk.features, hessian.baseAddress!, d)
                return
              }
              // X S Xᵀ = (X √S) (X √S)ᵀ.
              for k in 0..<chunk.count {
                let root = curvature(margins[k]).squareRoot()
                for i in 0..<d { scaled[k * d + i] = root * chunk.features[k * d + i] }
              }
              Scalar._syrk(false, d, chunk.count, weight, scaled, d, 1, hessian.baseAddress!, d)
            }
          }
        }
      }
    }
    hessian.addToDiagonal(regularisation)
    hessian.mirrorLowerTriangle()
  }

  /// y of the k-th term of the batch.
  @inline(__always) private func sign(of k: Int) -> Scalar { samples.labels[batch[k]] == 1 ? 1 : -1 }

  /// σ′(m) = σ(m) σ(−m).
  @inline(__always) private func curvature(_ margin: Scalar) -> Scalar {
    let e = Scalar.exp(-abs(margin))
    return e / ((1 + e) * (1 + e))
  }
}
