import Secant
import SecantCompare
import Testing

@Suite struct CurvePictureTests {
  private func picture(_ x: [Double], _ y: [Double], curve: [(Double, Double)] = []) -> CurvePicture {
    CurvePicture(
      horizontal: "x", vertical: "y", curveName: "curve",
      points: zip(x, y).map { .init(x: $0, observed: $1, residual: $1) },
      curve: curve.map { .init(x: $0, value: $1, band: nil, prediction: nil) })
  }

  @Test func marksLieWhereTheirNumbersAre() {
    let lines = picture([0, 1, 2], [0, 1, 2]).plot(width: 40, height: 11).split(separator: "\n").map(
      String.init)
    let marked = lines.dropFirst().prefix(11).compactMap { line in
      line.firstIndex(of: "o").map { line.distance(from: line.startIndex, to: $0) }
    }
    // Upwards to the right: the topmost mark is the last one, and the middle one lies in the middle.
    #expect(marked.count == 3 && marked[0] > marked[1] && marked[1] > marked[2])
    #expect(abs(marked[0] + marked[2] - 2 * marked[1]) <= 1)
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  /// One point, equal points, the ends of the range of numbers, and what is not finite.
  @Test(arguments: [
    ([1], [5]), ([3, 3, 3], [2, 2, 2]), ([0, 1], [0, 0]), ([-1.7e308, 1.7e308], [-1.7e308, 1.7e308]),
    ([0, .leastNonzeroMagnitude], [0, .leastNonzeroMagnitude]), ([1e300, 1.0000000000000002e300], [1, 2]),
    ([.nan, 1, 2], [1, .infinity, 3]),
  ]) func anyNumbersCanBeDrawn(x: [Double], y: [Double]) {
    let text = picture(x, y, curve: Array(zip(x, y))).plot(width: 60)
    #expect(text.contains("o data"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  @Test func nothingIsSaidToBeNothing() {
    #expect(picture([.nan], [1]).plot() == "There is nothing to plot: no observation has a finite place.")
  }

  @Test func coloursAreOptional() {
    let picture = picture([0, 1], [0, 1])
    #expect(!picture.plot().contains("\u{1B}"))
    #expect(picture.plot(isColoured: true).contains("\u{1B}[34mo\u{1B}[0m"))
  }

  @Test func thePageEscapesWhatItIsGiven() {
    let page = CurveReport(
      title: "a<b & c", sentences: ["1 < 2"], tables: [.init(title: "<i>", rows: [["<n>", "<c>"]])],
      picture: picture([0, 1], [0, 1], curve: [(0, 0), (1, 1)]), command: "secant fit '<x>'"
    ).html()
    #expect(page.contains("<title>a&lt;b &amp; c · Secant</title>") && page.contains("<p>1 &lt; 2</p>"))
    for text in ["<i>", "<n>", "<c>", "<x>"] { #expect(!page.contains(text)) }
    #expect(page.contains("<svg") == Gnuplot.isInstalled)
  }

  @Test func ticksAreRoundNumbersWithin() {
    let axis = LinearAxis([0, 97])
    let ticks = axis.ticks(atMost: 6)
    #expect(ticks == [0, 20, 40, 60, 80, 100].filter { $0 <= axis.high })
    #expect(axis.place(axis.low) == 0 && axis.place(axis.high) == 1)
  }
}
