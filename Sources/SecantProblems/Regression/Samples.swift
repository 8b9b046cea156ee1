public import Secant

/// The samples of a regression: one column a sample, shared by every copy and every batch of the problem.
@usableFromInline struct Samples<Scalar: LAPACKScalar>: Sendable {
  @usableFromInline let features: Matrix<Scalar>
  @usableFromInline let labels: [Int]

  /// Room for this many scalars stands on the stack while a chunk is looked at.
  static var room: Int { 4096 }

  init(_ dataSet: DataSet) { self.init(dataSet.features, labels: dataSet.labels) }

  /// Samples without classes.
  init(_ features: Matrix<Double>, labels: [Int] = []) {
    self.features = Matrix(
      rows: features.rows, columns: features.columns,
      elements: Vector(features.elements.map { Scalar($0) }))
    self.labels = labels
  }

  @usableFromInline var count: Int { features.columns }
  @usableFromInline var dimension: Int { features.rows }

  /// Some samples, next to each other in memory.
  struct Chunk {
    /// d × `count`, column after column.
    let features: UnsafePointer<Scalar>
    let count: Int
    /// The place of the first of them in the batch.
    let first: Int
  }

  /// Goes through a batch once, at most `limit` samples at a time, and allocates nothing.
  ///
  /// A chunk of all samples stands where the data stands; one of a batch is gathered, as far as there is room.
  @inline(__always) func forEachChunk(of batch: Batch, atMost limit: Int, _ body: (Chunk) -> Void) {
    let d = dimension
    let total = batch.count(of: count)
    precondition(total > 0, "the batch is empty: give at least one term")
    features.withUnsafeBufferPointer { all in
      let data = all.baseAddress!
      if batch.isAll {
        for first in stride(from: 0, to: total, by: limit) {
          body(Chunk(features: data + first * d, count: min(limit, total - first), first: first))
        }
        return
      }
      let limit = min(limit, max(1, Self.room / d))
      withScratch { gathered in
        for first in stride(from: 0, to: total, by: limit) {
          let size = min(limit, total - first)
          if size == 1 {
            body(Chunk(features: data + checked(batch[first]) * d, count: 1, first: first))
            continue
          }
          for k in 0..<size {
            (gathered + k * d).update(from: data + checked(batch[first + k]) * d, count: d)
          }
          body(Chunk(features: gathered, count: size, first: first))
        }
      }
    }
  }

  @inline(__always) func checked(_ index: Int) -> Int {
    precondition(
      index >= 0 && index < count, "the batch names term \(index) of a sum of \(count): give 0..<\(count)")
    return index
  }

  /// Room for ``room`` scalars on the stack.
  @inline(__always) func withScratch<R>(_ body: (UnsafeMutablePointer<Scalar>) -> R) -> R {
    var room = InlineArray<4096, Scalar>(repeating: 0)
    var span = room.mutableSpan
    return span.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
  }

}

/// λ as it was given, or 1/n.
func defaultRegularisation(_ λ: Double?, _ dataSet: DataSet) -> Double {
  defaultRegularisation(λ, of: dataSet.sampleCount, in: dataSet.name)
}

/// The same of so many samples.
func defaultRegularisation(_ λ: Double?, of count: Int, in name: String) -> Double {
  precondition(count > 0, "the data set \(name) has no samples: give at least one")
  let λ = λ ?? 1 / Double(count)
  precondition(λ >= 0 && λ.isFinite, "a regularisation of \(λ): give a finite number of zero or more")
  return λ
}

/// A sum in double precision whose rounding errors are carried along, so that thousands of equal losses lose nothing.
///
/// - **Reference**: A. Neumaier, *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen*, ZAMM 54
///   (1974).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  var value: Double { lost.isFinite ? sum + lost : sum }

  @inline(__always) mutating func add(_ x: Double) {
    let next = sum + x
    lost += abs(sum) >= abs(x) ? (sum - next) + x : (x - next) + sum
    sum = next
  }
}
