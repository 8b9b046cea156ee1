import Secant

/// A quadratic gᵀp + ½pᵀBp, with what is known of it.
struct TestQuadratic<Scalar: LAPACKScalar>: CustomStringConvertible {
  var name: String
  var B: Matrix<Scalar>
  var g: Vector<Scalar>

  var description: String { "\(name), n = \(g.count)" }

  /// m(p).
  func value(_ p: Vector<Scalar>) -> Scalar {
    var Bp = p
    B.symmetricMultiply(p, into: &Bp)
    return g.dot(p) + p.dot(Bp) / 2
  }

  /// The spectral norm and the least eigenvalue.
  var spectrum: (norm: Scalar, least: Scalar) {
    var eigen = SymmetricEigen<Scalar>(dimension: g.count)
    guard eigen.factor(B) == nil else { return (.nan, .nan) }
    return (max(abs(eigen.values[0]), abs(eigen.values[g.count - 1])), eigen.values[0])
  }

  /// A normal vector.
  static func vector(_ n: Int, _ seed: Int) -> Vector<Scalar> {
    var generator = RandomGenerator(seed: UInt64(seed))
    var v = Vector<Scalar>(zeros: n)
    generator.fillNormal(&v)
    return v
  }

  /// A symmetric matrix of normal elements, plus a multiple of the identity.
  static func random(_ n: Int, shift: Scalar, seed: Int) -> TestQuadratic {
    var B = Matrix<Scalar>(rows: n, columns: n, elements: vector(n * n, seed))
    B.mirrorLowerTriangle()
    B.addToDiagonal(shift)
    return TestQuadratic(name: "random, shift \(shift), seed \(seed)", B: B, g: vector(n, seed + 1))
  }

  /// A random matrix plus its norm: positive definite.
  static func definite(_ n: Int, seed: Int) -> TestQuadratic {
    var q = random(n, shift: 0, seed: seed)
    q.B.addToDiagonal(3 * Scalar(n).squareRoot())
    q.name = "definite, seed \(seed)"
    return q
  }

  /// Eigenvalues −1, …, 1 in the basis of a Householder matrix; g has the part `part` along the first eigenvector.
  static func hard(_ n: Int, part: Scalar, rotated: Bool = true, seed: Int) -> TestQuadratic {
    var v = rotated ? vector(n, seed) : Vector<Scalar>(zeros: n)
    if rotated { v.scale(by: 1 / v.norm) }
    func rotate(_ x: Vector<Scalar>) -> Vector<Scalar> { x + (-2 * v.dot(x)) * v }
    var B = Matrix<Scalar>(zeros: n, n)
    var e = Vector<Scalar>(zeros: n)
    for j in 0..<n {
      e.fill(with: 0)
      e[j] = 1
      B.addSymmetricOuter(rotate(e), times: n == 1 ? -1 : 2 * Scalar(j) / Scalar(n - 1) - 1)
    }
    B.mirrorLowerTriangle()
    var g = vector(n, seed + 1)
    g[0] = part
    return TestQuadratic(name: "hard but for \(part), seed \(seed)", B: B, g: rotate(g))
  }
}

typealias DenseModel<Scalar: LAPACKScalar> = DenseHessianModel<Quadratic<Scalar>>
