"""The Hessian by curvlinops and the learning coefficient by devinterp, for bench/landscape.mjs: python3 landscape.py FILE."""

import json
import sys
import time
import warnings

import numpy as np
import torch
from curvlinops import HessianLinearOperator, hutchinson_trace
from devinterp.optim import SGLD
from devinterp.slt.sampler import sample_single_chain
from scipy.sparse.linalg import eigsh

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
with open(sys.argv[1]) as file:
    given = json.load(file)

labels = torch.tensor(given["labels"])
inputs = torch.tensor(given["inputs"]).reshape(len(labels), -1)
weights = {name: torch.tensor(w["data"]).reshape(w["shape"]) for name, w in given["weights"].items()}
matrices = [name for name, value in weights.items() if value.dim() == 2]
layers = []
for name in matrices:
    rows, columns = weights[name].shape
    layer = torch.nn.Linear(columns, rows)
    with torch.no_grad():
        layer.weight.copy_(weights[name])
        layer.bias.copy_(weights[name.replace("weight", "bias")])
    layers += [layer, torch.nn.ReLU()]
network = torch.nn.Sequential(*layers[:-1])
loss_of = torch.nn.CrossEntropyLoss()
loss = loss_of(network(inputs), labels).item()

parameters = dict(network.named_parameters())
batch = given["batch"]
data = [(inputs[i : i + batch], labels[i : i + batch]) for i in range(0, len(labels), batch)]
hessian = HessianLinearOperator(network, loss_of, parameters, data, check_deterministic=False)
size = hessian.shape[0]
vector = torch.randn(size)
hessian @ vector

start = time.perf_counter()
products = 20
for _ in range(products):
    product = hessian @ vector
product_seconds = (time.perf_counter() - start) / products

start = time.perf_counter()
top = eigsh(hessian.to_scipy(), k=3, which="LA", tol=1e-6, return_eigenvectors=False)
eigenvalues_seconds = time.perf_counter() - start
trace = float(hutchinson_trace(hessian, num_matvecs=given["probes"], distribution="rademacher"))

# The exact trace: second derivatives of the loss by every parameter, in slabs of columns.
flat = torch.cat([p.detach().reshape(-1) for p in parameters.values()])


def loss_at(w):
    parts, offset = {}, 0
    for name, p in parameters.items():
        parts[name] = w[offset : offset + p.numel()].reshape(p.shape)
        offset += p.numel()
    return loss_of(torch.func.functional_call(network, parts, (inputs,)), labels)


def column(i):
    unit = torch.nn.functional.one_hot(i, size).to(flat.dtype)
    return torch.func.jvp(torch.func.grad(loss_at), (flat,), (unit,))[1][i]


exact = 0.0
if size <= 30_000:
    for first in range(0, size, 256):
        exact += torch.func.vmap(column, chunk_size=16)(torch.arange(first, min(first + 256, size))).sum().item()


class Examples(torch.utils.data.Dataset):
    def __len__(self):
        return len(labels)

    def __getitem__(self, i):
        return {"input_ids": torch.tensor(i)}


sampling = given["sampling"]
nbeta = given["inverseTemperature"]
coefficients = []
start = time.perf_counter()
for chain in range(sampling["chains"]):
    losses = []
    sample_single_chain(
        network,
        Examples(),
        lambda model, drawn: (loss_of(model(inputs[drawn["input_ids"]]), labels[drawn["input_ids"]]), {}),
        {name: None for name in parameters},
        num_draws=sampling["draws"],
        num_burnin_steps=sampling["burnIn"],
        sampling_method=SGLD,
        sampling_method_kwargs={"lr": given["stepSize"], "nbeta": nbeta, "localization": sampling["localization"]},
        chain=chain,
        seed=chain,
        dataloader_seed=chain,
        batch_size=batch,
        callbacks=[lambda loss, **_: losses.append(float(loss))],
    )
    coefficients.append(nbeta * (np.mean(losses) - loss))
step_seconds = (time.perf_counter() - start) / (sampling["chains"] * (sampling["draws"] + sampling["burnIn"]))
print(
    json.dumps(
        {
            "loss": loss,
            "eigenvalues": sorted(top.tolist(), reverse=True),
            "vector": vector.tolist(),
            "product": product.tolist(),
            "trace": trace,
            "exactTrace": exact,
            "coefficient": float(np.mean(coefficients)),
            "coefficientError": float(np.std(coefficients, ddof=1) / np.sqrt(len(coefficients))),
            "productSeconds": product_seconds,
            "eigenvaluesSeconds": eigenvalues_seconds,
            "stepSeconds": step_seconds,
        }
    )
)
