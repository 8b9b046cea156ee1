/// A problem that can be asked for by name, with what can be set about it.
public struct ProblemDescription: Request.Entry {
  public let name: String
  public let summary: String
  public let parameters: [Request.Parameter]

  init(_ name: String, _ summary: String, _ parameters: Request.Parameter...) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
  }

  private static let lambda = Request.Parameter(
    "lambda", "weight of the regularisation (1/number of samples)")
  private static let data: [Request.Parameter] = [
    .init(
      "data",
      "a CSV file with a header, a LIBSVM file (.libsvm, .svm), or breast-cancer, digits, iris, mushrooms"),
    .init("label", "the CSV file's column with the classes (the last one)"), lambda,
    .init("standardise", "shift and scale every feature: yes or no (yes for CSV, no for LIBSVM)"),
  ]

  private static let regressionData: [Request.Parameter] = [
    .init("data", "a CSV file with a header (diabetes)"),
    .init("response", "the CSV file's column that is to be predicted (the last one)"),
  ]
  private static let scale = Request.Parameter(
    "scale", "the residual beyond which the loss is no square, in deviations of the response (0.5)")

  /// A problem of the library, with what can be set about it here.
  private init(library name: String, _ parameters: [Request.Parameter] = []) {
    let problem = ProblemLibrary[name]!
    self.init(name, "\(problem.title): \(problem.reference)", parameters)
  }

  /// Problems with parameters.
  private static let own: [ProblemDescription] = [
    .init(library: "breast-cancer", [lambda]), .init(library: "mushrooms", [lambda]),
    .init(library: "digits-parity", [lambda]), .init(library: "digits", [lambda]),
    .init(library: "iris", [lambda]), .init(library: "ridge", regressionData + [lambda]),
    .init(library: "huber", regressionData + [lambda, scale]),
    .init(library: "cauchy", regressionData + [lambda, scale]),
    .init(
      library: "gaussian-process",
      regressionData + [.init("lengths", "one for all features or one for each: one or each (one)")]),
    .init(
      "digits-mlp",
      "multilayer perceptron: handwritten digits, four fifths to train on and one to test with",
      .init("width", "units of a hidden layer (64)"), .init("layers", "hidden layers (1)"),
      .init("activation", "tanh, relu or gelu (tanh)"),
      .init("normalise", "batch normalisation: yes or no (no)"), lambda),
    .init("logistic", "logistic regression on data of two classes", data),
    .init("softmax", "softmax regression on data of several classes", data),
    .init(
      library: "quadratic",
      [
        .init("dimension", "number of variables (100)"),
        .init("condition", "the Hessian's condition number (1000)"),
      ]),
    .init(library: "rosenbrock", [.init("dimension", "number of variables (2)")]),
  ]

  /// Every problem: these, and what else the library has.
  public static let all: [ProblemDescription] =
    own
    + ProblemLibrary.all.filter { problem in !own.contains { $0.name == problem.name } }.map {
      .init(library: $0.name)
    }

  private init(_ name: String, _ summary: String, _ parameters: [Request.Parameter]) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
  }
}
