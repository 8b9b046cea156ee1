import Foundation
import Secant
import SecantAutoDiff
import SecantProblems

/// The problems that come with the package, by name.
public enum ProblemLibrary {
  /// Every problem: formulas, those with bounds, and those of data.
  public static let all = formulas + bounded + data + fits

  /// Those without bounds, which are for every method.
  public static let unbounded = all.filter { !$0.classes.contains(.bounded) }

  /// A quadratic, Rosenbrock's function, and the classical collections.
  public static let formulas: [LibraryProblem] =
    [
      LibraryProblem(
        "quadratic", "Quadratic of condition number 1000, n = 100", [.convex], 0, "eigenvalues 1, …, 1000",
        double: { quadratic() }, float: { quadratic() })
    ]
    + zip(names(of: TestProblem<Double>.all), TestProblem<Double>.all.indices).map { name, index in
      let problem = TestProblem<Double>.all[index]
      return LibraryProblem(
        name, problem.description, classes(of: problem), problem.minima.first, problem.reference,
        double: { collected(index) }, float: { collected(index) })
    }

  /// Problems with bounds.
  public static let bounded: [LibraryProblem] =
    zip(names(of: TestProblem<Double>.bounded.map(\.base)), TestProblem<Double>.bounded.indices).map {
      name, index in
      let problem = TestProblem<Double>.bounded[index].base
      return LibraryProblem(
        name, problem.description, classes(of: problem).union([.bounded]), problem.minima.first,
        problem.reference, double: { collectedWithBounds(index) }, float: { collectedWithBounds(index) })
    }

  /// Regressions and models on data that come with the package.
  public static let data: [LibraryProblem] = [
    regression("breast-cancer", "Logistic regression: benign or malignant", .logistic, .breastCancer),
    regression("mushrooms", "Logistic regression: edible or poisonous", .logistic, .mushrooms),
    regression("digits-parity", "Logistic regression: handwritten digits, odd or even", .logistic, .digits),
    regression("digits", "Softmax regression: handwritten digits", .softmax, .digits),
    regression("iris", "Softmax regression: three species of iris", .softmax, .iris),
    linearRegression("ridge", "Ridge regression: progression of diabetes", .squared, 0.24184022498332391),
    linearRegression(
      "huber", "Regression with Huber's loss: progression of diabetes", .huber(0.5), 0.17813567944307245),
    linearRegression(
      "cauchy", "Regression with Cauchy's loss: progression of diabetes", .cauchy(0.5), 0.10093405261948019),
    LibraryProblem(
      "gaussian-process", "Marginal likelihood of a Gaussian process: progression of diabetes", [.nonconvex],
      163.2753530672889, "Rasmussen and Williams 2006, chapter 5", double: { process(.one) },
      float: { process(.one) }),
    LibraryProblem(
      "gaussian-process-lengths",
      "Marginal likelihood of a Gaussian process with a length for each of ten features: progression of diabetes",
      [.nonconvex], nil, "Rasmussen and Williams 2006, chapter 5", double: { process(.each) },
      float: { process(.each) }),
    LibraryProblem(
      "iris-mlp", "Multilayer perceptron of 8 hidden units: three species of iris", [.nonconvex, .finiteSum],
      nil, "Rumelhart, Hinton and Williams 1986", double: { perceptron() }, float: { perceptron() }),
    LibraryProblem(
      "matrix-factorisation", "A matrix of rank 3 from half of its 40 × 30 elements",
      [.leastSquares, .nonconvex, .finiteSum], 0, "Koren, Bell and Volinsky 2009",
      double: { factorisation() }, float: { factorisation() }),
    LibraryProblem(
      "sonnets", "A character transformer on a thousand characters", [.nonconvex, .finiteSum], nil,
      "Vaswani et al. 2017", double: { transformer() }, float: { transformer() }),
  ]

  /// NIST's nonlinear regressions, from the farther of the two starts.
  public static let fits: [LibraryProblem] = NISTProblem.all.map { problem in
    LibraryProblem(
      problem.name.lowercased(), "\(problem.name), a nonlinear regression", [.leastSquares, .nonconvex],
      problem.sumOfSquares / 2, "NIST, Statistical Reference Datasets", double: { fit(problem) },
      float: { rounded(fit(problem)) })
  }

  /// The problem of a name.
  public static subscript(_ name: String) -> LibraryProblem? { all.first { $0.name == name } }

  /// Names as words of a command line: "watson-12" for "Watson, n = 12".
  private static func names(of problems: [TestProblem<Double>]) -> [String] {
    let sizes = Dictionary(grouping: problems, by: \.name)
    return problems.map { problem in
      let name = sizes[problem.name]!.count > 1 ? "\(problem.name) \(problem.start.count)" : problem.name
      return name.lowercased().folding(options: .diacriticInsensitive, locale: nil)
        .split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }
  }

  private static func classes(of problem: TestProblem<Double>) -> Set<LibraryProblem.Class> {
    let isSum = !problem.value(at: problem.start).isNaN && TestProblemOfSquares(problem) != nil
    let curvature: LibraryProblem.Class = convex.contains(problem.name) ? .convex : .nonconvex
    return isSum ? [curvature, .leastSquares] : [curvature]
  }

  /// Convex functions of linear ones, and sums of such.
  private static let convex: Set = [
    "Powell singular", "extended Powell singular", "Brown–Dennis", "variably dimensioned",
    "linear, full rank", "linear, rank 1", "linear, rank 1, zero columns and rows", "CLIFF", "SISSER",
    "ZANGWIL2", "DIXON3DQ", "TRIDIA", "ENGVAL1", "FLETCBV2", "ARWHEAD", "BDQRTIC", "NONDQUAR", "DQDRTIC",
    "DQRTIC", "POWER", "SPARSQUR", "HILBERTA", "HILBERTB", "FMINSRF2", "Booth", "Matyas", "HS3", "OBSTCLAE",
    "TORSION1", "JNLBRNG1",
  ]
}

// MARK: - How they are posed

extension ProblemLibrary {
  private static func quadratic<Scalar: LAPACKScalar>() -> Posed<Scalar> {
    let problem = Quadratic<Scalar>(dimension: 100, conditionNumber: 1000, seed: 0)
    return Posed(AnyProblem(problem), from: Vector(zeros: 100))
  }

  private static func collected<Scalar: LAPACKScalar>(_ index: Int) -> Posed<Scalar> {
    let problem = TestProblem<Scalar>.all[index]
    return Posed(AnyProblem(problem), from: problem.start)
  }

  private static func collectedWithBounds<Scalar: LAPACKScalar>(_ index: Int) -> Posed<Scalar> {
    let problem = TestProblem<Scalar>.bounded[index]
    return Posed(AnyProblem(problem.base), from: problem.base.start, within: problem.bounds)
  }

  private static func regression(
    _ name: String, _ title: String, _ model: ReferenceOptimum.Model, _ data: DataSet.Shipped
  ) -> LibraryProblem {
    LibraryProblem(
      name, title, [.convex, .finiteSum], ReferenceOptimum.of(model, on: data)?.value,
      "Hastie, Tibshirani and Friedman 2009, chapter 4", double: { regression(model, data) },
      float: { regression(model, data) })
  }

  private static func regression<Scalar: LAPACKScalar>(
    _ model: ReferenceOptimum.Model, _ data: DataSet.Shipped
  ) -> Posed<Scalar> {
    shipped {
      switch model {
      case .logistic:
        let problem = try LogisticRegression<Scalar>(data.binaryTraining())
        return Posed(AnyProblem(problem), from: Vector(zeros: problem.dimension!))
      case .softmax:
        let problem = try SoftmaxRegression<Scalar>(data.training())
        return Posed(AnyProblem(problem), from: Vector(zeros: problem.dimension!))
      }
    }
  }

  private static func linearRegression(
    _ name: String, _ title: String, _ loss: RegressionLoss<Double>, _ minimum: Double
  ) -> LibraryProblem {
    let kinds: Set<LibraryProblem.Class> =
      loss == .squared ? [.leastSquares, .convex] : loss.isConvex ? [.convex] : [.nonconvex]
    let reference =
      loss == .squared ? "Hoerl and Kennard 1970" : "Huber and Ronchetti 2009, chapter 7"
    return LibraryProblem(
      name, title, kinds.union([.finiteSum]), minimum, reference,
      double: { linearRegression(loss) }, float: { linearRegression(loss) })
  }

  private static func linearRegression<Scalar: LAPACKScalar>(
    _ loss: RegressionLoss<Double>
  ) -> Posed<Scalar> {
    let data = RegressionData.diabetes.standardised().withConstant()
    let problem = LinearRegression<Scalar>(data, loss: RegressionLoss(loss))
    return Posed(AnyProblem(problem), from: Vector(zeros: problem.dimension!))
  }

  /// Of every third patient: the work grows with the cube of their number.
  private static func process<Scalar: LAPACKScalar>(_ lengths: GaussianProcessLengths) -> Posed<Scalar> {
    let problem = GaussianProcess<Scalar>(RegressionData.diabetes.every(3).standardised(), lengths: lengths)
    return Posed(AnyProblem(problem), from: problem.start)
  }

  private static func fit(_ problem: NISTProblem) -> Posed<Double> {
    Posed(AnyProblem(DifferentiatedSquares(problem.residuals)), from: problem.starts[0])
  }

  /// A problem that is known in double precision, its point and its answers rounded to single.
  private static func rounded(_ posed: Posed<Double>) -> Posed<Float> {
    Posed(AnyProblem(Rounded(posed.problem)), from: Vector(posed.start.map { Float($0) }))
  }

  private static func perceptron<Scalar: LAPACKScalar>() -> Posed<Scalar> {
    shipped {
      let problem = try MultilayerPerceptron<Scalar>(
        DataSet(.iris).standardised(), widths: [8], regularisation: 1e-3)
      return Posed(AnyProblem(problem), from: problem.start(seed: 0))
    }
  }

  private static func factorisation<Scalar: LAPACKScalar>() -> Posed<Scalar> {
    let (rows, columns, rank) = (40, 30, 3)
    var generator = RandomGenerator(seed: 0)
    var (left, right) = (Vector<Scalar>(zeros: rows * rank), Vector<Scalar>(zeros: columns * rank))
    generator.fillNormal(&left)
    generator.fillNormal(&right)
    var entries: [MatrixFactorization<Scalar>.Entry] = []
    for row in 0..<rows {
      for column in 0..<columns where (row + column).isMultiple(of: 2) {
        let value = (0..<rank).reduce(Scalar(0)) { $0 + left[row * rank + $1] * right[column * rank + $1] }
        entries.append(.init(row: row, column: column, value: value))
      }
    }
    let problem = MatrixFactorization(MatrixShape(rows: rows, columns: columns), rank: rank, entries: entries)
    var start = Vector<Scalar>(zeros: problem.layout.count)
    generator.fillNormal(&start)
    start.scale(by: 0.3)
    return Posed(AnyProblem(problem), from: start)
  }

  private static func transformer<Scalar: LAPACKScalar>() -> Posed<Scalar> {
    let problem = CharacterTransformer<Scalar>(
      reading: String(ShippedFile.sonnets.prefix(1_000)), width: 8, heads: 2, depth: 1)
    return Posed(AnyProblem(problem), from: problem.start(seed: 0))
  }

  /// The data are embedded, and tests read them all.
  private static func shipped<Answer>(_ make: () throws -> Answer) -> Answer {
    do { return try make() } catch { preconditionFailure("data of the package: \(error)") }
  }
}
