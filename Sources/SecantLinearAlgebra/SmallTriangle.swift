/// Up to this order a triangular solve is made here: a call of BLAS alone costs as much.
let smallTriangle = 32

/// x ← L⁻¹ x, or L⁻ᵀ x, for a lower triangular L of small order.
///
/// - **Demands**: 1/Lⱼⱼ does not overflow, as that of a Cholesky factor never does; a zero gives infinities.
/// - **Memory**: none.
/// - **Work per step**: n² flops.
/// - **Guarantees**: backward stable, as any order of substitution is.
/// - **Reference**: Golub and Van Loan, *Matrix Computations*, 4th ed., algorithm 3.1.3 and its transpose.
@inline(__always) func solveSmallTriangle<Scalar: LAPACKScalar>(
  transposed: Bool, _ n: Int, _ l: UnsafePointer<Scalar>, _ ldl: Int, _ x: UnsafeMutablePointer<Scalar>
) {
  // The reciprocals wait for no other element, unlike quotients. Loops over ranges would be made into ones for long
  // columns.
  var j = transposed ? n &- 1 : 0
  while j >= 0 && j < n {
    let column = l + j &* ldl
    let reciprocal = 1 / column[j]
    if transposed {
      var i = n &- 1
      var rest = x[j]
      while i > j {
        rest -= column[i] * x[i]
        i &-= 1
      }
      x[j] = rest * reciprocal
      j &-= 1
    } else {
      let element = x[j] * reciprocal
      x[j] = element
      var i = j &+ 1
      while i < n {
        x[i] -= element * column[i]
        i &+= 1
      }
      j &+= 1
    }
  }
}
