// A small transformer learns to spell from Shakespeare's sonnets, and writes a few lines of its own.
import Secant
import SecantProblems

let sonnets = ShippedFile.sonnets
let alphabet = Set(sonnets.unicodeScalars).sorted()
// The last tenth is kept for the test.
let middle = sonnets.index(sonnets.startIndex, offsetBy: sonnets.count * 9 / 10)
let problem = CharacterTransformer<Float>(reading: String(sonnets[..<middle]), alphabet: alphabet)
let test = problem.reading(String(sonnets[middle...]))

let method = Descent(
  Adam<CharacterTransformer<Float>>(betas: (0.9, 0.99), decoupledDecay: 0.01),
  step: Scheduled(.cosine(from: 6e-3, over: 500).warmedUp(over: 25))
).onBatches(of: 16, seed: 1)
var run = Run(problem, from: problem.start(seed: 1), using: method, within: Budget(iterations: 500))
while let progress = run.next() {
  if progress.iteration > 0, progress.iteration.isMultiple(of: 100), !progress.isLast {
    print("step \(progress.iteration): \(test.value(at: progress.point)) nats a character of the test")
  }
}
let learnt = run.progress.point

// What the character before alone tells, as counted in the same text.
let places = Dictionary(uniqueKeysWithValues: zip(alphabet, alphabet.indices))
let text = sonnets.unicodeScalars.map { places[$0]! }
let trainingCount = text.count * 9 / 10
var pairs = Matrix<Float>(repeating: 0.1, rows: alphabet.count, columns: alphabet.count)
for (a, b) in zip(text[..<trainingCount], text[1...]) { pairs[a, b] += 1 }
let gains = zip(text[trainingCount...], text[(trainingCount + 1)...]).map { a, b in
  Float.log(pairs[a, b] / alphabet.indices.reduce(0) { $0 + pairs[a, $1] })
}
let byPairs = -gains.reduce(0, +) / Float(gains.count)
print("the character before alone: \(byPairs)")
precondition(test.value(at: learnt) < byPairs - 0.1, "it should look further back than that")

let opening = String(sonnets[middle...].prefix(32))
print(opening + problem.continuation(of: opening, count: 200, at: learnt, seed: 1))
