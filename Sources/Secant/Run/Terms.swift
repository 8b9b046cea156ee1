/// What the sentence of an outcome calls things: as in Swift, or as on a command line, where derivatives are exact and what
/// is advised has to be an option.
package struct Terms: Sendable {
  /// The variables' names; without them their indices stand for them.
  package var variables: [String]
  /// The names that `--method` or `--methods` takes, but for the one that was taken; nil in Swift, where methods are calls.
  package var methods: [String]?

  /// Whether it is a problem that is known by a name, and no formula of the user's: what can be changed about it is where
  /// it starts, and which methods are tried.
  package var isNamed: Bool

  package init(variables: [String] = [], methods: [String]? = nil, isNamed: Bool = false) {
    self.variables = variables
    self.methods = methods
    self.isNamed = isNamed
  }

  var isShell: Bool { methods != nil }

  /// One variable, or several.
  func list(_ indices: [Int]) -> String {
    guard indices.allSatisfy(variables.indices.contains) else {
      return
        "the variable\(indices.count == 1 ? "" : "s") \(indices.map(String.init).joined(separator: ", "))"
    }
    let names = indices.map { "‘\(variables[$0])’" }
    return names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }

  /// The first of some methods that can be asked for, as it is asked for.
  func method(_ names: String...) -> String? {
    guard let methods else { return names.first.map { "`.\($0)()`" } }
    return names.first(where: methods.contains).map { "\(isNamed ? "--methods" : "--method") \($0)" }
  }

  /// The option that limits a currency.
  package func option(_ currency: Currency) -> String {
    "--" + currency.rawValue.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
  }
}

/// What can say in such terms what happened.
package protocol Worded: Sendable {
  func sentence(in terms: Terms) -> String
}
