// The same functions by SecantAutoDiff.

import SecantAutoDiff

extension Measurement {
  /// A function written in scalars: replayed, as it is by default, and recorded anew at every point.
  func reportSecant<Function: DifferentiableFunction<Double>>(
    _ name: String, _ f: Function, at x: Vector<Double>, along v: Vector<Double>
  ) {
    for (method, replaying) in [("Secant", true), ("Secant, recorded anew", false)] {
      let problem = Differentiated(f, replaying: replaying)
      report(
        name, method, at: x, along: v, value: { problem.value(at: $0) },
        gradient: { problem.valueAndGradient(at: $0, into: &$1) },
        product: { problem.hessian(times: $0, at: $1, into: &$2) })
    }
  }

  /// A perceptron written in matrices: an example a column, as in the plain one.
  func reportSecant(_ name: String, _ f: Perceptron, at x: Vector<Double>, along v: Vector<Double>) {
    var layout = Layout()
    for l in 1..<f.sizes.count {
      layout = layout.matrix("W\(l)", rows: f.sizes[l], columns: f.sizes[l - 1], role: .hidden)
        .vector("b\(l)", count: f.sizes[l], role: .bias)
    }
    let inputs = Matrix(rows: f.sizes[0], columns: f.batch, elements: Vector(f.inputs))
    let labels = Matrix(rows: 1, columns: f.batch, elements: Vector(f.labels))
    let (layers, classes) = (f.sizes.count - 1, f.classes)
    let names = (1...layers).map { (weight: "W\($0)", bias: "b\($0)") }
    let problem = DifferentiatedModel<Double>(layout) { parameters in
      var a = matmul(parameters[names[0].weight], inputs) + parameters[names[0].bias]
      for l in 1..<layers { a = matmul(parameters[names[l].weight], tanh(a)) + parameters[names[l].bias] }
      return a.rows == 1
        ? softplus(-a * parameters.constant(labels)).mean : crossEntropy(a.transposed, classes: classes)
    }
    report(
      name, "Secant", at: x, along: v, value: { problem.value(at: $0) },
      gradient: { problem.valueAndGradient(at: $0, into: &$1) },
      product: { problem.hessian(times: $0, at: $1, into: &$2) })
  }
}
