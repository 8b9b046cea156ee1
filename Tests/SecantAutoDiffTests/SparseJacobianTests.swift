import CAllocationCounter
import SecantAutoDiff
import SecantProblems
import Testing

/// Broyden's tridiagonal system.
struct Tridiagonal<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableResiduals
where Scalar.Scalar == Scalar {
  let n: Int
  var residualCount: Int { n }

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number] where Number.Scalar == Scalar {
    x.indices.map { i in
      var r = (3 - 2 * x[i]) * x[i] + 1
      if i > 0 { r -= x[i - 1] }
      if i < n - 1 { r -= 2 * x[i + 1] }
      return r
    }
  }
}

/// Residuals of any kind.
struct Residuals: DifferentiableResiduals {
  enum Kind: CaseIterable {
    /// A row that depends on all, beside a diagonal: groups of rows.
    case fullRow
    /// A column in all rows, beside a diagonal.
    case fullColumn
    /// Running sums, each a residual: the lower triangle.
    case prefixes
    /// A long recursion of two parameters, seen now and then.
    case recursion
    /// One step as several residuals, inputs and constants as residuals.
    case repeated
    case branch
  }
  let kind: Kind
  let n: Int
  var residualCount: Int { kind == .repeated ? 5 : n }

  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number] where Number.Scalar == Double {
    switch kind {
    case .fullRow:
      var sum: Number = 0
      for x in x { sum += x * x }
      return [sum] + x.dropFirst().map { exp($0 / 4) }
    case .fullColumn: return x.map { exp($0 / 4) * (x[0] + 2) }
    case .prefixes:
      var sum: Number = 0
      return x.map {
        sum += sin($0)
        return sum * sum
      }
    case .recursion:
      var y = x[0]
      return (0..<n).map { i in
        for _ in 0..<5 { y = y + (x[1] - y) * y / 50 }
        return y - (i > n / 2 ? x[2] : 1)
      }
    case .repeated:
      let p = x[0] * x[1]
      return [p, x[2], p, 3, p * x[2]]
    case .branch: return x.indices.map { i in x[i] < 0 ? x[i] * x[0] : x[i] * x[n - 1] }
    }
  }
}

@Suite struct SparseJacobianTests {
  func checkDense<Function: DifferentiableResiduals>(
    _ problem: DifferentiatedSquares<Function>, _ sparse: inout SparseJacobian<Double>, at x: Vector<Double>
  ) where Function.Scalar == Double {
    let J = sparse.evaluate(at: x)
    var (r, dense) = (
      Vector<Double>(zeros: problem.residualCount), Matrix<Double>(zeros: problem.residualCount, x.count)
    )
    problem.residualsAndJacobian(at: x, into: &r, &dense)
    let scale = max(1, dense.elements.largestMagnitude)
    #expect((Matrix(J).elements - dense.elements).largestMagnitude <= 1e-14 * scale)
  }

  @Test func aTridiagonalSystemTakesThreeSweeps() {
    let problem = DifferentiatedSquares(Tridiagonal<Double>(n: 50))
    let x = SparseHessianTests.point(50, Double.self)
    var sparse = SparseJacobian(of: problem, at: x)
    #expect(sparse.pattern == Patterns.banded(50, below: 1, above: 1))
    #expect(sparse.sweepCount == 3 && !sparse.isByRows)
    checkDense(problem, &sparse, at: x)
    checkDense(problem, &sparse, at: Vector(repeating: -1, count: 50))
    #expect(sparse.tracings == 1)
  }

  @Test func worksInSinglePrecision() {
    let problem = DifferentiatedSquares(Tridiagonal<Float>(n: 20))
    let x = SparseHessianTests.point(20, Float.self)
    var sparse = SparseJacobian(of: problem, at: x)
    let J = sparse.evaluate(at: x)
    for i in 0..<20 { #expect(abs(J[i, i] - (3 - 4 * x[i])) <= 1e-5) }
    #expect(J[3, 4] == -2 && J[4, 3] == -1)
  }

  @Test(arguments: Residuals.Kind.allCases)
  func agreesWithTheDenseMatrix(kind: Residuals.Kind) {
    let n = 24
    let problem = DifferentiatedSquares(Residuals(kind: kind, n: n))
    let x = SparseHessianTests.point(n, Double.self)
    var sparse = SparseJacobian(of: problem, at: x)
    checkDense(problem, &sparse, at: x)
    checkDense(problem, &sparse, at: Vector((0..<n).map { 0.5 - Double($0 % 4) }))
    checkDense(problem, &sparse, at: x)
    #expect(sparse.tracings == (kind == .branch ? 3 : 1))
    switch kind {
    case .fullRow: #expect(sparse.isByRows && sparse.sweepCount == 2)
    case .fullColumn: #expect(!sparse.isByRows && sparse.sweepCount == 2)
    case .prefixes:
      #expect(sparse.pattern.count == n * (n + 1) / 2)
      #expect(sparse.pattern.places.allSatisfy { $0.0 >= $0.1 })
    case .recursion:
      #expect((0..<n).allSatisfy { sparse.pattern.contains($0, 0) && sparse.pattern.contains($0, 1) })
      #expect(!sparse.pattern.contains(0, 2) && sparse.pattern.contains(n - 1, 2))
    case .repeated: #expect(sparse.pattern.count == 8)
    case .branch: break
    }
  }

  @Test func aSecondEvaluationAllocatesNothing() {
    for kind in [Residuals.Kind.fullRow, .fullColumn] {
      let problem = DifferentiatedSquares(Residuals(kind: kind, n: 24))
      var x = SparseHessianTests.point(24, Double.self)
      var sparse = SparseJacobian(of: problem, at: x)
      var J = SparseMatrix<Double>(zeros: sparse.pattern)
      for _ in 0..<2 {
        sparse.evaluate(at: x, into: &J)
        x[0] += 1
      }
      secant_count_allocations()
      sparse.evaluate(at: x, into: &J)
      #expect(secant_allocations_counted() == 0)
    }
  }
}
