// The overhead of a dense BFGS step, the objective excluded, beside the two BLAS calls that it cannot do without.
//
//   swift run -c release BFGSOverhead [n …]
//
// A run of few iterations and one of many differ by the steps in between, so that allocation, set-up and the first
// steps cancel; the objective's own time, measured apart, is subtracted for the difference in evaluations. The bound
// is one symmetric rank-two update and one symmetric product of the same size, in the same process, in turns.

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

/// Seconds for a step and for the bound.
func overhead(_ n: Int, of method: some Solver<Quadratic>, repeats: Int) -> (step: Double, bound: Double) {
  let problem = Quadratic(d: Vector((0..<n).map { pow(1_000, Double($0) / Double(max(n - 1, 1))) }))
  let start = Vector<Double>(repeating: -1, count: n)
  let (short, long) = n < 20 ? (5, 12) : (5, 25)
  let batch = max(1, 20_000 / (n * n))

  func run(_ iterations: Int) -> (seconds: Double, evaluations: Int) {
    var evaluations = 0
    let time = seconds {
      for _ in 0..<batch {
        let outcome = minimize(
          problem, from: start, using: method, until: .never, within: Budget(iterations: iterations),
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
      return seconds { for _ in 0..<repetitions { _ = problem.valueAndGradient(at: start, into: &g) } }
        / Double(repetitions)
    })

  var H = Matrix<Double>(identity: n)
  let (s, v) = (problem.d, start)
  var steps: [Double] = []
  var bounds: [Double] = []
  for _ in 0..<repeats {
    let (few, many) = (run(short), run(long))
    let objective = Double(many.evaluations - few.evaluations) * evaluation
    steps.append((many.seconds - few.seconds - objective) / Double(long - short))
    let calls = batch * (long - short)
    bounds.append(
      seconds {
        for _ in 0..<calls {
          H.addSymmetricOuter(s, v, times: 1e-9)
          H.symmetricMultiply(v, into: &g)
        }
      } / Double(calls))
  }
  return (median(steps), median(bounds))
}

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
print("| method | n | threads | step | `syr2` and `symv` | ratio | goal |")
print("| --- | --- | --- | --- | --- | --- | --- |")
for n in arguments.isEmpty ? [10, 100, 1000] : arguments {
  for threads in n >= 1000 ? [1, 2] : [1] {
    LinearAlgebra.threads = threads
    func report(_ name: String, _ method: some Solver<Quadratic>, goal: Double?) {
      let (step, bound) = overhead(n, of: method, repeats: n < 1000 ? 101 : 15)
      let figures = String(format: "%.2f µs | %.2f µs | %.2f", step * 1e6, bound * 1e6, step / bound)
      let limit = goal.map { String(format: "≤ %.1f", $0) + (step <= $0 * bound ? "" : "  MISSED") } ?? ""
      print("| \(name) | \(n) | \(threads) | \(figures) | \(limit) |")
    }
    let rule = StrongWolfe<Double>(curvature: 0.9, noise: 2e-12)
    report("BFGS", Descent(BFGS<Quadratic>(), step: rule), goal: n == 1000 ? 1.5 : nil)
    report("DFP", Descent(BroydenClass<Quadratic>(φ: 1), step: rule), goal: nil)
    report("BFGS, factored", Descent(CholeskyBFGS<Quadratic>(), step: rule), goal: nil)
  }
}
