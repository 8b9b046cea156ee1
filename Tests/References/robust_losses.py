"""Robust fits of SciPy's least_squares, whose numbers stand in Tests/SecantTests/LeastSquares/RobustLossTests.swift.

Made with SciPy 1.17.1 (BSD 3-clause licence) on Python 3.11: the cost ½ Σ C² ρ((r/C)²) at the start, the minimiser and
the cost there.
"""

import numpy as np
from scipy.optimize import least_squares

T = np.arange(10.0)
Y = np.array([5.1, 3.0, 1.9, 1.0, 9.0, 0.45, 0.2, 0.15, -6.0, 0.1])
START = np.array([4.0, 0.5])


def residuals(b):
    return b[0] * np.exp(-b[1] * T) - Y


def jacobian(b):
    return np.stack([np.exp(-b[1] * T), -b[0] * T * np.exp(-b[1] * T)], 1)


for loss in ["huber", "soft_l1", "cauchy", "arctan"]:
    def solve(evaluations, loss=loss):
        return least_squares(
            residuals, START, jacobian, loss=loss, f_scale=0.5, xtol=1e-15, ftol=1e-15, gtol=1e-15,
            max_nfev=evaluations)
    # One evaluation leaves the start where it is.
    print(loss, repr(solve(1).cost), [float(b) for b in solve(1000).x], repr(solve(1000).cost))
