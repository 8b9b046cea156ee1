import Secant
import SecantCompare
import SecantProblems
import Testing

@Suite struct WrappersTests {
  @Test func readsWhatStandsAroundAMethod() throws {
    let request = try Request(method: "Adam:rate=1e+0:beta1=0.5+clipped:to=1e+2+Look-ahead")
    #expect(request.name == "adam" && request.parameters == ["rate": "1e+0", "beta1": "0.5"])
    #expect(request.wrappers.map(\.name) == ["clipped", "lookahead"])
    #expect(request.wrappers[0].parameters == ["to": "1e+2"])
    #expect(request.text == "Adam:rate=1e+0:beta1=0.5+clipped:to=1e+2+Look-ahead")
    #expect(try Request(method: "adam:rate=1e+3").number("rate", default: 0) == 1000)
  }

  @Test(arguments: [
    ("adam+lokahead", "There is no wrapper ‘lokahead’; did you mean ‘lookahead’?"),
    (
      "adam+ema:rate=1", "There is no parameter of the wrapper ‘ema’ named ‘rate’; the known ones are decay."
    ),
    ("adam+saga:size=1", "The wrapper ‘saga’ has no parameters, and ‘saga:size=1’ sets ‘size’."),
    ("adam+lookahead:every", "‘every’ in ‘lookahead:every’ sets nothing; write it as name=value."),
  ]) func refusesWithASentence(text: String, sentence: String) {
    #expect(throws: UsageError(sentence)) { try Request(method: text) }
  }

  @Test func theSameAroundTheSameIsTwice() throws {
    #expect(try Request.methods("adam,adam+sam,adam+sam:radius=1,adam+ema+sam,adam+sam+ema").count == 5)
    for text in ["adam+sam,adam+SAM", "adam+ema+sam,adam+ema+sam"] {
      let error = #expect(throws: UsageError.self) { try Request.methods(text) }
      #expect(error?.description.contains("twice") == true)
    }
  }

  private func setting(batch: Int? = nil) throws -> Setting<Double> {
    let problem = try SoftmaxRegression<Double>(try DataSet.Shipped.iris.training())
    let course = Course(AnyProblem(problem), from: Vector(zeros: 15), within: Budget(iterations: 20))
    return Setting(course, batch: batch, seed: 3)
  }

  /// A wrapper of the catalogue is the one of the library around the method, bit for bit.
  @Test func isTheLibrarysOwn() throws {
    typealias P = AnyProblem<Double>
    let setting = try setting()
    let layout = setting.course.problem.layout
    let base = Descent<Momentum<P>, Constant<Double>>.momentum(rate: 0.1)
    let cases: [(String, any Solver<P>)] = [
      ("clipped:to=0.1", base.clipped(by: .norm(0.1))),
      ("clipped:by=value:to=0.1", base.clipped(by: .value(0.1))),
      ("clipped:by=block:to=0.1", base.clipped(by: .blockNorm(0.1, in: layout))),
      ("clipped:by=unit:to=0.1", base.clipped(by: .adaptive(0.1, in: layout))),
      ("decayed:decay=0.1", base.decayed(by: .decoupled(0.1))),
      ("decayed:decay=0.1:kind=coupled", base.decayed(by: .coupled(0.1))),
      ("lookahead:every=3:pull=0.25", base.lookingAhead(every: 3, pull: 0.25)),
      ("sam:radius=0.2", base.sharpnessAware(within: .ball(radius: 0.2))),
      ("asam", base.sharpnessAware(within: .asam)),
      ("averaged", base.averaged()),
      ("ema:decay=0.9", base.averaged(by: .exponential(decay: 0.9))),
      ("swa:from=5:every=2", base.averaged(by: .stochasticWeights(from: 5, every: 2))),
      ("scheduleFree:momentum=0.8:decay=0.01", base.scheduleFree(interpolation: 0.8, decay: 0.01)),
      ("svrg:size=5:interval=7", base.varianceReduced(size: 5, interval: 7, seed: 3)),
      ("saga", base.withRememberedGradients(seed: 3)),
      (
        "clipped:to=0.1+decayed+lookahead:every=2",
        base.clipped(by: .norm(0.1)).decayed(by: .decoupled(1e-4)).lookingAhead(every: 2)
      ),
    ]
    for (text, method) in cases {
      let contestant = try Request(method: "momentum:rate=0.1+\(text)").contestant(in: setting)
      #expect(contestant.name == "momentum:rate=0.1+\(text)" && contestant.complaint == nil)
      let direct = Contestant(text, method).outcome(on: setting.course)
      let outcome = contestant.outcome(on: setting.course)
      #expect(outcome.point == direct.point && outcome.ledger.gradients == direct.ledger.gradients, "\(text)")
    }
  }

  @Test func everyWrapperStandsAroundAMethodOnBatches() throws {
    let setting = try setting(batch: 16)
    let start = Double.log(3)
    for wrapper in WrapperDescription.all {
      let contestant = try Request(method: "adam+\(wrapper.name)").contestant(in: setting)
      #expect(contestant.complaint == nil)
      let draws = ["svrg", "saga"].contains(wrapper.name)
      #expect(contestant.name == (draws ? "adam+\(wrapper.name)" : "adam:batch=16+\(wrapper.name)"))
      #expect(contestant.outcome(on: setting.course).value < start, "\(wrapper.name)")
    }
  }

  @Test func everyParameterIsHeeded() throws {
    let setting = try setting()
    func value(_ text: String) throws -> Double {
      try Request(method: "momentum:rate=0.1+\(text)").contestant(in: setting).outcome(on: setting.course)
        .value
    }
    let settings = [
      "by": "value", "to": "0.1", "kind": "coupled", "decay": "0.5", "every": "3", "pull": "0.25",
      "radius": "1", "shift": "1", "from": "7", "momentum": "0.2", "size": "7", "interval": "4",
    ]
    for wrapper in WrapperDescription.all {
      // Where the bound is reached, and what it bounds matters.
      let name = wrapper.name == "clipped" ? "clipped:to=0.2" : wrapper.name
      let plain = try value(name)
      for parameter in wrapper.parameters {
        let setting = "\(parameter.name)=\(try #require(settings[parameter.name]))"
        let text = parameter.name == "to" ? "clipped:\(setting)" : "\(name):\(setting)"
        #expect(try value(text) != plain, "\(text)")
      }
    }
  }

  @Test func refusesWhatMakesNoSense() throws {
    let sum = try setting()
    let formula = Setting(Course(AnyProblem(Rosenbrock<Double>()), from: [-1.2, 1]))
    func refusal(_ text: String, _ setting: Setting<Double>) -> String? {
      do {
        let (contestants, omissions) = try setting.contestants(for: [Request(method: text)])
        Issue.record("\(text): \(contestants.count), \(omissions)")
        return nil
      } catch { return "\(error)" }
    }
    #expect(
      refusal("adam+lookahead+clipped", sum)
        == "clipped changes a method’s own direction; put it right behind the name of one that has a rate, such as adam+clipped."
    )
    #expect(
      refusal("adam+saga", formula)
        == "saga needs a problem that is a mean over data, which this one is not.")
    #expect(
      refusal("adam+decayed", formula)
        == "decayed needs variables in named blocks, which this problem does not have.")
    #expect(
      refusal("adam:batch=8+svrg", sum) == "svrg chooses the terms of a step itself; leave out batch.")
    #expect(refusal("lbfgs+lookahead", sum)?.contains("compares the gradients") == true)
    #expect(refusal("adam+sam:radius=-1", sum)?.contains("radius (ρ) is -1.0") == true)
    #expect(refusal("adam+clipped:by=nrm", sum)?.contains("did you mean ‘norm’?") == true)
    #expect(refusal("adam+svrg+saga", sum)?.contains("asks for its gradients itself") == true)
    let box = Course(Rosenbrock<Double>().bounded(from: [-2, -2], to: [0.5, 2]), from: [-1.2, 1])
    let request = try Request(method: "lbfgsb+lookahead", among: MethodDescription.bounded)
    #expect(throws: UsageError("lookahead knows no bounds; leave it out.")) {
      try request.contestant(on: box)
    }
  }

  @Test func aTableThatIsTooLargeIsLeftOut() throws {
    let setting = Setting(Course(AnyProblem(ManyTerms()), from: [1], within: Budget(iterations: 1)))
    let (contestants, omissions) = try setting.contestants(for: [
      Request(method: "momentum+saga"), Request(method: "momentum+svrg"),
    ])
    #expect(contestants.map(\.name) == ["momentum+svrg"])
    #expect(omissions.map(\.name) == ["momentum+saga"])
    #expect(omissions[0].reason.contains("300000000 × 1 numbers are too many; svrg remembers one"))
  }
}

/// The mean of very many terms x²/2.
private struct ManyTerms: TwiceDifferentiableObjective, FiniteSumObjective {
  let dimension: Int? = 1
  let termCount = 300_000_000
  var batch = Batch.all

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    gradient[0] = x[0]
    return x[0] * x[0] / 2
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) { hessian[0, 0] = 1 }
}
