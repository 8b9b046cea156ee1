import Foundation
import SecantProblems
import Testing

@Suite struct TableTests {
  private func failure(_ body: () throws(DataError) -> Void) -> DataError? {
    do {
      try body()
      return nil
    } catch { return error }
  }

  private func failure(csv text: String, label: String? = nil) -> DataError? {
    failure { () throws(DataError) in _ = try DataSet(Table(text, name: "a.csv"), label: label) }
  }

  @Test func readsFieldsAndLines() throws {
    let table = try Table("a,b,y\n1,2,x\n\n\"3\",\"4\n5\",z\n6,7,x", name: "a.csv")
    #expect(table.header == ["a", "b", "y"])
    #expect(table.rows == [["1", "2", "x"], ["3", "4\n5", "z"], ["6", "7", "x"]])
    #expect(table.lines == [2, 4, 6])
  }

  @Test func aFirstLineOfNumbersIsNoHeader() {
    let problem = failure(csv: "17.99,10.38,0\n20.57,17.77,1\n")
    #expect(problem?.reason == .noHeader)
    #expect(problem?.line == 1)
  }

  @Test func byteOrderMarkAndWindowsLineEndsAreAccepted() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("secant-\(UUID()).csv").path
    try Data([0xEF, 0xBB, 0xBF] + "a,b,y\r\n1,2,0\r\n3,4,1\r\n".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let data = try DataSet(contentsOf: path)
    #expect(data.featureNames == ["a", "b"])
    #expect(data.labels == [0, 1])
    #expect(data.features[1, 1] == 4)
    let problem = failure { () throws(DataError) in _ = try DataSet(contentsOf: path, label: "c") }
    #expect(problem?.reason == .noLabelColumn("c", among: ["a", "b", "y"]))
  }

  @Test func anErrorNamesFileLineAndColumn() {
    let text = failure(csv: "a,b,y\n1,2,0\n3,oops,1\n")
    #expect(
      text?.description
        == "a.csv, line 3, column 2 (\"b\"): \"oops\" is not a number; correct it, or leave the row out.")
    let ragged = failure(csv: "a,b,y\n1,2,0\n3,1\n")
    #expect(
      ragged?.description
        == "a.csv, line 3, column 3: 2 fields where the header has 3; fill the row up, or leave it out.")
    let long = failure(csv: "a,b,y\n1,2,0,9\n")
    #expect(
      long?.description
        == "a.csv, line 2, column 4: 4 fields where the header has 3; put a field that has a comma in it in quotes."
    )
    let missing = failure(csv: "a,b,y\n1,,0\n")
    #expect(
      missing?.description == "a.csv, line 2, column 2 (\"b\"): the value is missing; leave the row out.")
    let marked = failure(csv: "a,b,y\n1,NA,0\n")
    #expect(marked?.reason == .missingValue)
    let label = failure(csv: "a,b,y\n1,2,\n")
    #expect(label?.description == "a.csv, line 2, column 3 (\"y\"): the value is missing; leave the row out.")
    let twice = failure(csv: "a,b,a\n1,2,0\n")
    #expect(
      twice?.description
        == "a.csv, line 1, column 3: the header has \"a\" twice; give each column a name of its own.")
    #expect(failure(csv: "a,b,y\n1,2,0\n\n3,x,1\n")?.line == 4)
    #expect(failure(csv: "a,\"b\nc\",y\n1,x,0\n")?.line == 3)
  }

  @Test(arguments: ["nan", "NaN", "inf", "-Infinity", "1e999"]) func numbersMustBeFinite(_ word: String) {
    #expect(failure(csv: "a,b,y\n1,\(word),0\n")?.reason == .notFinite(word))
  }

  @Test func aHeaderThatNoCommaCutsIsNamed() throws {
    for separator in [";", "\t", "|", " "] as [Character] {
      let problem = failure(csv: "a\(separator)y\n1,5\(separator)2\n")
      #expect(problem?.reason == .wrongSeparator(separator) && problem?.line == 1)
    }
    #expect(failure(csv: "# a note\na,y\n1,2\n")?.reason == .comment)
    // Names with a space or a number sign are names.
    #expect(try Table("dose rate\n1\n2\n", name: "a.csv").header == ["dose rate"])
    #expect(try Table("#,dose rate\n1,2\n", name: "a.csv").header == ["#", "dose rate"])
  }

  @Test(arguments: ["0x10", "0X1p3", "-0x1"]) func hexadecimalNumbersAreNone(_ word: String) {
    #expect(failure(csv: "a,b,y\n1,\(word),0\n")?.reason == .notANumber(word))
  }

  @Test func emptyFilesAreRefused() {
    #expect(failure(csv: "")?.reason == .empty)
    #expect(failure(csv: "\n\n")?.reason == .empty)
    #expect(failure(csv: "a,b,y\n")?.description == "a.csv, line 2: there is no data.")
    #expect(failure(csv: "y\n1\n")?.line == 1)
  }

  @Test func badQuotationIsRefused() {
    let error = failure(csv: "a,b,y\n1,2,0\n\"1\"x,2,0\n")
    #expect(error?.line == 3)
    if case .quotation = error?.reason {} else { Issue.record("\(String(describing: error))") }
  }

  @Test func anUnreadablePathIsNamed() {
    let error = failure { () throws(DataError) in _ = try Table(contentsOf: "/no/such/file.csv") }
    #expect(
      error?.description == "/no/such/file.csv: the file cannot be read: No such file or directory.")
    let folder = failure { () throws(DataError) in _ = try Table(contentsOf: "/tmp") }
    #expect(folder?.file == "/tmp")
  }

  @Test func bytesThatAreNoTextAreRefused() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("secant-\(UUID()).csv").path
    try Data([0x61, 0xFF, 0xFE, 0x0A]).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(failure { () throws(DataError) in _ = try Table(contentsOf: path) }?.reason == .notText)
  }

  @Test func classesAreInSortedOrder() throws {
    let numbers = try DataSet(Table("a,y\n1,10\n1,2\n1,-1\n1,2\n", name: "n.csv"))
    #expect(numbers.classes == ["-1", "2", "10"])
    #expect(numbers.labels == [2, 1, 0, 1])
    let words = try DataSet(Table("y,a\nb,1\na,1\n10,2\n", name: "w.csv"), label: "y")
    #expect(words.classes == ["10", "a", "b"])
    #expect(words.labels == [2, 1, 0])
  }
}
