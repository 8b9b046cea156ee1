import Secant

/// A problem that is measured: its answers, each charged and timed, whatever it can answer.
final class Subject<Scalar: LAPACKScalar> {
  /// What was asked.
  private(set) var ledger = Ledger()
  /// Of a sum.
  let termCount: Int?
  /// The domain's first-order measure of optimality.
  let stationarity: (Vector<Scalar>, Vector<Scalar>) -> Scalar
  /// A few steps of a quasi-Newton method from a start, which end at the criterion: where it came to, and what it was
  /// charged.
  private let walk: (Vector<Scalar>, Convergence<Scalar>, Int, Bool) -> Walked<Scalar>
  private let askValue: (Vector<Scalar>) throws -> Scalar
  private let askGradient: (Vector<Scalar>, Batch, inout Vector<Scalar>) throws -> Scalar
  private var askProduct: ((Vector<Scalar>, Vector<Scalar>, inout Vector<Scalar>) throws -> Void)?
  private let askHessian: ((Vector<Scalar>, inout Matrix<Scalar>) throws -> Void)?
  private let charge: (Evaluation, Batch) -> Ledger

  /// Where a product is asked for there are those by differences of gradients, too.
  var hasProducts: Bool { askProduct != nil }
  var hasHessian: Bool { askHessian != nil }

  /// A problem of which gradients alone are known.
  init<P: DifferentiableObjective>(gradientsOf problem: P, dimension n: Int)
  where P.Scalar == Scalar, P.Domain == WholeSpace {
    termCount = nil
    stationarity = { problem.stationarity(of: $0, at: $1) }
    walk = { steps(.lbfgs(), on: problem, from: $0, until: $1, most: $2, isDoubtful: $3) }
    askValue = { try problem.value(at: $0) }
    askGradient = { try problem.valueAndGradient(at: $0, into: &$2) }
    askHessian = nil
    charge = { evaluation, _ in problem.charge(for: evaluation, dimension: n) }
  }

  /// A problem with products.
  convenience init<P: HessianVectorObjective>(productsOf problem: P, dimension n: Int)
  where P.Scalar == Scalar, P.Domain == WholeSpace {
    self.init(gradientsOf: problem, dimension: n)
    askProduct = { try problem.hessian(times: $0, at: $1, into: &$2) }
  }

  /// A problem with everything, perhaps within bounds.
  init(_ problem: AnyProblem<Scalar>, within bounds: Bounds<Scalar>?, dimension n: Int) {
    termCount = problem.isSum ? problem.termCount : nil
    askValue = { try problem.value(at: $0) }
    askGradient = { try problem.restricted(to: $1).valueAndGradient(at: $0, into: &$2) }
    askProduct = { try problem.hessian(times: $0, at: $1, into: &$2) }
    askHessian = { try problem.hessian(at: $0, into: &$1) }
    charge = { problem.restricted(to: $1).charge(for: $0, dimension: n) }
    if let bounds {
      let bounded = problem.bounded(by: bounds)
      stationarity = { bounded.stationarity(of: $0, at: $1) }
      walk = { steps(.lbfgsb(), on: bounded, from: $0, until: $1, most: $2, isDoubtful: $3) }
    } else {
      stationarity = { problem.stationarity(of: $0, at: $1) }
      walk = { steps(.lbfgs(), on: problem, from: $0, until: $1, most: $2, isDoubtful: $3) }
    }
  }

  func value(at x: Vector<Scalar>) throws -> Scalar {
    ledger += charge(.value, .all)
    return try askValue(x)
  }

  func valueAndGradient(
    at x: Vector<Scalar>, of batch: Batch = .all, into gradient: inout Vector<Scalar>
  ) throws -> Scalar {
    ledger += charge(.gradient, batch)
    return try askGradient(x, batch, &gradient)
  }

  /// ∇²f v; where the problem has no products, by a difference of gradients, the one at x being known.
  func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, gradient: Vector<Scalar>,
    into product: inout Vector<Scalar>
  ) throws {
    if let askProduct {
      ledger += charge(.hessianVectorProduct, .all)
      return try askProduct(v, x, &product)
    }
    let length = v.norm
    guard length > 0 else { return product.fill(with: 0) }
    let h = Scalar.ulpOfOne.squareRoot() * (1 + x.norm) / length
    var y = x
    y.add(v, times: h)
    _ = try valueAndGradient(at: y, into: &product)
    product.add(gradient, times: -1)
    product.scale(by: 1 / h)
  }

  /// ∇²f, where there is one.
  func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) throws {
    ledger += charge(.hessian, .all)
    try askHessian?(x, &hessian)
  }

  /// A few steps of a quasi-Newton method.
  ///
  /// - Parameter isDoubtful: whether f may have no minimum, so that it is worth asking where the steps lead.
  func walk(
    from start: Vector<Scalar>, until convergence: Convergence<Scalar>, most: Int, isDoubtful: Bool
  ) -> Walked<Scalar> {
    let walked = walk(start, convergence, most, isDoubtful)
    ledger += walked.ledger + walked.monitoring
    return walked
  }
}

/// Where a method's first steps came to, and what they and the look at their end were charged.
struct Walked<Scalar: LAPACKScalar> {
  var point: Vector<Scalar>
  var ledger: Ledger
  var monitoring = Ledger()
  /// Whether f falls without end from there.
  var isUnbounded = false
}

/// A method's first steps, with a look at their end where that is in doubt.
private func steps<Method: Solver>(
  _ method: Method, on problem: Method.Problem, from start: Vector<Method.Problem.Scalar>,
  until convergence: Convergence<Method.Problem.Scalar>, most: Int, isDoubtful: Bool
) -> Walked<Method.Problem.Scalar> {
  var run = Run(
    problem, from: start, using: method, until: convergence, within: Budget(gradients: most))
  while run.next() != nil {}
  let isKnown = run.state.current.point.count == start.count
  var walked = Walked(point: isKnown ? run.state.current.point : start, ledger: run.oracle.ledger)
  if isDoubtful {
    let outcome = run.outcome()
    walked.monitoring = outcome.monitoring
    if case .unboundedBelow = outcome.status { walked.isUnbounded = true }
  }
  return walked
}
