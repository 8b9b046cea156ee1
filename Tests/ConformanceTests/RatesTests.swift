import Foundation
import Secant
import SecantProblems
import Testing

/// How fast the second-order methods go at the end, on those of Moré, Garbow and Hillstrom's problems whose Hessian is well
/// conditioned at the minimum: order 2 for Newton, the condition of Dennis and Moré for BFGS, superlinear steps for SR1.
/// `papers/rates.csv` has the figures.
@Suite struct RatesTests {
  typealias Problem = TestProblem<Double>

  /// Order 2 is a limit: the last three errors show between 1.2 and 3, and in the median 2.
  @Test func areWhatTheTheoremsSay() {
    let rows = RateTable().rows
    #expect(rows.count >= 20)
    func median(_ figure: KeyPath<RateTable.Row, Double>) -> Double {
      rows.map { $0[keyPath: figure] }.sorted()[rows.count / 2]
    }
    for row in rows {
      #expect(row.order > 1.2 && row.order < 3, "\(row)")
      #expect(row.dennisMoreAtFirst > 0.3 && row.dennisMoreAtTheEnd < 0.1, "\(row)")
      #expect(row.lastOfBFGS < 0.5, "\(row)")
      #expect(row.lastOfSR1 < 0.2, "\(row)")
    }
    #expect(abs(median(\.order) - 2) < 0.1)
    #expect(median(\.dennisMoreAtTheEnd) < 1e-3)
    #expect(median(\.lastOfBFGS) < 1e-2)
    #expect(median(\.lastOfSR1) < 1e-2)
  }

  /// Writes the table: `SECANT_RECORD=1 swift test -c release --filter RatesTests`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SECANT_RECORD"] != nil))
  func record() throws {
    try RateTable().write()
  }
}

/// `papers/rates.csv`: a row for each problem.
struct RateTable {
  typealias Problem = TestProblem<Double>

  struct Row {
    let problem: Problem
    /// The order that the last three errors of Newton's method show.
    let order: Double
    /// The condition of Dennis and Moré, ‖(B_k − ∇²f(x*))s_k‖/(‖∇²f(x*)‖‖s_k‖), at the first step of BFGS and at the last.
    let dennisMoreAtFirst, dennisMoreAtTheEnd: Double
    /// The last error over the one before.
    let lastOfBFGS, lastOfSR1: Double
  }

  let rows: [Row]

  init() {
    rows = Problem.moreGarbowHillstrom.compactMap { f in
      let (newton, bfgs, sr1) = (
        Path(of: .newton(), on: f), Path(of: .bfgs(), on: f), Path(of: .sr1(), on: f)
      )
      guard [newton, bfgs, sr1].allSatisfy({ $0.condition < 1e6 && $0.errors.count >= 3 }) else { return nil }
      let e = newton.errors.suffix(3).map { log($0) }
      return Row(
        problem: f, order: (e[2] - e[1]) / (e[1] - e[0]),
        dennisMoreAtFirst: bfgs.discrepancies.first!, dennisMoreAtTheEnd: bfgs.discrepancies.last!,
        lastOfBFGS: bfgs.lastRatio, lastOfSR1: sr1.lastRatio)
    }
  }

  func write() throws {
    var text = "problem;order of Newton;Dennis–Moré at first;at the end;last ratio of BFGS;of SR1\n"
    for row in rows {
      let figures = [row.dennisMoreAtFirst, row.dennisMoreAtTheEnd, row.lastOfBFGS, row.lastOfSR1]
      let cells = [String(format: "%.2f", row.order)] + figures.map { String(format: "%.1e", $0) }
      text += "\(row.problem);" + cells.joined(separator: ";") + "\n"
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../papers/rates.csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// The way of a method to a minimum.
  struct Path {
    /// λₙ/λ₁ of the Hessian at the minimum; infinite where that is not definite.
    let condition: Double
    /// ‖x_k − x*‖, as far as rounding lets it be told.
    private(set) var errors: [Double] = []
    /// The condition of Dennis and Moré at each step, with B_ks_k = −αg_k.
    private(set) var discrepancies: [Double] = []

    init<D: Direction, Rule: StepRule>(of method: Descent<D, Rule>, on f: Problem)
    where D.Problem == Problem, Rule.Scalar == Double {
      var steps: [(x: Vector<Double>, s: Vector<Double>, αg: Vector<Double>)] = []
      var state = method.start(at: f.start, for: f)
      var g = f.start
      while steps.count < 1_000 {
        let x = state.current.point
        _ = f.valueAndGradient(at: x, into: &g)
        guard g.largestMagnitude > 1e-13, case .accepted(let α) = method.step(&state, on: f) else { break }
        steps.append((x, state.current.point - x, α * g))
      }
      // The minimum to its last digits.
      let end = minimize(
        f, from: state.current.point, using: .exactTrustRegion(), until: Convergence(gradient: 1e-14),
        within: Budget(iterations: 1_000)
      ).point
      var hessian = Matrix<Double>(zeros: end.count, end.count)
      f.hessian(at: end, into: &hessian)
      hessian.mirrorLowerTriangle()
      var eigen = SymmetricEigen<Double>(dimension: end.count)
      guard eigen.factor(hessian) == nil, eigen.values[0] > 0 else {
        condition = .infinity
        return
      }
      let norm = eigen.values[end.count - 1]
      condition = norm / eigen.values[0]
      for (x, s, αg) in steps {
        let error = (x - end).norm
        guard error > 1e-12 * (1 + end.norm) else { break }
        errors.append(error)
        var difference = αg
        hessian.multiply(s, into: &difference, adding: 1)
        discrepancies.append(difference.norm / (norm * s.norm))
      }
    }

    var lastRatio: Double { errors[errors.count - 1] / errors[errors.count - 2] }
  }
}
