/// The most that a run may spend, in any of the ledger's currencies. A limit is hard: an evaluation that would
/// overrun it is not made, not even inside a line search.
///
/// ```swift
/// let budget = Budget(gradients: 500, seconds: 2)
/// ```
public struct Budget: Sendable, Equatable, Codable {
  /// Steps tried, the rejected ones included: 10,000 unless another limit is given.
  public var iterations: Int
  /// Evaluations of the value alone.
  public var values: Int
  /// Evaluations of value and gradient together.
  public var gradients: Int
  /// Products of the Hessian with a vector.
  public var hessianVectorProducts: Int
  /// Evaluations of a dense Hessian.
  public var hessians: Int
  /// Evaluations of a vector of residuals.
  public var residuals: Int
  /// Evaluations of a Jacobian.
  public var jacobians: Int
  /// Matrix factorisations.
  public var factorisations: Int
  /// Floating-point operations of the factorisations.
  public var flops: Double
  /// Passes over the data: a batch of |B| terms of N is |B|/N of one.
  public var passes: Double
  /// Seconds on the wall: no evaluation starts after them.
  public var seconds: Double

  @inlinable public init(
    iterations: Int = 10_000, values: Int = .max, gradients: Int = .max,
    hessianVectorProducts: Int = .max, hessians: Int = .max, residuals: Int = .max,
    jacobians: Int = .max, factorisations: Int = .max, flops: Double = .infinity,
    passes: Double = .infinity, seconds: Double = .infinity
  ) {
    self.iterations = iterations
    self.values = values
    self.gradients = gradients
    self.hessianVectorProducts = hessianVectorProducts
    self.hessians = hessians
    self.residuals = residuals
    self.jacobians = jacobians
    self.factorisations = factorisations
    self.flops = flops
    self.passes = passes
    self.seconds = seconds
  }

  /// No limit in any currency.
  public static let unlimited = Budget(iterations: .max)

  /// The first currency in which `spent` lies beyond the limit, or nil when all is within.
  @inlinable @inline(__always) public func exceeded(by spent: Ledger) -> Currency? {
    if spent.gradients > gradients { return .gradients }
    if spent.values > values { return .values }
    if spent.hessianVectorProducts > hessianVectorProducts { return .hessianVectorProducts }
    if spent.hessians > hessians { return .hessians }
    // Batches are added up as fractions, whose sum must not be caught by rounding.
    if spent.passes > passes * (1 + 1e-9) { return .passes }
    if spent.factorisations > factorisations { return .factorisations }
    if spent.flops > flops { return .flops }
    if spent.residuals > residuals { return .residuals }
    if spent.jacobians > jacobians { return .jacobians }
    if spent.iterations > iterations { return .iterations }
    if spent.seconds > seconds { return .seconds }
    return nil
  }

  /// A sentence about the first limit that makes no sense, or nil when all do.
  public var complaint: String? {
    // Nothing is negative or NaN: the usual case, without a table.
    if exceeded(by: Ledger()) == nil, flops >= 0, passes >= 0, seconds >= 0 { return nil }
    let counts = [
      ("iterations", iterations), ("values", values), ("gradients", gradients),
      ("hessianVectorProducts", hessianVectorProducts), ("hessians", hessians), ("residuals", residuals),
      ("jacobians", jacobians), ("factorisations", factorisations),
    ].filter { $0.1 < 0 }.map { ($0, "\($1)") }
    let amounts = [("flops", flops), ("passes", passes), ("seconds", seconds)].filter { !($0.1 >= 0) }
      .map { ($0, "\($1)") }
    return (counts + amounts).first.map { name, limit in
      "The budget's \(name) is \(limit); give a number that is zero or more."
    }
  }
}
