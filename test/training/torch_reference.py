"""Records three training steps of PyTorch in float64 for every network of the published study.

Usage: torch_reference.py FOLDER

Writes FOLDER/<network>.safetensors, one each, in the form that torch-parity.test.ts reads: with RANKSCOPE_TORCH_REFERENCE=FOLDER
every file is a test. The examples are noise inside a margin of zeros, on which max-pooling ties as on MNIST's background.
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from torch_networks import CNNS, MLPS, TRANSFORMERS, build  # noqa: E402

BATCH = 16
STEPS = 3


def record(name):
    torch.manual_seed(7)
    rng = np.random.default_rng(11)
    # Weights and examples are float32 numbers, so that both programs start from the same.
    model = build(name, dropout=0.0).double()
    tensors = {f"init.{key}": value.detach().clone() for key, value in model.named_parameters()}
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    for step in range(STEPS):
        images = np.zeros((BATCH, 1, 28, 28), np.float32)
        images[:, :, 4:24, 4:24] = rng.standard_normal((BATCH, 1, 20, 20))
        x, y = torch.tensor(images), torch.tensor(rng.integers(0, 10, BATCH))
        optimiser.zero_grad()
        logits = model(x.double())
        loss = nn.functional.cross_entropy(logits, y)
        loss.backward()
        norm = torch.sqrt(sum((p.grad**2).sum() for p in model.parameters()))
        tensors |= {f"batch.{step}.x": x, f"batch.{step}.y": y, f"step.{step}.logits": logits.detach()}
        tensors |= {f"step.{step}.loss": loss.detach().reshape(1), f"step.{step}.grad_norm": norm.reshape(1)}
        if step == 0:
            for key, value in model.named_parameters():
                tensors[f"step.0.grad.{key}"] = value.grad.clone()
        optimiser.step()
    return tensors | {f"after{STEPS}.{key}": value.detach() for key, value in model.named_parameters()}


def write(path, name, tensors):
    kinds = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64"}
    header, parts, offset = {"__metadata__": {"architecture": name}}, [], 0
    for key, tensor in tensors.items():
        data = tensor.contiguous().numpy().tobytes()
        span = [offset, offset + len(data)]
        header[key] = {"dtype": kinds[tensor.dtype], "shape": list(tensor.shape), "data_offsets": span}
        parts.append(data)
        offset += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    for name in [*MLPS, *CNNS, *TRANSFORMERS]:
        write(folder / f"{name}.safetensors", name, record(name))


main()
