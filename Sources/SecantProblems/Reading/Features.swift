import Secant

/// What is known of samples beside what is to be learnt of them: a dense table, one column a sample.
struct Features: Equatable, Sendable {
  /// One column a sample, one row a feature: a sample is contiguous.
  var values: Matrix<Double>
  /// A name for each feature.
  var names: [String]

  /// All columns of a table but one, the target's, which is given or the last.
  ///
  /// - Parameter read: takes the target of a row, given its column.
  init(
    _ table: Table, target: String?, _ read: (_ row: Int, _ column: Int) throws(DataError) -> Void
  ) throws(DataError) {
    let header = table.header
    guard let targetColumn = target.map({ header.firstIndex(of: $0) }) ?? (header.count - 1) else {
      throw DataError(.noLabelColumn(target!, among: header), in: table.name)
    }
    let columns = header.indices.filter { $0 != targetColumn }
    guard !columns.isEmpty else {
      throw DataError(.wrongFieldCount(found: 1, expected: 2), in: table.name, line: 1)
    }
    values = Matrix(zeros: columns.count, table.rows.count)
    names = columns.map { header[$0] }
    for row in table.rows.indices {
      for (k, column) in columns.enumerated() { values[k, row] = try table.number(row: row, column: column) }
      try read(row, targetColumn)
    }
  }

  init(_ values: Matrix<Double>, names: [String]) {
    self.values = values
    self.names = names
  }

  /// Every feature in units of others' mean and deviation, without those that are constant there.
  func standardised(like others: Features) -> Features {
    let kept = names.indices.compactMap { i in
      Standardisation((0..<others.values.columns).map { others.values[i, $0] }).map { (i, $0) }
    }
    var scaled = Matrix<Double>(zeros: kept.count, values.columns)
    for j in 0..<values.columns {
      for (k, (i, standardisation)) in kept.enumerated() { scaled[k, j] = standardisation(values[i, j]) }
    }
    return Features(scaled, names: kept.map { names[$0.0] })
  }

  /// A feature behind the others that is 1 everywhere.
  func withConstant() -> Features {
    var extended = Matrix<Double>(zeros: values.rows + 1, values.columns)
    for j in 0..<values.columns {
      for i in 0..<values.rows { extended[i, j] = values[i, j] }
      extended[values.rows, j] = 1
    }
    return Features(extended, names: names + ["constant"])
  }

  /// Those of some samples, in the order of their indices.
  func samples(_ indices: some Collection<Int>) -> Features {
    var chosen = Matrix<Double>(zeros: values.rows, indices.count)
    for (k, j) in indices.enumerated() {
      for i in 0..<values.rows { chosen[i, k] = values[i, j] }
    }
    return Features(chosen, names: names)
  }
}

/// x ↦ (x − mean) / deviation, by which some numbers get mean 0 and population deviation 1.
struct Standardisation {
  private let mean: Double
  private let deviation: Double

  /// That of some numbers, or nil where they are all the same.
  init?(_ values: some Collection<Double>) {
    guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
    let (count, mean) = (Double(values.count), values.reduce(0, +) / Double(values.count))
    self.mean = mean
    deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }

  func callAsFunction(_ x: Double) -> Double { (x - mean) / deviation }
}
