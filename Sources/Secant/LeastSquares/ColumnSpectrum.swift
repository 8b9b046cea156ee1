/// The singular values of a Jacobian with its columns scaled to length 1, JD⁻¹ = UΣVᵀ: what the data tell of the
/// parameters, in no units.
struct ColumnSpectrum<Scalar: LAPACKScalar>: Sendable {
  /// The diagonal of D, the lengths of the columns: 1 where there is none.
  let scaling: Vector<Scalar>
  /// σ, descending.
  let values: Vector<Scalar>
  /// Vᵀ.
  let rightTransposed: Matrix<Scalar>
  /// How many of the values are not rounding.
  let rank: Int
  /// The parameters that nothing holds.
  let free: [Int]

  /// nil where the Jacobian is zero or has no singular values.
  ///
  /// - Parameters:
  ///   - jacobian: J, with zeros in the columns of the parameters that are held.
  ///   - free: the others.
  ///   - error: the relative error of the columns.
  init?(of jacobian: Matrix<Scalar>, scaledBy scaling: Vector<Scalar>, over free: [Int], error: Scalar) {
    var scaled = jacobian
    scaled.divideColumns(by: scaling)
    var svd = SVD<Scalar>(shape: jacobian.shape)
    guard svd.factor(scaled) == nil, let greatest = svd.values.first, greatest > 0 else { return nil }
    self.scaling = scaling
    self.free = free
    values = svd.values
    rightTransposed = svd.rightTransposed
    rank = svd.rank(tolerance: Scalar(Swift.max(jacobian.rows, jacobian.columns)) * error)
  }

  /// The greatest of the values over the least, infinite where the rank is short of the free parameters.
  var conditionNumber: Scalar { rank == free.count ? values[0] / values[rank - 1] : .infinity }

  /// The parameters of which a part can be changed without a change of the residuals: those whose unit vectors do not lie
  /// in the span of the first rows of Vᵀ.
  var inseparable: [Int] {
    free.filter { j in
      rank < free.count
        && (0..<rank).reduce(1) { $0 - rightTransposed[$1, j] * rightTransposed[$1, j] } > 1e-4
    }
  }

  /// Σ⁻¹Vᵀ D⁻¹g over the rank, whose squared length is gᵀ(JᵀJ)⁻¹g with g over the free parameters alone; nil where g has a
  /// part that the data do not see.
  func whitened(_ g: Vector<Scalar>) -> Vector<Scalar>? {
    var scaled = Vector<Scalar>(zeros: g.count)
    for j in free { scaled[j] = g[j] / scaling[j] }
    var seen = Vector<Scalar>(zeros: rightTransposed.rows)
    rightTransposed.multiply(scaled, into: &seen)
    if rank < free.count {
      let squaredPart = seen.prefix(rank).reduce(scaled.squaredNorm) { $0 - $1 * $1 }
      if squaredPart > 1e-4 * scaled.squaredNorm { return nil }
    }
    return Vector((0..<rank).map { seen[$0] / values[$0] })
  }
}
