public import SecantLinearAlgebra

/// A problem whose formula is on a tape, so that its structure can be seen.
///
/// ``Differentiated``, ``DifferentiatedSquares`` and ``Traced`` are; no other type can be.
public protocol RecordedObjective<Scalar>: TwiceDifferentiableObjective
where Failure == Never, Domain == WholeSpace {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace
  /// The way to the tape, for the package itself.
  var recorder: Recorder<Scalar> { get }
}

/// The way to a problem's tape, for the package itself.
public struct Recorder<Scalar: LAPACKScalar> {
  /// Whether the function is half the sum of the outputs' squares, and not the one output.
  let isSquares: Bool
  /// Lends a tape that holds the evaluation at a point.
  let withTape: (Vector<Scalar>, (Tape<Scalar>) -> Void) -> Void
}

extension Differentiated: RecordedObjective {}
extension Traced: RecordedObjective {}
extension DifferentiatedSquares: RecordedObjective {}

extension TapedFunction {
  public var recorder: Recorder<Scalar> { Recorder(isSquares: false) { x, body in withTape(at: x, body) } }
}

extension TapedSquares {
  public var recorder: Recorder<Scalar> { Recorder(isSquares: true) { x, body in withTape(at: x, body) } }
}
