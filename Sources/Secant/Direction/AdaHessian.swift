public import RealModule
public import SecantLinearAlgebra

/// AdaHessian: Adam with the Hessian's diagonal in the place of the gradient.
///
/// m ← β₁m + (1 − β₁)g and v ← β₂v + (1 − β₂)D², where D is an estimate of the Hessian's diagonal, its magnitudes
/// averaged over runs of b elements; p = −λθ − m̂/((√v̂)ᵏ + ε) with both averages corrected for their start at zero.
///
/// - **Demands**: what its estimator does, ``HessianVectorObjective`` with ``HutchinsonDiagonal``; a learning rate.
/// - **Memory**: 2n, and the estimator's.
/// - **Work per step**: O(n), and an estimate: a Hessian-vector product.
/// - **Guarantees**: with k = 1 and without ε and decay the steps do not change when f is multiplied by a positive
///   number; where the Hessian is diagonal and stands still, they are Newton's along an average of the gradients, in
///   magnitude of the curvature.
/// - **Reference**: Yao, Gholami, Shen, Mustafa, Keutzer and Mahoney, AAAI 2021 (2006.00719), Algorithm 1, and the
///   authors' code.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ε | `epsilon` |
/// | k | `power` |
/// | b | `averagingLength` |
/// | λ | `decoupledDecay` |
/// | m, v | `Memory.first`, `Memory.second` |
public struct AdaHessian<Estimator: DiagonalEstimator>: Direction {
  public typealias Problem = Estimator.Problem
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and D² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the denominator.
  public var epsilon: Scalar
  /// k, from 0 for momentum alone to 1.
  public var power: Scalar
  /// b, the elements next to each other whose curvatures are averaged, such as those of a convolution's kernel.
  public var averagingLength: Int
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar
  /// Where D comes from.
  public var estimator: Estimator

  @inlinable public init(
    estimator: Estimator, betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-4, power: Scalar = 1,
    averagingLength: Int = 1, decoupledDecay: Scalar = 0
  ) {
    self.estimator = estimator
    self.betas = betas
    self.epsilon = epsilon
    self.power = power
    self.averagingLength = averagingLength
    self.decoupledDecay = decoupledDecay
  }

  /// The two averages.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, the average of g.
    public var first: Vector<Scalar>
    /// v, the average of D².
    public var second: Vector<Scalar>
    /// What the estimator works on.
    public var estimator: Estimator.Memory
    /// t, the steps taken.
    public var t = 0

    @inlinable init(_ dimension: Int, _ estimator: Estimator.Memory) {
      first = Vector(zeros: dimension)
      second = Vector(zeros: dimension)
      self.estimator = estimator
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(dimension, estimator.allocate(dimension, for: problem))
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    // The estimate first: when the oracle refuses it, nothing has changed yet.
    try estimator.estimate(into: &p, at: current.point, draw: memory.t, &memory.estimator, asking: &oracle)
    if averagingLength > 1 { p.averageMagnitudes(over: averagingLength) }
    memory.t += 1
    memory.first.scale(by: betas.0, adding: current.gradient, times: 1 - betas.0)
    memory.second.scale(by: betas.1, addingProductOf: p, p, times: 1 - betas.1)
    let a = -1 / Scalar.oneMinusPower(betas.0, memory.t)
    let root = Scalar.oneMinusPower(betas.1, memory.t).squareRoot()
    if power == 1 {
      // m̂/(√v/root + ε) = root m̂/(√v + root ε).
      p.set(memory.first, times: a * root, overRootOf: memory.second, plus: root * epsilon)
    } else {
      for i in p.indices {
        p[i] = a * memory.first[i] / (Scalar.pow(memory.second[i].squareRoot() / root, power) + epsilon)
      }
    }
    if decoupledDecay != 0 { p.add(current.point, times: -decoupledDecay) }
    return 1
  }

  public var complaint: String? {
    if averagingLength < 1 {
      return
        "averagingLength (b) is \(averagingLength): choose at least 1 element, such as 9 for kernels of 3 × 3."
    }
    if !(power >= 0 && power <= 1) { return "power (k) is \(power): choose a number from 0 to 1, such as 1." }
    return complaintAboutBetas(betas)
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-4")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "1e-4, or 0 for none")
  }
}

extension Vector {
  /// Puts the mean magnitude of each run of so many elements in their places; the last run may be shorter.
  @inlinable mutating func averageMagnitudes(over length: Int) {
    for start in stride(from: 0, to: count, by: length) {
      let run = start..<Swift.min(start + length, count)
      var sum: Scalar = 0
      for i in run { sum += abs(self[i]) }
      for i in run { self[i] = sum / Scalar(run.count) }
    }
  }
}

extension Solver {
  /// AdaHessian with a constant rate; see ``Secant/AdaHessian``.
  ///
  /// - Parameters:
  ///   - rate: η.
  ///   - betas: β₁ and β₂, the parts of the averages that are kept.
  ///   - epsilon: ε, added to the denominator.
  ///   - averagingLength: b, the elements next to each other whose curvatures are averaged.
  ///   - decay: λ in θ ← (1 − ηλ)θ.
  ///   - seed: of the probes.
  @inlinable public static func adaHessian<P>(
    rate: P.Scalar = 0.15, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-4,
    averagingLength: Int = 1, decay: P.Scalar = 0, seed: UInt64 = 0
  ) -> Self where Self == Descent<AdaHessian<HutchinsonDiagonal<P>>, Constant<P.Scalar>> {
    Self(
      AdaHessian(
        estimator: HutchinsonDiagonal(Hutchinson(seed: seed)), betas: betas, epsilon: epsilon,
        averagingLength: averagingLength, decoupledDecay: decay),
      step: Constant(rate: rate))
  }

  /// AdaHessian with a rate that follows a schedule; see ``Secant/AdaHessian``.
  @inlinable public static func adaHessian<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-4,
    averagingLength: Int = 1, decay: P.Scalar = 0, seed: UInt64 = 0
  ) -> Self where Self == Descent<AdaHessian<HutchinsonDiagonal<P>>, Scheduled<P.Scalar>> {
    Self(
      AdaHessian(
        estimator: HutchinsonDiagonal(Hutchinson(seed: seed)), betas: betas, epsilon: epsilon,
        averagingLength: averagingLength, decoupledDecay: decay),
      step: Scheduled(rate))
  }
}
