/// What a second look at the answer of a least-squares problem found: whether the residuals can be lowered further, and
/// whether the data tell the parameters apart. Parameters that a bound holds are left out.
public struct ResidualEvidence<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// ‖r‖∞.
  public let largestResidual: Scalar
  /// ‖Q₁ᵀr‖/‖r‖: 0 where the residuals are orthogonal to the columns of the Jacobian.
  public let orthogonality: Scalar
  /// The greatest cosine of the angles between the residuals and the columns of the Jacobian: 0 where ‖r‖ has no slope.
  public let greatestCosine: Scalar
  /// What rounding of x alone makes of ``orthogonality``; from 1 on the residuals are zero as far as can be told.
  public let rounding: Scalar
  /// The condition number of the Jacobian with its columns scaled to length 1: infinite where it is singular.
  public let conditionNumber: Scalar
  /// The parameters that the data do not tell apart, by index: a part of them can be changed without a change of the
  /// residuals. Empty where the Jacobian has full rank.
  public let inseparable: [Int]
  /// Whether each of these has no influence at all here, and so not together with others either.
  let hasVanished: Bool
  /// The lengths of the Jacobian's columns, 1 where there is none.
  let scaling: Vector<Scalar>

  /// Whether the answer is one of many that the data allow, none of which is certain to be the best.
  var isAmbiguous: Bool { !inseparable.isEmpty && rounding < 1 }

  /// - Parameters:
  ///   - jacobian: J, with zeros in the columns of the parameters that a bound holds.
  ///   - free: the others.
  ///   - error: the relative error of the Jacobian's columns.
  init(
    residuals: Vector<Scalar>, jacobian: Matrix<Scalar>, at x: Vector<Scalar>, over free: [Int],
    error: Scalar = .ulpOfOne
  ) {
    var linearized = LinearizedResiduals<Scalar>(residuals.count, x.count)
    linearized.residuals = residuals
    linearized.jacobian = jacobian
    linearized.factor(at: x, scaledBy: .norms)
    largestResidual = residuals.largestMagnitude
    let norm = residuals.norm
    var product = x
    jacobian.multiply(residuals, into: &product, transposed: true)
    product.divide(by: linearized.scaling)
    greatestCosine = norm > 0 ? product.largestMagnitude / norm : 0
    orthogonality = linearized.orthogonality
    rounding = linearized.rounding
    scaling = linearized.scaling

    let spectrum = ColumnSpectrum(of: jacobian, scaledBy: scaling, over: free, error: error)
    conditionNumber = spectrum?.conditionNumber ?? (free.isEmpty ? 1 : .infinity)
    inseparable = spectrum?.inseparable ?? free
    hasVanished = inseparable.allSatisfy { linearized.norms[$0] == 0 }
  }
}
