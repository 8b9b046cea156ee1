import SecantCompare

/// The methods that can be asked for by name, and what can stand around them.
func listing(ofMethods methods: [MethodDescription]) -> String {
  """
  \(listing(methods))

  Around a method, behind a plus sign, the innermost first, as in momentum:rate=0.1+clipped:to=1+lookahead:
  \(listing(WrapperDescription.all))
  """
}

/// What can be asked for by name, as a table.
func listing(_ entries: [any Request.Entry]) -> String {
  let width = entries.map(\.name.count).max() ?? 0
  return entries.flatMap { entry in
    let name = entry.name + String(repeating: " ", count: width - entry.name.count)
    return ["\(name)  \(entry.summary)"]
      + entry.parameters.map { String(repeating: " ", count: width + 4) + "\($0.name): \($0.summary)" }
  }.joined(separator: "\n")
}
