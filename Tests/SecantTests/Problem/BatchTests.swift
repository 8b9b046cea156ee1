import Foundation
import Secant
import Testing

@Suite struct BatchTests {
  @Test func allIsEveryTermInItsOrder() {
    #expect(Batch.all.isAll)
    #expect(Batch.all.count(of: 7) == 7)
    #expect((0..<7).map { Batch.all[$0] } == Array(0..<7))
  }

  @Test func aRangeOfAnOrder() {
    let batch = Batch([4, 2, 0, 1, 3], in: 1..<4)
    #expect(!batch.isAll)
    #expect(batch.count(of: 5) == 3)
    #expect((0..<3).map { batch[$0] } == [2, 0, 1])
    #expect(Batch([2, 2]).count(of: 5) == 2)
  }

  @Test(arguments: [Batch.all, Batch([4, 2, 0, 1, 3], in: 1..<4)]) func survivesCoding(batch: Batch) throws {
    #expect(try JSONDecoder().decode(Batch.self, from: JSONEncoder().encode(batch)) == batch)
  }

  @Test func anEmptyRangeIsMisuse() async {
    await #expect(processExitsWith: .failure) { _ = Batch([4, 2, 0, 1, 3], in: 3..<3) }
  }

  @Test(arguments: [
    #"{"range":[0,3]}"#, #"{"order":[],"range":[0,0]}"#, #"{"order":[4,2],"range":[1,1]}"#,
    #"{"order":[4,2],"range":[1,3]}"#, #"{"order":[4,2],"range":[-1,1]}"#, #"{"order":[4,-2],"range":[0,2]}"#,
  ]) func whatIsNoBatchIsNotDecoded(code: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Batch.self, from: Data(code.utf8)) }
  }
}
