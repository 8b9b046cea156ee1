public import SecantAutoDiff

/// A nonlinear regression of NIST's Statistical Reference Datasets, with the answer that NIST certifies to 11 digits.
///
/// ```swift
/// let problem = NISTProblem.named("Misra1a")!
/// let outcome = minimize(
///   DifferentiatedSquares(problem.residuals), from: problem.starts[0], using: .levenbergMarquardt())
/// print(problem.digits(of: outcome.point))
/// ```
public struct NISTProblem: Sendable, CustomStringConvertible {
  /// NIST's name.
  public let name: String
  /// The model as NIST writes it.
  public let formula: String
  /// The two starts, far and near.
  public let starts: [Vector<Double>]
  /// The certified parameters.
  public let parameters: Vector<Double>
  /// Their certified standard deviations.
  public let standardErrors: Vector<Double>
  /// The certified sum of the squared residuals.
  public let sumOfSquares: Double
  /// The certified standard deviation of the residuals.
  public let residualStandardDeviation: Double
  /// The data and the model.
  public let residuals: NISTResiduals

  public var description: String { name }

  /// All that are shipped, in the order of their names.
  public static let all: [NISTProblem] = NISTModel.allCases.map { NISTProblem($0) }

  /// The problem of that name, or nil.
  public static func named(_ name: String) -> NISTProblem? { all.first { $0.name == name } }

  /// The log relative error of the worst parameter: how many digits agree with the certified ones, at most 11.
  public func digits(of estimate: Vector<Double>) -> Double {
    Self.digits(of: estimate, against: parameters)
  }

  /// The log relative error of the worst of several numbers against certified ones, at most 11.
  public static func digits(of estimate: Vector<Double>, against certified: Vector<Double>) -> Double {
    var worst = 11.0
    for (b, c) in zip(estimate, certified) {
      let error = abs(b - c) / abs(c)
      worst = error.isNaN ? 0 : min(worst, max(0, -Double.log10(error)))
    }
    return worst
  }

  /// From the file as NIST publishes it.
  private init(_ model: NISTModel) {
    guard let bytes = ShippedFile.bytes(named: "\(model.rawValue).dat") else {
      preconditionFailure("\(model.rawValue).dat is listed and not part of the package")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    func numbers(_ line: Substring) -> [Double] { line.split(separator: " ").compactMap { Double($0) } }
    func certified(_ title: String) -> Double {
      lines.first { $0.hasPrefix(title) }.flatMap { numbers($0).last } ?? .nan
    }
    name = model.rawValue
    // “b1 = 500 250 2.3894212918E+02 2.7070075241E+00”
    let rows = lines.compactMap { line -> [Double]? in
      let sides = line.split(separator: "=")
      guard sides.count == 2, sides[0].drop(while: \.isWhitespace).first == "b" else { return nil }
      let row = numbers(sides[1])
      return row.count == 4 ? row : nil
    }
    starts = [0, 1].map { k in Vector(rows.map { $0[k] }) }
    parameters = Vector(rows.map { $0[2] })
    standardErrors = Vector(rows.map { $0[3] })
    sumOfSquares = certified("Residual Sum of Squares:")
    residualStandardDeviation = certified("Residual Standard Deviation:")
    let formulaStart = lines.firstIndex { $0.hasPrefix("Model:") }!
    formula = lines[formulaStart...].drop { !$0.contains(/y +=/) }.prefix { !$0.allSatisfy(\.isWhitespace) }
      .joined(separator: " ").split(separator: " ").joined(separator: " ")
    let dataStart = lines.lastIndex { $0.hasPrefix("Data:") }!
    let data = lines[(dataStart + 1)...].map(numbers).filter { $0.count == 2 }
    residuals = NISTResiduals(model, x: data.map { $0[1] }, y: data.map { $0[0] })
  }
}

/// The residuals of a ``NISTProblem``: model − response.
public struct NISTResiduals: DifferentiableResiduals, Sendable {
  public let model: NISTModel
  public let x: [Double]
  public let y: [Double]

  init(_ model: NISTModel, x: [Double], y: [Double]) {
    self.model = model
    self.x = x
    self.y = y
  }

  public var dimension: Int? { model.parameterCount }
  public var residualCount: Int { y.count }

  public func callAsFunction<Number: DifferentiableNumber>(_ b: [Number]) -> [Number]
  where Number.Scalar == Double {
    zip(x, y).map { x, y in model.value(b, at: x) - Number(y) }
  }
}

/// The model of a ``NISTProblem``.
public enum NISTModel: String, Sendable, CaseIterable {
  case boxBOD = "BoxBOD", chwirut1 = "Chwirut1", danWood = "DanWood", enso = "ENSO", gauss1 = "Gauss1",
    kirby2 = "Kirby2", lanczos1 = "Lanczos1", lanczos3 = "Lanczos3", mgh17 = "MGH17", misra1a = "Misra1a",
    misra1b = "Misra1b", rat42 = "Rat42", thurber = "Thurber"

  /// The number of parameters.
  public var parameterCount: Int {
    switch self {
    case .boxBOD, .danWood, .misra1a, .misra1b: 2
    case .chwirut1, .rat42: 3
    case .kirby2, .mgh17: 5
    case .lanczos1, .lanczos3: 6
    case .thurber: 7
    case .gauss1: 8
    case .enso: 9
    }
  }

  /// The model's value.
  public func value<Number: DifferentiableNumber>(_ b: [Number], at x: Double) -> Number
  where Number.Scalar == Double {
    let x = Number(x)
    func bump(_ height: Number, _ centre: Number, _ width: Number) -> Number {
      height * exp(-pow((x - centre) / width, 2))
    }
    func wave(_ cosine: Number, _ sine: Number, period: Number) -> Number {
      let phase = Number(2 * Double.pi) * x / period
      return cosine * cos(phase) + sine * sin(phase)
    }
    switch self {
    case .boxBOD, .misra1a: return b[0] * (1 - exp(-b[1] * x))
    case .chwirut1: return exp(-b[0] * x) / (b[1] + b[2] * x)
    case .danWood: return b[0] * pow(x, b[1])
    case .enso:
      return b[0] + wave(b[1], b[2], period: 12) + wave(b[4], b[5], period: b[3])
        + wave(b[7], b[8], period: b[6])
    case .gauss1: return b[0] * exp(-b[1] * x) + bump(b[2], b[3], b[4]) + bump(b[5], b[6], b[7])
    case .kirby2: return (b[0] + x * (b[1] + x * b[2])) / (1 + x * (b[3] + x * b[4]))
    case .lanczos1, .lanczos3:
      return b[0] * exp(-b[1] * x) + b[2] * exp(-b[3] * x) + b[4] * exp(-b[5] * x)
    case .mgh17: return b[0] + b[1] * exp(-x * b[3]) + b[2] * exp(-x * b[4])
    case .misra1b: return b[0] * (1 - pow(1 + b[1] * x / 2, -2))
    case .rat42: return b[0] / (1 + exp(b[1] - b[2] * x))
    case .thurber:
      return (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1 + x * (b[4] + x * (b[5] + x * b[6])))
    }
  }
}
