import ArgumentParser
import Foundation
import Secant
import SecantCompare

/// The files that an answer is written to; `-` is the standard output.
struct Output {
  var report: String?
  var json: String?
  var csv: String?

  private var files: [String] { [report, json, csv].compactMap { $0 }.filter { $0 != "-" } }

  /// Makes sure that every file can be written before any time is spent, and that none is the one that is read.
  func check(reading input: String? = nil) throws {
    if report?.isEmpty ?? false {
      throw UsageError("--report needs the name of a file, such as report.html.")
    }
    if json?.isEmpty ?? false {
      throw UsageError("--json needs the name of a file, or ‘-’ for the standard output.")
    }
    if report == "-" { throw UsageError("--report needs the name of a file, such as report.html.") }
    if json == "-", csv == "-" { throw UsageError("--json and --csv cannot both go to the standard output.") }
    if let input, let data = Self.identity(of: input),
      let file = files.first(where: { Self.identity(of: $0) == data })
    {
      throw UsageError(
        "\(file) is where the data are read from, and would be overwritten; name another file.")
    }
    let paths = files.map { URL(filePath: $0).standardizedFileURL.resolvingSymlinksInPath().path }
    if let twice = files.indices.first(where: { paths[..<$0].contains(paths[$0]) }) {
      throw UsageError("\(files[twice]) is named for two outputs, of which one would overwrite the other.")
    }
    for file in files {
      let existed = FileManager.default.fileExists(atPath: file)
      guard let handle = fopen(file, "a") else { throw UsageError.unwritable(file) }
      fclose(handle)
      if !existed { try? FileManager.default.removeItem(atPath: file) }
    }
  }

  /// What a file is by whatever name: its device and its number there; nil for a terminal, a pipe or no file.
  private static func identity(of path: String) -> [UInt64]? {
    var status = stat()
    guard stat(path == "-" ? "/dev/stdin" : path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  func write(_ comparison: Comparison, against axis: Currency) throws {
    if let report {
      try write(Data(comparison.report().utf8), to: report)
    }
    if let json { try write(try comparison.json() + Data("\n".utf8), to: json) }
    if let csv { try write(Data(comparison.csv.utf8), to: csv) }
    // A stream that carries data carries nothing else.
    guard json != "-", csv != "-" else { return }
    print(comparison.summary(against: axis, width: Terminal.width, isColoured: Terminal.isColoured))
    if let report { Self.announce(report) }
  }

  /// Says where a page is, and how it gets its pictures where it has none.
  static func announce(_ report: String) {
    print("\nThe report is in \(report).")
    if !Gnuplot.isInstalled { print(Gnuplot.advice) }
  }

  func write(_ data: Data, to file: String) throws {
    guard file != "-" else { return FileHandle.standardOutput.write(data) }
    do { try data.write(to: URL(filePath: file)) } catch { throw UsageError.unwritable(file) }
  }
}

/// Does what a command does; what makes no sense about it is said in one sentence of ours, without the parser's usage text
/// around it.
func explained(_ body: () async throws -> Void) async throws {
  do { try await body() } catch let error as ExitCode { throw error } catch {
    FileHandle.standardError.write(Data("secant: \(error)\n".utf8))
    throw ExitCode(64)
  }
}

extension UsageError {
  /// The system's own reason stands in `errno`.
  static func unwritable(_ file: String) -> UsageError {
    UsageError("\(file) cannot be written: \(String(cString: strerror(errno))).")
  }
}
