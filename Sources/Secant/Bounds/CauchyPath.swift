/// The inner part of L-BFGS-B: the generalised Cauchy point of the quasi-Newton model, and its minimiser over the
/// variables that are free there (the paper's algorithm CP and its direct primal method).
@usableFromInline struct CauchyPath<Scalar: LAPACKScalar>: Workspace {
  /// n × m.
  @usableFromInline let shape: MatrixShape
  /// xᶜ − x, then x̄ − x.
  var z: Vector<Scalar>
  var d: Vector<Scalar>
  /// r, then d̂.
  var r: Vector<Scalar>
  var free: Vector<Scalar>
  var breakpoints: Vector<Scalar>
  /// A heap of the variables whose bound is still ahead, the nearest first.
  var queue: [Int]
  var queued = 0
  var Wᵀd: Vector<Scalar>
  var Wᵀz: Vector<Scalar>
  var row: Vector<Scalar>
  var Mrow: Vector<Scalar>

  @usableFromInline init(shape: MatrixShape) {
    self.shape = shape
    let (n, m) = (shape.rows, shape.columns)
    z = Vector(zeros: n)
    d = Vector(zeros: n)
    r = Vector(zeros: n)
    free = Vector(zeros: n)
    breakpoints = Vector(zeros: n)
    queue = Array(repeating: 0, count: n)
    Wᵀd = Vector(zeros: 2 * m)
    Wᵀz = Vector(zeros: 2 * m)
    row = Vector(zeros: 2 * m)
    Mrow = Vector(zeros: 2 * m)
  }

  /// z ← xᶜ − x, the first local minimiser of m along P(x − tg); says whether every variable has two bounds.
  ///
  /// `least` is how far the first step shall lead, if the box lets it.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func findCauchyPoint(
    from x: Vector<Scalar>, gradient g: Vector<Scalar>, within bounds: Bounds<Scalar>,
    hessian: inout LimitedMemoryHessian<Scalar>, movingBy least: Scalar
  ) -> Bool {
    let n = x.count
    var isBoxed = true
    var moving = 0
    queued = 0
    for i in 0..<n {
      let (l, u) = (bounds.lower[i], bounds.upper[i])
      if !(l > -.infinity && u < .infinity) { isBoxed = false }
      let t = g[i] < 0 ? (x[i] - u) / g[i] : g[i] > 0 ? (x[i] - l) / g[i] : .infinity
      breakpoints[i] = t
      // A variable on the bound that −g leads to stays there.
      d[i] = t > 0 ? -g[i] : 0
      if d[i] != 0 {
        moving += 1
        if t < .infinity { enqueue(i) }
      }
    }
    z.fill(with: 0)
    let hasPairs = hessian.count > 0
    // Before there is a pair B is I, but where f is so small in its units that x would hardly move.
    let σ = hasPairs ? hessian.σ : Swift.min(1, d.norm / least)
    var slope = -d.squaredNorm
    var curvature = -σ * slope
    let firstCurvature = curvature
    if hasPairs {
      hessian.gather(d, into: &Wᵀd)
      Mrow.copy(Wᵀd)
      hessian.solveMiddle(&Mrow)
      curvature -= Wᵀd.dot(Mrow)
      Wᵀz.fill(with: 0)
    }
    var reached: Scalar = 0
    while moving > 0 {
      let ahead = -slope / Swift.max(curvature, Scalar.ulpOfOne * firstCurvature)
      let next = queued > 0 ? breakpoints[queue[0]] : .infinity
      let stride = next - reached
      if queued == 0 || !(ahead >= stride) {
        if ahead > 0, ahead.isFinite { reached += ahead }
        break
      }
      let b = dequeue()
      moving -= 1
      reached = next
      let g_b = g[b]
      z[b] = (d[b] > 0 ? bounds.upper[b] : bounds.lower[b]) - x[b]
      slope += stride * curvature + g_b * g_b + σ * g_b * z[b]
      curvature -= σ * g_b * g_b
      if hasPairs {
        Wᵀz.add(Wᵀd, times: stride)
        hessian.row(b, into: &row)
        Mrow.copy(row)
        hessian.solveMiddle(&Mrow)
        slope -= g_b * Mrow.dot(Wᵀz)
        curvature -= 2 * g_b * Mrow.dot(Wᵀd) + g_b * g_b * Mrow.dot(row)
        Wᵀd.add(row, times: g_b)
      }
      d[b] = 0
    }
    if moving > 0 { z.add(d, times: reached) }
    return isBoxed
  }

  /// z ← x̄ − x, where x̄ is the minimiser of m from xᶜ over the variables free there, brought back into the box.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func minimizeOverFree(
    from x: Vector<Scalar>, gradient g: Vector<Scalar>, within bounds: Bounds<Scalar>,
    hessian: inout LimitedMemoryHessian<Scalar>
  ) {
    // `breakpoints` has served: it holds xᶜ from here on, and `d` the step to x̄.
    bounds.move(&breakpoints, from: x, by: 1, along: z)
    z.set(breakpoints, minus: x)
    let freeCount = bounds.markFree(&free, at: breakpoints)
    guard hessian.count > 0, freeCount > 0 else { return }
    hessian.multiply(z, into: &d)
    d.add(g)
    guard hessian.solve(&r, against: d, over: free) else { return }
    d.set(breakpoints, plus: 1, times: r)
    bounds.project(&d)
    d.add(x, times: -1)
    if d.dot(g) < 0 {
      z.copy(d)
    } else {
      let α = Swift.min(1, bounds.longestStep(from: breakpoints, along: r))
      z.add(r, times: α)
    }
  }

  // MARK: The heap

  private mutating func enqueue(_ i: Int) {
    var child = queued
    queued += 1
    while child > 0 {
      let parent = (child - 1) / 2
      if breakpoints[queue[parent]] <= breakpoints[i] { break }
      queue[child] = queue[parent]
      child = parent
    }
    queue[child] = i
  }

  private mutating func dequeue() -> Int {
    let first = queue[0]
    queued -= 1
    let last = queue[queued]
    var parent = 0
    while true {
      var child = 2 * parent + 1
      if child >= queued { break }
      if child + 1 < queued, breakpoints[queue[child + 1]] < breakpoints[queue[child]] { child += 1 }
      if breakpoints[last] <= breakpoints[queue[child]] { break }
      queue[parent] = queue[child]
      parent = child
    }
    queue[parent] = last
    return first
  }
}
