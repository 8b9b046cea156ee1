import ArgumentParser

/// The command `secant`.
@main struct SecantCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secant", abstract: "First- and second-order minimisation, side by side.",
    subcommands: [CompareCommand.self])
}
