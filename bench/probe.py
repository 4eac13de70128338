"""A transformer encoder with checkpoints, for bench/probe.mjs: python3 probe.py FOLDER (PyTorch).

Six layers of width 128 with 4 heads over 32 tokens: model.onnx, checkpoints/step_N.pt (12 of them), tokens.npy (160 examples).
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")
WIDTH, HEADS, LAYERS, TOKENS, EXAMPLES, CHECKPOINTS = 128, 4, 6, 32, 160, 12


class Block(nn.Module):
    """Written out, so that every MatMul is a node of the graph."""

    def __init__(self):
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        h = self.before(x)
        query, key, value = (layer(h).reshape(-1, TOKENS, HEADS, WIDTH // HEADS).transpose(1, 2) for layer in (self.query, self.key, self.value))
        weights = torch.softmax(query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5, -1)
        x = x + self.out((weights @ value).transpose(1, 2).flatten(2))
        return x + self.down(torch.relu(self.up(self.between(x))))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens, self.places = nn.Embedding(1000, WIDTH), nn.Parameter(0.02 * torch.randn(TOKENS, WIDTH))
        self.blocks = nn.Sequential(*(Block() for _ in range(LAYERS)))
        self.head = nn.Linear(WIDTH, 10)

    def forward(self, x):
        return self.head(self.blocks(self.tokens(x) + self.places).mean(1))


folder = Path(sys.argv[1])
torch.manual_seed(0)
net = Net()
with torch.no_grad():  # equal parameters would be merged by the exporter
    for parameter in net.parameters():
        parameter.add_(0.01 * torch.randn_like(parameter))
tokens = torch.randint(0, 1000, (EXAMPLES, TOKENS))
np.save(folder / "tokens.npy", tokens.numpy())
torch.onnx.export(net.eval(), tokens, str(folder / "model.onnx"), input_names=["x"], output_names=["logits"],
                  dynamic_axes={"x": {0: "n"}}, training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)
(folder / "checkpoints").mkdir()
for step in range(CHECKPOINTS):
    torch.save({"model_state_dict": net.state_dict(), "step": 100 * step}, folder / "checkpoints" / f"step_{100 * step}.pt")
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.add_(0.01 * torch.randn_like(parameter))
