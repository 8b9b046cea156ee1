public import Secant
public import SecantAutoDiff

/// A transformer that reads a text character by character: the mean of −log of the probability that it gives to each next
/// one.
///
/// Each layer is x ← x + attention(LN x), x ← x + gelu(LN(x) W) V, with causal attention of several heads and layer
/// normalisation without scales; the embedding of the characters is the head as well. A term is a piece of the text of
/// `context` characters: the pieces stand next to one another, so that a pass over the data is one over the text.
///
/// - **Demands**: a text longer than its context, a width that the heads divide.
/// - **Memory**: the text, and a tape for `chunk` pieces for each thread.
/// - **Work per evaluation**: 6n flops a character of n parameters for value and gradient, and as much again for a product
///   with the Hessian.
/// - **Reference**: A. Vaswani et al., *Attention is all you need*, NeurIPS 2017, with the normalisation before each part
///   (R. Xiong et al., ICML 2020).
public struct CharacterTransformer<Scalar: LAPACKScalar>: DifferentiatedProblem {
  public typealias Failure = Never

  public var sum: DifferentiatedFiniteSum<Scalar>
  /// The characters that it knows.
  public var alphabet: [Unicode.Scalar] { network.alphabet }
  private let network: Network
  private let chunk: Int

  /// - Parameters:
  ///   - text: what it reads.
  ///   - alphabet: the characters that it knows, by default those of the text.
  ///   - width: numbers for each character.
  ///   - heads: of the attention.
  ///   - depth: layers.
  ///   - context: characters of a piece.
  ///   - chunk: the most pieces that are evaluated at a time.
  public init(
    reading text: String, alphabet: [Unicode.Scalar]? = nil, width: Int = 48, heads: Int = 4, depth: Int = 2,
    context: Int = 32, chunk: Int = 16
  ) {
    precondition(
      heads >= 1 && width >= 1 && width.isMultiple(of: heads) && depth >= 1 && context >= 1,
      "a width of \(width), \(heads) heads, a depth of \(depth), a context of \(context): give at least 1 of each, and a width that the heads divide"
    )
    let network = Network(
      alphabet: alphabet ?? Set(text.unicodeScalars).sorted(), width: width, heads: heads, depth: depth,
      context: context)
    self.init(network, reading: text, chunk: chunk)
  }

  private init(_ network: Network, reading text: String, chunk: Int) {
    let characters = network.encode(text)
    let context = network.context
    precondition(
      characters.count > context,
      "a text of \(characters.count) characters with a context of \(context): give a longer one")
    self.network = network
    self.chunk = chunk
    let termCount = (characters.count - 1) / context
    sum = DifferentiatedFiniteSum(network.layout, termCount: termCount, chunk: chunk) { p, batch in
      let starts = (0..<batch.count(of: termCount)).map { batch[$0] * context }
      return crossEntropy(
        network.logits(starts.map { characters[$0..<$0 + context] }, p),
        classes: starts.flatMap { characters[$0 + 1...$0 + context] })
    }
  }

  /// The same model on another text of the same alphabet: a test.
  public func reading(_ text: String) -> Self { Self(network, reading: text, chunk: chunk) }

  /// Where to begin: normal numbers of variance 1/(4 rows).
  public func start(seed: UInt64) -> Vector<Scalar> { layout.normalStart(seed: seed, gain: Scalar(0.5)) }

  /// How it goes on from a text: `count` characters, each drawn with the probabilities that it gives them, sharpened by
  /// a temperature below 1.
  public func continuation(
    of text: String, count: Int, at x: Vector<Scalar>, temperature: Scalar = 0.7, seed: UInt64
  ) -> String {
    var written = network.encode(text)
    precondition(!written.isEmpty, "there is nothing to go on from: give at least one character")
    var generator = RandomGenerator(seed: seed)
    for _ in 0..<count {
      let logits = sum.evaluate(at: x) { p in
        let seen = written.suffix(network.context)
        return network.logits([seen], p).row(seen.count - 1) / temperature
      }
      written += logits.classesDrawnBySoftmax(from: &generator)
    }
    var continuation = String.UnicodeScalarView()
    continuation.append(contentsOf: written.suffix(count).map { alphabet[$0] })
    return String(continuation)
  }

  private struct Network: Sendable {
    let alphabet: [Unicode.Scalar]
    let width: Int
    let heads: Int
    let depth: Int
    let context: Int
    let layout: Layout

    init(alphabet: [Unicode.Scalar], width: Int, heads: Int, depth: Int, context: Int) {
      self.alphabet = alphabet
      self.width = width
      self.heads = heads
      self.depth = depth
      self.context = context
      var layout = Layout()
        .matrix("characters", rows: alphabet.count, columns: width, role: .embedding)
        .matrix("positions", rows: context, columns: width, role: .embedding)
      for k in 1...depth {
        for name in ["queries", "keys", "values", "mixing"] {
          layout = layout.matrix("\(name) \(k)", rows: width, columns: width, role: .hidden)
        }
        layout = layout.matrix("widening \(k)", rows: width, columns: 4 * width, role: .hidden)
          .matrix("narrowing \(k)", rows: 4 * width, columns: width, role: .hidden)
      }
      self.layout = layout
    }

    func encode(_ text: String) -> [Int] {
      let places = Dictionary(uniqueKeysWithValues: zip(alphabet, alphabet.indices))
      return text.unicodeScalars.map { character in
        guard let place = places[character] else {
          preconditionFailure("the character ‘\(character)’ is not in the alphabet: give one that has it")
        }
        return place
      }
    }

    /// What is expected after each character of some texts of one length: a row of logits each.
    func logits(_ texts: [ArraySlice<Int>], _ p: Parameters<Scalar>) -> MatrixVariable<Scalar> {
      let length = texts[0].count
      var x =
        gatherRows(p["characters"], texts.flatMap { $0 })
        + gatherRows(p["positions"], texts.flatMap { _ in 0..<length })
      for k in 1...depth {
        x = x + attention(layerNormalized(x), length, k, p)
        x = x + matmul(gelu(matmul(layerNormalized(x), p["widening \(k)"])), p["narrowing \(k)"])
      }
      return matmul(layerNormalized(x), p["characters"], transposingSecond: true)
    }

    private func attention(
      _ x: MatrixVariable<Scalar>, _ length: Int, _ k: Int, _ p: Parameters<Scalar>
    ) -> MatrixVariable<Scalar> {
      let size = width / heads
      let parts = ["queries", "keys", "values"].map { matmul(x, p["\($0) \(k)"]) }
      let attended = stride(from: 0, to: x.rows, by: length).map { first in
        let ofText = parts.map { $0.rows(first..<first + length) }
        return MatrixVariable(
          joiningColumns: (0..<heads).map { h in
            let (queries, keys, values) = (
              ofText[0].columns(h * size..<(h + 1) * size), ofText[1].columns(h * size..<(h + 1) * size),
              ofText[2].columns(h * size..<(h + 1) * size)
            )
            let scores = matmul(queries, keys, transposingSecond: true) / Scalar(size).squareRoot()
            return matmul(causalSoftmax(scores), values)
          })
      }
      return matmul(MatrixVariable(joiningRows: attended), p["mixing \(k)"])
    }
  }
}
