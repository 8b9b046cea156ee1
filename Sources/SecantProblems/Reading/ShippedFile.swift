import CDataSets

/// The files that are part of the package: `Data/README.md` names their sources and licences.
///
/// They are embedded in the binary, so a program that was installed or moved needs nothing beside it; a resource
/// bundle is looked up beside the executable or at the path of the build, and both can be gone.
public enum ShippedFile {
  /// The names of all files.
  public static var names: [String] { all.map { String(cString: $0.name) } }

  /// The bytes of a file, where they stand in the binary, or nil when there is no such file.
  public static func bytes(named name: String) -> UnsafeBufferPointer<UInt8>? {
    guard let file = all.first(where: { String(cString: $0.name) == name }) else { return nil }
    return UnsafeBufferPointer(start: file.bytes, count: file.count)
  }

  /// Sonnets of William Shakespeare (London 1609) in modern spelling, in the public domain.
  public static var sonnets: String {
    guard let text = try? text(named: "sonnets.txt") else {
      preconditionFailure("the embedded file sonnets.txt is not what it should be")
    }
    return text
  }

  static func text(named name: String) throws(DataError) -> String {
    guard let bytes = bytes(named: name) else { throw DataError(.unknownDataSet(name), in: name) }
    return try SecantProblems.text(of: bytes, name: name)
  }

  private static var all: UnfoldSequence<secant_data_file, Int> {
    sequence(state: 0) { index in
      defer { index += 1 }
      let file = secant_data_file_at(index)
      return file.name == nil ? nil : file
    }
  }
}
