"""What stands around first-order methods, printed as the Swift test data of
Tests/SecantTests/Direction/WrapperReference.swift.

Made with PyTorch 2.15.0 (on the CPU; BSD 3-clause licence) and NumPy 2.4.6 (BSD 3-clause licence):

    python3 wrappers.py > ../SecantTests/Direction/WrapperReference.swift

The rates are those of torch.optim.lr_scheduler; clipping by value is torch.nn.utils', which adds 1e-6 to a norm, so
that clipping by the norm is worked out here. Lookahead
(arXiv:1907.08610, Algorithm 1) and SAM and ASAM (arXiv:2010.01412 and 2102.11600) are worked out here from their
papers around torch.optim's methods. The problem is that of first_order.py.
"""

import contextlib
import io
import warnings

import numpy as np
import torch

with contextlib.redirect_stdout(io.StringIO()):
    from first_order import START, STEPS, gradient

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


def asam(rho, eta):
    def perturb(w, g):
        t = np.abs(w) + eta
        return rho * t * t * g / np.linalg.norm(t * g)
    return perturb


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
}

print("// Printed by Tests/References/wrappers.py with PyTorch", torch.__version__, "and NumPy", np.__version__ + ".")
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
