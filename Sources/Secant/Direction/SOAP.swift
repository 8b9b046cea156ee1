public import SecantLinearAlgebra

/// SOAP: Adam in the eigenbasis of Shampoo's preconditioner.
///
/// For each matrix block with the gradient G: L ← β₂L + (1 − β₂)GGᵀ, R ← β₂R + (1 − β₂)GᵀG, with the orthogonal
/// bases Q_L and Q_R of their eigenvectors. Adam runs on G′ = Q_LᵀGQ_R, m and v in the basis, and what it gives goes
/// back: P = −λW − Q_L (m̂/(√v̂ + ε)) Q_Rᵀ. All other blocks go by Adam as they are. The first step only builds the
/// bases and moves nothing, so that no gradient is turned into a basis that it made. Every `interval` steps
/// each basis makes one step of orthogonal iteration: its columns, and v with them, are sorted by qᵀLq, and Q becomes the
/// orthogonal factor of LQ; m is turned from the old basis into the new one.
///
/// - **Demands**: ``DifferentiableObjective`` and ``BlockStructured``; a learning rate.
/// - **Memory**: 3n, 2(a² + b²) for a block of a × b, and for each shape of a block 2ab + 10(a² + b²) or so.
/// - **Work per step**: O(n), 10ab(a + b) flops a block, and every `interval` steps two QR factorisations,
///   4(a³ + b³)/3 flops, and products, 4(a³ + b³); the factorisations are charged.
/// - **Guarantees**: the step does not depend on the signs of the eigenvectors. With bases that stay I it is ``Adam``.
/// - **Reference**: Vyas, Morwani, Zhao, Kwun, Shapira, Brandfonbrener, Janson and Kakade, ICLR 2025 (2409.11321),
///   Algorithm 3, and the authors' code.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ε | `epsilon` |
/// | f | `interval` |
/// | λ | `decoupledDecay` |
/// | M, V | `Memory.first`, `Memory.second`, in the basis |
/// | L, R, Q_L, Q_R | `Memory.Factors` |
public struct SOAP<Problem: DifferentiableObjective & BlockStructured>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages that are kept; β₂ serves L and R too.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root of v before it is corrected.
  public var epsilon: Scalar
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar
  /// The steps from one turn of the bases to the next.
  public var interval: Int
  /// A matrix with a longer side goes by Adam.
  public var largestSide: Int

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.95, 0.95), epsilon: Scalar = 1e-8, decoupledDecay: Scalar = 0.01,
    interval: Int = 10, largestSide: Int = 10_000
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.decoupledDecay = decoupledDecay
    self.interval = interval
    self.largestSide = largestSide
  }

  /// The two averages in the bases, and the bases.
  public struct Memory: Sendable, Codable, Equatable {
    /// What is known of a matrix block; of L and R the lower triangles.
    public struct Factors: Sendable, Codable, Equatable {
      /// L and R.
      public var left, right: Matrix<Scalar>
      /// Q_L and Q_R.
      public var leftBasis, rightBasis: Matrix<Scalar>
    }

    /// m, the average of the turned gradients.
    public var first: Vector<Scalar>
    /// v, the average of their squares.
    public var second: Vector<Scalar>
    /// Of each matrix block, in the order of the layout.
    public var factors: [Factors]
    /// t, the steps whose gradients are in the averages: one fewer than those taken.
    public var t = 0
    /// Whether the first step has built the bases.
    public var hasBases = false
    @usableFromInline var turned: Scratch<Scalar>
    @usableFromInline var matrices: MatrixBlocks<Scalar>

    @usableFromInline init(_ layout: Layout, largestSide: Int) {
      first = Vector(zeros: layout.count)
      second = Vector(zeros: layout.count)
      turned = Scratch(layout.count)
      matrices = MatrixBlocks(layout, largestSide: largestSide)
      factors = matrices.blocks.compactMap(\.matrixShape).map {
        Factors(
          left: Matrix(zeros: $0.rows, $0.rows), right: Matrix(zeros: $0.columns, $0.columns),
          leftBasis: Matrix(identity: $0.rows), rightBasis: Matrix(identity: $0.columns))
      }
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.layout, largestSide: largestSide)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    precondition(
      memory.first.count == p.count,
      "the problem's layout has \(memory.first.count) elements and its point \(p.count): make them the same")
    guard memory.hasBases else {
      try oracle.pay(memory.matrices.price(SymmetricEigen<Scalar>.flops))
      for i in memory.matrices.blocks.indices {
        memory.average(i, current.gradient, weight: 1 - betas.1)
        memory.buildBases(i)
      }
      memory.hasBases = true
      p.fill(with: 0)
      return 1
    }
    let turnsBases = (memory.t + 1).isMultiple(of: interval)
    // The price first: when the oracle refuses it, nothing has changed yet.
    if turnsBases { try oracle.pay(memory.matrices.price { QR<Scalar>.flops(rows: $0, columns: $0) }) }
    memory.t += 1
    memory.turned.vector.copy(current.gradient)
    for i in memory.matrices.blocks.indices {
      Self.turn(i, of: &memory.turned.vector, memory.factors, &memory.matrices, back: false)
    }
    let a = -1 / Scalar.oneMinusPower(betas.0, memory.t)
    let b = 1 / Scalar.oneMinusPower(betas.1, memory.t).squareRoot()
    p.setAdaptive(
      first: &memory.first, second: &memory.second, decay: betas, gradient: memory.turned.vector, times: a,
      rootTimes: b, plus: epsilon * b)
    for i in memory.matrices.blocks.indices {
      Self.turn(i, of: &p, memory.factors, &memory.matrices, back: true)
      // Behind the direction: no gradient is turned into a basis that it made.
      memory.average(i, current.gradient, weight: 1 - betas.1)
      if turnsBases { memory.turnBases(i) }
    }
    if decoupledDecay != 0 { p.add(current.point, times: -decoupledDecay) }
    return 1
  }

  /// A block X of a vector ← Q_Lᵀ X Q_R, or Q_L X Q_Rᵀ on the way back.
  @inlinable static func turn(
    _ i: Int, of x: inout Vector<Scalar>, _ factors: [Memory.Factors], _ matrices: inout MatrixBlocks<Scalar>,
    back: Bool
  ) {
    matrices.workspaces[matrices.workspaceOfBlock[i]].turn(
      matrices.blocks[i], of: &x, factors[i].leftBasis, factors[i].rightBasis, back: back)
  }

  public var complaint: String? {
    if interval < 1 { return "interval (f) is \(interval): choose at least 1 step, such as 10." }
    if largestSide < 1 { return "largestSide is \(largestSide): choose at least 1, such as 10000." }
    return complaintAboutBetas(betas, suggesting: "0.95", "0.95")
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-8")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "0.01, or 0 for none")
  }
}

extension SOAP.Memory {
  /// L ← (1 − w)L + wGGᵀ, and R alike.
  @inlinable mutating func average(_ i: Int, _ gradient: Vector<SOAP.Scalar>, weight w: SOAP.Scalar) {
    let (block, room) = (matrices.blocks[i], matrices.workspaceOfBlock[i])
    matrices.workspaces[room].load(block, of: gradient)
    factors[i].left.setGram(matrices.workspaces[room].g, times: w, adding: 1 - w)
    factors[i].right.setGram(matrices.workspaces[room].g, transposed: true, times: w, adding: 1 - w)
  }

  /// The eigenvectors of L and R, those of the greatest eigenvalues first; I where they are not to be had.
  @inlinable mutating func buildBases(_ i: Int) {
    let room = matrices.workspaceOfBlock[i]
    Self.build(&factors[i].leftBasis, of: factors[i].left, &matrices.workspaces[room].left.eigen)
    Self.build(&factors[i].rightBasis, of: factors[i].right, &matrices.workspaces[room].right.eigen)
  }

  @inlinable static func build(
    _ basis: inout Matrix<SOAP.Scalar>, of factor: Matrix<SOAP.Scalar>,
    _ eigen: inout SymmetricEigen<SOAP.Scalar>
  ) {
    guard eigen.factor(factor) == nil else { return }
    let n = factor.rows
    for j in 0..<n { for k in 0..<n { basis[k, j] = eigen.vectors[k, n - 1 - j] } }
  }

  /// A step of orthogonal iteration for both bases, which m and v follow.
  @inlinable mutating func turnBases(_ i: Int) {
    let (block, room) = (matrices.blocks[i], matrices.workspaceOfBlock[i])
    let shape = matrices.workspaces[room].shape
    SOAP.turn(i, of: &first, factors, &matrices, back: true)
    second.withMutableBlock(block) { v in
      matrices.workspaces[room].left.turn(&factors[i].leftBasis, of: factors[i].left) { j, k in
        for column in 0..<shape.columns { exchange(v, j + column * shape.rows, k + column * shape.rows) }
      }
      matrices.workspaces[room].right.turn(&factors[i].rightBasis, of: factors[i].right) { j, k in
        for row in 0..<shape.rows { exchange(v, row + j * shape.rows, row + k * shape.rows) }
      }
    }
    SOAP.turn(i, of: &first, factors, &matrices, back: false)
  }
}

extension KroneckerSide {
  /// Sorts the columns q of Q by qᵀAq, the greatest first, telling what changes places, and puts the orthogonal factor of
  /// AQ in Q's place; one that is not to be had leaves Q sorted.
  @inlinable mutating func turn(
    _ basis: inout Matrix<Scalar>, of a: Matrix<Scalar>, swapping swap: (Int, Int) -> Void
  ) {
    let n = basis.rows
    product.setProduct(symmetric: a, basis)
    for j in 0..<n {
      var sum: Scalar = 0
      for i in 0..<n { sum += basis[i, j] * product[i, j] }
      estimates[j] = sum
    }
    for j in 0..<n {
      var greatest = j
      for k in j..<n where estimates[k] > estimates[greatest] { greatest = k }
      guard greatest != j else { continue }
      let estimate = estimates[j]
      estimates[j] = estimates[greatest]
      estimates[greatest] = estimate
      basis.swapColumns(j, greatest)
      product.swapColumns(j, greatest)
      swap(j, greatest)
    }
    guard qr.factor(product) == nil else { return }
    qr.formOrthogonal(into: &basis)
  }
}

/// The standard library's `swapAt` allocates where it is not specialised.
@inlinable @inline(__always)
func exchange<Scalar: LAPACKScalar>(_ x: UnsafeMutableBufferPointer<Scalar>, _ j: Int, _ k: Int) {
  let y = x[j]
  x[j] = x[k]
  x[k] = y
}

extension Matrix {
  @inlinable mutating func swapColumns(_ j: Int, _ k: Int) {
    for i in 0..<rows {
      let x = self[i, j]
      self[i, j] = self[i, k]
      self[i, k] = x
    }
  }
}

extension Solver {
  /// SOAP with a constant rate; see ``Secant/SOAP``.
  ///
  /// - Parameters:
  ///   - rate: η.
  ///   - betas: β₁ and β₂, the parts of the averages that are kept.
  ///   - epsilon: ε, added to the root of v.
  ///   - interval: the steps from one turn of the bases to the next.
  ///   - decay: λ in θ ← (1 − ηλ)θ.
  @inlinable public static func soap<P>(
    rate: P.Scalar = 3e-3, betas: (P.Scalar, P.Scalar) = (0.95, 0.95), epsilon: P.Scalar = 1e-8,
    interval: Int = 10, decay: P.Scalar = 0.01
  ) -> Self where Self == Descent<SOAP<P>, Constant<P.Scalar>> {
    Self(
      SOAP(betas: betas, epsilon: epsilon, decoupledDecay: decay, interval: interval),
      step: Constant(rate: rate))
  }

  /// SOAP with a rate that follows a schedule; see ``Secant/SOAP``.
  @inlinable public static func soap<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.95, 0.95), epsilon: P.Scalar = 1e-8,
    interval: Int = 10, decay: P.Scalar = 0.01
  ) -> Self where Self == Descent<SOAP<P>, Scheduled<P.Scalar>> {
    Self(
      SOAP(betas: betas, epsilon: epsilon, decoupledDecay: decay, interval: interval), step: Scheduled(rate))
  }
}
