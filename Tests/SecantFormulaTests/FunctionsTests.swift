import Foundation
import SecantFormula
import Testing

/// A function with its value and derivatives in closed form.
private struct ClosedForm: Sendable, CustomTestStringConvertible {
  let text: String
  let points: [Double]
  let value, first, second: @Sendable (Double) -> Double

  init(
    _ text: String, _ points: [Double], _ value: @escaping @Sendable (Double) -> Double,
    _ first: @escaping @Sendable (Double) -> Double, _ second: @escaping @Sendable (Double) -> Double
  ) {
    (self.text, self.points, self.value, self.first, self.second) = (text, points, value, first, second)
  }

  var testDescription: String { text }
}

private let forms: [ClosedForm] = [
  .init("-x", [-2, 0, 3], { -$0 }, { _ in -1 }, { _ in 0 }),
  .init("exp(x)", [-2, 0, 3], { Foundation.exp($0) }, { Foundation.exp($0) }, { Foundation.exp($0) }),
  .init(
    "expm1(x)", [-1e-9, 0.5, 2], { Foundation.expm1($0) }, { Foundation.exp($0) }, { Foundation.exp($0) }),
  .init("log(x)", [0.1, 3], { Foundation.log($0) }, { 1 / $0 }, { -1 / ($0 * $0) }),
  .init("ln(x)", [0.1, 3], { Foundation.log($0) }, { 1 / $0 }, { -1 / ($0 * $0) }),
  .init(
    "log10(x)", [0.1, 3, 1000], { Foundation.log10($0) }, { 1 / ($0 * M_LN10) }, { -1 / ($0 * $0 * M_LN10) }),
  .init("log2(x)", [0.1, 3, 8], { Foundation.log2($0) }, { 1 / ($0 * M_LN2) }, { -1 / ($0 * $0 * M_LN2) }),
  .init(
    "log1p(x)", [1e-9, -0.5, 3], { Foundation.log1p($0) }, { 1 / (1 + $0) }, { -1 / ((1 + $0) * (1 + $0)) }),
  .init(
    "sqrt(x)", [0.1, 3], { $0.squareRoot() }, { 0.5 / $0.squareRoot() }, { -0.25 / ($0 * $0.squareRoot()) }),
  .init(
    "cbrt(x)", [0.1, 3, -8], { Foundation.cbrt($0) }, { 1 / (3 * Foundation.cbrt($0 * $0)) },
    { -2 / (9 * $0 * Foundation.cbrt($0 * $0)) }),
  .init("abs(x)", [-2, 3], { $0.magnitude }, { $0 < 0 ? -1 : 1 }, { _ in 0 }),
  .init(
    "erf(x)", [-1, 0, 0.5], { Foundation.erf($0) }, { 2 / Double.pi.squareRoot() * Foundation.exp(-$0 * $0) },
    { -4 * $0 / Double.pi.squareRoot() * Foundation.exp(-$0 * $0) }),
  .init("sin(x)", [-1, 0, 2], { Foundation.sin($0) }, { Foundation.cos($0) }, { -Foundation.sin($0) }),
  .init("cos(x)", [-1, 0, 2], { Foundation.cos($0) }, { -Foundation.sin($0) }, { -Foundation.cos($0) }),
  .init(
    "tan(x)", [-1, 0, 1.2], { Foundation.tan($0) }, { 1 / (Foundation.cos($0) * Foundation.cos($0)) },
    { 2 * Foundation.tan($0) / (Foundation.cos($0) * Foundation.cos($0)) }),
  .init(
    "asin(x)", [-0.5, 0, 0.9], { Foundation.asin($0) }, { 1 / (1 - $0 * $0).squareRoot() },
    { $0 / ((1 - $0 * $0) * (1 - $0 * $0).squareRoot()) }),
  .init(
    "acos(x)", [-0.5, 0, 0.9], { Foundation.acos($0) }, { -1 / (1 - $0 * $0).squareRoot() },
    { -$0 / ((1 - $0 * $0) * (1 - $0 * $0).squareRoot()) }),
  .init(
    "atan(x)", [-0.5, 0, 4], { Foundation.atan($0) }, { 1 / (1 + $0 * $0) },
    { -2 * $0 / ((1 + $0 * $0) * (1 + $0 * $0)) }),
  .init("sinh(x)", [-1, 0, 2], { Foundation.sinh($0) }, { Foundation.cosh($0) }, { Foundation.sinh($0) }),
  .init("cosh(x)", [-1, 0, 2], { Foundation.cosh($0) }, { Foundation.sinh($0) }, { Foundation.cosh($0) }),
  .init(
    "tanh(x)", [-1, 0, 2], { Foundation.tanh($0) }, { 1 / (Foundation.cosh($0) * Foundation.cosh($0)) },
    { -2 * Foundation.tanh($0) / (Foundation.cosh($0) * Foundation.cosh($0)) }),
  .init(
    "asinh(x)", [-1, 0, 2], { Foundation.asinh($0) }, { 1 / ($0 * $0 + 1).squareRoot() },
    { -$0 / (($0 * $0 + 1) * ($0 * $0 + 1).squareRoot()) }),
  .init(
    "acosh(x)", [1.5, 4], { Foundation.acosh($0) }, { 1 / ($0 * $0 - 1).squareRoot() },
    { -$0 / (($0 * $0 - 1) * ($0 * $0 - 1).squareRoot()) }),
  .init(
    "atanh(x)", [-0.5, 0, 0.9], { Foundation.atanh($0) }, { 1 / (1 - $0 * $0) },
    { 2 * $0 / ((1 - $0 * $0) * (1 - $0 * $0)) }),
  .init("x^3", [-2, 0.5], { $0 * $0 * $0 }, { 3 * $0 * $0 }, { 6 * $0 }),
  .init("x^(1+1)", [-2, 0.5], { $0 * $0 }, { 2 * $0 }, { _ in 2 }),
  .init("x^-2", [-2, 0.5], { 1 / ($0 * $0) }, { -2 / ($0 * $0 * $0) }, { 6 / ($0 * $0 * $0 * $0) }),
  .init("pow(x, 2.0)", [-2, 0, 0.5], { $0 * $0 }, { 2 * $0 }, { _ in 2 }),
  .init("x^0", [-2, 0, 0.5], { _ in 1 }, { _ in 0 }, { _ in 0 }),
  .init(
    "x^1.5", [0.5, 4], { $0 * $0.squareRoot() }, { 1.5 * $0.squareRoot() }, { 0.75 / $0.squareRoot() }),
  .init(
    "2^x", [-1, 3], { Foundation.exp2($0) }, { M_LN2 * Foundation.exp2($0) },
    { M_LN2 * M_LN2 * Foundation.exp2($0) }),
  .init(
    "x^x", [0.5, 2], { Foundation.pow($0, $0) }, { Foundation.pow($0, $0) * (Foundation.log($0) + 1) },
    { Foundation.pow($0, $0) * ((Foundation.log($0) + 1) * (Foundation.log($0) + 1) + 1 / $0) }),
  .init("3 - x", [2], { 3 - $0 }, { _ in -1 }, { _ in 0 }),
  .init("x + x*x", [-2], { $0 + $0 * $0 }, { 1 + 2 * $0 }, { _ in 2 }),
  .init("1/x", [-2], { 1 / $0 }, { -1 / ($0 * $0) }, { 2 / ($0 * $0 * $0) }),
  .init("x/2", [-2], { $0 / 2 }, { _ in 0.5 }, { _ in 0 }),
  .init(
    "atan2(x, 2)", [-1, 3], { Foundation.atan2($0, 2) }, { 2 / (4 + $0 * $0) },
    { -4 * $0 / ((4 + $0 * $0) * (4 + $0 * $0)) }),
  .init(
    "atan2(2, x)", [-1, 3], { Foundation.atan2(2, $0) }, { -2 / (4 + $0 * $0) },
    { 4 * $0 / ((4 + $0 * $0) * (4 + $0 * $0)) }),
  .init(
    "hypot(x, 2)", [-1, 3], { ($0 * $0 + 4).squareRoot() }, { $0 / ($0 * $0 + 4).squareRoot() },
    { 4 / (($0 * $0 + 4) * ($0 * $0 + 4).squareRoot()) }),
  .init("min(x, 1)", [-1, 3], { Swift.min($0, 1) }, { $0 < 1 ? 1 : 0 }, { _ in 0 }),
  .init("max(x, 1, 2)", [-1, 3], { Swift.max($0, 2) }, { $0 > 2 ? 1 : 0 }, { _ in 0 }),
]

@Suite struct FunctionsTests {
  @Test(arguments: forms) private func valueAndDerivativesAreThoseOfTheClosedFormInDouble(_ form: ClosedForm)
    throws
  { try check(form, Double.self, tolerance: 4e-15) }

  @Test(arguments: forms) private func valueAndDerivativesAreThoseOfTheClosedFormInFloat(_ form: ClosedForm)
    throws
  { try check(form, Float.self, tolerance: 2e-6) }

  private func check<Scalar: LAPACKScalar & DifferentiableNumber>(
    _ form: ClosedForm, _: Scalar.Type, tolerance: Double
  ) throws where Scalar.Scalar == Scalar {
    let function = try FormulaFunction<Scalar>(Formula(form.text))
    for point in form.points {
      let x = Scalar(point)
      // Each derivative on a tape and by numbers that carry it along.
      let taped = Derivatives(Differentiated(function), at: x)
      let carried = Derivatives(ForwardDifferentiated(function), at: x)
      for (found, expected) in [
        (function.value(x), form.value(Double(x))), (taped.value, form.value(Double(x))),
        (taped.first, form.first(Double(x))), (carried.first, form.first(Double(x))),
        (taped.second, form.second(Double(x))), (carried.second, form.second(Double(x))),
      ] {
        #expect(
          abs(Double(found) - expected) <= tolerance * abs(expected), "\(found) for \(expected) at \(x)")
      }
    }
  }

  @Test func everyFunctionOfTheTableIsTested() throws {
    let called = Set(forms.compactMap { $0.text.wholeMatch(of: /([a-z0-9]+)\(.*\)/)?.1 })
    for name in [
      "exp", "expm1", "log", "ln", "log10", "log2", "log1p", "sqrt", "cbrt", "abs", "erf", "sin", "cos",
      "tan",
      "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "pow", "atan2", "hypot",
      "min",
      "max",
    ] { #expect(called.contains(name[...])) }
  }

  @Test func aWholeExponentIsOneForEveryBase() throws {
    func value(_ text: String, _ x: Double) throws -> Double {
      try FormulaFunction<Double>(Formula(text)).value(x)
    }
    #expect(try value("x^2", -3) == 9)
    #expect(try value("x^(6/2)", -2) == -8)
    #expect(try value("x^-1", -2) == -0.5)
    #expect(try value("(-2)^2 + 0*x", 1) == 4)
    #expect(try value("x^2.5", -3).isNaN)
    #expect(try value("x^1e10", 1) == 1)
  }
}
