public import SecantLinearAlgebra

/// Muon: orthogonalised momentum on hidden matrices, AdamW on everything else.
///
/// For each matrix block whose role is `hidden`: B ← βB + (1 − β)G, O = NS₅((1 − β)G + βB)
/// (Nesterov) and P = −λW − √max(1, rows/columns)·O, where NS₅ are Jordan's five Newton–Schulz steps, which take
/// every singular value into a band around 1; the exact polar factor can take their place. All other blocks get ``Adam``'s direction with the parameters
/// `others`, multiplied by `rateOfOthers`: one length η multiplies the whole direction, so their own rate is
/// η · `rateOfOthers`, by default 0.02 · 0.015 = 3·10⁻⁴, and a schedule moves both.
///
/// - **Demands**: ``DifferentiableObjective`` and ``BlockStructured``; a learning rate.
/// - **Memory**: n for the momentum, 5q for the q elements of the other blocks, and for each shape of a hidden
///   matrix twice its size and twice its smaller side squared.
/// - **Work per step**: O(n), and 5k²(3l + k) flops for a hidden matrix with the sides k ≤ l; uncharged, as they
///   are products and not factorisations. The polar factor is charged as one.
/// - **Guarantees**: a hidden block's direction does not change when its gradients are multiplied by a positive
///   number, up to the guard against zero; its singular values lie in Jordan's band, 0.68 to 1.13 times the
///   scale, where the momentum's are at least 10⁻² of its Frobenius norm.
/// - **Reference**: Jordan et al., *Muon: an optimizer for hidden layers in neural networks* (2024), and its code.
///
/// | paper | here |
/// | --- | --- |
/// | β | `momentum` |
/// | λ | `decoupledDecay` |
/// | B | `Memory.average` |
///
/// Two published variants differ in constants: ``torch(scaling:momentum:decay:)`` and ``moonlight(momentum:decay:)``.
public struct Muon<Problem: DifferentiableObjective & BlockStructured>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β, the part of the average of the gradients that is kept.
  public var momentum: Scalar
  /// Whether the average looks one step ahead: (1 − β)G + βB in the place of B.
  public var isNesterov: Bool
  /// Whether B is the sum βB + G and not the average: the same direction, up to the guard against zero.
  public var keepsSum: Bool
  /// What pushes the singular values towards 1.
  public var orthogonalisation: Orthogonalisation
  /// What the orthogonalised momentum is multiplied by.
  public var scaling: Scaling
  /// λ in W ← (1 − ηλ)W, on hidden matrices.
  public var decoupledDecay: Scalar
  /// AdamW, for the blocks that are no hidden matrices.
  public var others: Adam<Problem>
  /// The rate of the other blocks as a part of the rate of the hidden matrices.
  public var rateOfOthers: Scalar

  @inlinable public init(
    momentum: Scalar = 0.95, isNesterov: Bool = true, keepsSum: Bool = false,
    orthogonalisation: Orthogonalisation = .newtonSchulz(.jordan), scaling: Scaling = .original,
    decoupledDecay: Scalar = 0, others: Adam<Problem> = Adam(betas: (0.9, 0.95), epsilon: 1e-10),
    rateOfOthers: Scalar = 0.015
  ) {
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.keepsSum = keepsSum
    self.orthogonalisation = orthogonalisation
    self.scaling = scaling
    self.decoupledDecay = decoupledDecay
    self.others = others
    self.rateOfOthers = rateOfOthers
  }

  /// What an orthogonalised matrix of A rows and B columns is multiplied by.
  public enum Scaling: String, Hashable, Sendable, Codable {
    /// √max(1, A/B): Jordan's.
    case original
    /// 0.2√max(A, B): an element's root mean square is that of AdamW's steps, about 0.2.
    case matchingAdamW

    @inlinable func factor(_ shape: MatrixShape) -> Scalar {
      let (rows, columns) = (Scalar(shape.rows), Scalar(shape.columns))
      return switch self {
      case .original: Swift.max(1, rows / columns).squareRoot()
      case .matchingAdamW: 0.2 * Swift.max(rows, columns).squareRoot()
      }
    }
  }

  /// The average B, AdamW's memory, and workspaces for each shape of a hidden matrix.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, over the whole vector; only the hidden blocks are read.
    public var average: Vector<Scalar>
    /// AdamW's memory, of the other blocks one behind the other.
    public var others: Adam<Problem>.Memory

    @usableFromInline var hiddenBlocks: [Layout.Block]
    @usableFromInline var otherBlocks: [Layout.Block]
    // One for each shape, of the orthogonalisation that is used.
    @usableFromInline var iterations: [NewtonSchulz<Scalar>]
    @usableFromInline var polarFactors: [PolarFactor<Scalar>]
    /// The workspace of each hidden block.
    @usableFromInline var workspaceOfBlock: [Int]
    // The other blocks' θ, g and p, one behind the other.
    @usableFromInline var point: Scratch<Scalar>
    @usableFromInline var gradient: Scratch<Scalar>
    @usableFromInline var direction: Scratch<Scalar>

    @usableFromInline init(_ layout: Layout, _ orthogonalisation: Orthogonalisation) {
      average = Vector(zeros: layout.count)
      hiddenBlocks = layout.blocks.filter { $0.role == .hidden && $0.matrixShape != nil }
      otherBlocks = layout.blocks.filter { $0.role != .hidden || $0.matrixShape == nil }
      workspaceOfBlock = []
      var shapes: [MatrixShape] = []
      for shape in hiddenBlocks.compactMap(\.matrixShape) {
        let known = shapes.firstIndex(of: shape)
        workspaceOfBlock.append(known ?? shapes.count)
        if known == nil { shapes.append(shape) }
      }
      let isExact = orthogonalisation == .polarFactor
      iterations = isExact ? [] : shapes.map { NewtonSchulz(shape: $0) }
      polarFactors = isExact ? shapes.map { PolarFactor(shape: $0) } : []
      let q = otherBlocks.reduce(0) { $0 + $1.count }
      others = Adam<Problem>.Memory(q)
      point = Scratch(q)
      gradient = Scratch(q)
      direction = Scratch(q)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.layout, orthogonalisation)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    precondition(
      memory.average.count == p.count,
      "the problem's layout has \(memory.average.count) elements and its point \(p.count): make them the same"
    )
    // The price first: when the oracle refuses it, nothing has changed yet.
    if orthogonalisation == .polarFactor { try oracle.pay(price(memory)) }
    let weight = keepsSum ? 1 : 1 - momentum
    p.setMomentum(
      &memory.average, decay: momentum, gradient: current.gradient, weight: weight,
      direction: isNesterov ? (momentum: -momentum, gradient: -weight) : (momentum: -1, gradient: 0))
    for (i, block) in memory.hiddenBlocks.enumerated() {
      orthogonalise(&p, block, at: current.point, memory.workspaceOfBlock[i], &memory)
    }
    guard !memory.otherBlocks.isEmpty else { return 1 }
    memory.gather(from: current)
    others.choose(
      &memory.direction.vector, at: memory.point.vector, gradient: memory.gradient.vector, &memory.others)
    memory.direction.vector.scale(by: rateOfOthers)
    memory.scatter(to: &p)
    return 1
  }

  /// The negative momentum of a block becomes its direction. One that is not finite stays so, and ends the run.
  @inlinable func orthogonalise(
    _ p: inout Vector<Scalar>, _ block: Layout.Block, at θ: Vector<Scalar>, _ workspace: Int,
    _ memory: inout Memory
  ) {
    let scale = scaling.factor(block.matrixShape!)
    p.withMutableBlock(block) { p in
      let failure =
        switch orthogonalisation {
        case .newtonSchulz(let schedule):
          memory.iterations[workspace].orthogonalise(UnsafeBufferPointer(p), into: p, by: schedule)
        case .polarFactor:
          memory.polarFactors[workspace].orthogonalise(UnsafeBufferPointer(p), into: p)
        }
      guard failure == nil else { return }
      if scale != 1 { for i in p.indices { p[i] *= scale } }
      guard decoupledDecay != 0 else { return }
      θ.withBlock(block) { θ in
        for i in p.indices { p[i] -= decoupledDecay * θ[i] }
      }
    }
  }

  /// A factorisation for each hidden matrix.
  @inlinable func price(_ memory: Memory) -> Ledger {
    var price = Ledger()
    for block in memory.hiddenBlocks {
      price.factorisations += 1
      let shape = block.matrixShape!
      price.flops += Double(PolarFactor<Scalar>.flops(rows: shape.rows, columns: shape.columns))
    }
    return price
  }

  public var complaint: String? {
    complaintAboutAverage("momentum (β)", momentum, suggesting: "0.95")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "0.1, or 0 for none")
      ?? complaintAboutSize("rateOfOthers", rateOfOthers, suggesting: "0.015")
      ?? orthogonalisation.complaint
      ?? others.complaint.map { "Of the blocks that are no hidden matrices: \($0)" }
  }
}

extension Muon.Memory {
  @inlinable mutating func gather(from iterate: Iterate<Problem.Scalar>) {
    var start = 0
    for block in otherBlocks {
      let range = start..<start + block.count
      iterate.point.withBlock(block) { point.vector.update(range, from: $0) }
      iterate.gradient.withBlock(block) { gradient.vector.update(range, from: $0) }
      start = range.upperBound
    }
  }

  @inlinable func scatter(to p: inout Vector<Problem.Scalar>) {
    var start = 0
    for block in otherBlocks {
      p.withMutableBlock(block) { p in
        direction.vector.withUnsafeBufferPointer {
          p.baseAddress!.update(from: $0.baseAddress! + start, count: p.count)
        }
      }
      start += block.count
    }
  }
}

extension Vector {
  /// Writes a block over a range of as many elements.
  @inlinable mutating func update(_ range: Range<Int>, from block: UnsafeBufferPointer<Scalar>) {
    withUnsafeMutableBufferPointer {
      ($0.baseAddress! + range.lowerBound).update(from: block.baseAddress!, count: range.count)
    }
  }
}

extension Muon {
  /// The constants of `torch.optim.Muon`: the sum of the gradients, decay 0.1, no guard added to the norm. Its rate is
  /// 10⁻³, that of the other blocks the same.
  @inlinable public static func torch(
    scaling: Scaling = .original, momentum: Scalar = 0.95, decay: Scalar = 0.1
  ) -> Self {
    Self(
      momentum: momentum, keepsSum: true,
      orthogonalisation: .newtonSchulz(NewtonSchulzSchedule(NewtonSchulzSchedule.jordan.steps, ε: 0)),
      scaling: scaling, decoupledDecay: decay, others: Adam(decoupledDecay: 1e-2), rateOfOthers: 1)
  }

  /// The constants of Moonlight (Liu et al., 2502.16982): the sum of the gradients, steps of AdamW's size, decay 0.1
  /// everywhere and one rate for all, 10⁻³ in the authors' example.
  @inlinable public static func moonlight(momentum: Scalar = 0.95, decay: Scalar = 0.1) -> Self {
    Self(
      momentum: momentum, keepsSum: true, scaling: .matchingAdamW, decoupledDecay: decay,
      others: Adam(betas: (0.9, 0.95), epsilon: 1e-8, decoupledDecay: decay), rateOfOthers: 1)
  }
}

extension Solver {
  /// Muon with a constant rate; see ``Secant/Muon``.
  ///
  /// - Parameters:
  ///   - rate: η on hidden matrices.
  ///   - momentum: β.
  ///   - orthogonalisation: what pushes the singular values towards 1.
  ///   - decay: λ in W ← (1 − ηλ)W, on hidden matrices.
  ///   - others: AdamW's parameters on all other blocks.
  ///   - rateOfOthers: the rate of the other blocks as a part of `rate`.
  @inlinable public static func muon<P>(
    rate: P.Scalar = 0.02, momentum: P.Scalar = 0.95,
    orthogonalisation: Orthogonalisation = .newtonSchulz(.jordan), decay: P.Scalar = 0,
    others: Adam<P> = Adam(betas: (0.9, 0.95), epsilon: 1e-10), rateOfOthers: P.Scalar = 0.015
  ) -> Self where Self == Descent<Muon<P>, Constant<P.Scalar>> {
    Self(
      Muon(
        momentum: momentum, orthogonalisation: orthogonalisation, decoupledDecay: decay, others: others,
        rateOfOthers: rateOfOthers),
      step: Constant(rate: rate))
  }

  /// Muon with a rate that follows a schedule; see ``Secant/Muon``.
  @inlinable public static func muon<P>(
    rate: Schedule<P.Scalar>, momentum: P.Scalar = 0.95,
    orthogonalisation: Orthogonalisation = .newtonSchulz(.jordan), decay: P.Scalar = 0,
    others: Adam<P> = Adam(betas: (0.9, 0.95), epsilon: 1e-10), rateOfOthers: P.Scalar = 0.015
  ) -> Self where Self == Descent<Muon<P>, Scheduled<P.Scalar>> {
    Self(
      Muon(
        momentum: momentum, orthogonalisation: orthogonalisation, decoupledDecay: decay, others: others,
        rateOfOthers: rateOfOthers),
      step: Scheduled(rate))
  }
  /// Muon with the constants of `torch.optim.Muon`; see ``Secant/Muon/torch(scaling:momentum:decay:)``.
  @inlinable public static func torchMuon<P>(
    rate: P.Scalar = 1e-3, scaling: Muon<P>.Scaling = .original, decay: P.Scalar = 0.1
  ) -> Self where Self == Descent<Muon<P>, Constant<P.Scalar>> {
    Self(.torch(scaling: scaling, decay: decay), step: Constant(rate: rate))
  }

  /// Muon with the constants of Moonlight; see ``Secant/Muon/moonlight(momentum:decay:)``.
  @inlinable public static func moonlight<P>(
    rate: P.Scalar = 1e-3, decay: P.Scalar = 0.1
  ) -> Self where Self == Descent<Muon<P>, Constant<P.Scalar>> {
    Self(.moonlight(decay: decay), step: Constant(rate: rate))
  }
}
