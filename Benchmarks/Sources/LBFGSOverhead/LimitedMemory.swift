import Secant

/// The L-BFGS direction.
struct LimitedMemory<Problem: DifferentiableObjective>: Direction where Problem.Domain == WholeSpace {
  typealias Scalar = Problem.Scalar

  func allocate(_ dimension: Int, for _: Problem) -> LimitedMemoryInverseHessian<Scalar> {
    LimitedMemoryInverseHessian(dimension: dimension, capacity: 10)
  }

  func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ memory: inout LimitedMemoryInverseHessian<Scalar>, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    if iteration > 0 {
      memory.update(
        from: (previous.point, previous.gradient), to: (current.point, current.gradient))
    }
    memory.apply(to: current.gradient, into: &p)
    return iteration > 0 ? 1 : 1 / current.gradient.norm
  }
}
