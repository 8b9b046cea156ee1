public import SecantLinearAlgebra

/// A function of many variables written once, over any numbers.
///
/// ```swift
/// struct Rosenbrock: DifferentiableFunction {
///   func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
///     pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2)
///   }
/// }
///
/// let outcome = minimize(Differentiated(Rosenbrock()), from: [-1.2, 1], using: .exactTrustRegion())
/// ```
///
/// The function has to be pure: its result depends on x and on what the value itself stores, on nothing else.
public protocol DifferentiableFunction<Scalar> {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar & DifferentiableNumber = Double where Scalar.Scalar == Scalar

  /// The number of variables, or nil when any number will do. A point of another count is refused.
  var dimension: Int? { get }

  /// f(x).
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar

  // What the package calls: in the module of a concrete function these are compiled for it, with every operation in
  // line, and not looked up for each number. They are never written by hand.
  func _plain(_ x: [Scalar]) -> Scalar
  func _taped(_ x: [Variable<Scalar>]) -> Variable<Scalar>
  func _dual(_ x: [Dual<Scalar>]) -> Dual<Scalar>
  func _hyperDual(_ x: [HyperDual<Scalar>]) -> HyperDual<Scalar>
}

extension DifferentiableFunction {
  @inlinable public var dimension: Int? { nil }

  @inlinable public func _plain(_ x: [Scalar]) -> Scalar { self(x) }
  @inlinable public func _taped(_ x: [Variable<Scalar>]) -> Variable<Scalar> { self(x) }
  @inlinable public func _dual(_ x: [Dual<Scalar>]) -> Dual<Scalar> { self(x) }
  @inlinable public func _hyperDual(_ x: [HyperDual<Scalar>]) -> HyperDual<Scalar> { self(x) }
}

/// Refuses a point that has not as many elements as a function says that it has variables.
@inlinable func check<Scalar>(_ x: Vector<Scalar>, against dimension: Int?) {
  guard let dimension else { return }
  precondition(
    x.count == dimension,
    "a point of \(x.count) elements for a function whose `dimension` is \(dimension): give \(dimension), or correct `dimension`"
  )
}

/// Many functions of the same variables written once, over any numbers: residuals, or constraints.
///
/// ```swift
/// struct Decay: DifferentiableResiduals {
///   let t: [Double], y: [Double]
///   var residualCount: Int { t.count }
///   func callAsFunction<Number: DifferentiableNumber>(_ b: [Number]) -> [Number] where Number.Scalar == Double {
///     zip(t, y).map { t, y in b[0] * exp(-b[1] * Number(t)) - Number(y) }
///   }
/// }
/// ```
public protocol DifferentiableResiduals<Scalar> {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar & DifferentiableNumber = Double where Scalar.Scalar == Scalar

  /// The number of variables, or nil when any number will do. A point of another count is refused.
  var dimension: Int? { get }
  /// m, the number of functions. Where the formula gives another number of them, a run is refused.
  var residualCount: Int { get }

  /// r(x), of m elements.
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number] where Number.Scalar == Scalar

  // As in DifferentiableFunction.
  func _plain(_ x: [Scalar]) -> [Scalar]
  func _taped(_ x: [Variable<Scalar>]) -> [Variable<Scalar>]
}

extension DifferentiableResiduals {
  @inlinable public var dimension: Int? { nil }

  @inlinable public func _plain(_ x: [Scalar]) -> [Scalar] { self(x) }
  @inlinable public func _taped(_ x: [Variable<Scalar>]) -> [Variable<Scalar>] { self(x) }
}
