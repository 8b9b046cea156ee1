internal import CLAPACKE
import Foundation

/// What computes: versions and machine.
public struct Machine: Sendable, Equatable, Codable {
  /// The version of this package.
  public var secant: String
  /// That of Swift's standard library.
  public var swift: String
  /// OpenBLAS's version and how it was built, and for which processor its kernels are.
  public var openBLAS: String
  public var processor: String
  public var cores: Int
  public var system: String

  /// This one.
  public static let current = Machine(
    secant: version, swift: "\(_SwiftStdlibVersion.current)", openBLAS: blas, processor: model,
    cores: ProcessInfo.processInfo.processorCount,
    system: "\(ProcessInfo.processInfo.operatingSystemVersionString), \(kernel)")

  /// The version of this package.
  public static let version = "0.1.0"

  public var sentence: String {
    "Secant \(secant), Swift \(swift), \(openBLAS), on \(processor) with \(cores) core\(cores == 1 ? "" : "s"); \(system)."
  }

  private static var blas: String {
    openblas_get_config().map { String(cString: $0).split(separator: " ").joined(separator: " ") }
      ?? "OpenBLAS"
  }

  private static var model: String {
    let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    return information?.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "an unknown processor"
  }

  private static var kernel: String {
    let release = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    return "Linux \(release?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "of an unknown release")"
  }
}
