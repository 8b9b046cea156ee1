"""What stands around first-order methods, printed as the Swift test data of
Tests/SecantTests/Direction/WrapperReference.swift.

Made with PyTorch 2.15.0 (on the CPU; BSD 3-clause licence), NumPy 2.4.6 (BSD 3-clause licence), Optax 0.2.8 with JAX
0.10.2 (Apache 2.0) and schedulefree 1.4.1 (Apache 2.0):

    python3 wrappers.py > ../SecantTests/Direction/WrapperReference.swift

The rates are those of torch.optim.lr_scheduler; clipping by value is torch.nn.utils', which adds 1e-6 to a norm, so
that clipping by the norm is worked out here. Lookahead
(arXiv:1907.08610, Algorithm 1) and SAM and ASAM (arXiv:2010.01412 and 2102.11600) are worked out here from their
papers around torch.optim's methods. Schedule-Free is the authors' package, read in the mode that gives its average. The
averages are those of torch.optim.swa_utils, and Optax's where they are corrected for bias; decay on weights alone is that of
torch.optim with two groups of parameters, and adaptive clipping Optax's. The problem is that of first_order.py.
"""

import contextlib
import io
import warnings

import numpy as np
import optax
import schedulefree
import torch

with contextlib.redirect_stdout(io.StringIO()):
    from first_order import A, B, START, STEPS, gradient

warnings.filterwarnings("ignore")


def rates(make, count, metric=None):
    parameter = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    scheduler = make(optimizer)
    values = []
    for t in range(count):
        if metric:
            scheduler.step(metric(t))
            values.append(optimizer.param_groups[0]["lr"])
        else:
            values.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
    return values


def trajectory(make, clip=lambda x: None, lookahead=None, perturb=None):
    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([x])
    slow = x.detach().numpy().copy()
    points = []
    for t in range(STEPS):
        w = x.detach().numpy().copy()
        g = gradient(w)
        if perturb:
            g = gradient(w + perturb(w, g))
        x.grad = torch.tensor(g)
        clip(x)
        optimizer.step()
        if lookahead and (t + 1) % lookahead[0] == 0:
            slow = slow + lookahead[1] * (x.detach().numpy() - slow)
            with torch.no_grad():
                x.copy_(torch.tensor(slow))
        points.append(x.detach().numpy().copy())
    return points


def schedule_free(make):
    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([x])
    points = []
    for _ in range(STEPS):
        optimizer.train()
        x.grad = torch.tensor(gradient(x.detach().numpy()))
        optimizer.step()
        optimizer.eval()
        points.append(x.detach().numpy().copy())
    return points


class Point(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.x = torch.nn.Parameter(torch.tensor(START, dtype=torch.float64))


def averaged(average=None, first=1, every=1):
    """The average of the points of momentum from the step `first` on, every so many steps; before, the points."""
    model = Point()
    mean = torch.optim.swa_utils.AveragedModel(model, avg_fn=average)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    points = []
    for t in range(1, STEPS + 1):
        model.x.grad = torch.tensor(gradient(model.x.detach().numpy()))
        optimizer.step()
        if t >= first and (t - first) % every == 0:
            mean.update_parameters(model)
        points.append((mean.module if t >= first else model).x.detach().numpy().copy())
    return points


def corrected(decay):
    method = optax.ema(decay, debias=True)
    state = method.init(np.zeros(len(START)))
    points = []
    for x in trajectory(momentum):
        mean, state = method.update(x, state)
        points.append(np.array(mean))
    return points


def on_weights(make):
    """`make` is handed the weights, the first six variables, and the biases."""
    weights, biases = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (START[:6], START[6:]))
    optimizer = make([weights], [biases])
    points = []
    for _ in range(STEPS):
        g = torch.tensor(gradient(np.concatenate([weights.detach().numpy(), biases.detach().numpy()])))
        weights.grad, biases.grad = g[:6], g[6:]
        optimizer.step()
        points.append(np.concatenate([weights.detach().numpy(), biases.detach().numpy()]))
    return points


def clipped(clip):
    """`clip` is handed the point and its gradient, as a 3 x 2 matrix and a vector of two each."""
    blocks = lambda v: {"weight": v[:6].reshape((3, 2), order="F"), "bias": v[6:]}
    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = momentum([x])
    points = []
    for _ in range(STEPS):
        w = x.detach().numpy().copy()
        g = clip(blocks(w), blocks(gradient(w)))
        x.grad = torch.tensor(np.concatenate([np.array(g["weight"]).reshape(6, order="F"), np.array(g["bias"])]))
        optimizer.step()
        points.append(x.detach().numpy().copy())
    return points


def adaptive(ratio):
    """The unit of a row of the matrix; Optax's matrices have their outputs in columns."""
    method = optax.adaptive_grad_clip(ratio, eps=1e-3)
    turn = lambda v: {"weight": v["weight"].T, "bias": v["bias"]}
    return lambda w, g: turn(method.update(turn(g), method.init(turn(w)), turn(w))[0])


def asam(rho, eta, weights=len(START)):
    def perturb(w, g):
        t = np.abs(w) + eta
        t[weights:] = 1
        return rho * t * t * g / np.linalg.norm(t * g)
    return perturb


def term(x, i):
    """The gradient of (a_i'x - b_i)^2/2."""
    return np.array(A[i]) * (np.array(A[i]) @ x - B[i])


def svrg(rate, interval, draws):
    x = np.array(START)
    points = []
    for t, terms in enumerate(draws):
        if t % interval == 0:
            snapshot = x.copy()
            full = np.mean([term(snapshot, i) for i in range(len(B))], axis=0)
        x = x - rate * (np.mean([term(x, i) - term(snapshot, i) for i in terms], axis=0) + full)
        points.append(x.copy())
    return points


def saga(rate, draws):
    x = np.array(START)
    table = [term(x, i) for i in range(len(B))]
    points = []
    for j in draws:
        g = term(x, j)
        x, table[j] = x - rate * (g - table[j] + np.mean(table, axis=0)), g
        points.append(x.copy())
    return points


DRAWS = [7, 2, 1, 1, 2, 1, 7, 3, 7, 0, 1, 2, 4, 1, 7, 7, 4, 6, 0, 3, 0, 0, 0, 5]
PAIRS = [
    (7, 0), (2, 7), (1, 1), (1, 2), (2, 1), (1, 5), (7, 3), (3, 5), (7, 0), (0, 1), (1, 4), (2, 2),
    (4, 2), (1, 2), (7, 0), (7, 7), (4, 6), (6, 1), (0, 7), (3, 3), (0, 5), (0, 2), (0, 4), (5, 0)]


def plateau_value(t):
    return [5.0, 4.0, 3.9999, 3.9999, 4.1, 3.0, 3.2, 3.1, 3.0, 2.9999, 3.0, 3.0, 3.0, 3.0, 2.0, 2.0, 2.0, 2.0][t]


LR = torch.optim.lr_scheduler
momentum = lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9)
adam = lambda p: torch.optim.Adam(p, lr=0.1)

lists = {
    "warmRestarts": rates(lambda o: LR.CosineAnnealingWarmRestarts(o, T_0=4, T_mult=2, eta_min=0.1), 30),
    "equalRestarts": rates(lambda o: LR.CosineAnnealingWarmRestarts(o, T_0=5), 17),
    "oneCycle": rates(lambda o: LR.OneCycleLR(o, max_lr=1.0, total_steps=25, cycle_momentum=False), 25),
    "plateau": rates(
        lambda o: LR.ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=1e-4, cooldown=2, min_lr=0.2), 18,
        plateau_value),
    "plateauValues": [plateau_value(t) for t in range(18)],
}
runs = {
    "clippedByValue": trajectory(momentum, lambda x: torch.nn.utils.clip_grad_value_([x], 0.5)),
    "clippedByNorm": trajectory(momentum, lambda x: x.grad.mul_(min(1.0, 1.5 / float(torch.linalg.norm(x.grad))))),
    "lookahead": trajectory(adam, lookahead=(5, 0.5)),
    "sam": trajectory(momentum, perturb=lambda w, g: 0.05 * g / np.linalg.norm(g)),
    "asam": trajectory(momentum, perturb=asam(0.5, 0.01)),
    "asamOnWeights": trajectory(momentum, perturb=asam(0.5, 0.01, weights=6)),
    "scheduleFreeSGD": schedule_free(
        lambda p: schedulefree.SGDScheduleFree(p, lr=0.2, momentum=0.8, weight_decay=0.05, warmup_steps=4)),
    "scheduleFreeAdamW": schedule_free(
        lambda p: schedulefree.AdamWScheduleFree(p, lr=0.2, weight_decay=0.1, warmup_steps=3)),
    "scheduleFreeGrowth": schedule_free(
        lambda p: schedulefree.AdamWScheduleFree(p, lr=0.2, warmup_steps=3, r=1.5, weight_lr_power=1)),
    "mean": averaged(),
    "laterMean": averaged(first=4, every=3),
    "movingAverage": averaged(torch.optim.swa_utils.get_ema_avg_fn(0.9)),
    "correctedAverage": corrected(0.9),
    "coupledDecay": on_weights(
        lambda w, b: torch.optim.SGD(
            [{"params": w, "weight_decay": 0.2}, {"params": b}], lr=0.05, momentum=0.9)),
    "decoupledDecay": on_weights(
        lambda w, b: torch.optim.AdamW(
            [{"params": w, "weight_decay": 0.2}, {"params": b, "weight_decay": 0.0}], lr=0.1)),
    "clippedByBlock": clipped(
        lambda w, g: {name: v * min(1, 1.5 / np.linalg.norm(v)) for name, v in g.items()}),
    "clippedByUnit": clipped(adaptive(0.5)),
    "svrg": svrg(0.02, 5, PAIRS),
    "saga": saga(0.02, DRAWS),
}

print("// Printed by Tests/References/wrappers.py with PyTorch", torch.__version__ + ", Optax", optax.__version__, "and others.")
print("// swift-format-ignore-file")
print()
print("enum WrapperReference {")
for name, values in lists.items():
    print(f"  static let {name}: [Double] =", [float(v) for v in values])
for name, points in runs.items():
    print()
    print(f"  static let {name}: [[Double]] = [")
    for point in points:
        print("    [" + ", ".join(repr(float(v)) for v in point) + "],")
    print("  ]")
print("}")
