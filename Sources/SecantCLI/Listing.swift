import SecantCompare

/// What can be asked for by name, as a table.
func listing(_ entries: [any Request.Entry]) -> String {
  let width = entries.map(\.name.count).max() ?? 0
  return entries.flatMap { entry in
    let name = entry.name + String(repeating: " ", count: width - entry.name.count)
    return ["\(name)  \(entry.summary)"]
      + entry.parameters.map { String(repeating: " ", count: width + 4) + "\($0.name): \($0.summary)" }
  }.joined(separator: "\n")
}
