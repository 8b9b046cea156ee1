public import SecantLinearAlgebra

/// Any direction with a clipped gradient: its base sees the nearest gradient that is not too large.
///
/// | clipping | gradient that the base sees |
/// | --- | --- |
/// | ``Clipping/value(_:)`` | each gᵢ moved into [−c, c] |
/// | ``Clipping/norm(_:)`` | g·min(1, c/‖g‖₂), the norm of all variables: "global norm" |
/// | ``Clipping/blockNorm(_:in:)`` | the same in every block |
/// | ``Clipping/unitNorm(_:in:least:)`` | the same in every unit, with c a part of the unit's own norm: "adaptive clipping" |
///
/// - **Demands**: what its base demands. A base that compares gradients would learn from clipped ones, which is no
///   curvature of f: it is refused like on batches.
/// - **Memory**: the base's and 2n.
/// - **Work per step**: the base's and 3n.
/// - **Guarantees**: with an infinite bound it is its base, bit for bit. A gradient with NaN stays one: it is the driver's to
///   end the run.
/// - **Reference**: Pascanu, Mikolov and Bengio, ICML 2013, arXiv:1211.5063; Brock, De, Smith and Simonyan, ICML 2021,
///   arXiv:2102.06171.
public struct Clipped<Base: Direction>: DirectionWrapper {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The direction that sees the clipped gradient.
  public var base: Base
  /// What is clipped, and to what.
  public var clipping: Clipping<Scalar>

  @inlinable public init(_ base: Base, by clipping: Clipping<Scalar>) {
    self.base = base
    self.clipping = clipping
  }

  public typealias Memory = WrappedDirection<Base, Own>
  /// The clipped gradient, and where the direction is written first the current point with it.
  public typealias Own = Iterate<Scalar>

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(base.allocate(dimension, for: problem), Iterate(Vector(zeros: dimension)))
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    memory.own.copy(current)
    clipping.clip(&memory.own.gradient, at: current.point)
    return try base.choose(
      &p, at: memory.own, after: previous, iteration: iteration, &memory.base, asking: &oracle)
  }

  @inlinable public func step(
    _ point: inout Vector<Scalar>, from start: Vector<Scalar>?, along gradient: Vector<Scalar>, by α: Scalar,
    _ memory: inout Memory
  ) {
    memory.own.gradient.copy(gradient)
    clipping.clip(&memory.own.gradient, at: start ?? point)
    base.step(&point, from: start, along: memory.own.gradient, by: α, &memory.base)
  }

  public var complaint: String? {
    if base.comparesGradients {
      return """
        The direction compares the gradients of two points, and clipped ones are no gradients of f: choose one that \
        does not, such as Adam().
        """
    }
    return clipping.complaint ?? base.complaint
  }
}

/// How a gradient is clipped.
public enum Clipping<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// Each element is moved into [−c, c].
  case value(Scalar)
  /// The whole is scaled by min(1, c/‖g‖₂).
  case norm(Scalar)

  /// In every block of the layout g is scaled by min(1, c/‖g‖₂).
  case blockNorm(Scalar, in: Layout)
  /// In every unit g is scaled by min(1, c·max(‖θ‖₂, ε)/‖g‖₂), with θ the unit's variables: a row of a matrix, a whole vector. The
  /// head is left as it is.
  case unitNorm(Scalar, in: Layout, least: Scalar)

  /// Adaptive clipping with its authors' ε = 10⁻³; they take c from 0.01 for large batches to 0.16.
  @inlinable public static func adaptive(_ ratio: Scalar = 0.01, in layout: Layout) -> Self {
    .unitNorm(ratio, in: layout, least: 1e-3)
  }

  /// Clips g at θ in place.
  @inlinable func clip(_ g: inout Vector<Scalar>, at θ: Vector<Scalar>) {
    switch self {
    case .value(let bound): g.clamp(to: -bound...bound)
    case .norm(let bound):
      let norm = g.norm
      // Not min(1, c/‖g‖), which would turn a NaN into 1 and hide it.
      if norm > bound { g.scale(by: bound / norm) }
    case .blockNorm(let bound, let layout):
      Self.check(layout, g)
      for block in layout.blocks {
        let norm = g.norm(of: block)
        if norm > bound { g.scale(block, by: bound / norm) }
      }
    case .unitNorm(let ratio, let layout, let least):
      Self.check(layout, g)
      for block in layout.blocks where block.role != .head {
        let units = block.matrixShape?.rows ?? 1
        θ.withBlock(block) { θ in
          g.withMutableBlock(block) { g in
            for unit in 0..<units {
              clip(g, at: θ, elements: stride(from: unit, to: g.count, by: units), ratio, least)
            }
          }
        }
      }
    }
  }

  /// Clips a unit whose elements are those of a stride.
  @inlinable func clip(
    _ g: UnsafeMutableBufferPointer<Scalar>, at θ: UnsafeBufferPointer<Scalar>, elements: StrideTo<Int>,
    _ ratio: Scalar, _ least: Scalar
  ) {
    var (size, norm): (Scalar, Scalar) = (0, 0)
    for i in elements {
      size += θ[i] * θ[i]
      norm += g[i] * g[i]
    }
    norm = norm.squareRoot()
    let bound = ratio * Swift.max(size.squareRoot(), least)
    if norm > bound { for i in elements { g[i] *= bound / norm } }
  }

  @inlinable static func check(_ layout: Layout, _ g: Vector<Scalar>) {
    precondition(
      layout.count == g.count,
      "the clipping's layout has \(layout.count) elements and the gradient \(g.count): give the problem's own"
    )
  }

  @usableFromInline var complaint: String? {
    switch self {
    case .value(let bound), .norm(let bound), .blockNorm(let bound, _):
      bound > 0 ? nil : "the bound of the clipping is \(bound): choose a positive number, such as 1."
    case .unitNorm(let ratio, _, let least):
      (ratio > 0
        ? nil : "the ratio of the clipping is \(ratio): choose a positive number, such as 0.01.")
        ?? complaintAboutScale("least (ε)", least, suggesting: "1e-3")
    }
  }
}

extension Descent {
  /// This method with a clipped gradient; see ``Clipped``.
  @inlinable public func clipped(by clipping: Clipping<Scalar>) -> Descent<Clipped<D>, Rule> {
    Descent<Clipped<D>, Rule>(Clipped(direction, by: clipping), step: rule)
  }
}

extension Solver {
  /// A method with a clipped gradient: the spelling of `Descent/clipped(by:)` for an array of `any Solver<P>`; see
  /// ``Clipped``.
  @inlinable public static func clipped<D, Rule>(
    by clipping: Clipping<D.Problem.Scalar>, _ base: Descent<D, Rule>
  ) -> Self where Self == Descent<Clipped<D>, Rule> {
    base.clipped(by: clipping)
  }
}
