/// A name with parameters, as one writes it on a command line: `adam:rate=1e-2:beta1=0.95`.
///
/// Behind a method stand the wrappers around it, the innermost first: `adam:rate=1e-2+clipped:to=1+lookahead`.
public struct Request: Sendable, Equatable {
  /// The name as the catalogue writes it.
  public let name: String
  public let parameters: [String: String]
  /// What stands around a method, the innermost first.
  public private(set) var wrappers: [Request] = []
  /// What the parameters are unless they are set.
  private let defaults: [String: String]
  /// The request without its wrappers, as it was written.
  let ownText: String

  /// The request as it was written.
  public var text: String { ([ownText] + wrappers.map(\.text)).joined(separator: "+") }

  /// Something that can be requested by name.
  public protocol Entry: Sendable {
    var name: String { get }
    var summary: String { get }
    var parameters: [Parameter] { get }
  }

  /// What can be set about it.
  public struct Parameter: Sendable, Equatable {
    public let name: String
    /// What it is and what it is unless it is set.
    public let summary: String
    /// What it is unless it is set, as one would write it, or nil where the summary alone says so.
    let value: String?
    /// The same where a method sees some of the terms, or nil where that makes no difference.
    let valueOnBatches: String?

    public init(_ name: String, _ summary: String) {
      (self.name, self.summary, value, valueOnBatches) = (name, summary, nil, nil)
    }

    init(_ name: String, _ meaning: String, _ value: String, onBatches: String? = nil) {
      self.name = name
      summary = "\(meaning) (\(value)\(onBatches.map { ", on batches \($0)" } ?? ""))"
      (self.value, valueOnBatches) = (value, onBatches)
    }
  }

  /// Reads a request for one of the entries; upper and lower case and hyphens make no difference to a name.
  ///
  /// - Parameter kind: what the entries are, for a sentence about an unknown name.
  public init(_ text: String, kind: String, among entries: [any Entry]) throws(UsageError) {
    ownText = text
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let key = Self.key(parts[0])
    guard let entry = entries.first(where: { Self.key($0.name) == key }) else {
      throw .unknown(kind, parts[0], among: entries.map(\.name))
    }
    var parameters: [String: String] = [:]
    for part in parts.dropFirst() {
      guard let sign = part.firstIndex(of: "="), sign != part.startIndex,
        part.index(after: sign) != part.endIndex
      else {
        throw UsageError("‘\(part)’ in ‘\(text)’ sets nothing; write it as name=value.")
      }
      let name = String(part[..<sign])
      guard let parameter = entry.parameters.first(where: { Self.key($0.name) == Self.key(name) }) else {
        guard !entry.parameters.isEmpty else {
          throw UsageError("The \(kind) ‘\(entry.name)’ has no parameters, and ‘\(text)’ sets ‘\(name)’.")
        }
        throw .unknown(
          "parameter of the \(kind) ‘\(entry.name)’ named", name, among: entry.parameters.map(\.name))
      }
      guard parameters[parameter.name] == nil else {
        throw UsageError("‘\(text)’ sets \(parameter.name) twice; set it once.")
      }
      parameters[parameter.name] = String(part[part.index(after: sign)...])
    }
    name = entry.name
    self.parameters = parameters
    defaults = Dictionary(
      entry.parameters.compactMap { parameter in parameter.value.map { (parameter.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Reads a request for one of the methods, with the wrappers around it.
  public init(
    method text: String, among methods: [MethodDescription] = MethodDescription.all
  ) throws(UsageError) {
    // A wrapper's name begins with a letter, unlike what stands behind the sign of an exponent.
    let parts = text.split(separator: /\+(?=\p{L})/, omittingEmptySubsequences: false).map(String.init)
    try self.init(parts[0], kind: "method", among: methods)
    for part in parts.dropFirst() {
      wrappers.append(try Request(part, kind: "wrapper", among: WrapperDescription.all))
    }
  }

  static func key(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// What a parameter is set to, or what it is unless it is set.
  subscript(parameter: String) -> String { parameters[parameter] ?? defaults[parameter]! }

  /// A parameter's number.
  func number(_ parameter: String) throws(UsageError) -> Double {
    try number(parameter, default: Double(self[parameter]) ?? .nan)
  }

  /// A parameter's whole number.
  @usableFromInline func count(_ parameter: String) throws(UsageError) -> Int {
    try count(parameter, default: Int(self[parameter]) ?? 0)
  }

  /// A parameter's number, or `fallback` when it is not set.
  public func number(_ parameter: String, default fallback: Double) throws(UsageError) -> Double {
    guard let text = parameters[parameter] else { return fallback }
    guard let number = Double(text), number.isFinite else {
      throw UsageError("\(parameter) in ‘\(self.text)’ is ‘\(text)’; give a finite number.")
    }
    return number
  }

  /// A parameter's word, one of those that it can be, or the first of them when it is not set.
  public func word(_ parameter: String, among words: [String]) throws(UsageError) -> String {
    guard let text = parameters[parameter] else { return words[0] }
    guard words.contains(text) else {
      throw .unknown("\(parameter) of ‘\(name)’ named", text, among: words)
    }
    return text
  }

  /// A parameter's whole number, at least `least`, or `fallback` when it is not set.
  public func count(
    _ parameter: String, default fallback: Int, least: Int = 1, most: Int = 10_000_000
  ) throws(UsageError) -> Int {
    guard let text = parameters[parameter] else { return fallback }
    guard let count = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }), count >= least else {
      throw UsageError(
        "\(parameter) in ‘\(self.text)’ is ‘\(text)’; give a whole number of at least \(least).")
    }
    guard count <= most else {
      throw UsageError("\(parameter) in ‘\(self.text)’ is ‘\(text)’; give a whole number of at most \(most).")
    }
    return count
  }
}
