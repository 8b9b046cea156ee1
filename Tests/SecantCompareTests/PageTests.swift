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

  private func expectFlawless(_ page: String) throws {
    let looks = try Browser.look(at: Browser.View.all.map { (page, $0) })
    try #require(looks.count == Browser.View.all.count)
    for (look, view) in zip(looks, Browser.View.all) {
      #expect(look.seen.width == view.width && look.seen.isDark == (view.scheme == "dark"))
      #expect(look.seen.texts > 300)
      #expect(look.findings == [], "\(view.name)")
    }
  }

  @Test func aComparisonIsFlawless() throws { try expectFlawless(try Self.comparison()) }

  @Test func aStudyIsFlawless() async throws { try expectFlawless(try await Self.study()) }

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
