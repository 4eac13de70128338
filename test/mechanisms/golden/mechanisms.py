"""Reference values of the mechanism measures, written out from their definitions with NumPy and SciPy.

python3 test/mechanisms/golden/mechanisms.py > test/mechanisms/golden/mechanisms.json
"""

import json

import numpy as np
from scipy.optimize import linear_sum_assignment

rng = np.random.default_rng(20260)


def hsic1(k, l):
    """Song et al. 2012, equation 5, with the diagonals removed."""
    n = len(k)
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))
    one = np.ones(n)
    return (
        np.trace(k @ l)
        + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
        - 2 / (n - 2) * (one @ k @ l @ one)
    ) / (n * (n - 3))


def cka(x, y):
    k, l = x @ x.T, y @ y.T
    return hsic1(k, l) / np.sqrt(hsic1(k, k) * hsic1(l, l))


def center(x):
    return x - x.mean(axis=0)


def svcca(x, y, share=0.99):
    def leading(z):
        u, s, _ = np.linalg.svd(center(z), full_matrices=False)
        count = np.searchsorted(np.cumsum(s**2), share * np.sum(s**2)) + 1
        return u[:, :count]

    return np.linalg.svd(leading(x).T @ leading(y), compute_uv=False).mean()


def procrustes(x, y):
    x, y = center(x), center(y)
    return np.linalg.norm(x.T @ y, "nuc") / np.linalg.norm(x) / np.linalg.norm(y)


def collapse(h, labels, w, b):
    classes = w.shape[0]
    means = np.array([h[labels == c].mean(axis=0) for c in range(classes)])
    overall = means.mean(axis=0)
    m = means - overall
    between = m.T @ m / classes
    within = np.mean([np.cov(h[labels == c].T, bias=True) for c in range(classes)], axis=0)
    norms = np.linalg.norm(m, axis=1)
    cosines = (m / norms[:, None]) @ (m / norms[:, None]).T
    off = cosines[np.triu_indices(classes, 1)]
    nearest = np.argmin(((h[:, None] - means) ** 2).sum(axis=2), axis=1)
    return {
        "variability": np.trace(within @ np.linalg.pinv(between, rcond=1e-10)) / classes,
        "equinorm": norms.std() / norms.mean(),
        "equiangular": np.abs(off + 1 / (classes - 1)).mean(),
        "selfDuality": ((w / np.linalg.norm(w) - m / np.linalg.norm(m)) ** 2).sum(),
        "nearestMean": np.mean(nearest != np.argmax(h @ w.T + b, axis=1)),
    }


def left_out_accuracy(h, labels, classes, ridge):
    """A ridge classifier with a free intercept, refitted without each example in turn."""
    c = h - h.mean(axis=0)
    penalty = ridge * np.sum(c**2) / len(h)
    right = 0
    for i in range(len(h)):
        rest = np.arange(len(h)) != i
        x, y = h[rest], np.eye(classes)[labels[rest]]
        mx, my = x.mean(axis=0), y.mean(axis=0)
        x = x - mx
        weights = np.linalg.solve(x.T @ x + penalty * np.eye(x.shape[1]), x.T @ (y - my))
        right += np.argmax((h[i] - mx) @ weights + my) == labels[i]
    return right / len(h)


def copying(value, output, heads, through=None):
    size = len(value) // heads
    scores = []
    for head in range(heads):
        part = slice(head * size, (head + 1) * size)
        circuit = output[:, part] @ value[part]
        if through is not None:
            circuit = through[1] @ circuit @ through[0].T
        eigenvalues = np.linalg.eigvals(circuit)
        scores.append(eigenvalues.sum().real / np.abs(eigenvalues).sum())
    return scores


x = rng.normal(size=(12, 5))
y = x @ rng.normal(size=(5, 9)) + 0.5 * rng.normal(size=(12, 9))
z = rng.normal(size=(12, 30)) + 3

labels = np.repeat([0, 1, 2], 8)
h = rng.normal(size=(24, 6)) * 0.5 + np.eye(6)[labels] * 2
w = np.eye(3, 6) * 2 + 0.2 * rng.normal(size=(3, 6))
b = 0.1 * rng.normal(size=3)

logits = rng.normal(size=(2, 3, 4, 4)) * 2
masked = np.where(np.tril(np.ones((4, 4))) > 0, logits, -np.inf)
p = np.exp(masked - masked.max(axis=-1, keepdims=True))
p /= p.sum(axis=-1, keepdims=True)
entropy = -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis=-1)
tokens = np.array([[1, 2, 1, 2], [5, 5, 6, 5]])
normalized = p / np.linalg.norm(p, axis=-1, keepdims=True)


def induction(offset):
    scores = []
    for head in range(3):
        rows = []
        for e in range(2):
            for q in range(4):
                keys = [
                    k + offset
                    for k in range(q)
                    if tokens[e, k] == tokens[e, q] and k + offset != q
                ]
                if keys:
                    rows.append(sum(p[e, head, q, k] for k in keys))
        scores.append(np.mean(rows))
    return scores


filters = rng.normal(size=(4, 2, 3, 3))
others = filters[[2, 0, 3, 1]] + 0.3 * rng.normal(size=(4, 2, 3, 3))
flat = filters.reshape(4, -1)
unit = flat / np.linalg.norm(flat, axis=1, keepdims=True)
cosines = unit @ unit.T
eigen = np.linalg.eigvalsh(cosines) / 4
spectrum = np.abs(np.fft.fft2(filters)) ** 2
fy, fx = np.meshgrid(np.fft.fftfreq(3), np.fft.fftfreq(3), indexing="ij")
frequency = (spectrum * np.hypot(fy, fx)).sum(axis=(1, 2, 3)) / spectrum.sum(axis=(1, 2, 3))
oflat = others.reshape(4, -1)
between = unit @ (oflat / np.linalg.norm(oflat, axis=1, keepdims=True)).T
rows, columns = linear_sum_assignment(-between)
costs = rng.normal(size=(6, 9))

rates = np.abs(h)

# Drawn from a stream of their own: what is above stays as it is.
later = np.random.default_rng(20261)
classes = later.integers(0, 4, size=60)
features = later.normal(size=(60, 90)) + 1.5 * later.normal(size=(4, 90))[classes] * (later.random((60, 90)) < 0.3)
value, output = later.normal(size=(12, 12)), later.normal(size=(12, 12)) + np.eye(12)
embedding, unembedding = later.normal(size=(20, 12)), later.normal(size=(20, 12))
print(
    json.dumps(
        {
            "x": x.tolist(),
            "y": y.tolist(),
            "z": z.tolist(),
            "cka": [cka(x, y), cka(x, z), cka(y, z)],
            "svcca": [svcca(x, y), svcca(x, z), svcca(y, z)],
            "procrustes": [procrustes(x, y), procrustes(x, z), procrustes(y, z)],
            "labels": labels.tolist(),
            "h": h.tolist(),
            "w": w.tolist(),
            "b": b.tolist(),
            "collapse": collapse(h, labels, w, b),
            "trevesRolls": ((1 - rates.mean(0) ** 2 / (rates**2).mean(0)) / (1 - 1 / 24)).tolist(),
            "hoyer": (
                (np.sqrt(24) - rates.sum(0) / np.linalg.norm(rates, axis=0)) / (np.sqrt(24) - 1)
            ).tolist(),
            "logits": logits.ravel().tolist(),
            "probabilities": p.ravel().tolist(),
            "entropy": entropy.mean(axis=(0, 2)).tolist(),
            "relative": (entropy[:, :, 1:] / np.log([2, 3, 4])).mean(axis=(0, 2)).tolist(),
            "distance": (p * np.abs(np.subtract.outer(np.arange(4), np.arange(4))))
            .sum(-1)
            .mean(axis=(0, 2))
            .tolist(),
            "previous": np.mean([p[:, :, q, q - 1] for q in (1, 2, 3)], axis=(0, 1)).tolist(),
            "first": p[:, :, 1:, 0].mean(axis=(0, 2)).tolist(),
            "tokens": tokens.ravel().tolist(),
            "duplicate": induction(0),
            "induction": induction(1),
            "headSimilarity": (np.einsum("ahqk,abqk->hb", normalized, normalized) / 8).tolist(),
            "filters": filters.ravel().tolist(),
            "others": others.ravel().tolist(),
            "orthogonality": 1 - np.abs(cosines[np.triu_indices(4, 1)]).mean(),
            "diversity": np.exp(-(eigen * np.log(eigen)).sum()) / 4,
            "frequency": frequency.tolist(),
            "partner": columns.tolist(),
            "matched": between[rows, columns].tolist(),
            "costs": costs.tolist(),
            "features": features.tolist(),
            "classes": classes.tolist(),
            "linearProbe": [
                left_out_accuracy(features, classes, 4, ridge) for ridge in (1e-3, 0.1, 10)
            ],
            "value": value.ravel().tolist(),
            "output": output.ravel().tolist(),
            "embedding": embedding.ravel().tolist(),
            "unembedding": unembedding.ravel().tolist(),
            "copying": copying(value, output, 3),
            "copyingTokens": copying(value, output, 3, (embedding, unembedding)),
            "assignment": linear_sum_assignment(costs)[1].tolist(),
        }
    )
)
