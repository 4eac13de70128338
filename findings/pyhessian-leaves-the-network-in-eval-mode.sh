#!/usr/bin/env bash
# PyHessian 0.1: looking at the curvature of a network changes how it is trained on. `hessian(model, …)` puts the network itself into evaluation
# mode and leaves it there, and `eigenvalues()` leaves it without the gradients that it had: who measures sharpness every so many steps
# trains without dropout and with frozen batch statistics from the first look on, and where the look lies between `backward()` and `step()` that step
# does nothing. Nothing is said of either. Put the mode back, or hand over a copy.
# Seen: training mode True before and False after; 4 of 4 gradients before, 0 after; the step leaves the weights as they are. Fails if
# that changes. Installs PyTorch, some gigabytes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet torch==2.15.0 pyhessian==0.1 numpy
"$work/venv/bin/python" - <<'PY'
import sys
import warnings

warnings.filterwarnings("ignore")
import torch
from pyhessian import hessian

torch.manual_seed(0)
network = torch.nn.Sequential(
    torch.nn.Linear(8, 16), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(16, 3)
)
inputs, classes = torch.randn(64, 8), torch.randint(3, (64,))
loss = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
network.train()
loss(network(inputs), classes).backward()


def state():
    return network.training, sum(weight.grad is not None for weight in network.parameters())


before = state()
hessian(network, loss, data=(inputs, classes), cuda=False).eigenvalues()
after = state()
weights = [weight.detach().clone() for weight in network.parameters()]
optimizer.step()
moved = any(not torch.equal(old, new) for old, new in zip(weights, network.parameters()))
print(f"PyHessian 0.1: training mode {before[0]} -> {after[0]}; gradients {before[1]} -> {after[1]}; the step moves the weights: {moved}")
sys.exit(0 if before == (True, 4) and after == (False, 0) and not moved else 1)
PY
