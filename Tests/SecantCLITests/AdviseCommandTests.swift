import Foundation
import Testing

@Suite struct AdviseCommandTests {
  @Test func advisesOnAFormula() throws {
    let command = try Command(
      "advise", "(1-x)^2 + 100*(y-x^2)^2", "--start", "x=-1.2,y=1", "--conventional")
    #expect(command.status == 0)
    for words in ["2 variables", "f = 24.2", "Take ", "What the figures do not tell", "This advice cost"] {
      #expect(command.output.contains(words), "\(command.output)")
    }
  }

  @Test func advisesOnAProblemOfTheLibraryForMachines() throws {
    let command = try Command("advise", "--problem", "ridge", "--conventional", "--json")
    #expect(command.status == 0)
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
    let measured = try #require(answer["measurements"] as? [String: Any])
    #expect(measured["dimension"] as? Int == 11)
    #expect((answer["forecasts"] as? [[String: Any]])?.first?["method"] is String)
  }

  @Test func withinBounds() throws {
    let command = try Command(
      "advise", "-x + exp(x) + y^2", "--start", "x=1,y=1", "--bounds", "y=0.5:", "--conventional")
    #expect(command.status == 0 && command.output.contains("within bounds"))
    #expect(command.output.contains("lbfgsb"))
  }

  /// A line, and what falls ever faster; a bound makes a minimum of the line's.
  @Test func saysThatFFallsWithoutEnd() throws {
    for formula in ["x", "-x^2"] {
      let command = try Command("advise", formula, "--start", "x=1", "--conventional")
      #expect(command.output.contains("f falls without end"), "\(command.output)")
    }
    for more in [["x", "--bounds", "x=0:"], ["(x^2 - 1)^2", "--bounds", "x=:5"], ["x^4 - x^2"]] {
      let command = try Command(["advise", "--start", "x=0.1", "--conventional"] + more)
      #expect(!command.output.contains("f falls without end"), "\(command.output)")
    }
  }

  @Test func countsOneThingInTheSingular() throws {
    let command = try Command("advise", "x^2", "--start", "x=1", "--conventional")
    #expect(command.output.contains(" 1 step\n"), "\(command.output)")
    let verification = try Command("advise", "--verify", "--conventional", "--problems", "beale")
    #expect(verification.output.contains("On 1 problem the"), "\(verification.output)")
    for word in [" 1 steps", " 1 Hessians", " 1 gradients", " 1 values"] {
      #expect(!command.output.contains(word), "\(command.output)")
    }
  }

  @Test func verifiesItself() throws {
    let command = try Command("advise", "--verify", "--conventional", "--problems", "beale,quadratic")
    #expect(command.status == 0 && command.output.contains("On 2 problems the advised method solves"))
  }

  @Test(arguments: [
    ([], "There is nothing to advise on"),
    (["--problem", "rosenbrok"], "did you mean ‘rosenbrock’?"),
    (["x^2", "--problem", "beale"], "Give one of a formula, --problem and --verify."),
    (["x^2"], "‘x’ in the formula has no start"),
    (["x^2", "--start", "x=1", "--tolerance", "0"], "--tolerance is 0.0"),
    (["--problem", "beale", "--start", "x=1"], "--start and --bounds are for a formula"),
    (["--problem", "beale", "--bounds", "x=1:"], "--start and --bounds are for a formula"),
    (["--verify", "--start", "x=1"], "--start and --bounds are for a formula"),
    (["--verify", "--bounds", "x=1:"], "--start and --bounds are for a formula"),
    (["--verify", "--problem", "beale"], "Give one of a formula, --problem and --verify."),
    (["x^2", "--verify"], "Give one of a formula, --problem and --verify."),
    (["--problem", "beale", "--problems", "nosuch"], "choose the problems of --verify"),
    (["--problem", "beale", "--class", "convex"], "choose the problems of --verify"),
    (["--problem", "beale", "--dimension", "2"], "choose the problems of --verify"),
    (["x^2", "--start", "x=1", "--problems", "beale"], "choose the problems of --verify"),
    (["x^2", "--start", "x=1", "--class", "convex"], "choose the problems of --verify"),
    (["x^2", "--start", "x=1", "--dimension", "2"], "choose the problems of --verify"),
    (["--class", "convex"], "There is nothing to advise on"),
    (["x^2", "+", "1", "--start", "x=1"], "put it in quotes"),
    (["x^2", "--start", "x=1", "y=1"], "join what an option sets by commas"),
  ]) func whatMakesNoSenseIsRefused(_ arguments: [String], _ sentence: String) throws {
    let command = try Command(["advise"] + arguments)
    #expect(command.status == 64)
    #expect(command.errors.contains(sentence), "\(command.errors)")
  }

  /// As ‘secant minimize’ begins.
  @Test func aStartOutsideTheBoundsIsMovedInside() throws {
    let command = try Command(
      "advise", "log(x) + x^2", "--start", "x=-1", "--bounds", "x=0.5:3", "--conventional")
    #expect(command.output.contains("at the start f = -0.44"), "\(command.output)")
    #expect(command.output.contains("The start given lay outside the bounds"))
  }

  /// No method, and a sentence why.
  @Test func aBadStartIsNamed() throws {
    let command = try Command("advise", "log(x)", "--start", "x=-1")
    #expect(command.status == 1 && command.output.contains("choose another start"))
  }
}
