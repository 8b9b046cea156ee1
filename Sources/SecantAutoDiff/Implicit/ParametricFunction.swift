public import SecantLinearAlgebra

/// A function of variables x, over which it is minimised, and of parameters p, which are given; written once, over any
/// numbers.
///
/// ```swift
/// struct Ridge: ParametricFunction {
///   let a: [[Double]], b: [Double]
///   func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
///   where Number.Scalar == Double {
///     var sum = x.reduce(0) { $0 + p[0] * $1 * $1 }
///     for (row, b) in zip(a, b) {
///       let r = zip(row, x).reduce(-Number(b)) { $0 + Number($1.0) * $1.1 }
///       sum += r * r
///     }
///     return sum / 2
///   }
/// }
///
/// let ridge = Differentiated(Ridge(a: a, b: b), parameters: [0.1])
/// let outcome = minimize(ridge, from: start, using: .newton())
/// let slope = try ridge.sensitivity(of: outcome).derivative(along: [1])  // ∂x*/∂p₀
/// ```
///
/// With p fixed it is a problem like any other, for every solver.
public protocol ParametricFunction<Scalar> {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar & DifferentiableNumber = Double where Scalar.Scalar == Scalar

  /// The number of variables, or nil when any number will do.
  var dimension: Int? { get }

  /// f(x, p).
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
  where Number.Scalar == Scalar

  // As in DifferentiableFunction.
  func _plain(_ x: [Scalar], _ p: [Scalar]) -> Scalar
  func _taped(_ x: [Variable<Scalar>], _ p: [Variable<Scalar>]) -> Variable<Scalar>
  func _dual(_ x: [Dual<Scalar>], _ p: [Dual<Scalar>]) -> Dual<Scalar>
  func _hyperDual(_ x: [HyperDual<Scalar>], _ p: [HyperDual<Scalar>]) -> HyperDual<Scalar>
}

extension ParametricFunction {
  @inlinable public var dimension: Int? { nil }

  @inlinable public func _plain(_ x: [Scalar], _ p: [Scalar]) -> Scalar { self(x, p) }
  @inlinable public func _taped(_ x: [Variable<Scalar>], _ p: [Variable<Scalar>]) -> Variable<Scalar> {
    self(x, p)
  }
  @inlinable public func _dual(_ x: [Dual<Scalar>], _ p: [Dual<Scalar>]) -> Dual<Scalar> { self(x, p) }
  @inlinable public func _hyperDual(_ x: [HyperDual<Scalar>], _ p: [HyperDual<Scalar>]) -> HyperDual<Scalar> {
    self(x, p)
  }
}

/// Residuals r of variables x and parameters p: ½‖r(x, p)‖² is minimised over x.
public protocol ParametricResiduals<Scalar> {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar & DifferentiableNumber = Double where Scalar.Scalar == Scalar

  /// The number of variables, or nil when any number will do.
  var dimension: Int? { get }
  /// m, the number of residuals.
  var residualCount: Int { get }

  /// r(x, p), of m elements.
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> [Number]
  where Number.Scalar == Scalar

  // As in DifferentiableFunction.
  func _plain(_ x: [Scalar], _ p: [Scalar]) -> [Scalar]
  func _taped(_ x: [Variable<Scalar>], _ p: [Variable<Scalar>]) -> [Variable<Scalar>]
}

extension ParametricResiduals {
  @inlinable public var dimension: Int? { nil }

  @inlinable public func _plain(_ x: [Scalar], _ p: [Scalar]) -> [Scalar] { self(x, p) }
  @inlinable public func _taped(_ x: [Variable<Scalar>], _ p: [Variable<Scalar>]) -> [Variable<Scalar>] {
    self(x, p)
  }
}

// MARK: - With the parameters fixed

/// A parametric function with its parameters fixed: x ↦ f(x, p).
public struct FixedParameters<Function: ParametricFunction>: DifferentiableFunction {
  public typealias Scalar = Function.Scalar

  /// The function of x and p.
  public var function: Function
  /// p.
  public var parameters: Vector<Scalar>

  /// - Parameters:
  ///   - function: the function of x and p.
  ///   - parameters: p.
  @inlinable public init(_ function: Function, parameters: Vector<Scalar>) {
    self.function = function
    self.parameters = parameters
  }

  @inlinable public var dimension: Int? { function.dimension }

  @inlinable public func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number
  where Number.Scalar == Scalar {
    function(x, parameters.map { Number($0) })
  }

  @inlinable public func _plain(_ x: [Scalar]) -> Scalar { function._plain(x, parameters.elements) }
  @inlinable public func _taped(_ x: [Variable<Scalar>]) -> Variable<Scalar> {
    function._taped(x, parameters.map { Variable($0) })
  }
  @inlinable public func _dual(_ x: [Dual<Scalar>]) -> Dual<Scalar> {
    function._dual(x, parameters.map { Dual($0) })
  }
  @inlinable public func _hyperDual(_ x: [HyperDual<Scalar>]) -> HyperDual<Scalar> {
    function._hyperDual(x, parameters.map { HyperDual($0) })
  }
}

extension FixedParameters: Sendable where Function: Sendable {}

/// Parametric residuals with their parameters fixed: x ↦ r(x, p).
public struct FixedParameterResiduals<Function: ParametricResiduals>: DifferentiableResiduals {
  public typealias Scalar = Function.Scalar

  /// The residuals of x and p.
  public var function: Function
  /// p.
  public var parameters: Vector<Scalar>

  /// - Parameters:
  ///   - function: the residuals of x and p.
  ///   - parameters: p.
  @inlinable public init(_ function: Function, parameters: Vector<Scalar>) {
    self.function = function
    self.parameters = parameters
  }

  @inlinable public var dimension: Int? { function.dimension }
  @inlinable public var residualCount: Int { function.residualCount }

  @inlinable public func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number]
  where Number.Scalar == Scalar {
    function(x, parameters.map { Number($0) })
  }

  @inlinable public func _plain(_ x: [Scalar]) -> [Scalar] { function._plain(x, parameters.elements) }
  @inlinable public func _taped(_ x: [Variable<Scalar>]) -> [Variable<Scalar>] {
    function._taped(x, parameters.map { Variable($0) })
  }
}

extension FixedParameterResiduals: Sendable where Function: Sendable {}

extension Differentiated {
  /// The problem x ↦ f(x, p) of a parametric function.
  ///
  /// - Parameters:
  ///   - function: the function of x and p.
  ///   - parameters: p.
  ///   - replaying: whether the recording of one point serves at others.
  @inlinable public init<Parametric: ParametricFunction>(
    _ function: Parametric, parameters: Vector<Parametric.Scalar>, replaying: Bool = true
  ) where Function == FixedParameters<Parametric> {
    self.init(FixedParameters(function, parameters: parameters), replaying: replaying)
  }
}

extension DifferentiatedSquares {
  /// The problem x ↦ ½‖r(x, p)‖² of parametric residuals.
  ///
  /// - Parameters:
  ///   - function: the residuals of x and p.
  ///   - parameters: p.
  ///   - replaying: whether the recording of one point serves at others.
  @inlinable public init<Parametric: ParametricResiduals>(
    _ function: Parametric, parameters: Vector<Parametric.Scalar>, replaying: Bool = true
  ) where Function == FixedParameterResiduals<Parametric> {
    self.init(FixedParameterResiduals(function, parameters: parameters), replaying: replaying)
  }
}

// MARK: - With the parameters as further variables

/// (x, p) ↦ f(x, p), of n + q variables.
@usableFromInline struct JointFunction<Function: ParametricFunction>: DifferentiableFunction {
  @usableFromInline typealias Scalar = Function.Scalar
  @usableFromInline let function: Function
  /// n: what comes after is p.
  @usableFromInline let split: Int

  @inlinable init(_ function: Function, split: Int) {
    self.function = function
    self.split = split
  }

  @inlinable func callAsFunction<Number: DifferentiableNumber>(_ z: [Number]) -> Number
  where Number.Scalar == Scalar {
    function(Array(z[..<split]), Array(z[split...]))
  }

  @inlinable func _taped(_ z: [Variable<Scalar>]) -> Variable<Scalar> {
    function._taped(Array(z[..<split]), Array(z[split...]))
  }
}

/// (x, p) ↦ r(x, p), of n + q variables.
@usableFromInline struct JointResiduals<Function: ParametricResiduals>: DifferentiableResiduals {
  @usableFromInline typealias Scalar = Function.Scalar
  @usableFromInline let function: Function
  /// n: what comes after is p.
  @usableFromInline let split: Int

  @inlinable init(_ function: Function, split: Int) {
    self.function = function
    self.split = split
  }

  @inlinable var residualCount: Int { function.residualCount }

  @inlinable func callAsFunction<Number: DifferentiableNumber>(_ z: [Number]) -> [Number]
  where Number.Scalar == Scalar {
    function(Array(z[..<split]), Array(z[split...]))
  }

  @inlinable func _taped(_ z: [Variable<Scalar>]) -> [Variable<Scalar>] {
    function._taped(Array(z[..<split]), Array(z[split...]))
  }
}
