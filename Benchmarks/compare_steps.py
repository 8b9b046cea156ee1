"""The steps of StepOverhead beside those of PyTorch, in one run.

    pip install torch
    swift build -c release --product StepOverhead
    python3 compare_steps.py [--rounds 3] [--threads 1,2]

torch.optim.Muon and the fused torch.optim.AdamW take their steps on parameters whose gradient stands already, as in
StepOverhead. Muon iterates in bfloat16; its iteration is run in single precision as well, which is what StepOverhead
computes in: by Newton-Schulz ("muon") and by the exact factor ("polar"). On one thread the clock is the processor time of
the process, on two it is the wall clock. The two take turns, each in a process of its own; a figure is the median of the
rounds. OpenBLAS takes the kernels that suit the processor, unless OPENBLAS_CORETYPE says otherwise: which, is printed.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time

here = pathlib.Path(__file__).parent
SWIFT = here / ".build/release/StepOverhead"


def worker(threads):
    import torch

    torch.set_num_threads(threads)
    now = time.process_time if threads == 1 else time.perf_counter

    def measure(key, optimizer, count):
        for _ in range(2):
            optimizer.step()
        times = []
        for _ in range(5):
            start = now()
            for _ in range(count):
                optimizer.step()
            times.append((now() - start) / count)
        print("time", key, statistics.median(times), flush=True)

    def muon(precision):
        for rows, columns in [(1024, 1024), (768, 3072)]:
            w = torch.nn.Parameter(torch.randn(rows, columns))
            w.grad = torch.randn(rows, columns)
            measure(f"muon-{rows}x{columns}-{precision}", torch.optim.Muon([w]), 1)

    muon("bfloat16")
    # What the iteration asks a copy of the gradient in.
    torch.bfloat16 = torch.float32
    muon("float32")
    for n in [1_000_000, 10_000_000]:
        w = torch.nn.Parameter(torch.randn(n))
        w.grad = torch.randn(n)
        measure(f"adamw-{n}", torch.optim.AdamW([w], fused=True), max(1, 4_000_000 // n))


def times(command):
    """The times that it prints, and what OpenBLAS says of its kernels."""
    verbose = os.environ | {"OPENBLAS_VERBOSE": "2"}
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=verbose)
    rows = (line.split() for line in run.stdout.splitlines() if line.startswith("time"))
    core = next((line for line in run.stderr.splitlines() if line.startswith("Core:")), "Core: unknown")
    return {key: float(value) for _, key, value in rows}, core


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", default="1,2")
    options = parser.parse_args()
    for threads in options.threads.split(","):
        ours, theirs, cores = {}, {}, {}
        for _ in range(options.rounds):
            for found, command in [
                (ours, [SWIFT, threads]),
                (theirs, [sys.executable, __file__, "worker", threads]),
            ]:
                values, cores[id(found)] = times(command)
                for key, value in values.items():
                    found.setdefault(key, []).append(value)
        print(f"\nthreads: {threads}, OpenBLAS's kernels: {cores[id(ours)]}\n")
        print("| step | Secant | PyTorch's | PyTorch | ratio |\n| --- | ---: | --- | ---: | ---: |")
        for key, values in ours.items():
            method, size = key.rsplit("-", 1)
            if method in ("muon", "polar"):
                peers = [(f"Muon, {precision}", f"muon-{size}-{precision}") for precision in ("bfloat16", "float32")]
            else:
                peers = [("fused AdamW", f"adamw-{size}")]
            for name, peer in peers:
                a, b = statistics.median(values), statistics.median(theirs[peer])
                print(f"| {key} | {1e3 * a:.2f} ms | {name} | {1e3 * b:.2f} ms | {a / b:.2f} |")


if sys.argv[1:2] == ["worker"]:
    worker(int(sys.argv[2]))
else:
    main()
