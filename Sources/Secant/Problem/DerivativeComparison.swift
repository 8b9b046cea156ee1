/// Whether two sources of the same derivatives agree at a point, and where they differ most.
public struct DerivativeComparison<Scalar: LAPACKScalar>: Sendable, CustomStringConvertible {
  /// What was compared.
  public enum Quantity: String, Sendable, Codable, CaseIterable {
    case value, gradient, hessianVectorProduct
  }

  /// Where two sources differ most in one quantity.
  public struct Difference: Sendable {
    /// What was compared.
    public let quantity: Quantity
    /// The element concerned, a row of the Hessian for a product with it; nil for a value.
    public let coordinate: Int?
    /// What the first source says there.
    public let first: Scalar
    /// What the second source says there.
    public let second: Scalar
    /// |first − second|, as a part of the largest element of either source; NaN where one of the two is not finite.
    public let relative: Scalar
  }

  /// What was compared, and the element of each that differs most: value, gradient and, where both sources offer it, the
  /// product with the Hessian.
  public let differences: [Difference]
  /// The relative difference that counts as none.
  public let tolerance: Scalar

  /// The worst of all: one that is not finite before any other.
  public var worst: Difference {
    differences.max {
      ($0.relative.isNaN ? .infinity : $0.relative) < ($1.relative.isNaN ? .infinity : $1.relative)
    }!
  }

  /// Whether every element of every quantity is finite, and the same within the tolerance.
  public var agrees: Bool { differences.allSatisfy { $0.relative <= tolerance } }

  public var description: String {
    let worst = worst
    if agrees {
      return "The derivatives agree: they differ by \(brief(worst.relative)) of the largest element at most."
    }
    let numbers =
      "\(brief(worst.first, digits: 7)) by the first source and \(brief(worst.second, digits: 7)) by the second"
    guard !worst.relative.isNaN else {
      return
        "The derivatives cannot be compared here: \(worst.place) is \(numbers); choose a point where both are finite."
    }
    return """
      The derivatives disagree: \(worst.place) is \(numbers), which differ by \(brief(worst.relative)) of the largest \
      element; the tolerance is \(brief(tolerance)).
      """
  }
}

extension DerivativeComparison.Difference {
  fileprivate var place: String {
    switch quantity {
    case .value: "the value"
    case .gradient: "component \(coordinate ?? 0) of the gradient"
    case .hessianVectorProduct: "row \(coordinate ?? 0) of the Hessian, times a vector,"
    }
  }

  /// The element in which two vectors differ most.
  fileprivate init(_ quantity: DerivativeComparison.Quantity, _ a: Vector<Scalar>, _ b: Vector<Scalar>) {
    var (worst, largest): (Int, Scalar) = (0, -1)
    for i in a.indices {
      guard a[i].isFinite, b[i].isFinite else {
        (worst, largest) = (i, .nan)
        break
      }
      // Halves, so that the difference of two large numbers does not overflow.
      let difference = abs(a[i] / 2 - b[i] / 2)
      if difference > largest { (worst, largest) = (i, difference) }
    }
    let scale = Swift.max(a.largestMagnitude, b.largestMagnitude) / 2
    self.init(
      quantity: quantity, coordinate: quantity == .value ? nil : worst, first: a[worst], second: b[worst],
      relative: largest == 0 ? 0 : largest / scale)
  }
}

/// Compares what two sources say of the same function at a point, and names the coordinate where they differ most: its
/// value, its gradient and, where both know them, its products with the Hessian.
///
/// ```swift
/// print(compareDerivatives(of: byHand, and: Differentiated(formula), at: x))
/// // The derivatives disagree: component 1 of the gradient is 88 by the first source and -88 by the second, …
/// ```
///
/// Any two problems are sources: by hand, from a formula, by ``FiniteDifferenceGradient``. Each quantity is measured by its
/// largest element, so the point should be one where the gradient does not vanish. The product is with one vector of
/// elements of either sign and of different lengths, so that an error in any row of the Hessian is seen.
///
/// A gradient or a product of another number of elements than the point has is a precondition. What a source throws is
/// thrown: as that type where both sources have the same `Failure`, and as `any Error` otherwise.
///
/// - Parameters:
///   - a: the first source.
///   - b: the second source, of the same function.
///   - x: the point.
///   - tolerance: the relative difference that counts as none; by default √ε, half of the digits, which differences of
///     values keep. Two exact sources agree to a few ε times the condition of the formula.
public func compareDerivatives<A: DifferentiableObjective, B: DifferentiableObjective>(
  of a: A, and b: B, at x: Vector<A.Scalar>, tolerance: A.Scalar = A.Scalar.ulpOfOne.squareRoot()
) throws(A.Failure) -> DerivativeComparison<A.Scalar> where A.Scalar == B.Scalar, A.Failure == B.Failure {
  do {
    return try compare(a, b, at: x, tolerance)
  } catch {
    throw error as! A.Failure
  }
}

// The same where the sources' errors are of two types.
@_documentation(visibility: internal) @_disfavoredOverload
public func compareDerivatives<A: DifferentiableObjective, B: DifferentiableObjective>(
  of a: A, and b: B, at x: Vector<A.Scalar>, tolerance: A.Scalar = A.Scalar.ulpOfOne.squareRoot()
) throws -> DerivativeComparison<A.Scalar> where A.Scalar == B.Scalar {
  try compare(a, b, at: x, tolerance)
}

private func compare<A: DifferentiableObjective, B: DifferentiableObjective>(
  _ a: A, _ b: B, at x: Vector<A.Scalar>, _ tolerance: A.Scalar
) throws -> DerivativeComparison<A.Scalar> where A.Scalar == B.Scalar {
  precondition(!x.isEmpty, "there is nothing to compare at a point without elements")
  precondition(tolerance >= 0, "the tolerance is \(tolerance); give a number that is zero or more")
  typealias Difference = DerivativeComparison<A.Scalar>.Difference
  func check(_ quantity: String, _ first: Vector<A.Scalar>, _ second: Vector<A.Scalar>) {
    for (source, found) in [("first", first), ("second", second)] {
      precondition(
        found.count == x.count,
        "the \(source) source made \(quantity) of \(found.count) elements at a point of \(x.count): give as many"
      )
    }
  }
  var (ga, gb) = (Vector<A.Scalar>(zeros: x.count), Vector<A.Scalar>(zeros: x.count))
  let fa = try a.valueAndGradient(at: x, into: &ga)
  let fb = try b.valueAndGradient(at: x, into: &gb)
  check("a gradient", ga, gb)
  var differences = [Difference(.value, [fa], [fb]), Difference(.gradient, ga, gb)]
  if let a = a as? any HessianVectorObjective<A.Scalar>, let b = b as? any HessianVectorObjective<A.Scalar> {
    var generator = RandomGenerator(seed: 0)
    let v = Vector<A.Scalar>(
      x.map { _ in
        let draw: A.Scalar = 2 * generator.uniform() - 1
        return (draw < 0 ? -1 : 1) * (1 + abs(draw)) / 2
      })
    try a.hessian(times: v, at: x, into: &ga)
    try b.hessian(times: v, at: x, into: &gb)
    check("a product with the Hessian", ga, gb)
    differences.append(Difference(.hessianVectorProduct, ga, gb))
  }
  return DerivativeComparison(differences: differences, tolerance: tolerance)
}
