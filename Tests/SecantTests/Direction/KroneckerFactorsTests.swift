import Secant
import Testing

/// The blocks that Shampoo and SOAP precondition from both sides, as their steps show them.
@Suite struct KroneckerFactorsTests {
  typealias Linear = LinearFunction<Double>

  /// One gradient, c, on three matrices of which two have the same shape, and a vector between them.
  static let layout = Layout().matrix("a", rows: 2, columns: 3, role: .hidden).vector(
    "b", count: 2, role: .bias
  )
  .matrix("c", rows: 2, columns: 3, role: .head).matrix("d", rows: 3, columns: 2, role: .other)
  static let c = Vector<Double>((0..<20).map { Double.sin(Double(3 * $0 + 1)) + 0.1 })

  static func steps(
    _ layout: Layout, _ c: Vector<Double>, _ method: some Solver<Linear>, _ count: Int = 3
  ) -> Vector<Double> {
    trajectory(method, on: Linear(c: c, layout: layout), from: Vector(zeros: c.count), steps: count).last!
  }

  /// Blocks of one shape share a workspace, and nothing of one block reaches another: each moves as if it were alone.
  @Test func blocksDoNotDisturbOneAnother() {
    let whole = Self.steps(Self.layout, Self.c, Descent.shampoo(epsilon: 1e-3))
    let soap = Self.steps(Self.layout, Self.c, Descent.soap(rate: 0.1, interval: 1))
    for block in Self.layout.blocks {
      guard let shape = block.matrixShape else { continue }
      let alone = Layout().matrix("alone", rows: shape.rows, columns: shape.columns, role: .hidden)
      let part = Vector(block.range.map { Self.c[$0] })
      let own = Self.steps(alone, part, Descent.shampoo(epsilon: 1e-3))
      let ownOfSOAP = Self.steps(alone, part, Descent.soap(rate: 0.1, interval: 1))
      for (k, i) in block.range.enumerated() {
        #expect(whole[i] == own[k])
        #expect(soap[i] == ownOfSOAP[k])
      }
    }
  }

  /// The factors turn with the block: Shampoo's step of PGQ is P, its step of G, and Q, for orthogonal P and Q.
  @Test func stepTurnsWithTheBlock() {
    let layout = Layout().matrix("w", rows: 2, columns: 2, role: .hidden)
    let g: Matrix<Double> = [[1, 2], [-0.5, 0.75]]
    let (a, b) = (0.3, -1.1)
    let p: Matrix<Double> = [[.cos(a), -.sin(a)], [.sin(a), .cos(a)]]
    let q: Matrix<Double> = [[.cos(b), -.sin(b)], [.sin(b), .cos(b)]]
    func turned(_ m: Matrix<Double>) -> Matrix<Double> {
      var (left, both) = (m, m)
      left.setProduct(p, m)
      both.setProduct(left, q)
      return both
    }
    func step(_ g: Matrix<Double>) -> Matrix<Double> {
      Matrix(
        rows: 2, columns: 2, elements: Self.steps(layout, g.elements, Descent.shampoo(epsilon: 1e-2), 2))
    }
    var difference = step(turned(g))
    difference.add(turned(step(g)), times: -1)
    #expect(difference.elements.largestMagnitude < 1e-13)
  }

  /// A matrix with a side above the largest is no block; one whose longer side is the largest is.
  @Test(arguments: [(1, 0), (2, 0), (3, 3), (8192, 3)])
  func takesMatricesUpToTheLargestSide(side: Int, blocks: Int) {
    let method = Descent(Shampoo<Linear>(largestSide: side), step: Constant(rate: 0.1))
    let outcome = minimize(
      Linear(c: Self.c, layout: Self.layout), from: Vector(zeros: 20), using: method, until: .never,
      within: Budget(iterations: 1), certifying: false)
    #expect(outcome.ledger.factorisations == 2 * blocks)
    // 9a³ for a side of a.
    #expect(outcome.ledger.flops == Double(blocks * 9 * (27 + 8)))
  }
}
