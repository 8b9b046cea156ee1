public import Secant

/// Samples with a class each: a dense table of features, one column a sample.
public struct DataSet: Equatable, Sendable {
  /// What it is called.
  public let name: String
  /// One column a sample, one row a feature: a sample is contiguous.
  public let features: Matrix<Double>
  /// A name for each feature.
  public let featureNames: [String]
  /// The class of each sample, as an index into ``classes``.
  public let labels: [Int]
  /// The labels' texts in sorted order: as numbers where all are numbers.
  public let classes: [String]

  /// The number of samples.
  public var sampleCount: Int { features.columns }
  /// The number of features of a sample.
  public var featureCount: Int { features.rows }

  public init(
    name: String, features: Matrix<Double>, featureNames: [String], labels: [Int], classes: [String]
  ) {
    precondition(
      labels.count == features.columns && featureNames.count == features.rows,
      "\(features.rows) × \(features.columns) features with \(featureNames.count) names and \(labels.count) labels: give one name a row and one label a column"
    )
    precondition(
      labels.allSatisfy(classes.indices.contains), "a label lies outside 0..<\(classes.count), the classes")
    self.name = name
    self.features = features
    self.featureNames = featureNames
    self.labels = labels
    self.classes = classes
  }

  /// The samples of a table.
  ///
  /// - Parameter label: the column of the classes; by default the last one. All others must hold numbers.
  public init(_ table: Table, label: String? = nil) throws(DataError) {
    let header = table.header
    var labelColumn = header.count - 1
    if let label {
      guard let column = header.firstIndex(of: label) else {
        throw DataError(.noLabelColumn(label, among: header), in: table.name)
      }
      labelColumn = column
    }
    let columns = header.indices.filter { $0 != labelColumn }
    guard !columns.isEmpty else {
      throw DataError(.wrongFieldCount(found: 1, expected: 2), in: table.name, line: 1)
    }
    var features = Matrix<Double>(zeros: columns.count, table.rows.count)
    for row in table.rows.indices {
      for (k, column) in columns.enumerated() {
        features[k, row] = try table.number(row: row, column: column)
      }
      if table.rows[row][labelColumn].isEmpty {
        throw DataError(
          .missingValue, in: table.name, line: table.lines[row], column: labelColumn + 1,
          columnName: header[labelColumn])
      }
    }
    let (labels, classes) = sortedClasses(table.rows.map { $0[labelColumn] })
    self.init(
      name: table.name, features: features, featureNames: columns.map { header[$0] }, labels: labels,
      classes: classes)
  }

  /// The samples of a text in LIBSVM's format, made dense.
  public init(libsvm text: String, name: String) throws(DataError) {
    let file = try LIBSVMFile(text, name: name)
    let (size, overflow) = file.columnCount.multipliedReportingOverflow(by: file.rows.count)
    guard !overflow, size <= 1 << 27 else {
      throw DataError(.tooLarge(rows: file.rows.count, columns: file.columnCount), in: name)
    }
    var features = Matrix<Double>(zeros: file.columnCount, file.rows.count)
    for (j, row) in file.rows.enumerated() { for pair in row { features[pair.index, j] = pair.value } }
    let (labels, classes) = sortedClasses(file.labels)
    self.init(
      name: name, features: features, featureNames: (1...file.columnCount).map { "x\($0)" }, labels: labels,
      classes: classes)
  }

  /// The samples of a file: LIBSVM's format where the name ends in `.libsvm` or `.svm`, otherwise CSV.
  public init(contentsOf path: String, label: String? = nil) throws(DataError) {
    if path.hasSuffix(".libsvm") || path.hasSuffix(".svm") {
      try self.init(libsvm: text(of: path), name: path)
    } else {
      try self.init(Table(contentsOf: path), label: label)
    }
  }

  /// One of the data sets that are part of the package.
  public init(_ shipped: Shipped) throws(DataError) {
    let text = try ShippedFile.text(named: shipped.file)
    if shipped == .mushrooms {
      try self.init(libsvm: text, name: shipped.file)
    } else {
      try self.init(Table(text, name: shipped.file))
    }
  }

  /// The data sets that are part of the package.
  public enum Shipped: String, CaseIterable, Sendable {
    /// Wisconsin diagnostic breast cancer: 569 samples, 30 features; 0 malignant, 1 benign.
    case breastCancer = "breast-cancer"
    /// Handwritten digits, 8 × 8 grey levels: 1797 samples, 10 classes.
    case digits
    /// Fisher's iris flowers: 150 samples, 4 features, 3 classes.
    case iris
    /// Mushrooms, one-hot: 6513 samples, 126 features; 1 poisonous.
    case mushrooms

    var file: String {
      switch self {
      case .breastCancer: "breast_cancer.csv"
      case .digits: "digits.csv"
      case .iris: "iris.csv"
      case .mushrooms: "agaricus_train.libsvm"
      }
    }
  }
}

// MARK: - What is done to features before training

extension DataSet {
  /// These samples with every feature shifted to mean 0 and scaled to population deviation 1, and without the
  /// features that are constant.
  public func standardised() -> DataSet { standardised(like: self) }

  /// These samples with every feature shifted and scaled as those of others, which thereby get mean 0 and population
  /// deviation 1, and without the features that are constant there: a test set goes by its training set.
  public func standardised(like others: DataSet) -> DataSet {
    precondition(
      featureNames == others.featureNames,
      "the features are not those of \(others.name): give them the same names")
    let count = Double(max(others.sampleCount, 1))
    let kept = (0..<featureCount).compactMap { row -> (row: Int, mean: Double, deviation: Double)? in
      let values = (0..<others.sampleCount).map { others.features[row, $0] }
      guard let first = values.first, values.contains(where: { $0 != first }) else { return nil }
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return (row, mean, variance.squareRoot())
    }
    var scaled = Matrix<Double>(zeros: kept.count, sampleCount)
    for j in 0..<sampleCount {
      for (i, (row, mean, deviation)) in kept.enumerated() {
        scaled[i, j] = (features[row, j] - mean) / deviation
      }
    }
    return DataSet(
      name: name, features: scaled, featureNames: kept.map { featureNames[$0.row] }, labels: labels,
      classes: classes)
  }

  /// Some of these samples, in the order of their indices.
  public func samples(_ indices: some Collection<Int>) -> DataSet {
    var chosen = Matrix<Double>(zeros: featureCount, indices.count)
    for (k, j) in indices.enumerated() {
      for i in 0..<featureCount { chosen[i, k] = features[i, j] }
    }
    return DataSet(
      name: name, features: chosen, featureNames: featureNames, labels: indices.map { labels[$0] },
      classes: classes)
  }

  /// These samples in two parts, drawn at random: one to train on, and one to test with.
  ///
  /// - Parameters:
  ///   - part: the part that is kept for the test, between 0 and 1.
  ///   - seed: fixes the draw.
  public func split(testing part: Double = 0.2, seed: UInt64) -> (training: DataSet, test: DataSet) {
    let count = Int((part * Double(sampleCount)).rounded())
    precondition(
      count > 0 && count < sampleCount,
      "a test of \(count) out of \(sampleCount) samples: give a part that leaves some on both sides")
    var generator = RandomGenerator(seed: seed)
    let order = generator.permutation(sampleCount)
    return (samples(order[count...].sorted()), samples(order[..<count].sorted()))
  }

  /// These samples with a feature behind the others that is 1 everywhere.
  public func withConstant() -> DataSet {
    var extended = Matrix<Double>(zeros: featureCount + 1, sampleCount)
    for j in 0..<sampleCount {
      for i in 0..<featureCount { extended[i, j] = features[i, j] }
      extended[featureCount, j] = 1
    }
    return DataSet(
      name: name, features: extended, featureNames: featureNames + ["constant"], labels: labels,
      classes: classes)
  }

  /// These samples in other classes: `group` names the new class of each old one.
  public func regrouped(_ group: (String) -> String) -> DataSet {
    let (map, names) = sortedClasses(classes.map(group))
    return DataSet(
      name: name, features: features, featureNames: featureNames, labels: labels.map { map[$0] },
      classes: names)
  }
}

/// The distinct texts in sorted order, as numbers where all are numbers, and the place of each text among them.
private func sortedClasses(_ texts: [String]) -> (labels: [Int], classes: [String]) {
  let distinct = Set(texts).sorted()
  let numbers = distinct.compactMap(Double.init)
  let classes =
    numbers.count == distinct.count
    ? zip(distinct, numbers).sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0) : distinct
  let place = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
  return (texts.map { place[$0]! }, classes)
}
