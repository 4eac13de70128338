"""The rival of bench/training.mjs: PyTorch's seconds, processor seconds and peak megabytes for one training run.

Usage: training_torch.py NETWORK STEPS MEASURE_EVERY THREADS published|lean
"""

import json
import resource
import sys
import time

import numpy as np
import torch
from torch import nn
from torch_networks import build


def images(count, seed):
    rng = np.random.default_rng(seed)
    patterns = (np.arange(7840) * 7919 % 101 / 50 - 1).reshape(10, 784)
    labels = rng.integers(0, 10, count)
    x = patterns[labels] * 0.5 + rng.standard_normal((count, 784))
    return torch.tensor(x.reshape(count, 1, 28, 28), dtype=torch.float32), torch.tensor(labels)


def forward_in_eval(model, outputs, held):
    """The outputs of every hooked module, one row per example."""
    outputs.clear()
    model.eval()
    # Not under no_grad: PyTorch's encoder would then take a fused path that passes the hooked modules by.
    model(held)
    model.train()
    rows = [output.detach() for output in outputs]
    outputs.clear()
    return [row.reshape(len(row), row.shape[1], -1).mean(2) if row.dim() > 2 else row for row in rows]


def measure_lean(model, outputs, held):
    """One set of singular values per layer, in the precision that rankscope takes them in."""
    for rows in forward_in_eval(model, outputs, held):
        torch.linalg.svdvals(rows.double())


def measure_published(model, outputs, held):
    """The work of the published study: batches of 32, and for each layer two norms and three decompositions."""
    batches = [forward_in_eval(model, outputs, batch) for batch in held.split(32)]
    for rows in map(torch.cat, zip(*batches)):
        torch.norm(rows, p="fro").item()
        torch.norm(rows, p=2).item()
        for _ in range(3):
            torch.svd(rows)[1].sum().item()


def assert_products_are_right():
    """Some kernels of some OpenBLAS compute wrong products on some processors: such a setting is none."""
    a = torch.arange(120.0 * 70).reshape(120, 70) % 7 - 3
    b = torch.arange(70.0 * 90).reshape(70, 90) % 5 - 2
    exact = (a.long()[:, :, None] * b.long()[None, :, :]).sum(1)
    assert torch.equal((a @ b).long(), exact) and torch.equal((a.double() @ b.double()).long(), exact)


def main():
    assert_products_are_right()
    name, steps, every, threads, way = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    measure = {"published": measure_published, "lean": measure_lean}[way]
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    (x, y), (held, _) = images(1500, 1), images(160, 2)
    start, cpu = time.perf_counter(), time.process_time()
    model = build(name)
    outputs = []
    for module in model.modules():
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            module.register_forward_hook(
                lambda module, _, output: None if module.training else outputs.append(output)
            )
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    step = 0
    while step < steps:
        for batch in torch.randperm(len(x)).split(32):
            optimizer.zero_grad(set_to_none=True)
            loss = criterion(model(x[batch]), y[batch])
            loss.backward()
            torch.sqrt(sum((p.grad**2).sum() for p in model.parameters())).item()
            optimizer.step()
            if step % every == 0:
                measure(model, outputs, held)
            step += 1
            if step == steps:
                break
    took = {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(took))


main()
