public import SecantLinearAlgebra

/// A ball of radius 1 about zero, over which a linear function has a least point.
///
/// | ball | least point of gᵀd | gᵀd there |
/// | --- | --- | --- |
/// | ``euclidean`` | −g/‖g‖₂ | −‖g‖₂ |
/// | ``maximum`` | −sign g | −‖g‖₁ |
/// | ``spectral(_:)`` | −UVᵀ of each block G = U diag(σ) Vᵀ | −Σσ |
public enum NormBall: Hashable, Sendable {
  /// ‖d‖₂ ≤ 1.
  case euclidean
  /// |dᵢ| ≤ 1.
  case maximum
  /// No matrix of the layout has a singular value above 1; a vector is a matrix of one column.
  case spectral(Layout)
}

/// Steps to the least point of a norm's ball: normalised gradient descent, sign descent, Lion and Muon's idea in one.
///
/// c = β₁m + (1 − β₁)g; p = −λθ + argmin {cᵀd : d in the ball}; m ← β₂m + (1 − β₂)g. What is named after its ball:
///
/// | ball | β₁, β₂ | method |
/// | --- | --- | --- |
/// | Euclidean | 0, 0 | normalised gradient descent |
/// | maximum | 0, 0 | sign descent |
/// | maximum | 0.9, 0.99 | Lion |
/// | spectral | β², β | ``Muon`` with the exact polar factor and Nesterov's momentum β on blocks that are not tall |
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate, which is the radius of the ball.
/// - **Memory**: n; for the spectral ball a `PolarFactor` for each shape of a matrix.
/// - **Work per step**: O(n), and for the spectral ball a polar factor a matrix, which is charged.
/// - **Guarantees**: without decay a step has the norm η in its ball. It does not change when f is multiplied by a positive
///   number.
/// - **Reference**: Pethick, Xie, Antonakopoulos, Zhu, Silveti-Falls and Cevher, *Training deep learning models with
///   norm-constrained LMOs* (2502.07529); Lion: Chen et al. (2302.06675); Bernstein and Newhouse (2409.20325).
public struct NormDescent<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// The ball.
  public var ball: NormBall
  /// β₁ of what is minimised, and β₂ of the average.
  public var betas: (Scalar, Scalar)
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar

  @inlinable public init(
    over ball: NormBall, betas: (Scalar, Scalar) = (0, 0), decoupledDecay: Scalar = 0
  ) {
    self.ball = ball
    self.betas = betas
    self.decoupledDecay = decoupledDecay
  }

  /// The average, and workspaces for each shape of a matrix.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, the average of the gradients.
    public var average: Vector<Scalar>
    @usableFromInline var blocks: [Layout.Block] = []
    @usableFromInline var polarFactors: [PolarFactor<Scalar>] = []
    /// The workspace of each block, of a vector none.
    @usableFromInline var workspaceOfBlock: [Int?] = []
    /// What the polar factors of a step are charged.
    @usableFromInline var price = Ledger()

    @usableFromInline init(_ dimension: Int, _ ball: NormBall) {
      average = Vector(zeros: dimension)
      guard case .spectral(let layout) = ball else { return }
      blocks = layout.blocks
      for block in blocks {
        guard let shape = block.matrixShape else {
          workspaceOfBlock.append(nil)
          continue
        }
        let known = polarFactors.firstIndex { $0.shape == shape }
        workspaceOfBlock.append(known ?? polarFactors.count)
        if known == nil { polarFactors.append(PolarFactor(shape: shape)) }
        price.factorisations += 1
        price.flops += Double(PolarFactor<Scalar>.flops(rows: shape.rows, columns: shape.columns))
      }
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension, ball) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    if case .spectral(let layout) = ball {
      precondition(
        layout.count == p.count,
        "the ball's layout has \(layout.count) elements and the point \(p.count): give the problem's own")
    }
    // The price first: when the oracle refuses it, nothing has changed yet.
    if memory.price.factorisations > 0 { try oracle.pay(memory.price) }
    p.set(memory.average, times: -betas.0, plus: current.gradient, times: betas.0 - 1)
    memory.average.scale(by: betas.1, adding: current.gradient, times: 1 - betas.1)
    switch ball {
    case .euclidean:
      let norm = p.norm
      if norm > 0 { p.scale(by: 1 / norm) }
    case .maximum:
      for i in p.indices { p[i] = p[i] == 0 ? 0 : p[i] / abs(p[i]) }
    case .spectral:
      for (i, block) in memory.blocks.enumerated() {
        memory.orthogonalise(&p, block, memory.workspaceOfBlock[i])
      }
    }
    if decoupledDecay != 0 { p.add(current.point, times: -decoupledDecay) }
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas, suggesting: "0.9", "0.99")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "0.1, or 0 for none")
  }
}

extension NormDescent.Memory {
  /// Puts the polar factor of a block in its place. One that is not finite stays so, and ends the run.
  @inlinable mutating func orthogonalise(
    _ p: inout Vector<NormDescent.Scalar>, _ block: Layout.Block, _ workspace: Int?
  ) {
    let norm = p.norm(of: block)
    p.withMutableBlock(block) { p in
      if let workspace {
        _ = polarFactors[workspace].orthogonalise(UnsafeBufferPointer(p), into: p)
      } else if norm > 0 {
        for i in p.indices { p[i] /= norm }
      }
    }
  }
}

extension Solver {
  /// Steps to the least point of a norm's ball with a constant rate; see ``Secant/NormDescent``.
  ///
  /// - Parameters:
  ///   - ball: the ball.
  ///   - rate: η, its radius.
  ///   - betas: β₁ of what is minimised, and β₂ of the average.
  ///   - decay: λ in θ ← (1 − ηλ)θ.
  @inlinable public static func normDescent<P>(
    over ball: NormBall, rate: P.Scalar = 1e-2, betas: (P.Scalar, P.Scalar) = (0, 0), decay: P.Scalar = 0
  ) -> Self where Self == Descent<NormDescent<P>, Constant<P.Scalar>> {
    Self(NormDescent(over: ball, betas: betas, decoupledDecay: decay), step: Constant(rate: rate))
  }

  /// Steps to the least point of a norm's ball with a rate that follows a schedule; see ``Secant/NormDescent``.
  @inlinable public static func normDescent<P>(
    over ball: NormBall, rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0, 0), decay: P.Scalar = 0
  ) -> Self where Self == Descent<NormDescent<P>, Scheduled<P.Scalar>> {
    Self(NormDescent(over: ball, betas: betas, decoupledDecay: decay), step: Scheduled(rate))
  }
}
