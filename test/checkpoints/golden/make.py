"""Writes the files beside it, with NumPy and PyTorch 1.13. What they hold is repeated by the tests that read them."""

from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch

here = Path(__file__).parent
x = torch.arange(6.0).view(2, 3)
torch.save(
    {
        "contiguous": x,
        "transposed": x.t(),
        "row": x[1],
        "int64": torch.tensor([[-1, 2**40]]),
        "int32": torch.tensor([-7], dtype=torch.int32),
        "uint8": torch.tensor([255], dtype=torch.uint8),
        "half": torch.tensor([1.5, -65504.0]).half(),
        "bfloat16": torch.tensor([1.0, -2.0]).bfloat16(),
        "bool": torch.tensor([True, False]),
        "double": torch.tensor(3.25, dtype=torch.float64),
        "empty": torch.zeros(0, 4),
        "parameter": torch.nn.Parameter(torch.tensor([7.0])),
        "state": OrderedDict([("fc.weight", x[:, ::2])]),
        "list": [1, 2.5, "é", None, True, (70_000, -3), 300, 10**20],
        5: {"size": x.shape},
    },
    here / "torch.pt",
)
torch.save(x, here / "lone-tensor.pt")
torch.save({"model": torch.nn.Linear(1, 1)}, here / "module.pt")


def training_checkpoint():
    """As a training loop saves it after three steps of Adam."""
    torch.manual_seed(5)
    model = torch.nn.ModuleDict({"conv": torch.nn.Conv2d(1, 2, 3), "fc": torch.nn.Linear(8, 3)})
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(3):
        optimizer.zero_grad()
        logits = model["fc"](model["conv"](torch.randn(4, 1, 4, 4)).relu().flatten(1))
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor([0, 1, 2, 0]))
        loss.backward()
        optimizer.step()
    checkpoint = {
        "step": 3,
        "loss": loss.item(),
        "experiment_name": "cnn_small",
        "model_state_dict": model.state_dict(),
        "optimizer_state_dict": optimizer.state_dict(),
    }
    torch.save(checkpoint, here / "training.pt")
    moment = optimizer.state_dict()["state"][2]["exp_avg_sq"]
    print(loss.item(), model["conv"].weight.double().sum().item(), moment.double().sum().item())


training_checkpoint()
grid = np.arange(6).reshape(2, 3)
arrays = {
    "float64": grid / 4,
    "float32_columns": np.asfortranarray(grid.astype("f4")),
    "int16_big_endian": (grid - 300).astype(">i2"),
    "float16": np.array([0.5, -2.0], "f2"),
    "bool": np.array([True, False]),
    "scalar": np.float64(2.5),
    "one_axis": np.array([2**60], "u8"),
    "empty": np.zeros((0, 3), "f4"),
}
np.savez_compressed(here / "arrays.npz", **arrays)
np.save(here / "object.npy", np.array([{}], dtype=object))
