public import RealModule

/// A floating-point type that BLAS and LAPACK can compute with: `Float` and `Double`, and no other.
///
/// Generic code is written once over this protocol; what costs O(n) or more goes through underscored static
/// witnesses, each of which is one call into a concrete kernel (``KernelScalar``), OpenBLAS or LAPACKE.
public protocol LAPACKScalar: KernelScalar, Real, BinaryFloatingPoint, Sendable, Codable {
}

extension Double: LAPACKScalar {}
extension Float: LAPACKScalar {}
