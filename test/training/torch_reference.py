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

MLPS = {
    "mlp_shallow_2": [128, 64],
    "mlp_medium_5": [64] * 4 + [32],
    "mlp_deep_10": [32] * 10,
    "mlp_verydeep_15": [24] * 15,
    "mlp_narrow": [32] * 4,
    "mlp_medium": [128, 128, 64, 64],
    "mlp_wide": [256, 256, 128, 128],
    "mlp_verywide": [512, 512, 256, 256],
}
CNNS = {"cnn_shallow": [32, 64], "cnn_medium": [32, 64, 128], "cnn_deep": [32, 64, 128, 256]}
TRANSFORMERS = {
    "transformer_shallow": (128, 4, 2),
    "transformer_medium": (128, 4, 4),
    "transformer_deep": (128, 4, 6),
    "transformer_narrow": (64, 4, 4),
    "transformer_wide": (256, 8, 4),
}
BATCH = 16
STEPS = 3


class Mlp(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        widths, layers = [784, *hidden], []
        for before, after in zip(widths, widths[1:]):
            layers += [nn.Linear(before, after), nn.ReLU()]
        self.network = nn.Sequential(*layers, nn.Linear(widths[-1], 10))

    def forward(self, x):
        return self.network(x.flatten(1))


class Cnn(nn.Module):
    def __init__(self, channels):
        super().__init__()
        layers, before, size = [], 1, 28
        for count in channels:
            layers += [nn.Conv2d(before, count, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
            before, size = count, size // 2
        self.conv_layers = nn.Sequential(*layers)
        self.fc = nn.Linear(before * size * size, 10)

    def forward(self, x):
        return self.fc(self.conv_layers(x).flatten(1))


class Encoder(nn.Module):
    def __init__(self, width, heads, blocks):
        super().__init__()
        self.pos_encoder = nn.Parameter(torch.randn(16, width))
        self.input_proj = nn.Linear(49, width)
        block = nn.TransformerEncoderLayer(width, heads, 4 * width, dropout=0.0, batch_first=True)
        self.transformer = nn.TransformerEncoder(block, blocks)
        self.fc = nn.Linear(width, 10)

    def forward(self, x):
        tokens = self.input_proj(x.reshape(-1, 16, 49)) + self.pos_encoder
        return self.fc(self.transformer(tokens).mean(1))


def build(name):
    if name in MLPS:
        return Mlp(MLPS[name])
    return Cnn(CNNS[name]) if name in CNNS else Encoder(*TRANSFORMERS[name])


def record(name):
    torch.manual_seed(7)
    rng = np.random.default_rng(11)
    # Weights and examples are float32 numbers, so that both programs start from the same.
    model = build(name).double()
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
