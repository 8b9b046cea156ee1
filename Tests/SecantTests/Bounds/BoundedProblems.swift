import RealModule
import Secant
import Synchronization

/// A bounded problem made of formulas, that traps where it is asked for a point outside.
struct Boxed<Scalar: LAPACKScalar>: BoundedObjective, TwiceDifferentiableObjective, CustomStringConvertible {
  let name: String
  let bounds: Bounds<Scalar>
  let start: Vector<Scalar>
  /// The minimum as published, and where it is.
  let minimum: Scalar
  let minimizer: Vector<Scalar>
  let f: @Sendable (Vector<Scalar>) -> Scalar
  let g: @Sendable (Vector<Scalar>, inout Vector<Scalar>) -> Void
  let H: @Sendable (Vector<Scalar>, inout Matrix<Scalar>) -> Void

  var description: String { name }

  func check(_ x: Vector<Scalar>) {
    precondition(bounds.contains(x), "\(name) was asked for \(x), outside of its bounds")
  }

  func value(at x: Vector<Scalar>) -> Scalar {
    check(x)
    return f(x)
  }

  func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    check(x)
    g(x, &gradient)
    return f(x)
  }

  func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    check(x)
    hessian.fill(with: 0)
    H(x, &hessian)
  }

  func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    var dense = Matrix<Scalar>(zeros: x.count, x.count)
    hessian(at: x, into: &dense)
    dense.multiply(v, into: &product)
  }

  init(
    _ name: String, _ bounds: Bounds<Scalar>, from start: Vector<Scalar>, minimum: Scalar,
    at x: Vector<Scalar>,
    _ f: @escaping @Sendable (Vector<Scalar>) -> Scalar,
    _ g: @escaping @Sendable (Vector<Scalar>, inout Vector<Scalar>) -> Void,
    _ H: @escaping @Sendable (Vector<Scalar>, inout Matrix<Scalar>) -> Void
  ) {
    (self.name, self.bounds, self.start, self.minimum, minimizer) = (name, bounds, start, minimum, x)
    (self.f, self.g, self.H) = (f, g, H)
  }

  /// Rosenbrock's function of two variables within a box.
  init(
    _ name: String, valley bounds: Bounds<Scalar>, from start: Vector<Scalar>, minimum: Scalar,
    at x: Vector<Scalar>
  ) {
    self.init(
      name, bounds, from: start, minimum: minimum, at: x,
      { x in
        let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
        return a * a + 100 * b * b
      },
      { x, g in
        let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
        g[0] = -2 * a - 400 * x[0] * b
        g[1] = 200 * b
      },
      { x, H in
        H[0, 0] = 2 - 400 * (x[1] - 3 * x[0] * x[0])
        H[0, 1] = -400 * x[0]
        H[1, 0] = -400 * x[0]
        H[1, 1] = 200
      })
  }
}

/// Problems of Hock and Schittkowski (1981) with bounds alone, with their published solutions.
func hockSchittkowski<S: LAPACKScalar>() -> [Boxed<S>] {
  let none = S.infinity
  let hs1 = Boxed<S>(
    "HS1", valley: Bounds(lower: [-none, -1.5], upper: [none, none]), from: [-2, 1], minimum: 0, at: [1, 1])
  // HS2's published point is the better of two minima.
  let a = (S(598) / 1200).squareRoot()
  let angle: S = S.acos(1 / (400 * a * a * a)) / 3
  let x2 = 2 * a * S.cos(angle)
  let hs2 = Boxed<S>(
    "HS2", valley: Bounds(lower: [-none, 1.5], upper: [none, none]), from: [-2, 1], minimum: 0.0504261879,
    at: [x2, 1.5])
  let hs3 = Boxed<S>(
    "HS3", Bounds(lower: [-none, 0], upper: [none, none]), from: [10, 1], minimum: 0, at: [0, 0],
    { x in x[1] + 1e-5 * (x[1] - x[0]) * (x[1] - x[0]) },
    { x, g in
      g[0] = -2e-5 * (x[1] - x[0])
      g[1] = 1 + 2e-5 * (x[1] - x[0])
    },
    { _, H in
      H[0, 0] = 2e-5
      H[1, 1] = 2e-5
      H[0, 1] = -2e-5
      H[1, 0] = -2e-5
    })
  let hs4 = Boxed<S>(
    "HS4", Bounds(lower: [1, 0], upper: [none, none]), from: [1.125, 0.125], minimum: 8.0 / 3, at: [1, 0],
    { x in (x[0] + 1) * (x[0] + 1) * (x[0] + 1) / 3 + x[1] },
    { x, g in
      g[0] = (x[0] + 1) * (x[0] + 1)
      g[1] = 1
    },
    { x, H in H[0, 0] = 2 * (x[0] + 1) })
  let hs5 = Boxed<S>(
    "HS5", Bounds(lower: [-1.5, -3], upper: [4, 3]), from: [0, 0],
    minimum: -(S(3).squareRoot() / 2) - S.pi / 3, at: [0.5 - S.pi / 3, -0.5 - S.pi / 3],
    { x in S.sin(x[0] + x[1]) + (x[0] - x[1]) * (x[0] - x[1]) - 1.5 * x[0] + 2.5 * x[1] + 1 },
    { x, g in
      let c = S.cos(x[0] + x[1])
      g[0] = c + 2 * (x[0] - x[1]) - 1.5
      g[1] = c - 2 * (x[0] - x[1]) + 2.5
    },
    { x, H in
      let s = S.sin(x[0] + x[1])
      H[0, 0] = 2 - s
      H[1, 1] = 2 - s
      H[0, 1] = -2 - s
      H[1, 0] = -2 - s
    })
  let wood = Wood<S>()
  let hs38 = Boxed<S>(
    "HS38", Bounds(from: -10, to: 10, count: 4), from: [-3, -1, -3, -1], minimum: 0, at: [1, 1, 1, 1],
    { x in
      var g = Vector<S>(zeros: 4)
      return wood.valueAndGradient(at: x, into: &g)
    },
    { x, g in _ = wood.valueAndGradient(at: x, into: &g) },
    { x, H in wood.hessian(at: x, into: &H) })
  let hs45 = Boxed<S>(
    "HS45", Bounds(lower: [0, 0, 0, 0, 0], upper: [1, 2, 3, 4, 5]), from: [0.5, 1, 1.5, 2, 2.5], minimum: 1,
    at: [1, 2, 3, 4, 5],
    { x in 2 - x.reduce(1, *) / 120 },
    { x, g in
      for i in 0..<5 { g[i] = -(0..<5).reduce(S(1)) { $1 == i ? $0 : $0 * x[$1] } / 120 }
    },
    { x, H in
      for i in 0..<5 {
        for j in 0..<5 where i != j {
          H[i, j] = -(0..<5).reduce(S(1)) { $1 == i || $1 == j ? $0 : $0 * x[$1] } / 120
        }
      }
    })
  let hs110 = Boxed<S>(
    "HS110", Bounds(from: 2.001, to: 9.999, count: 10), from: Vector(repeating: 9, count: 10),
    minimum: -45.77846971, at: Vector(repeating: 9.350265833, count: 10),
    { x in
      let logs = x.reduce(S(0)) {
        let (p, q) = (S.log($1 - 2), S.log(10 - $1))
        return $0 + p * p + q * q
      }
      return logs - S.exp(x.reduce(S(0)) { $0 + S.log($1) } / 5)
    },
    { x, g in
      let product = S.exp(x.reduce(S(0)) { $0 + S.log($1) } / 5)
      for i in 0..<10 {
        g[i] = 2 * S.log(x[i] - 2) / (x[i] - 2) - 2 * S.log(10 - x[i]) / (10 - x[i]) - product / (5 * x[i])
      }
    },
    { x, H in
      let product = S.exp(x.reduce(S(0)) { $0 + S.log($1) } / 5)
      for i in 0..<10 {
        for j in 0..<10 { H[i, j] = -product / (25 * x[i] * x[j]) }
        let (p, q) = (x[i] - 2, 10 - x[i])
        H[i, i] += product / (5 * x[i] * x[i])
        H[i, i] += 2 * (1 - S.log(p)) / (p * p) + 2 * (1 - S.log(q)) / (q * q)
      }
    })
  return [hs1, hs2, hs3, hs4, hs5, hs38, hs45, hs110]
}

/// The elastic–plastic torsion of a square bar, by finite differences on n × n points (Moré and Toraldo 1991):
/// ½∫|∇u|² − c∫u with |u| at most the distance to the boundary.
struct Torsion<Scalar: LAPACKScalar>: BoundedObjective, HessianVectorObjective {
  let n: Int
  let force: Scalar
  let bounds: Bounds<Scalar>

  init(_ n: Int, force c: Scalar = 5) {
    self.n = n
    let h = 1 / Scalar(n + 1)
    force = c * h * h
    let distances = Vector(
      (0..<n * n).map { k in
        let (i, j) = (Scalar(k % n + 1) * h, Scalar(k / n + 1) * h)
        return Swift.min(i, 1 - i, j, 1 - j)
      })
    bounds = Bounds(lower: -distances, upper: distances)
  }

  var start: Vector<Scalar> { Vector(zeros: n * n) }

  /// The five-point Laplacian.
  func hessian(times v: Vector<Scalar>, at _: Vector<Scalar>, into product: inout Vector<Scalar>) {
    for j in 0..<n {
      for i in 0..<n {
        let k = i + n * j
        var sum = 4 * v[k]
        if i > 0 { sum -= v[k - 1] }
        if i < n - 1 { sum -= v[k + 1] }
        if j > 0 { sum -= v[k - n] }
        if j < n - 1 { sum -= v[k + n] }
        product[k] = sum
      }
    }
  }

  func valueAndGradient(at u: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    precondition(bounds.contains(u), "asked for a point outside of the bounds")
    hessian(times: u, at: u, into: &g)
    let value = g.dot(u) / 2 - force * u.sum
    for k in g.indices { g[k] -= force }
    return value
  }
}

/// A problem that traps where it is asked for a point outside of its bounds.
struct Guarded<Base: TwiceDifferentiableObjective>: BoundedObjective, TwiceDifferentiableObjective
where Base.Domain == WholeSpace, Base.Failure == Never {
  typealias Scalar = Base.Scalar
  let base: Base
  let bounds: Bounds<Scalar>

  init(_ base: Base, _ bounds: Bounds<Scalar>) {
    self.base = base
    self.bounds = bounds
  }

  func check(_ x: Vector<Scalar>) { precondition(bounds.contains(x), "\(x) lies outside of the bounds") }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    check(x)
    return base.valueAndGradient(at: x, into: &g)
  }

  func hessian(at x: Vector<Scalar>, into H: inout Matrix<Scalar>) {
    check(x)
    base.hessian(at: x, into: &H)
  }
}
