// Symbol ↔ name
//   M, Ω     the matrix, and where it is known   entries
//   U, V     the factors                         "left", "right"
//   r        their columns                       rank
//   λ        regularisation                      regularisation

public import Secant
public import SecantAutoDiff

/// A matrix that is known in some places, as a product of two thin ones:
/// f(U, V) = (1/|Ω|) Σ_{(i,j)∈Ω} ½ (uᵢᵀvⱼ − Mᵢⱼ)² + (λ/2) (‖U‖² + ‖V‖²).
///
/// The zero matrices are a saddle, and where the entries determine a matrix of rank r every minimum is one that finds
/// it, up to UA and VA⁻ᵀ.
///
/// - **Demands**: at least one entry, within the matrix.
/// - **Memory**: the entries, shared by every copy and batch, and a tape for each thread.
/// - **Work per evaluation**: O(r) an entry.
/// - **Reference**: Y. Koren, R. Bell and C. Volinsky, *Matrix factorization techniques for recommender systems*,
///   Computer 42 (2009).
public struct MatrixFactorization<Scalar: LAPACKScalar>: DifferentiatedProblem {
  public typealias Failure = Never

  /// What is known of the matrix.
  public struct Entry: Sendable, Equatable {
    public var row: Int
    public var column: Int
    public var value: Scalar

    public init(row: Int, column: Int, value: Scalar) {
      self.row = row
      self.column = column
      self.value = value
    }
  }

  public var sum: DifferentiatedFiniteSum<Scalar>
  /// Columns of each factor.
  public let rank: Int

  /// - Parameters:
  ///   - shape: rows and columns of the matrix.
  ///   - rank: columns of each factor.
  ///   - entries: what is known of the matrix.
  ///   - regularisation: λ.
  public init(_ shape: MatrixShape, rank: Int, entries: [Entry], regularisation: Scalar = 0) {
    precondition(rank >= 1, "a rank of \(rank): give at least 1")
    precondition(!entries.isEmpty, "there are no entries: give at least one")
    for entry in entries {
      precondition(
        (0..<shape.rows).contains(entry.row) && (0..<shape.columns).contains(entry.column),
        "an entry at (\(entry.row), \(entry.column)) of a matrix of \(shape.rows) × \(shape.columns): count from 0"
      )
    }
    self.rank = rank
    let layout = Layout().matrix("left", rows: shape.rows, columns: rank, role: .hidden)
      .matrix("right", rows: shape.columns, columns: rank, role: .hidden)
    let values = Matrix(rows: entries.count, columns: 1, elements: Vector(entries.map(\.value)))
    sum = DifferentiatedFiniteSum(layout, termCount: entries.count) { p, batch in
      let terms = (0..<batch.count(of: entries.count)).map { entries[batch[$0]] }
      let u = gatherRows(p["left"], terms.map(\.row))
      let v = gatherRows(p["right"], terms.map(\.column))
      let residuals = (u * v).rowSums - p.constant(values, rows: batch)
      return residuals.squaredNorm / Scalar(2 * terms.count) + regularisation / 2 * p.all.squaredNorm
    }
  }

  /// A matrix of the given rank, U Vᵀ with normal numbers over √r, of which a part is known, each entry with an error of
  /// its own.
  ///
  /// - Parameters:
  ///   - shape: rows and columns of the matrix.
  ///   - rank: its rank, and that of the factors.
  ///   - known: the part of the entries that is known, above 0 and at most 1.
  ///   - noise: the deviation of the entries' errors.
  ///   - regularisation: λ.
  ///   - seed: fixes the matrix, the places and the errors.
  public init(
    _ shape: MatrixShape, rank: Int, known: Double = 0.5, noise: Scalar = 0, regularisation: Scalar = 0,
    seed: UInt64
  ) {
    precondition(known > 0 && known <= 1, "a known part of \(known): give more than 0 and at most 1")
    var generator = RandomGenerator(seed: seed)
    var (u, v) = (Matrix<Scalar>(zeros: shape.rows, rank), Matrix<Scalar>(zeros: shape.columns, rank))
    for k in 0..<rank {
      for i in 0..<shape.rows { u[i, k] = generator.normal() }
      for j in 0..<shape.columns { v[j, k] = generator.normal() / Scalar(rank).squareRoot() }
    }
    let size = shape.rows * shape.columns
    let places = generator.permutation(size).prefix(max(1, Int((known * Double(size)).rounded())))
    self.init(
      shape, rank: rank,
      entries: places.map { place in
        let (i, j) = (place % shape.rows, place / shape.rows)
        let value = (0..<rank).reduce(Scalar(0)) { $0 + u[i, $1] * v[j, $1] }
        return Entry(row: i, column: j, value: value + noise * generator.normal())
      }, regularisation: regularisation)
  }

  /// Where to begin: normal numbers of variance 1/100, away from the saddle at zero.
  public func start(seed: UInt64) -> Vector<Scalar> {
    var start = Vector<Scalar>(zeros: layout.count)
    var generator = RandomGenerator(seed: seed)
    generator.fillNormal(&start)
    start.scale(by: 0.1)
    return start
  }

  /// U Vᵀ.
  public func product(at x: Vector<Scalar>) -> Matrix<Scalar> {
    sum.evaluate(at: x) { p in matmul(p["left"], p["right"], transposingSecond: true) }
  }
}
