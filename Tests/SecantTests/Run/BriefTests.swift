import Testing

import Secant

@Test(arguments: [
  (0.0, "0.0"), (1.0, "1"), (-1.5, "-1.5"), (0.0663940698, "0.0664"), (1e-7, "1e-7"),
  (3.14159e-12, "3.14e-12"),
  (9.999e9, "1e10"), (123456.0, "123000"), (2.3e-308, "2.3e-308"), (1.7976931348623157e308, "1.8e308"),
  (.infinity, "inf"), (-.nan, "nan"), (999.9, "1000"), (-2.5e-5, "-2.5e-5"),
])
func aNumberInThreeDigits(x: Double, text: String) { #expect(brief(x) == text) }
