"""What TransformerLens and rsatoolbox say of a network and of representations, as JSON for bench/mechanisms.mjs.

    python3 -m venv /tmp/peers
    /tmp/peers/bin/pip install torch transformer_lens==1.19.0 "transformers<4.39" "pyarrow<15" rsatoolbox==0.3.2 scikit-learn==1.6.1
    node bench/mechanisms.mjs /tmp/peers/bin/python

A transformer of two layers, four heads and random weights reads random tokens that repeat, as induction heads are looked for.
"""

import contextlib
import io
import json
import sys
from importlib.metadata import version

import numpy as np
import rsatoolbox
import torch

with contextlib.redirect_stdout(io.StringIO()):
    from transformer_lens import HookedTransformer, HookedTransformerConfig, head_detector

torch.manual_seed(3)
LAYERS, HEADS, WIDTH, LENGTH, EXAMPLES = 2, 4, 32, 24, 3


def scores(pattern, tokens, detection):
    """TransformerLens' score: the share of all attention that lies on the pattern, of each head, mean over the examples."""
    found = []
    for head in range(HEADS):
        of_examples = [
            head_detector.compute_head_attention_similarity_score(
                pattern[e, head].clone(),
                detection(tokens[e : e + 1]).to(pattern.dtype),
                exclude_bos=False,
                exclude_current_token=False,
                error_measure="mul",
            )
            for e in range(EXAMPLES)
        ]
        found.append(float(np.mean(of_examples)))
    return found


def attention():
    config = HookedTransformerConfig(
        n_layers=LAYERS, n_heads=HEADS, d_model=WIDTH, d_head=WIDTH // HEADS, n_ctx=LENGTH, d_vocab=20, act_fn="relu",
        seed=3, device="cpu", init_weights=True, initializer_range=0.5, dtype=torch.float64,
    )
    model = HookedTransformer(config)
    half = torch.stack([torch.randperm(20)[: LENGTH // 2] for _ in range(EXAMPLES)])
    tokens = torch.cat([half, half], dim=1)
    with torch.no_grad():
        _, cache = model.run_with_cache(tokens)
    layers = []
    for layer in range(LAYERS):
        pattern = cache["pattern", layer]
        eigenvalues = model.OV[layer].eigenvalues
        layers.append({
            "logits": cache["attn_scores", layer].clamp(min=-1e30).flatten().tolist(),
            "pattern": pattern.flatten().tolist(),
            "previous": scores(pattern, tokens, head_detector.get_previous_token_head_detection_pattern),
            "duplicate": scores(pattern, tokens, head_detector.get_duplicate_token_head_detection_pattern),
            "induction": scores(pattern, tokens, head_detector.get_induction_head_detection_pattern),
            # Elhage et al. 2021, as TransformerLens' Exploratory Analysis demo has it.
            "copying": (eigenvalues.sum(-1).real / eigenvalues.abs().sum(-1)).tolist(),
            "value": model.W_V[layer].transpose(1, 2).reshape(WIDTH, WIDTH).flatten().tolist(),
            "output": model.W_O[layer].reshape(WIDTH, WIDTH).T.flatten().tolist(),
        })
    return {"heads": HEADS, "width": WIDTH, "length": LENGTH, "examples": EXAMPLES, "tokens": tokens.flatten().tolist(),
            "layers": layers}


def hsic(k, l, debiased):
    """Song et al. 2012: the plain estimate, or that without bias (equation 5)."""
    n = len(k)
    if not debiased:
        center = np.eye(n) - 1 / n
        return np.sum(center @ k @ center * l)
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))
    return np.sum(k * l) + k.sum() * l.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * k.sum(0) @ l.sum(0)


def cka(x, y, debiased):
    k, l = x @ x.T, y @ y.T
    return hsic(k, l, debiased) / np.sqrt(hsic(k, k, debiased) * hsic(l, l, debiased))


def rotated(x, y):
    """The Procrustes similarity by the singular values themselves."""
    x, y = x - x.mean(0), y - y.mean(0)
    return float(np.linalg.svd(x.T @ y, compute_uv=False).sum() / np.linalg.norm(x) / np.linalg.norm(y))


def representations():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(30, 40)) * np.linspace(3, 0.1, 40)
    y = x @ rng.normal(size=(40, 25)) + 2 * rng.normal(size=(30, 25)) + 1
    z = rng.normal(size=(30, 60))
    found = []
    for a, b in ((x, y), (x, z), (y, z)):
        # Squared Euclidean distances of the examples, without rsatoolbox's division by the number of features.
        one, other = (rsatoolbox.rdm.calc_rdm(rsatoolbox.data.Dataset(m), method="euclidean") for m in (a, b))
        found.append({
            "one": a.flatten().tolist(), "other": b.flatten().tolist(), "examples": len(a),
            "bures": float(rsatoolbox.rdm.compare(one, other, method="bures")),
            "rotated": rotated(a, b),
            # The whitened cosine of distances is the plain linear CKA (Diedrichsen et al. 2021).
            "whitened": float(rsatoolbox.rdm.compare(one, other, method="cosine_cov")),
            "plain": cka(a, b, False),
            "debiased": cka(a, b, True),
        })
    return found


if __name__ == "__main__":
    packages = {name: version(name) for name in ("torch", "transformer_lens", "rsatoolbox", "numpy")}
    json.dump({"packages": packages, "attention": attention(), "representations": representations()}, sys.stdout)
