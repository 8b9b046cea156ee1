import Secant
import SecantProblems
import Testing

@Suite struct CharacterTransformerTests {
  static func model<S: LAPACKScalar>(_: S.Type, chunk: Int = 16) -> CharacterTransformer<S> {
    CharacterTransformer(
      reading: "abacabadabacaba ab", width: 4, heads: 2, depth: 1, context: 4, chunk: chunk)
  }

  @Test func derivatives() {
    let model = Self.model(Double.self)
    #expect(model.termCount == 4 && model.alphabet == ["a", "b", "c", "d", " "].sorted())
    let x = model.start(seed: 1)
    expectDerivatives(of: model, at: x, within: 1e-6)
    expectDerivatives(of: model.restricted(to: Batch([0, 3])), at: x, within: 1e-6)
    let single = Self.model(Float.self)
    expectDerivatives(of: single, at: single.start(seed: 1), within: 5e-2)
  }

  /// Without weights every character is as likely as any other.
  @Test func withoutWeightsEveryCharacterIsAsLikely() {
    let model = Self.model(Double.self)
    #expect(abs(model.value(at: Vector(zeros: model.layout.count)) - Double.log(5)) < 1e-14)
  }

  /// In pieces or at once, the same mean.
  @Test func piecesAddUp() {
    let (whole, pieces) = (Self.model(Double.self), Self.model(Double.self, chunk: 1))
    let x = whole.start(seed: 2)
    #expect(abs(whole.value(at: x) - pieces.value(at: x)) < 1e-14)
    // Another text is another mean of the same model.
    #expect(whole.reading("bbbbbbbbbb").value(at: x) != whole.value(at: x))
  }

  /// The probabilities of all texts add up to 1: what is expected of a character is a distribution that has not seen it.
  @Test func attentionLooksBackOnly() {
    let model = CharacterTransformer<Double>(reading: "abab", width: 4, heads: 2, depth: 2, context: 3)
    let x = model.start(seed: 1)
    let total = (0..<8).reduce(0.0) { sum, k in
      let text = "a" + (0..<3).map { k >> $0 & 1 == 0 ? "a" : "b" }.joined()
      return sum + Double.exp(-3 * model.reading(text).value(at: x))
    }
    #expect(abs(total - 1) < 1e-14)
  }

  @Test func learnsAPeriodAndContinuesIt() {
    let text = String(repeating: "abc", count: 40)
    let model = CharacterTransformer<Float>(reading: text, width: 8, heads: 2, depth: 1, context: 8)
    let outcome = minimize(
      model, from: model.start(seed: 1), using: .adam(rate: 2e-2), within: Budget(iterations: 60),
      certifying: false)
    #expect(outcome.value < 0.05)
    #expect(
      model.continuation(of: "abcab", count: 7, at: outcome.point, temperature: 0.1, seed: 1) == "cabcabc")
  }

  @Test func theSonnetsAreThere() {
    #expect(ShippedFile.sonnets.hasPrefix("From fairest creatures we desire increase,\n"))
    #expect(ShippedFile.sonnets.utf8.count == 94_060)
  }
}
