"""The rival of bench/training.mjs: PyTorch's seconds, processor seconds, peak megabytes and losses for one training run.

Usage: training_torch.py START STEPS MEASURE_EVERY THREADS published|lean, START as bench/training/start.mjs writes it
"""

import json
import resource
import struct
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch_networks import Mlp, build


def read_start(path):
    """Metadata and tensors of a safetensors file."""
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__")
    types = {"F32": np.float32, "I32": np.int32}
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = np.frombuffer(data[begin:end], types[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.tensor(values)
    return metadata, tensors


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


def load_what_is_loaded_late():
    """Newer versions import a second's worth of modules at an optimizer's first step: loading the program does not count."""
    layer = nn.Linear(2, 2)
    optimizer = torch.optim.Adam(layer.parameters())
    layer(torch.ones(1, 2)).sum().backward()
    optimizer.step()


def main():
    assert_products_are_right()
    load_what_is_loaded_late()
    start_file, steps, every, threads, way = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
    measure = {"published": measure_published, "lean": measure_lean}[way]
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    metadata, given = read_start(start_file)
    x, y, held, batch_size = given["x"], given["labels"].long(), given["held"], int(metadata["batch"])
    start, cpu = time.perf_counter(), time.process_time()
    model = Mlp(json.loads(metadata["hidden"])) if "hidden" in metadata else build(metadata["network"])
    prefix = "initial."
    model.load_state_dict({name[len(prefix) :]: value for name, value in given.items() if name.startswith(prefix)})
    outputs, losses = [], []
    for module in model.modules():
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            module.register_forward_hook(
                lambda module, _, output: None if module.training else outputs.append(output)
            )
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    batches = (batch for epoch in given["order"].long() for batch in epoch.split(batch_size))
    for step, batch in zip(range(steps), batches):
        optimizer.zero_grad(set_to_none=True)
        loss = criterion(model(x[batch]), y[batch])
        loss.backward()
        torch.sqrt(sum((p.grad**2).sum() for p in model.parameters())).item()
        optimizer.step()
        losses.append(loss.detach())
        if step % every == 0:
            measure(model, outputs, held)
    took = {
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "losses": [(step, loss.item()) for step, loss in enumerate(losses)],
    }
    print(json.dumps(took))


main()
