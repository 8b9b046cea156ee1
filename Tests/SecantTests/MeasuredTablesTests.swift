import Foundation
import Secant
import Testing

/// The tables of counts in `papers`, measured anew: what a note says of the methods is what they do.
@Suite struct MeasuredTablesTests {
  /// Steps, gradients and Hessian-vector products to ‖∇f‖∞ ≤ 1e-6 max(1, ‖∇f₀‖∞), or nil where it was not reached.
  struct Counts {
    let steps, gradients, products: Int

    init?<P: DifferentiableObjective>(_ f: P, from x: Vector<Double>, _ method: some Solver<P>)
    where P.Scalar == Double, P.Failure == Never {
      var gradient = Vector<Double>(zeros: x.count)
      _ = f.valueAndGradient(at: x, into: &gradient)
      let outcome = minimize(
        f, from: x, using: method,
        until: Convergence(gradient: 1e-6 * max(1, gradient.largestMagnitude), isRelative: false),
        within: Budget(iterations: 2_000), certifying: false)
      guard outcome.status.isConverged else { return nil }
      steps = outcome.iterations
      gradients = outcome.ledger.gradients
      products = outcome.ledger.hessianVectorProducts
    }
  }

  /// The numbers in the row of a note's table that begins with `name`, cell by cell, or nil where there is none.
  static func row(_ name: String, of note: String) throws -> [[Int]]? {
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let text = try String(contentsOf: package.appending(path: "papers/\(note)"), encoding: .utf8)
    let line = text.split(separator: "\n").first { $0.hasPrefix("| \(name) |") }
    return line?.split(separator: "|").dropFirst().map { cell in
      cell.split(separator: "/").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    }
  }

  /// Measures the problems that stand in a note's table and compares: to a fifth, since rounding differs between
  /// processors and long runs differ with it.
  func compare(_ note: String, rows: Int, _ measure: (any Work) -> [[Int]?]) throws {
    var found = 0
    try onEachProblem { name, work in
      guard let noted = try Self.row(name, of: note) else { return }
      found += 1
      let measured = measure(work)
      let isNear =
        noted.count == measured.count
        && zip(noted, measured).allSatisfy { noted, measured in
          noted.count == measured?.count
            && zip(noted, measured ?? []).allSatisfy { abs($0 - $1) <= 1 + $0 / 5 }
        }
      #expect(isNear, "\(name) in \(note): \(noted) was noted and \(measured) measured")
    }
    #expect(found == rows, "\(note)")
  }

  /// Calls `body` with every problem of the tables.
  func onEachProblem(_ body: (String, any Work) throws -> Void) rethrows {
    func problem<P: TwiceDifferentiableObjective>(_ f: P, _ x: Vector<Double>) -> any Work
    where P.Scalar == Double, P.Failure == Never, P.Domain == WholeSpace { Task(f: f, start: x) }
    try body("Rosenbrock, n = 2", problem(Rosenbrock(), Rosenbrock.start()))
    try body("Rosenbrock, chained, n = 100", problem(Rosenbrock(), Rosenbrock.start(100)))
    try body("Powell singular", problem(PowellSingular(), PowellSingular<Double>.start))
    try body("Wood", problem(Wood(), Wood<Double>.start))
    try body("Beale", problem(Beale(), Beale<Double>.start))
    try body("helical valley", problem(HelicalValley(), HelicalValley<Double>.start))
    try body(
      "quadratic, n = 20, κ = 10³, times 10⁵",
      problem(Quadratic(20, condition: 1e3, scale: 1e5), Vector(zeros: 20)))
    try body("Rosenbrock + 10⁸, n = 2", problem(Rosenbrock(shift: 1e8), Rosenbrock.start()))
    try body("Rosenbrock + 10⁸, n = 20", problem(Rosenbrock(shift: 1e8), Rosenbrock.start(20)))
    try body("10¹⁰ · Rosenbrock, n = 2", problem(Rosenbrock(scale: 1e10), Rosenbrock.start()))
  }

  protocol Work {
    func quasiNewton() -> [[Int]?]
    func newton() -> [[Int]?]
    func products() -> [[Int]?]
    func radii() -> [[Int]?]
  }

  struct Task<P: TwiceDifferentiableObjective>: Work
  where P.Scalar == Double, P.Failure == Never, P.Domain == WholeSpace {
    let f: P
    let start: Vector<Double>

    func gradients(_ method: some Solver<P>) -> [Int]? {
      Counts(f, from: start, method).map { [$0.gradients] }
    }
    func steps(_ method: some Solver<P>) -> [Int]? {
      Counts(f, from: start, method).map { [$0.steps, $0.gradients] }
    }
    func all(_ method: some Solver<P>) -> [Int]? {
      Counts(f, from: start, method).map { [$0.steps, $0.gradients, $0.products] }
    }

    func quasiNewton() -> [[Int]?] {
      [
        gradients(.lbfgs(step: HagerZhang())), gradients(.lbfgs(step: MoreThuente())),
        gradients(.lbfgs(step: StrongWolfe())), gradients(.lbfgs(step: StrongWolfe(curvature: 0.5))),
        gradients(.bfgs(step: HagerZhang())), gradients(.bfgs(step: MoreThuente())),
        gradients(.bfgs(step: StrongWolfe())), gradients(.bfgs(step: StrongWolfe(curvature: 0.5))),
        gradients(.bfgs(step: StrongWolfe(curvature: 0.1))), gradients(.lbfgs()), gradients(.bfgs()),
      ]
    }

    func newton() -> [[Int]?] {
      [
        steps(.newton(step: Armijo())), steps(.newton(step: HagerZhang())),
        steps(.newton(step: MoreThuente())), steps(.newton()),
      ]
    }

    func products() -> [[Int]?] { [all(.newtonCG()), all(.trustRegion())] }

    func radii() -> [[Int]?] {
      [nil, 0.1, 1, 10, 1e5].map {
        gradients(.trustRegion(model: HessianModel(), radius: RatioRadius(initial: $0)))
      } + [
        gradients(.trustRegion(model: HessianModel(), radius: RatioRadius(acceptance: 0.001))),
        gradients(.trustRegion(model: HessianModel(), radius: RatioRadius.connGouldToint)),
        gradients(.trustRegion(model: HessianModel(), radius: RatioRadius.gouldOrbanSartenaerToint)),
        gradients(.trustRegion(model: HessianModel(), radius: InterpolatingRadius())),
        gradients(.trustRegion(model: HessianModel(), radius: SelfAdaptiveRadius())),
        gradients(.trustRegion(model: HessianModel(), radius: NonMonotoneRadius(RatioRadius(), memory: 3))),
        gradients(.trustRegion(model: DenseHessianModel(), subproblem: MoreSorensen())),
      ]
    }
  }

  @Test func searchesForQuasiNewtonDirections() throws {
    try compare("bfgs.md", rows: 10) { $0.quasiNewton() }
  }

  @Test func searchesForNewtonsDirection() throws {
    try compare("newton.md", rows: 7) { $0.newton() }
  }

  @Test func newtonByProducts() throws {
    try compare("newton-cg.md", rows: 8) { $0.products() }
  }

  @Test func initialRadii() throws {
    try compare("trust-region.md", rows: 6) { $0.radii() }
  }
}
