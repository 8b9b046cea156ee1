"""The points at which MINPACK's lmder evaluates residuals, printed as the Swift test data of
Tests/SecantTests/LeastSquares/MINPACKReference.swift.

Made with SciPy 1.17.1 (BSD 3-clause licence; MINPACK of Argonne National Laboratory) and NumPy 2.4.6 on Python 3.11:

    python3 minpack.py > ../SecantTests/LeastSquares/MINPACKReference.swift
"""

import numpy as np
import scipy
from scipy.optimize import leastsq

X = np.array([77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0])
Y = np.array([10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78])
T = np.array([1, 2, 3, 5, 7, 10.0])
Z = np.array([109, 149, 149, 191, 213, 224.0])

PROBLEMS = {
    "misra1a": (
        lambda b: b[0] * (1 - np.exp(-b[1] * X)) - Y,
        lambda b: np.stack([1 - np.exp(-b[1] * X), b[0] * X * np.exp(-b[1] * X)], 1),
        [500, 1e-4],
    ),
    "boxBOD": (
        lambda b: b[0] * (1 - np.exp(-b[1] * T)) - Z,
        lambda b: np.stack([1 - np.exp(-b[1] * T), b[0] * T * np.exp(-b[1] * T)], 1),
        [100, 0.75],
    ),
    "rosenbrock": (
        lambda x: np.array([10 * (x[1] - x[0] ** 2), 1 - x[0]]),
        lambda x: np.array([[-20 * x[0], 10.0], [-1.0, 0.0]]),
        [-1.2, 1],
    ),
}

print(f"// Printed by Tests/References/minpack.py with SciPy {scipy.__version__} and NumPy {np.__version__}.")
print("// swift-format-ignore-file\n")
print("enum MINPACKReference {")
for name, (residuals, jacobian, start) in PROBLEMS.items():
    points = []

    def recorded(x):
        points.append([float(v) for v in x])
        return residuals(x)

    leastsq(recorded, start, Dfun=jacobian, ftol=1e-15, xtol=1e-15, gtol=1e-15)
    # SciPy looks at the shape first, and some points are asked for twice.
    distinct = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    print(f"  static let {name}: [[Double]] = {distinct[:16]}")
print("}")
