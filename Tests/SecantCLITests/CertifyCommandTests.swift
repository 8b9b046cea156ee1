import Foundation
import Testing

@Suite(.serialized) struct CertifyCommandTests {
  @Test func listsTheTheorems() throws {
    let command = try Command("certify")
    #expect(command.status == 0)
    for text in ["nesterov-convex", "adam-fails", "(wrong on purpose)", "of them wrong on purpose"] {
      #expect(command.output.contains(text))
    }
  }

  @Test func certifiesAMethodInWordsAndInAPicture() throws {
    let command = try Command("certify", "nesterov")
    #expect(command.status == 0, "\(command.errors)")
    for text in [
      "nesterov-convex", "nesterov-strongly-convex", "confirmed", "2L‖x₀ − x*‖² / (k + 1)²",
      "It does not show",
      "a the bound   b measured", "2 of 2 theorems confirmed, 0 refuted, 0 undecided.",
    ] {
      #expect(command.output.contains(text))
    }
    #expect(!command.output.contains("\u{1B}"))
  }

  /// Adam's own regret bound is refuted, and its failure confirmed.
  @Test func tellsWhereAdamFails() throws {
    let command = try Command("certify", "adam")
    #expect(command.status == 0, "\(command.errors)")
    #expect(command.output.contains("Refuted: on the stream of 3x, −x and −x at T = "))
    #expect(command.output.contains("The claim is wrong on purpose."))
    #expect(command.output.contains("1 of 1 theorem confirmed"))
  }

  /// By spaces or by commas, each theorem once.
  @Test(arguments: [
    ["newton-quadratic", "heavy-ball-quadratic", "newton-quadratic"],
    ["newton-quadratic, heavy-ball-quadratic"],
  ])
  func certifiesSeveral(_ names: [String]) throws {
    let command = try Command(["certify"] + names)
    #expect(command.status == 0, "\(command.errors)")
    #expect(command.output.contains("2 of 2 theorems confirmed"), "\(command.output)")
  }

  @Test func certifiesAllAndWritesThePage() throws {
    try withFile("page.html", "") { page in
      let command = try Command("certify", "all", "--report", page)
      #expect(command.status == 0, "\(command.output)\(command.errors)")
      #expect(command.output.contains(" 0 refuted, 0 undecided; "))
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(html.contains("<h1>") && html.contains("heavy-ball-everywhere"))
      #expect(html.contains("secant certify all --report \(page)"))
      #expect(!html.contains("http://www.w3.org/1999/xhtml") && !html.contains("src=\"http"))
    }
  }

  /// The page's command can be pasted into a shell as it is.
  @Test func thePageHasItsCommandAsAShellReadsIt() throws {
    try withFile("my page.html", "") { page in
      let command = try Command("certify", "newton-cubic", "--seed", "3", "--report", page)
      #expect(command.status == 0, "\(command.output)\(command.errors)")
      let html = try String(contentsOfFile: page, encoding: .utf8).replacing("&#39;", with: "'")
      #expect(html.contains("secant certify newton-cubic --seed 3 --report '\(page)'"))
    }
  }

  @Test func writesJSONAndNothingElseToItsOutput() throws {
    let command = try Command("certify", "newton-quadratic", "--json", "-", "--seed", "3")
    #expect(command.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
    let theorems = try #require(object?["theorems"] as? [[String: Any]])
    #expect(object?["seed"] as? Int == 3 && theorems.count == 1)
    #expect(theorems[0]["verdict"] as? String == "confirmed" && theorems[0]["isAsExpected"] as? Bool == true)
  }

  @Test(arguments: [
    (["nestrov"], "There is no theorem or method ‘nestrov’; did you mean ‘nesterov’?"),
    (["newton", "nestrov"], "did you mean ‘nesterov’?"),
    (["newton,"], "There is no theorem or method ‘’; ‘secant certify’ prints those that there are."),
    (["nesterov", "--seed", "-1"], "a whole number from 0 on"),
    (["newton-quadratc"], "did you mean ‘newton-quadratic’?"),
    (["xyzzyxyzzyxyzzyxyzzy"], "‘secant certify’ prints those that there are."),
    (["--report", "page.html"], "Name a theorem, a method, or all"),
    (["nesterov", "--report", "/nowhere/page.html"], "/nowhere/page.html cannot be written"),
    (["nesterov", "--report", "-"], "--report needs the name of a file"),
    (["nesterov", "--seed", "-1"], "The value '-1' is invalid for '--seed <seed>'"),
  ]) func refusesWithASentence(arguments: [String], sentence: String) throws {
    let command = try Command(["certify"] + arguments)
    #expect(command.status == 64)
    #expect(command.errors.contains(sentence), "\(command.errors)")
    #expect(command.output.isEmpty)
  }
}
