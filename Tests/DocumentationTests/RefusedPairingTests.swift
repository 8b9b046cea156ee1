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

    struct Bounded: DifferentiableObjective {
      struct Box {}
      typealias Domain = Box
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        gradient[0] = 1
        return x[0]
      }
      func project(_: inout Vector<Double>) {}
      func stationarity(of gradient: Vector<Double>, at point: Vector<Double>) -> Double { 0 }
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
        extension Bounded: HessianVectorObjective {
          func hessian(times v: Vector<Double>, at x: Vector<Double>, into product: inout Vector<Double>) {}
        }
        let direction: any Direction<Bounded> = LimitedMemoryBFGS()
        let model: any TrustRegionModel<Bounded> = HessianModel()

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

  @Test func anUnconstrainedSolverRefusesBounds() throws {
    let output = try Compiler.check(problems + "_ = minimize(Bounded(), from: [1], using: .lbfgs())\n")
    #expect(!output.succeeded)
    #expect(output.text.contains("static method 'lbfgs("), "\(output.text)")
    #expect(output.text.contains("WholeSpace"), "\(output.text)")
  }
}
