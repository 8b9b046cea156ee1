import Foundation
import Secant

/// What lists of names are joined by.
let british = Locale(identifier: "en_GB")

/// The nearest of some names. Two names of one letter each are not near, but for the case: any guess would do.
func guess(_ name: String, among names: [String]) -> String? {
  nearestName(
    to: name,
    among: names.filter { max(name.count, $0.count) > 1 || $0.lowercased() == name.lowercased() })
}

/// A sentence of the library's in the terms of the command line, where derivatives are exact and methods have names.
func shellWords(_ sentence: String) -> String {
  var text = sentence.replacing(", and `checkDerivatives` at this point", with: "")
    .replacing(" (`checkHessian`)", with: "")
    .replacing(" Check the Hessian: `checkHessian` at this point compares it with the gradients.", with: "")
  for method in ["levenbergMarquardt", "tron", "trustRegion", "newton"] {
    text = text.replacing("`.\(method)()`", with: "--method \(method)")
  }
  return text
}
