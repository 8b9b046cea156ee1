"""Evaluations of Secant's solvers beside SciPy's L-BFGS-B, BFGS and CG, on the same problems in one run.

Both evaluate the same compiled problems, Secant's. What is counted is the number of joint evaluations of f and its
gradient until one of them has |g|_inf <= 1e-6 max(1, |g0|_inf); a solver's own tolerances are set to zero, so that it
does not stop before. A run that does not get there within 20,000 evaluations has failed.

    swift build -c release --product PeerBridge && python3 compare_with_scipy.py [collection]

Collection 0 is that of More, Garbow and Hillstrom, 1 the 36 problems of cutest-peers.csv, where the counts of further
peers that are recorded there join the medians.
"""

import csv
import ctypes
import pathlib
import statistics
import sys

import numpy
import scipy.optimize

LIMIT = 20_000
here = pathlib.Path(__file__).parent
bridge = ctypes.CDLL(str(here / ".build/release/libPeerBridge.so"))
bridge.secant_evaluate.restype = ctypes.c_double
doubles = ctypes.POINTER(ctypes.c_double)


class Reached(Exception):
    pass


class Problem:
    def __init__(self, collection, index):
        self.key = (collection, index)
        name = ctypes.create_string_buffer(100)
        n = bridge.secant_problem(collection, index, name, 100, None)
        self.start = numpy.zeros(n)
        bridge.secant_problem(collection, index, name, 100, self.start.ctypes.data_as(doubles))
        self.name = name.value.decode()
        self.threshold = 1e-6 * max(1.0, abs(self.evaluate(self.start)[1]).max())

    def evaluate(self, x):
        x = numpy.ascontiguousarray(x, dtype=float)
        gradient = numpy.zeros_like(x)
        value = bridge.secant_evaluate(
            *self.key, x.ctypes.data_as(doubles), gradient.ctypes.data_as(doubles)
        )
        return value, gradient

    def scipy(self, method, options):
        """Evaluations to the threshold, or None."""
        count = 0

        def counted(x):
            nonlocal count
            count += 1
            value, gradient = self.evaluate(x)
            if abs(gradient).max() <= self.threshold:
                raise Reached
            if count >= LIMIT:
                raise StopIteration
            return value, gradient

        try:
            with numpy.errstate(all="ignore"):
                scipy.optimize.minimize(
                    counted, self.start, jac=True, method=method, options=options
                )
        except Reached:
            return count
        except (StopIteration, RuntimeError):
            return None
        return None

    def secant(self, number):
        """Evaluations to the threshold or None, Hessian-vector products, Hessians, f and the status."""
        counts = (ctypes.c_int32 * 3)()
        value = ctypes.c_double()
        status = ctypes.create_string_buffer(40)
        bridge.secant_solve(*self.key, number, LIMIT, counts, ctypes.byref(value), status, 40)
        return (counts[0] if counts[0] >= 0 else None), counts[1], counts[2], value.value, status.value.decode()


def secant_methods():
    names = []
    buffer = ctypes.create_string_buffer(100)
    while bridge.secant_method(len(names), buffer, 100):
        names.append(buffer.value.decode())
    return names


PEERS = {
    "L-BFGS-B": ("L-BFGS-B", {"maxcor": 10, "ftol": 0, "gtol": 0, "maxiter": LIMIT, "maxfun": LIMIT}),
    "BFGS": ("BFGS", {"gtol": 0, "maxiter": LIMIT}),
    "CG": ("CG", {"gtol": 0, "maxiter": LIMIT}),
}


def median(counts):
    return statistics.median(LIMIT if c is None else c for c in counts)


def recorded():
    """The counts of cutest-peers.csv by peer, and by problem in the order of the file."""
    rows = list(csv.DictReader(open(here / "cutest-peers.csv")))
    peers = [c for c in rows[0] if c.endswith(" gradients")]
    return {
        p: [int(r[p]) if r[p] not in ("failed", "") else None for r in rows] for p in peers
    }


def main():
    collection = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    problems = [Problem(collection, i) for i in range(bridge.secant_problem_count(collection))]
    if collection == 0:
        problems = [p for p in problems if len(p.start) <= 200]
    names = secant_methods()
    columns = [f"SciPy {p}" for p in PEERS] + names
    table = {c: [] for c in columns}
    print("| problem |", " | ".join(columns), "|")
    print("| --- |", " | ".join("---:" for _ in columns), "|")
    for problem in problems:
        for peer, (method, options) in PEERS.items():
            # SciPy's BFGS forms dense products, which takes minutes beyond a few hundred variables.
            skips = peer == "BFGS" and len(problem.start) > 200
            table[f"SciPy {peer}"].append(None if skips else problem.scipy(method, options))
        for number, name in enumerate(names):
            table[name].append(problem.secant(number)[0])
        row = (str(table[c][-1] if table[c][-1] is not None else "failed") for c in columns)
        print(f"| {problem.name} |", " | ".join(row), "|", flush=True)
    print("| median |", " | ".join(f"{median(table[c]):g}" for c in columns), "|")
    print("| failed |", " | ".join(str(table[c].count(None)) for c in columns), "|")
    if collection == 1:
        print("\n| peer, recorded | median | failed |\n| --- | ---: | ---: |")
        for peer, counts in recorded().items():
            print(f"| {peer.removesuffix(' gradients')} | {median(counts):g} | {counts.count(None)} |")


main()
