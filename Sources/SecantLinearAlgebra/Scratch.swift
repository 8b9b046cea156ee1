/// A work buffer whose contents carry nothing from one step to the next.
///
/// A state that holds one stays comparable and small when encoded: two scratch buffers of the same size are equal
/// whatever they hold, and only the size is encoded. What is read before it was written is unspecified.
public struct Scratch<Scalar: LAPACKScalar>: Workspace {
  /// The buffer itself.
  public var vector: Vector<Scalar>

  /// The number of elements.
  @inlinable public var shape: Int { vector.count }

  /// A buffer of `count` elements.
  @inlinable public init(_ count: Int) { vector = Vector(zeros: count) }

  @inlinable public init(shape count: Int) { self.init(count) }
}
