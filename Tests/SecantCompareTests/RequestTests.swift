import Secant
import SecantCompare
import SecantProblems
import Testing

@Suite struct RequestTests {
  @Test func readsNamesAndParameters() throws {
    let request = try Request(method: "newton-cg")
    #expect(request.name == "newtonCG")
    let adam = try Request(method: "Adam:rate=1e-2:beta1=0.95")
    #expect(adam.parameters == ["rate": "1e-2", "beta1": "0.95"])
    #expect(try adam.number("rate", default: 1) == 0.01)
    #expect(try adam.number("beta2", default: 0.999) == 0.999)
  }

  @Test(arguments: [
    ("newtn", "There is no method ‘newtn’; did you mean ‘newton’?"),
    ("adam:rat=1", "There is no parameter of the method ‘adam’ named ‘rat’; did you mean ‘rate’?"),
    ("adam:rate", "‘rate’ in ‘adam:rate’ sets nothing; write it as name=value."),
    ("adam:", "‘’ in ‘adam:’ sets nothing; write it as name=value."),
    ("newton:rate=1", "The method ‘newton’ has no parameters, and ‘newton:rate=1’ sets ‘rate’."),
  ]) func refusesWithASentence(text: String, sentence: String) {
    #expect(throws: UsageError(sentence)) { try Request(method: text) }
  }

  /// What other libraries call a method leads to ours, in every catalogue that has one.
  @Test(arguments: [
    ("cg", "conjugateGradient"), ("CG", "conjugateGradient"), ("L-BFGS-B", "lbfgs"),
    ("trust-exact", "exactTrustRegion"),
    ("trust-ncg", "trustRegion"), ("lm", "exactTrustRegion"), ("SLSQP", "bfgs"), ("Nelder-Mead", "bfgs"),
    ("sgd", "gradientDescent"), ("nag", "nesterov"), ("dogleg", "trustRegion"),
    ("arc", "cubicRegularization"),
  ]) func aNameOfTheFieldIsUnderstood(name: String, ours: String) {
    #expect(throws: UsageError("There is no method ‘\(name)’; did you mean ‘\(ours)’?")) {
      try Request(method: name)
    }
  }

  @Test(arguments: [
    ("slsqp", "tron"), ("tnc", "tron"), ("trf", "tron"), ("spg", "spectralProjectedGradient"),
    ("lm", "exactTrustRegion"),
  ]) func aNameOfTheFieldIsUnderstoodWithinBounds(name: String, ours: String) {
    let methods = MethodDescription.all + MethodDescription.bounded
    #expect(throws: UsageError("There is no method ‘\(name)’; did you mean ‘\(ours)’?")) {
      try Request(name, kind: "method", among: methods)
    }
    #expect(throws: Never.self) { try Request("l-bfgs-b", kind: "method", among: methods) }
  }

  /// Two rows of the same name could not be told apart.
  @Test func aListNamesEachMethodOnce() throws {
    #expect(try Request.methods("lbfgs,lbfgs:memory=5").map(\.text) == ["lbfgs", "lbfgs:memory=5"])
    for text in ["newton,newton", "newton-cg,bfgs,newtonCG", "lbfgs:memory=5,lbfgs:memory=5"] {
      let error = #expect(throws: UsageError.self) { try Request.methods(text) }
      #expect(error?.description.contains("twice") == true)
    }
    #expect(throws: UsageError.self) { try Request.methods("") }
  }

  @Test func anUnknownNameFarFromAllListsThem() {
    let error = #expect(throws: UsageError.self) { try Request(method: "xyzzyplugh") }
    #expect(error?.description.contains("gradientDescent, steepestDescent") == true)
  }

  @Test(arguments: ["abc", "nan", "inf", ""]) func aNumberMustBeFinite(text: String) {
    #expect(throws: UsageError.self) { try Request(method: "adam:rate=\(text)").number("rate", default: 1) }
  }

  @Test(arguments: ["0", "-1", "1.5", "x"]) func aCountMustBeWholeAndPositive(text: String) {
    #expect(throws: UsageError.self) {
      try Request(method: "lbfgs:memory=\(text)").count("memory", default: 1)
    }
  }
}

@Suite struct CatalogueTests {
  @Test func everyMethodRunsWhereItCan() throws {
    let problem = try SoftmaxRegression<Double>(try DataSet.Shipped.iris.training())
    let course = Course(AnyProblem(problem), from: Vector(zeros: 15), within: Budget(passes: 40))
    let optimum = try #require(ReferenceOptimum.of(.softmax, on: .iris))
    for batch in [nil, 32] {
      let setting = Setting(course, batch: batch)
      let requests = try MethodDescription.all.map { try Request(method: $0.name) }
      let (contestants, omissions) = try setting.contestants(for: requests)
      #expect(omissions.isEmpty)
      let comparison = Comparison(of: contestants, on: course, titled: "Iris")
      for entry in comparison.entries {
        // From zero, whatever the method, 40 passes lower the value.
        #expect(entry.value < 1.0986, "\(entry.name)")
        #expect(entry.ledger.passes <= 40.0001, "\(entry.name)")
        // The value is that of all terms, even where a batch's was lower.
        #expect(entry.value >= optimum.value * (1 - 1e-12), "\(entry.name)")
      }
    }
  }

  @Test func everyParameterIsHeeded() throws {
    // Each parameter of each method, set to what its method refuses or to what changes the outcome.
    let problem = try SoftmaxRegression<Double>(try DataSet.Shipped.iris.training())
    let setting = Setting(
      Course(AnyProblem(problem), from: Vector(zeros: 15), within: Budget(iterations: 30)))
    func value(_ text: String) throws -> Double {
      let contestant = try Request(method: text).contestant(in: setting)
      return Comparison(of: [contestant], on: setting.course, titled: "").entries[0].value
    }
    let settings = [
      "rate": "0.0123", "momentum": "0.5", "beta1": "0.5", "beta2": "0.7", "epsilon": "0.5", "decay": "0.5",
      "gamma": "2", "interval": "3", "memory": "1", "batch": "32", "beta3": "0.5", "initialStep": "0.3",
      "initialDistance": "0.01", "finalRate": "1e-4", "braking": "3", "cutoff": "1e-4", "warmup": "5",
      "ball": "maximum", "trust": "0.1", "cosine": "20", "grafting": "sgd", "damping": "0.1",
      "divergence": "1e-6", "dampening": "0.5",
      // The forms of momentum part only where the rate changes; see below.
      "form": "velocity:cosine=20",
    ]
    for method in MethodDescription.all {
      let plain = try value(method.name)
      for parameter in method.parameters {
        let text = "\(method.name):\(parameter.name)=\(try #require(settings[parameter.name]))"
        #expect(try value(text) != plain, "\(text)")
      }
    }
  }

  @Test func refusesWhatTheProblemCannotAnswer() throws {
    let setting = Setting(Course(AnyProblem(Rosenbrock<Double>()), from: [-1.2, 1]))
    #expect(
      throws: UsageError("muon needs blocks that are declared as matrices, which this problem does not have.")
    ) { try Request(method: "muon").contestant(in: setting) }
    #expect(throws: UsageError("A batch needs a problem that is a mean over data, which this one is not.")) {
      try Request(method: "adam:batch=8").contestant(in: setting)
    }
    // The weights of logistic regression are one vector.
    let logistic = try LogisticRegression<Double>(try DataSet.Shipped.breastCancer.training())
    let other = Setting(Course(AnyProblem(logistic), from: Vector(zeros: 31)))
    #expect(throws: UsageError.self) { try Request(method: "muon").contestant(in: other) }
  }

  /// On x ≤ ½ the minimiser of Rosenbrock's function is (½, ¼).
  @Test(arguments: MethodDescription.bounded) func everyBoundedMethodStaysWithinBounds(
    method: MethodDescription
  ) throws {
    let problem = Rosenbrock<Double>().bounded(from: [-2, -2], to: [0.5, 2])
    let course = Course(problem, from: [-1.2, 1])
    let request = try Request(method: method.name, among: MethodDescription.bounded)
    #expect(request.isBounded)
    let outcome = try request.contestant(on: course).outcome(on: course)
    #expect(outcome.status.isConverged)
    #expect(outcome.point[0] == 0.5 && abs(outcome.point[1] - 0.25) < 1e-6)
    #expect(outcome.ledger.hessianVectorProducts > 0 || method.needs == .gradient)
    // Each parameter is heeded: it changes the run, or is refused.
    for parameter in method.parameters {
      let text = "\(method.name):\(parameter.name)=1"
      let other = try Request(method: text, among: MethodDescription.bounded).contestant(on: course)
      #expect(other.name == text)
      #expect(other.outcome(on: course).ledger.gradients != outcome.ledger.gradients)
    }
  }

  @Test func aMethodWithoutBoundsIsRefusedOnABoundedProblem() throws {
    let course = Course(Rosenbrock<Double>().bounded(from: [-2, -2], to: [0.5, 2]), from: [-1.2, 1])
    let request = try Request(method: "newton")
    #expect(!request.isBounded)
    #expect(
      throws: UsageError(
        "newton knows no bounds; take tron, lbfgsb, spectralProjectedGradient, projectedGradient.")
    ) { try request.contestant(on: course) }
    #expect(throws: UsageError("There is no method ‘tron’; the known ones are newton.")) {
      try Request(method: "tron", among: MethodDescription.all.filter { $0.name == "newton" })
    }
  }

  @Test func refusesHyperParametersBeforeAnythingRuns() throws {
    let setting = Setting(Course(AnyProblem(Rosenbrock<Double>()), from: [-1.2, 1]))
    let error = #expect(throws: UsageError.self) {
      try setting.contestants(for: [Request(method: "adam:rate=-1")])
    }
    #expect(error?.description.contains("rate is -1.0") == true)
  }

  @Test func leavesDenseMatricesOutWhereTheyAreTooLarge() throws {
    let n = MethodDescription.largestDenseDimension + 1
    let setting = Setting(Course(AnyProblem(Rosenbrock<Double>(dimension: n)), from: Vector(zeros: n)))
    let requests = try ["bfgs", "lbfgs", "newton"].map { try Request(method: $0) }
    let (contestants, omissions) = try setting.contestants(for: requests)
    #expect(contestants.map(\.name) == ["lbfgs"])
    #expect(omissions.map(\.name) == ["bfgs", "newton"])
    #expect(omissions[0].reason.hasPrefix("bfgs is left out"))
  }

  @Test func smoothnessOfAQuadraticIsItsLargestEigenvalue() {
    let quadratic = Quadratic<Double>(dimension: 5, conditionNumber: 100, seed: 3)
    let setting = Setting(Course(AnyProblem(quadratic), from: Vector(zeros: 5)))
    #expect(abs(setting.smoothness - 100) < 1e-6)
  }

  /// Of a term of logistic regression it is ‖aᵢ‖²/4 + λ at zero. A method that goes by single terms takes 1/(3L) of it.
  @Test func smoothnessOfTermsIsThatOfTheSteepest() throws {
    let data = try DataSet.Shipped.breastCancer.training()
    let problem = try LogisticRegression<Double>(data, regularisation: 0.1)
    let setting = Setting(Course(AnyProblem(problem), from: Vector(zeros: problem.dimension!)))
    var greatest = 0.0
    for i in 0..<problem.termCount {
      var term = problem
      term.batch = Batch([i])
      var gradient = setting.course.start
      _ = term.valueAndGradient(at: gradient, into: &gradient)
      // At zero the gradient of a term is ±aᵢ/2.
      greatest = max(greatest, gradient.dot(gradient) + 0.1)
    }
    #expect(abs(setting.smoothnessOfTerms - greatest) < 1e-6 * greatest)
    #expect(setting.smoothnessOfTerms > 2 * setting.smoothness)
    let said = try Request(method: "gradientDescent:rate=\(1 / (3 * greatest))+saga")
    let meant = try Request(method: "gradientDescent+saga")
    let short = Setting(
      Course(AnyProblem(problem), from: setting.course.start, within: Budget(passes: 3)))
    let values = try [said, meant].map { try $0.contestant(in: short).outcome(on: short.course).value }
    #expect(abs(values[0] - values[1]) < 1e-6 * abs(values[0]))
  }

  /// The forms of momentum, by name.
  @Test func momentumTakesBothFormsAndGrows() throws {
    let course = Course(AnyProblem(Rosenbrock<Double>()), from: [-1.2, 1], within: Budget(iterations: 20))
    func value(_ text: String) throws -> Double {
      try Request(method: text).contestant(in: Setting(course)).outcome(on: course).value
    }
    for name in ["momentum:rate=1e-4", "nesterov:rate=1e-4"] {
      #expect(try abs(value(name) - value("\(name):form=velocity")) < 1e-12)
      #expect(try value("\(name):cosine=20") != value("\(name):cosine=20:form=velocity"))
    }
    #expect(try value("momentum:rate=1e-4:dampening=0.5") != value("momentum:rate=1e-4"))
    #expect(try value("nesterov:rate=1e-4:momentum=growing") != value("nesterov:rate=1e-4"))
    #expect(throws: UsageError.self) { try value("nesterov:momentum=grown") }
    #expect(throws: UsageError.self) { try value("momentum:form=sums") }
  }

  @Test(arguments: [
    (DataSet.Shipped.breastCancer, ReferenceOptimum.Model.logistic), (.mushrooms, .logistic),
    (.iris, .softmax),
    (.digits, .softmax),
  ]) func secondOrderMethodsReachTheReferenceOptimum(
    _ shipped: DataSet.Shipped, _ model: ReferenceOptimum.Model
  )
    throws
  {
    let optimum = try #require(ReferenceOptimum.of(model, on: shipped))
    let data = try shipped.training()
    let entries =
      switch model {
      case .logistic: try entries(AnyProblem(try LogisticRegression<Double>(data)))
      case .softmax: try entries(AnyProblem(try SoftmaxRegression<Double>(data)))
      }
    for entry in entries {
      #expect(entry.isConverged, "\(entry.name): \(entry.status)")
      #expect(abs(entry.value - optimum.value) <= 1e-12 * optimum.value, "\(entry.name)")
    }
  }

  private func entries(_ problem: AnyProblem<Double>) throws -> [Comparison.Entry] {
    let start = Vector<Double>(zeros: problem.dimension!)
    let setting = Setting(Course(problem, from: start, until: Convergence(gradient: 1e-10)))
    let requests = try ["newton", "trustRegion", "bfgs", "lbfgs"].map { try Request(method: $0) }
    let contestants = try setting.contestants(for: requests).contestants
    return Comparison(of: contestants, on: setting.course, titled: "").entries
  }
}
