// A whole solve of NIST's Misra1a, beside MINPACK's C port and Ceres's TinySolver in the same run.
//
//   swift run -c release LeastSquaresOverhead
//
// All call the same C function for the residuals and their Jacobian by hand, from NIST's two starts. Each runs with its
// default settings and with other tolerances, so that answers of like accuracy stand side by side; the digits that each
// reaches of the certified parameters, which have eleven, stand in the row. The solvers take turns; what is printed is
// the median. Secant's time has the allocation of the run's memory in it, and no certificate.

import CLeastSquares
import Foundation
import Secant

struct Misra1a: ResidualObjective {
  let residualCount = 14
  var dimension: Int? { 2 }

  func residuals(at b: Vector<Double>, into r: inout Vector<Double>) {
    b.withUnsafeBufferPointer { b in
      r.withUnsafeMutableBufferPointer { misra1a(b.baseAddress!, $0.baseAddress!, nil) }
    }
  }

  func residualsAndJacobian(
    at b: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>
  ) {
    b.withUnsafeBufferPointer { b in
      r.withUnsafeMutableBufferPointer { r in
        J.withUnsafeMutableBufferPointer { misra1a(b.baseAddress!, r.baseAddress!, $0.baseAddress!) }
      }
    }
  }
}

/// The thread's own time, so that what else runs on the machine does not count.
func seconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
  let start = now()
  body()
  return now() - start
}

func median(_ x: [Double]) -> Double { x.sorted()[x.count / 2] }

func digits(_ b: [Double]) -> Double {
  let errors = zip(b, [2.3894212918E+02, 5.5015643181E-04]).map { abs($0 - $1) / $1 }
  return min(11, -log10(errors.max()!))
}

let solvers: [(name: String, solve: ([Double]) -> [Double])] = [
  (
    "Secant",
    { start in
      minimize(Misra1a(), from: Vector(start), using: .levenbergMarquardt(), certifying: false).point.elements
    }
  ),
  (
    "Secant, orthogonality 1e-4",
    { start in
      minimize(
        Misra1a(), from: Vector(start), using: .levenbergMarquardt(), until: .init(orthogonality: 1e-4),
        certifying: false
      ).point.elements
    }
  ),
  (
    "Secant, orthogonality 1e-7",
    { start in
      minimize(
        Misra1a(), from: Vector(start), using: .levenbergMarquardt(), until: .init(orthogonality: 1e-7),
        certifying: false
      ).point.elements
    }
  ),
  (
    "MINPACK, tolerance √ε",
    { start in
      var b = start
      solve_with_minpack(&b, 1.49e-8)
      return b
    }
  ),
  (
    "MINPACK, tolerance 1e-15",
    { start in
      var b = start
      solve_with_minpack(&b, 1e-15)
      return b
    }
  ),
  (
    "TinySolver",
    { start in
      var b = start
      solve_with_tiny_solver(&b, 0)
      return b
    }
  ),
  (
    "TinySolver, tolerances 1e-12",
    { start in
      var b = start
      solve_with_tiny_solver(&b, 1e-12)
      return b
    }
  ),
  (
    "TinySolver, tolerances 1e-15",
    { start in
      var b = start
      solve_with_tiny_solver(&b, 1e-15)
      return b
    }
  ),
]

LinearAlgebra.threads = 1
print("| from | solver | residuals, Jacobians | digits | time | ratio to Secant's |")
print("| --- | --- | --- | ---: | ---: | ---: |")
for (name, start) in [("start 1", [500, 1e-4]), ("start 2", [250, 5e-4])] {
  var times = [[Double]](repeating: [], count: solvers.count)
  var reports: [String] = []
  for solver in solvers {
    var (before, discarded) = (0, 0)
    misra1a_calls(&before, &discarded)
    let b = solver.solve(start)
    var (residuals, jacobians) = (0, 0)
    misra1a_calls(&residuals, &jacobians)
    reports.append("\(residuals), \(jacobians) | \(String(format: "%.1f", digits(b)))")
  }
  for _ in 0..<201 {
    for (k, solver) in solvers.enumerated() {
      times[k].append(seconds { for _ in 0..<100 { _ = solver.solve(start) } } / 100)
    }
  }
  let secant = median(times[0])
  for (k, solver) in solvers.enumerated() {
    let time = median(times[k])
    print(
      "| \(name) | \(solver.name) | \(reports[k]) | \(String(format: "%.2f µs | %.2f", time * 1e6, time / secant)) |"
    )
  }
}
