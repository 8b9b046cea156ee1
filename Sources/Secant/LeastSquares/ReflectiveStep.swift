/// The step of ``TrustRegionReflective``: the linear model in Coleman and Li's units, and where it is lowest within the box
/// along three paths.
///
/// With q = d⁻¹p the model is ψ(q) = ½‖Rdq + z‖² + ½‖Eq‖², R and z being what J and r come to by the QR factors. All is
/// measured in units of the columns and of ρ = ‖r‖, so that neither the variables' units nor the residuals' matter:
/// vᵢ = min(1, Dᵢ·the way to the bound that −gᵢ leads to/ρ), dᵢ = √vᵢ/Dᵢ, and Eᵢ² = |gᵢ|/(ρDᵢ) where vᵢ < 1, 0 elsewhere.
///
/// | paper | here |
/// | --- | --- |
/// | v, D | `v`, `d` |
/// | C = D diag(g) Jᵛ D | `E`², in the lower half of `A` |
/// | ŝ | `q` |
/// | θ | `θ` |
@usableFromInline struct ReflectiveStep<Scalar: LAPACKScalar>: Workspace {
  /// The model in the new units, and what solves it: A = (Rd; E), b = (z; 0).
  @usableFromInline var system: DampedLeastSquares<Scalar>
  private var A: Matrix<Scalar>
  private var b: Vector<Scalar>
  /// R and z.
  private var R: Matrix<Scalar>
  private var z: Vector<Scalar>
  private var d: Vector<Scalar>
  private var D: Vector<Scalar>
  /// ĝ = Aᵀb.
  private var g: Vector<Scalar>
  private var q: Vector<Scalar>
  private var reflected: Vector<Scalar>
  private var p: Vector<Scalar>
  private var norms: Vector<Scalar>
  private var ones: Vector<Scalar>
  private var Aq: Vector<Scalar>
  private var Ar: Vector<Scalar>
  private var Rp: Vector<Scalar>
  /// 1 − θ is the part of the way to a bound that a step leaves.
  private var θ: Scalar = 0

  @usableFromInline init(shape n: Int) {
    // Each has storage of its own, which no step has to make.
    func vector(_ count: Int) -> Vector<Scalar> { Vector(zeros: count) }
    system = DampedLeastSquares(shape: MatrixShape(rows: 2 * n, columns: n))
    (A, R) = (Matrix(zeros: 2 * n, n), Matrix(zeros: n, n))
    (b, Aq, Ar) = (vector(2 * n), vector(2 * n), vector(2 * n))
    (z, d, D, g, q) = (vector(n), vector(n), vector(n), vector(n), vector(n))
    (reflected, p, norms, Rp) = (vector(n), vector(n), vector(n), vector(n))
    ones = Vector(repeating: 1, count: n)
  }

  @usableFromInline var shape: Int { z.count }

  /// The flops of one ``setUp(_:at:gradient:within:leaving:)``, but for lower order.
  @usableFromInline static func flops(_ n: Int) -> Int {
    DampedLeastSquares<Scalar>.flops(rows: 2 * n, columns: n)
  }

  /// Sets up and factors the model at x, where Jᵀr = `gradient`·`weight`; whether that could be done.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func setUp(
    _ linearized: inout LinearizedResiduals<Scalar>, at x: Vector<Scalar>, gradient: Vector<Scalar>,
    times weight: Scalar, within bounds: Bounds<Scalar>, leaving rest: Scalar
  ) -> Bool {
    linearized.system.reduce(into: &R, &z)
    let (n, ρ) = (shape, linearized.residuals.norm)
    D.copy(linearized.scaling)
    b.fill(with: 0)
    A.fill(with: 0)
    var greatest: Scalar = 0
    for j in 0..<n {
      b[j] = z[j]
      let (slope, D) = (gradient[j] * weight, D[j])
      let isHeld = bounds.hold(j, at: x, gradient: gradient)
      let way = slope < 0 ? bounds.upper[j] - x[j] : slope > 0 ? x[j] - bounds.lower[j] : .infinity
      let v = isHeld ? 0 : Swift.min(1, way * D / ρ)
      let cosine = abs(slope) / (ρ * D)
      greatest = Swift.max(greatest, v * cosine)
      d[j] = v.squareRoot() / D
      for i in 0..<n { A[i, j] = R[i, j] * d[j] }
      if v > 0, v < 1 { A[n + j, j] = cosine.squareRoot() }
      norms[j] = A.norm(ofColumn: j)
    }
    θ = Swift.max(1 - rest, 1 - greatest)
    A.multiply(b, into: &g, transposed: true)
    return system.factor(A, columnNorms: norms, scaledBy: ones, against: b) == nil
  }

  /// Writes the best of three steps by what `system` was solved for into `step`; the length of the solution itself.
  ///
  /// The solution itself where it stays in the box. Otherwise the lowest of ψ on: the way along it, up to θ of the way to
  /// the first bound; what follows where it is reflected from there, within Δ; and the scaled gradient.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func choose(
    from x: Vector<Scalar>, within bounds: Bounds<Scalar>, _ radius: Scalar, into step: inout Vector<Scalar>
  ) -> Scalar {
    _ = system.copySolution(into: &q)
    p.set(q, multipliedBy: d)
    let length = q.norm
    let way = bounds.longestStep(from: x, along: p)
    if way >= 1 {
      step.copy(p)
      return length
    }
    let Δ = Swift.max(radius, length)

    // The reflected direction, and ψ along both.
    for i in q.indices { reflected[i] = room(i, p[i], x, bounds) <= way ? -q[i] : q[i] }
    A.multiply(q, into: &Aq)
    A.multiply(reflected, into: &Ar)
    let straight = Parabola(slope: g.dot(q), curvature: Aq.squaredNorm)
    let stop = θ * way
    let valueThere = straight.value(at: stop)
    p.set(reflected, multipliedBy: d)
    let (first, last) = reflection(from: x, after: way, within: bounds, Δ)
    var turned: (at: Scalar, value: Scalar) = (0, .infinity)
    if first <= last {
      let slope = g.dot(reflected) + way * Aq.dot(Ar)
      turned = Parabola(slope: slope, curvature: Ar.squaredNorm).least(from: first, to: last)
      turned.value += straight.value(at: way)
    }

    // The scaled gradient, in Ar from here on.
    let ĝ = g.norm
    A.multiply(g, into: &Ar)
    p.set(g, multipliedBy: d)
    p.negate()
    let wayDown = bounds.longestStep(from: x, along: p)
    let down = Parabola(slope: -ĝ * ĝ, curvature: Ar.squaredNorm)
      .least(from: 0, to: Swift.min(θ * wayDown, Δ / ĝ))

    if turned.value <= valueThere, turned.value <= down.value {
      q.scale(by: way, adding: reflected, times: turned.at)
    } else if valueThere <= down.value {
      q.scale(by: stop)
    } else {
      q.set(g, times: -down.at)
    }
    step.set(q, multipliedBy: d)
    return length
  }

  /// The multiple of a step of one variable that leads to its bound.
  private func room(_ i: Int, _ step: Scalar, _ x: Vector<Scalar>, _ bounds: Bounds<Scalar>) -> Scalar {
    if step == 0 { return .infinity }
    return ((step > 0 ? bounds.upper[i] : bounds.lower[i]) - x[i]) / step
  }

  /// Between which lengths the reflected direction, in `p`, may be followed from the bound that was met.
  private func reflection(
    from x: Vector<Scalar>, after way: Scalar, within bounds: Bounds<Scalar>, _ Δ: Scalar
  ) -> (first: Scalar, last: Scalar) {
    var toBound = Scalar.infinity
    for i in q.indices where p[i] != 0 {
      // What was met lies behind.
      let met = x[i] + way * d[i] * q[i]
      let room = ((p[i] > 0 ? bounds.upper[i] : bounds.lower[i]) - met) / p[i]
      toBound = Swift.min(toBound, Swift.max(room, 0))
    }
    // ‖way·q + t·reflected‖ = Δ.
    let (a, c) = (reflected.squaredNorm, way * way * q.squaredNorm - Δ * Δ)
    let half = way * q.dot(reflected)
    let toRadius = -c / (half + (half * half - a * c).squareRoot())
    let last = Swift.min(toBound, toRadius)
    guard last > 0 else { return (0, -1) }
    return ((1 - θ) * way / last, last == toBound ? θ * toBound : toRadius)
  }

  /// Puts the variables on a bound that the model's gradient at x + p holds there, if it is lower there.
  ///
  /// Held are those whose way to the bound is within σ of the one to the minimum along them, and no further than ‖Dp‖ = Δ.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func land(
    _ step: inout Vector<Scalar>, from x: Vector<Scalar>, within bounds: Bounds<Scalar>, _ radius: Scalar,
    σ: Scalar
  ) {
    if σ == 0 { return }
    let before = decrease(of: step)
    Rp.add(z)
    R.multiply(Rp, into: &g, transposed: true)
    p.copy(step)
    var hasLanded = false
    for i in p.indices where d[i] > 0 && g[i] != 0 {
      let toBound = (g[i] > 0 ? bounds.lower[i] : bounds.upper[i]) - x[i]
      let norm = R.norm(ofColumn: i)
      guard abs(toBound - p[i]) * norm * norm <= σ * abs(g[i]), abs(toBound) * D[i] <= radius else {
        continue
      }
      p[i] = toBound
      hasLanded = true
    }
    if hasLanded, decrease(of: p) >= before { step.copy(p) }
  }

  /// ‖r‖² − ‖r + Jp‖².
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline mutating func decrease(of step: Vector<Scalar>) -> Scalar {
    R.multiply(step, into: &Rp)
    return -(Rp.squaredNorm + 2 * Rp.dot(z))
  }

  /// ‖d⁻¹p‖.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline func length(of step: Vector<Scalar>) -> Scalar {
    var sum: Scalar = 0
    for i in step.indices where d[i] > 0 { sum += step[i] / d[i] * (step[i] / d[i]) }
    return sum.squareRoot()
  }
}

/// t·slope + ½t²·curvature, with a curvature that is not negative.
private struct Parabola<Scalar: LAPACKScalar> {
  let slope: Scalar
  let curvature: Scalar

  func value(at t: Scalar) -> Scalar { t * (slope + t * curvature / 2) }

  func least(from first: Scalar, to last: Scalar) -> (at: Scalar, value: Scalar) {
    let free = curvature > 0 ? -slope / curvature : slope < 0 ? .infinity : first
    let t = Swift.min(Swift.max(free, first), last)
    return (t, value(at: t))
  }
}
