/// How far to go along a direction: a learning rate, a schedule and a line search are one idea.
///
/// A rule sees only the scalar function φ(α) = f(x + αp), its value and its slope φ′(α) = ∇f(x + αp)ᵀp, never
/// the point. It is no solver, and it works alone on any scalar function (``search(trying:_:)``).
/// A rule that never calls φ (a learning rate) costs no evaluation.
public protocol StepRule<Scalar>: Sendable {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar
  /// What the rule remembers between steps: ``Stateless`` for most.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the memory; no step after the first allocates anything.
  func allocate() -> Memory

  /// Chooses a length α > 0, asking φ as often as it needs.
  ///
  /// A rule whose accepted length is the last one it asked for costs its caller nothing more.
  func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Memory,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar>

  /// The length of the step after so many others, where it depends on nothing else: a learning rate. Nil, the default,
  /// where φ or its slope at 0 is wanted.
  func rate(at iteration: Int) -> Scalar?

  /// Whether a length rests on values of φ along the way, or on its slope: true unless there is a ``rate(at:)``, or a rule says
  /// otherwise. Where the gradient is that of another point or of other terms, such a length means nothing.
  var searches: Bool { get }

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

/// The memory of what remembers nothing.
public struct Stateless: Sendable, Codable, Equatable {
  @inlinable public init() {}
}

extension StepRule where Memory == Stateless {
  @inlinable public func allocate() -> Stateless { Stateless() }
}

extension StepRule {
  @inlinable public func rate(at _: Int) -> Scalar? { nil }

  @inlinable public var searches: Bool { rate(at: 0) == nil }

  @inlinable public var complaint: String? { nil }
}

/// φ(α) and φ′(α).
public struct Sample<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// α.
  public var length: Scalar
  /// φ(α).
  public var value: Scalar
  /// φ′(α).
  public var slope: Scalar

  @inlinable public init(length: Scalar, value: Scalar, slope: Scalar) {
    self.length = length
    self.value = value
    self.slope = slope
  }

  /// Whether value and slope are both numbers that a search can reason with.
  @inlinable public var isFinite: Bool { value.isFinite && slope.isFinite }
}

/// Where a step rule sets out: φ(0), φ′(0), the length that the direction suggests to try first, and the number
/// of steps taken before.
public struct Departure<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// φ(0).
  public var value: Scalar
  /// φ′(0).
  public var slope: Scalar
  /// The length that the direction suggests to try first.
  public var suggestion: Scalar
  /// The number of steps accepted before: what a schedule goes by.
  public var iteration: Int

  @inlinable public init(value: Scalar, slope: Scalar, suggestion: Scalar = 1, iteration: Int = 0) {
    self.value = value
    self.slope = slope
    self.suggestion = suggestion
    self.iteration = iteration
  }
}

/// What a step rule answers.
public enum StepLength<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// Go this far: every condition that the rule promises holds there. It is the last length that φ was asked for.
  case accepted(Scalar)
  /// The promised conditions could not be met, but this length lowers φ.
  case improved(Scalar, Obstacle)
  /// No length was found that lowers φ.
  case failed(Obstacle)
}

/// Why a solver or a step rule could not go on.
public enum Obstacle: String, Sendable, Codable, Equatable, CaseIterable {
  /// The slope along the direction is not negative, or a model promises no decrease.
  case notADescentDirection
  /// The interval of lengths shrank to rounding without meeting the conditions.
  case intervalCollapsed
  /// The search used all the evaluations that it allows itself.
  case tooManyTrials
  /// The objective fell without end, out to the longest length allowed or to minus infinity.
  case noLowerBound
  /// The start, its direction or model, or every trial gave a value or a slope that is not a finite number.
  case nonFinite
  /// The trust region shrank to rounding.
  case radiusCollapsed
  /// At a stationary point the Hessian claims a negative curvature along which the values do not fall.
  case refutedCurvature
  /// The gradient is so small that its square is no number any more.
  case underflow
  /// The steps are so short that no variable changes.
  case noChange
  /// The function has a kink at the point, beside which no gradient vanishes.
  case kink
  /// The gradient given at a kink vanishes, and the function falls to a side of it.
  case ridge
  /// The products with the Hessian do not agree with differences of gradients.
  case wrongHessian
  /// The residuals are as small as they can be made, but the data do not tell the parameters apart.
  case inseparableParameters
  /// The gradient of a sum of squares is small, but only because the residuals hardly depend on some variable here.
  case flatModel
  /// The gradient is small, but only because the function flattens out, towards infinity or a bound.
  case flattening
  /// The gradient is small, but at a value above that of the start, and nothing certifies a minimum.
  case aboveStart
  /// ‖F‖ has no slope, and F is not zero: a local minimum of ‖F‖ that is no root.
  case noRoot
  /// The Jacobian of a system of equations is singular where the search for a root ended.
  case singularJacobian
}

extension StepRule {
  /// Searches a scalar function alone: `rule.search { α in (φ(α), φ′(α)) }`.
  ///
  /// - Parameters:
  ///   - first: the length to try first.
  ///   - φ: the value and the slope at a length.
  @inlinable public func search<Failure: Error>(
    trying first: Scalar = 1, _ φ: (Scalar) throws(Failure) -> (value: Scalar, slope: Scalar)
  ) throws(Failure) -> StepLength<Scalar> {
    let (value, slope) = try φ(0)
    var memory = allocate()
    return try choose(
      from: Departure(value: value, slope: slope, suggestion: first), &memory
    ) { (α: Scalar) throws(Failure) in
      let (value, slope) = try φ(α)
      return Sample(length: α, value: value, slope: slope)
    }
  }
}
