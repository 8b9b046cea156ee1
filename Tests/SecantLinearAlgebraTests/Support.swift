import SecantLinearAlgebra
import Testing

extension Matrix {
  /// Elements uniform in [−1, 1).
  static func random(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
    var generator = RandomGenerator(seed: seed)
    var elements = Vector<Scalar>(zeros: rows * columns)
    generator.fillUniform(&elements)
    for i in elements.indices { elements[i] = 2 * elements[i] - 1 }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }

  /// B + Bᵀ for random B.
  static func randomSymmetric(_ n: Int, seed: UInt64 = 1) -> Matrix {
    let b = random(n, n, seed: seed)
    var result = b.transposed
    result.add(b)
    return result
  }

  /// Columns made orthonormal by Gram and Schmidt, twice: independent of what is under test.
  static func randomOrthonormal(_ rows: Int, _ columns: Int, seed: UInt64 = 1) -> Matrix {
    var q = random(rows, columns, seed: seed)
    for j in 0..<columns {
      for _ in 0..<2 {
        for k in 0..<j {
          let h = (0..<rows).reduce(Scalar(0)) { $0 + q[$1, k] * q[$1, j] }
          for i in 0..<rows { q[i, j] -= h * q[i, k] }
        }
      }
      let norm = (0..<rows).reduce(Scalar(0)) { $0 + q[$1, j] * q[$1, j] }.squareRoot()
      for i in 0..<rows { q[i, j] /= norm }
    }
    return q
  }

  /// U diag(σ) Vᵀ with random orthonormal U and V.
  static func with(singularValues σ: [Scalar], rows: Int, columns: Int, seed: UInt64 = 1) -> Matrix {
    let k = σ.count
    var u = randomOrthonormal(rows, k, seed: seed)
    let v = randomOrthonormal(columns, k, seed: seed + 1)
    for j in 0..<k { for i in 0..<rows { u[i, j] *= σ[j] } }
    return naiveProduct(u, v.transposed)
  }

  /// Q diag(λ) Qᵀ, exactly symmetric.
  static func with(eigenvalues λ: [Scalar], seed: UInt64 = 1) -> Matrix {
    let n = λ.count
    let q = randomOrthonormal(n, n, seed: seed)
    var scaled = q
    for j in 0..<n { for i in 0..<n { scaled[i, j] *= λ[j] } }
    var result = naiveProduct(scaled, q.transposed)
    result.mirrorLowerTriangle()
    return result
  }

  var largestMagnitude: Scalar { elements.largestMagnitude }
}

/// A B by three loops.
func naiveProduct<Scalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) -> Matrix<Scalar> {
  var c = Matrix<Scalar>(zeros: a.rows, b.columns)
  for j in 0..<b.columns {
    for k in 0..<a.columns { for i in 0..<a.rows { c[i, j] += a[i, k] * b[k, j] } }
  }
  return c
}

/// max |a − b|.
func distance<Scalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) -> Scalar {
  var difference = a
  difference.add(b, times: -1)
  return difference.largestMagnitude
}

func distance<Scalar>(_ a: Vector<Scalar>, _ b: Vector<Scalar>) -> Scalar {
  var difference = a
  difference.add(b, times: -1)
  return difference.largestMagnitude
}

/// max |QᵀQ − I|.
func orthonormalityError<Scalar>(_ q: Matrix<Scalar>) -> Scalar {
  distance(naiveProduct(q.transposed, q), Matrix(identity: q.columns))
}

/// ‖A x − b‖∞.
func residual<Scalar>(_ a: Matrix<Scalar>, _ x: Vector<Scalar>, _ b: Vector<Scalar>) -> Scalar {
  var r = b
  for j in 0..<a.columns { for i in 0..<a.rows { r[i] -= a[i, j] * x[j] } }
  return r.largestMagnitude
}

func randomVector<Scalar: LAPACKScalar>(_ n: Int, seed: UInt64 = 7) -> Vector<Scalar> {
  Matrix<Scalar>.random(n, 1, seed: seed).elements
}
