import SecantFormula

extension FormulaFunction {
  /// f at plain numbers.
  func value(_ x: Scalar...) -> Scalar { self(x) }
}

extension FormulaResiduals {
  /// r at plain numbers.
  func values(_ b: Scalar...) -> [Scalar] { self(b) }
}

/// The value and the derivatives of a function of one variable.
struct Derivatives<Scalar: LAPACKScalar> {
  var value, first, second: Scalar

  init<Problem: TwiceDifferentiableObjective>(_ problem: Problem, at x: Scalar)
  where Problem.Scalar == Scalar, Problem.Failure == Never {
    var gradient: Vector<Scalar> = [0]
    var hessian = Matrix<Scalar>(zeros: 1, 1)
    value = problem.valueAndGradient(at: [x], into: &gradient)
    problem.hessian(at: [x], into: &hessian)
    (first, second) = (gradient[0], hessian[0, 0])
  }
}
