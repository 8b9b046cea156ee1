import ArgumentParser

/// The command `secant`.
@main struct SecantCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secant", abstract: "First- and second-order minimisation, side by side.",
    subcommands: [CompareCommand.self, MinimizeCommand.self])

  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    await main(arguments.first == "minimize" ? MinimizeCommand.shielded(arguments) : arguments)
  }
}
