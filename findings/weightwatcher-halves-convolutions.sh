#!/usr/bin/env bash
# WeightWatcher 0.7.7: the eigenvalues of a convolution come out at half their size. One and the same 96 x 64 matrix, once as a Linear
# and once as a 1 x 1 Conv2d, has the largest eigenvalue 300.769 (NumPy: the square of its largest singular value) in the first and
# 150.384 in the second; norms that sum eigenvalues are halved too, tail exponents are not touched. Whoever compares layers of both
# kinds, or holds a spectral norm against another tool's, is off by two.
# Seen: spectral_norm of the convolution / of the Linear = 0.5. Fails if that changes. Installs PyTorch, some gigabytes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet torch==2.15.0 weightwatcher==0.7.7
"$work/venv/bin/python" - <<'PY'
import logging
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
import torch
import weightwatcher

torch.manual_seed(0)
weight = torch.randn(96, 64)


def spectral_norm(layer):
    layer.weight.data = weight.reshape(layer.weight.shape).clone()
    details = weightwatcher.WeightWatcher(model=torch.nn.Sequential(layer)).analyze(min_evals=10)
    return float(details["spectral_norm"].iloc[0])


linear = spectral_norm(torch.nn.Linear(64, 96, bias=False))
convolution = spectral_norm(torch.nn.Conv2d(64, 96, 1, bias=False))
truth = float(torch.linalg.svdvals(weight.double())[0] ** 2)
print(f"WeightWatcher 0.7.7: largest eigenvalue {truth:.3f}; as Linear {linear:.3f}, as 1 x 1 convolution {convolution:.3f}")
sys.exit(0 if abs(linear / truth - 1) < 1e-4 and abs(convolution / linear - 0.5) < 1e-4 else 1)
PY
