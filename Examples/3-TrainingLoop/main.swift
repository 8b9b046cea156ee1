// A training loop of your own: the state is yours, and the batch may change between steps.
import Secant
import SecantProblems

let problem = try SoftmaxRegression<Double>(DataSet(.digits))
let method = Descent(
  Adam<SoftmaxRegression<Double>>(), step: Scheduled(.cosine(from: 1e-2, to: 1e-4, over: 560)))
var state = method.start(at: Vector(zeros: problem.dimension!), for: problem)
var generator = RandomGenerator(seed: 1)
var order = Array(0..<problem.termCount)

for epoch in 1...10 {
  generator.shuffle(&order)
  for start in stride(from: 0, to: order.count, by: 32) {
    let batch = Batch(order, in: start..<min(start + 32, order.count))
    method.step(&state, on: problem.restricted(to: batch))
  }
  print("epoch \(epoch): loss over all terms \(problem.value(at: state.current.point))")
}
