import Secant

/// A method of the conformance matrix.
struct Entry<Problem: DifferentiableObjective>: Sendable, CustomStringConvertible {
  let name: String
  let method: any Solver<Problem>
  /// Whether it must solve each problem, not only behave: all that choose their own steps but steepest descent.
  let searches: Bool

  var description: String { name }
}

/// Every solver that a problem with all capabilities but blocks and batches can use.
func methods<P: TwiceDifferentiableObjective>(rate: P.Scalar) -> [Entry<P>] where P.Domain == WholeSpace {
  func searching(_ name: String, _ method: any Solver<P>) -> Entry<P> {
    Entry(name: name, method: method, searches: true)
  }
  func rated(_ name: String, _ method: any Solver<P>) -> Entry<P> {
    Entry(name: name, method: method, searches: false)
  }
  let low = rate / 10
  return [
    rated("gradient descent, Armijo", .gradientDescent()),
    searching("L-BFGS", .lbfgs()),
    searching("L-BFGS, memory 3, Moré–Thuente", Descent(LimitedMemoryBFGS(memory: 3), step: MoreThuente())),
    searching("L-BFGS, Hager–Zhang", Descent(LimitedMemoryBFGS(), step: HagerZhang())),
    searching("BFGS", .bfgs()),
    searching("BFGS, strong Wolfe", Descent(BFGS(), step: StrongWolfe())),
    searching("Newton", .newton()),
    searching("Newton, Hager–Zhang", Descent(Newton(), step: HagerZhang())),
    searching("Newton-CG", .newtonCG()),
    searching("trust region", .trustRegion()),
    rated("gradient descent", .gradientDescent(rate: rate)),
    rated("gradient descent, cosine", .gradientDescent(rate: .cosine(from: rate, to: low, over: 100))),
    rated("momentum", .momentum(rate: low)),
    rated("Nesterov", .nesterov(rate: low)),
    rated("Adam", .adam(rate: rate)),
    rated("AdamW", .adamW(rate: rate)),
    rated("Sophia-H", .sophiaH(rate: low)),
  ]
}

/// Those that need blocks or batches.
func structuredMethods<P: TwiceDifferentiableObjective & FiniteSumObjective & BlockStructured>(
  rate: P.Scalar
) -> [Entry<P>] where P.Domain == WholeSpace {
  [
    Entry(name: "Muon", method: .muon(rate: rate), searches: false),
    Entry(
      name: "Adam on batches", method: .onBatches(of: 5, seed: 3, Descent.adam(rate: rate)), searches: false),
    Entry(
      name: "Muon on batches", method: .onBatches(of: 7, seed: 3, Descent.muon(rate: rate)), searches: false),
    Entry(
      name: "Sophia-H on batches", method: .onBatches(of: 8, seed: 3, Descent.sophiaH(rate: rate)),
      searches: false),
    Entry(
      name: "gradient descent, Armijo, on batches",
      method: .onBatches(of: 5, seed: 3, Descent.gradientDescent()),
      searches: false),
    Entry(
      name: "gradient descent, strong Wolfe, on batches",
      method: .onBatches(of: 5, seed: 3, Descent(SteepestDescent(), step: StrongWolfe())), searches: false),
    Entry(
      name: "trust region on batches", method: .onBatches(of: 5, seed: 3, TrustRegion.trustRegion()),
      searches: false),
  ]
}
