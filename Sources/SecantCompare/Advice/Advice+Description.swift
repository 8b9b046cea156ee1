import Foundation
import Secant

extension Advice: CustomStringConvertible {
  /// What was measured, what each method would cost, and what follows, for a person.
  public var description: String {
    guard let first = recommendation else {
      return [summary, measurements.trouble].compactMap { $0 }.joined(separator: "\n\n")
    }
    let isTimed = first.seconds != nil
    return [
      summary, prices(isTimed).text(), curvatures.text(), remarks.joined(separator: "\n"),
      costs(isTimed).text(), verdict(for: first),
      "What the figures do not tell: " + silence.joined(separator: " "), account,
    ].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var summary: String {
    let m = measurements
    let variables = m.dimension == 1 ? "1 variable" : "\(m.dimension) variables"
    let sum = m.sum.map { ", a mean of \($0.termCount) terms" } ?? ""
    let moved =
      m.movedStart
      ? " The start given lay outside the bounds; the figures are of the nearest point inside." : ""
    return
      "\(variables)\(m.isBounded ? " within bounds" : "")\(sum); at the start f = \(brief(m.value)) and ‖∇f‖∞ = \(brief(m.stationarity)).\(moved)"
  }

  private func prices(_ isTimed: Bool) -> Comparison.Table {
    let p = measurements.prices
    let answers = [
      ("value and gradient", p.gradient, true), ("value alone", p.value, true),
      ("Hessian times vector", p.product, forecasts.contains { $0.products > 0 }),
      ("dense Hessian", p.hessian, forecasts.contains { $0.hessians > 0 }),
      ("Cholesky factorisation", p.factorisation, forecasts.contains { $0.factorisations > 0 }),
    ]
    return Comparison.Table(
      header: ["answer", "in gradients"] + (isTimed ? ["seconds"] : []),
      // Those that some method below would ask for.
      rows: answers.filter(\.2).map { name, price, _ in
        [name, brief(price / p.gradient, digits: 2)] + (isTimed ? [brief(price, digits: 2)] : [])
      })
  }

  private var curvatures: Comparison.Table {
    Comparison.Table(
      header: ["curvature", "least", "greatest", "κ", "found by", "conjugate gradients"],
      rows: zip(["at the start", "ahead"], measurements.curvatures).map { place, c in
        [
          place, brief(c.least), brief(c.greatest), c.least > 0 ? brief(c.condition) : "",
          c.residual == 0 && c.density != nil
            ? "all eigenvalues" : "Lanczos ± \(brief(c.residual, digits: 2))",
          Measurements.counted(c.conjugateGradientSteps, "step"),
        ]
      })
  }

  private func costs(_ isTimed: Bool) -> Comparison.Table {
    func count(_ number: Double) -> String { number == 0 ? "" : Measurements.inWords(number) }
    return Comparison.Table(
      header: ["method", "gradients", "products", "Hessians", "in gradients"]
        + (isTimed ? ["seconds"] : []),
      rows: forecasts.map { f in
        [f.method, count(f.gradients), count(f.products), count(f.hessians), count(f.gradientEquivalents)]
          + (f.seconds.map { [brief($0, digits: 2)] } ?? [])
      })
  }

  /// What the figures say of f.
  private var remarks: [String] {
    let m = measurements
    var remarks: [String] = []
    if let change = m.change {
      remarks.append(
        change < 1e-8
          ? "The Hessian is the same ahead as at the start: f is quadratic there."
          : "Ahead the Hessian is another by \(brief(100 * change, digits: 2)) %.")
    }
    if m.curvatures.contains(where: \.isNegative) {
      let place =
        m.curvatures.count > 1 && m.curvatures[1].isNegative
        ? (m.curvatures[0].isNegative ? "at the start and ahead" : "ahead") : "at the start"
      remarks.append(
        "There is negative curvature \(place): f is not convex, and a method that sees no curvature may end at a saddle."
      )
    }
    if let walk = m.walk, walk.isSolved {
      remarks.append(
        "The steps ahead, \(Measurements.counted(Double(walk.gradients), "gradient")) of L-BFGS, reached the tolerance."
      )
    }
    if let density = m.curvatures.last?.density, density < 0.5, m.dimension > 3 {
      remarks.append(
        "\(brief(100 * density, digits: 2)) % of the Hessian's elements are not zero: WithSparseHessian makes it in a few products."
      )
    }
    if m.isLeastSquares {
      remarks.append(
        "f is a sum of squares: where its residuals can be asked for, levenbergMarquardt takes Newton's steps without second derivatives, and is not among the methods below."
      )
    }
    if m.matrixBlocks > 0 {
      remarks.append(
        "\(m.matrixBlocks) of the \(m.blocks) blocks are matrices: muon, shampoo and soap can train them on batches."
      )
    }
    if let noise = m.noise {
      remarks.append(
        noise > 1e-12
          ? "The values are noisy, by \(brief(noise, digits: 2)) of themselves: no method reaches a gradient that this hides."
          : "The values are exact to \(brief(noise, digits: 2)) of themselves.")
    }
    if let sum = m.sum {
      // Where the gradient all but vanishes it is beyond every integer.
      let size = max(1, sum.criticalBatch.rounded())
      remarks.append(
        size >= Double(sum.termCount)
          ? "The gradients of the terms differ so much that no part of them shows the whole gradient."
          : "A batch of \(Int(size)) of the \(sum.termCount) terms has as much noise as gradient at the start: one of some times that, by adam or saga, descends long before a pass over the data is over, and ends where its noise is."
      )
    }
    return remarks
  }

  /// What to take, and why.
  private func verdict(for first: Forecast) -> String {
    var verdict = "Take \(first.method): \(first.why).\n"
    if measurements.isUnbounded {
      verdict =
        "From the steps ahead f falls without end: that way no method finds a minimum. Check its sign, or say where its variables may lie. Where it has a minimum elsewhere:\n"
        + verdict
    }
    if let second = runnerUp {
      let costs =
        "it would cost \(Measurements.counted(first.gradientEquivalents, "gradient")), \(second.method) \(Measurements.inWords(second.gradientEquivalents))"
      verdict +=
        isDecided
        ? "By these figures \(costs) (\(second.why))."
        : "But the figures do not separate it from \(second.method): \(costs), and forecasts are no better than that. Try both (\(second.method): \(second.why))."
    }
    return verdict
  }

  private var silence: [String] {
    let m = measurements
    var silence = [
      "f is known at the start and \(Measurements.counted(Double(m.walk?.gradients ?? 0), "gradient")) ahead, not beyond: a curved valley or a plateau there costs more, and which of several minima is found is not foreseen."
    ]
    if let c = m.curvatures.last, c.residual > 0 {
      silence.append("Lanczos's extremes lie inside the spectrum, so that κ can be greater.")
    }
    if m.dimension > Measurements.largestDense, recommendation?.seconds != nil,
      forecasts.contains(where: { $0.hessians > 0 })
    {
      silence.append(
        "A dense Hessian of so many variables was not asked for: its price is the convention's, as many gradients as variables."
      )
    }
    if m.dimension < 50 {
      silence.append("In so few variables a method's own arithmetic can take longer than a cheap f.")
    }
    return silence
  }

  /// What the advice cost.
  private var account: String {
    let ledger = measurements.ledger
    let counts = Currency.allCases.filter {
      ![.passes, .flops, .seconds, .iterations].contains($0) && ledger[$0] > 0
    }.map { $0.counted(Int(ledger[$0])) }
    return
      "This advice cost \(counts.joined(separator: ", ")) and \(brief(1000 * ledger.seconds)) ms, answers that were repeated for the clock included."
  }
}
