public import Secant

/// Samples with a number each that is to be predicted: a dense table of features, one column a sample.
public struct RegressionData: Equatable, Sendable {
  /// What it is called.
  public let name: String
  let table: Features
  /// What is to be predicted, a number for each sample.
  public let response: Vector<Double>

  /// One column a sample, one row a feature: a sample is contiguous.
  public var features: Matrix<Double> { table.values }
  /// A name for each feature.
  public var featureNames: [String] { table.names }
  /// The number of samples.
  public var sampleCount: Int { features.columns }
  /// The number of features of a sample.
  public var featureCount: Int { features.rows }

  public init(name: String, features: Matrix<Double>, featureNames: [String], response: Vector<Double>) {
    precondition(
      response.count == features.columns && featureNames.count == features.rows,
      "\(features.rows) × \(features.columns) features with \(featureNames.count) names and \(response.count) responses: give one name a row and one response a column"
    )
    self.init(name: name, table: Features(features, names: featureNames), response: response)
  }

  private init(name: String, table: Features, response: Vector<Double>) {
    self.name = name
    self.table = table
    self.response = response
  }

  /// The samples of a table.
  ///
  /// - Parameter response: the column of what is to be predicted; by default the last one.
  public init(_ table: Table, response: String? = nil) throws(DataError) {
    var y = Vector<Double>(zeros: table.rows.count)
    let features = try Features(table, target: response) { row, column throws(DataError) in
      y[row] = try table.number(row: row, column: column)
    }
    self.init(name: table.name, table: features, response: y)
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
    let y = Standardisation(response).map { units in Vector(response.map { units($0) }) }
    return RegressionData(
      name: name, table: table.standardised(like: table), response: y ?? Vector(zeros: sampleCount))
  }

  /// These samples with a feature behind the others that is 1 everywhere.
  public func withConstant() -> RegressionData {
    RegressionData(name: name, table: table.withConstant(), response: response)
  }

  /// Every k-th of these samples, beginning with the first.
  public func every(_ k: Int) -> RegressionData {
    precondition(k >= 1, "every \(k)th sample: give at least 1")
    let kept = Array(stride(from: 0, to: sampleCount, by: k))
    return RegressionData(
      name: name, table: table.samples(kept), response: Vector(kept.map { response[$0] }))
  }
}
