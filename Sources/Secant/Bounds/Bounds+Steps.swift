// The passes over a box that its solvers share.

extension Bounds {
  /// The greatest α ≥ 0 for which x + αd is in the box, infinite where no bound is ahead.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func longestStep(from x: Vector<Scalar>, along d: Vector<Scalar>) -> Scalar {
    precondition(
      x.count == count && d.count == count,
      "a box of \(count) variables was given a point of \(x.count) and a direction of \(d.count)")
    let n = count
    return x.withUnsafeBufferPointer { x in
      d.withUnsafeBufferPointer { d in
        lower.withUnsafeBufferPointer { l in
          upper.withUnsafeBufferPointer { u in
            var longest = Scalar.infinity
            for i in 0..<n where d[i] != 0 {
              let room = d[i] > 0 ? u[i] - x[i] : l[i] - x[i]
              longest = Swift.min(longest, room / d[i])
            }
            return Swift.max(longest, 0)
          }
        }
      }
    }
  }

  /// The α from which on P(x − αg) stands still; infinite where some variable never meets a bound.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline func farthestBreakpoint(from x: Vector<Scalar>, against g: Vector<Scalar>) -> Scalar {
    var farthest: Scalar = 0
    for i in x.indices where g[i] != 0 {
      farthest = Swift.max(farthest, (g[i] > 0 ? x[i] - lower[i] : x[i] - upper[i]) / g[i])
    }
    return farthest
  }

  /// y ← x + αd within the box.
  ///
  /// A variable that α brings to a bound within rounding is put on it: what is almost on a bound would be free, and its
  /// next step all but none.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline func move(
    _ y: inout Vector<Scalar>, from x: Vector<Scalar>, by α: Scalar, along d: Vector<Scalar>
  ) {
    let n = count
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        d.withUnsafeBufferPointer { d in
          lower.withUnsafeBufferPointer { l in
            upper.withUnsafeBufferPointer { u in
              for i in 0..<n {
                let step = α * d[i]
                let moved = x[i] + step
                let rounding = 2 * Scalar.ulpOfOne * (abs(x[i]) + abs(step))
                if step > 0, moved >= u[i] - rounding {
                  y[i] = u[i]
                } else if step < 0, moved <= l[i] + rounding {
                  y[i] = l[i]
                } else {
                  y[i] = moved
                }
              }
            }
          }
        }
      }
    }
  }

  /// d ← P(x − λg) − x.
  @usableFromInline func setProjectedStep(
    _ d: inout Vector<Scalar>, from x: Vector<Scalar>, by λ: Scalar, against g: Vector<Scalar>
  ) {
    d.set(x, plus: -λ, times: g)
    project(&d)
    d.add(x, times: -1)
  }

  /// Fills `mask` with 1 where x lies strictly within its bounds and 0 on them, and counts the ones.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @usableFromInline func markFree(_ mask: inout Vector<Scalar>, at x: Vector<Scalar>) -> Int {
    let n = count
    return mask.withUnsafeMutableBufferPointer { mask in
      x.withUnsafeBufferPointer { x in
        lower.withUnsafeBufferPointer { l in
          upper.withUnsafeBufferPointer { u in
            var free = 0
            for i in 0..<n {
              let isFree = x[i] > l[i] && x[i] < u[i]
              mask[i] = isFree ? 1 : 0
              free += isFree ? 1 : 0
            }
            return free
          }
        }
      }
    }
  }
}
