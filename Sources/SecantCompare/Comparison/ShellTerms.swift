package import Secant

/// What an outcome says on a command line, where derivatives are exact and what is advised has to be an option.
package struct ShellTerms: Terms {
  package var variables: [String]
  package var kind: String
  /// The names that `--method` or `--methods` takes, but for the one that was taken.
  package var methods: [String]
  /// Whether it is a problem that is known by a name, and no formula of the user's: what can be changed about it is where
  /// it starts, and which methods are tried.
  package var isNamed: Bool

  package var placeOfFall: String { "beside it" }
  package var lackOfCurvature: String { "no second derivatives are at hand" }

  package init(
    variables: [String] = [], kind: String = "variable", methods: [String], isNamed: Bool = false
  ) {
    self.variables = variables
    self.kind = kind
    self.methods = methods
    self.isNamed = isNamed
  }

  package func advice(_ remedy: Remedy) -> String {
    switch remedy {
    case .giveHessian: return advice(.startToEitherSide)
    case .leaveSaddle(let start, let isBounded), .followFall(let start, let isBounded):
      // Nobody types more numbers than these.
      let isTyped = !isNamed || start.count <= 10
      let beside = "start beside this point\(isTyped ? ": \(typed(start))" : "")."
      return method(isBounded ? "tron" : "trustRegion").map {
        "Use \($0), which sees curvature, or \(beside)"
      }
        ?? "To leave it, \(beside)"
    case .boundFunction(let isBounded):
      if isNamed { return "This way there is no minimum to find." }
      return "Check the sign of the formula, or "
        + (isBounded ? "narrow --bounds." : "say where the variables may lie by --bounds.")
    case .computeMoreExactly(let isSingle):
      if !isNamed { return "Take a large constant out of the formula, or accept this accuracy." }
      return isSingle ? "Compute with --scalar double, or accept this accuracy." : "Accept this accuracy."
    case .correctGradient:
      return "The \(isNamed ? "function" : "formula") has a kink or a jump here, or loses its digits: "
        + "\(isNamed ? "" : "write it otherwise, or ")start elsewhere."
    case .scaleData(startIsFar: true): return "Start nearer to the data."
    case .checkScales: return "Check the scale of the function and of its variables."
    case .stayOffEdge:
      return isNamed
        ? "Start elsewhere, or try another method; the point given is the lowest."
        : "Keep the variables away from there by --bounds, or round the function off; the point given is the lowest."
    case .smallerRate(let danger):
      guard let search = method("lbfgs", "lbfgsb") else { return advice(.tryAnother) }
      return "Try a smaller rate, or \(search), which \(danger.rawValue)."
    case .fixFlatVariable:
      return "Start elsewhere, or fix that variable"
        + (method("levenbergMarquardt").map { "; the criterion of \($0) is blind to the units." } ?? ".")
    case .checkHessian, .tryAnother: return "Try another method or another start."
    case .allowMore(let currency): return "Allow more with \(Self.option(currency)), or start elsewhere."
    default: return SwiftTerms(variables: variables, kind: kind).advice(remedy)
    }
  }

  /// The first of some methods that can be asked for, as it is asked for.
  private func method(_ names: String...) -> String? {
    names.first(where: methods.contains).map { "\(isNamed ? "--methods" : "--method") \($0)" }
  }

  /// The option that limits a currency.
  static func option(_ currency: Currency) -> String {
    "--" + currency.rawValue.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
  }

  /// A start as it is typed.
  private func typed(_ start: Vector<Double>) -> String {
    let numbers = start.map { brief($0, digits: 6) }
    return "--start "
      + (isNamed ? numbers : zip(variables, numbers).map { "\($0)=\($1)" }).joined(separator: ",")
  }
}
