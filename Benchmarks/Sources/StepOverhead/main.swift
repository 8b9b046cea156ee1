// The time of an orthogonalisation beside the same by general products, and of a step of Adam, Lion and Sophia beside
// the machine's bandwidth, in one run.
//
//   swift run -c release StepOverhead [threads [rounds]]
//
// What is compared takes turns; a figure is the median of the rounds, a ratio that of the rounds' ratios. One thread is
// timed by its own processor time, so that what else runs on the machine does not count; several by the wall clock.
// compare_steps.py reads the lines that begin with "time" and puts PyTorch beside them.

import CNewtonSchulz
import Foundation
import Secant

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let threads = arguments.first ?? 1
let rounds = arguments.dropFirst().first ?? 15
LinearAlgebra.threads = threads

func seconds(_ body: () -> Void) -> Double {
  func now() -> Double {
    var time = timespec()
    clock_gettime(threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
  let start = now()
  body()
  return now() - start
}

func median(_ x: [Double]) -> Double { x.sorted()[x.count / 2] }

func row(_ cells: String...) { print("| " + cells.joined(separator: " | ") + " |") }

func milliseconds(_ s: Double) -> String { String(format: "%.2f ms", 1e3 * s) }

func judged(_ ratio: Double, _ goal: Double) -> String {
  String(format: "%.2f | ≤ %.2f", ratio, goal) + (ratio <= goal ? "" : ", missed")
}

// MARK: Orthogonalisation

func normal(_ n: Int, seed: UInt64) -> Vector<Float> {
  var generator = RandomGenerator(seed: seed)
  return Vector((0..<n).map { _ in generator.normal() })
}

func orthogonalisation(_ m: Int, _ n: Int, goal: Double) {
  let g = Matrix<Float>(rows: m, columns: n, elements: normal(m * n, seed: 1))
  var x = g
  var newtonSchulz = NewtonSchulz<Float>(rows: m, columns: n)
  var polar = PolarFactor<Float>(rows: m, columns: n)
  var result = [Float](repeating: 0, count: m * n)
  var next = result
  var (a, b) = ([Float](repeating: 0, count: m * m), [Float](repeating: 0, count: m * m))

  var times: [[Double]] = [[], [], []]
  for round in 0...Swift.max(2, rounds / 3) {
    let products = seconds {
      g.withUnsafeBufferPointer {
        newton_schulz_by_gemm(Int32(m), Int32(n), $0.baseAddress!, &result, &next, &a, &b)
      }
    }
    x.copy(g)
    let symmetric = seconds { precondition(newtonSchulz.orthogonalise(&x) == nil) }
    var difference: Float = 0
    x.withUnsafeBufferPointer { x in
      for i in x.indices { difference = max(difference, abs(x[i] - result[i])) }
    }
    precondition(difference < 1e-2, "the two differ by \(difference)")
    x.copy(g)
    let exact = seconds { precondition(polar.orthogonalise(&x) == nil) }
    // The first round warms up.
    if round > 0 { for (i, time) in [products, symmetric, exact].enumerated() { times[i].append(time) } }
  }
  func ratio(_ i: Int) -> Double { median(zip(times[i], times[0]).map { $0 / $1 }) }
  let shape = "\(m) × \(n)"
  row(shape, "five steps by `sgemm`", milliseconds(median(times[0])), "1.00 | ")
  row(shape, "`NewtonSchulz`", milliseconds(median(times[1])), judged(ratio(1), goal))
  row(shape, "`PolarFactor`", milliseconds(median(times[2])), String(format: "%.2f | ", ratio(2)))
  print("time muon-\(m)x\(n) \(median(times[1]))")
  print("time polar-\(m)x\(n) \(median(times[2]))")
}

/// The exact polar factor by each of its ways, beside the singular value decomposition.
func polarFactor<Scalar: LAPACKScalar>(_: Scalar.Type, _ m: Int, _ n: Int) {
  let g = Matrix<Scalar>(rows: m, columns: n, elements: Vector(normal(m * n, seed: 1).map { Scalar($0) }))
  var u = g
  var svd = SVD<Scalar>(rows: m, columns: n)
  var halley = DynamicallyWeightedHalley<Scalar>(rows: m, columns: n)
  var gram = Matrix<Scalar>(zeros: min(m, n), min(m, n))
  var eigen = SymmetricEigen<Scalar>(dimension: min(m, n))
  var times: [[Double]] = [[], [], []]
  for round in 0...Swift.max(2, rounds / 3) {
    let decomposition = seconds {
      precondition(svd.factor(g) == nil)
      svd.polarFactor(into: &u)
    }
    u.copy(g)
    let iteration = seconds { precondition(halley.orthogonalise(&u) == nil) }
    let eigenvalues = seconds {
      gram.setGram(g, transposed: m >= n)
      precondition(eigen.factor(gram) == nil)
      eigen.power(-1 / 2, into: &gram)
      if m >= n { u.setProduct(g, symmetric: gram) } else { u.setProduct(symmetric: gram, g) }
    }
    if round > 0 {
      for (i, time) in [decomposition, iteration, eigenvalues].enumerated() { times[i].append(time) }
    }
  }
  let shape = "\(Scalar.self), \(m) × \(n)"
  let steps = "\(halley.stepsByQR) by QR and \(halley.stepsByCholesky) by Cholesky"
  let names = ["`SVD`", "`DynamicallyWeightedHalley`, \(steps)", "the Gram matrix's eigenvalues"]
  for (i, name) in names.enumerated() {
    let ratio = median(zip(times[i], times[0]).map { $0 / $1 })
    row(shape, name, milliseconds(median(times[i])), String(format: "%.2f", ratio))
  }
}

// MARK: Steps over vectors

/// Its gradient is never asked for here: a step is handed the same one again and again.
struct Given: HessianVectorObjective {
  func valueAndGradient(at x: Vector<Float>, into gradient: inout Vector<Float>) -> Float { 0 }
  func hessian(times v: Vector<Float>, at x: Vector<Float>, into product: inout Vector<Float>) {}
}

/// A step as a solver makes it, and the same bytes by the triad, in turns: their times and the ratio.
func step<M: Solver<Given>>(
  _ name: String, _ method: M, _ n: Int, streams: Int, key: String
) where M.Problem == Given {
  var state = State(at: normal(n, seed: 2), memory: method.allocate(n, for: Given()))
  state.current.gradient = normal(n, seed: 3)
  // As on batches, where a step is taken in place, which is what PyTorch's is.
  state.watch.seesSamples = true
  var oracle = Oracle(Given())
  func advance() {
    state.current.isEvaluated = true
    guard case .accepted = try? method.advance(&state, asking: &oracle) else { fatalError("no step") }
    state.iteration += 1
  }
  var a = [Float](repeating: 1, count: n)
  let b = [Float](repeating: 1, count: n)
  func pass() {
    let part = (n + threads - 1) / threads
    a.withUnsafeMutableBufferPointer { a in
      nonisolated(unsafe) let x = a.baseAddress!
      b.withUnsafeBufferPointer { b in
        nonisolated(unsafe) let z = b.baseAddress!
        if threads == 1 { return triad(n, x, 1e-9, z) }
        DispatchQueue.concurrentPerform(iterations: threads) { i in
          triad(min(part, n - i * part), x + i * part, 1e-9, z + i * part)
        }
      }
    }
  }
  let batch = max(1, 4_000_000 / n)
  var (steps, bounds): ([Double], [Double]) = ([], [])
  for round in 0...rounds {
    let time = seconds { for _ in 0..<batch { advance() } } / Double(batch)
    let bound = seconds { for _ in 0..<batch { pass() } } / Double(batch) * Double(streams) / 3
    if round > 0 {
      steps.append(time)
      bounds.append(bound)
    }
  }
  let part = median(zip(bounds, steps).map { $0 / $1 })
  row(
    name, "\(n)", milliseconds(median(steps)), milliseconds(median(bounds)),
    String(format: "%.2f | ≥ 0.90", part) + (part >= 0.9 ? "" : ", missed"))
  print("time \(key)-\(n) \(median(steps))")
}

print("threads: \(threads)\n")
print("| matrix | method | time | ratio | goal |\n| --- | --- | --- | --- | --- |")
orthogonalisation(1024, 1024, goal: 0.88)
orthogonalisation(768, 3072, goal: 0.55)

print("\n| matrix | exact factor by | time | ratio |\n| --- | --- | --- | --- |")
for (m, n) in [(256, 256), (1024, 1024), (768, 3072)] {
  polarFactor(Float.self, m, n)
  polarFactor(Double.self, m, n)
}

print("\n| step | n | time | its bytes at the triad's speed | part of the bandwidth | goal |")
print("| --- | --- | --- | --- | --- | --- |")
let sophia = Descent(
  Sophia(estimator: HutchinsonDiagonal<Given>(), interval: 1_000_000, startsWithoutEstimate: true),
  step: Constant(rate: 1e-3))
for n in [1_000_000, 10_000_000] {
  step(
    "AdamW", Descent(Adam<Given>(decoupledDecay: 1e-2), step: Constant(rate: 1e-3)), n, streams: 7,
    key: "adamw")
  step("Adam", Descent(Adam<Given>(), step: Constant(rate: 1e-3)), n, streams: 7, key: "adam")
  step("Lion", Descent(Lion<Given>(), step: Constant(rate: 1e-4)), n, streams: 5, key: "lion")
  step("Sophia", sophia, n, streams: 6, key: "sophia")
}
