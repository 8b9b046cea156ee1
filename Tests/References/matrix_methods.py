"""Trajectories of matrix methods and Hessian-diagonal methods in double precision, printed as the Swift test data of
Tests/SecantTests/Direction/MatrixMethodsReference.swift.

Made with PyTorch 2.15.0 (BSD 3-clause licence), NumPy 2.4.6 (BSD 3-clause licence) and pytorch-optimizer 4.1.0
(Apache 2.0 licence) on Python 3.11, and with soap.py of github.com/nikhilvyas/SOAP (MIT licence; commit a1e5535)
beside this script, which is not a part of this project:

    python3 matrix_methods.py > ../SecantTests/Direction/MatrixMethodsReference.swift

Shampoo is pytorch-optimizer's, SOAP its authors' own; the biases beside them are torch.optim.Adagrad's and SOAP's.
SOAP's code rounds its bases to single precision whatever the gradient's is: here `float` is made to mean double.
torch.optim.Muon and Moonlight's code round to bfloat16, so both are worked out here in double precision, with
torch.optim.Adam on the bias. Shampoo with grafting and a refresh interval, SophiaG's rule (github.com/Liuhong99/Sophia,
MIT licence; commit a7e1572) and AdaHessian's (github.com/amirgholami/adahessian, MIT licence; commit 85ebc00) are
worked out in NumPy, where the probes are those of an exact diagonal.
"""

import numpy as np
import torch

torch.set_default_dtype(torch.float64)

from pytorch_optimizer import Shampoo  # noqa: E402
from soap import SOAP  # noqa: E402

N = 8
A = np.array([[1 / (i + j + 1) + (1 + i / 2 if i == j else 0) for j in range(N)] for i in range(N)])
B = np.array([1.0, -2.0, 0.5, 0.75, -1.25, 0.25, 1.5, -0.5])
Q = np.array([0.5, 0.25, 1.0, 2.0, 0.75, 0.125, 0.5, 1.0])
START = np.array([1.5, -1.0, 2.0, 0.5, -0.75, 1.25, -1.5, 0.25])
STEPS = 12


def gradient(x):
    """Of f(x) = x'Ax/2 - b'x + sum(q x^4)/4."""
    return A @ x - B + Q * x**3


def diagonal(x):
    """Of the Hessian."""
    return np.diag(A) + 3 * Q * x**2


def matrix(x):
    """The first six variables as a 3 x 2 matrix, column after column."""
    return x[:6].reshape((3, 2), order="F")


def vector(w, bias):
    return np.concatenate([np.asarray(w).reshape(6, order="F"), np.asarray(bias)])


def blocks(make, steps=STEPS):
    """The trajectory of torch optimizers on the weight and the bias."""
    w = torch.tensor(matrix(START).copy(), requires_grad=True)
    bias = torch.tensor(START[6:].copy(), requires_grad=True)
    optimizers = make(w, bias)
    points = []
    for _ in range(steps):
        g = gradient(vector(w.detach().numpy(), bias.detach().numpy()))
        w.grad = torch.tensor(matrix(g).copy())
        bias.grad = torch.tensor(g[6:].copy())
        for optimizer in optimizers:
            optimizer.step()
        points.append(vector(w.detach().numpy(), bias.detach().numpy()))
    return points


def newton_schulz(g, guard):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g / guard(np.linalg.norm(g))
    tall = g.shape[0] > g.shape[1]
    x = x.T if tall else x
    for _ in range(5):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return x.T if tall else x


def muon(scale, guard, betas, epsilon, bias_decay):
    """The rule of torch.optim.Muon and of Moonlight: the rate of the decay is not adjusted to the shape."""
    rate, mu, decay = 1e-3, 0.95, 0.1
    w, buffer = matrix(START).copy(), np.zeros((3, 2))
    bias = torch.tensor(START[6:].copy(), requires_grad=True)
    adam = torch.optim.AdamW([bias], lr=rate, betas=betas, eps=epsilon, weight_decay=bias_decay)
    points = []
    for _ in range(STEPS):
        g = gradient(vector(w, bias.detach().numpy()))
        buffer = mu * buffer + matrix(g)
        update = newton_schulz(matrix(g) + mu * buffer, guard)
        bias.grad = torch.tensor(g[6:].copy())
        adam.step()
        w = (1 - rate * decay) * w - rate * scale(3, 2) * update
        points.append(vector(w, bias.detach().numpy()))
    return points


def power(s, p):
    values, vectors = np.linalg.eigh(s)
    return vectors @ np.diag(values**p) @ vectors.T


def shampoo_by_hand(rate, epsilon, interval, graft):
    """Roots anew at steps 0, k, 2k ...; the bias takes the step of the method that lends its magnitude."""
    x, left, right, squares = START.copy(), epsilon * np.eye(3), epsilon * np.eye(2), np.zeros(N)
    points = []
    for t in range(STEPS):
        g = gradient(x)
        left += matrix(g) @ matrix(g).T
        right += matrix(g).T @ matrix(g)
        squares += g * g
        if t % interval == 0:
            roots = power(left, -1 / 4), power(right, -1 / 4)
        lent = g / (np.sqrt(squares) + 1e-10) if graft == "adagrad" else g
        step = roots[0] @ matrix(g) @ roots[1]
        step *= np.linalg.norm(lent[:6]) / np.linalg.norm(step)
        x = x - rate * vector(step, lent[6:])
        points.append(x.copy())
    return points


def sophia_g(rate, beta1, beta2, rho, decay, interval, batch):
    """The authors' rule and their loop: the estimate is folded in after the last of k steps.

    The gradient of sampled labels is played by Ax."""
    x, m, h = START.copy(), np.zeros(N), np.zeros(N)
    points = []
    for t in range(STEPS):
        g = gradient(x)
        x = x * (1 - rate * decay)
        m = beta1 * m + (1 - beta1) * g
        x = x - rate * np.sign(m) * np.minimum(np.abs(m) / (rho * batch * h + 1e-15), 1)
        if t % interval == interval - 1:
            sampled = A @ x
            h = beta2 * h + (1 - beta2) * sampled * sampled
        points.append(x.copy())
    return points


def ada_hessian(rate, beta1, beta2, epsilon, power, length, decay):
    x, m, v = START.copy(), np.zeros(N), np.zeros(N)
    points = []
    for t in range(1, STEPS + 1):
        d = np.abs(diagonal(x))
        for i in range(0, N, length):
            d[i : i + length] = d[i : i + length].mean()
        m = beta1 * m + (1 - beta1) * gradient(x)
        v = beta2 * v + (1 - beta2) * d * d
        denominator = np.sqrt(v) ** power / np.sqrt(1 - beta2**t) ** power + epsilon
        x = x - rate * (m / (1 - beta1**t) / denominator + decay * x)
        points.append(x.copy())
    return points


def soap(interval, steps):
    return blocks(
        lambda w, b: [SOAP([w, b], lr=0.05, eps=0.05, weight_decay=0, precondition_frequency=interval)], steps=steps)


torch.float = torch.float64
torch.Tensor.float = lambda tensor: tensor.double()

runs = {
    "torchMuon": muon(lambda m, n: max(1, m / n) ** 0.5, lambda s: max(s, 1e-7), (0.9, 0.999), 1e-8, 1e-2),
    "torchMuonMatched": muon(lambda m, n: 0.2 * max(m, n) ** 0.5, lambda s: max(s, 1e-7), (0.9, 0.999), 1e-8, 1e-2),
    "moonlight": muon(lambda m, n: 0.2 * max(m, n) ** 0.5, lambda s: s + 1e-7, (0.9, 0.95), 1e-8, 0.1),
    "shampoo": blocks(
        lambda w, b: [
            Shampoo([w], lr=0.1, matrix_eps=1e-4),
            torch.optim.Adagrad([b], lr=0.1, eps=1e-10),
        ]
    ),
    "shampooAdaGrad": shampoo_by_hand(0.1, 1e-2, 3, "adagrad"),
    "shampooSGD": shampoo_by_hand(0.05, 0.1, 4, "sgd"),
    "soap": soap(10, 24),
    "soapOften": soap(1, 12),
    "sophiaG": sophia_g(0.05, 0.965, 0.99, 0.04, 0.1, 3, 16),
    "adaHessian": ada_hessian(0.15, 0.9, 0.999, 1e-4, 1, 1, 0),
    "adaHessianAveraged": ada_hessian(0.15, 0.9, 0.999, 1e-4, 0.5, 3, 0.01),
}

print("// Printed by Tests/References/matrix_methods.py with PyTorch", torch.__version__ + ", NumPy", np.__version__,
      "and pytorch-optimizer 4.1.0.")
print("// swift-format-ignore-file")
print()
print("enum MatrixMethodsReference {")
for index, (name, points) in enumerate(runs.items()):
    if index:
        print()
    print(f"  static let {name}: [[Double]] = [")
    for point in points:
        print("    [" + ", ".join(repr(float(v)) for v in point) + "],")
    print("  ]")
print("}")
