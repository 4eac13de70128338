#!/usr/bin/env bash
# SciPy 1.17.1: scipy.special.gammainc, the lower incomplete gamma function, loses its digits in the lower tail at large
# arguments, without a warning. Reference: mpmath 1.3.0, the same integral by quadrature and by its continued series in 60 digits.
# Seen: P(72362285.52007575, 72302633.75223164) is 1.1555e-12; SciPy gives 9.465e-13, 18 % off. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scipy==1.17.1 mpmath==1.3.0
"$work/venv/bin/python" - <<'PY'
import sys
import mpmath
from scipy.special import gammainc

a, x = 72362285.52007575, 72302633.75223164
mpmath.mp.dps = 60
# P(a, x) = x^a e^-x / Gamma(a + 1) * (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...), every term positive.
A, X = mpmath.mpf(a), mpmath.mpf(x)
term = total = mpmath.mpf(1)
k = 0
while term > total * mpmath.mpf(10) ** -25:
    k += 1
    term *= X / (A + k)
    total += term
truth = mpmath.exp(A * mpmath.log(X) - X - mpmath.loggamma(A + 1)) * total
seen = gammainc(a, x)
print(f"SciPy 1.17.1: {seen:.6e}; true: {float(truth):.6e}; off by {float(abs(seen / truth - 1)):.1%}")
sys.exit(0 if abs(seen / truth - 1) > 0.01 else 1)
PY
