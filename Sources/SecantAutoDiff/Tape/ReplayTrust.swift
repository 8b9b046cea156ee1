internal import SecantLinearAlgebra

/// Whether a recording may be used at another point, as far as the evaluations until now have shown.
///
/// Two things speak against it. A branch that goes elsewhere is met by the replay itself, which was in vain: where that
/// happens often, every evaluation records for a while. What changes a formula without a branch, a captured variable
/// say, is met by a look: an evaluation that is replayed and then recorded all the same. Where its branches are those of
/// the recording and the formula is another one, nothing is replayed any more.
struct ReplayTrust {
  /// How many evaluations there were.
  private(set) var evaluations = 0
  /// Whether the evaluation that is recorded now is a look.
  private(set) var isLooking = false
  /// Whether the formula changes of itself.
  private var isBroken = false
  /// The evaluation from which on a replay is a look.
  private var nextLook = 2
  /// That of the last recording, or nil where it is not known.
  private var fingerprint: Int?
  /// Grows with every branch that went elsewhere, and falls with every replay.
  private var surprises = 0
  /// For how many evaluations no replay is tried.
  private var pause = 0
  private var generator = RandomGenerator(seed: 0)

  // A recording and its plan cost some thirty replays: they pay where four of five replays succeed.
  private static var weightOfSurprise: Int { 4 }
  private static var mostSurprises: Int { 8 }
  private static var pauseAfterThem: Int { 64 }
  /// So far apart are looks at most, and half of that in the mean: they cost a hundredth of the replays.
  private static var longestGap: Int { 4096 }

  var allowsReplay: Bool { evaluations > 0 && !isBroken && pause == 0 }

  /// Counts a replay that has met the branches of the recording, and says whether it will do: otherwise it is a look.
  ///
  /// Looks come at irregular times, for a formula may change at regular ones: at the 2nd evaluation, and each after a random
  /// part of the evaluations before it.
  mutating func accept() -> Bool {
    isLooking = evaluations + 1 >= nextLook
    if isLooking { return false }
    evaluations += 1
    surprises = max(0, surprises - 1)
    return true
  }

  /// Counts a recording that is never to be replayed.
  mutating func countRecording() { evaluations += 1 }

  /// What a recording shows.
  enum Finding {
    /// The formula of the plan.
    case same
    /// Another one.
    case new
    /// Nothing that is worth a plan.
    case passing
  }

  /// Whether it pays to look at what is recorded now.
  mutating func wantsFingerprint() -> Bool {
    if pause > 0 { pause -= 1 }
    return !isBroken && pause == 0
  }

  /// Counts a recording.
  ///
  /// - Parameters:
  ///   - found: its fingerprint.
  ///   - suppliesTheSame: whether the functions that the user supplied are those of the recording before.
  mutating func judge(_ found: Int, suppliesTheSame: Bool) -> Finding {
    evaluations += 1
    let isSame = found == fingerprint && suppliesTheSame
    if isLooking {
      isLooking = false
      isBroken = !isSame
      nextLook = evaluations + 1 + generator.integer(below: min(evaluations, ReplayTrust.longestGap))
    } else if !isSame, fingerprint != nil {
      surprises += ReplayTrust.weightOfSurprise
    }
    fingerprint = found
    if isSame { return .same }
    if isBroken { return .passing }
    guard surprises > ReplayTrust.mostSurprises else { return .new }
    surprises = ReplayTrust.mostSurprises
    pause = ReplayTrust.pauseAfterThem
    fingerprint = nil
    return .passing
  }
}

/// A number that changes, all but surely, with any step, operand, constant or output.
@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func fingerprintOfSteps<Scalar: LAPACKScalar>(
  _ entries: UnsafePointer<TapeEntry>, _ values: UnsafeMutablePointer<Scalar>, _ range: Range<Int>,
  outputs: [UInt32]
) -> Int {
  var hash = UInt64(range.lowerBound)
  func mix(_ number: UInt64) { hash = (hash ^ number) &* 0x9E37_79B9_7F4A_7C15 &+ (hash >> 29) }
  mix(UInt64(range.count))
  for k in range {
    let entry = entries[k]
    mix(UInt64(entry.left) << 32 | UInt64(entry.right))
    mix(UInt64(entry.operation.rawValue) << 32 | UInt64(UInt32(bitPattern: entry.detail)))
    if entry.operation == .constant { mix(Double(values[k]).bitPattern) }
  }
  for output in outputs { mix(UInt64(output)) }
  return Int(truncatingIfNeeded: hash)
}
