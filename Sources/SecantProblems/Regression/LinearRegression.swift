// Symbol ↔ name
//   yᵢ   response             response
//   rᵢ   residual wᵀxᵢ − yᵢ   r
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
///   with the Hessian, d²n for the Hessian. Nothing is allocated.
/// - **Reference**: A. E. Hoerl, R. W. Kennard, *Ridge regression*, Technometrics 12 (1970) 55–67; for the losses see
///   ``RegressionLoss``.
public struct LinearRegression<Scalar: LAPACKScalar>: LinearModel, Sendable {
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

  @inline(__always) func loss(_ margin: Scalar, of i: Int) -> (value: Scalar, slope: Scalar) {
    let r = margin - response[i]
    return (loss.value(r), loss.slope(r))
  }

  @inline(__always) func curvature(_ margin: Scalar, of i: Int) -> Scalar {
    loss.curvature(margin - response[i])
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
