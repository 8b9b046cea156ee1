import Secant

/// Σ 100(x₂ᵢ₊₁ − x₂ᵢ²)² + (1 − x₂ᵢ)², or the chained form; scaled and shifted: `scale`·f + `shift`.
struct Rosenbrock<Scalar: LAPACKScalar>: TwiceDifferentiableObjective {
  var scale: Scalar = 1
  var shift: Scalar = 0
  /// Below this x₀ the value is NaN.
  var wall: Scalar = -.infinity

  static func start(_ n: Int = 2) -> Vector<Scalar> {
    Vector((0..<n).map { $0 % 2 == 0 ? -1.2 : 1 })
  }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    if x[0] < wall {
      g.fill(with: .nan)
      return .nan
    }
    g.fill(with: 0)
    var sum: Scalar = 0
    for i in 0..<x.count - 1 {
      let a = 1 - x[i]
      let b = x[i + 1] - x[i] * x[i]
      g[i] += scale * (-2 * a - 400 * x[i] * b)
      g[i + 1] += scale * 200 * b
      sum += a * a + 100 * b * b
    }
    return scale * sum + shift
  }

  func hessian(at x: Vector<Scalar>, into H: inout Matrix<Scalar>) {
    H.fill(with: 0)
    for i in 0..<x.count - 1 {
      H[i, i] += scale * (2 - 400 * (x[i + 1] - 3 * x[i] * x[i]))
      H[i, i + 1] += scale * -400 * x[i]
      H[i + 1, i] += scale * -400 * x[i]
      H[i + 1, i + 1] += scale * 200
    }
  }
}

/// ½xᵀAx − bᵀx, with A dense.
struct Quadratic<Scalar: LAPACKScalar>: TwiceDifferentiableObjective {
  var A: Matrix<Scalar>
  var b: Vector<Scalar>

  init(_ A: Matrix<Scalar>, _ b: Vector<Scalar>) {
    self.A = A
    self.b = b
  }

  /// Eigenvalues from 1 to `condition`, in a rotated basis.
  init(_ n: Int, condition: Double, scale: Double = 1) {
    var v = Vector<Scalar>((0..<n).map { Scalar(1 + ($0 * 7) % 5) })
    v.scale(by: 1 / v.norm)
    let λ = Vector((0..<n).map { i in Scalar(scale * power(condition, Double(i) / Double(max(n - 1, 1)))) })
    // (I − 2vvᵀ) diag(λ) (I − 2vvᵀ)
    var Q = Matrix<Scalar>(identity: n)
    Q.addOuter(v, v, times: -2)
    var QΛ = Matrix<Scalar>(zeros: n, n)
    for j in 0..<n { for i in 0..<n { QΛ[i, j] = Q[i, j] * λ[j] } }
    A = Matrix(zeros: n, n)
    A.setProduct(QΛ, Q)
    for j in 0..<n { for i in 0..<j { A[i, j] = A[j, i] } }
    b = Vector((0..<n).map { Scalar(1 + $0 % 3) })
  }

  var dimension: Int? { b.count }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    A.multiply(x, into: &g)
    let value = g.dot(x) / 2 - b.dot(x)
    g.add(b, times: -1)
    return value
  }

  func hessian(at _: Vector<Scalar>, into H: inout Matrix<Scalar>) { H.copy(A) }

  var minimizer: Vector<Scalar> {
    var cholesky = Cholesky<Scalar>(dimension: b.count)
    precondition(cholesky.factor(A) == nil)
    var x = b
    cholesky.solve(&x)
    return x
  }
}

private func power(_ x: Double, _ y: Double) -> Double { .pow(x, y) }

/// A sum of squares of residuals known with their first and second derivatives; the classical test functions.
protocol LeastSquaresTest: TwiceDifferentiableObjective {
  /// One residual after the other: its value, and its gradient and Hessian written into zeroed storage.
  func residual(
    _ i: Int, at x: Vector<Scalar>, _ J: inout Vector<Scalar>, _ H: inout Matrix<Scalar>
  ) -> Scalar
  var residuals: Int { get }
  var n: Int { get }
}

extension LeastSquaresTest {
  var dimension: Int? { n }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    g.fill(with: 0)
    var sum: Scalar = 0
    for i in 0..<residuals {
      var J = Vector<Scalar>(zeros: n)
      var H = Matrix<Scalar>(zeros: n, n)
      let r = residual(i, at: x, &J, &H)
      sum += r * r
      g.add(J, times: 2 * r)
    }
    return sum
  }

  func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    hessian.fill(with: 0)
    for i in 0..<residuals {
      var J = Vector<Scalar>(zeros: n)
      var H = Matrix<Scalar>(zeros: n, n)
      let r = residual(i, at: x, &J, &H)
      hessian.add(H, times: 2 * r)
      hessian.addOuter(J, J, times: 2)
    }
  }
}

/// Powell's singular function: the Hessian at the minimum has rank 2.
struct PowellSingular<Scalar: LAPACKScalar>: LeastSquaresTest {
  typealias Failure = Never
  var n: Int { 4 }
  var residuals: Int { 4 }
  static var start: Vector<Scalar> { [3, -1, 0, 1] }

  func residual(
    _ i: Int, at x: Vector<Scalar>, _ J: inout Vector<Scalar>, _ H: inout Matrix<Scalar>
  ) -> Scalar {
    switch i {
    case 0:
      J[0] = 1
      J[1] = 10
      return x[0] + 10 * x[1]
    case 1:
      let c = Scalar(5).squareRoot()
      J[2] = c
      J[3] = -c
      return c * (x[2] - x[3])
    case 2:
      let u = x[1] - 2 * x[2]
      J[1] = 2 * u
      J[2] = -4 * u
      H[1, 1] = 2
      H[1, 2] = -4
      H[2, 1] = -4
      H[2, 2] = 8
      return u * u
    default:
      let c = Scalar(10).squareRoot()
      let u = x[0] - x[3]
      J[0] = 2 * c * u
      J[3] = -2 * c * u
      H[0, 0] = 2 * c
      H[3, 3] = 2 * c
      H[0, 3] = -2 * c
      H[3, 0] = -2 * c
      return c * u * u
    }
  }
}

/// Wood's function.
struct Wood<Scalar: LAPACKScalar>: LeastSquaresTest {
  typealias Failure = Never
  var n: Int { 4 }
  var residuals: Int { 6 }
  static var start: Vector<Scalar> { [-3, -1, -3, -1] }

  func residual(
    _ i: Int, at x: Vector<Scalar>, _ J: inout Vector<Scalar>, _ H: inout Matrix<Scalar>
  ) -> Scalar {
    let c = Scalar(90).squareRoot()
    let d = Scalar(10).squareRoot()
    switch i {
    case 0:
      J[0] = -20 * x[0]
      J[1] = 10
      H[0, 0] = -20
      return 10 * (x[1] - x[0] * x[0])
    case 1:
      J[0] = -1
      return 1 - x[0]
    case 2:
      J[2] = -2 * c * x[2]
      J[3] = c
      H[2, 2] = -2 * c
      return c * (x[3] - x[2] * x[2])
    case 3:
      J[2] = -1
      return 1 - x[2]
    case 4:
      J[1] = d
      J[3] = d
      return d * (x[1] + x[3] - 2)
    default:
      J[1] = 1 / d
      J[3] = -1 / d
      return (x[1] - x[3]) / d
    }
  }
}

/// Beale's function.
struct Beale<Scalar: LAPACKScalar>: LeastSquaresTest {
  typealias Failure = Never
  var n: Int { 2 }
  var residuals: Int { 3 }
  static var start: Vector<Scalar> { [1, 1] }

  func residual(
    _ i: Int, at x: Vector<Scalar>, _ J: inout Vector<Scalar>, _ H: inout Matrix<Scalar>
  ) -> Scalar {
    let y: [Scalar] = [1.5, 2.25, 2.625]
    let k = i + 1
    let (u, v) = (x[0], x[1])
    let v₀ = i == 0 ? 1 : i == 1 ? v : v * v  // v^{k−1}
    J[0] = -(1 - v₀ * v)
    J[1] = u * Scalar(k) * v₀
    H[0, 1] = Scalar(k) * v₀
    H[1, 0] = H[0, 1]
    H[1, 1] = i == 0 ? 0 : u * Scalar(k * (k - 1)) * (i == 1 ? 1 : v)
    return y[i] - u * (1 - v₀ * v)
  }
}

/// The helical valley of Fletcher and Powell.
struct HelicalValley<Scalar: LAPACKScalar>: LeastSquaresTest {
  typealias Failure = Never
  var n: Int { 3 }
  var residuals: Int { 3 }
  static var start: Vector<Scalar> { [-1, 0, 0] }

  func residual(
    _ i: Int, at x: Vector<Scalar>, _ J: inout Vector<Scalar>, _ H: inout Matrix<Scalar>
  ) -> Scalar {
    let (a, b) = (x[0], x[1])
    let s = a * a + b * b
    let r = s.squareRoot()
    switch i {
    case 0:
      let c = 10 * 10 / (2 * Scalar.pi)  // 10(x₃ − 10θ), θ an angle in turns
      let θ = Scalar.atan2(y: b, x: a) / (2 * Scalar.pi)
      let turns = θ < -0.25 ? θ + 1 : θ
      J[0] = c * b / s
      J[1] = -c * a / s
      J[2] = 10
      H[0, 0] = -2 * c * a * b / (s * s)
      H[1, 1] = 2 * c * a * b / (s * s)
      H[0, 1] = c * (a * a - b * b) / (s * s)
      H[1, 0] = H[0, 1]
      return 10 * (x[2] - 10 * turns)
    case 1:
      J[0] = 10 * a / r
      J[1] = 10 * b / r
      H[0, 0] = 10 * b * b / (r * s)
      H[1, 1] = 10 * a * a / (r * s)
      H[0, 1] = -10 * a * b / (r * s)
      H[1, 0] = H[0, 1]
      return 10 * (r - 1)
    default:
      J[2] = 1
      return x[2]
    }
  }
}

/// A function of formulas for value, gradient and Hessian.
struct Formula<Scalar: LAPACKScalar>: TwiceDifferentiableObjective {
  var n: Int
  var value: (Vector<Scalar>) -> Scalar
  var gradient: (Vector<Scalar>, inout Vector<Scalar>) -> Void
  var second: (Vector<Scalar>, inout Matrix<Scalar>) -> Void

  var dimension: Int? { n }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    gradient(x, &g)
    return value(x)
  }

  func hessian(at x: Vector<Scalar>, into H: inout Matrix<Scalar>) {
    H.fill(with: 0)
    second(x, &H)
  }

  /// x² − y² + y⁴: a saddle at 0, minima at (0, ±1/√2).
  static var saddle: Formula {
    Formula(
      n: 2,
      value: { v in
        let square = v[1] * v[1]
        return v[0] * v[0] + square * (square - 1)
      },
      gradient: {
        $1[0] = 2 * $0[0]
        $1[1] = -2 * $0[1] + 4 * $0[1] * $0[1] * $0[1]
      },
      second: {
        $1[0, 0] = 2
        $1[1, 1] = -2 + 12 * $0[1] * $0[1]
      })
  }

  /// x³ − 3xy² + (x² + y²)²: at 0 three valleys meet and the Hessian vanishes.
  static var monkeySaddle: Formula {
    Formula(
      n: 2,
      value: { v in
        let (x, y) = (v[0], v[1])
        return x * (x * x - 3 * y * y) + (x * x + y * y) * (x * x + y * y)
      },
      gradient: { v, g in
        let (x, y) = (v[0], v[1])
        let s = x * x + y * y
        g[0] = 3 * x * x - 3 * y * y + 4 * x * s
        g[1] = -6 * x * y + 4 * y * s
      },
      second: { v, H in
        let (x, y) = (v[0], v[1])
        let s = x * x + y * y
        H[0, 0] = 6 * x + 4 * s + 8 * x * x
        H[1, 1] = -6 * x + 4 * s + 8 * y * y
        H[0, 1] = -6 * y + 8 * x * y
        H[1, 0] = H[0, 1]
      })
  }

  /// Σ i(xᵢ⁴ − xᵢ²) + a coupling: a maximum at 0 in every variable but the first, which curves up.
  static func manySaddles(_ n: Int) -> Formula {
    Formula(
      n: n,
      value: { x in
        var sum = x[0] * x[0]
        for i in 1..<n {
          let square = x[i] * x[i]
          sum += square * (square - 1)
        }
        return sum
      },
      gradient: { x, g in
        g[0] = 2 * x[0]
        for i in 1..<n { g[i] = 4 * x[i] * x[i] * x[i] - 2 * x[i] }
      },
      second: { x, H in
        H[0, 0] = 2
        for i in 1..<n { H[i, i] = 12 * x[i] * x[i] - 2 }
      })
  }
}
