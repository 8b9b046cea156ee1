import Secant
import SecantCompare

/// A method for least squares that can be asked for by name.
enum FitMethod: String, CaseIterable, Request.Entry {
  case levenbergMarquardt, gaussNewton, dogleg, subspace, structuredSecant

  /// All that can be asked for, those for bounds too.
  static var all: [any Request.Entry] { allCases + BoundedFitMethod.allCases }

  var name: String { rawValue }

  var summary: String {
    switch self {
    case .levenbergMarquardt: "Levenberg and Marquardt's method"
    case .gaussNewton: "Gauss and Newton's method with a line search"
    case .dogleg: "Powell's dogleg with Gauss and Newton's model"
    case .subspace: "the best step in two dimensions with Gauss and Newton's model"
    case .structuredSecant:
      "a trust region that learns what Gauss and Newton leave out, for residuals that stay large"
    }
  }

  var parameters: [Request.Parameter] {
    self == .levenbergMarquardt
      ? [.damping, .init("acceleration", "α of the geodesic acceleration, such as 0.75 (none)")] : []
  }
}

/// A method that keeps the parameters within bounds.
enum BoundedFitMethod: String, CaseIterable, Request.Entry {
  case projectedLevenbergMarquardt, trustRegionReflective

  var name: String { rawValue }

  var summary: String {
    switch self {
    case .projectedLevenbergMarquardt: "Levenberg and Marquardt's method within bounds"
    case .trustRegionReflective: "a trust region reflected from the bounds"
    }
  }

  var parameters: [Request.Parameter] { self == .projectedLevenbergMarquardt ? [.damping] : [] }
}

extension Request.Parameter {
  fileprivate static let damping = Self(
    "damping", "how λ is chosen: trustRegion, marquardt or nielsen (trustRegion)")
}

/// A loss that can be asked for by name.
struct FitLoss: Request.Entry {
  let shape: RobustLoss<Double>.Shape
  var name: String { shape.rawValue }
  var summary: String { "residuals beyond a scale count less than their squares" }
  let parameters = [Request.Parameter("scale", "C, the size of an ordinary residual")]

  static let all = RobustLoss<Double>.Shape.allCases.map { FitLoss(shape: $0) }
}

extension Request {
  /// Reads a request for a method for least squares.
  init(leastSquares text: String) throws(UsageError) {
    try self.init(text, kind: "method", among: FitMethod.all)
  }

  /// The method for problems with bounds, where one is asked for.
  var boundedFitMethod: BoundedFitMethod? { BoundedFitMethod(rawValue: name) }

  /// The method, for a problem without bounds.
  func leastSquaresMethod<Problem: ResidualObjective>() throws(UsageError) -> any Solver<Problem>
  where Problem.Domain == WholeSpace {
    switch FitMethod(rawValue: name) {
    case .gaussNewton: return .gaussNewton()
    case .dogleg:
      return .trustRegion(
        model: ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal), subproblem: Dogleg())
    case .subspace:
      return .trustRegion(
        model: ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal),
        subproblem: TwoDimensionalSubspace())
    case .structuredSecant:
      return .trustRegion(model: StructuredSecantModel(), subproblem: MoreSorensen())
    case .levenbergMarquardt, nil:
      var acceleration: Problem.Scalar?
      if parameters["acceleration"] != nil {
        acceleration = Problem.Scalar(try number("acceleration", default: 0))
      }
      switch try damping() {
      case .trustRegion:
        return .levenbergMarquardt(damping: TrustRegionDamping(), acceleration: acceleration)
      case .marquardt: return .levenbergMarquardt(damping: MarquardtDamping(), acceleration: acceleration)
      case .nielsen: return .levenbergMarquardt(damping: NielsenDamping(), acceleration: acceleration)
      }
    }
  }

  /// The method, for a problem with bounds.
  func leastSquaresMethod<Problem: ResidualObjective & BoundedObjective>(_ method: BoundedFitMethod)
    throws(UsageError) -> any Solver<Problem>
  {
    switch method {
    case .trustRegionReflective: return .trustRegionReflective()
    case .projectedLevenbergMarquardt:
      switch try damping() {
      case .trustRegion: return .projectedLevenbergMarquardt()
      case .marquardt: return .projectedLevenbergMarquardt(damping: MarquardtDamping())
      case .nielsen: return .projectedLevenbergMarquardt(damping: NielsenDamping())
      }
    }
  }

  /// The loss that was asked for.
  static func loss(_ text: String) throws(UsageError) -> RobustLoss<Double> {
    let request = try Request(text, kind: "loss", among: FitLoss.all)
    guard request.parameters["scale"] != nil else {
      throw UsageError(
        "--loss \(text) has no scale; give the size of an ordinary residual, \(text):scale=1.")
    }
    let scale = try request.number("scale", default: 1)
    guard scale > 0 else {
      throw UsageError(
        "scale in ‘\(text)’ is \(scale); give a positive number, the size of an ordinary residual.")
    }
    return RobustLoss(RobustLoss<Double>.Shape(rawValue: request.name)!, scale: scale)
  }

  private enum DampingRule: String, CaseIterable {
    case trustRegion, marquardt, nielsen
  }

  private func damping() throws(UsageError) -> DampingRule {
    let text = parameters["damping"] ?? "trustRegion"
    guard let rule = DampingRule.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() })
    else {
      throw .unknown("damping", text, among: DampingRule.allCases.map(\.rawValue))
    }
    return rule
  }
}
