import Secant
import SecantProblems
import Testing

@Suite struct DataSetTests {
  @Test func shippedDataSetsAreWhatTheirSourceSays() throws {
    func shape(_ name: DataSet.Shipped) throws -> [Int] {
      let data = try DataSet(name)
      return [data.sampleCount, data.featureCount, data.classes.count]
    }
    #expect(try shape(.breastCancer) == [569, 30, 2])
    #expect(try shape(.digits) == [1797, 64, 10])
    #expect(try shape(.iris) == [150, 4, 3])
    #expect(try shape(.mushrooms) == [6513, 126, 2])
    // 357 of the tumours are benign, and their label is 1.
    #expect(try DataSet(.breastCancer).labels.reduce(0, +) == 357)
    // Five and NIST's thirteen.
    #expect(ShippedFile.names.count == 20)
    #expect(ShippedFile.bytes(named: "nothing.csv") == nil)
  }

  @Test func standardisedFeaturesHaveMeanZeroAndPopulationDeviationOne() throws {
    let data = try DataSet(Table("a,c,b,y\n1,7,10,0\n2,7,30,1\n6,7,20,1\n", name: "a.csv")).standardised()
    #expect(data.featureNames == ["a", "b"])
    for i in 0..<2 {
      let row = (0..<3).map { data.features[i, $0] }
      #expect(abs(row.reduce(0, +)) < 1e-15)
      #expect(abs(row.reduce(0) { $0 + $1 * $1 } / 3 - 1) < 1e-15)
    }
    // Three of the 64 pixels are the same in every digit.
    #expect(try DataSet(.digits).standardised().featureCount == 61)
    let extended = data.withConstant()
    #expect((0..<3).allSatisfy { extended.features[2, $0] == 1 })
  }

  @Test func classesCanBeGrouped() throws {
    let data = try DataSet.Shipped.digits.binaryTraining()
    #expect(data.classes == ["even", "odd"])
    #expect(Array(data.labels.prefix(5)) == [0, 1, 0, 1, 0])
  }

  @Test func readsLIBSVM() throws {
    let text = "+1 1:0.5 3:2 # a comment\r\n\n-1 2:1e1\n"
    let data = try DataSet(libsvm: text, name: "a.libsvm")
    #expect(data.classes == ["-1", "+1"])
    #expect(data.labels == [1, 0])
    #expect(data.features == [[0.5, 0], [0, 10], [2, 0]])
  }

  @Test(arguments: [
    (
      "1 1:1\n0 2:x\n", "a.libsvm, line 2, column 5: \"x\" is not a number; correct it, or leave the row out."
    ),
    ("1 1:1\n0 2:\n", "a.libsvm, line 2, column 5: the value is missing; leave the row out."),
    ("1 1:nan\n", "a.libsvm, line 1, column 5: \"nan\" is not a finite number; leave the row out."),
    ("one 1:1\n", "a.libsvm, line 1, column 1: \"one\" is not a number; correct it, or leave the row out."),
    ("\n", "a.libsvm: there is no data."),
    ("1\n0\n", "a.libsvm: there is no data."),
  ]) func malformedLIBSVM(_ text: String, _ sentence: String) {
    #expect(sentenceOfError(text) == sentence)
  }

  @Test(arguments: ["0:1", "2:1 2:1", "3:1 2:1", "2", "a:1", "1:2:3", "-1:2"])
  func indicesMustGrowFromOne(_ pairs: String) {
    let sentence = sentenceOfError("1 1:1\n0 \(pairs)\n")
    #expect(sentence?.contains("line 2") == true && sentence?.contains("is not a pair index:value") == true)
  }

  @Test func aTableThatWouldNotFitIsRefused() {
    #expect(sentenceOfError("1 999999999:1\n")?.contains("more than the dense form can hold") == true)
  }

  private func sentenceOfError(_ text: String) -> String? {
    do {
      _ = try DataSet(libsvm: text, name: "a.libsvm")
      return nil
    } catch { return error.description }
  }
}
