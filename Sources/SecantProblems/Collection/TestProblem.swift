public import Secant

/// A problem of the classical collections, with its start and its published minima: a sum of element functions, each
/// given with exact first and second derivatives.
///
/// ```swift
/// let outcome = minimize(.rosenbrock, from: TestProblem<Double>.rosenbrock.start, using: .newton())
/// ```
///
/// All problems are values of one type, so that a table of solvers × problems is two loops. The formulas are computed
/// in double precision; a problem in `Float` rounds its point up to them and their answers down.
///
/// - **Reference**: Moré, Garbow and Hillstrom, *ACM Trans. Math. Software* 7 (1981) 17–41, for those of that
///   collection; each problem names its own.
public struct TestProblem<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, Sendable {
  /// The customary name, such as "Rosenbrock".
  public let name: String
  /// Where it comes from: "MGH 1" is problem 1 of Moré, Garbow and Hillstrom.
  public let reference: String
  /// The standard start.
  public let start: Vector<Scalar>
  /// The published values of f at its minima, the global one first; empty where none is published.
  public let minima: [Double]
  /// The multiples of the start from which the literature starts as well: 1, and often 10 and 100.
  public let startFactors: [Double]

  /// The most first derivatives that an element has.
  let width: Int
  let elements: @Sendable (UnsafePointer<Double>, inout ElementSum) -> Void

  /// A problem from the description of its elements.
  ///
  /// - Parameters:
  ///   - name: the customary name.
  ///   - reference: where it comes from.
  ///   - start: the standard start: a number for each variable, and at least one.
  ///   - minima: the published values of f at its minima, the global one first.
  ///   - startFactors: the multiples of the start from which the literature starts as well.
  ///   - width: the most first derivatives that an element has, at least 0.
  ///   - elements: adds every element at a point to the sum.
  public init(
    _ name: String, _ reference: String, start: [Double], minima: [Double] = [], startFactors: [Double] = [1],
    width: Int = 24, elements: @escaping @Sendable (UnsafePointer<Double>, inout ElementSum) -> Void
  ) {
    precondition(!start.isEmpty, "\(name) has an empty start: give one number for each variable")
    precondition(width >= 0, "\(name) has a width of \(width): give the most derivatives that an element has")
    self.name = name
    self.reference = reference
    self.start = Vector(start.map { Scalar($0) })
    self.minima = minima
    self.startFactors = startFactors
    self.width = width
    self.elements = elements
  }

  /// The same function with what is given in place of its own; under another name that is its reference too.
  func changed(name: String? = nil, start: [Double]? = nil, minima: [Double]? = nil) -> TestProblem {
    TestProblem(
      name ?? self.name, name ?? reference, start: start ?? self.start.map { Double($0) },
      minima: minima ?? self.minima, width: width, elements: elements)
  }

  public var dimension: Int? { start.count }

  /// A multiple of the standard start; of a start at the origin, the point whose elements all are the factor.
  public func start(times factor: Double) -> Vector<Scalar> {
    if factor == 1 { return start }
    let isOrigin = start.allSatisfy { $0 == 0 }
    return Vector(start.map { isOrigin ? Scalar(factor) : Scalar(factor) * $0 })
  }

  public func value(at x: Vector<Scalar>) -> Scalar {
    check(x)
    return Double.withDoubles(x) { Scalar(sum($0, to: .value).value) }
  }

  public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    check(x)
    return Double.withDoubles(x) { x in
      Double.withDoubles(writingTo: &gradient) { g in Scalar(sum(x, to: .gradient(g)).value) }
    }
  }

  public func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    check(x)
    Double.withDoubles(x) { x in
      Double.withDoubles(v) { v in
        Double.withDoubles(writingTo: &product) { _ = sum(x, to: .product(with: v, $0)) }
      }
    }
  }

  public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    check(x)
    Double.withDoubles(x) { x in
      Double.withDoubles(writingTo: &hessian) {
        _ = sum(x, to: .hessian($0, rows: start.count))
      }
    }
  }

  /// The elements read the point through a pointer, which knows no end.
  private func check(_ x: Vector<Scalar>) {
    precondition(
      x.count == start.count, "\(name) has \(start.count) variables and was given \(x.count) numbers")
  }

  func sum(_ x: UnsafePointer<Double>, to target: ElementSum.Target) -> ElementSum {
    withUnsafeTemporaryAllocation(of: ElementSum.Derivatives.First.self, capacity: width) { first in
      var sum = ElementSum(ElementSum.Derivatives(target: target, first: first))
      elements(x, &sum)
      return sum
    }
  }
}

extension TestProblem: CustomStringConvertible {
  public var description: String { "\(name), n = \(start.count)" }
}

/// The residuals of a test problem that is a sum of squares, for methods that want them: f = ‖r‖².
public struct TestProblemOfSquares<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, ResidualObjective,
  Sendable
{
  public let problem: TestProblem<Scalar>
  public let residualCount: Int

  /// nil where an element of the problem is no square, which is told at its start: f has to be a number there.
  public init?(_ problem: TestProblem<Scalar>) {
    precondition(
      !problem.value(at: problem.start).isNaN,
      "\(problem.name) is not a number at its start \(problem.start): give a start where it is one")
    self.problem = problem
    let values = Double.withDoubles(problem.start) { x in
      let sum = problem.sum(x, to: .value)
      var squares = 0.0
      let r = [Double](unsafeUninitializedCapacity: sum.count) { r, count in
        r.initialize(repeating: .nan)
        _ = problem.sum(x, to: .residuals(r.baseAddress!))
        count = sum.count
      }
      for ρ in r { squares += ρ * ρ }
      return (sum.value, squares, sum.count)
    }
    guard values.0 == values.1 else { return nil }
    residualCount = values.2
  }

  public var dimension: Int? { problem.dimension }
  public var residualWeight: Scalar { 1 }

  public func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    problem.hessian(times: v, at: x, into: &product)
  }

  public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    problem.hessian(at: x, into: &hessian)
  }

  public func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    Double.withDoubles(x) { x in
      Double.withDoubles(writingTo: &residuals) { _ = problem.sum(x, to: .residuals($0)) }
    }
  }

  public func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    Double.withDoubles(x) { x in
      Double.withDoubles(writingTo: &residuals) { r in
        Double.withDoubles(writingTo: &jacobian) { J in
          _ = problem.sum(x, to: .jacobian(r, J, rows: residualCount))
        }
      }
    }
  }
}

extension Double {
  /// The elements as double precision: themselves, or a copy on the stack where it is small.
  @inline(__always) static func withDoubles<S: LAPACKScalar, Result>(
    _ x: Vector<S>, _ body: (UnsafePointer<Double>) -> Result
  ) -> Result {
    x.withUnsafeBufferPointer { x in
      if S.self == Double.self {
        return body(UnsafeRawPointer(x.baseAddress!).assumingMemoryBound(to: Double.self))
      }
      return withUnsafeTemporaryAllocation(of: Double.self, capacity: x.count) { copy in
        for i in x.indices { copy[i] = Double(x[i]) }
        return body(copy.baseAddress!)
      }
    }
  }

  /// Zeros to add to, which then are what the vector holds.
  @inline(__always) static func withDoubles<S: LAPACKScalar, Result>(
    writingTo x: inout Vector<S>, _ body: (UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    x.withUnsafeMutableBufferPointer { withDoubles(writingTo: $0, body) }
  }

  @inline(__always) static func withDoubles<S: LAPACKScalar, Result>(
    writingTo x: inout Matrix<S>, _ body: (UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    x.withUnsafeMutableBufferPointer { withDoubles(writingTo: $0, body) }
  }

  @inline(__always) private static func withDoubles<S: LAPACKScalar, Result>(
    writingTo x: UnsafeMutableBufferPointer<S>, _ body: (UnsafeMutablePointer<Double>) -> Result
  ) -> Result {
    if S.self == Double.self {
      let doubles = UnsafeMutableRawPointer(x.baseAddress!).assumingMemoryBound(to: Double.self)
      doubles.update(repeating: 0, count: x.count)
      return body(doubles)
    }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: x.count) { copy in
      copy.initialize(repeating: 0)
      let result = body(copy.baseAddress!)
      for i in x.indices { x[i] = S(copy[i]) }
      return result
    }
  }
}
