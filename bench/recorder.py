"""What recording costs: the same training with and without, by turns, in processor time on one thread.

    /usr/bin/python3 bench/recorder.py [--steps 400] [--repeats 3]

Small networks of the published study on images of 28×28 in batches of 32, measured at every 20th step on 160 examples:
all layers, and for the CNNs also with weights and evaluation at every 100th. Fails where recording the layers of a CNN
takes 10 % or more of its training. Writes bench/results/recorder.md.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

import torch
from torch import nn

here = Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parent / "python")]

import rankscope  # noqa: E402
from torch_networks import build  # noqa: E402

LIMIT = 0.10
CASES = [
    ("cnn_shallow", "layers", {}),
    ("cnn_shallow", "layers, weights, evaluation", {"weights": 100, "evaluate": True}),
    ("cnn_medium", "layers", {}),
    ("cnn_medium", "layers, weights, evaluation", {"weights": 100, "evaluate": True}),
    ("mlp_medium", "layers", {}),
    ("transformer_shallow", "layers", {}),
]


def seconds(name, steps, images, labels, options):
    """Processor time of a training, with a recorder unless `options` is None."""
    torch.manual_seed(0)
    model = build(name)
    optimizer = torch.optim.Adam(model.parameters())
    order = torch.randint(0, 1500, (steps, 32))

    def train(after):
        model.train()
        for step in range(steps):
            chosen = order[step]
            loss = nn.functional.cross_entropy(model(images[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            after(step, loss)

    began = time.process_time()
    if options is None:
        train(lambda step, loss: None)
        return time.process_time() - began
    options = dict(options)
    if options.pop("evaluate", False):
        options["evaluate"] = (images[-500:], labels[-500:])
    with tempfile.TemporaryDirectory() as study:
        began = time.process_time()
        with rankscope.record(model, study, probe=images[1500:1660], seed=0, quiet=True, **options) as r:
            train(r.step)
        return time.process_time() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(1)
    images = torch.randn(2200, 1, 28, 28, generator=generator)
    labels = torch.randint(0, 10, (2200,), generator=generator)
    rows, failed = [], False
    for name, what, options in CASES:
        pairs = []
        seconds(name, 20, images, labels, None)
        for _ in range(arguments.repeats):
            bare = seconds(name, arguments.steps, images, labels, None)
            pairs.append((bare, seconds(name, arguments.steps, images, labels, options)))
        bare, recorded = (statistics.median(column) for column in zip(*pairs))
        share = statistics.median(with_ / without - 1 for without, with_ in pairs)
        failed |= what == "layers" and name.startswith("cnn") and share >= LIMIT
        rows.append(f"| {name} | {what} | {1000 * bare / arguments.steps:.2f} ms | "
                    f"{1000 * recorded / arguments.steps:.2f} ms | {100 * share:.1f} % |")
        print(rows[-1], flush=True)
    table = ["| network | recorded | a step without | with | overhead |", "|---|---|---|---|---|", *rows]
    note = (f"PyTorch {torch.__version__}, one thread, processor time, {arguments.steps} steps, median of {arguments.repeats} by turns; "
            "measured at every 20th step on 160 examples.")
    (here / "results" / "recorder.md").write_text("\n".join(["# What recording costs", "", note, "", *table, ""]))
    sys.exit(1 if failed else 0)


main()
