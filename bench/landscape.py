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
hessian = HessianLinearOperator(network, loss_of, list(parameters.values()), data, check_deterministic=False)
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
traces = [
    float(hutchinson_trace(hessian, num_matvecs=1, distribution="rademacher")) for _ in range(given["probes"])
]
trace = float(np.mean(traces))
trace_spread = float(np.std(traces, ddof=1) / np.sqrt(len(traces)))


class Drawn(torch.utils.data.Dataset):
    """Numbers of examples in the order in which a chain reads them."""

    def __init__(self, order):
        self.order = order

    def __len__(self):
        return len(self.order)

    def __getitem__(self, i):
        return {"input_ids": self.order[i]}


sampling = given["sampling"]
nbeta = given["inverseTemperature"]
steps = sampling["draws"] + sampling["burnIn"]


def coefficient(order_of, **options):
    found = []
    for chain in range(sampling["chains"]):
        losses = []
        sample_single_chain(
            network,
            Drawn(order_of(chain)),
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
            **options,
        )
        found.append(nbeta * (np.mean(losses) - loss))
    return {"value": float(np.mean(found)), "error": float(np.std(found, ddof=1) / np.sqrt(len(found)))}


def fresh_batches(chain):
    rng = torch.Generator().manual_seed(chain)
    return torch.cat([torch.randperm(len(labels), generator=rng)[:batch] for _ in range(steps)])


start = time.perf_counter()
fresh = coefficient(fresh_batches, shuffle=False, epoch_mode="once")
step_seconds = (time.perf_counter() - start) / (sampling["chains"] * steps)
# Its default: the batches of the first epoch are played again and again, in their order.
replayed = coefficient(lambda _: torch.arange(len(labels)))
print(
    json.dumps(
        {
            "loss": loss,
            "eigenvalues": sorted(top.tolist(), reverse=True),
            "vector": vector.tolist(),
            "product": product.tolist(),
            "trace": trace,
            "traceSpread": trace_spread,
            "fresh": fresh,
            "replayed": replayed,
            "productSeconds": product_seconds,
            "eigenvaluesSeconds": eigenvalues_seconds,
            "stepSeconds": step_seconds,
        }
    )
)
