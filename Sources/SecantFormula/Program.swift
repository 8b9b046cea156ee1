public import SecantAutoDiff

/// A formula made ready for evaluation: instructions for a stack machine, with every name resolved.
///
/// What depends on no variable is computed once, here and in double precision: constants, and terms of the columns of a
/// table alone, `cos(2*pi*t/12)`, which become columns themselves.
@usableFromInline struct Program: Sendable {
  @frozen @usableFromInline enum Instruction: Sendable {
    case constant(Double)
    case variable(Int)
    /// The number in a column of the row at hand.
    case datum(Int)
    /// A power with a whole exponent.
    case power(Int)
    case unary(UnaryFunction)
    case binary(BinaryFunction)
  }

  @usableFromInline private(set) var instructions: [Instruction] = []
  /// The most operands that wait at a time.
  @usableFromInline private(set) var depth = 0
  /// What `datum` refers to.
  private(set) var columns: [[Double]] = []

  /// What an operand depends on, from little to much.
  private enum Dependence: Int {
    case nothing, data, variables
  }

  /// - Parameters:
  ///   - columns: the table's columns by name, all of them of `rowCount` rows.
  ///   - kinds: what names can be, for a sentence about one that is nothing of the kind.
  init(
    _ formula: Formula, variables: [String], columns table: [String: [Double]] = [:], rowCount: Int = 0,
    kinds: String
  ) throws(FormulaError) {
    let places = Dictionary(uniqueKeysWithValues: zip(variables, variables.indices))
    var used: [String: Int] = [:]
    var operands: [(start: Int, dependence: Dependence)] = []
    for symbol in formula.symbols {
      switch symbol {
      case .number(let number):
        operands.append((instructions.count, .nothing))
        instructions.append(.constant(number))
      case .name(let name):
        if let place = places[name] {
          operands.append((instructions.count, .variables))
          instructions.append(.variable(place))
        } else if let column = table[name] {
          let index = used[name] ?? columns.count
          if index == columns.count { columns.append(column) }
          used[name] = index
          operands.append((instructions.count, .data))
          instructions.append(.datum(index))
        } else if let constant = Formula.constants[name] {
          operands.append((instructions.count, .nothing))
          instructions.append(.constant(constant))
        } else {
          throw formula.unknown(name, kinds, among: variables + table.keys.sorted())
        }
      case .unary(let function): apply(.unary(function), to: operands.last!.dependence)
      case .binary(let function):
        let right = operands.removeLast()
        let left = operands.removeLast()
        let dependence =
          left.dependence.rawValue > right.dependence.rawValue ? left.dependence : right.dependence
        operands.append((left.start, dependence))
        if function == .power, case .constant(let number) = instructions[right.start],
          right.dependence == .nothing, let exponent = Int32(exactly: number)
        {
          instructions.removeLast()
          apply(.power(Int(exponent)), to: dependence)
        } else {
          if dependence == .variables {
            if right.dependence == .data { settle(right.start..<instructions.count, rowCount) }
            if left.dependence == .data { settle(left.start..<right.start, rowCount) }
          }
          apply(.binary(function), to: dependence)
        }
      }
    }
    if operands[0].dependence == .data { settle(0..<instructions.count, rowCount) }
    depth = Self.depth(of: instructions)
  }

  /// Appends an operation, or does it where its operands are constants.
  private mutating func apply(_ operation: Instruction, to dependence: Dependence) {
    instructions.append(operation)
    guard dependence == .nothing else { return }
    var count = 2
    if case .binary = operation { count = 3 }
    let program = Program(instructions.suffix(count))
    let value: Double = program.withStack { program.evaluate([], on: $0) }
    instructions.replaceSubrange((instructions.count - count)..., with: [.constant(value)])
  }

  /// Makes a column of instructions that need no variable.
  private mutating func settle(_ range: Range<Int>, _ rowCount: Int) {
    guard range.count > 1 else { return }
    let program = Program(instructions[range])
    let column: [Double] = program.withStack { stack in
      (0..<rowCount).map { i in
        columns.map { $0[i] }.withUnsafeBufferPointer {
          program.evaluate([], row: $0.baseAddress, on: stack)
        }
      }
    }
    instructions.replaceSubrange(range, with: [.datum(columns.count)])
    columns.append(column)
  }

  private static func depth(of instructions: some Sequence<Instruction>) -> Int {
    var (count, depth) = (0, 0)
    for instruction in instructions {
      switch instruction {
      case .constant, .variable, .datum: count += 1
      case .power, .unary: break
      case .binary: count -= 1
      }
      depth = max(depth, count)
    }
    return depth
  }

  /// A part of a program, by itself.
  private init(_ part: ArraySlice<Instruction>) {
    instructions = Array(part)
    depth = Self.depth(of: part)
  }
}

// MARK: - Evaluation

extension Program {
  /// The memory of an evaluation, which can be used for many.
  @inlinable func withStack<Number: DifferentiableNumber, Result>(
    _ body: (UnsafeMutablePointer<Number>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: Number.self, capacity: depth) { stack in
      stack.initialize(repeating: .zero)
      defer { stack.deinitialize() }
      return body(stack.baseAddress!)
    }
  }

  /// The value where the variables are x and the columns' numbers are `row`.
  @inlinable func evaluate<Number: DifferentiableNumber>(
    _ x: [Number], row: UnsafePointer<Number.Scalar>? = nil, on stack: UnsafeMutablePointer<Number>
  ) -> Number {
    instructions.withUnsafeBufferPointer { instructions in
      x.withUnsafeBufferPointer { x in
        var top = -1
        for instruction in instructions {
          switch instruction {
          case .constant(let number):
            top += 1
            stack[top] = Number(Number.Scalar(number))
          case .variable(let i):
            top += 1
            stack[top] = x[i]
          case .datum(let j):
            top += 1
            stack[top] = Number(row![j])
          // A square is a product: faster than a power, and the same number on every path to a derivative.
          case .power(2): stack[top] = stack[top] * stack[top]
          case .power(let n): stack[top] = .pow(stack[top], n)
          case .unary(let function): stack[top] = function(stack[top])
          case .binary(let function):
            top -= 1
            stack[top] = function(stack[top], stack[top + 1])
          }
        }
        return stack[0]
      }
    }
  }
}

// MARK: - Sentences

extension Formula {
  /// The error of a name that is none of the known ones.
  func unknown(_ name: String, _ kinds: String, among names: [String]) -> FormulaError {
    // What is in the formula already is not what another name in it was meant for.
    let guess = nearestName(to: name, among: names.filter { !self.names.contains($0) })
    return FormulaError(
      "‘\(name)’ at character \(positions[name]!) is no \(kinds)\(guess.map { "; did you mean ‘\($0)’?" } ?? ".")",
      in: text, at: positions[name]!)
  }

  /// Makes sure that names which were given are in the formula, and each of them once.
  func check(_ names: [String], are kind: String) throws(FormulaError) {
    var seen: Set<String> = []
    for name in names {
      guard seen.insert(name).inserted else {
        throw FormulaError("The \(kind) ‘\(name)’ is named twice.", in: text)
      }
      guard self.names.contains(name) else {
        let guess = nearestName(to: name, among: self.names.filter { !names.contains($0) })
        throw FormulaError(
          "There is no \(kind) ‘\(name)’ in the formula\(guess.map { "; did you mean ‘\($0)’?" } ?? ".")",
          in: text)
      }
    }
  }
}
