public import CKernels

/// A scalar for which the fused elementwise kernels and reductions exist: `Float` and `Double`.
///
/// A plain Swift loop on Linux is compiled for SSE2, keeps a square root's errno branch and may not reorder a sum;
/// the kernels are C, compiled for AVX-512, AVX2 and the baseline, and use several threads from 100,000 elements on.
/// Their bits depend on the operands alone, never on the instruction set or the number of threads.
public protocol KernelScalar {
  /// xᵀy.
  static func _dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self

  /// ‖x‖∞, NaN where an element is NaN.
  static func _largest(_ n: Int, _ x: UnsafePointer<Self>) -> Self

  /// r ← x + a y, where r may be x.
  static func _step(
    _ n: Int, _ r: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ a: Self,
    _ y: UnsafePointer<Self>)

  /// r ← b (x + a y) and returns rᵀz, where r may be x.
  static func _stepDot(
    _ n: Int, _ r: UnsafeMutablePointer<Self>, _ b: Self, _ x: UnsafePointer<Self>, _ a: Self,
    _ y: UnsafePointer<Self>, _ z: UnsafePointer<Self>
  ) -> Self

  /// s ← x₊ − x and y ← g₊ − g; returns sᵀy, yᵀy and sᵀs.
  static func _pair(
    _ n: Int, _ s: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ x₊: UnsafePointer<Self>,
    _ x: UnsafePointer<Self>, _ g₊: UnsafePointer<Self>, _ g: UnsafePointer<Self>
  ) -> (Self, Self, Self)

  /// Any kernel of `CKernels.h`: up to three outputs, four inputs, six coefficients and three sums.
  static func _run(
    _ kernel: secant_kernel, _ n: Int,
    _ outputs: (
      UnsafeMutablePointer<Self>?, UnsafeMutablePointer<Self>?, UnsafeMutablePointer<Self>?
    ),
    _ inputs: (
      UnsafePointer<Self>?, UnsafePointer<Self>?, UnsafePointer<Self>?, UnsafePointer<Self>?
    ),
    _ coefficients: (Self, Self, Self, Self, Self, Self)
  ) -> (Self, Self, Self)

  /// z ← φ(x, y) on columns, for the arithmetic of a tape's loops.
  static func _columnValues(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>)

  /// ż.
  static func _columnTangents(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ ẋ: UnsafePointer<Self>, _ ẏ: UnsafePointer<Self>,
    _ ż: UnsafeMutablePointer<Self>)

  /// What z̄ adds to x̄ and ȳ, or begins them with; nil for one that needs none.
  static func _columnAdjoints(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ z̄: UnsafePointer<Self>, _ x̄: UnsafeMutablePointer<Self>?, _ x̄Begins: Bool,
    _ ȳ: UnsafeMutablePointer<Self>?, _ ȳBegins: Bool)

  /// A column from, to and added to every stride-th element outside.
  static func _columnRead(
    _ n: Int, _ stride: Int, _ outside: UnsafePointer<Self>, _ column: UnsafeMutablePointer<Self>)
  static func _columnWrite(
    _ n: Int, _ stride: Int, _ column: UnsafePointer<Self>, _ outside: UnsafeMutablePointer<Self>)
  static func _columnAdd(
    _ n: Int, _ stride: Int, _ column: UnsafePointer<Self>, _ outside: UnsafeMutablePointer<Self>)

  /// What z̄ and its tangent add to the tangents of x̄ and ȳ; nil for one that needs none.
  static func _columnAdjointTangents(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ ẋ: UnsafePointer<Self>, _ ẏ: UnsafePointer<Self>, _ z̄: UnsafePointer<Self>,
    _ z̄̇: UnsafePointer<Self>, _ x̄̇: UnsafeMutablePointer<Self>?, _ x̄̇Begins: Bool,
    _ ȳ̇: UnsafeMutablePointer<Self>?, _ ȳ̇Begins: Bool)
}

extension Double: KernelScalar {
  @inlinable @inline(__always)
  public static func _dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self {
    secant_dot_f64(n, x, y)
  }

  @inlinable @inline(__always)
  public static func _largest(_ n: Int, _ x: UnsafePointer<Self>) -> Self { secant_largest_f64(n, x) }

  @inlinable @inline(__always)
  public static func _step(
    _ n: Int, _ r: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ a: Self,
    _ y: UnsafePointer<Self>
  ) { secant_step_f64(n, r, x, a, y) }

  @inlinable @inline(__always)
  public static func _stepDot(
    _ n: Int, _ r: UnsafeMutablePointer<Self>, _ b: Self, _ x: UnsafePointer<Self>, _ a: Self,
    _ y: UnsafePointer<Self>, _ z: UnsafePointer<Self>
  ) -> Self { secant_step_dot_f64(n, r, b, x, a, y, z) }

  @inlinable @inline(__always)
  public static func _pair(
    _ n: Int, _ s: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ x₊: UnsafePointer<Self>,
    _ x: UnsafePointer<Self>, _ g₊: UnsafePointer<Self>, _ g: UnsafePointer<Self>
  ) -> (Self, Self, Self) {
    var sums: (Self, Self, Self) = (0, 0, 0)
    withUnsafeMutablePointer(to: &sums) {
      $0.withMemoryRebound(to: Self.self, capacity: 3) { secant_pair_f64(n, s, y, x₊, x, g₊, g, $0) }
    }
    return sums
  }

  @inlinable @inline(__always)
  public static func _run(
    _ kernel: secant_kernel, _ n: Int,
    _ o: (UnsafeMutablePointer<Self>?, UnsafeMutablePointer<Self>?, UnsafeMutablePointer<Self>?),
    _ i: (UnsafePointer<Self>?, UnsafePointer<Self>?, UnsafePointer<Self>?, UnsafePointer<Self>?),
    _ c: (Self, Self, Self, Self, Self, Self)
  ) -> (Self, Self, Self) {
    var sums: (Self, Self, Self) = (0, 0, 0)
    withUnsafeMutablePointer(to: &sums) {
      $0.withMemoryRebound(to: Self.self, capacity: 3) {
        secant_run_f64(
          kernel, n, o.0, o.1, o.2, i.0, i.1, i.2, i.3, c.0, c.1, c.2, c.3, c.4, c.5, $0)
      }
    }
    return sums
  }
}

extension Float: KernelScalar {
  @inlinable @inline(__always)
  public static func _dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self {
    secant_dot_f32(n, x, y)
  }

  @inlinable @inline(__always)
  public static func _largest(_ n: Int, _ x: UnsafePointer<Self>) -> Self { secant_largest_f32(n, x) }

  @inlinable @inline(__always)
  public static func _step(
    _ n: Int, _ r: UnsafeMutablePointer<Self>, _ x: UnsafePointer<Self>, _ a: Self,
    _ y: UnsafePointer<Self>
  ) { secant_step_f32(n, r, x, a, y) }

  @inlinable @inline(__always)
  public static func _stepDot(
    _ n: Int, _ r: UnsafeMutablePointer<Self>, _ b: Self, _ x: UnsafePointer<Self>, _ a: Self,
    _ y: UnsafePointer<Self>, _ z: UnsafePointer<Self>
  ) -> Self { secant_step_dot_f32(n, r, b, x, a, y, z) }

  @inlinable @inline(__always)
  public static func _pair(
    _ n: Int, _ s: UnsafeMutablePointer<Self>, _ y: UnsafeMutablePointer<Self>, _ x₊: UnsafePointer<Self>,
    _ x: UnsafePointer<Self>, _ g₊: UnsafePointer<Self>, _ g: UnsafePointer<Self>
  ) -> (Self, Self, Self) {
    var sums: (Self, Self, Self) = (0, 0, 0)
    withUnsafeMutablePointer(to: &sums) {
      $0.withMemoryRebound(to: Self.self, capacity: 3) { secant_pair_f32(n, s, y, x₊, x, g₊, g, $0) }
    }
    return sums
  }

  @inlinable @inline(__always)
  public static func _run(
    _ kernel: secant_kernel, _ n: Int,
    _ o: (UnsafeMutablePointer<Self>?, UnsafeMutablePointer<Self>?, UnsafeMutablePointer<Self>?),
    _ i: (UnsafePointer<Self>?, UnsafePointer<Self>?, UnsafePointer<Self>?, UnsafePointer<Self>?),
    _ c: (Self, Self, Self, Self, Self, Self)
  ) -> (Self, Self, Self) {
    var sums: (Self, Self, Self) = (0, 0, 0)
    withUnsafeMutablePointer(to: &sums) {
      $0.withMemoryRebound(to: Self.self, capacity: 3) {
        secant_run_f32(
          kernel, n, o.0, o.1, o.2, i.0, i.1, i.2, i.3, c.0, c.1, c.2, c.3, c.4, c.5, $0)
      }
    }
    return sums
  }
}

extension Double {
  @inlinable public static func _columnValues(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>
  ) { secant_column_values_f64(kind, n, x, y, z) }

  @inlinable public static func _columnTangents(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ ẋ: UnsafePointer<Self>, _ ẏ: UnsafePointer<Self>,
    _ ż: UnsafeMutablePointer<Self>
  ) { secant_column_tangents_f64(kind, n, x, y, z, ẋ, ẏ, ż) }

  @inlinable public static func _columnAdjoints(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ z̄: UnsafePointer<Self>, _ x̄: UnsafeMutablePointer<Self>?, _ x̄Begins: Bool,
    _ ȳ: UnsafeMutablePointer<Self>?, _ ȳBegins: Bool
  ) { secant_column_adjoints_f64(kind, n, x, y, z, z̄, x̄, x̄Begins ? 1 : 0, ȳ, ȳBegins ? 1 : 0) }

  @inlinable public static func _columnRead(
    _ n: Int, _ stride: Int, _ outside: UnsafePointer<Self>, _ column: UnsafeMutablePointer<Self>
  ) { secant_column_read_f64(n, stride, outside, column) }

  @inlinable public static func _columnWrite(
    _ n: Int, _ stride: Int, _ column: UnsafePointer<Self>, _ outside: UnsafeMutablePointer<Self>
  ) { secant_column_write_f64(n, stride, column, outside) }

  @inlinable public static func _columnAdd(
    _ n: Int, _ stride: Int, _ column: UnsafePointer<Self>, _ outside: UnsafeMutablePointer<Self>
  ) { secant_column_add_f64(n, stride, column, outside) }

  @inlinable public static func _columnAdjointTangents(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ ẋ: UnsafePointer<Self>, _ ẏ: UnsafePointer<Self>, _ z̄: UnsafePointer<Self>,
    _ z̄̇: UnsafePointer<Self>, _ x̄̇: UnsafeMutablePointer<Self>?, _ x̄̇Begins: Bool,
    _ ȳ̇: UnsafeMutablePointer<Self>?, _ ȳ̇Begins: Bool
  ) {
    secant_column_adjoint_tangents_f64(
      kind, n, x, y, z, ẋ, ẏ, z̄, z̄̇, x̄̇, x̄̇Begins ? 1 : 0, ȳ̇, ȳ̇Begins ? 1 : 0)
  }
}

extension Float {
  @inlinable public static func _columnValues(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafeMutablePointer<Self>
  ) { secant_column_values_f32(kind, n, x, y, z) }

  @inlinable public static func _columnTangents(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ ẋ: UnsafePointer<Self>, _ ẏ: UnsafePointer<Self>,
    _ ż: UnsafeMutablePointer<Self>
  ) { secant_column_tangents_f32(kind, n, x, y, z, ẋ, ẏ, ż) }

  @inlinable public static func _columnAdjoints(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ z̄: UnsafePointer<Self>, _ x̄: UnsafeMutablePointer<Self>?, _ x̄Begins: Bool,
    _ ȳ: UnsafeMutablePointer<Self>?, _ ȳBegins: Bool
  ) { secant_column_adjoints_f32(kind, n, x, y, z, z̄, x̄, x̄Begins ? 1 : 0, ȳ, ȳBegins ? 1 : 0) }

  @inlinable public static func _columnRead(
    _ n: Int, _ stride: Int, _ outside: UnsafePointer<Self>, _ column: UnsafeMutablePointer<Self>
  ) { secant_column_read_f32(n, stride, outside, column) }

  @inlinable public static func _columnWrite(
    _ n: Int, _ stride: Int, _ column: UnsafePointer<Self>, _ outside: UnsafeMutablePointer<Self>
  ) { secant_column_write_f32(n, stride, column, outside) }

  @inlinable public static func _columnAdd(
    _ n: Int, _ stride: Int, _ column: UnsafePointer<Self>, _ outside: UnsafeMutablePointer<Self>
  ) { secant_column_add_f32(n, stride, column, outside) }

  @inlinable public static func _columnAdjointTangents(
    _ kind: secant_column, _ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ z: UnsafePointer<Self>, _ ẋ: UnsafePointer<Self>, _ ẏ: UnsafePointer<Self>, _ z̄: UnsafePointer<Self>,
    _ z̄̇: UnsafePointer<Self>, _ x̄̇: UnsafeMutablePointer<Self>?, _ x̄̇Begins: Bool,
    _ ȳ̇: UnsafeMutablePointer<Self>?, _ ȳ̇Begins: Bool
  ) {
    secant_column_adjoint_tangents_f32(
      kind, n, x, y, z, ẋ, ẏ, z̄, z̄̇, x̄̇, x̄̇Begins ? 1 : 0, ȳ̇, ȳ̇Begins ? 1 : 0)
  }
}
