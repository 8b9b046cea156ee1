public import Secant

/// Samples with a number each that is to be predicted: a dense table of features, one column a sample.
public struct RegressionData: Equatable, Sendable {
  /// What it is called.
  public let name: String
  /// One column a sample, one row a feature: a sample is contiguous.
  public let features: Matrix<Double>
  /// A name for each feature.
  public let featureNames: [String]
  /// What is to be predicted, a number for each sample.
  public let response: Vector<Double>

  /// The number of samples.
  public var sampleCount: Int { features.columns }
  /// The number of features of a sample.
  public var featureCount: Int { features.rows }

  public init(name: String, features: Matrix<Double>, featureNames: [String], response: Vector<Double>) {
    precondition(
      response.count == features.columns && featureNames.count == features.rows,
      "\(features.rows) × \(features.columns) features with \(featureNames.count) names and \(response.count) responses: give one name a row and one response a column"
    )
    self.name = name
    self.features = features
    self.featureNames = featureNames
    self.response = response
  }

  /// The samples of a table.
  ///
  /// - Parameter response: the column of what is to be predicted; by default the last one.
  public init(_ table: Table, response: String? = nil) throws(DataError) {
    let header = table.header
    var last = header.count - 1
    if let response {
      guard let column = header.firstIndex(of: response) else {
        throw DataError(.noLabelColumn(response, among: header), in: table.name)
      }
      last = column
    }
    let columns = header.indices.filter { $0 != last }
    guard !columns.isEmpty else {
      throw DataError(.wrongFieldCount(found: 1, expected: 2), in: table.name, line: 1)
    }
    var features = Matrix<Double>(zeros: columns.count, table.rows.count)
    var y = Vector<Double>(zeros: table.rows.count)
    for row in table.rows.indices {
      for (k, column) in columns.enumerated() {
        features[k, row] = try table.number(row: row, column: column)
      }
      y[row] = try table.number(row: row, column: last)
    }
    self.init(name: table.name, features: features, featureNames: columns.map { header[$0] }, response: y)
  }

  /// Diabetes: 442 patients, ten measurements, and the progression of the disease a year later.
  public static let diabetes: RegressionData = {
    do {
      return try RegressionData(Table(ShippedFile.text(named: "diabetes.csv"), name: "diabetes.csv"))
    } catch { preconditionFailure("the embedded file diabetes.csv is not what it should be: \(error)") }
  }()
}

// MARK: - What is done before a regression

extension RegressionData {
  /// These samples with every feature and the response shifted to mean 0 and scaled to population deviation 1, and
  /// without the features that are constant. A response that is constant is shifted alone.
  public func standardised() -> RegressionData {
    /// A row in these units, or nil where it is constant.
    func standardised(_ values: [Double]) -> [Double]? {
      let mean = values.reduce(0, +) / Double(max(values.count, 1))
      guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      return values.map { ($0 - mean) / variance.squareRoot() }
    }
    let rows = (0..<featureCount).compactMap { i in
      standardised((0..<sampleCount).map { features[i, $0] }).map { (i, $0) }
    }
    var scaled = Matrix<Double>(zeros: rows.count, sampleCount)
    for (k, row) in rows.enumerated() {
      for j in 0..<sampleCount { scaled[k, j] = row.1[j] }
    }
    return RegressionData(
      name: name, features: scaled, featureNames: rows.map { featureNames[$0.0] },
      response: Vector(standardised(Array(response)) ?? Array(repeating: 0, count: sampleCount)))
  }

  /// These samples with a feature behind the others that is 1 everywhere.
  public func withConstant() -> RegressionData {
    var extended = Matrix<Double>(zeros: featureCount + 1, sampleCount)
    for j in 0..<sampleCount {
      for i in 0..<featureCount { extended[i, j] = features[i, j] }
      extended[featureCount, j] = 1
    }
    return RegressionData(
      name: name, features: extended, featureNames: featureNames + ["constant"], response: response)
  }

  /// Every k-th of these samples, beginning with the first.
  public func every(_ k: Int) -> RegressionData {
    precondition(k >= 1, "every \(k)th sample: give at least 1")
    let kept = Array(stride(from: 0, to: sampleCount, by: k))
    var chosen = Matrix<Double>(zeros: featureCount, kept.count)
    for (place, j) in kept.enumerated() {
      for i in 0..<featureCount { chosen[i, place] = features[i, j] }
    }
    return RegressionData(
      name: name, features: chosen, featureNames: featureNames, response: Vector(kept.map { response[$0] }))
  }
}
