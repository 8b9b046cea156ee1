import Foundation

// Symbol ↔ name
//   κ    condition number            condition
//   k    steps of conjugate gradients on the quadratic model ahead
//                                    krylov
//   ε    what ‖∇f‖ has to fall to    digits = ln(1/ε)
//
// On a quadratic the theory counts: k of conjugate gradients, two steps of Newton's method, κ ln(1/ε) of gradient descent,
// √κ ln(1/ε) of Nesterov's method. What a search and a function that is no quadratic add was fitted to the runs of the
// library's problems; `secant advise --verify` measures how well that does.

extension Measurements {
  /// What each method of the catalogue that is worth a look would cost, the cheapest first.
  func forecasts(tolerance: Double, hasProducts: Bool, hasHessian: Bool, isTimed: Bool) -> [Forecast] {
    guard let local = curvatures.last, trouble == nil else { return [] }
    let n = Double(dimension)
    let krylov = max(
      local.conjugateGradientSteps,
      local.isNegative ? curvatures[0].conjugateGradientSteps : 0)
    // Where curvature is negative ahead the runs of the library are longer by these factors.
    let (wandering, turning) = local.isNegative ? (2.5, 1.5) : (1.0, 1.0)
    let change = change ?? 1
    let (isQuadratic, isNearlyQuadratic) = (change < 1e-8, change < 0.05)
    let k = Self.counted(krylov, "step")
    let prices = prices

    func forecast(
      _ method: String, gradients: Double, products: Double = 0, hessians: Double = 0,
      factorisations: Double = 0, _ why: String
    ) -> Forecast {
      Forecast(
        method, gradients: gradients, products: products, hessians: hessians, factorisations: factorisations,
        at: prices, isTimed: isTimed, why)
    }

    // What quasi-Newton methods need.
    let limited: Forecast
    if let walk, walk.isSolved {
      limited = forecast(
        isBounded ? "lbfgsb" : "lbfgs", gradients: Double(walk.gradients),
        "the \(Self.counted(Double(walk.gradients), "gradient")) of the steps ahead reached the tolerance")
    } else {
      limited = forecast(
        isBounded ? "lbfgsb" : "lbfgs", gradients: wandering * (14 + 2 * krylov),
        "conjugate gradients would take \(k) on the quadratic model ahead, L-BFGS about twice as many and 14 to get there"
      )
    }
    if isBounded {
      return [
        limited,
        forecast(
          "tron", gradients: 12, products: 8 + 3 * krylov,
          "a dozen steps, the products of \(k) of conjugate gradients three times"),
        forecast(
          "spectralProjectedGradient", gradients: wandering * (20 + 5 * krylov),
          "projected gradients see the curvature one step late"),
      ].sorted { $0.gradientEquivalents < $1.gradientEquivalents }
    }

    var all = [limited]
    let isDenseAllowed = dimension <= MethodDescription.largestDenseDimension
    if isDenseAllowed {
      let gradients =
        if let walk, walk.isSolved {
          Double(walk.gradients) + 1 + n / 10
        } else if isNearlyQuadratic, !local.isNegative {
          8 + 1.4 * krylov
        } else {
          wandering * (14 + 2 * krylov + n * krylov / 10)
        }
      all.append(
        forecast(
          "bfgs", gradients: gradients,
          "as L-BFGS, but a matrix of n² numbers has to be learnt, which takes long where n is large"
        ))
    }
    all.append(
      forecast(
        "conjugateGradient", gradients: isQuadratic ? 4 + 2 * krylov : wandering * (20 + 3.5 * krylov),
        "\(k) on the quadratic model, each with a search of two gradients and more"))
    let digits = log(max(2, stationarity / (tolerance * max(1, stationarity))))
    if !local.isNegative, local.least > 0 {
      // A constant rate has to suit the greatest curvature on the way.
      let κ = curvatures.map(\.greatest).max()! / local.least
      all.append(forecast("gradientDescent", gradients: κ * digits, "κ ln(1/ε) with κ = \(Self.inWords(κ))"))
      let μ = (κ.squareRoot() - 1) / (κ.squareRoot() + 1)
      all.append(
        forecast(
          "nesterov:momentum=\(String(format: "%.4g", μ))", gradients: κ.squareRoot() * digits,
          "√κ ln(1/ε) with κ = \(Self.inWords(κ))"))
    }
    // What Newton's methods need.
    let (points, matrices) =
      isQuadratic
      ? (2.0, 2.0) : change < 1e-3 ? (3.5, 3.5) : (14 * turning * (turning > 1 ? 1.5 : 1), 11 * turning)
    let steps =
      isQuadratic
      ? "the Hessian does not change from the start to the steps ahead: a quadratic, which one step solves"
      : "about a dozen steps, whatever the conditioning, is what the library's problems take"
    if hasHessian, isDenseAllowed {
      all.append(
        forecast("newton", gradients: points, hessians: matrices, factorisations: matrices, steps))
      all.append(
        forecast(
          "exactTrustRegion", gradients: points + 1, hessians: matrices, factorisations: 1.5 * matrices,
          "as Newton's method, half as many factorisations more"))
    }
    if hasProducts {
      let outer = isNearlyQuadratic ? 7.0 : 12
      let products = wandering * (isNearlyQuadratic ? 6 + 2.5 * krylov : 8 + 4 * krylov)
      all.append(
        forecast(
          "newtonCG", gradients: wandering * outer, products: products,
          "a dozen steps, of conjugate gradients that are cut short while far: \(k) four times in all"))
      all.append(
        forecast(
          "trustRegion", gradients: wandering * outer + 1, products: 1.05 * products,
          "as Newton–CG within a radius"))
    }
    return all.sorted { $0.gradientEquivalents < $1.gradientEquivalents }
  }

  /// A count of things in words.
  static func counted(_ number: Double, _ thing: String) -> String {
    let words = inWords(number)
    return "\(words) \(thing)\(words == "1" ? "" : "s")"
  }

  /// A count in a few digits.
  static func inWords(_ number: Double) -> String {
    number.isFinite ? String(format: number < 1e5 ? "%.0f" : "%.1e", number) : "∞"
  }
}
