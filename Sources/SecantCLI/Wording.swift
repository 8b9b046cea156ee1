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
