import Foundation
public import Secant

/// What was measured of a problem, and the method that the figures speak for.
///
/// ```swift
/// let advice = Advice(on: AnyProblem(MyProblem()), from: start)
/// print(advice)
/// ```
///
/// The start, and the place where a dozen gradients of L-BFGS lead to, are looked at: what each answer costs, the curvature
/// (the whole spectrum up to 200 variables, beyond that Lanczos), how much the Hessian changes,
/// the noise of the values, and how much the gradients of a mean's terms differ. From these the cost of each method
/// follows by its theory, and the cheapest is recommended; where another comes within ``isDecided``'s factor the figures do
/// not separate them, and the advice says so.
///
/// - **Cost**: ``Measurements/ledger``.
/// - **Guarantees**: none; f elsewhere may be another. `secant advise --verify` runs every method and says how good the
///   advice was.
public struct Advice: Sendable, Equatable, Codable {
  public var measurements: Measurements
  /// What each method would cost, the cheapest first; empty where nothing could be measured.
  public var forecasts: [Forecast]
  /// What ‖∇f‖∞ is to fall to, times max(1, ‖∇f(x₀)‖∞).
  public var tolerance: Double

  /// Measures a problem of the catalogue's kind, perhaps within bounds.
  ///
  /// - Parameters:
  ///   - problem: with everything that it can answer.
  ///   - start: where every method would start; outside the bounds, the nearest point inside.
  ///   - bounds: where the variables may lie.
  ///   - tolerance: what ‖∇f‖∞ is to fall to, times max(1, ‖∇f(x₀)‖∞).
  ///   - isTimed: whether prices are measured by the clock; otherwise they are the field's convention, a product 2 gradients
  ///     and a Hessian n, and the advice is the same on every machine.
  ///   - seed: what fixes the random directions.
  public init<Scalar>(
    on problem: AnyProblem<Scalar>, from start: Vector<Scalar>, within bounds: Bounds<Scalar>?,
    tolerance: Double = 1e-6, isTimed: Bool = true, seed: UInt64 = 0
  ) {
    let size = problem.dimension ?? start.count
    let complaint =
      problem.complaint ?? bounds?.complaint
      ?? (bounds.map { $0.count != start.count } == true
        ? "There are \(bounds!.count) bounds and \(start.count) variables; give as many." : nil)
    // As a run begins.
    var inside = start
    if complaint == nil, start.isFinite { bounds?.project(&inside) }
    self.init(
      Subject(problem, within: complaint == nil ? bounds : nil, dimension: start.count), from: inside,
      size: size, complaint: complaint, isBounded: bounds != nil, tolerance: tolerance, isTimed: isTimed,
      seed: seed)
    measurements.movedStart = start.isFinite && inside != start
    measurements.blocks = problem.layout.blocks.count
    measurements.matrixBlocks = problem.layout.blocks.count { $0.matrixShape != nil }
  }

  /// Measures a problem of the catalogue's kind.
  // Of its own, and no default of the bounds: that of any problem with products would be taken before it.
  public init<Scalar>(
    on problem: AnyProblem<Scalar>, from start: Vector<Scalar>, tolerance: Double = 1e-6,
    isTimed: Bool = true, seed: UInt64 = 0
  ) {
    self.init(
      on: problem, from: start, within: nil, tolerance: tolerance, isTimed: isTimed, seed: seed)
  }

  /// Measures a problem of the library from its start, in double precision.
  public init(
    on problem: LibraryProblem, tolerance: Double = 1e-6, isTimed: Bool = true, seed: UInt64 = 0
  ) {
    let posed = problem.double()
    self.init(
      on: posed.problem, from: posed.start, within: posed.bounds, tolerance: tolerance, isTimed: isTimed,
      seed: seed)
    measurements.isLeastSquares = problem.classes.contains(.leastSquares)
  }

  /// Measures a problem of which gradients alone are known: its curvature is seen by their differences.
  public init<P: DifferentiableObjective>(
    on problem: P, from start: Vector<P.Scalar>, tolerance: Double = 1e-6, isTimed: Bool = true,
    seed: UInt64 = 0
  ) where P.Domain == WholeSpace {
    self.init(
      on: problem, as: Subject(gradientsOf: problem, dimension: start.count), from: start,
      tolerance: tolerance, isTimed: isTimed, seed: seed)
  }

  /// Measures a problem with products of the Hessian and no dense one.
  public init<P: HessianVectorObjective>(
    on problem: P, from start: Vector<P.Scalar>, tolerance: Double = 1e-6, isTimed: Bool = true,
    seed: UInt64 = 0
  ) where P.Domain == WholeSpace {
    self.init(
      on: problem, as: Subject(productsOf: problem, dimension: start.count), from: start,
      tolerance: tolerance, isTimed: isTimed, seed: seed)
  }

  private init<P: DifferentiableObjective>(
    on problem: P, as subject: Subject<P.Scalar>, from start: Vector<P.Scalar>, tolerance: Double,
    isTimed: Bool, seed: UInt64
  ) {
    self.init(
      subject, from: start, size: problem.dimension ?? start.count, complaint: problem.complaint,
      isBounded: false, tolerance: tolerance, isTimed: isTimed, seed: seed)
  }

  private init<Scalar>(
    _ subject: Subject<Scalar>, from start: Vector<Scalar>, size: Int, complaint: String?, isBounded: Bool,
    tolerance: Double, isTimed: Bool, seed: UInt64
  ) {
    self.tolerance = tolerance
    var complaint = complaint
    if start.isEmpty {
      complaint = "There are no variables; give a start of at least one number."
    } else if size != start.count {
      complaint = "The start has \(start.count) numbers and the problem \(size) variables; give \(size)."
    } else if !start.isFinite {
      complaint = "The start is not of finite numbers; choose another."
    } else if !(tolerance > 0 && tolerance.isFinite) {
      complaint = "The tolerance is \(tolerance); give a finite number above zero."
    }
    measurements = Measurements(
      of: subject, from: start, isBounded: isBounded, tolerance: tolerance, isTimed: isTimed, seed: seed,
      refusing: complaint)
    forecasts = measurements.forecasts(
      tolerance: tolerance, hasProducts: subject.hasProducts, hasHessian: subject.hasHessian, isTimed: isTimed
    )
  }

  /// The method with the least forecast, or nil where nothing could be measured.
  public var recommendation: Forecast? { forecasts.first }

  /// The next that is of another kind: Newton's methods are one, those that learn the curvature from gradients another.
  public var runnerUp: Forecast? {
    guard let first = recommendation else { return nil }
    return forecasts.dropFirst().first { $0.usesCurvature != first.usesCurvature }
      ?? forecasts.dropFirst().first
  }

  /// Whether the runner-up would cost at least half as much again; forecasts are no better than that.
  public var isDecided: Bool {
    guard let first = recommendation, let second = runnerUp else { return recommendation != nil }
    return second.gradientEquivalents >= 1.5 * first.gradientEquivalents
  }
}

extension Forecast {
  /// Whether the method asks for second derivatives.
  public var usesCurvature: Bool { products + hessians > 0 }
}
