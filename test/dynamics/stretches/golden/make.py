"""Writes prototype.json beside it: what the NumPy prototype of the method says of seeded series, which the tests repeat.

    python3 make.py <folder of stretches.py>

The series are drawn by arithmetic that is exact in any language (see `noise`), so that only the answers are stored.
"""

import json
import math
import sys
import types
from pathlib import Path

import numpy as np

# Where the product's constants are others (docs/stretches.md says why), the same change is made to the prototype's text.
CHANGES = (
    ("if h>max(2,n//12): break", "if h>max(2,min(16,1+n//8),n//16): break"),
    ("busy=np.maximum(s,1.4826*", "busy=np.maximum(s,.75*1.4826*"),
    ("max(121,n//4,10*h),n,h+h//2,8)", "max(121,n//4,13*h),n,h+h//2,8)"),
    ("hs=[h for h in self.r if h<=16]", "hs=[h for h in self.r if h<=max(2,min(16,1+n//8))]"),
)


def load(folder):
    text = (Path(folder) / "stretches.py").read_text()
    for before, after in CHANGES:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    module = types.ModuleType("prototype")
    exec(compile(text, "stretches.py", "exec"), module.__dict__)
    return module


prototype = load(sys.argv[1])


def noise(seed, n):
    """About normal: the sum of 12 uniforms from a linear congruential generator (Numerical Recipes), less 6."""
    state, values = seed, []
    for _ in range(n):
        total = 0.0
        for _ in range(12):
            state = (1664525 * state + 1013904223) % 2**32
            total += state / 2**32
        values.append(total - 6)
    return values


def autoregression(values, phi):
    """Not rescaled; phi = 1 is a walk."""
    level, out = 0.0, []
    for value in values:
        level = phi * level + value
        out.append(level)
    return out


def shape(spec, t):
    at, size, width = spec.get("at", 0), spec.get("size", 0), spec.get("width", 1)
    if spec["shape"] == "ramp":
        return size * min(1, max(0, (t - at) / width))
    if spec["shape"] == "collapse and recovery":
        return size * (max(0, 1 - t / 10) + 0.5 * min(1, max(0, (t - at) / width)))
    return 0


def series(spec):
    values = noise(spec["seed"], spec["n"])
    if "phi" in spec:
        values = autoregression(values, spec["phi"])
    if "shrink" in spec:
        values = [value * 2 ** (-math.floor(spec["shrink"] * t / spec["n"])) for t, value in enumerate(values)]
    values = [value + shape(spec, t) for t, value in enumerate(values)]
    if "spikes" in spec:
        values = [value + (10 if t % spec["spikes"] == 3 else 0) for t, value in enumerate(values)]
    if "grain" in spec:
        values = [spec["grain"] * math.floor(value / spec["grain"]) for value in values]
    return values


def specs():
    seed = 0
    for n in (12, 13, 20, 40, 100, 250, 400, 1000):
        for more in (
            {},
            {"phi": 0.8},
            {"phi": 1},
            {"shrink": 6},
            {"phi": 1, "shrink": 6},
            {"spikes": 37},
            {"grain": 1},
            {"shape": "ramp", "at": n // 2, "size": 8, "width": 3},
            {"shape": "ramp", "at": n // 2, "size": 30, "width": 1},
            {"shape": "ramp", "at": n // 3, "size": 300, "width": max(2, n // 8)},
            {"shape": "ramp", "at": n // 3, "size": -30, "width": max(2, n // 8), "phi": 0.5},
            {"shape": "collapse and recovery", "at": n // 4, "size": 40, "width": n // 4},
            {"shape": "collapse and recovery", "at": n // 4, "size": 40, "width": n // 4, "phi": 0.9},
        ):
            seed += 1
            yield {"seed": seed, "n": n, "shape": "none", **more}


def rounded(x):
    return float(f"{x:.12g}")


def described(parts):
    out = []
    for part in parts:
        place = {"kind": part["kind"], "first": int(part["a"]), "last": int(part["b"])}
        if part["kind"] in ("rise", "fall"):
            place["shown"] = [int(part["A"]), int(part["B"])]
        place["amplitude"] = rounded(part["amplitude"])
        if "half" in part:
            place["half"] = rounded(part["half"])
            place["halfInterval"] = [rounded(x) for x in part["half_interval"]]
            place["halfSeeds"] = [rounded(x) for x in part["half_seeds"]]
        out.append(place)
    return out


def turns(parts, n):
    """Intervals of the turning points; the ends of the series are none."""
    found = {tuple(int(x) for x in part[key]) for part in parts if "A" in part for key in ("turn_before", "turn_after")}
    return [list(turn) for turn in sorted(found) if turn not in ((0, 0), (n - 1, n - 1))]


def single(spec):
    values = np.array(series(spec))
    noise_curve = prototype.Noise(values)
    places = [0, spec["n"] // 3, spec["n"] - 1]
    windows = list(noise_curve.windows())
    sampled = [windows[0], windows[len(windows) // 2], windows[-1]]
    return {
        "series": spec,
        "sd": [rounded(noise_curve.s[i]) for i in places],
        "roughness": [[rounded(r[i]) for i in places] for r in noise_curve.r.values()],
        "strength": [rounded(noise_curve.a[i]) for i in places],
        "memory": [int(noise_curve.p[i]) for i in places],
        "windows": [
            {"scale": int(h), **{name: rounded(x[len(x) // 2]) for name, x in zip(("difference", "jitter", "walk"), rest)}}
            for h, _, *rest in sampled
        ],
        "parts": described(prototype.stretches(values)),
        "turns": turns(prototype.stretches(values), spec["n"]),
    }


def over_seeds():
    seed = 1000
    for k in (2, 3, 5):
        for n in (40, 100, 400):
            for more in (
                {"phi": 1},
                {"shape": "ramp", "at": n // 2, "size": 30, "width": 3, "apart": 0},
                {"shape": "ramp", "at": n // 3, "size": 60, "width": n // 8, "apart": 3},
                {"shape": "collapse and recovery", "at": n // 4, "size": 40, "width": n // 4, "apart": 2},
            ):
                runs = []
                for j in range(k):
                    seed += 1
                    spec = {"seed": seed, "n": n, "shape": "none", **more}
                    spec["at"] = spec.get("at", 0) + j * spec.pop("apart", 0)
                    runs.append(spec)
                steps = [5 * t * (1 + t // (n // 2)) for t in range(n)]
                yield {
                    "series": runs,
                    "parts": described(prototype.pooled([series(run) for run in runs], np.array(steps))),
                }


answers = {"single": [single(spec) for spec in specs()], "seeds": list(over_seeds())}
text = json.dumps(answers, separators=(",", ":")).replace('{"series"', '\n{"series"')
(Path(__file__).parent / "prototype.json").write_text(text + "\n")
