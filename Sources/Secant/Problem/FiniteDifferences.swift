// Symbol ↔ name
//   ε  machine precision  Scalar.ulpOfOne
//   h  step               centralStep(at:), centralStep(at:along:)

/// A function of values alone, given a gradient by central differences.
///
/// ∂f/∂xᵢ ≈ (f(x + hᵢeᵢ) − f(x − hᵢeᵢ)) / 2hᵢ with hᵢ = ε^{1/3} max(1, |xᵢ|), which balances the truncation
/// h²f‴/6 with the rounding ε|f|/h and leaves about two thirds of the digits.
///
/// - **Demands**: values that are smooth and have no noise beyond rounding.
/// - **Memory**: one vector, allocated in each evaluation.
/// - **Work per evaluation**: 2n + 1 values, and so they stand in the ledger.
/// - **Guarantees**: exact up to rounding on quadratics; elsewhere about two thirds of the digits.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd edition, section 8.1.
public struct FiniteDifferenceGradient<Base: Objective>: DifferentiableObjective {
  public typealias Scalar = Base.Scalar
  public typealias Failure = Base.Failure
  public typealias Domain = Base.Domain

  /// The function that is differenced.
  public var base: Base

  @inlinable public init(_ base: Base) { self.base = base }

  @inlinable public var dimension: Int? { base.dimension }

  @inlinable public func value(at x: Vector<Scalar>) throws(Failure) -> Scalar { try base.value(at: x) }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar {
    var y = x
    for i in x.indices {
      let h = centralStep(at: x[i])
      let (right, left) = (x[i] + h, x[i] - h)
      y[i] = right
      let after = try base.value(at: y)
      y[i] = left
      let before = try base.value(at: y)
      y[i] = x[i]
      gradient[i] = (after - before) / (right - left)
    }
    return try base.value(at: x)
  }

  @inlinable public func stationarity(of gradient: Vector<Scalar>, at point: Vector<Scalar>) -> Scalar {
    base.stationarity(of: gradient, at: point)
  }

  @inlinable public func project(_ point: inout Vector<Scalar>) { base.project(&point) }

  @inlinable public var complaint: String? { base.complaint }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    guard evaluation == .gradient else { return base.charge(for: evaluation, dimension: dimension) }
    return (2 * dimension + 1) * base.charge(for: .value, dimension: dimension)
  }
}

/// A function with a gradient, given a Hessian by central differences of gradients.
///
/// ∇²f(x) v ≈ (∇f(x + hv) − ∇f(x − hv)) / 2h, where h moves no coordinate by more than ε^{1/3} max(1, |xᵢ|) and
/// some coordinate by about that much. The dense matrix is made column by column and symmetrised.
///
/// - **Demands**: gradients that are smooth and have no noise beyond rounding. Over a ``FiniteDifferenceGradient``
///   it works with a third of the digits and O(n) gradients of O(n) values.
/// - **Memory**: three vectors, allocated in each evaluation.
/// - **Work per evaluation**: 2 gradients for a product, 2n for a matrix, and so they stand in the ledger.
/// - **Guarantees**: a symmetric matrix; about two thirds of the digits. A certificate holds the least curvature against
///   the one that differences twice as wide show, so that no error of theirs passes for a minimum.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd edition, section 8.1.
public struct FiniteDifferenceHessian<Base: DifferentiableObjective>: TwiceDifferentiableObjective {
  public typealias Scalar = Base.Scalar
  public typealias Failure = Base.Failure
  public typealias Domain = Base.Domain

  /// The function whose gradients are differenced.
  public var base: Base
  /// How many times wider than usual the differences are.
  @usableFromInline var width: Scalar = 1

  @inlinable public init(_ base: Base) { self.base = base }

  @inlinable public var dimension: Int? { base.dimension }

  @inlinable public func value(at x: Vector<Scalar>) throws(Failure) -> Scalar { try base.value(at: x) }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar { try base.valueAndGradient(at: x, into: &gradient) }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws(Failure) {
    let h = width * centralStep(at: x, along: v)
    guard h < .infinity else { return product.fill(with: 0) }
    var y = Vector<Scalar>(zeros: x.count)
    var before = Vector<Scalar>(zeros: x.count)
    y.set(x, plus: -h, times: v)
    _ = try base.valueAndGradient(at: y, into: &before)
    y.set(x, plus: h, times: v)
    _ = try base.valueAndGradient(at: y, into: &product)
    product.add(before, times: -1)
    product.scale(by: 1 / (2 * h))
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) throws(Failure) {
    var y = x
    var before = Vector<Scalar>(zeros: x.count)
    var after = Vector<Scalar>(zeros: x.count)
    for j in x.indices {
      let h = width * centralStep(at: x[j])
      let (right, left) = (x[j] + h, x[j] - h)
      y[j] = right
      _ = try base.valueAndGradient(at: y, into: &after)
      y[j] = left
      _ = try base.valueAndGradient(at: y, into: &before)
      y[j] = x[j]
      for i in x.indices { hessian[i, j] = (after[i] - before[i]) / (right - left) }
    }
    for j in x.indices {
      for i in 0..<j {
        let mean = (hessian[i, j] + hessian[j, i]) / 2
        hessian[i, j] = mean
        hessian[j, i] = mean
      }
    }
  }

  @inlinable public func stationarity(of gradient: Vector<Scalar>, at point: Vector<Scalar>) -> Scalar {
    base.stationarity(of: gradient, at: point)
  }

  @inlinable public func project(_ point: inout Vector<Scalar>) { base.project(&point) }

  @inlinable public var complaint: String? { base.complaint }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    switch evaluation {
    case .hessianVectorProduct: 2 * base.charge(for: .gradient, dimension: dimension)
    case .hessian: 2 * dimension * base.charge(for: .gradient, dimension: dimension)
    default: base.charge(for: evaluation, dimension: dimension)
    }
  }
}

// MARK: - Their error

/// A Hessian that is made of differences, and so has an error that it does not show.
protocol DifferencedHessian<Scalar>: HessianVectorObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// The same problem with differences twice as wide, whose error is about four times as large.
  var widened: Self { get }
}

extension FiniteDifferenceHessian: DifferencedHessian {
  var widened: Self {
    var wide = self
    wide.width *= 2
    return wide
  }
}

extension Bounded: DifferencedHessian where Base: DifferencedHessian {
  var widened: Self { Bounded(base.widened, by: bounds) }
}

// MARK: - What the base has besides is kept

extension FiniteDifferenceGradient: FiniteSumObjective where Base: FiniteSumObjective {
  @inlinable public var termCount: Int { base.termCount }
  @inlinable public var batch: Batch {
    get { base.batch }
    set { base.batch = newValue }
  }
}

extension FiniteDifferenceHessian: FiniteSumObjective where Base: FiniteSumObjective {
  @inlinable public var termCount: Int { base.termCount }
  @inlinable public var batch: Batch {
    get { base.batch }
    set { base.batch = newValue }
  }
}

extension FiniteDifferenceGradient: BlockStructured where Base: BlockStructured {
  @inlinable public var layout: Layout { base.layout }
}

extension FiniteDifferenceHessian: BlockStructured where Base: BlockStructured {
  @inlinable public var layout: Layout { base.layout }
}

extension FiniteDifferenceGradient: Sendable where Base: Sendable {}
extension FiniteDifferenceHessian: Sendable where Base: Sendable {}

// MARK: - Steps

extension LAPACKScalar {
  /// ε^{1/3}, to the next power of two: 2⁻¹⁷ in double precision, 2⁻⁸ in single.
  @inlinable static var centralDifference: Self { ulpOfOne < 1e-10 ? 0x1p-17 : 0x1p-8 }
}

/// The step of a central difference in a coordinate that stands at `x`: ε^{1/3} max(1, |x|).
@inlinable func centralStep<Scalar: LAPACKScalar>(at x: Scalar) -> Scalar {
  .centralDifference * Swift.max(1, abs(x))
}

/// The multiple of v that moves some coordinate by its own step and none by more, rounded down to a power of two
/// so that the product h·v is exact; infinite when v is zero.
@inlinable func centralStep<Scalar: LAPACKScalar>(at x: Vector<Scalar>, along v: Vector<Scalar>) -> Scalar {
  var largest: Scalar = 0
  for i in v.indices { largest = Swift.max(largest, abs(v[i]) / Swift.max(1, abs(x[i]))) }
  guard largest > 0 else { return .infinity }
  let h = Scalar.centralDifference / largest
  return h.isNormal ? h.binade : h
}
