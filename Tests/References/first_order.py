"""Trajectories of first-order methods in double precision, printed as the Swift test data of
Tests/SecantTests/Direction/FirstOrderReference.swift.

Made with PyTorch 2.15.0 and NumPy 2.4.6 (BSD 3-clause licence), Optax 0.2.8 with JAX 0.10.2 and pytorch-optimizer
4.1.0 (Apache 2.0), lion-pytorch 0.2.5, prodigyopt 1.1.2 and dog-optimizer 1.0.3 (MIT), adabelief-pytorch 0.2.1 (BSD),
adabound 0.0.5 (Apache 2.0), Keras 3.15.1 on PyTorch (Apache 2.0):

    python3 first_order.py > ../SecantTests/Direction/FirstOrderReference.swift

Runs without another name are torch.optim's, those that end in `_optax` are Optax's and those in `_keras` Keras'; Lion, AdaBelief, AdaBound, DoG and
Prodigy are those of the packages named after them, Adan, ADOPT and Signum those of pytorch-optimizer, which follow
the authors' code. VRAdam is worked out here from its authors' code, and so is the relative step of Adafactor's paper
around Optax's. torch.optim.Muon rounds to bfloat16, so Muon is worked out here in double precision from Jordan's
description, and Sophia from the paper's Algorithm 3 with the exact diagonal of the Hessian in the place of the
estimate.
"""

import contextlib
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"

import adabelief_pytorch
import adabound
import dog
import jax
import keras
import lion_pytorch
import numpy as np
import optax
import prodigyopt
import pytorch_optimizer
import torch

jax.config.update("jax_enable_x64", True)
keras.backend.set_floatx("float64")
torch.set_default_dtype(torch.float64)  # NAdam keeps the product of its momenta in the default type.

N = 8
A = [[1 / (i + j + 1) + (1 + i / 2 if i == j else 0) for j in range(N)] for i in range(N)]
B = [1.0, -2.0, 0.5, 0.75, -1.25, 0.25, 1.5, -0.5]
Q = [0.5, 0.25, 1.0, 2.0, 0.75, 0.125, 0.5, 1.0]
START = [1.5, -1.0, 2.0, 0.5, -0.75, 1.25, -1.5, 0.25]
STEPS = 12


def gradient(x):
    """Of f(x) = x'Ax/2 - b'x + sum(q x^4)/4."""
    return np.array(A) @ x - np.array(B) + np.array(Q) * x**3


def trajectory(make):
    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([x])
    points = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        x.grad = torch.tensor(gradient(x.detach().numpy()))
        optimizer.step()
        points.append(x.detach().numpy().copy())
    return points


def keras_trajectory(optimizer, rate):
    """With the rate of its own for every step."""
    x = keras.Variable(np.array(START))
    points = []
    for step in range(STEPS):
        optimizer.learning_rate = rate(step)
        optimizer.apply([keras.ops.convert_to_tensor(gradient(keras.ops.convert_to_numpy(x)))], [x])
        points.append(keras.ops.convert_to_numpy(x).copy())
    return points


def optax_trajectory(method):
    x = jax.numpy.array(START, dtype=jax.numpy.float64)
    state = method.init(x)
    points = []
    for _ in range(STEPS):
        update, state = method.update(jax.numpy.array(gradient(np.array(x))), state, x)
        x = optax.apply_updates(x, update)
        points.append(np.array(x))
    return points


def blocks(v):
    """The first six variables as a 3 x 2 matrix, column after column, and the last two as a bias."""
    return {"weight": v[:6].reshape((3, 2), order="F"), "bias": v[6:]}


def adafactor(**settings):
    x = np.array(START)
    parameters = {name: torch.tensor(v.copy(), requires_grad=True) for name, v in blocks(x).items()}
    optimizer = torch.optim.Adafactor(list(parameters.values()), **settings)
    points = []
    for _ in range(STEPS):
        for name, g in blocks(gradient(x)).items():
            parameters[name].grad = torch.tensor(g.copy())
        optimizer.step()
        values = {name: p.detach().numpy() for name, p in parameters.items()}
        x = np.concatenate([values["weight"].reshape(6, order="F"), values["bias"]])
        points.append(x.copy())
    return points


def adafactor_optax(rate, momentum=0):
    """optax.adafactor's parts with the paper's relative step min(rate, 1/sqrt(t)); its own decay rounds to single precision."""
    double = lambda k: jax.numpy.asarray(k, jax.numpy.float64) + 1
    method = optax.chain(
        optax.scale_by_factored_rms(min_dim_size_to_factor=2, decay_rate_fn=lambda k, power: 1 - double(k) ** -power),
        optax.clip_by_block_rms(1.0),
        optax.scale_by_learning_rate(lambda k: jax.numpy.minimum(rate, 1 / jax.numpy.sqrt(double(k))), flip_sign=False),
        optax.scale_by_param_block_rms(),
        optax.ema(momentum, debias=False),
        optax.scale(-1),
    )
    x = np.array(START)
    state = method.init(blocks(x))
    points = []
    for _ in range(STEPS):
        update, state = method.update(blocks(gradient(x)), state, blocks(x))
        x = x + np.concatenate([np.array(update["weight"]).reshape(6, order="F"), np.array(update["bias"])])
        points.append(x.copy())
    return points


def vradam(rate, beta1, beta2, beta3, epsilon, cutoff, decay):
    x, m, v = np.array(START), np.zeros(N), np.zeros(N)
    points = []
    for t in range(1, STEPS + 1):
        g = gradient(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        lr = rate / (1 + min(beta3 * (m @ m), cutoff))
        x = (1 - decay * lr) * x - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        points.append(x.copy())
    return points


def lamb(**settings):
    method, x = optax.lamb(**settings), jax.numpy.array(START, dtype=jax.numpy.float64)
    split = lambda v: {"weight": v[:6], "bias": v[6:]}
    state = method.init(split(x))
    points = []
    for _ in range(STEPS):
        update, state = method.update(split(jax.numpy.array(gradient(np.array(x)))), state, split(x))
        x = x + jax.numpy.concatenate([update["weight"], update["bias"]])
        points.append(np.array(x))
    return points


def lars(rate, trust, decay, momentum):
    """The paper's Algorithm 1, which Optax differs from where there is decay."""
    x, v = np.array(START), np.zeros(N)
    points = []
    for _ in range(STEPS):
        g = gradient(x)
        for block in (slice(0, 6), slice(6, 8)):
            size = np.linalg.norm(x[block])
            ratio = trust * size / (np.linalg.norm(g[block]) + decay * size)
            v[block] = momentum * v[block] + rate * ratio * (g[block] + decay * x[block])
        x = x - v
        points.append(x.copy())
    return points


def adabelief(**settings):
    with contextlib.redirect_stdout(sys.stderr):  # It prints its defaults.
        return trajectory(lambda p: adabelief_pytorch.AdaBelief(p, lr=0.1, **settings))


def sophia(rate, beta1, beta2, gamma, epsilon, interval, decay):
    x, m, h = np.array(START), np.zeros(N), np.zeros(N)
    points = []
    for t in range(STEPS):
        m = beta1 * m + (1 - beta1) * gradient(x)
        if t % interval == 0:
            h = beta2 * h + (1 - beta2) * (np.diag(np.array(A)) + 3 * np.array(Q) * x**2)
        x = x - rate * decay * x
        x = x - rate * np.clip(m / np.maximum(gamma * h, epsilon), -1, 1)
        points.append(x.copy())
    return points


def newton_schulz(g):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g / (np.linalg.norm(g) + 1e-7)
    tall = g.shape[0] > g.shape[1]
    x = x.T if tall else x
    for _ in range(5):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return x.T if tall else x


def muon(rate, beta, decay, adam_rate, betas, epsilon):
    """The first six variables as a hidden 3 x 2 matrix, column after column, and the last two as a bias."""
    x, buffer = np.array(START), np.zeros((3, 2))
    bias = torch.tensor(START[6:], dtype=torch.float64, requires_grad=True)
    adam = torch.optim.Adam([bias], lr=adam_rate, betas=betas, eps=epsilon)
    points = []
    for _ in range(STEPS):
        g = gradient(x)
        matrix = g[:6].reshape((3, 2), order="F")
        buffer = beta * buffer + (1 - beta) * matrix
        update = newton_schulz((1 - beta) * matrix + beta * buffer) * max(1, 3 / 2) ** 0.5
        bias.grad = torch.tensor(g[6:])
        adam.step()
        hidden = (1 - rate * decay) * x[:6] - rate * update.reshape(6, order="F")
        x = np.concatenate([hidden, bias.detach().numpy()])
        points.append(x.copy())
    return points


runs = {
    "momentum": trajectory(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)),
    "momentum_dampened": trajectory(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, dampening=0.5)),
    "momentum_keras": keras_trajectory(keras.optimizers.SGD(momentum=0.9), lambda k: 0.1 * 0.75**k),
    "nesterov_keras": keras_trajectory(keras.optimizers.SGD(momentum=0.9, nesterov=True), lambda k: 0.1 * 0.75**k),
    "nesterov": trajectory(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True)),
    "adam": trajectory(lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.9, 0.999), eps=1e-8)),
    "adamw": trajectory(lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.05)),
    "lion": trajectory(lambda p: lion_pytorch.Lion(p, lr=0.03, betas=(0.9, 0.99), weight_decay=0.1)),
    "adagrad": trajectory(lambda p: torch.optim.Adagrad(p, lr=0.3)),
    "adagrad_optax": optax_trajectory(optax.adagrad(0.3)),
    "rmsprop": trajectory(lambda p: torch.optim.RMSprop(p, lr=0.03)),
    "rmsprop_centred": trajectory(lambda p: torch.optim.RMSprop(p, lr=0.03, alpha=0.9, centered=True, momentum=0.5)),
    "rmsprop_optax": optax_trajectory(optax.rmsprop(0.03)),
    "rmsprop_optax_centred": optax_trajectory(optax.rmsprop(0.03, centered=True, momentum=0.5)),
    "amsgrad": trajectory(lambda p: torch.optim.Adam(p, lr=0.3, betas=(0.9, 0.5), amsgrad=True)),
    "amsgrad_optax": optax_trajectory(optax.amsgrad(0.3, b2=0.5)),
    "amsgrad_paper": optax_trajectory(optax.amsgrad(0.3, b2=0.5, bias_correction_mu=False, bias_correction_nu=False)),
    "adamax": trajectory(lambda p: torch.optim.Adamax(p, lr=0.1)),
    "nadam": trajectory(lambda p: torch.optim.NAdam(p, lr=0.1)),
    "nadam_optax": optax_trajectory(optax.nadam(0.1)),
    "adadelta": trajectory(lambda p: torch.optim.Adadelta(p, lr=20.0)),
    "radam": trajectory(lambda p: torch.optim.RAdam(p, lr=0.1)),
    "adabelief": adabelief(eps=1e-16, betas=(0.9, 0.999), weight_decouple=True, rectify=True),
    "adabelief_plain": adabelief(eps=1e-8, betas=(0.9, 0.999), weight_decouple=False, rectify=False),
    "yogi_optax": optax_trajectory(optax.yogi(0.1)),
    "adan": trajectory(lambda p: pytorch_optimizer.Adan(p, lr=0.1)),
    "adopt": trajectory(lambda p: pytorch_optimizer.ADOPT(p, lr=0.1)),
    "adabound": trajectory(lambda p: adabound.AdaBound(p, lr=0.1, final_lr=0.2, gamma=0.5)),
    "amsbound": trajectory(lambda p: adabound.AdaBound(p, lr=0.1, final_lr=0.2, gamma=0.5, betas=(0.9, 0.5), amsbound=True)),
    "vradam": vradam(0.2, 0.9, 0.999, 0.25, 1e-8, 0.5, 0.05),
    "adafactor": adafactor(lr=0.4),
    "adafactor_optax": adafactor_optax(0.4),
    "adafactor_momentum": adafactor_optax(0.2, 0.875),
    "sign_optax": optax_trajectory(optax.sign_sgd(0.1)),
    "signum": trajectory(lambda p: pytorch_optimizer.SignSGD(p, lr=0.1, momentum=0.9)),
    "rprop": trajectory(lambda p: torch.optim.Rprop(p, lr=0.1)),
    "dog": trajectory(lambda p: dog.DoG(p, reps_rel=1e-2)),
    "prodigy": trajectory(lambda p: prodigyopt.Prodigy(p, d0=0.1, betas=(0.875, 0.984375))),
    "lamb": lamb(learning_rate=0.05, weight_decay=0.1),
    "lars": lars(0.5, 0.1, 0.05, 0.9),
    "sophia": sophia(0.1, 0.96, 0.99, 0.5, 1e-12, 5, 0.05),
    "muon": muon(0.02, 0.95, 0.1, 3e-4, (0.9, 0.95), 1e-10),
}

print("// Printed by Tests/References/first_order.py with PyTorch", torch.__version__ + ", Optax", optax.__version__, "and others.")
print("// swift-format-ignore-file")
print()
print("enum FirstOrderReference {")
print("  static let a: [[Double]] =", A)
print("  static let b: [Double] =", B)
print("  static let q: [Double] =", Q)
print("  static let start: [Double] =", START)
for name, points in runs.items():
    print()
    print(f"  static let {name}: [[Double]] = [")
    for point in points:
        print("    [" + ", ".join(repr(float(v)) for v in point) + "],")
    print("  ]")
print("}")
