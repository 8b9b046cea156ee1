/// A box: lᵢ ≤ xᵢ ≤ uᵢ, where a bound may be infinite and equal ones fix their variable.
///
/// ```swift
/// let positive = Bounds<Double>(from: 0, count: 3)
/// let box: Bounds<Double> = Bounds(lower: [0, -.infinity], upper: [1, 5])
/// ```
public struct Bounds<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// l, with −∞ where there is none.
  public var lower: Vector<Scalar>
  /// u, with +∞ where there is none.
  public var upper: Vector<Scalar>

  /// - Parameters:
  ///   - lower: l, with −∞ where there is none.
  ///   - upper: u, with +∞ where there is none.
  @inlinable public init(lower: Vector<Scalar>, upper: Vector<Scalar>) {
    self.lower = lower
    self.upper = upper
  }

  /// The same bounds for every one of `count` variables; by default none.
  @inlinable public init(from lower: Scalar = -.infinity, to upper: Scalar = .infinity, count: Int) {
    self.init(
      lower: Vector(repeating: lower, count: count), upper: Vector(repeating: upper, count: count))
  }

  /// The number of variables.
  @inlinable public var count: Int { lower.count }

  /// A sentence about the first bound that makes no sense, or nil when all do.
  public var complaint: String? {
    if lower.count != upper.count {
      return "There are \(lower.count) lower bounds and \(upper.count) upper ones; give as many."
    }
    for i in lower.indices {
      let (l, u) = (lower[i], upper[i])
      if l.isNaN || u.isNaN {
        return "The bounds of variable \(i) are \(l) and \(u); give numbers, or ∓infinity for none."
      }
      if l == .infinity || u == -.infinity {
        return
          "The bounds of variable \(i) are \(l) and \(u), which no number is between; no bound is -infinity below and infinity above."
      }
      if l > u { return "The bounds of variable \(i) cross: \(l) is above \(u); exchange them." }
    }
    return nil
  }

  /// Whether a point lies in the box; false for one that is not a number.
  @inlinable public func contains(_ x: Vector<Scalar>) -> Bool {
    x.count == count && x.indices.allSatisfy { x[$0] >= lower[$0] && x[$0] <= upper[$0] }
  }

  /// x ← P(x), the nearest point of the box; what is not a number stays so.
  @inlinable public func project(_ x: inout Vector<Scalar>) {
    // What is inside is left alone, and not even copied.
    if !contains(x) { x.clamp(from: lower, to: upper) }
  }

  /// ‖∇_Ω f‖∞: the largest |gᵢ| of the variables that −gᵢ may still move, zero exactly where x satisfies the first-order
  /// conditions of the box; infinite outside of it.
  ///
  /// It is the projection of −g on the directions that lead into the box. A variable beside a bound counts in full, for
  /// what is close is a matter of its units: ‖P(x − g) − x‖∞, the smaller of |gᵢ| and the way to the bound, is blind to
  /// every variable whose box is narrower than the tolerance. A gradient that is not finite makes the measure so.
  ///
  /// - **Reference**: Calamai and Moré, *Math. Programming* 39 (1987) 93–116.
  @inlinable public func stationarity(of g: Vector<Scalar>, at x: Vector<Scalar>) -> Scalar {
    precondition(
      g.count == count && x.count == count,
      "a box of \(count) variables was given a point of \(x.count) and a gradient of \(g.count) elements")
    let n = count
    return g.withUnsafeBufferPointer { g in
      x.withUnsafeBufferPointer { x in
        lower.withUnsafeBufferPointer { l in
          upper.withUnsafeBufferPointer { u in
            var largest: Scalar = 0
            for i in 0..<n {
              let isInside = x[i] >= l[i] && x[i] <= u[i]
              let isHeld = g[i] > 0 ? x[i] == l[i] : x[i] == u[i]
              // A bound does not hold back what is no finite number.
              let part = isInside ? isHeld && abs(g[i]) < .infinity ? 0 : abs(g[i]) : .infinity
              // Written so that NaN comes in and stays.
              if !(part <= largest) { largest = largest.isNaN ? largest : part }
            }
            return largest
          }
        }
      }
    }
  }

  /// ‖P(x − g) − x‖∞, how far a step of steepest descent leads.
  @usableFromInline func lengthOfProjectedStep(against g: Vector<Scalar>, from x: Vector<Scalar>) -> Scalar {
    var longest: Scalar = 0
    for i in x.indices {
      longest = Swift.max(longest, Swift.min(abs(g[i]), g[i] > 0 ? x[i] - lower[i] : upper[i] - x[i]))
    }
    return longest
  }
}

extension Bounds {
  private enum CodingKeys: CodingKey { case lower, upper }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      lower: try container.decode(Vector<Scalar>.self, forKey: .lower),
      upper: try container.decode(Vector<Scalar>.self, forKey: .upper))
    if let complaint {
      throw DecodingError.dataCorruptedError(forKey: .lower, in: container, debugDescription: complaint)
    }
  }
}

/// A bound that an answer lies on, and what it holds back.
public struct ActiveBound<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// Which bound.
  public enum Side: String, Sendable, Codable {
    /// xᵢ = lᵢ.
    case lower
    /// xᵢ = uᵢ.
    case upper
    /// lᵢ = uᵢ.
    case both
  }

  /// i, the variable.
  public let variable: Int
  /// Which bound.
  public let side: Side
  /// ∂f/∂xᵢ, the bound's Lagrange multiplier: at a minimum not negative at a lower bound and not positive at an upper
  /// one. Moving the bound by δ changes the minimum by about `multiplier`·δ.
  public let multiplier: Scalar

  @usableFromInline init(variable: Int, side: Side, multiplier: Scalar) {
    self.variable = variable
    self.side = side
    self.multiplier = multiplier
  }
}

extension Bounds {
  /// Whether x cannot be moved along variable i without leaving the box or raising f to first order.
  @inlinable func hold(_ i: Int, at x: Vector<Scalar>, gradient g: Vector<Scalar>) -> Bool {
    guard abs(g[i]) < .infinity else { return false }
    return lower[i] == upper[i] || (g[i] > 0 && x[i] <= lower[i]) || (g[i] < 0 && x[i] >= upper[i])
  }
}
