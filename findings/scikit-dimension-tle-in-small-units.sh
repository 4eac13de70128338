#!/usr/bin/env bash
# scikit-dimension 0.5.0: the tight local estimator (TLE) says dimension 0 of a cloud in small units. Its `epsilon` of 0.0001, below which
# distances are left out, is a length, not a share of the neighborhood, and the documentation says no more of it than that it is a float: 1,000 points of a
# five-dimensional Gaussian in 20 coordinates have 5.22, the same points times 0.00001 have 0.94, times 0.000001 have 0. No warning. Its
# siblings (TwoNN, MLE, MADA, ESS) answer the same in any unit. Activations behind a small initialization, or gradients, are of that size:
# scale the cloud to unit variance first.
# Seen: 5.22, 0.94, 0.00. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scikit-dimension==0.5.0 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import sys
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import skdim

random = np.random.default_rng(0)
cloud = random.normal(size=(1000, 5)) @ random.normal(size=(5, 20))


def dimension(estimator, unit):
    return float(estimator().fit(unit * cloud).dimension_)


tle = [dimension(skdim.id.TLE, unit) for unit in (1, 1e-5, 1e-6)]
sibling = [dimension(skdim.id.MADA, unit) for unit in (1, 1e-5, 1e-6)]
said = "; ".join(
    f"{name} " + ", ".join(f"{each:.2f}" for each in found) for name, found in (("TLE", tle), ("MADA", sibling))
)
print(f"scikit-dimension 0.5.0, one cloud in units of 1, 0.00001, 0.000001: {said}")
sys.exit(0 if tle[0] > 5 and tle[1] < 1.5 and tle[2] == 0 and max(sibling) - min(sibling) < 1e-6 else 1)
PY
