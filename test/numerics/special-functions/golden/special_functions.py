"""Writes distributions.json beside this file: distribution functions to full float64 precision.

    pip install mpmath==1.3.0 scipy==1.16.3
    python special_functions.py

mpmath sums series of positive terms with 60 digits, for the tail on either side by itself. The script stops where SciPy
says something else for arguments up to 1e5. Above them SciPy 1.16.3 is no reference: its gammainc(72362285.52007575,
72302633.75223164) is 18 % too small.
"""

import json
import os
import random

import mpmath as mp
from scipy import special

DIGITS = 60
MOST_TERMS = 200_000
SCIPY_ERROR = 1e-11
SCIPY_UP_TO = 1e5
random.seed(20260101)


class TooLong(Exception):
    pass


def positive_series(ratio):
    """1 + r(0) + r(0)r(1) + ..., where the ratios r of later terms fall."""
    term = total = mp.mpf(1)
    for k in range(MOST_TERMS):
        r = ratio(k)
        term *= r
        total += term
        if k % 16 == 0 and r < 1 and term * r < total * (1 - r) * mp.mpf(10) ** -50:
            return total
    raise TooLong


def gamma_lower(a, x):
    """DLMF 8.7.1."""
    front = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
    return front * positive_series(lambda k: x / (a + 1 + k))


def gamma_upper_fraction(a, x):
    """DLMF 8.9.2, by the modified Lentz algorithm."""
    b = x + 1 - a
    c, d = mp.mpf(10) ** 300, 1 / b
    value = d
    for k in range(1, MOST_TERMS):
        n = -k * (k - a)
        b += 2
        d = 1 / (n * d + b)
        c = b + n / c
        value *= c * d
        if abs(c * d - 1) < mp.mpf(10) ** -50:
            return mp.exp(a * mp.log(x) - x - mp.loggamma(a)) * value
    raise TooLong


def gamma_tails(a, x):
    with mp.workdps(DIGITS):
        a, x = mp.mpf(a), mp.mpf(x)
        if x < a or x < 30:
            # Of the upper tail nothing is lost: e^-30 is 13 of the digits, and a tiny shape takes 12 more.
            lower = gamma_lower(a, x)
            return lower, 1 - lower
        upper = gamma_upper_fraction(a, x)
        return 1 - upper, upper


def beta_lower(x, y, a, b):
    """DLMF 8.17.8."""
    n = a + b
    log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(n)
    front = mp.exp(a * mp.log(x) + b * mp.log(y) - log_beta) / a
    return front * positive_series(lambda k: x * (n + k) / (a + 1 + k))


def beta_tails(x, a, b, y=None):
    with mp.workdps(DIGITS):
        x, a, b = mp.mpf(x), mp.mpf(a), mp.mpf(b)
        y = 1 - x if y is None else y
        if x * (a + b) <= a:
            return both_tails(lambda: beta_lower(x, y, a, b), lambda: beta_lower(y, x, b, a))
        return both_tails(lambda: beta_lower(y, x, b, a), lambda: beta_lower(x, y, a, b))[::-1]


def both_tails(near, far):
    """Of the two series either will do, as long as the other tail keeps 40 of its digits."""
    try:
        value = near()
        rest = 1 - value
        return value, rest if rest > mp.mpf(10) ** -20 else far()
    except TooLong:
        rest = far()
        value = 1 - rest
        if value < mp.mpf(10) ** -20:
            raise
        return value, rest


def log_uniform(low, high):
    return 10.0 ** random.uniform(low, high)


def gamma_cases():
    corners = [10.0**e for e in range(-10, 9)]
    for a in corners:
        spread = a**0.5
        yield a, a
        yield a, a + 0.3 * spread
        for z in (-30, -4, 4, 30):
            if a + z * spread > 0:
                yield a, a + z * spread
        yield a, random.choice(corners)
    for _ in range(200):
        a = log_uniform(-10, 8)
        yield a, log_uniform(-10, 8)
        yield a, max(1e-10, a + random.gauss(0, 8) * a**0.5)


def beta_cases():
    for a in [10.0**e for e in (-10, -5, -1, 0, 2, 4, 6, 8)]:
        for b in [10.0**e for e in (-10, -5, -1, 0, 2, 4, 6, 8)]:
            mean = a / (a + b)
            spread = (mean * (1 - mean) / (a + b + 1)) ** 0.5
            for z in (0, random.uniform(-5, 5), random.uniform(-30, 30)):
                yield mean + z * spread, a, b
    for _ in range(250):
        a = log_uniform(-10, 8)
        b = random.choice((log_uniform(-10, 8), a * log_uniform(-0.3, 0.3)))
        mean = a / (a + b)
        spread = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        yield random.choice((
            mean + random.gauss(0, 6) * spread, log_uniform(-10, 0), 1 - log_uniform(-10, 0), mean * log_uniform(-3, 0.2)
        )), a, b


def table(cases, tails, scipy_tails):
    """Rows of arguments, lower tail, upper tail; what leaves float64's normal numbers, or takes too long, is left out."""
    rows, worst = [], 0.0
    for arguments in cases:
        try:
            values = [float(value) for value in tails(*arguments)]
        except TooLong:
            continue
        if min(values) < 1e-300:
            continue
        if max(arguments) <= SCIPY_UP_TO:
            worst = max(worst, *(abs(theirs / ours - 1) for ours, theirs in zip(values, scipy_tails(*arguments))))
        rows.append([*arguments, *values])
    print(f"{len(rows)} rows; SciPy differs by up to {worst:.1e}")
    assert worst < SCIPY_ERROR
    return rows


def in_unit_interval(cases):
    return [case for case in cases if 1e-10 <= case[0] < 1 and case[1] <= 1e8 and case[2] <= 1e8]


def student_rows():
    rows = []
    for df in (1e-3, 0.5, 1.0, 3.0, 30.0, 1e3, 1e5, 1e6, 1e8):
        for t in (-1e-9, -0.01, -1.0, -3.0, -8.0, -30.0):
            with mp.workdps(DIGITS):
                df_, square = mp.mpf(df), mp.mpf(t) ** 2
                x, y = df_ / (df_ + square), square / (df_ + square)
                try:
                    lower, _ = beta_tails(x, df_ / 2, mp.mpf(1) / 2, y)
                except TooLong:
                    continue
                rows.append([t, df, float(lower / 2)])
    return rows


def quantile(tail, target, guess):
    """Where a tail is the target, by the secant method on its logarithm, from a guess of SciPy's."""
    with mp.workdps(DIGITS):
        guess = mp.mpf(float(guess))
        distance = mp.log(mp.mpf(target))
        return float(mp.findroot(lambda x: mp.log(tail(x)) - distance, (guess, guess * (1 + mp.mpf(10) ** -9)), tol=1e-40))


def garwood_rows():
    rows = []
    for count in (1, 40, 2_991, 1_000_000, 100_000_000):
        for confidence in (0.95, 1 - 2**-40):
            tail = (1 - confidence) / 2
            low = quantile(lambda x: gamma_tails(count, x)[0], tail, special.gammaincinv(count, tail))
            high = quantile(lambda x: gamma_tails(count + 1, x)[1], tail, special.gammainccinv(count + 1, tail))
            rows.append([count, confidence, low, high])
    return rows


def clopper_pearson_rows():
    rows = []
    for successes, trials in ((1, 10), (40, 90), (1, 1_000_000), (400_000, 1_000_000), (99_999_990, 100_000_000)):
        for confidence in (0.95, 1 - 2**-40):
            tail = (1 - confidence) / 2
            s, f = successes, trials - successes
            low = quantile(lambda x: beta_tails(x, s, f + 1)[0], tail, special.betaincinv(s, f + 1, tail))
            high = quantile(lambda x: beta_tails(x, s + 1, f)[1], tail, special.betainccinv(s + 1, f, tail))
            rows.append([successes, trials, confidence, low, high])
    return rows


def main():
    tables = {
        "gamma": table(gamma_cases(), gamma_tails, lambda a, x: (special.gammainc(a, x), special.gammaincc(a, x))),
        "beta": table(
            in_unit_interval(beta_cases()),
            beta_tails,
            lambda x, a, b: (special.betainc(a, b, x), special.betaincc(a, b, x)),
        ),
        "student": student_rows(),
        "garwood": garwood_rows(),
        "clopperPearson": clopper_pearson_rows(),
    }
    made_by = f"special_functions.py with mpmath {mp.__version__}"
    parts = [f'"madeBy": {json.dumps(made_by)}']
    for name, rows in tables.items():
        parts.append(f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]")
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "distributions.json")
    with open(path, "w", newline="\n") as file:
        file.write("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main()
