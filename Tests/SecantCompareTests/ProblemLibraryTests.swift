import Foundation
import Secant
import SecantCompare
import SecantProblems
import Testing

@Suite struct ProblemLibraryTests {
  @Test func hasManyAndEachByOneName() {
    let all = ProblemLibrary.all
    #expect(all.count >= 130)
    #expect(Set(all.map(\.name)).count == all.count)
    for problem in all {
      #expect(
        problem.name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } && problem.dimension > 0
          && !problem.reference.isEmpty)
      #expect(ProblemLibrary[problem.name] == problem)
      #expect(problem.classes.isDisjoint(with: [.convex]) || problem.classes.isDisjoint(with: [.nonconvex]))
    }
    for kind in LibraryProblem.Class.allCases {
      #expect(all.filter { $0.classes.contains(kind) }.count >= 5, "\(kind)")
    }
  }

  /// What is called convex has no negative curvature anywhere that was looked.
  @Test func convexityIsNotRefuted() {
    let names = Set(ProblemLibrary.all.filter { $0.classes.contains(.convex) }.map(\.title))
    for f in TestProblem<Double>.all + TestProblem<Double>.bounded.map(\.base)
    where names.contains(f.description) {
      let n = f.start.count
      var generator = RandomGenerator(seed: 1)
      var (x, H) = (f.start, Matrix<Double>(zeros: n, n))
      var eigen = SymmetricEigen<Double>(dimension: n)
      for k in 0..<40 {
        generator.fillNormal(&x)
        x.scale(by: pow(10, Double(k % 5) - 3))
        if k.isMultiple(of: 2) { x.add(f.start, times: 1) }
        f.hessian(at: x, into: &H)
        H.mirrorLowerTriangle()
        guard eigen.factor(H) == nil, eigen.values[n - 1].isFinite else { continue }
        #expect(eigen.values[0] >= -1e-12 * eigen.values[n - 1], "\(f)")
      }
    }
  }

  /// In one line.
  @Test func takesAProblemOfOnesOwn() {
    let problems =
      ProblemLibrary.formulas + [
        LibraryProblem("mine", AnyProblem(Rosenbrock<Double>()), from: [0, 0], minimum: 0)
      ]
    #expect(problems.last?.dimension == 2 && problems.last?.minimum == 0)
    #expect(problems.last?.capabilities.contains(.hessian) == true)
    #expect(problems.last?.capabilities.contains(.layers) == false)
  }
}
