public import SecantLinearAlgebra

/// Shampoo: AdaGrad with a full matrix for the rows of a block and another for its columns.
///
/// For each matrix block with the gradient G: L ← L + GGᵀ and R ← R + GᵀG, both from εI, and
/// P = −L^−¼ G R^−¼. With grafting P takes the length of another method's direction on the block, G's own or
/// AdaGrad's, so that Shampoo gives the direction and the other method its size. All other blocks go by the method
/// that lends its size, AdaGrad where there is none: p = −g/(√Σg² + ε′).
///
/// - **Demands**: ``DifferentiableObjective`` and ``BlockStructured``; a learning rate.
/// - **Memory**: n, 2(a² + b²) for a block of a × b, and for each shape of a block 2ab + 10(a² + b²) or so.
/// - **Work per step**: O(n), 4ab(a + b) flops a block, and two eigendecompositions, 9(a³ + b³) flops, every
///   `interval` steps, which are charged.
/// - **Guarantees**: on a convex sum f = Σfₜ the regret is O(√T) (Theorem 7 of the paper) when the roots are fresh. The
///   step does not change when a block is multiplied by orthogonal matrices from both sides.
/// - **Reference**: Gupta, Koren and Singer, ICML 2018 (1802.09568), Algorithm 1; grafting: Anil, Gupta, Koren, Regan
///   and Singer (2002.09018), and Agarwal, Anil, Hazan, Koren and Zhang (2002.11803).
///
/// | paper | here |
/// | --- | --- |
/// | ε | `epsilon` |
/// | Lₜ, Rₜ | `Memory.Factors.left`, `right` |
public struct Shampoo<Problem: DifferentiableObjective & BlockStructured>: Direction {
  public typealias Scalar = Problem.Scalar

  /// Whose length a block's direction takes.
  public enum Grafting: String, Hashable, Sendable, Codable {
    /// The gradient's own.
    case sgd
    /// The diagonal AdaGrad's.
    case adaGrad
  }

  /// ε, the multiple of I that L and R start from: the least that an eigenvalue counts as.
  public var epsilon: Scalar
  /// Whose length a block's direction takes, or nil for its own.
  public var grafting: Grafting?
  /// The steps from one computation of the roots to the next.
  public var interval: Int
  /// ε′, added to the root of AdaGrad.
  public var diagonalEpsilon: Scalar
  /// A matrix with a longer side is not preconditioned from both sides.
  public var largestSide: Int

  @inlinable public init(
    epsilon: Scalar = 1e-6, grafting: Grafting? = nil, interval: Int = 1, diagonalEpsilon: Scalar = 1e-10,
    largestSide: Int = 8192
  ) {
    self.epsilon = epsilon
    self.grafting = grafting
    self.interval = interval
    self.diagonalEpsilon = diagonalEpsilon
    self.largestSide = largestSide
  }

  /// The factors of each matrix block, and AdaGrad's sum.
  public struct Memory: Sendable, Codable, Equatable {
    /// What is known of a matrix block; of L and R the lower triangles.
    public struct Factors: Sendable, Codable, Equatable {
      /// L and R.
      public var left, right: Matrix<Scalar>
      /// L^−¼ and R^−¼, as of the last computation.
      public var leftRoot, rightRoot: Matrix<Scalar>
    }

    /// Of each matrix block, in the order of the layout.
    public var factors: [Factors]
    /// Σg².
    public var squares: Vector<Scalar>
    /// t, the steps taken.
    public var t = 0
    @usableFromInline var matrices: MatrixBlocks<Scalar>

    @usableFromInline init(_ layout: Layout, epsilon: Scalar, largestSide: Int) {
      squares = Vector(zeros: layout.count)
      matrices = MatrixBlocks(layout, largestSide: largestSide)
      factors = matrices.blocks.compactMap(\.matrixShape).map {
        let left = Matrix(diagonal: Vector(repeating: epsilon, count: $0.rows))
        let right = Matrix(diagonal: Vector(repeating: epsilon, count: $0.columns))
        return Factors(left: left, right: right, leftRoot: left, rightRoot: right)
      }
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.layout, epsilon: epsilon, largestSide: largestSide)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    precondition(
      memory.squares.count == p.count,
      "the problem's layout has \(memory.squares.count) elements and its point \(p.count): make them the same"
    )
    let renewsRoots = memory.t.isMultiple(of: interval)
    // The price first: when the oracle refuses it, nothing has changed yet.
    if renewsRoots { try oracle.pay(memory.matrices.price(SymmetricEigen<Scalar>.flops)) }
    memory.t += 1
    if grafting == .sgd {
      p.set(current.gradient, times: -1)
    } else {
      memory.squares.scale(by: 1, addingProductOf: current.gradient, current.gradient)
      p.set(current.gradient, times: -1, overRootOf: memory.squares, plus: diagonalEpsilon)
    }
    for (i, block) in memory.matrices.blocks.enumerated() {
      memory.precondition(
        i, block, of: current.gradient, into: &p, grafted: grafting != nil,
        renewingRoots: renewsRoots ? epsilon : nil)
    }
    return 1
  }

  public var complaint: String? {
    if interval < 1 { return "interval is \(interval): choose at least 1 step, such as 10." }
    if largestSide < 1 { return "largestSide is \(largestSide): choose at least 1, such as 8192." }
    return complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-6")
      ?? complaintAboutScale("diagonalEpsilon (ε′)", diagonalEpsilon, suggesting: "1e-10")
  }
}

extension Shampoo.Memory {
  /// Takes G of a block into L and R and writes −L^−¼ G R^−¼ into p, where the direction to graft on stands.
  @inlinable mutating func precondition(
    _ i: Int, _ block: Layout.Block, of gradient: Vector<Shampoo.Scalar>,
    into p: inout Vector<Shampoo.Scalar>,
    grafted: Bool, renewingRoots ε: Shampoo.Scalar?
  ) {
    let w = matrices.workspaceOfBlock[i]
    matrices.workspaces[w].load(block, of: gradient)
    factors[i].left.setGram(matrices.workspaces[w].g, adding: 1)
    factors[i].right.setGram(matrices.workspaces[w].g, transposed: true, adding: 1)
    if let ε {
      Self.renew(&factors[i].leftRoot, of: factors[i].left, ε, &matrices.workspaces[w].left.eigen)
      Self.renew(&factors[i].rightRoot, of: factors[i].right, ε, &matrices.workspaces[w].right.eigen)
    }
    matrices.workspaces[w].multiply(symmetric: factors[i].leftRoot, factors[i].rightRoot)
    var scale: Shampoo.Scalar = -1
    if grafted {
      let own = matrices.workspaces[w].g.frobeniusNorm
      scale = own > 0 ? -p.norm(of: block) / own : 0
    }
    matrices.workspaces[w].store(block, in: &p, times: scale)
  }

  /// A root whose eigenvalues are not to be had stays as it was.
  @inlinable static func renew(
    _ root: inout Matrix<Shampoo.Scalar>, of statistics: Matrix<Shampoo.Scalar>, _ ε: Shampoo.Scalar,
    _ eigen: inout SymmetricEigen<Shampoo.Scalar>
  ) {
    guard eigen.factor(statistics) == nil else { return }
    eigen.power(-1 / 4, raisingTo: ε, into: &root)
  }
}

extension Solver {
  /// Shampoo with a constant rate; see ``Secant/Shampoo``.
  ///
  /// - Parameters:
  ///   - rate: η.
  ///   - epsilon: ε, the multiple of I that L and R start from.
  ///   - grafting: whose length a block's direction takes, or nil for its own.
  ///   - interval: the steps from one computation of the roots to the next.
  @inlinable public static func shampoo<P>(
    rate: P.Scalar = 0.1, epsilon: P.Scalar = 1e-6, grafting: Shampoo<P>.Grafting? = nil, interval: Int = 1
  ) -> Self where Self == Descent<Shampoo<P>, Constant<P.Scalar>> {
    Self(Shampoo(epsilon: epsilon, grafting: grafting, interval: interval), step: Constant(rate: rate))
  }

  /// Shampoo with a rate that follows a schedule; see ``Secant/Shampoo``.
  @inlinable public static func shampoo<P>(
    rate: Schedule<P.Scalar>, epsilon: P.Scalar = 1e-6, grafting: Shampoo<P>.Grafting? = nil,
    interval: Int = 1
  ) -> Self where Self == Descent<Shampoo<P>, Scheduled<P.Scalar>> {
    Self(Shampoo(epsilon: epsilon, grafting: grafting, interval: interval), step: Scheduled(rate))
  }
}
