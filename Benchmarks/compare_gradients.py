"""The cost of a gradient and of a Hessian-vector product beside PyTorch, JAX and Swift's own differentiation.

All of them evaluate the same functions at the same points in double precision. Before anything is printed, the values
and the norms of the gradients and of the products must agree to 1e-10.

    pip install numpy torch jax
    swift build -c release --product GradientCost
    python3 compare_gradients.py [--rounds 3] [--seconds 0.3] [--threads 1,2] [function ...]

On one thread the clock is the processor time of the process, which is held on one core; on two it is the wall clock. A
figure is the median of many evaluations; the libraries take turns, each in a process of its own, and of the rounds the
median counts. A gradient comes with its value in all of them.

Where a library offers two ways the faster counts: PyTorch's product is reverse over reverse, torch.autograd.grad of
its own gradient, or forward over reverse, torch.func.jvp of torch.func.grad; what JAX has jitted is dispatched from
another thread or from the caller's own. torch.compile needs a C++ compiler.
"""

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import time

here = pathlib.Path(__file__).parent
SWIFT = here / ".build/release/GradientCost"
FUNCTIONS = {
    "rosenbrock-1000": "extended Rosenbrock",
    "rosenbrock-100000": "extended Rosenbrock",
    "logistic": "logistic regression, 1,000 × 20",
    "perceptron": "784–128–10, batch of 64",
    "perceptron-small": "30–64–64–1, batch of 64",
}
# The workers by the method that they measure; of several the faster counts, figure by figure.
PEERS = {
    "NumPy, by hand": ["numpy"],
    "PyTorch": ["torch"],
    "PyTorch, compiled": ["torch-compiled"],
    "JAX, not jitted": ["jax"],
    "JAX, jitted": ["jax-jitted", "jax-jitted-synchronous"],
}
WORKERS = {worker: method for method, workers in PEERS.items() for worker in workers}
KINDS = ["value", "gradient", "product"]


# Points and data, by formulas that GradientCost uses too. The sine is the C library's in both languages; NumPy has one
# of its own, which can differ in the last bit.


def sines(count, scale=1.0, rate=1.0):
    import numpy

    return numpy.array([scale * math.sin(rate * k + 1) for k in range(count)])


def direction(count):
    import numpy

    return numpy.array([math.cos(k + 1) for k in range(count)])


def signs(count):
    import numpy

    return numpy.array([1.0 if math.sin(3 * k) >= 0 else -1.0 for k in range(count)])


class Case:
    """A function: how it is written, its parameters as a tuple of arrays and its data."""

    def __init__(self, name):
        import numpy

        if name.startswith("rosenbrock"):
            self.formula = rosenbrock
            flat = sines(int(name.split("-")[1]))
            shapes, self.data = [flat.shape], ()
        elif name == "logistic":
            self.formula = logistic
            flat = sines(20, 0.1)
            shapes, self.data = [flat.shape], (sines(1000 * 20).reshape(1000, 20), signs(1000))
        else:
            sizes = [784, 128, 10] if name == "perceptron" else [30, 64, 64, 1]
            self.formula = classifier if name == "perceptron" else detector
            shapes, scales = [], []
            for rows, columns in zip(sizes, sizes[1:]):
                shapes += [(rows, columns), (columns,)]
                scales += [1 / math.sqrt(rows)] * (rows * columns) + [0.1] * columns
            flat = sines(len(scales)) * numpy.array(scales)
            labels = numpy.arange(64) * 7 % 10 if name == "perceptron" else signs(64)
            self.data = (sines(64 * sizes[0], rate=0.5).reshape(64, sizes[0]), labels)
        self.n = len(flat)
        self.parameters = self.split(flat, shapes)
        self.direction = self.split(direction(self.n), shapes)

    @staticmethod
    def split(flat, shapes):
        parts, position = [], 0
        for shape in shapes:
            count = math.prod(shape)
            parts.append(flat[position : position + count].reshape(shape).copy())
            position += count
        return tuple(parts)


# The functions, each as a user of the library writes it: `lib` holds what the libraries spell differently.


def rosenbrock(lib, parameters):
    (x,) = parameters
    odd, even = x[0::2], x[1::2]
    return (100 * (even - odd**2) ** 2 + (1 - odd) ** 2).sum()


def logistic(lib, parameters, features, labels):
    (w,) = parameters
    return lib.softplus(-labels * (features @ w)).mean() + 0.5e-3 * (w @ w)


def classifier(lib, parameters, inputs, labels):
    w1, b1, w2, b2 = parameters
    return lib.cross_entropy(lib.tanh(inputs @ w1 + b1) @ w2 + b2, labels)


def detector(lib, parameters, inputs, labels):
    w1, b1, w2, b2, w3, b3 = parameters
    output = lib.tanh(lib.tanh(inputs @ w1 + b1) @ w2 + b2) @ w3 + b3
    return lib.softplus(-labels * output[:, 0]).mean()


# The workers.


class Clock:
    def __init__(self, threads, seconds):
        self.now = time.process_time if threads == 1 else time.perf_counter
        self.seconds = seconds

    def microseconds(self, evaluate):
        """The median time of an evaluation, in batches of a millisecond."""
        start = self.now()
        evaluate()
        evaluate()
        once = max((self.now() - start) / 2, 1e-7)
        batch = max(1, round(1e-3 / once))
        for _ in range(2 * batch):
            evaluate()
        times = []
        end = time.perf_counter() + self.seconds
        while len(times) < 5 or time.perf_counter() < end:
            start = self.now()
            for _ in range(batch):
                evaluate()
            times.append((self.now() - start) / batch)
        return 1e6 * statistics.median(times)


def worker_numpy(cases, clock, threads):
    import numpy

    class Library:
        tanh = staticmethod(numpy.tanh)
        softplus = staticmethod(lambda x: numpy.logaddexp(0, x))

        @staticmethod
        def cross_entropy(outputs, labels):
            largest = outputs.max(axis=1)
            logarithms = largest + numpy.log(numpy.exp(outputs - largest[:, None]).sum(axis=1))
            return (logarithms - outputs[numpy.arange(len(labels)), labels]).mean()

    def through_layer(outwards, activations, w):
        """The derivatives in w, in the bias and in the activations before the layer."""
        return activations.T @ outwards, outwards.sum(axis=0), outwards @ w.T

    def rosenbrock_gradient(parameters):
        (x,) = parameters
        odd, even = x[0::2], x[1::2]
        residual, rest = even - odd**2, 1 - odd
        g = numpy.empty_like(x)
        g[0::2] = -400 * odd * residual - 2 * rest
        g[1::2] = 200 * residual
        return (100 * residual**2 + rest**2).sum(), (g,)

    def rosenbrock_product(parameters, v):
        (x,), (v,) = parameters, v
        odd, even = x[0::2], x[1::2]
        product = numpy.empty_like(x)
        product[0::2] = (1200 * odd**2 - 400 * even + 2) * v[0::2] - 400 * odd * v[1::2]
        product[1::2] = 200 * v[1::2] - 400 * odd * v[0::2]
        return (product,)

    def logistic_gradient(parameters, features, labels):
        (w,) = parameters
        margins = -labels * (features @ w)
        slopes = -labels / (1 + numpy.exp(-margins)) / len(labels)
        return numpy.logaddexp(0, margins).mean() + 0.5e-3 * (w @ w), (features.T @ slopes + 1e-3 * w,)

    def logistic_product(parameters, v, features, labels):
        (w,), (v,) = parameters, v
        s = 1 / (1 + numpy.exp(labels * (features @ w)))
        return (features.T @ (s * (1 - s) * (features @ v)) / len(labels) + 1e-3 * v,)

    def classifier_gradient(parameters, inputs, labels):
        w1, b1, w2, b2 = parameters
        hidden = numpy.tanh(inputs @ w1 + b1)
        outputs = hidden @ w2 + b2
        rows = numpy.arange(len(labels))
        largest = outputs.max(axis=1)
        p = numpy.exp(outputs - largest[:, None])
        sums = p.sum(axis=1)
        value = (largest + numpy.log(sums) - outputs[rows, labels]).mean()
        p /= sums[:, None]
        p[rows, labels] -= 1
        p /= len(labels)
        dw2, db2, dhidden = through_layer(p, hidden, w2)
        inwards = dhidden * (1 - hidden**2)
        return value, (inputs.T @ inwards, inwards.sum(axis=0), dw2, db2)

    def detector_gradient(parameters, inputs, labels):
        w1, b1, w2, b2, w3, b3 = parameters
        first = numpy.tanh(inputs @ w1 + b1)
        second = numpy.tanh(first @ w2 + b2)
        margins = -labels * (second @ w3 + b3)[:, 0]
        outwards = (-labels / (1 + numpy.exp(-margins)) / len(labels))[:, None]
        dw3, db3, dsecond = through_layer(outwards, second, w3)
        dw2, db2, dfirst = through_layer(dsecond * (1 - second**2), first, w2)
        inwards = dfirst * (1 - first**2)
        value = numpy.logaddexp(0, margins).mean()
        return value, (inputs.T @ inwards, inwards.sum(axis=0), dw2, db2, dw3, db3)

    gradients = {
        rosenbrock: rosenbrock_gradient, logistic: logistic_gradient,
        classifier: classifier_gradient, detector: detector_gradient,
    }  # fmt: skip
    products = {rosenbrock: rosenbrock_product, logistic: logistic_product}
    for name, case in cases:
        formula, parameters, data, v = case.formula, case.parameters, case.data, case.direction
        evaluations = {
            "value": lambda: formula(Library, parameters, *data),
            "gradient": lambda: gradients[formula](parameters, *data),
        }
        if formula in products:
            evaluations["product"] = lambda: products[formula](parameters, v, *data)
        norm = lambda arrays: math.sqrt(sum((a**2).sum() for a in arrays))
        report(name, case, clock, evaluations, norm)


def worker_torch(cases, clock, threads, compiled=False):
    import torch

    torch.set_num_threads(threads)

    class Library:
        tanh = staticmethod(torch.tanh)
        softplus = staticmethod(torch.nn.functional.softplus)
        cross_entropy = staticmethod(torch.nn.functional.cross_entropy)

    for name, case in cases:
        data = [torch.from_numpy(d) for d in case.data]
        parameters = tuple(torch.from_numpy(p) for p in case.parameters)
        recorded = tuple(p.clone().requires_grad_() for p in parameters)
        v = tuple(torch.from_numpy(d) for d in case.direction)

        def formula(p, *data):
            return case.formula(Library, p, *data)

        def value():
            with torch.no_grad():
                return formula(parameters, *data).item()

        def gradient():
            result = formula(recorded, *data)
            return result.item(), torch.autograd.grad(result, recorded)

        def reverse_over_reverse():
            g = torch.autograd.grad(formula(recorded, *data), recorded, create_graph=True)
            return torch.autograd.grad(g, recorded, v)

        def hessian_times(p, v, *data):
            return torch.func.jvp(lambda p: torch.func.grad(formula)(p, *data), (p,), (v,))[1]

        def forward_over_reverse():
            return hessian_times(parameters, v, *data)

        products = [reverse_over_reverse, forward_over_reverse]
        if compiled:
            torch.compiler.reset()
            compiled_value = torch.compile(formula)
            compiled_gradient = torch.compile(torch.func.grad_and_value(formula))
            compiled_product = torch.compile(hessian_times)

            def value():
                with torch.no_grad():
                    return compiled_value(parameters, *data).item()

            def gradient():
                g, result = compiled_gradient(parameters, *data)
                return result.item(), g

            products = [lambda: compiled_product(parameters, v, *data)]

        norm = lambda tensors: math.sqrt(sum((t**2).sum().item() for t in tensors))
        report(name, case, clock, {"value": value, "gradient": gradient, "product": products}, norm)


def worker_jax(cases, clock, threads, jitted=False, synchronous=False):
    import jax
    import jax.numpy

    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_cpu_enable_async_dispatch", not synchronous)

    class Library:
        tanh = staticmethod(jax.numpy.tanh)
        softplus = staticmethod(jax.nn.softplus)

        @staticmethod
        def cross_entropy(outputs, labels):
            chosen = jax.numpy.take_along_axis(outputs, labels[:, None], axis=1)[:, 0]
            return (jax.nn.logsumexp(outputs, axis=1) - chosen).mean()

    compiled = jax.jit if jitted else lambda f: f
    for name, case in cases:
        data = tuple(jax.numpy.asarray(d) for d in case.data)
        parameters = tuple(jax.numpy.asarray(p) for p in case.parameters)
        v = tuple(jax.numpy.asarray(d) for d in case.direction)

        def formula(p, *data):
            return case.formula(Library, p, *data)

        def hessian_times(p, v, *data):
            return jax.jvp(lambda p: jax.grad(formula)(p, *data), (p,), (v,))[1]

        value, gradient = compiled(formula), compiled(jax.value_and_grad(formula))
        product = compiled(hessian_times)
        evaluations = {
            "value": lambda: jax.block_until_ready(value(parameters, *data)),
            "gradient": lambda: jax.block_until_ready(gradient(parameters, *data)),
            "product": lambda: jax.block_until_ready(product(parameters, v, *data)),
        }
        norm = lambda arrays: math.sqrt(sum(float((a**2).sum()) for a in arrays))
        report(name, case, clock, evaluations, norm)


def report(name, case, clock, evaluations, norm):
    """Prints one line of JSON, as GradientCost does. Of several evaluations the fastest counts."""
    evaluations = {
        kind: evaluate if callable(evaluate) else min(evaluate, key=clock.microseconds)
        for kind, evaluate in evaluations.items()
    }
    value, gradient = evaluations["gradient"]()
    line = {"function": name, "n": case.n, "value": float(value), "norm": norm(gradient)}
    agree(float(evaluations["value"]()), float(value), f"{name}: the value and the one beside the gradient")
    if "product" in evaluations:
        line["product_norm"] = norm(evaluations["product"]())
    for kind, evaluate in evaluations.items():
        line[f"{kind}_us"] = clock.microseconds(evaluate)
    print(json.dumps(line), flush=True)


def work(worker, functions, threads, seconds):
    cases = ((name, Case(name)) for name in functions)
    library, *manner = worker.split("-")
    run = {"numpy": worker_numpy, "torch": worker_torch, "jax": worker_jax}[library]
    run(cases, Clock(threads, seconds), threads, **{word: True for word in manner})


# The comparison.


def agree(a, b, what):
    if not abs(a - b) <= 1e-10 * max(abs(a), abs(b)):
        sys.exit(f"{what}: {a!r} and {b!r} differ by more than 1e-10")


def run(command, threads):
    """The lines that a process prints, with as many cores to itself as it has threads."""
    # What is read once, as a library is loaded.
    environment = {k: str(threads) for k in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]}
    environment["PYTHONWARNINGS"] = "ignore"
    cores = sorted(os.sched_getaffinity(0))[-threads:]
    finished = subprocess.run(
        [str(c) for c in command], stdout=subprocess.PIPE, text=True, env=os.environ | environment,
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )  # fmt: skip
    if finished.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return [json.loads(line) for line in finished.stdout.splitlines()]


def measure(functions, threads, rounds, seconds):
    """{(function, method): line}, with the medians of the rounds."""
    collected = {}
    for number in range(rounds):
        for worker in [None, *WORKERS]:
            print(f"threads {threads}, round {number + 1}: {worker or 'Swift'}", file=sys.stderr)
            common = ["--threads", threads, "--seconds", seconds, *functions]
            command = [sys.executable, __file__, "--worker", worker] if worker else [SWIFT]
            for line in run(command + common, threads):
                method = line.get("method") or WORKERS[worker]
                collected.setdefault((line["function"], method), {}).setdefault(worker, []).append(line)
    merged = {}
    for key, workers in collected.items():
        merged[key] = next(iter(workers.values()))[0]
        for kind in KINDS:
            times = [[line.get(f"{kind}_us") for line in lines] for lines in workers.values()]
            medians = [statistics.median(t) for t in times if None not in t]
            merged[key][f"{kind}_us"] = min(medians, default=None)
    return merged


def check(lines):
    """The methods must have computed the same."""
    reference = {}
    for (function, method), line in lines.items():
        for quantity in ["value", "norm", "product_norm"]:
            if line.get(quantity) is None:
                continue
            first = reference.setdefault((function, quantity), (method, line[quantity]))
            agree(first[1], line[quantity], f"{function}: {quantity} of {first[0]} and of {method}")
    return reference


def table(lines, functions, threads):
    print(f"\n{threads} thread{'s' if threads > 1 else ''}\n")
    head = ["function", "method", "value, µs", "gradient, µs", "product, µs"]
    head += ["gradient / plain value", "product / gradient", "gradient / Secant's"]
    print("|", " | ".join(head), "|")
    print("| --- | --- |" + " ---: |" * 6)
    cell = lambda x, digits=1: "" if x is None else f"{x:,.{digits}f}"
    quotient = lambda a, b: None if a is None or b is None else a / b
    for function in functions:
        rows = {method: line for (f, method), line in lines.items() if f == function}
        plain = rows["plain Double"]["value_us"]
        secant = rows.get("Secant", {}).get("gradient_us")
        for method, line in rows.items():
            times = [line[f"{kind}_us"] for kind in KINDS]
            ratios = [quotient(times[1], plain), quotient(times[2], times[1]), quotient(times[1], secant)]
            title = f"{FUNCTIONS[function]}, n = {line['n']:,}" if method == "plain Double" else ""
            cells = [title, method, *map(cell, times), *(cell(r, 2) for r in ratios)]
            print("|", " | ".join(cells), "|")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("functions", nargs="*", metavar="function", help=", ".join(FUNCTIONS))
    parser.add_argument("--threads", default="1,2", help="which numbers of threads, such as 1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.3, help="for each figure and round")
    parser.add_argument("--worker", choices=WORKERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    functions = arguments.functions or list(FUNCTIONS)
    if unknown := set(functions) - FUNCTIONS.keys():
        parser.error(f"no function {', '.join(unknown)}: choose from {', '.join(FUNCTIONS)}")
    if arguments.worker:
        return work(arguments.worker, functions, int(arguments.threads), arguments.seconds)
    for threads in map(int, arguments.threads.split(",")):
        lines = measure(functions, threads, arguments.rounds, arguments.seconds)
        reference = check(lines)
        table(lines, functions, threads)
    print("\n| function | value | ‖gradient‖ | ‖product‖ |\n| --- | ---: | ---: | ---: |")
    for function in functions:
        quantities = (reference[function, q][1] for q in ["value", "norm", "product_norm"])
        print(f"| {function} |", " | ".join(f"{q:.15g}" for q in quantities), "|")


main()
