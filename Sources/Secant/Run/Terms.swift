/// Whose words an outcome speaks in: those of a program in Swift, or those of whoever reads it elsewhere.
package protocol Terms: Sendable {
  /// The variables' names; without them their indices stand for them.
  var variables: [String] { get }
  /// What one of them is called.
  var kind: String { get }
  /// Where a function falls beside the point of an outcome that holds the direction.
  var placeOfFall: String { get }
  /// Why there is no curvature to look at.
  var lackOfCurvature: String { get }
  /// A sentence that says what to do.
  func advice(_ remedy: Remedy) -> String
}

extension Terms {
  /// One variable, or several.
  package func list(_ indices: [Int]) -> String {
    guard indices.allSatisfy(variables.indices.contains) else {
      return
        "the \(kind)\(indices.count == 1 ? "" : "s") \(indices.map(String.init).joined(separator: ", "))"
    }
    let names = indices.map { "‘\(variables[$0])’" }
    return names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }
}

/// What can say in such terms what happened.
package protocol Worded: Sendable {
  func sentence(in terms: any Terms) -> String
}

/// Advice in Swift: to call something else, or to write the problem otherwise.
package struct SwiftTerms: Terms {
  package var variables: [String]
  package var kind: String
  package var placeOfFall: String { "along the direction given" }
  package var lackOfCurvature: String { "the problem offers no Hessian-vector product" }

  package init(variables: [String] = [], kind: String = "variable") {
    self.variables = variables
    self.kind = kind
  }

  package func advice(_ remedy: Remedy) -> String {
    switch remedy {
    case .startToEitherSide: return "Start elsewhere, to either side of this point."
    case .giveHessian(isBounded: true):
      return
        "Start elsewhere, or derive the Hessian, `FiniteDifferenceHessian(f).bounded(by: box)`, and use `.tron()`."
    case .giveHessian(isBounded: false):
      return
        "Start elsewhere, or give the Hessian (`FiniteDifferenceHessian(f)` derives one) and use `.newton()`."
    case .leaveSaddle(_, let isBounded):
      return """
        Use a method that sees curvature, such as `\(isBounded ? ".tron()" : ".trustRegion()")`, or move along \
        the direction given.
        """
    case .followFall: return "Move along that direction, and start from there."
    case .boundFunction(let isBounded):
      return "Check the sign of the objective, or "
        + (isBounded ? "narrow its bounds." : "add the constraint or penalty that bounds it.")
    case .computeMoreExactly:
      return
        "Compute the function in higher precision, remove a large constant from it, or accept this accuracy."
    case .fixRandomness: return "Take what is random out of the objective: fix its seed, or its batch."
    case .correctGradient: return "Correct the gradient; `FiniteDifferenceGradient` is a stopgap."
    case .checkHessian:
      return "Check the Hessian: `checkHessian` at this point compares it with the gradients."
    case .scaleData:
      return "Multiply the data, and with them the residuals, by a constant that brings them near 1."
    case .scaleValues: return "Multiply the function by a constant that brings its values near 1."
    case .scaleGradient:
      return """
        Check whether the function has a minimum; if it has, multiply it by a constant that brings its gradient \
        near 1.
        """
    case .checkScales:
      return "Check the scale of the function and of its variables, and the second derivatives"
        + " where the method asks for them (`checkHessian`)."
    case .startWhereFinite: return "Start where the function is finite."
    case .stayOffEdge:
      return "Keep the variables away from there by bounds, or round the function off;"
        + " the point given is the lowest."
    case .smallerRate(let danger): return "Try a smaller rate, or a line search, which \(danger.rawValue)."
    case .largerRate: return "Choose a larger rate where the method has one, or another start."
    case .roundKinkOff:
      return
        "A method for smooth functions can certify nothing here; round the kink off, or accept this point."
    case .startBesideRidge: return "Start beside this point: from it no gradient leads down."
    case .separate([]): return "Start elsewhere."
    case .separate(let indices):
      return indices.count == 1
        ? "Start elsewhere, leave out \(list(indices)), or take data that depend on it."
        : "Start elsewhere, fix one of \(list(indices)), or take data that depend on them."
    case .fixFlatVariable:
      return
        "Start elsewhere, or fix that variable; the criterion of `.levenbergMarquardt()` is blind to the units."
    case .startNearerToBound: return "Start nearer to the bound that f falls towards."
    case .boundVariables:
      return "There is no minimum this way: bound the variables, or add a penalty that holds them."
    case .seekRootElsewhere: return "Start elsewhere: there may be no root near here."
    case .tryAnother: return "Try another method or another start, and `checkDerivatives` at this point."
    case .allowMore:
      return "Allow more, or use a method that needs fewer: see the guide “Choosing a solver”."
    case .keepBest: return "The point given is the best one before the error."
    }
  }
}
