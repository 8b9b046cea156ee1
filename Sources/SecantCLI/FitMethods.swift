import Secant
import SecantCompare

/// A method for least squares that can be asked for by name.
struct FitMethod: Request.Entry {
  let name: String
  let summary: String
  let parameters: [Request.Parameter]
  /// Whether it keeps the parameters within bounds.
  let isBounded: Bool

  private static let damping = Request.Parameter(
    "damping", "how λ is chosen: trustRegion, marquardt or nielsen (trustRegion)")

  static let all: [FitMethod] = [
    .init(
      name: "levenbergMarquardt", summary: "Levenberg and Marquardt's method",
      parameters: [damping, .init("acceleration", "α of the geodesic acceleration, such as 0.75 (none)")],
      isBounded: false),
    .init(
      name: "gaussNewton", summary: "Gauss and Newton's method with a line search", parameters: [],
      isBounded: false),
    .init(
      name: "dogleg", summary: "Powell's dogleg with Gauss and Newton's model", parameters: [],
      isBounded: false),
    .init(
      name: "subspace", summary: "the best step in two dimensions with Gauss and Newton's model",
      parameters: [],
      isBounded: false),
    .init(
      name: "structuredSecant",
      summary: "a trust region that learns what Gauss and Newton leave out, for residuals that stay large",
      parameters: [], isBounded: false),
    .init(
      name: "projectedLevenbergMarquardt", summary: "Levenberg and Marquardt's method within bounds",
      parameters: [damping], isBounded: true),
    .init(
      name: "trustRegionReflective", summary: "a trust region reflected from the bounds", parameters: [],
      isBounded: true),
  ]
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

  var isBoundedLeastSquares: Bool { FitMethod.all.contains { $0.name == name && $0.isBounded } }

  /// The method, for a problem without bounds.
  func leastSquaresMethod<Problem: ResidualObjective>() throws(UsageError) -> any Solver<Problem>
  where Problem.Domain == WholeSpace {
    switch name {
    case "gaussNewton": return .gaussNewton()
    case "dogleg":
      return .trustRegion(
        model: ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal), subproblem: Dogleg())
    case "subspace":
      return .trustRegion(
        model: ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal),
        subproblem: TwoDimensionalSubspace())
    case "structuredSecant":
      return .trustRegion(model: StructuredSecantModel(), subproblem: MoreSorensen())
    default: break
    }
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

  /// The method, for a problem with bounds.
  func boundedLeastSquaresMethod<Problem: ResidualObjective & BoundedObjective>()
    throws(UsageError) -> any Solver<Problem>
  {
    if name == "trustRegionReflective" { return .trustRegionReflective() }
    switch try damping() {
    case .trustRegion: return .projectedLevenbergMarquardt()
    case .marquardt: return .projectedLevenbergMarquardt(damping: MarquardtDamping())
    case .nielsen: return .projectedLevenbergMarquardt(damping: NielsenDamping())
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
