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

  /// A member of each type of problem that `SecantProblems` has, by its name in the library; nil for a type that only
  /// lends another its residuals or its bounds.
  private static let members: [String: String?] = [
    "TestProblem": "rosenbrock", "TestProblemOfSquares": nil,
    "Quadratic": "quadratic", "Rosenbrock": "rosenbrock", "LogisticRegression": "breast-cancer",
    "SoftmaxRegression": "digits", "LinearRegression": "ridge", "GaussianProcess": "gaussian-process",
    "MultilayerPerceptron": "iris-mlp", "MatrixFactorization": "matrix-factorisation",
    "CharacterTransformer": "sonnets", "NISTResiduals": "misra1a",
  ]

  /// Whoever adds a type of problem adds it to the library.
  @Test func everyTypeOfProblemIsRegistered() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/SecantProblems").standardizedFileURL
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    var found: Set<String> = []
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /public struct (\w+)(?:<[^>{]*>)?\s*:([^{]*)\{/)
      where match.output.2.contains(/Objective|LinearModel|DifferentiatedProblem|DifferentiableResiduals/) {
        found.insert(String(match.output.1))
      }
    }
    #expect(found == Set(Self.members.keys))
    for case let name? in Self.members.values { #expect(ProblemLibrary[name] != nil, "\(name)") }
  }

  /// In single precision each has the value of its double at the start, and its gradient.
  @Test func inSinglePrecisionEachIsTheSame() throws {
    for problem in ProblemLibrary.all {
      let double = try #require(problem.posed(in: Double.self))
      let single = try #require(problem.posed(in: Float.self), "\(problem.name)")
      var (g, h) = (double.start, single.start)
      let value = try double.problem.valueAndGradient(at: double.start, into: &g)
      let rounded = try single.problem.valueAndGradient(at: single.start, into: &h)
      #expect(abs(Double(rounded) - value) <= 1e-3 * max(1, abs(value)), "\(problem.name)")
      let error = zip(g, h).reduce(0.0) { max($0, abs($1.0 - Double($1.1))) }
      #expect(error <= 1e-3 * max(1, g.largestMagnitude), "\(problem.name): \(error)")
    }
  }

  /// The known minimum of each of NIST's is reached from near by.
  @Test func theFitsHaveTheirCertifiedMinima() throws {
    #expect(ProblemLibrary.fits.count == NISTProblem.all.count)
    for (problem, certified) in zip(ProblemLibrary.fits, NISTProblem.all) {
      let value = try #require(problem.posed(in: Double.self)).problem.value(at: certified.parameters)
      // Lanczos1's certified sum is 1e-25, beyond what eleven digits of the parameters tell.
      #expect(
        abs(value - certified.sumOfSquares / 2) <= 1e-8 * certified.sumOfSquares + 1e-19, "\(problem.name)")
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
