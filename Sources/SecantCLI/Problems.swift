import Secant
import SecantCompare
import SecantProblems

/// A problem of the catalogue.
struct ProblemDescription: Request.Entry {
  let name: String
  let summary: String
  let parameters: [Request.Parameter]

  static let all: [ProblemDescription] = [
    .init(
      name: "rosenbrock", summary: "Rosenbrock's curved valley, from (−1.2, 1, −1.2, …)",
      parameters: [.init("dimension", "number of variables (2)")]),
    .init(
      name: "quadratic", summary: "a convex quadratic of a given condition number, from 0",
      parameters: [
        .init("dimension", "number of variables (100)"), .init("condition", "the Hessian's condition number (1000)"),
      ]),
  ]
}

/// A command line that makes sense.
struct Plan: Sendable {
  var problem: Request
  var methods: [Request]?
  var isFloat: Bool
  var start: [Double]?
  var batch: Int?
  var seed: UInt64
  var tolerance: Double?
  var budget: Budget?
  var axis: Currency

  func comparison(observing observe: (Comparison.Observation) -> Void) throws -> Comparison {
    isFloat ? try comparison(Float.self, observe) : try comparison(Double.self, observe)
  }

  /// The problem's own type is known in each branch, so the methods are compiled for it.
  private func comparison<Scalar: LAPACKScalar>(
    _: Scalar.Type, _ observe: (Comparison.Observation) -> Void
  ) throws -> Comparison {
    switch problem.name {
    case "rosenbrock":
      let dimension = try problem.count("dimension", default: 2, least: 2)
      let rosenbrock = Rosenbrock<Scalar>(dimension: dimension)
      return try run(
        rosenbrock, titled: "Rosenbrock", from: rosenbrock.start, optimum: 0, within: .formula, observe
      ) { try $0.contestant(in: $1) }
    case "quadratic":
      let dimension = try problem.count("dimension", default: 100)
      let condition = try problem.number("condition", default: 1000)
      guard condition >= 1 else { throw UsageError("condition is \(condition); give a number of at least 1.") }
      let quadratic = Quadratic<Scalar>(dimension: dimension, conditionNumber: Scalar(condition), seed: seed)
      return try run(
        quadratic, titled: "Quadratic of condition number \(condition)", from: Vector(zeros: dimension),
        optimum: 0, within: .formula, observe
      ) { try $0.contestant(in: $1) }
    default: preconditionFailure("the problem \(problem.name) stands in the list and cannot be made")
    }
  }

  private func run<P: TwiceDifferentiableObjective>(
    _ problem: P, titled title: String, from start: Vector<P.Scalar>, optimum: Double?, within budget: Budget,
    _ observe: (Comparison.Observation) -> Void, enlist: (Request, Setting<P>) throws -> Contestant<P>
  ) throws -> Comparison {
    let requests = try methods ?? ["gradientDescent", "steepestDescent", "momentum", "nesterov", "adam", "adamw", "sophiaH"].map {
      try Request($0, kind: "method", among: MethodDescription.all)
    }
    let isFloat = P.Scalar.self == Float.self
    let course = Course(
      problem, from: start, until: Convergence(gradient: P.Scalar(tolerance ?? (isFloat ? 1e-5 : 1e-10))),
      within: self.budget ?? budget)
    let setting = Setting(course, batch: batch, seed: seed)
    let contestants = try requests.map { request in
      let contestant = try enlist(request, setting)
      if let complaint = contestant.complaint { throw UsageError("‘\(request.text)’: \(complaint)") }
      return contestant
    }
    return Comparison(
      of: contestants, on: course, titled: title, optimum: optimum,
      observing: observe)
  }
}

extension Budget {
  /// Enough for gradient descent on a formula, which costs nothing.
  static let formula = Budget(iterations: 20_000)
}
