public import Secant

/// Samples with a class each: a dense table of features, one column a sample.
public struct DataSet: Equatable, Sendable {
  /// What it is called.
  public let name: String
  let table: Features
  /// The class of each sample, as an index into ``classes``.
  public let labels: [Int]
  /// The labels' texts in sorted order: as numbers where all are numbers.
  public let classes: [String]

  /// One column a sample, one row a feature: a sample is contiguous.
  public var features: Matrix<Double> { table.values }
  /// A name for each feature.
  public var featureNames: [String] { table.names }
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
    self.init(
      name: name, table: Features(features, names: featureNames), labels: labels, classes: classes)
  }

  private init(name: String, table: Features, labels: [Int], classes: [String]) {
    self.name = name
    self.table = table
    self.labels = labels
    self.classes = classes
  }

  /// The samples of a table.
  ///
  /// - Parameter label: the column of the classes; by default the last one. All others must hold numbers.
  public init(_ table: Table, label: String? = nil) throws(DataError) {
    var texts: [String] = []
    let features = try Features(table, target: label) { row, column throws(DataError) in
      texts.append(table.rows[row][column])
      if texts[row].isEmpty {
        throw DataError(
          .missingValue, in: table.name, line: table.lines[row], column: column + 1,
          columnName: table.header[column])
      }
    }
    let (labels, classes) = sortedClasses(texts)
    self.init(name: table.name, table: features, labels: labels, classes: classes)
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
    return replacing(table.standardised(like: others.table))
  }

  /// The same samples with other features.
  private func replacing(_ table: Features) -> DataSet {
    DataSet(name: name, table: table, labels: labels, classes: classes)
  }

  /// Some of these samples, in the order of their indices.
  public func samples(_ indices: some Collection<Int>) -> DataSet {
    DataSet(
      name: name, table: table.samples(indices), labels: indices.map { labels[$0] }, classes: classes)
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
  public func withConstant() -> DataSet { replacing(table.withConstant()) }

  /// These samples in other classes: `group` names the new class of each old one.
  public func regrouped(_ group: (String) -> String) -> DataSet {
    let (map, names) = sortedClasses(classes.map(group))
    return DataSet(name: name, table: table, labels: labels.map { map[$0] }, classes: names)
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
