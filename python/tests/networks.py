"""Small networks, data and a training loop that repeat to the bit: what the recorder is tested on."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Optional

import torch
from torch import Tensor, nn


def digits(count: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    """Images [count, 1, 8, 8] of four classes: where a bright patch lies."""
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(0, 4, (count,), generator=generator)
    images = 0.3 * torch.randn(count, 1, 8, 8, generator=generator)
    for image, label in zip(images, labels):
        image[0, 4 * (label // 2) :, 4 * (label % 2) :] += 1
    return images, labels


def cnn() -> nn.Module:
    """With all that a measurement could disturb: batch statistics, dropout, draws from Python's own generator."""

    class Noisy(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x * (1 + 0.01 * random.random()) + 0.01 * torch.randn(())

    torch.manual_seed(1)
    return nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1), nn.BatchNorm2d(6), nn.ReLU(inplace=True), nn.MaxPool2d(2), Noisy(),
        nn.Conv2d(6, 8, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Dropout(0.2), nn.Linear(128, 4),
    )  # fmt: skip


def train(
    model: nn.Module,
    steps: range,
    after: Optional[Callable[[int, Tensor], None]] = None,
    optimizer: Optional[torch.optim.Optimizer] = None,
    accumulate: int = 1,
) -> torch.optim.Optimizer:
    """Every step's batch depends on the step alone, its dropout on the generators' state."""
    images, labels = digits(256)
    optimizer = optimizer or torch.optim.Adam(model.parameters(), lr=3e-3)
    model.train()
    for step in steps:
        optimizer.zero_grad()
        for part in range(accumulate):
            chosen = torch.randperm(256, generator=torch.Generator().manual_seed(step * accumulate + part))[:32]
            loss = nn.functional.cross_entropy(model(images[chosen]), labels[chosen]) / accumulate
            loss.backward()
        optimizer.step()
        if after is not None:
            after(step, loss)
    return optimizer
