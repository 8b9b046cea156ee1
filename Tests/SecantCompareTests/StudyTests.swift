import Foundation
import Secant
import SecantCompare
import SecantProblems
import Synchronization
import Testing

@Suite struct StudyTests {
  static func study(_ seeds: [UInt64] = [0]) throws -> Study {
    let names = ["rosenbrock", "beale", "himmelblau", "hs2", "iris"]
    return try Study(
      of: try names.map { try #require(ProblemLibrary[$0]) },
      by: Request.methods(
        "gradientDescent,lbfgs,newton,lbfgsb,tron",
        among: MethodDescription.all + MethodDescription.bounded),
      seeds: seeds,
      within: Budget(iterations: .max, passes: 300))
  }

  private func withFile(_ body: (URL) async throws -> Void) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "secant-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try await body(file)
  }

  @Test func isTheSameWhereverItWasKilled() async throws {
    try await withFile { file in
      let study = try Self.study([0, 1])
      let whole = try await study.run(recordingIn: file)
      let bytes = try Data(contentsOf: file)
      #expect(whole.runs.count == 50)
      #expect(try StudyRecord(contentsOf: file).runs.map(\.sentence) == whole.runs.map(\.sentence))
      // Within the head and behind it, within a line and behind it.
      let head = try #require(bytes.firstIndex(of: UInt8(ascii: "\n"))) + 1
      for length in [
        0, 1, head - 2, head, head + 1, head + 1_000, bytes.count * 2 / 3, bytes.count - 1, bytes.count,
      ] {
        try bytes.prefix(length).write(to: file)
        var first: Int?
        let again = try await study.run(recordingIn: file, workers: 3) { done, _ in first = first ?? done }
        #expect(try Data(contentsOf: file) == bytes, "\(length)")
        #expect(again.runs.map(\.sentence) == whole.runs.map(\.sentence))
        // What was finished is not run again.
        #expect(first == max(0, bytes.prefix(length).count { $0 == UInt8(ascii: "\n") } - 1))
      }
    }
  }

  @Test func keepsWhatWasFinishedWhenItIsCancelled() async throws {
    try await withFile { file in
      let study = try Self.study()
      let task = Task {
        try await study.run(recordingIn: file) { done, _ in
          if done >= 5 { withUnsafeCurrentTask { $0?.cancel() } }
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      let kept = try StudyRecord(contentsOf: file).runs
      #expect((1..<25).contains(kept.count))
      let whole = try await study.run(recordingIn: file)
      #expect(whole.runs.count == 25 && whole.runs.prefix(kept.count).map(\.sentence) == kept.map(\.sentence))
    }
  }

  @Test func refusesTheRecordOfAnother() async throws {
    try await withFile { file in
      _ = try await Self.study().run(recordingIn: file)
      let error = await #expect(throws: UsageError.self) {
        try await Self.study([3]).run(recordingIn: file)
      }
      #expect(error?.description.contains("the record of another study") == true)
      // Two runs in each other's place.
      var lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      lines.swapAt(2, 3)
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
      let swapped = await #expect(throws: UsageError.self) { try await Self.study().run(recordingIn: file) }
      #expect(swapped?.description.contains("Line 3") == true)
      try Data("something else\n".utf8).write(to: file)
      await #expect(throws: UsageError.self) { try await Self.study().run(recordingIn: file) }
      // A pipe is not replaced by a file.
      try FileManager.default.removeItem(at: file)
      #expect(mkfifo(file.path, 0o600) == 0)
      let pipe = await #expect(throws: UsageError.self) { try await Self.study().run(recordingIn: file) }
      #expect(pipe?.description.contains("no file that can be read again") == true)
    }
  }

  /// Its data are not read again for every method.
  @Test func posesAProblemOnceAtEachPlaceOfWork() async throws {
    let posings = Counter()
    let mine = LibraryProblem("mine", posings.counting(AnyProblem(Rosenbrock<Double>())), from: [-1.2, 1])
    #expect(mine.dimension == 2 && mine.capabilities.contains(.hessian) && mine.dimension == 2)
    #expect(posings.count == 1)
    let methods = try Request.methods("lbfgs,bfgs,newton,trustRegion,newtonCG,adam")
    let record = try await Study(of: [mine], by: methods, within: Budget(passes: 50)).run(workers: 2)
    #expect(record.runs.count == 6 && posings.count <= 3)
  }

  private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func counting<Value>(_ made: Value) -> Value {
      value.withLock { $0 += 1 }
      return made
    }
  }

  /// A method without bounds is omitted where there are some, and the other way round.
  @Test func believesNoMethod() async throws {
    let record = try await Self.study().run()
    func run(_ problem: String, _ method: String) throws -> StudyRun {
      try #require(record.runs.first { $0.problem == problem && $0.method == method })
    }
    #expect(try run("hs2", "newton").omission?.contains("knows no bounds") == true)
    #expect(try run("hs2", "tron").isSolved)
    #expect(try run("rosenbrock", "newton").isSolved)
    let descent = try run("rosenbrock", "gradientDescent")
    #expect(!descent.isSolved && descent.status == "budget exhausted" && descent.spent["passes"] == 300)
    for run in record.runs where run.omission == nil {
      let values = try #require(run.history["value"])
      #expect(zip(values, values.dropFirst()).allSatisfy(>) && values[0] == run.start)
    }
  }

  @Test func refusesWhatMakesNoSense() {
    let problems = ProblemLibrary.formulas
    func refusal(_ body: () throws -> Study) -> String? {
      do { _ = try body() } catch { return "\(error)" }
      return nil
    }
    #expect(
      refusal { try Study(of: [], by: Request.methods("lbfgs")) } == "There is no problem; give at least one."
    )
    #expect(refusal { try Study(of: problems, by: []) }?.contains("no method") == true)
    #expect(
      refusal { try Study(of: problems, by: Request.methods("lbfgs"), seeds: [1, 1]) }?.contains("twice")
        == true)
    #expect(
      refusal { try Study(of: problems, by: Request.methods("lbfgs"), tolerance: 0) }?.contains("tolerance")
        == true)
    let mine = LibraryProblem("mine", AnyProblem(Rosenbrock<Double>()), from: [0, 0])
    #expect(
      refusal { try Study(of: [mine], by: Request.methods("lbfgs"), in: [.float]) }?.contains(
        "double precision")
        == true)
  }
}
