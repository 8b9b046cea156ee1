// Symbol ↔ name
//   xᵢ   sample, a column of  samples.features
//   mᵢ   margin wᵀxᵢ          margins
//   φᵢ   loss of a margin     loss(_:of:), curvature(_:of:)
//   λ    regularisation       regularisation

import Secant

/// A mean over samples of a loss of their margins wᵀxᵢ, and a regularisation: f(w) = (1/n) Σᵢ φᵢ(wᵀxᵢ) + (λ/2) ‖w‖².
///
/// With φᵢ, φᵢ′ and φᵢ″ a model has said everything of itself.
protocol LinearModel: TwiceDifferentiableObjective, FiniteSumObjective, BlockStructured
where Failure == Never {
  var samples: Samples<Scalar> { get }
  /// λ.
  var regularisation: Scalar { get }
  /// φᵢ(m) and φᵢ′(m) for the sample i.
  func loss(_ margin: Scalar, of i: Int) -> (value: Scalar, slope: Scalar)
  /// φᵢ″(m) for the sample i.
  func curvature(_ margin: Scalar, of i: Int) -> Scalar
}

extension LinearModel {
  public var dimension: Int? { samples.dimension }
  public var termCount: Int { samples.count }
  public var layout: Layout { Layout().vector("weights", count: samples.dimension, role: .other) }

  @specialized(where Self == LogisticRegression<Double>)
  @specialized(where Self == LogisticRegression<Float>)
  @specialized(where Self == LinearRegression<Double>)
  @specialized(where Self == LinearRegression<Float>)
  public func value(at w: Vector<Scalar>) -> Scalar { pass(at: w, gradient: nil) }

  @specialized(where Self == LogisticRegression<Double>)
  @specialized(where Self == LogisticRegression<Float>)
  @specialized(where Self == LinearRegression<Double>)
  @specialized(where Self == LinearRegression<Float>)
  public func valueAndGradient(at w: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    gradient.set(w, times: regularisation)
    return gradient.withUnsafeMutableBufferPointer { pass(at: w, gradient: $0.baseAddress!) }
  }

  /// The value, and the mean's gradient added to `gradient`.
  @inline(__always)
  private func pass(at w: Vector<Scalar>, gradient: UnsafeMutablePointer<Scalar>?) -> Scalar {
    var sum = CompensatedSum()
    addMean(at: w, to: gradient) { margin, i in
      let (value, slope) = loss(margin, of: i)
      sum.add(Double(value))
      return slope
    }
    return Scalar(sum.value / Double(batch.count(of: termCount))) + regularisation / 2 * w.squaredNorm
  }

  /// Adds (1/n) Σᵢ sᵢxᵢ to `mean`, where there is one; `slope` gives sᵢ of a margin and its sample.
  @inline(__always)
  func addMean(
    at w: Vector<Scalar>, to mean: UnsafeMutablePointer<Scalar>?, of slope: (Scalar, Int) -> Scalar
  ) {
    let d = samples.dimension
    let weight = 1 / Scalar(batch.count(of: termCount))
    w.withUnsafeBufferPointer { w in
      samples.withScratch { margins in
        samples.forEachChunk(of: batch, atMost: 256) { chunk in
          Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, w.baseAddress!, 0, margins)
          for k in 0..<chunk.count { margins[k] = slope(margins[k], batch[chunk.first + k]) }
          if let mean {
            Scalar._gemv(false, d, chunk.count, weight, chunk.features, d, margins, 1, mean)
          }
        }
      }
    }
  }

  @specialized(where Self == LogisticRegression<Double>)
  @specialized(where Self == LogisticRegression<Float>)
  @specialized(where Self == LinearRegression<Double>)
  @specialized(where Self == LinearRegression<Float>)
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
              for k in 0..<chunk.count { products[k] *= curvature(margins[k], of: batch[chunk.first + k]) }
              Scalar._gemv(
                false, d, chunk.count, weight, chunk.features, d, products, 1, product.baseAddress!)
            }
          }
        }
      }
    }
  }

  @specialized(where Self == LogisticRegression<Double>)
  @specialized(where Self == LogisticRegression<Float>)
  @specialized(where Self == LinearRegression<Double>)
  @specialized(where Self == LinearRegression<Float>)
  public func hessian(at w: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    let d = samples.dimension
    let weight = 1 / Scalar(batch.count(of: termCount))
    hessian.fill(with: 0)
    hessian.withUnsafeMutableBufferPointer { hessian in
      let H = hessian.baseAddress!
      w.withUnsafeBufferPointer { w in
        samples.withScratch { margins in
          samples.withScratch { scaled in
            samples.forEachChunk(of: batch, atMost: max(1, Samples<Scalar>.room / d)) { chunk in
              Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, w.baseAddress!, 0, margins)
              if chunk.count == 1 {
                let κ = curvature(margins[0], of: batch[chunk.first])
                return Scalar._syr(d, weight * κ, chunk.features, H, d)
              }
              // X S Xᵀ = (X √S) (X √S)ᵀ, less the same of the samples with a negative curvature, which stand last.
              var (first, end) = (0, chunk.count)
              for k in 0..<chunk.count {
                let κ = curvature(margins[k], of: batch[chunk.first + k])
                let root = abs(κ).squareRoot()
                if κ < 0 { end -= 1 }
                let column = scaled + (κ < 0 ? end : first) * d
                first += κ < 0 ? 0 : 1
                for i in 0..<d { column[i] = root * chunk.features[k * d + i] }
              }
              Scalar._syrk(false, d, end, weight, scaled, d, 1, H, d)
              if end < chunk.count {
                Scalar._syrk(false, d, chunk.count - end, -weight, scaled + end * d, d, 1, H, d)
              }
            }
          }
        }
      }
    }
    hessian.addToDiagonal(regularisation)
    hessian.mirrorLowerTriangle()
  }
}
