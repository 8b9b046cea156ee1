import Secant

/// A perceptron written by hand, that can answer what K-FAC and the natural gradient ask: 3 inputs, one layer of tanh or none,
/// 2 outputs with normal errors. f = mean of ½‖z − t‖² over 12 terms, data by formulas that Tests/References/kfac.py has too.
struct TwoLayers<Scalar: LAPACKScalar>: SampledLabelObjective, FisherVectorObjective,
  KroneckerFactoredObjective, BlockStructured
{
  let layout: Layout
  let layers: [LinearLayer]
  let termCount = 12
  var batch = Batch.all
  /// What each input is multiplied by.
  let scales: [Scalar]

  init(hidden: Int, scales: [Scalar] = [1, 1, 1]) {
    self.scales = scales
    var layout = Layout()
    if hidden > 0 {
      layout = layout.matrix("hidden", rows: 3, columns: hidden, role: .hidden)
        .vector("hidden bias", count: hidden, role: .bias)
    }
    layout = layout.matrix("head", rows: hidden > 0 ? hidden : 3, columns: 2, role: .head)
      .vector("bias", count: 2, role: .bias)
    self.layout = layout
    layers = stride(from: 0, to: layout.blocks.count, by: 2).map {
      LinearLayer(weights: layout.blocks[$0], bias: layout.blocks[$0 + 1])
    }
  }

  var start: Vector<Scalar> { Vector((0..<layout.count).map { Scalar.sin(Scalar($0 + 1)) / 2 }) }

  static func input(_ term: Int, _ i: Int) -> Scalar { Scalar.sin(Scalar((3 + i) * term + i * i + 1)) }
  static func target(_ term: Int, _ j: Int) -> Scalar { Scalar.cos(Scalar(2 * term + 5 * j)) }

  /// The ā that goes into each layer, and z behind the last.
  private func forward(_ x: Vector<Scalar>, _ term: Int) -> (inputs: [[Scalar]], outputs: [Scalar]) {
    var a = (0..<3).map { scales[$0] * Self.input(term, $0) } + [1]
    var inputs: [[Scalar]] = []
    for (l, layer) in layers.enumerated() {
      inputs.append(a)
      let z = (0..<layer.shape.columns).map { j in
        a.indices.reduce(Scalar(0)) { $0 + a[$1] * x[place(layer, $1, j)] }
      }
      if l + 1 == layers.count { return (inputs, z) }
      a = z.map { Scalar.tanh($0) } + [1]
    }
    return (inputs, a)
  }

  /// What comes back to each layer, from what comes back to the last.
  private func backward(_ x: Vector<Scalar>, _ inputs: [[Scalar]], _ outputs: [Scalar]) -> [[Scalar]] {
    var backs = [outputs]
    for l in layers.indices.dropFirst().reversed() {
      let (a, g) = (inputs[l], backs[0])
      let back = (0..<a.count - 1).map { i in
        (1 - a[i] * a[i]) * g.indices.reduce(Scalar(0)) { $0 + g[$1] * x[place(layers[l], i, $1)] }
      }
      backs.insert(back, at: 0)
    }
    return backs
  }

  private func place(_ layer: LinearLayer, _ i: Int, _ j: Int) -> Int {
    let inputs = layer.shape.rows - 1
    return i < inputs ? layer.weights.offset + i + j * inputs : layer.bias!.offset + j
  }

  private func add(_ inputs: [[Scalar]], _ backs: [[Scalar]], to gradient: inout Vector<Scalar>) {
    let weight = 1 / Scalar(batch.count(of: termCount))
    for (l, layer) in layers.enumerated() {
      for (i, a) in inputs[l].enumerated() {
        for (j, g) in backs[l].enumerated() { gradient[place(layer, i, j)] += weight * a * g }
      }
    }
  }

  func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    gradient.fill(with: 0)
    var value: Scalar = 0
    let count = batch.count(of: termCount)
    for k in 0..<count {
      let (inputs, z) = forward(x, batch[k])
      let r = z.indices.map { z[$0] - Self.target(batch[k], $0) }
      value += r.reduce(0) { $0 + $1 * $1 } / (2 * Scalar(count))
      add(inputs, backward(x, inputs, r), to: &gradient)
    }
    return value
  }

  func gradientOfSampledLabels(
    at x: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) {
    gradient.fill(with: 0)
    for k in 0..<batch.count(of: termCount) {
      let (inputs, z) = forward(x, batch[k])
      add(inputs, backward(x, inputs, z.map { _ in generator.normal() }), to: &gradient)
    }
  }

  func secondMoments(
    at x: Vector<Scalar>, labels: FisherLabels, from generator: inout RandomGenerator,
    into moments: inout [LayerMoments<Scalar>]
  ) {
    let count = batch.count(of: termCount)
    for l in layers.indices {
      moments[l].inputs.fill(with: 0)
      moments[l].outputs.fill(with: 0)
    }
    for k in 0..<count {
      let (inputs, z) = forward(x, batch[k])
      // Drawn labels are normal about z: E rrᵀ = I, of which one layer alone has the expectation itself.
      let residuals: [[Scalar]] =
        labels == .given
        ? [z.indices.map { z[$0] - Self.target(batch[k], $0) }]
        : layers.count == 1 ? [[1, 0], [0, 1]] : [z.map { _ in generator.normal() }]
      for (l, a) in inputs.enumerated() {
        moments[l].inputs.addSymmetricOuter(Vector(a), times: 1 / Scalar(count))
      }
      for r in residuals {
        for (l, g) in backward(x, inputs, r).enumerated() {
          moments[l].outputs.addSymmetricOuter(Vector(g), times: 1 / Scalar(count))
        }
      }
    }
  }

  /// JᵀJv: v forward through the layers and back again.
  func fisher(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    product.fill(with: 0)
    for k in 0..<batch.count(of: termCount) {
      let (inputs, _) = forward(x, batch[k])
      var tangent = inputs[0].map { _ in Scalar(0) }
      for (l, layer) in layers.enumerated() {
        let a = inputs[l]
        let z = (0..<layer.shape.columns).map { j in
          a.indices.reduce(Scalar(0)) {
            $0 + a[$1] * v[place(layer, $1, j)] + tangent[$1] * x[place(layer, $1, j)]
          }
        }
        if l + 1 == layers.count {
          add(inputs, backward(x, inputs, z), to: &product)
        } else {
          tangent = z.indices.map { (1 - inputs[l + 1][$0] * inputs[l + 1][$0]) * z[$0] } + [0]
        }
      }
    }
  }
}
