/// What a method would cost on a problem, by the theory of its class and by what was measured.
public struct Forecast: Sendable, Equatable, Codable {
  /// As it is asked for: a name of the catalogue, with its parameters.
  public var method: String
  /// The questions that it would ask.
  public var gradients, products, hessians, factorisations: Double
  /// What they cost, measured in gradients, and in seconds where the prices were measured.
  public var gradientEquivalents: Double
  public var seconds: Double?
  /// Where the count comes from: a sentence.
  public var why: String

  init(
    _ method: String, gradients: Double, products: Double = 0, hessians: Double = 0,
    factorisations: Double = 0, at prices: Measurements.Prices, isTimed: Bool, _ why: String
  ) {
    self.method = method
    (self.gradients, self.products) = (gradients, products)
    (self.hessians, self.factorisations) = (hessians, factorisations)
    let cost = prices.cost(
      gradients: gradients, products: products, hessians: hessians, factorisations: factorisations)
    gradientEquivalents = cost / prices.gradient
    seconds = isTimed ? cost : nil
    self.why = why
  }
}
