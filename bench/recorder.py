"""What recording costs: the recorder's share of a training's processor time, on one thread.

    /usr/bin/python3 bench/recorder.py [--steps 400] [--repeats 3]

Small networks of the published study on images of 28×28, all layers measured at every 20th step, weights and evaluation
(500 examples) at every 100th. Both parts are of one run, so that what else the machine does weighs on both alike.
The probe's forward pass alone is measured beside: recording cannot take less. Fails
where recording the layers of a CNN that is trained in batches of 128 takes 10 % or more of its training: the probe's 160
examples go through the network once, those of 20 batches there and back.
Writes bench/results/recorder.md.
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
CASES = [  # network, examples of a batch, of the probe, what is recorded beside the layers
    ("cnn_shallow", 128, 160, "", {}),
    ("cnn_medium", 128, 160, "", {}),
    ("cnn_shallow", 128, 160, ", weights, evaluation", {"weights": 100, "evaluate": True}),
    ("cnn_shallow", 32, 160, "", {}),
    ("cnn_shallow", 32, 64, "", {}),
    ("mlp_medium", 128, 160, "", {}),
]


def shares(name, batch, probe, steps, images, labels, options):
    """Processor time of a step of training by itself, and of recording as a share of all steps."""
    torch.manual_seed(0)
    model = build(name)
    optimizer = torch.optim.Adam(model.parameters())
    order = torch.randint(0, 1500, (steps, batch))
    options = dict(options)
    if options.pop("evaluate", False):
        options["evaluate"] = (images[-500:], labels[-500:])
    with tempfile.TemporaryDirectory() as study:
        began = time.process_time()
        r = rankscope.record(model, study, probe=images[1500 : 1500 + probe], seed=0, quiet=True, **options)
        model.train()
        for step in range(steps):
            chosen = order[step]
            loss = nn.functional.cross_entropy(model(images[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            r.step(step, loss)
        r.end()
        training = time.process_time() - began - r.overhead
    return training / steps, r.overhead / training


def forward_share(name, batch, probe, images, labels):
    """What no recorder can do without: one forward pass of the probe, as a share of 20 steps of training."""
    model = build(name)
    optimizer = torch.optim.Adam(model.parameters())

    def train():
        loss = nn.functional.cross_entropy(model(images[:batch]), labels[:batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def forward():
        with torch.no_grad():
            model(images[:probe])

    def seconds(work, times):
        work()
        began = time.process_time()
        for _ in range(times):
            work()
        return (time.process_time() - began) / times

    return seconds(forward, 10) / (20 * seconds(train, 40))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    rankscope.time.perf_counter = time.process_time  # by which the recorder counts what it takes
    generator = torch.Generator().manual_seed(1)
    images = torch.randn(2200, 1, 28, 28, generator=generator)
    labels = torch.randint(0, 10, (2200,), generator=generator)
    rows, failed = [], False
    for name, batch, probe, what, options in CASES:
        shares(name, batch, probe, 20, images, labels, options)
        found = [shares(name, batch, probe, arguments.steps, images, labels, options) for _ in range(arguments.repeats)]
        step, share = (statistics.median(column) for column in zip(*found))
        failed |= what == "" and batch == 128 and name.startswith("cnn") and share >= LIMIT
        rows.append(f"| {name} | {batch} | {probe} | layers{what} | {1000 * step:.2f} ms | {100 * share:.1f} % | {100 * forward_share(name, batch, probe, images, labels):.1f} % |")
        print(rows[-1], flush=True)
    table = ["| network | batch | probe | recorded | a step of training | recording, as a share of it | the probe's forward pass alone |", "|---|---|---|---|---|---|---|", *rows]
    note = (f"PyTorch {torch.__version__}, one thread, processor time, {arguments.steps} steps, median of {arguments.repeats}; "
            "layers measured at every 20th step.")
    (here / "results" / "recorder.md").write_text("\n".join(["# What recording costs", "", note, "", *table, ""]))
    sys.exit(1 if failed else 0)


main()
