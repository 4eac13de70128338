"""What WeightWatcher 0.7.7 (PyPI) says of four matrices: python3 reference.py > weightwatcher.json (beside torch).

The matrices are made by `element`, which test/weights/golden.test.ts repeats digit by digit.
"""

import json
import logging
import sys

import numpy as np
import torch

logging.disable(logging.CRITICAL)
import weightwatcher as ww  # noqa: E402

SHAPES = {"bulk": (60, 90, 0.0), "heavy": (64, 64, 0.8), "tall": (150, 40, 0.5), "wide": (48, 200, 1.1)}


def matrix(rows, columns, decay):
    state = rows * 1000 + columns
    out = np.empty((rows, columns), dtype=np.float32)
    for r in range(rows):
        for c in range(columns):
            total = 0.0
            for _ in range(4):
                state = (state * 1103515245 + 12345) % 2147483648
                total += state / 2147483648
            out[r, c] = np.float32((total - 2.0) * (1 + r) ** -decay * 4)
    return out


weights = {f"{name}.weight": torch.from_numpy(matrix(*spec)) for name, spec in SHAPES.items()}
details = ww.WeightWatcher(model=weights).analyze(min_evals=8, svd_method="accurate")
columns = ["alpha", "xmin", "D", "sigma", "num_pl_spikes", "stable_rank", "spectral_norm"]
found = {
    row["longname"]: {
        **{key: float(row[key]) for key in columns},
        "singular_values": np.linalg.svd(
            weights[f"{row['longname']}.weight"].numpy().astype(float), compute_uv=False
        ).tolist(),
    }
    for _, row in details.iterrows()
}
json.dump({"weightwatcher": ww.__version__, "matrices": found}, sys.stdout)
