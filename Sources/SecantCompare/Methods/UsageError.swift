internal import Secant

/// A request that makes no sense: a sentence that names what was asked, and the remedy.
public struct UsageError: Error, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }

  /// The error of a name that is none of the known ones: it says which one is near, or what
  /// bears that name elsewhere.
  public static func unknown(_ kind: String, _ name: String, among names: [String]) -> UsageError {
    let known = namesElsewhere[Request.key(name)]?.first(where: names.contains)
    let remedy =
      (known ?? nearestName(to: name, among: names)).map { "did you mean ‘\($0)’?" }
      ?? (names.count > 50
        ? "‘secant compare \(kind == "method" ? "--methods" : "--problem") list’ prints the known ones."
        : "the known ones are \(names.joined(separator: ", ")).")
    return UsageError("There is no \(kind) ‘\(name)’; \(remedy)")
  }
}
