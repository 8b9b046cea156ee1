import Foundation
public import Secant

extension DataSet.Shipped {
  /// This data set as it is prepared for training: standardised, except for the mushrooms, whose features are 0 and
  /// 1, and with a constant feature last, which is regularised like the others.
  public func training() throws(DataError) -> DataSet {
    let raw = try DataSet(self)
    return (self == .mushrooms ? raw : raw.standardised()).withConstant()
  }

  /// This data set, prepared for training, in two classes: the digits as even and odd.
  ///
  /// Fisher's irises stay in their three classes, which a ``LogisticRegression`` refuses.
  public func binaryTraining() throws(DataError) -> DataSet {
    let data = try training()
    return self == .digits ? data.regrouped { Int($0)!.isMultiple(of: 2) ? "even" : "odd" } : data
  }
}

/// The minimum of a regression on a shipped data set with λ = 1/n, as it was found in extended precision.
public struct ReferenceOptimum: Sendable, Equatable {
  /// Which regression it is.
  public enum Model: String, Sendable, CaseIterable {
    case logistic, softmax
  }

  /// The data.
  public let dataSet: DataSet.Shipped
  /// Which regression it is.
  public let model: Model
  /// λ.
  public let regularisation: Double
  /// f at zero weights.
  public let valueAtStart: Double
  /// f*.
  public let value: Double
  /// The weights at which f* was found.
  public let minimiser: Vector<Double>

  /// All that are known, in the order of their file.
  public static let all: [ReferenceOptimum] = load()

  /// The optimum of a model on a data set, or nil where none is known.
  public static func of(_ model: Model, on dataSet: DataSet.Shipped) -> ReferenceOptimum? {
    all.first { $0.model == model && $0.dataSet == dataSet }
  }

  private struct Record: Decodable {
    let name: String
    let kind: String
    let lambda: Double
    let f_start: Double
    let f_star: String
    let minimiser: [Double]
  }

  private static func load() -> [ReferenceOptimum] {
    guard let bytes = ShippedFile.bytes(named: "logistic-optima.json"),
      let records = try? JSONDecoder().decode([Record].self, from: Data(bytes))
    else { preconditionFailure("the embedded file logistic-optima.json is not what it should be") }
    return records.compactMap { record in
      guard let dataSet = DataSet.Shipped.allCases.first(where: { record.name.hasPrefix($0.stem) }),
        let value = Double(record.f_star)
      else { return nil }
      return ReferenceOptimum(
        dataSet: dataSet, model: record.kind == "softmax" ? .softmax : .logistic,
        regularisation: record.lambda,
        valueAtStart: record.f_start, value: value, minimiser: Vector(record.minimiser))
    }
  }
}

extension DataSet.Shipped {
  /// The file's name without its ending.
  fileprivate var stem: String { String(file.prefix { $0 != "." }) }
}
