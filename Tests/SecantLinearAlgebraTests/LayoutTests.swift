import Foundation
import SecantLinearAlgebra
import Testing

@Suite struct LayoutTests {
  let layout = Layout()
    .matrix("layer1.weight", rows: 2, columns: 3, role: .hidden)
    .vector("layer1.bias", count: 2, role: .bias)
    .matrix("head", rows: 1, columns: 2, role: .head)

  @Test func offsets() throws {
    #expect(layout.count == 10)
    #expect(layout.blocks.map(\.offset) == [0, 6, 8])
    #expect(layout.blocks.map(\.name) == ["layer1.weight", "layer1.bias", "head"])
    let bias = try #require(layout["layer1.bias"])
    #expect(bias.range == 6..<8 && bias.role == .bias && bias.matrixShape == nil)
    #expect(layout["head"]?.matrixShape == MatrixShape(rows: 1, columns: 2))
    #expect(layout["layer2"] == nil)
    #expect(Layout().count == 0)
  }

  @Test func blocksOfAVector() throws {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) throws {
      var x = Vector<Scalar>((0..<10).map { Scalar($0) })
      let weight = try #require(layout["layer1.weight"])
      #expect(Matrix(weight, of: x) == [[0, 2, 4], [1, 3, 5]])
      let sum = x.withBlock(try #require(layout["head"])) { $0.reduce(0, +) }
      #expect(sum == 17)
      x.withMutableBlock(try #require(layout["layer1.bias"])) { $0[1] = 100 }
      #expect(x == [0, 1, 2, 3, 4, 5, 6, 100, 8, 9])
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func complaints() {
    #expect(
      layout.complaint(adding: "head", .vector(count: 1)) == "two blocks are named \"head\": rename one")
    #expect(layout.complaint(adding: "", .vector(count: 1)) == "a block has no name: give it one")
    #expect(
      layout.complaint(adding: "w", .matrix(rows: 3, columns: 0))
        == "block \"w\" has 3 × 0 elements: every side must be at least 1")
    #expect(layout.complaint(adding: "w", .vector(count: -1)) != nil)
    #expect(layout.complaint(adding: "w", .vector(count: .max)) != nil)
    #expect(layout.complaint(adding: "w", .matrix(rows: 1 << 32, columns: 1 << 32)) != nil)
    #expect(layout.complaint(adding: "w", .matrix(rows: 3, columns: 2)) == nil)
  }

  @Test func encodes() throws {
    #expect(try roundTrip(layout) == layout)
    var text = String(decoding: try JSONEncoder().encode(layout), as: UTF8.self)
    text.replace("layer1.bias", with: "head")
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Layout.self, from: Data(text.utf8)) }
  }
}

@Suite struct LayoutMisuseTests {
  @Test func twoBlocksOfOneName() async {
    await #expect(processExitsWith: .failure) {
      _ = Layout().vector("b", count: 1, role: .bias).vector("b", count: 2, role: .bias)
    }
  }

  @Test func vectorOfAnotherLayout() async {
    await #expect(processExitsWith: .failure) {
      let layout = Layout().vector("b", count: 3, role: .bias)
      Vector<Double>([1, 2]).withBlock(layout["b"]!) { _ in }
    }
  }
}
