public import RealModule
public import SecantLinearAlgebra

/// A number on a tape: it has a value, and everything computed from it is written down so that it can be
/// differentiated.
///
/// ```swift
/// let outcome = minimize(from: [-1.2, 1]) { x in pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2) }
/// ```
///
/// A variable is three words without a reference count. It belongs to one evaluation: when that is over, an operation on it
/// is a precondition, not a wrong number, and so is one on variables of two evaluations. Only ``value`` is left of it.
/// Literals and converted constants, `Variable(2.5)`, are on no tape, and operations between them are not
/// written down.
@frozen public struct Variable<Scalar: LAPACKScalar> {
  /// What ``value`` gives, for those who know that nobody branches on it.
  @usableFromInline let number: Scalar
  @usableFromInline let place: UInt32
  @usableFromInline let generation: UInt32
  @usableFromInline let tape: UnsafeMutablePointer<TapeStorage<Scalar>>?

  @inlinable @inline(__always) init(
    _ number: Scalar, at place: UInt32, on tape: UnsafeMutablePointer<TapeStorage<Scalar>>
  ) {
    self.number = number
    self.place = place
    self.generation = tape.pointee.generation
    self.tape = tape
  }

  /// A constant.
  @inlinable @inline(__always) public init(_ constant: Scalar) {
    number = constant
    place = 0
    generation = 0
    tape = nil
  }

  /// The number itself. What is computed from it is not differentiated; and a formula that looks at it is never replayed,
  /// for a branch may depend on it.
  @inlinable public var value: Scalar {
    if let tape, tape.pointee.generation == generation { tape.pointee.wasLookedInto = true }
    return number
  }
}

extension Variable: CustomStringConvertible {
  /// The number: whoever reads it has looked at the number itself.
  public var description: String { "\(value)" }
}

// MARK: Writing a step down

extension Variable {
  /// The variable's place on a tape; a constant is given one.
  @inlinable @inline(__always) func place(on tape: UnsafeMutablePointer<TapeStorage<Scalar>>) -> UInt32 {
    guard let own = self.tape else { return tape.pointee.append(TapeEntry(.constant, 0, 0, 0), number) }
    precondition(
      own == tape && generation == tape.pointee.generation,
      "a variable of another evaluation: use only what this evaluation was given or has computed")
    return place
  }

  @inlinable @inline(__always) static func step(
    _ operation: Operation, _ x: Variable, detail: Int32 = 0, _ value: Scalar
  ) -> Variable {
    guard let tape = x.tape else { return Variable(value) }
    let left = x.place(on: tape)
    return Variable(value, at: tape.pointee.append(TapeEntry(operation, left, left, detail), value), on: tape)
  }

  @inlinable @inline(__always) static func step(
    _ operation: Operation, _ x: Variable, _ y: Variable, detail: Int32 = 0, _ value: Scalar
  ) -> Variable {
    guard let tape = x.tape ?? y.tape else { return Variable(value) }
    let left = x.place(on: tape)
    let right = y.place(on: tape)
    return Variable(
      value, at: tape.pointee.append(TapeEntry(operation, left, right, detail), value), on: tape)
  }

  /// Writes down what a branch asked and the answer that it got.
  @inlinable @inline(__always) static func question(
    _ operation: Operation, _ x: Variable, _ y: Variable, _ answer: Bool
  ) -> Bool {
    guard let tape = x.tape ?? y.tape else { return answer }
    let left = x.place(on: tape)
    let right = y.place(on: tape)
    _ = tape.pointee.append(TapeEntry(operation, left, right, answer ? 1 : 0), 0)
    return answer
  }
}

// MARK: Arithmetic

extension Variable: AlgebraicField {
  @inlinable @inline(__always) public static func + (x: Variable, y: Variable) -> Variable {
    step(.add, x, y, x.number + y.number)
  }
  @inlinable @inline(__always) public static func - (x: Variable, y: Variable) -> Variable {
    step(.subtract, x, y, x.number - y.number)
  }
  @inlinable @inline(__always) public static func * (x: Variable, y: Variable) -> Variable {
    step(.multiply, x, y, x.number * y.number)
  }
  @inlinable @inline(__always) public static func / (x: Variable, y: Variable) -> Variable {
    step(.divide, x, y, x.number / y.number)
  }
  @inlinable @inline(__always) public static prefix func - (x: Variable) -> Variable {
    step(.negate, x, -x.number)
  }
  @inlinable @inline(__always) public static func += (x: inout Variable, y: Variable) { x = x + y }
  @inlinable @inline(__always) public static func -= (x: inout Variable, y: Variable) { x = x - y }
  @inlinable @inline(__always) public static func *= (x: inout Variable, y: Variable) { x = x * y }
  @inlinable @inline(__always) public static func /= (x: inout Variable, y: Variable) { x = x / y }

  @inlinable public var magnitude: Variable { Variable.step(.magnitude, self, number.magnitude) }
  @inlinable public var reciprocal: Variable? { 1 / self }
  @inlinable public static var zero: Variable { Variable(0) }

  @inlinable @inline(__always) public init(integerLiteral value: Int) { self.init(Scalar(value)) }
  @inlinable @inline(__always) public init(floatLiteral value: Double) { self.init(Scalar(value)) }
  @inlinable public init?<Integer: BinaryInteger>(exactly source: Integer) {
    guard let constant = Scalar(exactly: source) else { return nil }
    self.init(constant)
  }

  /// A hash of the number: whoever looks at it has looked at the number itself.
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

// MARK: With plain numbers, disfavoured so that `1 / y` of a plain y stays plain

extension Variable {
  @_disfavoredOverload @inlinable @inline(__always)
  public static func + (x: Variable, c: Scalar) -> Variable { x + Variable(c) }
  @_disfavoredOverload @inlinable @inline(__always)
  public static func + (c: Scalar, x: Variable) -> Variable { Variable(c) + x }
  @_disfavoredOverload @inlinable @inline(__always)
  public static func - (x: Variable, c: Scalar) -> Variable { x - Variable(c) }
  @_disfavoredOverload @inlinable @inline(__always)
  public static func - (c: Scalar, x: Variable) -> Variable { Variable(c) - x }
  @_disfavoredOverload @inlinable @inline(__always)
  public static func * (x: Variable, c: Scalar) -> Variable { x * Variable(c) }
  @_disfavoredOverload @inlinable @inline(__always)
  public static func * (c: Scalar, x: Variable) -> Variable { Variable(c) * x }
  @_disfavoredOverload @inlinable @inline(__always)
  public static func / (x: Variable, c: Scalar) -> Variable { x / Variable(c) }
  @_disfavoredOverload @inlinable @inline(__always)
  public static func / (c: Scalar, x: Variable) -> Variable { Variable(c) / x }
}

// MARK: Questions that a branch may ask

extension Variable: Comparable, Hashable {
  @inlinable public static func == (x: Variable, y: Variable) -> Bool {
    question(.isEqual, x, y, x.number == y.number)
  }
  @inlinable public static func < (x: Variable, y: Variable) -> Bool {
    question(.isLess, x, y, x.number < y.number)
  }
  @inlinable public static func > (x: Variable, y: Variable) -> Bool { y < x }
  @inlinable public static func <= (x: Variable, y: Variable) -> Bool {
    question(.isLessOrEqual, x, y, x.number <= y.number)
  }
  @inlinable public static func >= (x: Variable, y: Variable) -> Bool { y <= x }
}

// MARK: Functions

extension Variable: ElementaryFunctions {
  @inlinable public static func exp(_ x: Variable) -> Variable { step(.exp, x, .exp(x.number)) }
  @inlinable public static func expMinusOne(_ x: Variable) -> Variable {
    step(.expMinusOne, x, .expMinusOne(x.number))
  }
  @inlinable public static func log(_ x: Variable) -> Variable { step(.log, x, .log(x.number)) }
  @inlinable public static func log(onePlus x: Variable) -> Variable {
    step(.logOnePlus, x, .log(onePlus: x.number))
  }
  @inlinable public static func sin(_ x: Variable) -> Variable { step(.sin, x, .sin(x.number)) }
  @inlinable public static func cos(_ x: Variable) -> Variable { step(.cos, x, .cos(x.number)) }
  @inlinable public static func tan(_ x: Variable) -> Variable { step(.tan, x, .tan(x.number)) }
  @inlinable public static func asin(_ x: Variable) -> Variable { step(.asin, x, .asin(x.number)) }
  @inlinable public static func acos(_ x: Variable) -> Variable { step(.acos, x, .acos(x.number)) }
  @inlinable public static func atan(_ x: Variable) -> Variable { step(.atan, x, .atan(x.number)) }
  @inlinable public static func sinh(_ x: Variable) -> Variable { step(.sinh, x, .sinh(x.number)) }
  @inlinable public static func cosh(_ x: Variable) -> Variable { step(.cosh, x, .cosh(x.number)) }
  @inlinable public static func tanh(_ x: Variable) -> Variable { step(.tanh, x, .tanh(x.number)) }
  @inlinable public static func asinh(_ x: Variable) -> Variable { step(.asinh, x, .asinh(x.number)) }
  @inlinable public static func acosh(_ x: Variable) -> Variable { step(.acosh, x, .acosh(x.number)) }
  @inlinable public static func atanh(_ x: Variable) -> Variable { step(.atanh, x, .atanh(x.number)) }
  @inlinable public static func sqrt(_ x: Variable) -> Variable { step(.squareRoot, x, .sqrt(x.number)) }
  @inlinable public static func root(_ x: Variable, _ n: Int) -> Variable {
    guard let degree = Int32(exactly: n) else { return apply(Root(degree: n).function, to: x) }
    return step(.root, x, detail: degree, .root(x.number, n))
  }
  @inlinable public static func pow(_ x: Variable, _ n: Int) -> Variable {
    guard let exponent = Int32(exactly: n) else { return apply(IntegerPower(exponent: n).function, to: x) }
    return step(.integerPower, x, detail: exponent, .pow(x.number, n))
  }
  @inlinable public static func pow(_ x: Variable, _ y: Variable) -> Variable {
    let operation: Operation = y.tape == nil ? .constantPower : x.tape == nil ? .powerOfConstant : .power
    return step(operation, x, y, .pow(x.number, y.number))
  }
}

extension Variable: DifferentiableNumber {
  @inlinable public static func max(_ x: Variable, _ y: Variable) -> Variable {
    step(.larger, x, y, larger(x.number, y.number))
  }
  @inlinable public static func min(_ x: Variable, _ y: Variable) -> Variable {
    step(.smaller, x, y, smaller(x.number, y.number))
  }
  @inlinable public static func atan2(y: Variable, x: Variable) -> Variable {
    step(.angle, y, x, .atan2(y: y.number, x: x.number))
  }
  @inlinable public static func hypot(_ x: Variable, _ y: Variable) -> Variable {
    step(.hypotenuse, x, y, .hypot(x.number, y.number))
  }
  @inlinable public static func erf(_ x: Variable) -> Variable { step(.erf, x, .erf(x.number)) }

  @inlinable public static func apply(_ function: SmoothFunction<Scalar>, to x: Variable) -> Variable {
    guard let tape = x.tape else { return Variable(function.value(x.number)) }
    tape.pointee.supplied.append(.ofOne(function))
    return step(
      .custom, x, detail: Int32(tape.pointee.supplied.count - 1), function.value(x.number))
  }

  @inlinable public static func apply(
    _ function: SmoothFunctionOfTwo<Scalar>, to x: Variable, _ y: Variable
  ) -> Variable {
    guard let tape = x.tape ?? y.tape else { return Variable(function.value(x.number, y.number)) }
    tape.pointee.supplied.append(.ofTwo(function))
    return step(
      .customOfTwo, x, y, detail: Int32(tape.pointee.supplied.count - 1), function.value(x.number, y.number))
  }
}
