public import Foundation
import Secant

/// The runs of a study, and what they are runs of: a file of JSON lines, the head first and then a ``StudyRun`` a line.
public struct StudyRecord: Sendable, Equatable {
  public let head: Head
  public internal(set) var runs: [StudyRun]

  /// The first line: what was asked for. A record is continued by the study that it was begun by, and by no other.
  public struct Head: Sendable, Equatable, Codable {
    /// The layout of the lines, raised when a key is added or changes its meaning.
    public static let schema = "secant.study/2"

    public let schema: String
    public let problems: [Problem]
    public let methods: [String]
    public let scalars: [Study.ScalarType]
    public let seeds: [UInt64]
    public let tolerance: Double
    public let budget: Budget
    public let isTimed: Bool
    /// What began the record; another machine may go on.
    public internal(set) var machine: Machine

    /// What is known of a problem.
    public struct Problem: Sendable, Equatable, Codable {
      public let name, title, reference: String
      public let dimension: Int
      public let minimum: Double?
      public let classes: [LibraryProblem.Class]
    }

    init(_ study: Study) {
      schema = Self.schema
      problems = study.problems.map { problem in
        Problem(
          name: problem.name, title: problem.title, reference: problem.reference,
          dimension: problem.dimension, minimum: problem.minimum,
          classes: LibraryProblem.Class.allCases.filter(problem.classes.contains))
      }
      methods = study.methods.map(\.text)
      (scalars, seeds, tolerance) = (study.scalars, study.seeds, study.tolerance)
      (budget, isTimed, machine) = (study.budget, study.isTimed, .current)
    }

    /// The runs that there are to be, in order.
    var names: [StudyRun.Name] {
      problems.flatMap { problem in
        scalars.flatMap { scalar in
          seeds.flatMap { seed in
            methods.map { StudyRun.Name(problem: problem.name, method: $0, scalar: scalar, seed: seed) }
          }
        }
      }
    }
  }

  /// Reads a record, whose last line may be torn.
  public init(contentsOf file: URL) throws {
    let lines = try Data(contentsOf: file).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // What stands behind the last line's end is empty, or torn.
    let whole = lines.dropLast()
    guard let first = whole.first, let head = try? Documents.decoded(Head.self, from: first),
      head.schema == Head.schema
    else {
      throw UsageError("\(file.relativePath) does not begin with the head of a study; name another file.")
    }
    self.head = head
    let expected = head.names
    runs = try whole.dropFirst().enumerated().map { index, line in
      let run = try? Documents.decoded(StudyRun.self, from: line)
      guard let run, index < expected.count, run.name == expected[index] else {
        throw UsageError(
          "Line \(index + 2) of \(file.relativePath) is not the run that the head calls for there; name another file."
        )
      }
      return run
    }
  }

  init(_ head: Head) {
    self.head = head
    runs = []
  }

  static func line(_ value: some Encodable) throws -> Data {
    try Documents.encoded(value) + Data("\n".utf8)
  }
}

extension Study {
  /// Makes the runs that a record lacks, several at a time, and writes each when those before it are written: a study that
  /// was killed goes on where it was, and the file is the same as if it had not been.
  ///
  /// - Parameters:
  ///   - file: where the record is kept, and where it is continued if it is there; nil for memory alone.
  ///   - workers: runs at a time.
  ///   - observe: called with the number of runs that there are, and of all.
  /// - Throws: a ``UsageError`` where the file is the record of another study; `CancellationError` where the task was
  ///   cancelled, with everything kept that was finished.
  public func run(
    recordingIn file: URL? = nil, workers: Int = ProcessInfo.processInfo.activeProcessorCount,
    observing observe: (Int, Int) -> Void = { _, _ in }
  ) async throws -> StudyRecord {
    var record = StudyRecord(StudyRecord.Head(self))
    var handle: FileHandle?
    if let file { handle = try open(file, &record) }
    defer { try? handle?.close() }
    let cells = cells
    let begun = record.runs.count
    observe(begun, cells.count)
    // A run has a processor of its own.
    let threads = LinearAlgebra.threads
    LinearAlgebra.threads = 1
    defer { LinearAlgebra.threads = threads }
    try await withThrowingTaskGroup(of: (Int, StudyRun, Bench).self) { group in
      var next = begun
      func begin(at bench: Bench) {
        guard next < cells.count, !Task.isCancelled else { return }
        let index = next
        group.addTask {
          var bench = bench
          let run = bench.run(cells[index], of: self)
          return (index, run, bench)
        }
        next += 1
      }
      for _ in 0..<max(1, workers) { begin(at: Bench()) }
      var early: [Int: StudyRun] = [:]
      for try await (index, run, bench) in group {
        // A run that was cancelled is none.
        guard !Task.isCancelled else { continue }
        early[index] = run
        while let run = early.removeValue(forKey: record.runs.count) {
          try handle?.write(contentsOf: StudyRecord.line(run))
          record.runs.append(run)
        }
        observe(record.runs.count + early.count, cells.count)
        begin(at: bench)
      }
    }
    try Task.checkCancellation()
    return record
  }

  /// Continues the record that is there, without a line that is torn, or begins one.
  private func open(_ file: URL, _ record: inout StudyRecord) throws -> FileHandle {
    // What is no file of its own, a device or a pipe, would be replaced by one.
    let kind =
      try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)[.type]
      as? FileAttributeType
    guard kind == nil || kind == .typeRegular else {
      throw UsageError("\(file.relativePath) is no file that can be read again; name one such as runs.jsonl.")
    }
    let begun = try? Data(contentsOf: file)
    // A first line that is torn says nothing.
    if let begun, !begun.isEmpty, try !StudyRecord.line(record.head).dropLast().starts(with: begun) {
      let other = try StudyRecord(contentsOf: file)
      var asked = record.head
      asked.machine = other.head.machine
      guard other.head == asked else {
        throw UsageError(
          "\(file.relativePath) is the record of another study; name another file, or remove it.")
      }
      record = other
    }
    let lines = try [StudyRecord.line(record.head)] + record.runs.map(StudyRecord.line)
    // Written anew as a whole, so that a kill in between leaves the one or the other.
    do { try Data(lines.joined()).write(to: file, options: .atomic) } catch {
      throw UsageError("\(file.relativePath) cannot be written: \(error.localizedDescription)")
    }
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    return handle
  }
}
