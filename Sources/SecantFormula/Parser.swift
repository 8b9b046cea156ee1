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

  private enum Pending {
    case negation
    case binary(BinaryFunction)
    case parenthesis(Token)
    case call(Token, NamedFunction, arguments: Int)

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
    var expectsOperand = true
    var i = tokens.startIndex
    while i < tokens.endIndex {
      let token = tokens[i]
      let next = i + 1 < tokens.endIndex ? tokens[i + 1] : nil
      i += 1
      switch token.kind {
      case .number, .name, .open:
        if !expectsOperand { throw missingOperator(before: token, tokens[i - 2]) }
        switch token.kind {
        case .number(let number):
          output.append(.number(number))
          expectsOperand = false
        case .open: pending.append(.parenthesis(token))
        default:
          if next?.kind == .open {
            pending.append(.call(token, try function(named: token), arguments: 1))
            i += 1
            if i < tokens.endIndex, tokens[i].kind == .close {
              throw error("The function ‘\(token.text)’ is called without an argument", at: token)
            }
          } else {
            if NamedFunction.all[token.text] != nil { throw missingArgument(of: token, next) }
            output.append(.name(token.text))
            expectsOperand = false
          }
        }
      case .operation(let function) where expectsOperand:
        switch function {
        case .sum: break
        case .difference: pending.append(.negation)
        default: throw missingOperand(before: token, i - 2)
        }
      case .operation(let function):
        // A power waits for the one on its right, and every other operator is done from the left.
        let precedence = function.precedence!
        finish { $0 > precedence || $0 == precedence && function != .power }
        pending.append(.binary(function))
        expectsOperand = true
      case .comma where expectsOperand, .close where expectsOperand:
        throw missingOperand(before: token, i - 2)
      case .comma:
        finish { $0 > 0 }
        guard case .call(let name, let function, let count) = pending.popLast() else {
          throw error(
            "The comma separates no arguments of a function; a decimal is written with a point", at: token)
        }
        pending.append(.call(name, function, arguments: count + 1))
        expectsOperand = true
      case .close:
        finish { $0 > 0 }
        switch pending.popLast() {
        case .call(let name, let function, let count): try call(function, name, with: count)
        case .parenthesis: break
        default:
          throw FormulaError(
            "The parenthesis closed at character \(token.position) was never opened.", in: formula,
            at: token.position)
        }
      case .equals:
        throw error(
          "‘=’ has no place here; a formula is one side of an equation, and y = … names the response of a fit",
          at: token)
      }
    }
    if expectsOperand { throw missingOperand(before: nil, tokens.endIndex - 1) }
    finish { $0 > 0 }
    switch pending.last {
    case .parenthesis(let token): throw neverClosed(at: token.position)
    case .call(let name, _, _): throw neverClosed(at: tokens.first { $0.position > name.position }!.position)
    default: break
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

  private func neverClosed(at position: Int) -> FormulaError {
    FormulaError(
      "The parenthesis opened at character \(position) is never closed.", in: formula, at: position)
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

  private func missingOperator(before token: Token, _ last: Token) -> FormulaError {
    let product = "write \(last.text)*\(token.text)\(token.kind == .open ? "…)" : "") for a product"
    return error(
      last.kind == .close
        ? "An operator is missing before ‘\(token.text)’; write )*\(token.text) for a product"
        : "An operator is missing between ‘\(last.text)’ and ‘\(token.text)’; \(product)", at: token)
  }

  /// - Parameters:
  ///   - token: what stands where an operand should, or nil at the end.
  ///   - last: the index of the word before.
  private func missingOperand(before token: Token?, _ last: Int) -> FormulaError {
    guard last >= tokens.startIndex else {
      guard let token else { return FormulaError("The formula is empty.", in: formula) }
      return error("‘\(token.text)’ has nothing on its left", at: token)
    }
    let last = tokens[last]
    if let token {
      return error(
        last.kind == .open && token.kind == .close
          ? "There is nothing between these parentheses"
          : "‘\(token.text)’ follows ‘\(last.text)’, and between them a number, a name or a parenthesis is missing",
        at: token)
    }
    // Of what was opened and broken off, the opening tells more than the end.
    return last.kind == .open
      ? neverClosed(at: last.position)
      : error(
        "The formula ends after ‘\(last.text)’, where a number, a name or a parenthesis is missing", at: last)
  }
}
