#!/usr/bin/env bash
# devinterp 2.0.1 (torch 2.15.0, numpy 2.4.6): `sample_single_chain(..., shuffle=True)` shuffles once. With the default
# epoch_mode="cycle" the batches of the first epoch come again in the same order in every later one, so that the stochastic
# gradients of a long chain repeat with the period of an epoch; a PyTorch DataLoader with shuffle=True alone draws a new order
# each epoch. Seen: 64 rows in batches of 16, three epochs: the second and third epoch equal the first. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check devinterp==2.0.1 torch==2.15.0 numpy==2.4.6
cat > "$work/seen.py" <<'PY'
import torch
from devinterp.optim import SGLD
from devinterp.slt.sampler import sample_single_chain
from torch.utils.data import DataLoader, Dataset


class Rows(Dataset):
    def __len__(self):
        return 64

    def __getitem__(self, index):
        return {"input_ids": torch.tensor([index])}


class Line(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.slope = torch.nn.Parameter(torch.ones(1))

    def forward(self, rows):
        return self.slope * rows.float()


seen = []


def evaluate(model, batch):
    rows = batch["input_ids"]
    seen.append(rows.flatten().tolist())
    loss = (model(rows) - rows.float()).square().mean()
    return loss, {}


sample_single_chain(
    Line(),
    Rows(),
    evaluate,
    param_masks={"slope": None},
    num_draws=12,
    sampling_method=SGLD,
    sampling_method_kwargs={"lr": 1e-6},
    seed=0,
    dataloader_seed=0,
    batch_size=16,
    shuffle=True,
)
epochs = [seen[start : start + 4] for start in (0, 4, 8)]
loader = DataLoader(Rows(), batch_size=16, shuffle=True, generator=torch.Generator().manual_seed(0))
alone = [[batch["input_ids"].flatten().tolist() for batch in loader] for _ in range(2)]
print("devinterp 2.0.1, first batch of each epoch:", [epoch[0][:4] for epoch in epochs])
print("a DataLoader alone:", [epoch[0][:4] for epoch in alone])
assert epochs[0] == epochs[1] == epochs[2] and alone[0] != alone[1]
PY
"$work/venv/bin/python" "$work/seen.py"
