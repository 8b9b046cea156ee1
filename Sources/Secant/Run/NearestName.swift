/// The name that is nearest to a misspelt one by edit distance, or nil when none is near.
package func nearestName(to name: String, among names: [String]) -> String? {
  let wanted = name.lowercased()
  let distances = names.map { (name: $0, distance: editDistance(wanted, $0.lowercased())) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  // Half of the letters wrong is another word.
  return best.distance <= max(1, max(wanted.count, best.name.count) / 2) ? best.name : nil
}

/// How many insertions, deletions and substitutions of one character turn `a` into `b` (Levenshtein 1966).
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
