import CKernels
internal import CLAPACKE
import Synchronization

/// Controls of the machine beneath the linear algebra, for the whole process.
public enum LinearAlgebra {
  private static let deterministic = Atomic(false)

  /// How many threads the elementwise kernels and OpenBLAS may use, the caller's own included.
  ///
  /// Until it is set, both use as many as there are cores. The kernels use more than one from 100,000 elements on,
  /// and their bits do not depend on it; OpenBLAS's do, unless ``isDeterministic``.
  public static var threads: Int {
    get { Int(secant_threads()) }
    set {
      precondition(newValue >= 1, "\(newValue) threads: give at least 1")
      secant_set_threads(Int32(clamping: newValue))
      setOpenBLASThreads()
    }
  }

  /// Whether OpenBLAS is pinned to one thread, so that a result's bits do not depend on ``threads``.
  ///
  /// The bits of matrix products and factorisations still depend on the processor, for which OpenBLAS chooses its
  /// kernels; those of the elementwise kernels depend on neither.
  public static var isDeterministic: Bool {
    get { deterministic.load(ordering: .relaxed) }
    set {
      deterministic.store(newValue, ordering: .relaxed)
      setOpenBLASThreads()
    }
  }

  private static func setOpenBLASThreads() {
    openblas_set_num_threads(isDeterministic ? 1 : secant_threads())
  }
}
