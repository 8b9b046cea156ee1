import Secant
import SecantCompare
import Testing

/// What a sentence advises on a command line can be typed there.
@Suite struct AdviceTests {
  /// Every way that a run can end.
  static let endings: [Status<Double, Never>] = {
    let direction: Vector<Double> = [0.6, 0.8]
    let obstacles: [Obstacle?] = [nil] + Obstacle.allCases
    let places: [NonFinite.Place] = [
      .value, .squares(ofData: true), .squares(ofData: false), .gradient(coordinate: 1), .edge(coordinate: 1),
      .wall, .step,
    ]
    let met = Criterion(.stationarity, value: 0.0, threshold: 1)!
    return [
      .converged(met), .stationary(met), .saddle(leastEigenvalue: -1, direction: direction),
      .unboundedBelow(ray: direction), .limitedByPrecision(noise: 1e-9, stationarity: 1),
      .notReproducible(value: 1, again: 2),
      .suspectDerivative(Discrepancy(coordinate: 1, claimed: 1, measured: 2)),
      .diverged(Divergence(iteration: 3, value: 1e9, valueAtStart: 1)), .stopped(.cancellation),
    ] + obstacles.map { .stalled($0) } + Currency.allCases.map { .exhausted($0) }
      + places.flatMap { place in [0, 3].map { .nonFinite(NonFinite(iteration: $0, place: place)) } }
  }()

  private func sentences<Problem: DifferentiableObjective>(
    of _: Problem.Type, in terms: ShellTerms
  ) -> [String] where Problem.Scalar == Double, Problem.Failure == Never {
    Self.endings.map { status in
      Outcome<Problem>(
        status: status, point: [3, 4], value: 1, iterations: 3, ledger: Ledger(), monitoring: Ledger(),
        certificate: nil, restarts: Restarts(), movedStart: false
      ).sentence(in: terms)
    }
  }

  @Test(arguments: ["fit", "minimize", "compare"]) func whatIsAdvisedIsAnOption(command: String) throws {
    let help = try Command(command, "--help").output
    let isNamed = command == "compare"
    let option = isNamed ? "--methods" : "--method"
    let methods = try Command(command, option, "list").output.split(separator: "\n").compactMap {
      $0.first == " " ? nil : $0.split(separator: " ").first.map(String.init)
    }
    #expect(methods.contains(command == "fit" ? "gaussNewton" : "trustRegion"), "\(methods)")
    let terms = ShellTerms(variables: ["a", "b"], methods: methods, isNamed: isNamed)
    typealias Squares = FiniteDifferenceJacobian<ResidualClosure<Double>>
    for sentence in sentences(of: Closure<Double>.self, in: terms) + sentences(of: Squares.self, in: terms) {
      #expect(!sentence.contains("`") && !sentence.contains("check"), "\(sentence)")
      #expect(!sentence.contains("direction given") && !sentence.contains("coordinate"), "\(sentence)")
      let words = sentence.split(whereSeparator: { " ,.;:()".contains($0) }).map(String.init)
      for (word, next) in zip(words, words.dropFirst() + [""]) where word.hasPrefix("--") {
        #expect(help.contains("\(word) ") || help.contains("\(word)\n"), "\(word): \(sentence)")
        #expect(word != option || methods.contains(next), "\(next): \(sentence)")
      }
    }
  }

  /// Where a saddle is left is typed as it stands, and leads away.
  @Test func aSaddleIsLeftByTheStartAdvised() throws {
    let saddle = "x^2 + (y^2 - 1)^2"
    let command = try Command("minimize", saddle, "--start", "x=1,y=0", "--method", "lbfgs")
    #expect(command.status == 1)
    let start = try #require(command.output.split(separator: "--start ").last?.split(separator: ".\n").first)
    let again = try Command("minimize", saddle, "--start", String(start), "--method", "lbfgs")
    #expect(again.status == 0, "\(start): \(again.output)")
  }
}
