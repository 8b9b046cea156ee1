public import RealModule
public import SecantLinearAlgebra

// The complaints that directions share. A comparison with NaN is false, so NaN is always complained about.

/// Why β is no weight of an exponential average, or nil when it is one.
func complaintAboutAverage(_ name: String, _ β: some LAPACKScalar, suggesting example: String) -> String? {
  β >= 0 && β < 1 ? nil : "\(name) is \(β): choose a number from 0 to below 1, such as \(example)."
}

/// Why β₁ or β₂ is no weight of an exponential average, or nil when both are.
func complaintAboutBetas<Scalar: LAPACKScalar>(
  _ betas: (Scalar, Scalar), suggesting first: String = "0.9", _ second: String = "0.999"
) -> String? {
  complaintAboutAverage("betas.0 (β₁)", betas.0, suggesting: first)
    ?? complaintAboutAverage("betas.1 (β₂)", betas.1, suggesting: second)
}

/// Why the relative error of the values is none, or nil when it is one.
@inlinable func complaintAboutNoise(_ noise: some LAPACKScalar) -> String? {
  noise >= 0 && noise < 1
    ? nil
    : "noise is \(noise): choose the relative error of f's values, from 0 to below 1, such as 2e-15."
}

/// Why a hyper-parameter is no size, or nil when it is one.
func complaintAboutSize(_ name: String, _ x: some LAPACKScalar, suggesting example: String) -> String? {
  x >= 0 && x.isFinite
    ? nil : "\(name) is \(x): choose a finite number that is not negative, such as \(example)."
}

/// Why a hyper-parameter is no scale, or nil when it is one.
func complaintAboutScale(_ name: String, _ x: some LAPACKScalar, suggesting example: String) -> String? {
  x > 0 && x.isFinite ? nil : "\(name) is \(x): choose a positive finite number, such as \(example)."
}

extension LAPACKScalar {
  /// 1 − βᵗ without cancellation: in single precision 1 − 0.999² by subtraction keeps four digits.
  @inlinable package static func oneMinusPower(_ β: Self, _ t: Int) -> Self {
    -expMinusOne(Self(t) * log(β))
  }
}
