import ArgumentParser
import Foundation
import SecantCompare

/// `secant certify`: theorems about the methods, held against runs.
struct CertifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Hold theorems about the methods against runs on members of their class.",
    discussion: """
      secant certify nesterov
      Without an argument it lists the theorems. With some, separated by spaces or commas, it draws members of the class, runs the method with the parameters that the \
      theorem prescribes, measures the rate, and confirms or refutes the bound. Some claims are wrong on purpose. The command fails if a \
      true theorem is refuted, or a wrong claim is not.
      """)

  @Argument(help: "Theorems, methods for all about them, or all.")
  var subjects: [String] = []

  @Option(
    parsing: .unconditional,
    help: "What fixes the members of the classes and every random choice, a whole number from 0 on.")
  var seed: UInt64 = 0

  @Option(help: "Write one self-contained HTML page with pictures.")
  var report: String?

  @Option(help: "Write the verdicts and their numbers as JSON; - is the standard output.")
  var json: String?

  func run() async throws {
    try await explained {
      guard !subjects.isEmpty else {
        guard report == nil, json == nil else {
          throw UsageError("Name a theorem, a method, or all; without one there is nothing to report.")
        }
        return list()
      }
      let theorems = try Theorem.named(subjects.joined(separator: ","))
      let output = Output(report: report, json: json)
      try output.check()
      let seed = seed
      let (checks, isInterrupted) = try await untilInterrupted {
        let bar = ProgressBar()
        defer { bar.clear() }
        var checks = [TheoremCheck]()
        for theorem in theorems where !Task.isCancelled {
          bar.show(checks.count, of: theorems.count)
          checks.append(theorem.certify(seed: seed))
        }
        return checks
      }
      guard !isInterrupted else { throw ExitCode(130) }
      try show(TheoremReport(checks, seed: seed, command: command), in: output)
    }
  }

  private func show(_ result: TheoremReport, in output: Output) throws {
    if let report { try output.write(Data(result.html().utf8), to: report) }
    if let json { try output.write(try result.json() + Data("\n".utf8), to: json) }
    // A stream that carries data carries nothing else.
    if json != "-" {
      print(result.table.text(width: Terminal.width ?? .max))
      let isFew = result.checks.count <= 12
      for check in result.checks {
        let theorem = check.theorem
        print(
          "\n\(theorem.name): \(theorem.claim)\n  \(theorem.statement)\n  \(theorem.reference)\n  \(check.sentence)"
        )
        if isFew, let plot = check.plot(width: Terminal.width ?? 80, isColoured: Terminal.isColoured) {
          print("\n\(plot)")
        }
      }
      print("\n\(result.summary)")
      if let report {
        print("\nThe report is in \(report).")
        if !Gnuplot.isInstalled { print(Gnuplot.advice) }
      }
    }
    if !result.isAsExpected { throw ExitCode(1) }
  }

  private func list() {
    let width = Theorem.all.map(\.name.count).max() ?? 0
    for theorem in Theorem.all {
      print(
        theorem.name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + theorem.claim
          + (theorem.isWrong ? " (wrong on purpose)" : ""))
    }
    print("\n\(Theorem.all.count) claims, \(Theorem.all.count { $0.isWrong }) of them wrong on purpose")
  }

  private var command: String {
    var words = ["secant", "certify"] + subjects
    if seed != 0 { words += ["--seed", "\(seed)"] }
    if let report { words += ["--report", report] }
    return words.map(shellQuoted).joined(separator: " ")
  }
}
