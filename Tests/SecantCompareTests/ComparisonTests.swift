import Foundation
import Secant
import SecantCompare
import SecantProblems
import Testing

/// A comparison that no run made, with everything that is hard to write down.
func awkward() -> Comparison {
  var spent = Ledger()
  spent.iterations = 3
  spent.gradients = 4
  spent.passes = 4
  spent.seconds = 0.25
  var more = spent
  more.iterations = 40
  more.gradients = 50
  more.passes = 50.5
  let trace = Trace(samples: [
    .init(value: 2, gradientNorm: 1, ledger: spent, point: [0.5, -1]),
    .init(value: 1 + 1e-9, gradientNorm: 1e-5, ledger: more, point: [1, 1]),
  ])
  let broken = Trace(samples: [.init(value: .nan, gradientNorm: .infinity, ledger: spent)])
  return Comparison(
    title: "a <b> & \"c\", 'd'", dimension: 2, scalar: "Double", budget: Budget(gradients: 100),
    reference: .init(value: 1, source: .knownOptimum),
    entries: [
      .init(
        name: "adam:rate=1e-2, \"fast\"", status: "converged", isConverged: true,
        sentence: "It <i>ended</i> & well.",
        value: 1 + 1e-9, gradientNorm: 1e-5, iterations: 40, ledger: more, trace: trace),
      .init(
        name: "broken", status: "non-finite", isConverged: false, sentence: "{{name}} is not a number.",
        value: .nan, gradientNorm: .infinity, iterations: 0, ledger: spent, trace: broken),
    ],
    omissions: [.init(name: "<bfgs>", reason: "Too large & dense.")])
}

@Suite struct ComparisonTests {
  @Test func comparesInFiveLines() {
    let comparison = Comparison(
      of: [.init("gradient descent", .gradientDescent(rate: 1e-3)), .init("Newton", .newton())],
      on: Course(Rosenbrock(), from: [-1.2, 1], within: Budget(iterations: 500)), titled: "Rosenbrock",
      optimum: 0)
    #expect(comparison.entries.map(\.status) == ["budget exhausted", "converged"])
    #expect(comparison.entries[1].value < 1e-10)
    #expect(comparison.entries[1].trace.samples.first?.point == [-1.2, 1])
    #expect(comparison.reference == .init(value: 0, source: .knownOptimum))
    #expect(comparison.landscape != nil)
    #expect(comparison.summary().contains("Newton: "))
  }

  @Test func aTraceEndsWhereTheRunEnds() {
    let comparison = Comparison(
      of: [.init("gradient descent", .gradientDescent(rate: 1e-4))],
      on: Course(Rosenbrock(), from: [-1.2, 1], within: Budget(iterations: 20_000)), titled: "Rosenbrock")
    let entry = comparison.entries[0]
    let iterations = entry.trace.samples.map(\.ledger.iterations)
    #expect(iterations.first == 0)
    #expect(iterations.last == entry.ledger.iterations)
    #expect(Array(iterations.prefix(50)) == Array(0..<50))
    #expect(iterations == iterations.sorted())
    // A thinned trace is a few hundred samples, however long the run.
    #expect(iterations.count < 500)
  }

  @Test func theLeastValueFoundStandsInForAnUnknownOptimum() {
    let comparison = Comparison(
      of: [
        .init("worse", .gradientDescent(rate: 1e-4)), .init("better", .newton()),
      ], on: Course(TestProblem<Double>.beale, from: [1, 1], within: Budget(iterations: 30)), titled: "Beale")
    #expect(comparison.reference.source == .leastFound)
    #expect(comparison.reference.value == comparison.entries[1].value)
    #expect(comparison.caption[1].contains("the least value that any method found"))
  }

  @Test func singlePrecisionStandsBesideDouble() {
    let comparison = Comparison(
      of: [.init("L-BFGS", .lbfgs())], on: Course(Rosenbrock<Float>(), from: [-1.2, 1]), titled: "Rosenbrock",
      optimum: 0)
    #expect(comparison.scalar == "Float")
    #expect(comparison.entries[0].value < 1e-3)
  }

  @Test func aCancelledComparisonReturnsWhatItHas() async {
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return Comparison(
        of: [.init("Newton", .newton())], on: Course(Rosenbrock(), from: [-1.2, 1]), titled: "Rosenbrock")
    }
    let comparison = await task.value
    #expect(comparison.entries.isEmpty)
    #expect(comparison.omissions.map(\.name) == ["Newton"])
    #expect(!comparison.summary().isEmpty)
  }
}

@Suite struct TableTests {
  @Test func showsOnlyCurrenciesThatWereSpent() {
    let table = awkward().table
    #expect(
      table.header == ["method", "status", "f − f*", "‖∇f‖₂", "steps", "gradients", "passes", "seconds"])
    #expect(table.rows[0].dropFirst(2) == ["1.0e-09", "1.0e-05", "40", "50", "50.5", "0.25"])
    #expect(table.rows[1].dropFirst(2) == ["nan", "inf", "0", "4", "4", "0.25"])
  }

  @Test(arguments: [40, 60, 80]) func foldsIntoTheWidth(width: Int) {
    let text = awkward().table.text(width: width)
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= max(width, 44) })
    for heading in awkward().table.header { #expect(text.contains(heading)) }
  }
}

@Suite struct PlotTests {
  @Test(arguments: [40, 80, 120]) func fitsItsWidth(width: Int) {
    let plot = awkward().plot(against: .gradients, width: width)
    #expect(plot.split(separator: "\n").allSatisfy { $0.count <= width })
    #expect(plot.contains("a adam:rate=1e-2"))
    #expect(plot.contains("evaluations of f and ∇f"))
    #expect(!plot.contains("\u{1B}"))
  }

  @Test func aCurveFallsFromLeftToRight() throws {
    let lines = awkward().plot(against: .iterations).split(separator: "\n").map(String.init)
    let rows = lines.filter { $0.contains("│") || $0.contains("┤") }
    let first = try #require(rows.first)
    let last = try #require(rows.last)
    #expect(first.lastIndex(of: "a")! < last.lastIndex(of: "a")!)
  }

  @Test func coloursOnRequest() {
    #expect(awkward().plot(isColoured: true).contains("\u{1B}[31ma\u{1B}[0m"))
  }

  @Test func saysWhenThereIsNothing() {
    var comparison = awkward()
    comparison.entries.removeFirst()
    #expect(comparison.plot() == "There is nothing to plot: no method evaluated the objective.")
  }
}

@Suite struct ExportTests {
  @Test func jsonComesBack() throws {
    let comparison = awkward()
    let again = try Comparison(json: try comparison.json())
    // NaN is no equal of itself, so the texts are compared.
    #expect(try again.json() == comparison.json())
    #expect(again.entries[0] == comparison.entries[0])
    #expect(again.entries[1].value.isNaN && again.entries[1].gradientNorm == .infinity)
    let object = try #require(try JSONSerialization.jsonObject(with: comparison.json()) as? [String: Any])
    #expect(object["schema"] as? String == Comparison.schema)
  }

  @Test func jsonOfAnotherSchemaIsRefused() throws {
    let text = String(decoding: try awkward().json(), as: UTF8.self).replacing(
      Comparison.schema, with: "other/9")
    #expect(throws: DecodingError.self) { try Comparison(json: Data(text.utf8)) }
  }

  @Test func csvHasEveryDigitAndQuotesNames() {
    let lines = awkward().csv.split(separator: "\r\n").map(String.init)
    #expect(lines[0].hasPrefix("method,value,gap,gradientNorm,iterations,values,gradients"))
    #expect(lines[1] == "\"adam:rate=1e-2, \"\"fast\"\"\",2.0,1.0,1.0,3,0,4,0,0,0,0,0,0,4,0.25")
    #expect(lines[2].contains(",1.000000001,"))
    #expect(lines[3].hasPrefix("broken,nan,nan,inf,"))
    #expect(lines.count == 4)
  }
}

@Suite struct ReportTests {
  @Test func escapesWhateverItIsGiven() {
    let page = awkward().report()
    #expect(page.contains("a &lt;b&gt; &amp; &quot;c&quot;"))
    #expect(page.contains("It &lt;i&gt;ended&lt;/i&gt; &amp; well."))
    #expect(page.contains("&lt;bfgs&gt;"))
    #expect(page.contains("{{name}} is not a number."))
    #expect(!page.contains("<b>") && !page.contains("<i>"))
  }

  @Test func isSelfContained() {
    let page = awkward().report()
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    for outside in ["<link", "src=", "@import", "https://"] { #expect(!page.contains(outside)) }
  }

  /// Numbers at the ends of what there is.
  @Test(.enabled(if: Gnuplot.isInstalled), arguments: [1e308, 1e-300, -1e308, .infinity])
  func drawsWhateverItIsGiven(extreme: Double) {
    var comparison = awkward()
    for k in comparison.entries.indices {
      comparison.entries[k].trace.samples[0].value = extreme
      comparison.entries[k].trace.samples[0].gradientNorm = abs(extreme)
    }
    let page = comparison.report()
    #expect(
      !page.contains("There are no pictures") && page.components(separatedBy: "<figure>").count - 1 == 6)
  }

  @Test(.enabled(if: Gnuplot.isInstalled)) func drawsSixChartsAndThePaths() {
    let comparison = Comparison(
      of: [.init("it's <L-BFGS>", .lbfgs())], on: Course(Rosenbrock(), from: [-1.2, 1]), titled: "Rosenbrock",
      optimum: 0)
    let page = comparison.report()
    #expect(page.components(separatedBy: "<figure>").count - 1 == 7)
    for axis in [
      "cost (gradient equivalents)", "cost (passes over the data)", "time (s)", "x₁ (first variable)",
    ] {
      #expect(page.contains(axis))
    }
    #expect(!page.contains("<L-BFGS>"))
  }
}
