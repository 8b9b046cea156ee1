import Secant
import Testing

/// A scalar function with its slope, to search along.
struct LineFunction<Scalar: LAPACKScalar>: Sendable, CustomTestStringConvertible {
  var name: String
  var evaluate: @Sendable (Scalar) -> (value: Scalar, slope: Scalar)

  var testDescription: String { name }

  init(_ name: String, _ evaluate: @escaping @Sendable (Scalar) -> (value: Scalar, slope: Scalar)) {
    self.name = name
    self.evaluate = evaluate
  }

  func shifted(by constant: Scalar) -> Self {
    Self("\(name) + \(constant)") { [evaluate] α in
      let (value, slope) = evaluate(α)
      return (value + constant, slope)
    }
  }
}

/// The six functions of Moré and Thuente (1994), section 5.
enum MoreThuenteFunctions {
  static func first<S: LAPACKScalar>(β: S = 2) -> LineFunction<S> {
    LineFunction("Moré–Thuente 1") { α in
      let d = α * α + β
      return (-α / d, (α * α - β) / (d * d))
    }
  }

  static func second<S: LAPACKScalar>(β: S = 0.004) -> LineFunction<S> {
    LineFunction("Moré–Thuente 2") { α in
      let t = α + β
      let cube = t * t * t
      return (cube * t * (t - 2), cube * (5 * t - 8))
    }
  }

  static func third<S: LAPACKScalar>(β: S = 0.01, l: S = 39) -> LineFunction<S> {
    LineFunction("Moré–Thuente 3") { α in
      let base: (S, S) =
        if α <= 1 - β {
          (1 - α, -1)
        } else if α >= 1 + β {
          (α - 1, 1)
        } else {
          ((α - 1) * (α - 1) / (2 * β) + β / 2, (α - 1) / β)
        }
      let ω = l * S.pi / 2
      return (base.0 + (1 - β) / ω * S.sin(ω * α), base.1 + (1 - β) * S.cos(ω * α))
    }
  }

  /// Functions 4, 5 and 6 differ in their β's alone.
  static func yanai<S: LAPACKScalar>(_ number: Int, β₁: S, β₂: S) -> LineFunction<S> {
    LineFunction("Moré–Thuente \(number)") { α in
      let γ₁ = (1 + β₁ * β₁).squareRoot() - β₁
      let γ₂ = (1 + β₂ * β₂).squareRoot() - β₂
      let right = ((1 - α) * (1 - α) + β₂ * β₂).squareRoot()
      let left = (α * α + β₁ * β₁).squareRoot()
      return (γ₁ * right + γ₂ * left, -γ₁ * (1 - α) / right + γ₂ * α / left)
    }
  }

  static func all<S: LAPACKScalar>(_: S.Type = S.self) -> [LineFunction<S>] {
    [
      first(), second(), third(), yanai(4, β₁: 0.001, β₂: 0.001), yanai(5, β₁: 0.01, β₂: 0.001),
      yanai(6, β₁: 0.001, β₂: 0.01),
    ]
  }
}

/// What a search asked and what it answered.
struct SearchRecord<Scalar: LAPACKScalar> {
  var answer: StepLength<Scalar>
  var lengths: [Scalar]

  var accepted: Scalar? {
    if case .accepted(let α) = answer { return α }
    return nil
  }
}

extension StepRule {
  /// Searches `function` and records every length asked for, α = 0 excepted.
  func record(_ function: LineFunction<Scalar>, trying first: Scalar = 1) -> SearchRecord<Scalar> {
    var lengths: [Scalar] = []
    let answer = search(trying: first) { (α: Scalar) in
      lengths.append(α)
      return function.evaluate(α)
    }
    return SearchRecord(answer: answer, lengths: Array(lengths.dropFirst()))
  }
}
