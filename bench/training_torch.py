"""The rival of bench/training.mjs: prints the seconds that PyTorch takes for one training run.

Usage: training_torch.py NETWORK STEPS MEASURE_EVERY THREADS
"""

import sys
import time

import numpy as np
import torch
from torch import nn

HIDDEN = {
    "mlp_shallow_2": [128, 64],
    "mlp_medium_5": [64] * 4 + [32],
    "mlp_deep_10": [32] * 10,
    "mlp_verydeep_15": [24] * 15,
    "mlp_narrow": [32] * 4,
    "mlp_medium": [128, 128, 64, 64],
    "mlp_wide": [256, 256, 128, 128],
    "mlp_verywide": [512, 512, 256, 256],
}
CHANNELS = {"cnn_shallow": [32, 64], "cnn_medium": [32, 64, 128], "cnn_deep": [32, 64, 128, 256]}
ENCODERS = {
    "transformer_shallow": (128, 4, 2),
    "transformer_medium": (128, 4, 4),
    "transformer_deep": (128, 4, 6),
    "transformer_narrow": (64, 4, 4),
    "transformer_wide": (256, 8, 4),
}


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
        self.input_proj = nn.Linear(49, width)
        self.pos_encoder = nn.Parameter(torch.randn(16, width))
        block = nn.TransformerEncoderLayer(width, heads, 4 * width, 0.1, batch_first=True)
        self.transformer = nn.TransformerEncoder(block, blocks)
        self.fc = nn.Linear(width, 10)

    def forward(self, x):
        tokens = self.input_proj(x.reshape(-1, 16, 49)) + self.pos_encoder
        return self.fc(self.transformer(tokens).mean(1))


def build(name):
    if name in HIDDEN:
        widths = [784] + HIDDEN[name]
        layers = [nn.Flatten()]
        for before, after in zip(widths, widths[1:]):
            layers += [nn.Linear(before, after), nn.ReLU()]
        return nn.Sequential(*layers, nn.Linear(widths[-1], 10))
    return Cnn(CHANNELS[name]) if name in CHANNELS else Encoder(*ENCODERS[name])


def images(count, seed):
    rng = np.random.default_rng(seed)
    patterns = (np.arange(7840) * 7919 % 101 / 50 - 1).reshape(10, 784)
    labels = rng.integers(0, 10, count)
    x = patterns[labels] * 0.5 + rng.standard_normal((count, 784))
    return torch.tensor(x.reshape(count, 1, 28, 28), dtype=torch.float32), torch.tensor(labels)


def measure(model, outputs, held):
    outputs.clear()
    model.eval()
    # Not under no_grad: PyTorch's encoder would then take a fused path that passes the hooked modules by.
    model(held)
    for output in outputs:
        rows = output.detach()
        if rows.dim() > 2:
            rows = rows.reshape(len(rows), rows.shape[1], -1).mean(2)
        torch.linalg.svdvals((rows - rows.mean(0)).double())
        torch.linalg.svdvals(rows.double())
    outputs.clear()
    model.train()


def main():
    name, steps, every, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    model = build(name)
    outputs = []
    if every > 0:
        for module in model.modules():
            if isinstance(module, (nn.Linear, nn.Conv2d)):
                module.register_forward_hook(
                    lambda module, _, output: None if module.training else outputs.append(output)
                )
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    (x, y), (held, _) = images(1500, 1), images(160, 2)
    step, start = -1, 0.0
    while step < steps:
        for batch in torch.randperm(len(x)).split(32):
            optimiser.zero_grad(set_to_none=True)
            loss = criterion(model(x[batch]), y[batch])
            loss.backward()
            torch.sqrt(sum((p.grad**2).sum() for p in model.parameters())).item()
            optimiser.step()
            step += 1
            if step == 0:
                start = time.perf_counter()
            if every > 0 and step % every == 0:
                measure(model, outputs, held)
            if step == steps:
                break
    print(time.perf_counter() - start)


main()
