public import RealModule
public import SecantLinearAlgebra

/// Adafactor: steps of a root mean square that is bounded, with the average of a matrix's squares kept as its row and column
/// means.
///
/// With β = 1 − t^(−κ), for each matrix of A rows and B columns:
/// r ← βr + (1 − β) mean over columns of (G² + ε₁), c ← βc + (1 − β) mean over rows, V = r cᵀ/mean(r); for a vector
/// v ← βv + (1 − β)(g² + ε₁) and V = v. U = G/√V, and p = −max(ε₂, RMS(θ))·U/max(1, RMS(U)/d) in every block. With a first
/// moment M ← β₁M + (1 − β₁)·max(ε₂, RMS(θ))·U/max(1, RMS(U)/d) and p = −M.
///
/// - **Demands**: ``DifferentiableObjective`` and ``BlockStructured``; a learning rate, by default ``RelativeStep``.
/// - **Memory**: A + B for a matrix, its size for a vector; with a first moment n more.
/// - **Work per step**: O(n), in four passes over each block, with a first moment five.
/// - **Guarantees**: a block's step is at most ηd times its own root mean square, or ηdε₂; with a first moment, times the
///   greatest that it had. It does not change when f is multiplied by a positive number, but for ε₁.
/// - **Reference**: Shazeer and Stern, ICML 2018 (1804.04235), Algorithms 4 and 5; PyTorch's form.
///
/// | paper | here |
/// | --- | --- |
/// | β₁ | `firstDecay` |
/// | β̂₂ₜ = 1 − t^(−0.8) | `decayPower`, 0.8 |
/// | ε₁, ε₂ | `epsilon`, `leastSize` |
/// | d | `threshold` |
/// | R, C, V̂ | `Memory.squares` |
/// | M | `Memory.first` |
public struct Adafactor<Problem: DifferentiableObjective & BlockStructured>: Direction {
  public typealias Scalar = Problem.Scalar

  /// κ in β = 1 − t^(−κ), the part of the averages that is kept.
  public var decayPower: Scalar
  /// ε₁, which keeps squares from 0.
  public var epsilon: Scalar
  /// ε₂, the least root mean square that a block is taken to have.
  public var leastSize: Scalar
  /// d, the greatest root mean square of U.
  public var threshold: Scalar
  /// β₁, the part of the first moment that is kept; 0 is none.
  public var firstDecay: Scalar
  /// Whether ε₁ is a floor of the row mean and ε₁² one of V, as in PyTorch, and is not added to the squares.
  public var isFloor: Bool

  @inlinable public init(
    decayPower: Scalar = 0.8, epsilon: Scalar = 1e-30, leastSize: Scalar = 1e-3, threshold: Scalar = 1,
    firstDecay: Scalar = 0, isFloor: Bool = false
  ) {
    self.decayPower = decayPower
    self.epsilon = epsilon
    self.leastSize = leastSize
    self.threshold = threshold
    self.firstDecay = firstDecay
    self.isFloor = isFloor
  }

  /// The form of `torch.optim.Adafactor`: ε₁ is the rounding of the scalar, and a floor.
  @inlinable public static var torch: Self { Self(epsilon: .ulpOfOne, isFloor: true) }

  /// The averages, and how many gradients are in them.
  public struct Memory: Sendable, Codable, Equatable {
    /// M, the first moment of the steps; without elements where there is none.
    public var first: Vector<Scalar>
    /// r and c of every matrix and v of every vector, one behind the other.
    public var squares: Vector<Scalar>
    /// t, the steps whose gradients are in the averages.
    public var t = 0
    @usableFromInline var blocks: [Layout.Block]

    @usableFromInline init(_ layout: Layout, first: Int) {
      self.first = Vector(zeros: first)
      blocks = layout.blocks
      squares = Vector(
        zeros: blocks.reduce(0) { $0 + ($1.matrixShape.map { $0.rows + $0.columns } ?? $1.count) })
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.layout, first: firstDecay == 0 ? 0 : dimension)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.t += 1
    let kept = 1 - Scalar.pow(Scalar(memory.t), -decayPower)
    var start = 0
    for block in memory.blocks {
      let end = start + (block.matrixShape.map { $0.rows + $0.columns } ?? block.count)
      memory.squares.withUnsafeMutableBufferPointer { squares in
        let squares = UnsafeMutableBufferPointer(rebasing: squares[start..<end])
        current.gradient.withBlock(block) { g in
          p.withMutableBlock(block) { u in
            if let shape = block.matrixShape {
              average(g, into: squares, shape, keeping: kept)
              normalise(g, by: squares, shape, into: u)
            } else {
              normalise(g, by: squares, keeping: kept, into: u)
            }
          }
        }
      }
      let root = Scalar(block.count).squareRoot()
      let size = Swift.max(leastSize, current.point.norm(of: block) / root)
      p.scale(block, by: -size / Swift.max(1, p.norm(of: block) / (root * threshold)))
      start = end
    }
    if firstDecay != 0 {
      memory.first.scale(by: firstDecay, adding: p, times: 1 - firstDecay)
      p.copy(memory.first)
    }
    return 1
  }

  /// The row means of G², then its column means, are averaged into r and c.
  @inlinable func average(
    _ g: UnsafeBufferPointer<Scalar>, into squares: UnsafeMutableBufferPointer<Scalar>, _ shape: MatrixShape,
    keeping kept: Scalar
  ) {
    let (rows, columns) = (shape.rows, shape.columns)
    let added = isFloor ? 0 : epsilon
    let ofRow = (1 - kept) / Scalar(columns)
    let ofColumn = (1 - kept) / Scalar(rows)
    for i in 0..<rows { squares[i] *= kept }
    for j in 0..<columns {
      var sum: Scalar = 0
      for i in 0..<rows {
        let square = g[j * rows + i] * g[j * rows + i] + added
        squares[i] += ofRow * square
        sum += square
      }
      squares[rows + j] = kept * squares[rows + j] + ofColumn * sum
    }
  }

  /// U = G/√(r cᵀ/mean(r)).
  @inlinable func normalise(
    _ g: UnsafeBufferPointer<Scalar>, by squares: UnsafeMutableBufferPointer<Scalar>, _ shape: MatrixShape,
    into u: UnsafeMutableBufferPointer<Scalar>
  ) {
    let rows = shape.rows
    var mean: Scalar = 0
    for i in 0..<rows { mean += squares[i] / Scalar(rows) }
    if isFloor { mean = Swift.max(mean, epsilon) }
    for j in 0..<shape.columns {
      let column = squares[rows + j] / mean
      for i in 0..<rows { u[j * rows + i] = g[j * rows + i] / root(squares[i] * column) }
    }
  }

  /// v is averaged, and U = G/√v.
  @inlinable func normalise(
    _ g: UnsafeBufferPointer<Scalar>, by v: UnsafeMutableBufferPointer<Scalar>, keeping kept: Scalar,
    into u: UnsafeMutableBufferPointer<Scalar>
  ) {
    let added = isFloor ? 0 : epsilon
    for i in g.indices {
      v[i] = kept * v[i] + (1 - kept) * (g[i] * g[i] + added)
      u[i] = g[i] / root(v[i])
    }
  }

  @inlinable func root(_ square: Scalar) -> Scalar {
    (isFloor ? Swift.max(square, epsilon * epsilon) : square).squareRoot()
  }

  public var complaint: String? {
    complaintAboutScale("decayPower (κ)", decayPower, suggesting: "0.8")
      ?? complaintAboutScale("epsilon (ε₁)", epsilon, suggesting: "1e-30")
      ?? complaintAboutSize("leastSize (ε₂)", leastSize, suggesting: "1e-3")
      ?? complaintAboutScale("threshold (d)", threshold, suggesting: "1")
      ?? complaintAboutAverage("firstDecay (β₁)", firstDecay, suggesting: "0.9, or 0 for none")
  }
}

extension Solver {
  /// Adafactor with the paper's relative step min(ρ, 1/√t); see ``Secant/Adafactor``.
  @inlinable public static func adafactor<P>(
    rate: P.Scalar = 1e-2, _ direction: Adafactor<P> = Adafactor()
  ) -> Self where Self == Descent<Adafactor<P>, RelativeStep<P.Scalar>> {
    Self(direction, step: RelativeStep(rate: rate))
  }

  /// Adafactor with a rate that follows a schedule; see ``Secant/Adafactor``.
  @inlinable public static func adafactor<P>(
    rate: Schedule<P.Scalar>, _ direction: Adafactor<P> = Adafactor()
  ) -> Self where Self == Descent<Adafactor<P>, Scheduled<P.Scalar>> {
    Self(direction, step: Scheduled(rate))
  }
}
