"""Records three training steps of PyTorch in float64, in the form that torch-parity.test.ts reads.

    torch_reference.py FOLDER           every network of the published study; RANKSCOPE_TORCH_REFERENCE=FOLDER makes them tests
    torch_reference.py --small FOLDER   one small network of each family: the files in golden/, by PyTorch 1.13

Writes FOLDER/<network>.safetensors, one each. The examples are noise inside a margin of zeros, on which max-pooling ties as
on MNIST's background.
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from torch_networks import CNNS, MLPS, TRANSFORMERS, Cnn, Encoder, Mlp, build  # noqa: E402

STEPS = 3
# By file name: the architecture as rankscope writes it, and the network for images of 8×8.
SMALL = {
    "mlp": ({"family": "mlp", "hidden": [6, 5]}, lambda: Mlp([6, 5], inputs=64)),
    "cnn": ({"family": "cnn", "channels": [3, 4]}, lambda: Cnn([3, 4], side=8)),
    "transformer": (
        {"family": "transformer", "width": 8, "heads": 2, "blocks": 2},
        lambda: Encoder(8, 2, 2, dropout=0.0, piece=4),
    ),
}


def record(make, batch, side):
    torch.manual_seed(7)
    rng = np.random.default_rng(11)
    # Weights and examples are float32 numbers, so that both programs start from the same.
    model = make().double()
    margin = side // 7
    inside = side - 2 * margin
    tensors = {f"init.{key}": value.detach().clone() for key, value in model.named_parameters()}
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for step in range(STEPS):
        images = np.zeros((batch, 1, side, side), np.float32)
        images[:, :, margin : margin + inside, margin : margin + inside] = rng.standard_normal((batch, 1, inside, inside))
        x, y = torch.tensor(images), torch.tensor(rng.integers(0, 10, batch))
        optimizer.zero_grad()
        logits = model(x.double())
        loss = nn.functional.cross_entropy(logits, y)
        loss.backward()
        norm = torch.sqrt(sum((p.grad**2).sum() for p in model.parameters()))
        tensors |= {f"batch.{step}.x": x, f"batch.{step}.y": y, f"step.{step}.logits": logits.detach()}
        tensors |= {f"step.{step}.loss": loss.detach().reshape(1), f"step.{step}.grad_norm": norm.reshape(1)}
        if step == 0:
            for key, value in model.named_parameters():
                tensors[f"step.0.grad.{key}"] = value.grad.clone()
        optimizer.step()
    return tensors | {f"after{STEPS}.{key}": value.detach() for key, value in model.named_parameters()}


def write(path, architecture, tensors):
    kinds = {torch.float64: "F64", torch.float32: "F32", torch.int64: "I64"}
    header, parts, offset = {"__metadata__": {"architecture": architecture}}, [], 0
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
    folder = Path(sys.argv[-1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    if sys.argv[1] == "--small":
        for name, (architecture, make) in SMALL.items():
            write(folder / f"{name}.safetensors", json.dumps(architecture), record(make, batch=4, side=8))
        return
    for name in [*MLPS, *CNNS, *TRANSFORMERS]:
        write(folder / f"{name}.safetensors", name, record(lambda: build(name, dropout=0.0), batch=16, side=28))


main()
