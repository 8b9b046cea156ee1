// The time of a Newton step outside the objective, beside bare LAPACK in the same run.
//
//   swift run -c release NewtonOverhead [n …]
//
// Newton's method minimises a separable quadratic whose Hessian, given as a dense matrix, is a quarter too great, so
// that every full step is accepted and the next is needed as well. A run of 5 steps and one of 25 differ by twenty steps:
// allocation and set-up cancel. The objective's own time, the copy of its matrix included, is measured and subtracted.
// Beside it stand dpotrf and dpotrs by LAPACKE's work entries on a copy of the same matrix, the copy subtracted.
// The three take turns; what is printed is the median.

import CBareCholesky
import Foundation
import Secant

struct Overestimated: TwiceDifferentiableObjective {
  let d: Vector<Double>
  let matrix: Matrix<Double>

  init(_ n: Int) {
    d = Vector((0..<n).map { 1 + Double($0 % 10) })
    var matrix = Matrix<Double>(zeros: n, n)
    for j in 0..<n {
      for i in 0..<n { matrix[i, j] = i == j ? 1.25 * d[i] : 1e-3 / Double(1 + abs(i - j)) }
    }
    self.matrix = matrix
  }

  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    g.set(x, multipliedBy: d)
    return g.dot(x) / 2
  }

  func hessian(at _: Vector<Double>, into hessian: inout Matrix<Double>) { hessian.copy(matrix) }
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

/// Seconds of a step outside the objective, and of bare LAPACK.
func measure(_ n: Int, repeats: Int) -> (step: Double, bare: Double) {
  let problem = Overestimated(n)
  let start = Vector<Double>(repeating: 1, count: n)
  let method: Descent<Newton<Overestimated>, StrongWolfe<Double>> = .newton()
  let batch = max(1, 20_000 / (n * n))
  let (few, many) = (5, 25)

  func solve(_ steps: Int) -> Double {
    seconds {
      for _ in 0..<batch {
        let outcome = minimize(
          problem, from: start, using: method, until: .never, within: Budget(iterations: steps),
          certifying: false)
        precondition(
          outcome.iterations == steps && outcome.ledger.gradients == steps + 1, "\(outcome.status)")
      }
    } / Double(batch)
  }
  var g = start
  var a = problem.matrix
  var b = start
  let repetitions = max(1, batch * (many - few))
  func objective() -> Double {
    seconds {
      for _ in 0..<repetitions {
        _ = problem.valueAndGradient(at: start, into: &g)
        problem.hessian(at: start, into: &a)
      }
    } / Double(repetitions)
  }
  func copying() -> Double {
    seconds {
      for _ in 0..<repetitions {
        a.copy(problem.matrix)
        b.copy(start)
      }
    } / Double(repetitions)
  }
  func lapack() -> Double {
    seconds {
      for _ in 0..<repetitions {
        a.copy(problem.matrix)
        b.copy(start)
        let info = a.withUnsafeMutableBufferPointer { a in
          b.withUnsafeMutableBufferPointer { bare_cholesky(Int32(n), a.baseAddress!, $0.baseAddress!) }
        }
        precondition(info == 0)
      }
    } / Double(repetitions)
  }
  var (steps, bare): ([Double], [Double]) = ([], [])
  for _ in 0..<repeats {
    let short = solve(few)
    let withCopy = lapack()
    let long = solve(many)
    steps.append((long - short) / Double(many - few) - objective())
    bare.append(withCopy - copying())
  }
  return (median(steps), median(bare))
}

LinearAlgebra.threads = 1
let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
print("| Newton | dpotrf + dpotrs | step outside the objective | ratio | goal |")
print("| --- | ---: | ---: | ---: | --- |")
for n in arguments.isEmpty ? [10, 100, 1000] : arguments {
  let (step, bare) = measure(n, repeats: n >= 1000 ? 15 : 301)
  let ratio = step / bare
  let cells = [bare, step].map { String(format: "%.2f µs", $0 * 1e6) }.joined(separator: " | ")
  print(
    "| n = \(n) | \(cells) | \(String(format: "%.2f", ratio)) | ≤ 1.10\(ratio <= 1.1 ? "" : "  MISSED") |")
}
