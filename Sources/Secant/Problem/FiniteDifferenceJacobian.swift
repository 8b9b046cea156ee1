// Symbol ↔ name
//   hⱼ  step          step(of: j, at: x)
//   cₖ  coefficients  formula.coefficients

/// Residuals alone, given a Jacobian by central differences.
///
/// ∂r/∂xⱼ ≈ Σₖ cₖ (r(x + k hⱼeⱼ) − r(x − k hⱼeⱼ)) / 2k hⱼ, over as many k as the ``DifferenceFormula`` has, with a step hⱼ that
/// is relative to the parameter's own size: 1e-4 and 1e8 stand side by side. A parameter that is zero, or far smaller than
/// it matters, has no size of its own: there it is what `sizes` says, or 1 at zero.
///
/// ```swift
/// let decay = ResidualClosure<Double>(count: t.count) { b, r in
///   for i in t.indices { r[i] = b[0] * .exp(-b[1] * t[i]) - y[i] }
/// }
/// let outcome = minimize(FiniteDifferenceJacobian(decay), from: [1, 1], using: .levenbergMarquardt())
/// ```
///
/// - **Demands**: residuals that are smooth and have no noise beyond rounding.
/// - **Memory**: 2m + n, allocated in each evaluation.
/// - **Work per Jacobian**: 2pn + 1 vectors of residuals with p pairs of points, and so they stand in the ledger.
/// - **Guarantees**: exact up to rounding for residuals that are polynomials of degree 2p in each parameter; elsewhere
///   ``jacobianError``.
/// - **Reference**: Fornberg, *Math. Comp.* 51 (1988) 699–706, for the formulas; Dennis and Schnabel, *Numerical Methods for
///   Unconstrained Optimization*, section 5.4, for the steps.
public struct FiniteDifferenceJacobian<Base: ResidualFunction>: ResidualObjective {
  public typealias Scalar = Base.Scalar
  public typealias Failure = Base.Failure
  public typealias Domain = Base.Domain

  /// The residuals that are differenced.
  public var base: Base
  /// How many points a difference is made of.
  public var formula: DifferenceFormula
  /// The least size at which each parameter matters, or nil where each is of the size that it has.
  public var sizes: Vector<Scalar>?

  @inlinable public init(
    _ base: Base, by formula: DifferenceFormula = .fourPoint, sizes: Vector<Scalar>? = nil
  ) {
    self.base = base
    self.formula = formula
    self.sizes = sizes
  }

  @inlinable public var dimension: Int? { base.dimension ?? sizes?.count }
  @inlinable public var residualCount: Int { base.residualCount }
  @inlinable public var residualWeight: Scalar { base.residualWeight }
  @inlinable public var residualScale: Scalar { base.residualScale }
  @inlinable public var jacobianError: Scalar { formula.error() }

  @inlinable public func residuals(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>
  ) throws(Failure) { try base.residuals(at: x, into: &residuals) }

  @inlinable public func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure) {
    var y = x
    var after = Vector<Scalar>(zeros: residualCount)
    var before = after
    for j in x.indices {
      let h = step(of: j, at: x[j])
      for (k, c) in formula.coefficients.enumerated() {
        let right = x[j] + Scalar(k + 1) * h
        let left = x[j] - Scalar(k + 1) * h
        y[j] = right
        try base.residuals(at: y, into: &after)
        y[j] = left
        try base.residuals(at: y, into: &before)
        // Of the points that were really evaluated.
        let factor = Scalar(c) / (right - left)
        for i in 0..<jacobian.rows {
          jacobian[i, j] = (k == 0 ? 0 : jacobian[i, j]) + factor * (after[i] - before[i])
        }
      }
      y[j] = x[j]
    }
    try base.residuals(at: x, into: &residuals)
  }

  /// hⱼ.
  @inlinable func step(of j: Int, at xⱼ: Scalar) -> Scalar {
    let size = Swift.max(abs(xⱼ), sizes?[j] ?? 0)
    return formula.step() * (size > 0 ? size : 1)
  }

  @inlinable public func stationarity(of gradient: Vector<Scalar>, at point: Vector<Scalar>) -> Scalar {
    base.stationarity(of: gradient, at: point)
  }

  @inlinable public func project(_ point: inout Vector<Scalar>) { base.project(&point) }

  public var complaint: String? {
    if let j = sizes?.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      return "sizes[\(j)] is \(sizes![j]); give a finite number that is zero or more."
    }
    if let sizes, let dimension = base.dimension, sizes.count != dimension {
      return "sizes has \(sizes.count) elements and the problem \(dimension) variables; give \(dimension)."
    }
    return base.complaint
  }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    let residual = base.charge(for: .residual, dimension: dimension)
    return switch evaluation {
    case .jacobian, .gradient: (2 * formula.coefficients.count * dimension + 1) * residual
    case .value: residual
    default: base.charge(for: evaluation, dimension: dimension)
    }
  }
}

extension FiniteDifferenceJacobian: Sendable where Base: Sendable {}

/// How many points a central difference is made of.
public enum DifferenceFormula: String, Sendable, Codable, CaseIterable {
  /// Two points, an error of order h²: about two thirds of the digits.
  case twoPoint
  /// Four points, an error of order h⁴: about four fifths.
  case fourPoint

  /// The usual one: four points.
  @inlinable public static var differences: DifferenceFormula { .fourPoint }

  /// The weight of each pair of points, the nearest first.
  @inlinable var coefficients: [Double] {
    switch self {
    case .twoPoint: [1]
    case .fourPoint: [4 / 3, -1 / 3]
    }
  }

  /// The step for a parameter of size 1: about ε^{1/(2p+1)}, which balances truncation with rounding where the residuals
  /// bend on the parameter's own scale; a part of that with four points, for exponents and phases bend sooner.
  @inlinable func step<Scalar: LAPACKScalar>() -> Scalar {
    let isDouble = Scalar.ulpOfOne < 1e-10
    return switch self {
    case .twoPoint: isDouble ? 0x1p-17 : 0x1p-8
    case .fourPoint: isDouble ? 0x1p-12 : 0x1p-6
    }
  }

  /// What rounding makes of a derivative of size 1 at that step: ε/h.
  @inlinable func error<Scalar: LAPACKScalar>() -> Scalar { .ulpOfOne / step() }
}

/// Residuals of a closure: see ``FiniteDifferenceJacobian``, which solvers want around it.
public struct ResidualClosure<Scalar: LAPACKScalar>: ResidualFunction, Sendable {
  public let residualCount: Int
  @usableFromInline let body: @Sendable (Vector<Scalar>, inout Vector<Scalar>) -> Void

  /// - Parameters:
  ///   - count: m, the number of residuals.
  ///   - body: given x and a vector of m elements, writes r(x) into it.
  @inlinable public init(
    count: Int, _ body: @escaping @Sendable (Vector<Scalar>, inout Vector<Scalar>) -> Void
  ) {
    residualCount = count
    self.body = body
  }

  @inlinable public func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    body(x, &residuals)
  }
}
