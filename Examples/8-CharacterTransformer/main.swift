// A small transformer learns to spell from Shakespeare's sonnets, and writes a few lines of its own.
import SecantAutoDiff

let alphabet = Array(Set(sonnets.utf8)).sorted()
let text = sonnets.utf8.map { alphabet.firstIndex(of: $0)! }

let (width, heads, depth, context) = (48, 4, 2, 32)
var blocks = Layout()
  .matrix("characters", rows: alphabet.count, columns: width, role: .embedding)
  .matrix("positions", rows: context, columns: width, role: .embedding)
for k in 0..<depth {
  for name in ["queries", "keys", "values", "mixing"] {
    blocks = blocks.matrix("\(name) \(k)", rows: width, columns: width, role: .hidden)
  }
  blocks = blocks.matrix("widening \(k)", rows: width, columns: 4 * width, role: .hidden)
    .matrix("narrowing \(k)", rows: 4 * width, columns: width, role: .hidden)
}

/// What is expected after each character of some texts of one length: a row of logits each.
func logits(_ texts: [[Int]], _ p: Parameters<Float>) -> MatrixVariable<Float> {
  var x =
    gatherRows(p["characters"], texts.flatMap(\.self)) + gatherRows(p["positions"], texts.flatMap(\.indices))
  for k in 0..<depth {
    let y = layerNormalized(x)
    let parts = ["queries", "keys", "values"].map { matmul(y, p["\($0) \(k)"]) }
    let attended = texts.indices.map { i in
      let qkv = parts.map { $0.rows(i * texts[i].count..<(i + 1) * texts[i].count) }
      return MatrixVariable(
        joiningColumns: (0..<heads).map { h in
          let qkv = qkv.map { $0.columns(h * width / heads..<(h + 1) * width / heads) }
          let scores = matmul(qkv[0], qkv[1], transposingSecond: true) / Float(width / heads).squareRoot()
          return matmul(causalSoftmax(scores), qkv[2])
        })
    }
    x = x + matmul(MatrixVariable(joiningRows: attended), p["mixing \(k)"])
    x = x + matmul(gelu(matmul(layerNormalized(x), p["widening \(k)"])), p["narrowing \(k)"])
  }
  return matmul(layerNormalized(x), p["characters"], transposingSecond: true)
}

// Term i is the text from character i on. The last tenth is kept for the test.
let (trainingCount, termCount) = (text.count * 9 / 10, text.count - context)
let problem = DifferentiatedFiniteSum<Float>(blocks, termCount: termCount, chunk: 16) { p, batch in
  let starts = (0..<batch.count(of: termCount)).map { batch[$0] }
  return crossEntropy(
    logits(starts.map { Array(text[$0..<$0 + context]) }, p),
    classes: starts.flatMap { text[$0 + 1...$0 + context] })
}
let test = problem.restricted(to: Batch(Array(stride(from: trainingCount, to: termCount, by: context))))

var generator = RandomGenerator(seed: 1)
var start = Vector<Float>(zeros: blocks.count)
for block in blocks.blocks {
  let deviation = 0.5 / Float(block.matrixShape!.rows).squareRoot()
  start.withMutableBlock(block) { x in for i in x.indices { x[i] = deviation * generator.normal() } }
}
let method = Descent(
  Adam<DifferentiatedFiniteSum<Float>>(betas: (0.9, 0.99), decoupledDecay: 0.01),
  step: Scheduled(.cosine(from: 6e-3, over: 500).warmedUp(over: 25)))
var state = method.start(at: start, for: problem)
for step in 1...500 {
  let batch = Batch((0..<16).map { _ in generator.integer(below: trainingCount - context) })
  method.step(&state, on: problem.restricted(to: batch))
  if step % 100 == 0 {
    print("step \(step): \(test.value(at: state.current.point)) nats a character of the test")
  }
}

// What the character before alone tells, as counted in the same text.
var pairs = Matrix<Float>(repeating: 0.1, rows: alphabet.count, columns: alphabet.count)
for (a, b) in zip(text[..<trainingCount], text[1...]) { pairs[a, b] += 1 }
let gains = zip(text[trainingCount...], text[(trainingCount + 1)...]).map { a, b in
  Float.log(pairs[a, b] / alphabet.indices.reduce(0) { $0 + pairs[a, $1] })
}
let byPairs = -gains.reduce(0, +) / Float(gains.count)
print("the character before alone: \(byPairs)")
precondition(test.value(at: state.current.point) < byPairs - 0.1, "it should look further back than that")

var written = Array(text[trainingCount..<trainingCount + context])
for _ in 0..<200 {
  let odds = problem.evaluate(at: state.current.point) { p in
    softmax(logits([written.suffix(context)], p).row(context - 1) / 0.7)
  }
  var left: Float = generator.uniform()
  for (j, odd) in odds.elements.enumerated() where left >= 0 {
    left -= odd
    if left < 0 { written.append(j) }
  }
}
print(String(decoding: written.map { alphabet[$0] }, as: UTF8.self))
