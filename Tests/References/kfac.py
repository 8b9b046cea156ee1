"""Trajectories of K-FAC in double precision, printed as the Swift test data of
Tests/SecantTests/Direction/KFACReference.swift.

Made with PyTorch 2.15.0 (BSD 3-clause licence), whose derivatives are automatic, and NumPy 2.4.6 (BSD 3-clause licence):

    python3 kfac.py > ../SecantTests/Direction/KFACReference.swift

The rule of Martens and Grosse (2015) for a perceptron of 3 inputs, 4 units of tanh and 2 outputs, with the data's labels.
The inverses are those of the matrices themselves, where Secant solves with Cholesky factors. Beside it the natural
gradient itself (Amari 1998) on the same perceptron: the Fisher matrix of normal errors, formed from the Jacobian of the
outputs, and NumPy's solution of the damped system, where Secant solves by conjugate gradients on products.
"""

import numpy as np
import torch

torch.set_default_dtype(torch.float64)

TERMS, HIDDEN, STEPS = 12, 4, 12
INPUTS = torch.tensor([[np.sin((3 + i) * k + i * i + 1) for i in range(3)] for k in range(TERMS)])
TARGETS = torch.tensor([[np.cos(2 * k + 5 * j) for j in range(2)] for k in range(TERMS)])
SHAPES = [(3, HIDDEN), (HIDDEN, 2)]


def layers(x):
    """The weights with the bias as their last row, from the flat vector: columns first."""
    found, place = [], 0
    for rows, columns in SHAPES:
        w = x[place : place + rows * columns].reshape((rows, columns), order="F")
        place += rows * columns
        found.append(np.vstack([w, x[place : place + columns]]))
        place += columns
    return found


def flat(matrices):
    return np.concatenate([part for m in matrices for part in (m[:-1].reshape(-1, order="F"), m[-1])])


def one(t):
    return torch.cat([t, torch.ones(len(t), 1)], dim=1)


def evaluate(x):
    """The gradient of the mean, and the second moments of each layer."""
    w = [torch.tensor(m, requires_grad=True) for m in layers(x)]
    first = one(INPUTS)
    z1 = first @ w[0]
    z1.retain_grad()
    second = one(torch.tanh(z1))
    z2 = second @ w[1]
    z2.retain_grad()
    # The sum, so that what comes back to a term is the gradient of its own loss.
    (0.5 * (z2 - TARGETS) ** 2).sum().backward()
    gradient = [m.grad.numpy() / TERMS for m in w]
    a = [t.detach().numpy() for t in (first, second)]
    g = [t.grad.numpy() for t in (z1, z2)]
    return gradient, [t.T @ t / TERMS for t in a], [t.T @ t / TERMS for t in g]


def kfac(rate, damping, decay, interval, factors, bound):
    x = np.sin(np.arange(1, sum((r + 1) * c for r, c in SHAPES) + 1)) / 2
    average, inverses, estimates, points = None, None, 0, []
    for t in range(STEPS):
        gradient, a, g = evaluate(x)
        if t % interval == 0:
            estimates += 1
            e = min(1 - 1 / estimates, decay)
            new = list(zip(a, g))
            average = new if average is None else [
                tuple(e * old + (1 - e) * fresh for old, fresh in zip(*pair)) for pair in zip(average, new)
            ]
        if t % factors == 0:
            inverses = []
            for a, g in average:
                pi = np.sqrt((np.trace(a) / len(a)) / (np.trace(g) / len(g)))
                inverses.append((
                    np.linalg.inv(a + pi * np.sqrt(damping) * np.eye(len(a))),
                    np.linalg.inv(g + np.sqrt(damping) / pi * np.eye(len(g))),
                ))
        p = flat([-left @ m @ right for m, (left, right) in zip(gradient, inverses)])
        decrease = -flat(gradient) @ p
        if bound is not None and decrease > bound:
            p *= np.sqrt(bound / decrease)
        x = x + rate * p
        points.append(x)
    return points


def outputs(x):
    w, place = [], 0
    for rows, columns in SHAPES:
        matrix = x[place : place + rows * columns].reshape(columns, rows).T
        place += rows * columns
        w.append(torch.cat([matrix, x[place : place + columns].reshape(1, columns)]))
        place += columns
    return (one(torch.tanh(one(INPUTS) @ w[0])) @ w[1]).reshape(-1)


def natural(rate, damping):
    x = np.sin(np.arange(1, sum((r + 1) * c for r, c in SHAPES) + 1)) / 2
    points = []
    for _ in range(STEPS):
        jacobian = torch.autograd.functional.jacobian(outputs, torch.tensor(x)).numpy()
        residuals = outputs(torch.tensor(x)).numpy() - TARGETS.reshape(-1).numpy()
        fisher = jacobian.T @ jacobian / TERMS
        x = x - rate * np.linalg.solve(fisher + damping * np.eye(len(x)), jacobian.T @ residuals / TERMS)
        points.append(x)
    return points


print("// Printed by Tests/References/kfac.py with PyTorch", torch.__version__ + ", NumPy", np.__version__ + ".")
print("// swift-format-ignore-file")
print()
print("enum KFACReference {")
for name, points in {
    "everyStep": kfac(0.1, 1e-2, 0.95, 1, 1, None),
    "staleAndBounded": kfac(0.2, 1e-2, 0.5, 2, 3, 0.4),
    "natural": natural(0.5, 1e-2),
    # Damped so much that single precision can follow to its last digits but one.
    "damped": kfac(0.1, 1.0, 0.5, 2, 3, None),
    "naturalDamped": natural(0.5, 1.0),
}.items():
    print(f"  static let {name}: [[Double]] = [")
    for point in points:
        print("    [" + ", ".join(repr(float(v)) for v in point) + "],")
    print("  ]")
print("}")
