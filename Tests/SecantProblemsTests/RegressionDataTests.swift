import Secant
import SecantProblems
import Testing

@Suite struct RegressionDataTests {
  private let table = try! Table("a,b,c\n1,5,10\n2,5,30\n6,5,20\n", name: "small.csv")

  @Test func readsATableByTheResponsesName() throws {
    let last = try RegressionData(table)
    #expect(last.featureNames == ["a", "b"] && last.response == [10, 30, 20])
    #expect(last.features == Matrix(rows: 2, columns: 3, elements: [1, 5, 2, 5, 6, 5]))
    let first = try RegressionData(table, response: "a")
    #expect(first.featureNames == ["b", "c"] && first.response == [1, 2, 6])
  }

  @Test func whatCannotBeReadIsNamed() {
    #expect(throws: DataError(.noLabelColumn("z", among: ["a", "b", "c"]), in: "small.csv")) {
      try RegressionData(table, response: "z")
    }
    #expect(throws: DataError(.wrongFieldCount(found: 1, expected: 2), in: "one.csv", line: 1)) {
      try RegressionData(Table("y\n1\n2\n", name: "one.csv"))
    }
    #expect(
      throws: DataError(.notANumber("tall"), in: "text.csv", line: 3, column: 2, columnName: "y")
    ) { try RegressionData(Table("x,y\n1,2\n3,tall\n", name: "text.csv")) }
  }

  @Test func standardisedIsOfMeanZeroAndDeviationOne() throws {
    let data = try RegressionData(table).standardised()
    #expect(data.featureNames == ["a"] && data.sampleCount == 3)
    let values = (0..<3).map { data.features[0, $0] }
    for values in [values, Array(data.response)] {
      #expect(abs(values.reduce(0, +)) < 1e-15)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } - 3) < 1e-14)
    }
    // A response that never changes has no deviation to be measured in.
    let flat = RegressionData(
      name: "flat", features: Matrix(rows: 1, columns: 2, elements: [1, 2]), featureNames: ["x"],
      response: [7, 7])
    #expect(flat.standardised().response == [0, 0])
  }

  @Test func theDiabetesDataAreThoseOfThePaper() {
    let data = RegressionData.diabetes
    #expect(data.sampleCount == 442 && data.featureCount == 10)
    #expect(data.response[0] == 151 && data.response[441] == 57)
    #expect(data.features[2, 0] == 32.1)
    #expect(data.every(3).sampleCount == 148 && data.every(3).response[1] == data.response[3])
    #expect(data.withConstant().featureNames.last == "constant")
  }
}
