public import SecantAutoDiff

/// A function of one number that a formula can name, and the sign.
@frozen @usableFromInline enum UnaryFunction: String, CaseIterable, Sendable {
  case negation = "-"
  case exp, expm1, log, log10, log2, log1p, sqrt, cbrt, abs, erf
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh

  @inlinable @inline(__always) func callAsFunction<Number: DifferentiableNumber>(_ x: Number) -> Number {
    switch self {
    case .negation: -x
    case .exp: .exp(x)
    case .expm1: .expMinusOne(x)
    case .log: .log(x)
    case .log10: .log(x) / Number(Number.Scalar(2.302585092994045684))
    case .log2: .log(x) / Number(Number.Scalar(0.6931471805599453094))
    case .log1p: .log(onePlus: x)
    case .sqrt: .sqrt(x)
    case .cbrt: .root(x, 3)
    case .abs: x.magnitude
    case .erf: .erf(x)
    case .sin: .sin(x)
    case .cos: .cos(x)
    case .tan: .tan(x)
    case .asin: .asin(x)
    case .acos: .acos(x)
    case .atan: .atan(x)
    case .sinh: .sinh(x)
    case .cosh: .cosh(x)
    case .tanh: .tanh(x)
    case .asinh: .asinh(x)
    case .acosh: .acosh(x)
    case .atanh: .atanh(x)
    }
  }
}

/// A function of two numbers that a formula can name, and the operators.
@frozen @usableFromInline enum BinaryFunction: String, CaseIterable, Sendable {
  case sum = "+"
  case difference = "-"
  case product = "*"
  case quotient = "/"
  case power = "^"
  case atan2, hypot, min, max

  @inlinable @inline(__always) func callAsFunction<Number: DifferentiableNumber>(
    _ x: Number, _ y: Number
  ) -> Number {
    switch self {
    case .sum: x + y
    case .difference: x - y
    case .product: x * y
    case .quotient: x / y
    case .power: .pow(x, y)
    case .atan2: .atan2(y: x, x: y)
    case .hypot: .hypot(x, y)
    case .min: .min(x, y)
    case .max: .max(x, y)
    }
  }

  /// How tightly an operator binds; nil for what is written as a call.
  var precedence: Int? {
    switch self {
    case .sum, .difference: 1
    case .product, .quotient: 2
    case .power: 4
    default: nil
    }
  }

  /// Binds tighter than a product and not as tight as a power: −x² is −(x²), and x·−y is x·(−y).
  static let precedenceOfNegation = 3
}

/// What a name in front of a parenthesis calls.
enum NamedFunction {
  case unary(UnaryFunction)
  case binary(BinaryFunction, arguments: String)
  /// The least or the largest of two or more.
  case extremum(BinaryFunction)

  static let all: [String: NamedFunction] = {
    var all: [String: NamedFunction] = [:]
    for function in UnaryFunction.allCases where function != .negation {
      all[function.rawValue] = .unary(function)
    }
    all["ln"] = .unary(.log)
    all["pow"] = .binary(.power, arguments: "the base and the exponent")
    all["atan2"] = .binary(.atan2, arguments: "y and x")
    all["hypot"] = .binary(.hypot, arguments: "x and y")
    all["min"] = .extremum(.min)
    all["max"] = .extremum(.max)
    return all
  }()
}
