public import Secant
import Synchronization

/// A problem that is known by a name, with what is known of it.
///
/// A problem of one's own joins in one line:
///
/// ```swift
/// let problems = ProblemLibrary.all + [LibraryProblem("mine", AnyProblem(MyProblem()), from: [1, 2])]
/// ```
public struct LibraryProblem: Sendable, Equatable {
  /// One word, as on a command line.
  public let name: String
  /// What it is, for a person.
  public let title: String
  public let classes: Set<Class>
  /// The least value of f, where it is known.
  public let minimum: Double?
  /// Where it comes from.
  public let reference: String
  let double: @Sendable () -> Posed<Double>
  let float: (@Sendable () -> Posed<Float>)?
  private let facts = Facts()

  /// What a problem is, for whoever looks for one.
  public enum Class: String, Sendable, CaseIterable, Codable {
    case leastSquares, convex, nonconvex, finiteSum, bounded
  }

  /// A problem of one's own in double precision.
  ///
  /// - Parameters:
  ///   - name: one word.
  ///   - problem: made of an objective: `AnyProblem(MyProblem())`.
  ///   - start: where every method starts.
  ///   - minimum: the least value of f, where it is known.
  ///   - classes: what it is.
  public init(
    _ name: String, _ problem: @autoclosure @escaping @Sendable () -> AnyProblem<Double>,
    from start: [Double],
    minimum: Double? = nil, classes: Set<Class> = [.nonconvex], title: String? = nil,
    reference: String = "its user"
  ) {
    self.init(
      name, title ?? name, classes, minimum, reference,
      double: { Posed(problem(), from: Vector(start)) }, float: nil)
  }

  init(
    _ name: String, _ title: String, _ classes: Set<Class>, _ minimum: Double?, _ reference: String,
    double: @escaping @Sendable () -> Posed<Double>, float: (@Sendable () -> Posed<Float>)?
  ) {
    self.name = name
    self.title = title
    self.classes = classes
    self.minimum = minimum
    self.reference = reference
    self.double = double
    self.float = float
  }

  /// The number of variables.
  public var dimension: Int { facts.known(of: double).dimension }

  /// What it can answer.
  public var capabilities: [MethodDescription.Capability] { facts.known(of: double).capabilities }

  /// What is known once the problem was posed, shared by copies.
  private final class Facts: Sendable {
    private let known = Mutex<(dimension: Int, capabilities: [MethodDescription.Capability])?>(nil)

    func known(
      of pose: () -> Posed<Double>
    ) -> (dimension: Int, capabilities: [MethodDescription.Capability]) {
      if let known = known.withLock({ $0 }) { return known }
      // Not under the lock: what poses it is its user's.
      let posed = pose()
      let answer = (
        dimension: posed.start.count,
        capabilities: MethodDescription.Capability.allCases.filter(posed.problem.has)
      )
      known.withLock { $0 = answer }
      return answer
    }
  }

  /// As it is posed in a scalar type, where it is known in that.
  public func posed<Scalar: LAPACKScalar>(in _: Scalar.Type) -> Posed<Scalar>? {
    Scalar.self == Double.self ? double() as? Posed<Scalar> : float?() as? Posed<Scalar>
  }

  public static func == (a: LibraryProblem, b: LibraryProblem) -> Bool { a.name == b.name }
}

/// A problem and where to start, within bounds where there are any.
public struct Posed<Scalar: LAPACKScalar> {
  public var problem: AnyProblem<Scalar>
  public var bounds: Bounds<Scalar>?
  public var start: Vector<Scalar>

  init(_ problem: AnyProblem<Scalar>, from start: Vector<Scalar>, within bounds: Bounds<Scalar>? = nil) {
    self.problem = problem
    self.start = start
    self.bounds = bounds
  }
}
