// The overhead of an L-BFGS iteration with ten pairs, the objective excluded, beside liblbfgs in the same run.
//
//   swift run -c release LBFGSOverhead [n …]        (2 stands for the Rosenbrock function)
//
// Both minimise the same separable quadratic by the same C function with the Moré–Thuente search and its usual
// constants. A run of 12 iterations fills the memory; a longer one then costs the difference in iterations, so
// that allocation, set-up and the first steps cancel, and the objective's own time for the difference in
// evaluations is subtracted. The two libraries take turns; what is printed is the median.

import CLBFGS
import CObjectives
import Foundation
import Secant

struct Quadratic: DifferentiableObjective {
  let d: Vector<Double>

  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    x.withUnsafeBufferPointer { x in
      d.withUnsafeBufferPointer { d in
        g.withUnsafeMutableBufferPointer { g in
          separable_quadratic(x.count, x.baseAddress!, d.baseAddress!, g.baseAddress!)
        }
      }
    }
  }
}

struct Rosenbrock: DifferentiableObjective {
  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    x.withUnsafeBufferPointer { x in
      g.withUnsafeMutableBufferPointer { g in rosenbrock(x.baseAddress!, g.baseAddress!) }
    }
  }
}

/// One thread is timed by its own processor time, so that what else runs on the machine does not count; several
/// by the wall.
func seconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(LinearAlgebra.threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
  let start = now()
  body()
  return now() - start
}

func median(_ x: [Double]) -> Double { x.sorted()[x.count / 2] }

/// A solve by liblbfgs from `start`, after which `x` holds its answer.
func lbfgsSolve(
  _ x: UnsafeMutablePointer<Double>, from start: [Double], iterations: Int, tolerance: Double,
  _ instance: UnsafeMutableRawPointer?, _ objective: lbfgs_evaluate_t
) {
  var parameters = lbfgs_parameter_t()
  lbfgs_parameter_init(&parameters)
  parameters.m = 10
  parameters.epsilon = tolerance
  parameters.past = 0
  parameters.max_iterations = Int32(iterations)
  x.update(from: start, count: start.count)
  lbfgs(Int32(start.count), x, nil, objective, nil, instance, &parameters)
}

let method = Descent(LimitedMemoryBFGS<Quadratic>(), step: MoreThuente())

/// The overhead of an iteration in seconds: (liblbfgs, Secant).
func overhead(_ n: Int, repeats: Int) -> (Double, Double) {
  // Eigenvalues from 1 to 1,000, so that thirty iterations do not end it.
  var d = (0..<n).map { pow(1000, Double($0) / Double(max(n - 1, 1))) }
  let problem = Quadratic(d: Vector(d))
  let start = [Double](repeating: -1, count: n)
  let x0 = Vector(start)
  let x = lbfgs_malloc(Int32(n))!
  defer { lbfgs_free(x) }
  let short = 12
  let long = n <= 10 ? 26 : n <= 1_000_000 ? 30 : 22
  // Small problems are solved many times in a measurement.
  let batch = max(1, 3_000 / n)

  func theirs(_ iterations: Int) -> (Double, Int) {
    _ = lbfgs_evaluations()
    let time = d.withUnsafeMutableBufferPointer { d in
      seconds {
        for _ in 0..<batch {
          lbfgsSolve(x, from: start, iterations: iterations, tolerance: 0, d.baseAddress, lbfgs_quadratic)
        }
      }
    }
    return (time / Double(batch), lbfgs_evaluations() / batch)
  }
  func ours(_ iterations: Int) -> (Double, Int) {
    var evaluations = 0
    let time = seconds {
      for _ in 0..<batch {
        let outcome = minimize(
          problem, from: x0, using: method, until: .never, within: Budget(iterations: iterations),
          certifying: false)
        precondition(outcome.iterations == iterations, "\(outcome.status)")
        evaluations = outcome.ledger.gradients
      }
    }
    return (time / Double(batch), evaluations)
  }

  var g = Vector<Double>(zeros: n)
  let evaluation = median(
    (0..<9).map { _ in
      let repetitions = max(1, 1_000_000 / n)
      return seconds { for _ in 0..<repetitions { _ = problem.valueAndGradient(at: x0, into: &g) } }
        / Double(repetitions)
    })

  var theirTimes: [Double] = []
  var ourTimes: [Double] = []
  for _ in 0..<repeats {
    func difference(_ run: (Int) -> (Double, Int)) -> Double {
      let (few, many) = (run(short), run(long))
      let objective = Double(many.1 - few.1) * evaluation
      return (many.0 - few.0 - objective) / Double(long - short)
    }
    theirTimes.append(difference(theirs))
    ourTimes.append(difference(ours))
  }
  return (median(theirTimes), median(ourTimes))
}

/// Whole solves of the two-variable Rosenbrock function, the objective included, and how many evaluations one makes.
///
/// liblbfgs stops at ‖g‖₂ < 10⁻⁵ max(1, ‖x‖₂), which is 1.4·10⁻⁵ here; Secant at ‖g‖₂ ≤ 10⁻⁵, which is stricter.
func reportRosenbrock<Method: Solver<Rosenbrock>>(
  _ name: String, by solver: Method, certifying: Bool, repeats: Int, limit: Double?
) {
  let x = lbfgs_malloc(2)!
  defer { lbfgs_free(x) }
  let batch = 100
  var evaluations = (theirs: 0, ours: 0)
  var theirs: [Double] = []
  var ours: [Double] = []
  for _ in 0..<repeats {
    _ = lbfgs_evaluations()
    theirs.append(
      seconds {
        for _ in 0..<batch {
          lbfgsSolve(x, from: [-1.2, 1], iterations: 0, tolerance: 1e-5, nil, lbfgs_rosenbrock)
        }
      } / Double(batch))
    evaluations.theirs = lbfgs_evaluations() / batch
    precondition(abs(x[0] - 1) < 1e-4)
    ours.append(
      seconds {
        for _ in 0..<batch {
          let outcome = minimize(
            Rosenbrock(), from: [-1.2, 1], using: solver,
            until: Convergence(gradient: 0, gradientNorm: 1e-5), certifying: certifying)
          precondition(abs(outcome.point[0] - 1) < 1e-4)
          evaluations.ours = outcome.ledger.gradients
        }
      } / Double(batch))
  }
  report(
    "\(name) (\(evaluations.theirs) and \(evaluations.ours) evaluations)", 1, (median(theirs), median(ours)),
    limit: limit)
}

func report(_ name: String, _ threads: Int, _ times: (theirs: Double, ours: Double), limit: Double?) {
  func time(_ t: Double) -> String {
    String(format: t < 1e-3 ? "%.2f µs" : "%.1f ms", t * (t < 1e-3 ? 1e6 : 1e3))
  }
  let ratio = times.ours / times.theirs
  let goal = limit.map { String(format: "≤ %.2f", $0) + (ratio <= $0 ? "" : "  MISSED") } ?? ""
  print(
    "| \(name) | \(threads) | \(time(times.theirs)) | \(time(times.ours)) | \(String(format: "%.2f", ratio)) | \(goal) |"
  )
}

let limits = [10: 1, 100: 0.4, 1000: 0.4, 1_000_000: 0.6, 10_000_000: 0.6]
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
print("| L-BFGS, m = 10 | threads | liblbfgs | Secant | ratio | goal |")
print("| --- | --- | --- | --- | --- | --- |")
for n in arguments.isEmpty ? [10, 100, 1000, 1_000_000, 10_000_000] : arguments where n > 2 {
  LinearAlgebra.threads = 1
  report(
    "iteration, n = \(n)", 1, overhead(n, repeats: n > 1_000_000 ? 3 : n > 1_000 ? 9 : 401), limit: limits[n])
  if n == 1_000_000 {
    LinearAlgebra.threads = 2
    report("iteration, n = \(n)", 2, overhead(n, repeats: 9), limit: 0.35)
  }
}
LinearAlgebra.threads = 1
if arguments.isEmpty || arguments.contains(2) {
  let likeTheirs = Descent(LimitedMemoryBFGS<Rosenbrock>(), step: MoreThuente())
  let byDefault: Descent<LimitedMemoryBFGS<Rosenbrock>, StrongWolfe<Double>> = .lbfgs()
  reportRosenbrock("Rosenbrock, whole solve", by: likeTheirs, certifying: false, repeats: 401, limit: 1)
  reportRosenbrock("… by `.lbfgs()`", by: byDefault, certifying: false, repeats: 401, limit: 1)
  reportRosenbrock("… and certified", by: likeTheirs, certifying: true, repeats: 101, limit: nil)
}
