import Foundation
import Secant

/// What lists of names are joined by.
let british = Locale(identifier: "en_GB")

/// A sentence about the first of the words that a command has no place for.
func complaint(aboutExtra words: [String]) -> String? {
  guard let word = words.first?.trimmingCharacters(in: .whitespaces) else { return nil }
  let isAssignment = word.count > 1 && word.contains("=")
  return "‘\(word)’ has no place here; "
    + (isAssignment
      ? "join what an option sets by commas, --start a=1,b=2."
      : "a formula is one argument: put it in quotes, and options behind it.")
}

/// The same of a command without arguments, where `option` names the problems.
func complaint(aboutExtra words: [String], problemsIn option: String) -> String? {
  words.first.map {
    "‘\($0)’ has no place here; problems are named behind \(option), methods behind --methods, several with commas between."
  }
}

/// The nearest of some names. Two names of one letter each are not near, but for the case: any guess would do.
func guess(_ name: String, among names: [String]) -> String? {
  nearestName(
    to: name,
    among: names.filter { max(name.count, $0.count) > 1 || $0.lowercased() == name.lowercased() })
}
