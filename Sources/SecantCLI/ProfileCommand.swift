import ArgumentParser
import Foundation
import Secant
import SecantCompare

/// `secant profile`: many methods on many problems.
struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile", abstract: "Run many methods on many problems, and draw their profiles.",
    usage:
      "secant profile [--problems NAMES] [--class CLASS] [--methods METHODS] [--runs FILE] [--report FILE] …",
    discussion: """
      Without any option it runs every problem of the library that has no bounds by thirteen methods. ‘secant problems’ lists the problems, \
      ‘secant compare --list-methods’ the methods. --class bounded runs those with bounds, by the methods for bounds.
      With --runs every finished run is kept: killed and started again, the command goes on where it was.
      """)

  @Argument(help: .hidden)
  var others: [String] = []

  @OptionGroup var choice: ProblemOptions

  @Option(help: "The methods, separated by commas (thirteen, and on problems with bounds four for those).")
  var methods: String?

  private static let usual =
    "gradientDescent,steepestDescent,nesterov,adam,sophiaH,conjugateGradient,barzilaiBorwein,lbfgs,bfgs,newtonCG,newton,trustRegion,exactTrustRegion"

  @Option(help: "The numbers to compute with: double, float, or both separated by a comma.")
  var scalar = "double"

  @Option(
    parsing: .unconditional,
    help: "What fixes every random choice, one for each run or several separated by commas.")
  var seeds = "0"

  @Option(
    parsing: .unconditional,
    help: "The tolerance of the gradient’s largest component, times max(1, that at the start).")
  var tolerance = 1e-6

  @OptionGroup(title: "Budget of each run (2000 passes unless one of these is given)")
  var limits: LimitOptions

  @Option(help: "What the profiles count: \(Cost.names.joined(separator: ", ")).")
  var cost = Cost.names[0]

  @Option(parsing: .unconditional, help: "Runs at a time (as many as there are cores).")
  var workers: Int?

  @Option(help: "Keep the runs in a file of JSON lines, and go on from those that are there.")
  var runs: String?

  @Option(help: "Write one self-contained HTML page with pictures.")
  var report: String?

  func run() async throws {
    try await explained {
      if let complaint = complaint(aboutExtra: others, problemsIn: "--problems") {
        throw UsageError(complaint)
      }
      let study = try study()
      guard let cost = Cost(cost) else { throw UsageError.unknown("cost", cost, among: Cost.names) }
      if let workers, workers < 1 { throw UsageError("--workers is \(workers); give at least 1.") }
      if runs == "-" {
        throw UsageError("--runs needs the name of a file, such as runs.jsonl, to go on from.")
      }
      let (runs, workers) = (runs, workers)
      let output = Output(report: report, json: runs)
      try output.check()
      let (record, isInterrupted) = try await untilInterrupted {
        let bar = ProgressBar()
        defer { bar.clear() }
        do {
          return try await study.run(
            recordingIn: runs.map { URL(filePath: $0) },
            workers: workers ?? ProcessInfo.processInfo.activeProcessorCount, observing: bar.show
          ) as StudyRecord?
        } catch is CancellationError { return nil }
      }
      guard !isInterrupted, let record else {
        FileHandle.standardError.write(
          Data("Interrupted\(runs.map { "; \($0) keeps what was finished" } ?? "").\n".utf8))
        throw ExitCode(130)
      }
      print(Profiles(record, cost: cost).summary)
      if let report {
        try output.write(Data(record.report(cost: cost).utf8), to: report)
        Output.announce(report)
      }
    }
  }

  private func study() throws -> Study {
    let scalars = try scalar.split(separator: ",").map { name in
      guard let scalar = Study.ScalarType(rawValue: String(name)) else {
        throw UsageError.unknown(
          "scalar type", String(name), among: Study.ScalarType.allCases.map(\.rawValue))
      }
      return scalar
    }
    let seeds = try seeds.split(separator: ",").map { text in
      guard let seed = UInt64(text) else {
        throw UsageError("‘\(text)’ in --seeds is no whole number of zero or more.")
      }
      return seed
    }
    if let complaint = limits.complaint { throw UsageError(complaint) }
    let asked = try methods.map {
      try Request.methods($0, among: MethodDescription.all + MethodDescription.bounded)
    }
    // Unless they were asked for, problems with bounds are for methods that know of some.
    let isFree = choice.isOfAll && !(asked ?? []).contains(where: \.isBounded)
    let problems = try choice.chosen().filter { !isFree || !$0.classes.contains(.bounded) }
    let hasBounds = problems.contains { $0.classes.contains(.bounded) }
    let isAllBounded = problems.allSatisfy { $0.classes.contains(.bounded) }
    let usual =
      try (isAllBounded ? [] : Request.methods(Self.usual))
      + (hasBounds
        ? MethodDescription.bounded.map { try Request(method: $0.name, among: MethodDescription.bounded) }
        : [])
    return try Study(
      of: problems, by: asked ?? usual,
      in: scalars, seeds: seeds, tolerance: tolerance, within: limits.budget ?? .study,
      isTimed: cost == Currency.seconds.rawValue)
  }
}

/// How far a study is, and how long it will take, on standard error where that is a terminal.
final class ProgressBar {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private var begun: Int?

  func show(_ done: Int, of all: Int) {
    let begun = self.begun ?? done
    self.begun = begun
    guard isTerminal else { return }
    let width = 30
    let bar = String(repeating: "█", count: width * done / max(all, 1))
    let seconds = Double((ContinuousClock.now - start).components.seconds)
    let rest = done > begun ? seconds / Double(done - begun) * Double(all - done) : nil
    let remaining = rest.map { ", about \(Int($0 / 60)) min \(Int($0) % 60) s to go" } ?? ""
    write(
      "\r\u{1B}[K\(bar.padding(toLength: width, withPad: "░", startingAt: 0)) \(done) of \(all)\(remaining)")
  }

  func clear() { if isTerminal { write("\r\u{1B}[K") } }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
