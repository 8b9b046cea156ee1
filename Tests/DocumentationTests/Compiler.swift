import Foundation

/// The Swift compiler, with the modules that this test run was built with in reach.
struct Compiler {
  struct Output {
    let status: Int32
    let text: String
    var succeeded: Bool { status == 0 }
  }

  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Where SwiftPM put what it built: the folder of this executable.
  private static let products = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent()

  private static var searchPaths: [String] {
    let maps =
      [
        products.appending(path: "CKernels.build/module.modulemap"),
        products.appending(path: "CDataSets.build/module.modulemap"),
        package.appending(path: "Sources/CLAPACKE/module.modulemap"),
        package.appending(
          path: ".build/checkouts/swift-numerics/Sources/_NumericsShims/include/module.modulemap"),
      ].flatMap { ["-Xcc", "-fmodule-map-file=\($0.path)"] }
    return ["-swift-version", "6", "-I", products.appending(path: "Modules").path] + maps
      + ["CKernels", "CDataSets"].flatMap {
        ["-Xcc", "-I\(package.appending(path: "Sources/\($0)/include").path)"]
      }
  }

  /// Type-checks a program.
  static func check(_ source: String) throws -> Output {
    try inTemporaryFile(source) { file, _ in
      try run(["swiftc", "-typecheck"] + searchPaths + [file.path])
    }
  }

  /// Compiles and runs a program.
  static func run(_ source: String) throws -> Output {
    try inTemporaryFile(source) { file, folder in
      let executable = folder.appending(path: "program")
      var modules = [
        "SecantAutoDiff", "Secant", "SecantLinearAlgebra", "CKernels", "RealModule", "_NumericsShims",
      ]
      if source.contains("import SecantCompare") {
        modules += ["SecantCompare", "SecantProblems", "CDataSets", "SwiftCSV", "Mustache"]
      }
      let objects = try modules.flatMap(objectFiles)
      let compilation = try run(
        ["swiftc", "-o", executable.path] + searchPaths + [file.path] + objects
          + ["-llapacke", "-lopenblas", "-lm"])
      guard compilation.succeeded else { return compilation }
      return try run([executable.path], in: folder)
    }
  }

  /// What a module was compiled to, without what is left of source files that are gone.
  private static func objectFiles(of module: String) throws -> [String] {
    let build = products.appending(path: "\(module).build")
    let sources = package.appending(path: "Sources/\(module)").path
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: sources))?
      .map { URL(filePath: $0).lastPathComponent }
    return try FileManager.default.subpathsOfDirectory(atPath: build.path)
      .filter { $0.hasSuffix(".o") && names?.contains(String($0.dropLast(2))) ?? true }
      .map { build.appending(path: $0).path }
  }

  private static func inTemporaryFile(_ source: String, _ body: (URL, URL) throws -> Output) throws -> Output
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: "secant-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "main.swift")
    try source.write(to: file, atomically: true, encoding: .utf8)
    return try body(file, folder)
  }

  private static func run(_ command: [String], in folder: URL? = nil) throws -> Output {
    let process = Process()
    process.currentDirectoryURL = folder
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Output(status: process.terminationStatus, text: text)
  }
}
