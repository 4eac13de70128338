"""PyTorch twins of studies of known transitions, on data that the program itself drew.

Usage: node bench/known-data.mjs FOLDER; python3 bench/known_torch.py FOLDER [seeds]

Prints what the ranges in src/known/neural-collapse.ts were taken from: there are no published numbers for drawn digits.
"""

import sys
import time

import numpy as np
import torch


def neural_collapse(folder, seed, steps=20000):
    torch.manual_seed(seed)
    x = torch.from_numpy(np.fromfile(f"{folder}/digits.f32", dtype=np.float32).reshape(500, 196))
    y = torch.from_numpy(np.fromfile(f"{folder}/labels.u8", dtype=np.uint8).astype(np.int64))
    target = torch.nn.functional.one_hot(y, 10).float()
    widths = [196, 128, 128, 128, 10]
    layers = []
    for fan_in, width in zip(widths, widths[1:]):
        layer = torch.nn.Linear(fan_in, width)
        torch.nn.init.normal_(layer.weight, std=(2 / fan_in) ** 0.5)
        torch.nn.init.zeros_(layer.bias)
        layers += [layer, torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.9, weight_decay=1e-3)
    zero_error = None
    start = time.perf_counter()
    for step in range(steps):
        if step % 10 == 0:
            order = torch.randperm(500)
        batch = order[step % 10 * 50 : step % 10 * 50 + 50]
        loss = 0.5 * (net(x[batch]) - target[batch]).square().sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if zero_error is None and step % 100 == 0:
            with torch.no_grad():
                if (net(x).argmax(1) == y).all():
                    zero_error = step
    seconds = time.perf_counter() - start
    with torch.no_grad():
        h = net[:-1](x).double().numpy()
    means = np.stack([h[y.numpy() == c].mean(0) for c in range(10)])
    centered = means - means.mean(0)
    within = h - means[y.numpy()]
    nc1 = np.trace(within.T @ within / 500 @ np.linalg.pinv(centered.T @ centered / 10, rcond=1e-10)) / 10
    norms = np.linalg.norm(centered, axis=1)
    cos = centered @ centered.T / np.outer(norms, norms)
    dev = np.abs(cos[~np.eye(10, dtype=bool)] + 1 / 9).mean()
    values = np.linalg.eigvalsh(np.cov(h.T))
    return zero_error, nc1, dev, norms.std() / norms.mean(), values.sum() ** 2 / (values**2).sum(), seconds


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder = sys.argv[1]
    for seed in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3):
        zero, nc1, dev, spread, pr, seconds = neural_collapse(folder, seed)
        print(f"seed {seed}: zero error {zero}, NC1 {nc1:.5f}, cos {dev:.4f}, norms {spread:.3f}, PR {pr:.3f}, {seconds:.1f} s", flush=True)
