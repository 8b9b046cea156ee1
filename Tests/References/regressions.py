"""Minima of ridge, Huber and Cauchy regression and of a Gaussian process's likelihood on the diabetes data, whose numbers
stand in Sources/SecantCompare/Study/ProblemLibrary.swift and in
Tests/SecantProblemsTests/LinearRegressionTests.swift and GaussianProcessTests.swift.

Made with mpmath 1.3.0 (BSD 3-clause licence) in 40 digits, SciPy 1.17.1 (BSD 3-clause) and scikit-learn 1.9.1
(BSD 3-clause) on Python 3.11. Run it in this folder: python3 regressions.py
"""

import mpmath as mp
import numpy as np
import sklearn
from scipy.optimize import minimize
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

mp.mp.dps = 40
DATA = "../../Sources/SecantProblems/Data/"
TABLE = np.loadtxt(DATA + "diabetes.csv", delimiter=",", skiprows=1)


def standardised(columns):
    return (columns - columns.mean(0)) / columns.std(0)


def regression(loss, scale, start):
    """The exact minimum of (1/n) Σ φ(wᵀx − y) + ‖w‖²/(2n), by Newton's method in 40 digits from a start near it."""
    # The data are standardised in extended precision, too.
    X = [[mp.mpf(float(v)) for v in row] for row in TABLE]
    n = len(X)
    for k in range(11):
        mean = mp.fsum(row[k] for row in X) / n
        deviation = mp.sqrt(mp.fsum((row[k] - mean) ** 2 for row in X) / n)
        for row in X:
            row[k] = (row[k] - mean) / deviation
    y = [row[10] for row in X]
    X = [row[:10] + [mp.mpf(1)] for row in X]
    c = mp.mpf(scale)

    def terms(r):
        if loss == "squared":
            return r * r / 2, r, 1
        if loss == "huber":
            inside = abs(r) <= c
            return (r * r / 2, r, 1) if inside else (c * (abs(r) - c / 2), c * mp.sign(r), 0)
        z = (r / c) ** 2
        return c * c / 2 * mp.log(1 + z), r / (1 + z), (1 - z) / (1 + z) ** 2

    w = start
    for _ in range(60):
        r = [mp.fsum(a * b for a, b in zip(row, w)) - t for row, t in zip(X, y)]
        parts = [terms(t) for t in r]
        f = mp.fsum(p[0] for p in parts) / n + mp.fsum(v * v for v in w) / (2 * n)
        g = mp.matrix([
            mp.fsum(p[1] * row[k] for p, row in zip(parts, X)) / n + w[k] / n for k in range(11)])
        H = mp.matrix(11, 11)
        for i in range(11):
            for j in range(11):
                H[i, j] = mp.fsum(p[2] * row[i] * row[j] for p, row in zip(parts, X)) / n
            H[i, i] += mp.mpf(1) / n
        if mp.norm(g, mp.inf) < mp.mpf(10) ** -30:
            break
        step = mp.lu_solve(H, g)
        w = [a - b for a, b in zip(w, step)]
    print(loss, "f*", mp.nstr(f, 20), "‖∇f‖∞", mp.nstr(mp.norm(g, mp.inf), 3))
    print("  w*", [float(v) for v in w])
    return w


def process(name, X, y, d):
    """The minimum of the negative log marginal likelihood with d lengths, from zero and from 20 random starts."""
    lengths = [1.0] * d if d > 1 else 1.0
    kernel = ConstantKernel(1, (1e-9, 1e9)) * RBF(lengths, (1e-9, 1e9)) + WhiteKernel(1, (1e-9, 1e9))
    model = GaussianProcessRegressor(kernel, optimizer=None, alpha=0).fit(X, y)

    def of_sklearn(theta):
        """log ℓ…, log s, log σ in scikit-learn's order: log s², log ℓ…, log σ²."""
        return np.concatenate([[2 * theta[d]], theta[:d], [2 * theta[d + 1]]])

    def f(theta):
        value, gradient = model.log_marginal_likelihood(of_sklearn(theta), eval_gradient=True)
        return -value, -np.concatenate([gradient[1 : d + 1], [2 * gradient[0], 2 * gradient[d + 1]]])

    start = np.zeros(d + 2)
    best = minimize(f, start, jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 2000})
    value, gradient = f(start)
    print(name, "f(0)", repr(float(value)), "∇f(0)", [float(v) for v in gradient])
    print("  f*", repr(float(best.fun)), "‖∇f‖∞", np.abs(best.jac).max(), "θ*", [float(v) for v in best.x])
    others = []
    for seed in range(20 if d == 1 else 0):
        x0 = np.random.default_rng(seed).uniform(-3, 2, d + 2)
        others.append(float(minimize(f, x0, jac=True, method="BFGS", options={"gtol": 1e-6}).fun))
    print("  from random starts:", sorted({round(v, 6) for v in others}))


print("scikit-learn", sklearn.__version__)
least = regression("squared", 1, [mp.mpf(0)] * 11)
huber = regression("huber", 0.5, least)
regression("cauchy", 0.5, huber)
thinned = standardised(TABLE[::3])
process("diabetes, every third, one length", thinned[:, :10], thinned[:, 10], 1)
process("diabetes, every third, ten lengths", thinned[:, :10], thinned[:, 10], 10)
