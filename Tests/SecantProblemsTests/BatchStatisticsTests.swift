import Foundation
import Secant
import SecantProblems
import Testing

private let samples = try! DataSet(
  Table("a,b,y\n1,2,0\n-1,0.5,1\n0.3,-2,1\n2,1,0\n-0.7,-1,2\n0.1,0.2,2\n", name: "small.csv"))
private let batches = [Batch([0, 2, 5]), Batch([1, 3, 4, 0]), Batch([2, 4])]

@Suite struct BatchStatisticsTests {
  private static func model<S: LAPACKScalar>(
    _: S.Type, _ activation: Activation = .tanh
  ) throws -> (MultilayerPerceptron<S>, Vector<S>) {
    let model = try MultilayerPerceptron<S>(
      samples, widths: [4, 3], activation: activation, normalises: true, regularisation: 0)
    return (model, Vector((1...model.layout.count).map { S(Double.sin(Double($0))) }))
  }

  /// torch.nn.BatchNorm1d in training and in evaluation mode, Tests/References/perceptron.py.
  @Test func followsTorch() throws {
    func check<S: LAPACKScalar>(_: S.Type, _ tolerance: S) throws {
      for reference in PerceptronReference.all {
        let (model, x) = try Self.model(S.self, Activation(rawValue: reference.activation)!)
        func expect(_ found: some Sequence<S>, _ published: [Double], _ what: String) {
          let (found, published) = (Array(found), published.map { S($0) })
          let scale = published.map(abs).max()!
          #expect(found.count == published.count)
          for (a, b) in zip(found, published) {
            #expect(abs(a - b) <= tolerance * scale, "\(what), \(reference.activation): \(a) and \(b)")
          }
        }
        var gradient = x
        expect([model.valueAndGradient(at: x, into: &gradient)], [reference.loss], "loss")
        expect(gradient, reference.gradient, "gradient")
        var statistics = BatchStatistics(of: model, momentum: reference.momentum.map { S($0) })
        for batch in batches { statistics.update(on: model.restricted(to: batch), at: x) }
        #expect(statistics.count == 3)
        expect(statistics.means.flatMap { $0.elements }, reference.means, "means")
        expect(statistics.variances.flatMap { $0.elements }, reference.variances, "variances")
        expect(
          model.logits(of: samples, at: x, by: statistics).transposed.elements, reference.logits, "logits")
      }
    }
    try check(Double.self, 1e-12)
    try check(Float.self, 1e-4)
  }

  /// Without statistics a test goes by those of the model's own batch.
  @Test func ofOneBatchTheyAreItsOwn() throws {
    let (model, x) = try Self.model(Double.self)
    let part = model.restricted(to: batches[1])
    var statistics = BatchStatistics(of: model, momentum: nil)
    statistics.update(on: part, at: x)
    #expect(model.logits(of: samples, at: x, by: statistics) == part.logits(of: samples, at: x))
    #expect(model.logits(of: samples, at: x) != part.logits(of: samples, at: x))
    #expect(model.accuracy(at: x, on: samples, by: statistics) == part.accuracy(at: x, on: samples))
    var latest = BatchStatistics(of: model, momentum: 1)
    for batch in [batches[0], batches[1]] { latest.update(on: model.restricted(to: batch), at: x) }
    for (a, b) in zip(latest.variances + latest.means, statistics.variances + statistics.means) {
      for j in 0..<a.columns { #expect(abs(a[0, j] - b[0, j]) < 1e-15) }
    }
  }

  /// Kept through a training of one's own, they read a test like the statistics of the whole training set, and a run that
  /// is resumed from what was written down goes on with them.
  @Test func accompanyATraining() throws {
    let (training, test) = try DataSet(.digits).split(seed: 0)
    let model = try MultilayerPerceptron<Float>(
      training.standardised(), widths: [16], activation: .relu, normalises: true)
    let others = test.standardised(like: training)
    let method: some Solver<MultilayerPerceptron<Float>> = Descent(Adam(), step: Constant(rate: 1e-2))
    var state = method.start(at: model.start(seed: 1), for: model)
    var statistics = BatchStatistics(of: model)
    var order = Array(0..<model.termCount)
    var generator = RandomGenerator(seed: 1)
    for epoch in 0..<6 {
      generator.shuffle(&order)
      for first in stride(from: 0, to: order.count - 63, by: 64) {
        let batch = model.restricted(to: Batch(order, in: first..<first + 64))
        method.step(&state, on: batch)
        statistics.update(on: batch, at: state.current.point)
      }
      if epoch == 2 {
        let written = try JSONEncoder().encode(statistics)
        let read = try JSONDecoder().decode(BatchStatistics<Float>.self, from: written)
        #expect(read == statistics)
        statistics = read
      }
    }
    let x = state.current.point
    let running = model.accuracy(at: x, on: others, by: statistics)
    #expect(running > 0.93)
    #expect(abs(running - model.accuracy(at: x, on: others)) < 0.02)
  }
}
