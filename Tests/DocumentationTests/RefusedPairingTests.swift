import Testing

/// A pairing of solver and problem that makes no sense does not compile, and the message names what is missing.
@Suite struct RefusedPairingTests {
  let problems = """
    import Secant

    struct GradientOnly: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        gradient[0] = 2 * x[0]
        return x[0] * x[0]
      }
    }

    struct Boxed: BoundedObjective {
      let bounds = Bounds<Double>(from: 0, to: 1, count: 1)
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        gradient[0] = 1
        return x[0]
      }
    }

    """

  @Test func whatMakesSenseCompiles() throws {
    let output = try Compiler.check(problems + "_ = minimize(GradientOnly(), from: [1], using: .lbfgs())\n")
    #expect(output.succeeded, "\(output.text)")
  }

  /// Only the solvers refuse bounds: what they are made of serves solvers for bounded problems, too.
  @Test func directionsAndModelsServeAnyDomain() throws {
    let output = try Compiler.check(
      problems + """
        extension Boxed: HessianVectorObjective {
          func hessian(times v: Vector<Double>, at x: Vector<Double>, into product: inout Vector<Double>) {}
        }
        let direction: any Direction<Boxed> = LimitedMemoryBFGS()
        let model: any TrustRegionModel<Boxed> = HessianModel()

        """)
    #expect(output.succeeded, "\(output.text)")
  }

  @Test func newtonNeedsAHessian() throws {
    let output = try Compiler.check(problems + "_ = minimize(GradientOnly(), from: [1], using: .newton())\n")
    #expect(!output.succeeded)
    #expect(output.text.contains("static method 'newton("), "\(output.text)")
    #expect(
      output.text.contains("requires that 'GradientOnly' conform to 'TwiceDifferentiableObjective'"),
      "\(output.text)")
  }

  @Test(arguments: [("trustRegion", "HessianVectorObjective"), ("newtonCG", "HessianVectorObjective")])
  func curvatureMethodsNeedProducts(method: String, capability: String) throws {
    let output = try Compiler.check(
      problems + "_ = minimize(GradientOnly(), from: [1], using: .\(method)())\n")
    #expect(!output.succeeded)
    #expect(output.text.contains("requires that 'GradientOnly' conform to '\(capability)'"), "\(output.text)")
  }

  /// A problem with bounds of its own, and one that was given some.
  @Test(arguments: ["Boxed()", "GradientOnly().bounded(from: [0], to: [1])"])
  func anUnconstrainedSolverRefusesBounds(problem: String) throws {
    let output = try Compiler.check(problems + "_ = minimize(\(problem), from: [1], using: .lbfgs())\n")
    #expect(!output.succeeded)
    #expect(output.text.contains("static method 'lbfgs("), "\(output.text)")
    #expect(output.text.contains("'Bounds<Double>'"), "\(output.text)")
    #expect(output.text.contains("and 'WholeSpace' be equivalent"), "\(output.text)")
  }

  @Test(arguments: ["lbfgsb", "spectralProjectedGradient", "projectedGradient"])
  func aSolverForBoundsTakesThem(method: String) throws {
    let output = try Compiler.check(
      problems + """
        _ = minimize(Boxed(), from: [1], using: .\(method)())
        _ = minimize(GradientOnly().bounded(count: 1), from: [1], using: .\(method)())

        """)
    #expect(output.succeeded, "\(output.text)")
  }

  @Test func aSolverForBoundsRefusesWhatHasNone() throws {
    let output = try Compiler.check(problems + "_ = minimize(GradientOnly(), from: [1], using: .lbfgsb())\n")
    #expect(!output.succeeded)
    #expect(
      output.text.contains("requires that 'GradientOnly' conform to 'BoundedObjective'"), "\(output.text)")
  }

  @Test func tronNeedsProducts() throws {
    let output = try Compiler.check(problems + "_ = minimize(Boxed(), from: [1], using: .tron())\n")
    #expect(!output.succeeded)
    #expect(
      output.text.contains("requires that 'Boxed' conform to 'HessianVectorObjective'"), "\(output.text)")
  }
}
