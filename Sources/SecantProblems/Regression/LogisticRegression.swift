// Symbol ↔ name
//   yᵢ   ±1                   y
//   mᵢ   margin wᵀxᵢ          margin
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
public struct LogisticRegression<Scalar: LAPACKScalar>: LinearModel, SampledLabelObjective, Sendable {
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

  @inline(__always) func loss(_ margin: Scalar, of i: Int) -> (value: Scalar, slope: Scalar) {
    let y: Scalar = samples.labels[i] == 1 ? 1 : -1
    let t = y * margin
    // e ≤ 1, whatever the margin: log(1 + exp(−t)) = log1p(e) + max(0, −t), and σ(−t) = 1 − σ(t).
    let e = Scalar.exp(-abs(t))
    return (Scalar.log(onePlus: e) + max(0, -t), -y * (t > 0 ? e : 1) / (1 + e))
  }

  /// σ′(m) = σ(m) σ(−m).
  @inline(__always) func curvature(_ margin: Scalar, of i: Int) -> Scalar {
    let e = Scalar.exp(-abs(margin))
    return e / ((1 + e) * (1 + e))
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func gradientOfSampledLabels(
    at w: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) {
    gradient.fill(with: 0)
    gradient.withUnsafeMutableBufferPointer { gradient in
      addMean(at: w, to: gradient.baseAddress!) { margin, _ in
        // σ(m), the probability of y = 1, less the label that was drawn.
        let e = Scalar.exp(-abs(margin))
        let probability = (margin > 0 ? 1 : e) / (1 + e)
        return probability - (generator.uniform() < probability ? 1 : 0)
      }
    }
  }
}
