import SecantAutoDiff
import SecantProblems

extension Formulas {
  /// The functions of the bounded problems.
  static var bounded: [Entry] {
    [
      ("HS1", TestProblem.hs1.base, rosenbrock, rosenbrock),
      ("HS2", TestProblem.hs2.base, rosenbrock, rosenbrock),
      ("HS3", TestProblem.hs3.base, hs3, hs3),
      ("HS4", TestProblem.hs4.base, hs4, hs4),
      ("HS5", TestProblem.hs5.base, mccormick, mccormick),
      ("HS38", TestProblem.hs38.base, wood, wood),
      ("HS45", TestProblem.hs45.base, hs45, hs45),
      ("HS110", TestProblem.hs110.base, hs110, hs110),
      ("MCCORMCK", TestProblem.mccormick().base, mccormick, mccormick),
      ("CAMEL6", TestProblem.camel.base, camel, camel),
      ("OBSTCLAE", TestProblem.obstacle().base, obstacle, obstacle),
      ("TORSION1", TestProblem.torsion().base, torsion, torsion),
      ("JNLBRNG1", TestProblem.journalBearing().base, journalBearing, journalBearing),
    ]
  }

  static func hs3<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    x[1] + 1e-5 * pow(x[1] - x[0], 2)
  }

  static func hs4<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0] + 1, 3) / 3 + x[1]
  }

  static func hs45<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    2 - x.reduce(1, *) / 120
  }

  static func hs110<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let logarithms = sum(over: x.indices) { pow(log(x[$0] - 2), 2) + pow(log(10 - x[$0]), 2) }
    return logarithms - pow(x.reduce(1, *), 0.2)
  }

  static func mccormick<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 1)) { i in
      let linear = -1.5 * x[i] + 2.5 * x[i + 1] + 1
      return linear + pow(x[i] - x[i + 1], 2) + sin(x[i] + x[i + 1])
    }
  }

  static func camel<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = (4 - 2.1 * pow(x[0], 2) + pow(x[0], 4) / 3) * pow(x[0], 2)
    let second = (-4 + 4 * pow(x[1], 2)) * pow(x[1], 2)
    return first + x[0] * x[1] + second
  }

  static func obstacle<N: DifferentiableNumber>(_ u: [N]) -> N where N.Scalar == Double {
    membrane(u, load: 1)
  }

  static func torsion<N: DifferentiableNumber>(_ u: [N]) -> N where N.Scalar == Double {
    membrane(u, load: 5)
  }

  /// At each point inside, ¼ Σ (u − its neighbour)² over the four neighbours, less the load on a cell of the grid.
  private static func membrane<N: DifferentiableNumber>(_ u: [N], load: Double) -> N
  where N.Scalar == Double {
    let grid = Grid(u)
    let h = 1 / Double(grid.side + 1)
    return sum(over: 1...grid.side) { j in
      sum(over: 1...grid.side) { i in
        let here = grid[i, j]
        let vertical = pow(here - grid[i, j - 1], 2) + pow(here - grid[i, j + 1], 2)
        let horizontal = pow(here - grid[i - 1, j], 2) + pow(here - grid[i + 1, j], 2)
        return (horizontal + vertical) / 4 - N(load * h * h) * here
      }
    }
  }

  /// ½ ∫ (1 + ε cos ξ)³ ‖∇u‖² − ε ∫ u sin ξ over (0, 2π) × (0, 20), with u linear on each of two triangles in a cell of
  /// the grid and the weight the mean of its corners.
  static func journalBearing<N: DifferentiableNumber>(_ u: [N]) -> N where N.Scalar == Double {
    let grid = Grid(u)
    let ε = 0.1
    let (width, height) = (2 * Double.pi / Double(grid.side + 1), 20 / Double(grid.side + 1))
    let (hx, hy) = (N(width), N(height))
    let weight = (0...(grid.side + 1)).map { Double.pow(1 + ε * Double.cos(width * Double($0)), 3) }
    let energy = sum(over: 0...grid.side) { j in
      sum(over: 0...grid.side) { i in
        // The triangle has half the cell's area.
        let low = N((2 * weight[i] + weight[i + 1]) / 3 * width * height / 2)
        let high = N((weight[i] + 2 * weight[i + 1]) / 3 * width * height / 2)
        let below = pow((grid[i + 1, j] - grid[i, j]) / hx, 2)
        let left = pow((grid[i, j + 1] - grid[i, j]) / hy, 2)
        let above = pow((grid[i + 1, j + 1] - grid[i, j + 1]) / hx, 2)
        let right = pow((grid[i + 1, j + 1] - grid[i + 1, j]) / hy, 2)
        return low * (below + left) + high * (above + right)
      }
    }
    let load = sum(over: 1...grid.side) { j in
      sum(over: 1...grid.side) { i in N(ε * Double.sin(width * Double(i))) * grid[i, j] }
    }
    return energy / 2 - hx * hy * load
  }
}

/// A function on the inner points of a square grid, zero on its boundary.
private struct Grid<N: DifferentiableNumber> {
  let side: Int
  let u: [N]

  init(_ u: [N]) {
    side = Int(Double(u.count).squareRoot().rounded())
    self.u = u
  }

  subscript(i: Int, j: Int) -> N {
    let inside = 1...side
    return inside.contains(i) && inside.contains(j) ? u[(j - 1) * side + i - 1] : 0
  }
}
