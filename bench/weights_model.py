"""A small language model's weights, and WeightWatcher's word on them, for bench/weights-model.mjs.

python3 weights_model.py make FILE [LAYERS] [VOCABULARY]   writes a state dictionary with DistilGPT2's shapes
python3 weights_model.py watch FILE                        WeightWatcher 0.7.7 (PyPI) over it; JSON
"""

import json
import resource
import sys
import time


def make(file, layers=6, vocabulary=50257):
    """Student's t with three degrees of freedom on columns of falling scale: heavy tails of elements and of eigenvalues."""
    import numpy as np
    import torch

    random = np.random.default_rng(0)
    shapes = {"transformer.wte.weight": (vocabulary, 768), "transformer.wpe.weight": (1024, 768)}
    for layer in range(layers):
        shapes |= {
            f"transformer.h.{layer}.attn.c_attn.weight": (768, 2304),
            f"transformer.h.{layer}.attn.c_proj.weight": (768, 768),
            f"transformer.h.{layer}.mlp.c_fc.weight": (768, 3072),
            f"transformer.h.{layer}.mlp.c_proj.weight": (3072, 768),
        }
    weights = {}
    for name, shape in shapes.items():
        scale = (1 + np.arange(shape[1])) ** -random.uniform(0.1, 0.4)
        weights[name] = torch.from_numpy((0.3 * random.standard_t(3, shape) * scale).astype(np.float32))
    torch.save(weights, file)


def watch(file):
    import logging

    logging.disable(logging.CRITICAL)
    import numpy as np
    import torch
    import weightwatcher as ww

    imported = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    watcher = ww.WeightWatcher(model=torch.load(file))
    # Its own limit of rows would leave the embedding of the tokens out.
    details = watcher.analyze(max_N=100_000)
    clock = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    # Not timed: singular values of some matrices, by a full decomposition.
    weights = torch.load(file)
    some = [name for name in weights if ".h.0." in name]
    values = {name: np.linalg.svd(weights[name].numpy().astype(float), compute_uv=False).tolist() for name in some}
    rows = {
        f"{row['longname']}.weight": {key: float(row[key]) for key in ("alpha", "xmin", "D", "num_pl_spikes", "spectral_norm")}
        for _, row in details.iterrows()
    }
    processor = used.ru_utime + used.ru_stime - imported.ru_utime - imported.ru_stime
    print("\n" + json.dumps({"version": ww.__version__, "clock": clock, "processor": processor, "peak": used.ru_maxrss * 1024, "rows": rows, "values": values}))


if sys.argv[1] == "make":
    make(sys.argv[2], *map(int, sys.argv[3:]))
else:
    watch(sys.argv[2])
