#!/usr/bin/env bash
# torch_cka 0.21: with one shuffling loader the similarity of two networks is taken over different examples. `compare(loader)` goes through
# the loader twice at once, and a loader that shuffles gives another order each time: row i of the one network and row i of the other are not the
# same example. A network and an exact copy of it come out at 0.01 to 0.02 in place of 1, without a word of it; the only warning says
# that the loader serves both. Compared with itself (one object, not a copy) it is 1 all the same, as the second pass overwrites what the
# hooks kept of the first: that check does not show it. A CKA of two checkpoints needs `shuffle=False`.
# Seen: mean of the diagonal 1.000 in order, 0.011 shuffled. Fails if that changes. Installs PyTorch, some gigabytes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet torch==2.15.0 torch_cka==0.21 numpy tqdm matplotlib
"$work/venv/bin/python" - 2>"$work/progress" <<'PY' || { cat "$work/progress"; exit 1; }
import copy
import sys

import torch
from torch.utils.data import DataLoader, TensorDataset
from torch_cka import CKA

torch.manual_seed(0)
network = torch.nn.Sequential(
    torch.nn.Linear(8, 32), torch.nn.ReLU(), torch.nn.Linear(32, 32), torch.nn.ReLU(), torch.nn.Linear(32, 3)
)
twin = copy.deepcopy(network)
examples = TensorDataset(torch.randn(256, 8), torch.zeros(256))
layers = ["0", "2", "4"]


def similarity(shuffle):
    cka = CKA(network, twin, model1_layers=layers, model2_layers=layers, device="cpu")
    cka.compare(DataLoader(examples, batch_size=64, shuffle=shuffle))
    return float(cka.export()["CKA"].diagonal().mean())


ordered, shuffled = similarity(False), similarity(True)
print(f"torch_cka 0.21: a network and its copy, mean CKA of a layer with itself: {ordered:.3f} in order, {shuffled:.3f} shuffled")
sys.exit(0 if ordered > 0.999 and shuffled < 0.1 else 1)
PY
