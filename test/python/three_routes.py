"""One training, recorded by three routes at once: three_routes.py FOLDER

FOLDER/recorded      by the recorder
FOLDER/log.csv       a log of the loop's own: loss, accuracy, and a metric of every layer
FOLDER/activations/  layers' outputs on the probe, an .npz per step
FOLDER/model.onnx    exported at the first step, for FOLDER/checkpoints/ and the probe in FOLDER/inputs.npy and labels.npy
FOLDER/exports/      the network with its layers as outputs, exported anew at every step
"""

import argparse
import collections
import csv
import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn

repository = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(repository / "python" / "tests"))

import rankscope  # noqa: E402
from networks import digits  # noqa: E402

warnings.filterwarnings("ignore", module="torch.onnx")
EVERY, STEPS = 10, 41


class Net(nn.Module):
    """With what an evaluation treats otherwise than a training: batch statistics, dropout."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 3, padding=1)
        self.norm = nn.BatchNorm2d(6)
        self.hidden = nn.Linear(96, 24)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(24, 4)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.norm(self.conv(x))), 2)
        return self.head(self.drop(torch.relu(self.hidden(x.flatten(1)))))


class WithLayers(nn.Module):
    """The same network with its layers' outputs beside the logits, which are the last of them."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x):
        found = outputs(self.net, x)
        return found["conv"], found["hidden"], found["head"]


def outputs(net, x):
    """What the layers put out, by name."""
    found = {}
    hooks = [getattr(net, name).register_forward_hook(lambda module, args, out, name=name: found.update({name: out}))
             for name in ("conv", "hidden", "head")]
    net(x)
    for hook in hooks:
        hook.remove()
    return found


def participation_ratio(matrix):
    """Of the singular values of centered columns."""
    variances = torch.linalg.svdvals(matrix - matrix.mean(0)) ** 2
    return (variances.sum() ** 2 / (variances**2).sum()).item()


def export(net, path, names):
    torch.onnx.export(net.eval(), probe, str(path), input_names=["x"], output_names=names,
                      dynamic_axes={name: {0: "n"} for name in ["x", *names]},
                      training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)


folder = Path(sys.argv[1])
for name in ("activations", "checkpoints", "exports"):
    (folder / name).mkdir()
torch.manual_seed(3)
images, labels = digits(320)
probe, classes = images[256:], labels[256:]
np.save(folder / "inputs.npy", probe.numpy())
np.save(folder / "labels.npy", classes.numpy())
net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=3e-3)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 10)

with open(folder / "log.csv", "w", newline="") as log, rankscope.record(
    net, folder / "recorded", run="mine", seed=0, probe=probe, every=EVERY, evaluate=(probe, classes), evaluate_every=EVERY,
    quiet=True,
) as recorder:
    rows = csv.writer(log)
    for step in range(STEPS):
        net.train()
        chosen = torch.randint(0, 256, (32,))
        loss = nn.functional.cross_entropy(net(images[chosen]), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recorder.step(step, loss)
        if step % EVERY != 0:
            continue
        net.eval()
        with torch.no_grad():
            found = outputs(net, probe)
        accuracy = (found["head"].argmax(1) == classes).float().mean().item()
        matrices = {name: out.double().flatten(2).mean(2) if out.dim() > 2 else out.double() for name, out in found.items()}
        if step == 0:
            rows.writerow(["step", "loss", "accuracy", *(f"{name}/participation_ratio" for name in matrices)])
            export(net, folder / "model.onnx", ["logits"])
        rows.writerow([step, loss.item(), accuracy, *map(participation_ratio, matrices.values())])
        np.savez(folder / "activations" / f"step_{step}.npz", **{name: m.numpy() for name, m in matrices.items()})
        # As training programs save: with much beside the weights that is no tensor.
        torch.save({"model_state_dict": net.state_dict(), "optimizer_state_dict": optimizer.state_dict(), "step": step,
                    "scheduler": scheduler, "args": argparse.Namespace(lr=3e-3), "seen": collections.Counter(labels.tolist())},
                   folder / "checkpoints" / f"saved-{chr(ord('e') - step // EVERY)}.pt")
        export(WithLayers(net), folder / "exports" / f"model_step_{step}.onnx", ["conv", "hidden", "logits"])
