// The same functions by SecantAutoDiff.

import SecantAutoDiff

extension Measurement {
  func reportSecant(_ name: String, _ f: ExtendedRosenbrock, at x: Vector<Double>, along v: Vector<Double>) {}

  func reportSecant(_ name: String, _ f: LogisticRegression, at x: Vector<Double>, along v: Vector<Double>) {}

  func reportSecant(_ name: String, _ f: Perceptron, at x: Vector<Double>, along v: Vector<Double>) {}
}
