internal import Secant

/// An element of a formula in postfix order: operands before what is done with them.
enum Symbol: Equatable, Sendable {
  case number(Double)
  case name(String)
  case unary(UnaryFunction)
  case binary(BinaryFunction)
}

/// Puts the words of a formula into postfix order.
///
/// What waits for its right operand, and every open parenthesis, lies on a stack of its own, so no formula is nested
/// too deeply: there is no recursion.
///
/// - **Reference**: Dijkstra, *Algol 60 translation*, Mathematisch Centrum MR 35/61, 1961: the shunting yard.
struct Parser {
  let formula: String
  let tokens: ArraySlice<Token>
  private(set) var output: [Symbol] = []
  private var pending: [Pending] = []
  /// The word that is being read.
  private var index: Int
  /// Whether an operand is to come, or else an operator.
  private var expectsOperand = true

  private enum Pending {
    case negation
    case binary(BinaryFunction)
    case parenthesis(opened: Token)
    case call(Token, NamedFunction, arguments: Int, opened: Token)

    /// 0 for a parenthesis: it binds nothing.
    var precedence: Int {
      switch self {
      case .negation: BinaryFunction.precedenceOfNegation
      case .binary(let function): function.precedence!
      case .parenthesis, .call: 0
      }
    }
  }

  /// Parses the words of `tokens`, which are a part of a formula.
  init(_ tokens: ArraySlice<Token>, of formula: String) throws(FormulaError) {
    self.formula = formula
    self.tokens = tokens
    index = tokens.startIndex
    while index < tokens.endIndex {
      if expectsOperand { try readOperand(tokens[index]) } else { try readOperator(tokens[index]) }
      index += 1
    }
    if expectsOperand { throw missingOperand(before: nil) }
    finish { $0 > 0 }
    switch pending.last {
    case .parenthesis(let open), .call(_, _, _, let open): throw neverClosed(open)
    default: break
    }
  }

  private mutating func readOperand(_ token: Token) throws(FormulaError) {
    let next = index + 1 < tokens.endIndex ? tokens[index + 1] : nil
    switch token.kind {
    case .number(let number):
      output.append(.number(number))
      expectsOperand = false
    case .name:
      if let next, next.kind == .open {
        pending.append(.call(token, try function(named: token), arguments: 1, opened: next))
        index += 1
      } else {
        if NamedFunction.all[token.text] != nil { throw missingArgument(of: token, next) }
        output.append(.name(token.text))
        expectsOperand = false
      }
    case .open: pending.append(.parenthesis(opened: token))
    case .operation(.sum): break
    case .operation(.difference): pending.append(.negation)
    case .operation, .comma, .close: throw missingOperand(before: token)
    case .equals: throw misplaced(equals: token)
    }
  }

  private mutating func readOperator(_ token: Token) throws(FormulaError) {
    switch token.kind {
    case .operation(let function):
      // A power waits for the one on its right, and every other operator is done from the left.
      let precedence = function.precedence!
      finish { $0 > precedence || $0 == precedence && function != .power }
      pending.append(.binary(function))
      expectsOperand = true
    case .comma:
      finish { $0 > 0 }
      guard case .call(let name, let function, let count, let open) = pending.popLast() else {
        throw error(
          "The comma separates no arguments of a function; a decimal is written with a point", at: token)
      }
      pending.append(.call(name, function, arguments: count + 1, opened: open))
      expectsOperand = true
    case .close:
      finish { $0 > 0 }
      switch pending.popLast() {
      case .call(let name, let function, let count, _): try call(function, name, with: count)
      case .parenthesis: break
      default:
        throw FormulaError(
          "The parenthesis closed at character \(token.position) was never opened.", in: formula,
          at: token.position)
      }
    case .number, .name, .open: throw missingOperator(before: token)
    case .equals: throw misplaced(equals: token)
    }
  }

  /// Does what waits, as long as it binds tightly enough.
  private mutating func finish(while binds: (Int) -> Bool) {
    while let last = pending.last, binds(last.precedence) {
      pending.removeLast()
      switch last {
      case .negation: output.append(.unary(.negation))
      case .binary(let function): output.append(.binary(function))
      case .parenthesis, .call: preconditionFailure("a parenthesis binds nothing")
      }
    }
  }

  private mutating func call(
    _ function: NamedFunction, _ name: Token, with count: Int
  ) throws(FormulaError) {
    let demand: String
    switch function {
    case .unary(let function):
      if count == 1 { return output.append(.unary(function)) }
      demand = "1 argument"
    case .binary(let function, let arguments):
      if count == 2 { return output.append(.binary(function)) }
      demand = "2 arguments, \(arguments),"
    case .extremum(let function):
      if count >= 2 {
        return output.append(contentsOf: repeatElement(.binary(function), count: count - 1))
      }
      demand = "2 arguments or more"
    }
    throw error("The function ‘\(name.text)’ takes \(demand) and was given \(count)", at: name)
  }

  // MARK: Sentences

  private func error(_ statement: String, at token: Token) -> FormulaError {
    FormulaError("\(statement) (character \(token.position)).", in: formula, at: token.position)
  }

  private func neverClosed(_ open: Token) -> FormulaError {
    FormulaError(
      "The parenthesis opened at character \(open.position) is never closed.", in: formula, at: open.position)
  }

  private func misplaced(equals token: Token) -> FormulaError {
    error(
      "‘=’ has no place here; a formula is one side of an equation, and y = … names the response of a fit",
      at: token)
  }

  private func function(named name: Token) throws(FormulaError) -> NamedFunction {
    if let function = NamedFunction.all[name.text] { return function }
    let guess = nearestName(to: name.text, among: NamedFunction.all.keys.sorted())
    throw error(
      "There is no function ‘\(name.text)’; \(guess.map { "did you mean ‘\($0)’? A" } ?? "a") product is written "
        + "\(name.text)*(…)", at: name)
  }

  private func missingArgument(of name: Token, _ next: Token?) -> FormulaError {
    let argument =
      switch next?.kind {
      case .number, .name: next!.text
      default: "…"
      }
    return error(
      "The function ‘\(name.text)’ takes its argument in parentheses; write \(name.text)(\(argument))",
      at: name)
  }

  private func missingOperator(before token: Token) -> FormulaError {
    let last = tokens[index - 1]
    if last.kind == .close {
      return error(
        "An operator is missing before ‘\(token.text)’; write )*\(token.text) for a product", at: token)
    }
    let product = "\(last.text)*\(token.text)\(token.kind == .open ? "…)" : "")"
    return error(
      "An operator is missing between ‘\(last.text)’ and ‘\(token.text)’; write \(product) for a product",
      at: token)
  }

  /// - Parameter token: what stands where an operand should, or nil at the end.
  private func missingOperand(before token: Token?) -> FormulaError {
    guard index > tokens.startIndex else {
      guard let token else { return FormulaError("The formula is empty.", in: formula) }
      return error("‘\(token.text)’ has nothing on its left", at: token)
    }
    let last = tokens[index - 1]
    guard let token else {
      // Of what was opened and broken off, the opening tells more than the end.
      return last.kind == .open
        ? neverClosed(last)
        : error(
          "The formula ends after ‘\(last.text)’, where a number, a name or a parenthesis is missing",
          at: last)
    }
    guard last.kind == .open, token.kind == .close else {
      return error(
        "‘\(token.text)’ follows ‘\(last.text)’, and between them a number, a name or a parenthesis is missing",
        at: token)
    }
    if case .call(let name, _, _, _) = pending.last {
      return error("The function ‘\(name.text)’ is called without an argument", at: name)
    }
    return error("There is nothing between these parentheses", at: token)
  }
}
