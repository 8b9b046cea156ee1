import Foundation
import Secant
import SecantCompare
import Testing

/// The pages, opened in Chromium: at the width of a desktop and of a phone, light and dark, and on paper.
@Suite(.serialized, .enabled(if: Browser.isInstalled && Gnuplot.isInstalled), .timeLimit(.minutes(3)))
struct PageTests {
  /// Two variables, a dozen methods of which some do not converge.
  static func comparison() throws -> String {
    try Comparison(on: "rosenbrock", within: Budget(iterations: 1_000)).report()
  }

  /// As many methods as a usual study has, on problems with and without bounds, of two variables and of many.
  static func study() async throws -> String {
    let names = ["rosenbrock", "beale", "wood", "hs1", "iris", "quadratic", "fletcbv2"]
    let methods =
      "gradientDescent,steepestDescent,nesterov,adam,sophiaH,conjugateGradient,barzilaiBorwein,lbfgs,bfgs,newtonCG,newton,"
      + "trustRegion,exactTrustRegion,lbfgsb,tron"
    let study = try Study(
      of: try names.map { try #require(ProblemLibrary[$0]) },
      by: Request.methods(methods, among: MethodDescription.all + MethodDescription.bounded),
      within: Budget(iterations: .max, passes: 100))
    return try await study.run().report()
  }

  /// Theorems of several laws.
  static func theorems() throws -> String {
    let names = ["newton-quadratic", "adam-fails", "newton-cubic"]
    let checks = try names.flatMap { try Theorem.named($0).map { $0.certify() } }
    return TheoremReport(checks, seed: 0, command: "secant certify newton").html()
  }

  /// Data, a curve and both of its bands.
  static func decay() -> String {
    let (t, signal) = ([0.0, 2, 4, 6, 8, 10], [9.3, 6.2, 4.1, 2.9, 2.2, 1.2])
    let decay = fit(t, signal, from: [10, 0.1], by: .differences) { b, t in b[0] * exp(-b[1] * t) }
    let places = (0...50).map { Double($0) / 5 }
    let bands = zip(decay.confidenceBand(at: places), decay.predictionBand(at: places))
    let picture = CurvePicture(
      horizontal: "t", vertical: "signal", curveName: "curve",
      points: zip(t, signal).map { .init(x: $0, observed: $1, residual: $1 - decay($0)) },
      curve: zip(places, bands).map {
        .init(x: $0, value: $1.0.value, band: $1.0.interval, prediction: $1.1.interval)
      })
    return CurveReport(
      title: "signal = A exp(−kt) fitted to decay.csv", sentences: [decay.sentence],
      tables: [
        .init(title: "Parameters", header: ["parameter", "estimate"], rows: [["A", "9.2"], ["k", "0.2"]])
      ],
      picture: picture, command: "secant fit decay.csv"
    ).html()
  }

  private func expectFlawless(_ page: String) throws {
    let looks = try Browser.look(at: Browser.View.all.map { (page, $0) })
    try #require(looks.count == Browser.View.all.count)
    for (look, view) in zip(looks, Browser.View.all) {
      #expect(look.seen.width == view.width && look.seen.isDark == (view.scheme == "dark"))
      #expect(look.seen.texts > 50)
      #expect(look.findings == [], "\(view.name)")
    }
  }

  @Test func aComparisonIsFlawless() throws { try expectFlawless(try Self.comparison()) }

  @Test func aStudyIsFlawless() async throws { try expectFlawless(try await Self.study()) }

  @Test func theoremsAreFlawless() throws { try expectFlawless(try Self.theorems()) }

  @Test func aFitIsFlawless() throws { try expectFlawless(Self.decay()) }

  /// The probe sees what is wrong with a page, and nothing else.
  @Test func aBrokenPageIsSeen() throws {
    let page = try Self.comparison()
    let flaws: [(kind: String, text: String, broken: String)] = [
      ("overlap", ".legend svg {", ".legend li { margin-right: -4rem; } .legend svg {"),
      ("contrast", "--ink: #1b1f24", "--ink: #a0a0a0"),
      ("small", "svg text { fill", "svg text { font-size: 6px; fill"),
      ("cut off", "svg text { fill", "svg text { font-size: 40px; fill"),
      ("request", "</body>", "<img alt=\"\" src=\"http://127.0.0.1:9/picture.png\"></body>"),
      ("error", "</body>", "<script>nothingOfThisName()</script></body>"),
      ("wider than the window", "</body>", "<div style=\"width: 2000px\">wide</div></body>"),
      ("axis", "(gradient equivalents)", ""),
      ("axis", "f − f* (units of f)", ""),
      ("sort", "Math.sign(number(a) - number(b))", "0"),
      ("filter", "row.hidden =", "row.title ="),
      ("legend", "class=\"legend\"", "class=\"other\""),
    ]
    let pages = flaws.indices.map { index in
      let (_, text, broken) = flaws[index]
      var view = Browser.View.desktop
      view.name = "\(index)"
      return (page: page.replacing(text, with: broken), view: view)
    }
    let looks = try Browser.look(at: pages)
    try #require(looks.count == flaws.count)
    for (flaw, look) in zip(flaws, looks) {
      #expect(page.contains(flaw.text))
      #expect(look.has(flaw.kind), "\(flaw.kind): \(look.findings.prefix(3))")
    }
  }
}
