// Symbol ↔ name
//   xᵢ   sample, a column of  samples.features
//   yᵢ   response             response
//   rᵢ   residual wᵀxᵢ − yᵢ   residuals
//   φ    loss                 loss
//   λ    regularisation       regularisation

public import Secant

/// ℓ₂-regularised linear regression with a loss of its residuals: f(w) = (1/n) Σᵢ φ(wᵀxᵢ − yᵢ) + (λ/2) ‖w‖².
///
/// With ``RegressionLoss/squared`` it is ridge regression, whose minimiser is known: ``ridgeMinimiser()``. With the other
/// losses it is robust regression: outliers draw the answer less than their squares would.
///
/// - **Demands**: samples with a number each; features and response are taken as they are.
/// - **Memory**: the samples, shared by every copy and batch.
/// - **Work per evaluation**: one pass over the batch's samples: 4dn flops for value and gradient, 6dn for a product
///   with the Hessian, 2d²n for the Hessian. Nothing is allocated.
/// - **Reference**: A. E. Hoerl, R. W. Kennard, *Ridge regression*, Technometrics 12 (1970) 55–67; for the losses see
///   ``RegressionLoss``.
public struct LinearRegression<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, FiniteSumObjective,
  BlockStructured, Sendable
{
  public typealias Failure = Never

  let samples: Samples<Scalar>
  /// y.
  let response: Vector<Scalar>
  /// φ.
  public let loss: RegressionLoss<Scalar>
  /// λ.
  public let regularisation: Scalar
  /// The terms that the mean is over; the regularisation is a part of each.
  public var batch = Batch.all

  /// - Parameters:
  ///   - data: the samples.
  ///   - loss: φ, whose scale is positive.
  ///   - regularisation: λ, by default 1/n.
  public init(
    _ data: RegressionData, loss: RegressionLoss<Scalar> = .squared, regularisation: Double? = nil
  ) {
    if let scale = loss.scale {
      precondition(scale > 0 && scale.isFinite, "the loss has a scale of \(scale): give a positive number")
    }
    samples = Samples(data.features)
    response = Vector(data.response.map { Scalar($0) })
    self.loss = loss
    self.regularisation = Scalar(
      defaultRegularisation(regularisation, of: data.sampleCount, in: data.name))
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
    var sum = CompensatedSum()
    w.withUnsafeBufferPointer { w in
      samples.withScratch { residuals in
        samples.forEachChunk(of: batch, atMost: 256) { chunk in
          residual(of: chunk, at: w.baseAddress!, into: residuals)
          for k in 0..<chunk.count {
            sum.add(Double(loss.value(residuals[k])))
            residuals[k] = loss.slope(residuals[k])
          }
          if let gradient {
            Scalar._gemv(false, d, chunk.count, weight, chunk.features, d, residuals, 1, gradient)
          }
        }
      }
    }
    return Scalar(sum.value / Double(batch.count(of: termCount))) + regularisation / 2 * w.squaredNorm
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
          samples.withScratch { residuals in
            let products = residuals + 256
            samples.forEachChunk(of: batch, atMost: 256) { chunk in
              residual(of: chunk, at: w.baseAddress!, into: residuals)
              Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, v.baseAddress!, 0, products)
              for k in 0..<chunk.count { products[k] *= loss.curvature(residuals[k]) }
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
        samples.withScratch { residuals in
          samples.withScratch { scaled in
            samples.forEachChunk(of: batch, atMost: min(256, max(1, Samples<Scalar>.room / d))) { chunk in
              residual(of: chunk, at: w.baseAddress!, into: residuals)
              if chunk.count == 1 {
                Scalar._syr(
                  d, weight * loss.curvature(residuals[0]), chunk.features, hessian.baseAddress!, d)
                return
              }
              // X S Xᵀ by X (X S)ᵀ: a curvature can be negative and has no root then.
              for k in 0..<chunk.count {
                let curvature = loss.curvature(residuals[k])
                for i in 0..<d { scaled[k * d + i] = curvature * chunk.features[k * d + i] }
              }
              Scalar._gemm(
                false, true, d, d, chunk.count, weight, chunk.features, d, scaled, d, 1,
                hessian.baseAddress!, d)
            }
          }
        }
      }
    }
    hessian.addToDiagonal(regularisation)
    hessian.mirrorLowerTriangle()
  }

  /// r ← wᵀx − y of a chunk.
  @inline(__always)
  private func residual(
    of chunk: Samples<Scalar>.Chunk, at w: UnsafePointer<Scalar>,
    into residuals: UnsafeMutablePointer<Scalar>
  ) {
    let d = samples.dimension
    Scalar._gemv(true, d, chunk.count, 1, chunk.features, d, w, 0, residuals)
    for k in 0..<chunk.count { residuals[k] -= response[batch[chunk.first + k]] }
  }

  /// The minimiser of a ridge regression: (X Xᵀ/n + λI) w = X y/n by Cholesky's factorisation.
  ///
  /// nil where the loss is another, or where without regularisation the features do not tell the weights apart.
  public func ridgeMinimiser() -> Vector<Scalar>? {
    guard loss == .squared else { return nil }
    let d = samples.dimension
    var (H, w) = (Matrix<Scalar>(zeros: d, d), Vector<Scalar>(zeros: d))
    let origin = w
    hessian(at: origin, into: &H)
    _ = valueAndGradient(at: origin, into: &w)
    var cholesky = Cholesky<Scalar>(dimension: d)
    guard cholesky.factor(H) == nil else { return nil }
    w.scale(by: -1)
    cholesky.solve(&w)
    return w
  }
}
