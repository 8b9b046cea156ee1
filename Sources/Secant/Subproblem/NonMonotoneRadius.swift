/// Any radius rule with a memory: f may rise for a while, if it falls below the highest of its last values.
///
/// The rule is shown the greater of two ratios, that of this step and that of all steps since the highest f(x_r) of
/// the last M values, in which model and function are compared over the whole way:
///
///     ρ = max( (f − f₊)/m,  (f(x_r) − f₊)/(Σmᵢ + m) )
///
/// with m what a step promised. In a narrow valley that bends, steps along it that climb a little are longer.
///
/// - **Reference**: Toint, *SIAM J. Sci. Comput.* 17 (1996) 725–739; Conn, Gould and Toint, *Trust-Region Methods*
///   (2000), algorithm 10.1.2.
///
/// | book | here |
/// | --- | --- |
/// | f(x_r), σ_r | a value of `values`, the promise of `promises` |
/// | M | `memory` |
public struct NonMonotoneRadius<Rule: RadiusRule>: RadiusRule {
  public typealias Scalar = Rule.Scalar

  /// The rule that is shown ρ.
  public var rule: Rule
  /// M, the number of values that are remembered.
  public var memory: Int

  @inlinable public init(_ rule: Rule, memory: Int = 10) {
    self.rule = rule
    self.memory = memory
  }

  /// The last values and what was promised since each.
  public struct Memory: Sendable, Codable, Equatable {
    /// What the rule itself remembers.
    public var rule: Rule.Memory
    /// The values of the last points that were left, the next one to be written over at `position`.
    @usableFromInline var values: Vector<Scalar>
    /// What the steps from each of these points on have promised together.
    @usableFromInline var promises: Vector<Scalar>
    @usableFromInline var count = 0
    @usableFromInline var position = 0

    @usableFromInline init(_ rule: Rule.Memory, _ count: Int) {
      self.rule = rule
      values = Vector(zeros: count)
      promises = Vector(zeros: count)
    }
  }

  @inlinable public func allocate() -> Memory {
    Memory(rule.allocate(), Swift.min(Swift.max(memory, 0), 100_000))
  }

  @inlinable public var initial: Scalar? { rule.initial }
  @inlinable public var largest: Scalar { rule.largest }

  @inlinable public func judge(
    _ trial: TrialStep<Scalar>, _ radius: inout Scalar, _ memory: inout Memory
  ) -> Bool {
    var shown = trial
    let decrease = trial.step.decrease
    let trialValue = trial.value + trial.change
    if trialValue.isFinite {
      for i in 0..<memory.count {
        let ρ = (memory.values[i] - trialValue) / (memory.promises[i] + decrease)
        if ρ > shown.ratio && memory.values[i] >= trial.value { shown.ratio = ρ }
      }
    }
    let isTaken = rule.judge(shown, &radius, &memory.rule)
    // M of the run, which the memory was allocated for.
    let M = memory.values.count
    if isTaken && M > 0 {
      memory.values[memory.position] = trial.value
      memory.promises[memory.position] = 0
      memory.count = Swift.min(memory.count + 1, M)
      memory.position = (memory.position + 1) % M
      for i in 0..<memory.count { memory.promises[i] += decrease }
    }
    return isTaken
  }

  public var complaint: String? {
    if !(0...100_000).contains(memory) {
      return "memory (M) is \(memory): remember from 0 to 100000 values, such as 10."
    }
    return rule.complaint
  }
}
