import SecantAutoDiff
import SecantProblems

extension Formulas {
  /// (1/n) Σᵢ log(1 + exp(−yᵢ wᵀxᵢ)) + (λ/2) ‖w‖², y being ±1.
  struct LogisticRegression {
    let data: DataSet
    let λ: Double

    func value<N: DifferentiableNumber>(_ w: [N]) -> N where N.Scalar == Double {
      let n = data.sampleCount
      let loss = sum(over: 0..<n) { i in
        log(onePlus: exp(N(data.labels[i] == 1 ? -1 : 1) * product(w, data, i)))
      }
      return loss / N(Double(n)) + N(λ / 2) * sumOfSquares(w)
    }
  }

  /// (1/n) Σᵢ (log Σₖ exp(wₖᵀxᵢ) − w_{yᵢ}ᵀxᵢ) + (λ/2) ‖W‖², the wₖ one after another.
  struct SoftmaxRegression {
    let data: DataSet
    let λ: Double

    func value<N: DifferentiableNumber>(_ w: [N]) -> N where N.Scalar == Double {
      let (n, d) = (data.sampleCount, data.featureCount)
      let loss = sum(over: 0..<n) { i in
        let z = data.classes.indices.map { k in product(Array(w[k * d..<(k + 1) * d]), data, i) }
        return log(sum(over: z.indices) { exp(z[$0]) }) - z[data.labels[i]]
      }
      return loss / N(Double(n)) + N(λ / 2) * sumOfSquares(w)
    }
  }

  /// wᵀxᵢ.
  private static func product<N: DifferentiableNumber>(_ w: [N], _ data: DataSet, _ i: Int) -> N
  where N.Scalar == Double {
    sum(over: w.indices) { j in N(data.features[j, i]) * w[j] }
  }
}
