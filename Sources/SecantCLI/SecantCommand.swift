import ArgumentParser

/// The command `secant`.
@main struct SecantCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secant", abstract: "First- and second-order minimisation, side by side.",
    subcommands: [
      AdviseCommand.self, CertifyCommand.self, CompareCommand.self, FitCommand.self, MinimizeCommand.self,
      ProblemsCommand.self,
      ProfileCommand.self,
    ])

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    await main(
      ["advise", "fit", "minimize"].contains(arguments.first)
        ? MinimizeCommand.shielded(arguments) : arguments)
  }
}
