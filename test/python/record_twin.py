"""Loads a checkpoint of rankscope into the same network in PyTorch and records it: record_twin.py FOLDER

FOLDER holds twin.json (architecture, shape of an example), inputs.f32 and state.safetensors; the study is written to
FOLDER/study.
"""

import json
import sys
from pathlib import Path

import torch

repository = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(repository / "python"), str(repository / "bench")]

import rankscope  # noqa: E402
from torch_networks import Cnn, Encoder, Mlp  # noqa: E402


def read_safetensors(path):
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    tensors = {}
    for name, entry in json.loads(content[8 : 8 + length]).items():
        if name != "__metadata__" and not name.startswith("optimizer."):
            begin, end = entry["data_offsets"]
            data = bytearray(content[8 + length + begin : 8 + length + end])
            tensors[name] = torch.frombuffer(data, dtype=torch.float32).reshape(entry["shape"])
    return tensors


def network(architecture):
    if architecture["family"] == "mlp":
        return Mlp(architecture["hidden"], inputs=64)
    if architecture["family"] == "cnn":
        return Cnn(architecture["channels"], side=8)
    return Encoder(architecture["width"], architecture["heads"], architecture["blocks"], dropout=0.1, piece=4)


folder = Path(sys.argv[1])
twin = json.loads((folder / "twin.json").read_text())
model = network(twin["architecture"])
model.load_state_dict(read_safetensors(folder / "state.safetensors"))
inputs = torch.frombuffer(bytearray((folder / "inputs.f32").read_bytes()), dtype=torch.float32)
inside = {"attention": 1, "filters": 1, "units": 1, "labels": torch.tensor(twin["labels"])}
probe = inputs.reshape(-1, *twin["shape"])
with rankscope.record(model, folder / "study", run="twin", probe=probe, weights=1, classes=10, quiet=True, **inside) as r:
    r.step(0, loss=0.0)
