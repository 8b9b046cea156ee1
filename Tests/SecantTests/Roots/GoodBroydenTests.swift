import Secant
import Testing

@Suite struct GoodBroydenTests {
  /// The update maps the step onto the change of F, B and H stay inverses, and it is the least change that does.
  @Test func satisfiesTheSecantEquation() {
    let system = FindRootTests.circle() as System<Double>
    var run = Run(system, from: [3, 1], using: .goodBroyden(), until: .never)
    var previous = run.next()!
    for _ in 0..<4 {
      guard let progress = run.next() else { break }
      let (before, after) = (previous.state, progress.state)
      let s = after.current.point - before.current.point
      let y = after.memory.F - before.memory.F
      var Bs = s
      after.memory.B.multiply(s, into: &Bs)
      #expect((Bs - y).largestMagnitude <= 1e-12)
      for e in [[1, 0], [0, 1]] as [Vector<Double>] {
        var (product, back) = (e, e)
        after.memory.B.multiply(e, into: &product)
        after.memory.H.multiply(product, into: &back)
        #expect((back - e).largestMagnitude <= 1e-10)
      }
      // B₊ − B is of rank one along s: nothing changes at right angles to it.
      let orthogonal: Vector<Double> = [-s[1], s[0]]
      var (old, new) = (s, s)
      before.memory.B.multiply(orthogonal, into: &old)
      after.memory.B.multiply(orthogonal, into: &new)
      #expect((new - old).largestMagnitude <= 1e-12 * orthogonal.norm * 10)
      previous = progress
    }
  }

  /// One Jacobian where the start is good, and superlinear steps.
  func converge<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let outcome = findRoot(of: FindRootTests.circle() as System<Scalar>, from: [2, 1], using: .goodBroyden())
    #expect(outcome.status.isConverged && outcome.ledger.jacobians == 1, "\(outcome)")
    #expect(outcome.iterations <= 9)
  }

  @Test func asksForOneJacobian() {
    converge(Double.self)
    converge(Float.self)
  }

  /// Gay: on a linear system it ends in at most 2n steps, whatever B it starts from. Here the Jacobian at the start is
  /// another one, and full steps are taken.
  @Test func endsOnALinearSystemIn2nSteps() {
    // Linear but for a first Jacobian that is wrong.
    struct WrongAtFirst: ResidualObjective {
      typealias Scalar = Double
      let residualCount = 3
      let A: Matrix<Double> = [[4, 1, 0], [1, 3, 1], [0, 1, 2]]
      func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
        A.multiply(x, into: &r)
        r[0] -= 1
      }
      func residualsAndJacobian(at x: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>)
      {
        residuals(at: x, into: &r)
        J = [[5, 0, 0], [0, 4, 0], [0, 0, 3]]
      }
    }
    var run = Run(WrongAtFirst(), from: [1, 1, 1], using: .goodBroyden(), until: .never)
    var least = Double.infinity
    for _ in 0...6 {
      guard let progress = run.next() else { break }
      #expect(progress.length == 0 || progress.length == 1)
      least = progress.state.memory.F.largestMagnitude
    }
    #expect(least < 1e-12)
    #expect(run.oracle.ledger.jacobians == 1)
  }
}
