import ArgumentParser
import Foundation
import Secant
import SecantCompare

/// `secant compare`: several methods on one problem under one budget.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Run several methods on one problem under the same budget.",
    discussion: """
      Without any option it trains ℓ₂-regularised logistic regression on the Wisconsin breast-cancer data.
      A name can have parameters: --problem rosenbrock:dimension=10, --methods lbfgs:memory=5,adam:rate=1e-2.
      Something can stand around a method: --methods adam+lookahead,momentum:rate=0.1+svrg; the list has them too.
      Data of your own: --problem logistic:data=FILE.csv:label=COLUMN, or a file in LIBSVM's format (.libsvm).
      A problem with bounds, such as hs1, is for the methods that know of some.
      Interrupted, it prints what the methods have reached.
      """)

  @Option(help: "The problem; ‘list’ prints them all.")
  var problem = "breast-cancer"

  @Option(help: "The methods, separated by commas; ‘list’ prints them all.")
  var methods: String?

  @Option(help: "The numbers to compute with: double or float.")
  var scalar = "double"

  @Option(
    parsing: .unconditional,
    help: "Where to start: one number for all variables, or one for each, separated by commas.")
  var start: String?

  @Option(parsing: .unconditional, help: "The terms that the methods which tolerate it see at a step.")
  var batch: Int?

  @Option(parsing: .unconditional, help: "What fixes every random choice, a whole number from 0 on.")
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: "The relative tolerance of the gradient’s largest component (1e-10, with --scalar float 1e-5).")
  var tolerance: Double?

  @OptionGroup(title: "Budget of each method; the problem has one of its own unless one of these is given")
  var limits: LimitOptions

  @Option(name: .customLong("x"), help: "What the plot’s horizontal axis counts: a currency of the budget.")
  var axis = "passes"

  @Option(help: "Write one self-contained HTML page with pictures.")
  var report: String?

  @Option(help: "Write the comparison and its traces as JSON; ‘-’ is the standard output.")
  var json: String?

  @Option(help: "Write the traces as comma-separated values; ‘-’ is the standard output.")
  var csv: String?

  @Flag(name: .customLong("list-problems"), help: "Print the problems.")
  var listsProblems = false

  @Flag(name: .customLong("list-methods"), help: "Print the methods.")
  var listsMethods = false

  func run() async throws {
    if listsProblems || problem == "list" { return print(listing(ProblemDescription.all)) }
    if listsMethods || methods == "list" {
      return print(
        listing(ofMethods: MethodDescription.all) + "\n\nOn problems with bounds:\n\n"
          + listing(MethodDescription.bounded))
    }
    try await explained {
      let plan = try plan()
      guard let axis = Currency(rawValue: axis) else {
        throw UsageError.unknown("currency", axis, among: Currency.allCases.map(\.rawValue))
      }
      let output = Output(report: report, json: json, csv: csv)
      try output.check(reading: plan.problem.parameters["data"])
      let (comparison, isInterrupted) = try await untilInterrupted {
        try plan.comparison(observing: ProgressLine().show)
      }
      try output.write(comparison, against: axis)
      if isInterrupted { throw ExitCode(130) }
    }
  }

  /// What is to be done, with every option checked.
  private func plan() throws -> Plan {
    guard scalar == "double" || scalar == "float" else {
      throw UsageError.unknown("scalar type", scalar, among: ["double", "float"])
    }
    if let complaint = limits.complaint { throw UsageError(complaint) }
    return try Plan(
      problem: try Request(problem, kind: "problem", among: ProblemDescription.all),
      methods: try methods.map {
        try Request.methods($0, among: MethodDescription.all + MethodDescription.bounded)
      },
      isFloat: scalar == "float", start: try start.map(numbers), batch: batch, seed: seed,
      tolerance: tolerance, budget: limits.budget)
  }

  private func numbers(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part.trimmingCharacters(in: .whitespaces)), number.isFinite else {
        throw UsageError("‘\(part)’ in --start is not a finite number.")
      }
      return number
    }
  }
}

/// A limit in any currency of the ledger that the problems here can spend.
struct LimitOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Steps tried.") var iterations: Int?
  @Option(parsing: .unconditional, help: "Evaluations of the value alone.") var values: Int?
  @Option(parsing: .unconditional, help: "Evaluations of value and gradient.") var gradients: Int?
  @Option(
    name: .customLong("hessian-vector-products"), parsing: .unconditional, help: "Hessian-vector products.")
  var hessianVectorProducts: Int?
  @Option(parsing: .unconditional, help: "Dense Hessians.") var hessians: Int?
  @Option(parsing: .unconditional, help: "Evaluations of the residuals alone.") var residuals: Int?
  @Option(parsing: .unconditional, help: "Evaluations of residuals and Jacobian.") var jacobians: Int?
  @Option(parsing: .unconditional, help: "Matrix factorisations.") var factorisations: Int?
  @Option(parsing: .unconditional, help: "Floating-point operations of factorisations.") var flops: Double?
  @Option(parsing: .unconditional, help: "Passes over the data.") var passes: Double?
  @Option(parsing: .unconditional, help: "Seconds on the wall.") var seconds: Double?

  /// The budget, or nil when no limit is given.
  var budget: Budget? {
    var budget = Budget.unlimited
    budget.iterations = iterations ?? .max
    budget.values = values ?? .max
    budget.gradients = gradients ?? .max
    budget.hessianVectorProducts = hessianVectorProducts ?? .max
    budget.hessians = hessians ?? .max
    budget.residuals = residuals ?? .max
    budget.jacobians = jacobians ?? .max
    budget.factorisations = factorisations ?? .max
    budget.flops = flops ?? .infinity
    budget.passes = passes ?? .infinity
    budget.seconds = seconds ?? .infinity
    return budget == .unlimited ? nil : budget
  }

  /// A sentence about the first limit that makes no sense, by the name of its option.
  var complaint: String? {
    budget?.complaint?.replacing("The budget's ", with: "--")
      .replacing("hessianVectorProducts", with: "hessian-vector-products")
  }
}
