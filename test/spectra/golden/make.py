"""Writes spectra.safetensors beside it: small matrices, and their singular values and metrics by NumPy 1.24 in float64."""

import json
import struct
from pathlib import Path

import numpy as np

METRICS = {
    "stable_rank": lambda s: np.sum(s**2) / s[0] ** 2,
    "participation_ratio_singular": lambda s: np.sum(s) ** 2 / np.sum(s**2),
    "participation_ratio": lambda s: np.sum(s**2) ** 2 / np.sum(s**4),
    "rank_90": lambda s: 1 + np.searchsorted(np.cumsum(s**2) / np.sum(s**2), 0.9),
    "nuclear_norm_ratio": lambda s: np.sum(s) / s[0],
    "effective_rank": lambda s: np.exp(-np.sum(share(s) * np.log(share(s)))),
}


def share(s):
    return s[s > 0] / np.sum(s)


rng = np.random.default_rng(3)
decaying = rng.standard_normal((20, 8)) * 10.0 ** -np.arange(0, 4, 0.5)
matrices = {
    "tall_24x7": rng.standard_normal((24, 7)),
    "wide_5x16": rng.standard_normal((5, 16)),
    "decaying_20x8": decaying,
    "offset_30x4": 50 + rng.standard_normal((30, 4)),
    "relu_16x12": np.maximum(rng.standard_normal((16, 12)), 0),
    "one_column_9x1": rng.standard_normal((9, 1)),
}
header = {"__metadata__": {"metrics_order": ", ".join(METRICS)}}
parts = []


def put(name, kind, array):
    start = sum(map(len, parts))
    parts.append(array.tobytes())
    header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [start, start + len(parts[-1])]}


for name, matrix in matrices.items():
    matrix = matrix.astype(np.float32)
    put(f"{name}.matrix", "F32", matrix)
    exact = matrix.astype(np.float64)
    for variant, data in (("raw", exact), ("centered", exact - exact.mean(0))):
        values = np.linalg.svd(data, compute_uv=False)
        put(f"{name}.{variant}.singular_values", "F64", values)
        put(f"{name}.{variant}.metrics", "F64", np.array([float(metric(values)) for metric in METRICS.values()]))

text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
Path(__file__).with_name("spectra.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))
