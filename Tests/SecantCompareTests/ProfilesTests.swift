import Foundation
import Secant
import SecantCompare
import SecantProblems
import Testing

@Suite struct ProfilesTests {
  /// Three methods on four problems: what each paid in gradients, nil where it failed, and how far it came: 10⁻² for half the
  /// cost, 10⁻⁵ at the end.
  static let costs: [[Double?]] = [[10, 20, nil], [30, 15, 30], [8, nil, 8], [nil, nil, 40]]

  static func record() throws -> StudyRecord {
    var lines = [
      #"{"schema":"secant.study/2","problems":["#
        + (0..<4).map {
          #"{"name":"p\#($0)","title":"P","reference":"","dimension":2,"minimum":0,"classes":["convex"]}"#
        }.joined(separator: ",")
        + #"],"methods":["a","b","c"],"scalars":["double"],"seeds":[0],"tolerance":1e-6,"isTimed":false,"machine":{"secant":"1","swift":"6","openBLAS":"0","processor":"p","cores":1,"system":"s"},"budget":"#
        + String(decoding: try budget(), as: UTF8.self) + "}"
    ]
    for (p, row) in costs.enumerated() {
      for (m, cost) in row.enumerated() {
        let paid = cost ?? 100
        lines.append(
          #"{"problem":"p\#(p)","method":"\#("abc".map(String.init)[m])","scalar":"double","seed":0,"dimension":2,"#
            + #""status":"\#(cost == nil ? "stalled" : "converged")","sentence":"","isSolved":\#(cost != nil),"#
            + #""start":1,"value":0,"stationarity":0,"spent":{"gradients":\#(paid)},"#
            + #""history":{"value":[1,0.01,\#(cost == nil ? 0.005 : 1e-5)],"gradients":[1,\#(paid / 2),\#(paid)]}}"#
        )
      }
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "secant-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    return try StudyRecord(contentsOf: file)
  }

  private static func budget() throws -> Data {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(Budget.study)
  }

  /// Worked out by hand: of a the ratios are 1, 2, 1, of b 2 and 1, of c 2, 1, 1.
  @Test func performanceIsThatOfDolanAndMore() throws {
    let profiles = Profiles(try Self.record())
    let steps = profiles.performance().map { $0.map { [$0.ratio, $0.part] } }
    #expect(steps == [[[1, 0.5], [2, 0.75]], [[1, 0.25], [2, 0.5]], [[1, 0.5], [2, 0.75]]])
    #expect((0..<3).map(profiles.solved) == [3, 2, 3])
    // Of a and b alone the third problem is a's, and the fourth nobody's.
    #expect(
      profiles.performance(among: [0, 1]).map { $0.map { [$0.ratio, $0.part] } }
        == [[[1, 0.5], [2, 0.75]], [[1, 0.25], [2, 0.5]]])
    #expect(profiles.pair(0, 1) == (wins: 2, ties: 0, losses: 1))
    #expect(profiles.pair(0, 2) == (wins: 1, ties: 2, losses: 1))
  }

  /// The trap of Gould and Scott: without b, c is among the cheapest on one problem more.
  @Test func aThirdMethodChangesACurve() throws {
    let profiles = Profiles(try Self.record())
    #expect(profiles.performance()[2].map { [$0.ratio, $0.part] } == [[1, 0.5], [2, 0.75]])
    #expect(profiles.performance(among: [0, 2])[1].map { [$0.ratio, $0.part] } == [[1, 0.75]])
  }

  @Test func dataProfileCountsWhatWasSpent() throws {
    let profiles = Profiles(try Self.record())
    // To a hundredth all come, for half of what they paid in the end.
    #expect(
      profiles.data(within: 0.01)[0].map { [$0.cost, $0.part] } == [
        [4, 0.25], [5, 0.5], [15, 0.75], [50, 1],
      ])
    #expect(
      profiles.data(within: 1e-4)[0].map { [$0.cost, $0.part] } == [[8, 0.25], [10, 0.5], [30, 0.75]])
    #expect(profiles.data(within: 1e-6).allSatisfy { $0.isEmpty })
  }

  @Test func accuracyCountsDigits() throws {
    let accuracy = Profiles(try Self.record()).accuracy()
    func part(_ digits: Double) -> [Double] { accuracy.map { $0.first { $0.digits == digits }!.part } }
    #expect(part(2) == [1, 1, 1])
    #expect(part(5) == [0.75, 0.5, 0.75])
    #expect(part(5.1) == [0, 0, 0])
  }

  @Test func runTimesRiseWithinTheirBands() throws {
    let times = Profiles(try Self.record()).runTimes()
    for curve in times {
      #expect(zip(curve, curve.dropFirst()).allSatisfy { $0.part <= $1.part })
      #expect(curve.allSatisfy { $0.low <= $0.part && $0.part <= $0.high })
      #expect(curve.contains { $0.low < $0.high })
    }
    // Of the targets 10⁻¹ to 10⁻⁸, three problems of a come to five and one to two.
    #expect(abs(times[0].last!.part - 17.0 / 32) < 1e-12)
    // The same draws every time.
    let again = Profiles(try Self.record()).runTimes()
    #expect(again[1].map(\.low) == times[1].map(\.low))
  }

  @Test func countsInGradients() throws {
    #expect(Cost("gradient-equivalents") == .gradientEquivalents && Cost("passes") == .currency(.passes))
    #expect(Cost("euros") == nil)
    for name in Cost.names { #expect(Cost(name) != nil) }
  }

  @Test func saysWhoIsFirst() throws {
    let profiles = Profiles(try Self.record())
    #expect(profiles.ranking.last == 1)
    #expect(profiles.summary.contains("3 of 4"))
    #expect(!profiles.summary.contains("No method solves"))
    #expect(profiles.summary.contains("b misses 2: p2, p3 (stalled)."), "\(profiles.summary)")
  }

  /// The command of a page names its problems only where they are not those that are taken anyway.
  @Test func theCommandTakesTheLibraryAsItIs() async throws {
    #expect(ProblemLibrary.unbounded.count + ProblemLibrary.bounded.count == ProblemLibrary.all.count)
    let first = Array(ProblemLibrary.unbounded.prefix(1))
    for (problems, choice) in [
      (ProblemLibrary.bounded, "secant profile --class bounded --methods lbfgsb"),
      (first, "secant profile --problems \(first[0].name) --methods lbfgsb"),
    ] {
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jsonl")
      defer { try? FileManager.default.removeItem(at: file) }
      let study = try Study(
        of: problems, by: Request.methods("lbfgsb", among: MethodDescription.bounded),
        within: Budget(iterations: 1))
      #expect(try await study.run(recordingIn: file).report().contains(choice))
    }
  }

  /// A page without any address, that shows every problem, failure and command.
  @Test func reportIsOnePage() throws {
    let page = try Self.record().report(
      knowing: (0..<4).map { LibraryProblem("p\($0)", AnyProblem(Rosenbrock<Double>()), from: [0, 0]) })
    for text in [
      "p0", "Performance profile", "Who is cheaper", "secant profile --problems p3 --methods a", "Not solved",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("{{") && !page.contains("https://") && !page.contains("src="))
    if Gnuplot.isInstalled { #expect(page.count { $0 == "\n" } > 200 && page.contains("<svg")) }
  }
}
