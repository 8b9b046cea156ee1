/// What a second look at the answer of a least-squares problem found: whether the residuals can be lowered further, and
/// whether the data tell the parameters apart.
public struct ResidualEvidence<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// ‖Q₁ᵀr‖/‖r‖: 0 where the residuals are orthogonal to the columns of the Jacobian.
  public let orthogonality: Scalar
  /// What rounding of x alone makes of ``orthogonality``; from 1 on the residuals are zero as far as can be told.
  public let rounding: Scalar
  /// The condition number of the Jacobian with its columns scaled to length 1: infinite where it is singular.
  public let conditionNumber: Scalar
  /// The parameters that the data do not tell apart, by index: a part of them can be changed without a change of the
  /// residuals. Empty where the Jacobian has full rank.
  public let inseparable: [Int]
  /// The lengths of the Jacobian's columns, 1 where there is none.
  let scaling: Vector<Scalar>

  /// Whether the answer is one of many that the data allow, none of which is certain to be the best.
  var isAmbiguous: Bool { !inseparable.isEmpty && rounding < 1 }

  /// - Parameter error: the relative error of the Jacobian's columns.
  init(
    residuals: Vector<Scalar>, jacobian: Matrix<Scalar>, at x: Vector<Scalar>, error: Scalar = .ulpOfOne
  ) {
    var linearized = LinearizedResiduals<Scalar>(residuals.count, x.count)
    linearized.residuals = residuals
    linearized.jacobian = jacobian
    linearized.factor(at: x, scaledBy: .norms)
    orthogonality = linearized.orthogonality
    rounding = linearized.rounding
    scaling = linearized.scaling

    // With unit columns the rank is a matter of directions.
    var scaled = jacobian
    scaled.divideColumns(by: scaling)
    var svd = SVD<Scalar>(shape: jacobian.shape)
    guard svd.factor(scaled) == nil, let greatest = svd.values.first, greatest > 0 else {
      conditionNumber = .infinity
      inseparable = Array(x.indices)
      return
    }
    let rank = svd.rank(tolerance: Scalar(Swift.max(jacobian.rows, jacobian.columns)) * error)
    let n = x.count
    conditionNumber = rank == n ? greatest / svd.values[n - 1] : .infinity
    // The part of each parameter's unit vector that lies in the null space, what the rows of Vᵀ up to the rank leave.
    inseparable = x.indices.filter { j in
      rank < n && (0..<rank).reduce(1) { $0 - svd.rightTransposed[$1, j] * svd.rightTransposed[$1, j] } > 1e-4
    }
  }
}
