/// What a run has spent, in every currency.
///
/// A fused evaluation of value and gradient counts as one gradient: the value comes with it.
public struct Ledger: Sendable, Equatable, Codable {
  /// Steps tried, the rejected ones included.
  public var iterations = 0
  /// Evaluations of the value alone.
  public var values = 0
  /// Evaluations of value and gradient together.
  public var gradients = 0
  /// Products of the Hessian with a vector.
  public var hessianVectorProducts = 0
  /// Evaluations of a dense Hessian.
  public var hessians = 0
  /// Evaluations of a vector of residuals.
  public var residuals = 0
  /// Evaluations of a Jacobian.
  public var jacobians = 0
  /// Matrix factorisations, those that fail included.
  public var factorisations = 0
  /// Floating-point operations of the factorisations.
  public var flops = 0.0
  /// Passes over the data: 1 for an evaluation of all terms of a sum, |B|/N for one on a batch.
  public var passes = 0.0
  /// Seconds on the wall, outside of what the driver and its observers do for themselves.
  public var seconds = 0.0

  @inlinable public init() {}

  /// One evaluation of the given kind and one pass over the data.
  @inlinable @inline(__always) public init(_ evaluation: Evaluation) {
    switch evaluation {
    case .value: values = 1
    case .gradient: gradients = 1
    case .hessianVectorProduct: hessianVectorProducts = 1
    case .hessian: hessians = 1
    case .residual: residuals = 1
    case .jacobian: jacobians = 1
    }
    passes = 1
  }

  /// What both have spent together.
  @inlinable @inline(__always) public static func + (a: Ledger, b: Ledger) -> Ledger {
    var sum = a
    sum += b
    return sum
  }

  /// Adds a charge. Inlined, so that of a charge in one currency only that one is added.
  @inlinable @inline(__always) public static func += (a: inout Ledger, b: Ledger) {
    a.iterations += b.iterations
    a.values += b.values
    a.gradients += b.gradients
    a.hessianVectorProducts += b.hessianVectorProducts
    a.hessians += b.hessians
    a.residuals += b.residuals
    a.jacobians += b.jacobians
    a.factorisations += b.factorisations
    a.flops += b.flops
    a.passes += b.passes
    a.seconds += b.seconds
  }

  /// The charge repeated `count` times.
  @inlinable public static func * (count: Int, charge: Ledger) -> Ledger {
    var product = charge
    product.iterations *= count
    product.values *= count
    product.gradients *= count
    product.hessianVectorProducts *= count
    product.hessians *= count
    product.residuals *= count
    product.jacobians *= count
    product.factorisations *= count
    product.flops *= Double(count)
    product.passes *= Double(count)
    product.seconds *= Double(count)
    return product
  }

  /// The amount spent in one currency.
  public subscript(currency: Currency) -> Double {
    switch currency {
    case .iterations: Double(iterations)
    case .values: Double(values)
    case .gradients: Double(gradients)
    case .hessianVectorProducts: Double(hessianVectorProducts)
    case .hessians: Double(hessians)
    case .residuals: Double(residuals)
    case .jacobians: Double(jacobians)
    case .factorisations: Double(factorisations)
    case .flops: flops
    case .passes: passes
    case .seconds: seconds
    }
  }
}

/// What a run is charged in: ``Ledger`` counts each of these and ``Budget`` limits it.
///
/// Flops are those of the factorisations, passes go over the data, seconds are on the wall; all others are counts.
public enum Currency: String, Sendable, Codable, CaseIterable {
  case iterations, values, gradients, hessianVectorProducts, hessians, residuals, jacobians
  case factorisations, flops, passes, seconds
}
