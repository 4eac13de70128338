// Time of an exact segmentation (level model, minimum length 5): functional pruning, as the detector `pelt` does it, and
// PELT proper, beside optimal partitioning without pruning and PELT in Python where there is one; all in this run and on
// the same series.
//
//   npm run build && node bench/pelt.mjs
//
// Prints a table and writes it to bench/results/pelt.md. Fails where two of them disagree on the best objective.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { meanCost } from '../dist/dynamics/costs/mean-cost.js';
import { optimalLevelPartition } from '../dist/dynamics/detectors/segmentation/optimal-level-partition.js';
import { optimalPartition } from '../dist/dynamics/detectors/segmentation/optimal-partition.js';
import { createRandom } from '../dist/numerics/random.js';

const lengths = [1000, 4000, 10_000];
const minSize = 5;
/** Loops in Python take minutes beyond. */
const longestForLoops = 4000;
const loadAtStart = loadavg()[0];

const cases = lengths.flatMap((n) =>
  [
    { name: 'no change', level: () => 0 },
    { name: 'a step of 3 sd every 100', level: (i) => 3 * (Math.floor(i / 100) % 2) },
  ].map(({ name, level }) => {
    const rng = createRandom(`pelt ${name} ${n}`);
    return {
      n,
      name,
      penalty: 2 * Math.log(n),
      values: Float64Array.from({ length: n }, (_, i) => level(i) + rng.normal()),
    };
  }),
);

const python = timePython();
for (const { values, penalty } of cases.slice(0, 2)) {
  // Warm-up.
  optimalPartition(meanCost(values), penalty, minSize);
  optimalLevelPartition(meanCost(values), penalty, minSize);
}
const rows = cases.map(({ n, name, penalty, values }, i) => {
  const ours = timed(5, () => optimalLevelPartition(meanCost(values), penalty, minSize));
  const pruned = timed(5, () => optimalPartition(meanCost(values), penalty, minSize));
  const naive = timed(1, () => unpruned(values, penalty));
  const theirs = python.cases?.[i] ?? {};
  const objectives = [
    ours.result.objective,
    pruned.result.objective,
    naive.result,
    ...(theirs.objectives ?? []),
  ];
  for (const objective of objectives)
    if (!(Math.abs(objective - objectives[0]) <= 1e-6 * objectives[0]))
      throw new Error(`the objectives of n = ${n}, ${name}, differ: ${objectives.join(', ')}`);
  const against = (ms) =>
    ms == null ? '–' : `${ms.toPrecision(3)} (${(ms / ours.milliseconds).toPrecision(2)})`;
  return [
    n,
    name,
    ours.result.boundaries.length,
    ours.milliseconds.toPrecision(3),
    against(pruned.milliseconds),
    against(naive.milliseconds),
    against(theirs.vectorized),
    against(theirs.loops),
    against(theirs.ruptures),
  ];
});

const report = [
  '# Exact segmentation, level model',
  '',
  `Milliseconds on one thread (functional pruning and PELT, both rankscope's: medians of 5); in brackets how many times as`,
  `long as functional pruning takes. Penalty`,
  `2·log n on N(0, 1) noise, segments of at least ${minSize}. All find the same objective (relative 1e-6); ruptures is`,
  'timed only, for it may miss the optimum under a minimum length.',
  '',
  '| n | series | changes | functional pruning | PELT | no pruning | PELT in NumPy, a row at a time | PELT in Python loops | ruptures Pelt(jump=1) |',
  '|---|---|---|---|---|---|---|---|---|',
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  '',
  `Machine: ${cpus()[0].model.trim()}, ${cpus().length} cores; load average ${loadAtStart.toFixed(2)} before, ` +
    `${loadavg()[0].toFixed(2)} after. Node ${process.versions.node}; ${python.description}.`,
  '',
].join('\n');
console.log(report);
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('pelt.md', results), report);

function timed(repeats, call) {
  const times = [];
  let result;
  for (let i = 0; i < repeats; i++) {
    const before = performance.now();
    result = call();
    times.push(performance.now() - before);
  }
  return { milliseconds: times.sort((a, b) => a - b)[repeats >> 1], result };
}

/** Optimal partitioning (Jackson et al. 2005): every start for every end. */
function unpruned(values, penalty) {
  const cost = meanCost(values);
  const best = new Float64Array(values.length + 1).fill(Number.POSITIVE_INFINITY);
  best[0] = -penalty;
  for (let end = minSize; end <= values.length; end++) {
    for (let start = 0; start <= end - minSize; start++) {
      const total = best[start] + cost.error(start, end) + penalty;
      if (total < best[end]) best[end] = total;
    }
  }
  return best[values.length];
}

/** Times and objectives of PELT in Python from a child process that gets the same series, or why there are none. */
function timePython() {
  const script = `
import json, sys, time
import numpy as np
try:
    import ruptures
except ImportError:
    ruptures = None
m = ${minSize}
def vectorized(y, pen):
    n = len(y)
    s = np.r_[0, np.cumsum(y)]; q = np.r_[0, np.cumsum(y * y)]
    best = np.full(n + 1, np.inf); best[0] = -pen
    starts = np.empty(0, dtype=np.int64); out = np.empty(0, dtype=np.int64)
    for t in range(m, n + 1):
        if t - m == 0 or t - m >= m:
            starts = np.append(starts, t - m); out = np.append(out, n + m + 1)
        total = best[starts] + q[t] - q[starts] - (s[t] - s[starts]) ** 2 / (t - starts)
        best[t] = total.min() + pen
        out = np.where(total > best[t], np.minimum(out, t + m), out)
        kept = out > t + 1
        starts = starts[kept]; out = out[kept]
    return best[n]
def loops(y, pen):
    n = len(y)
    s = [0.0]; q = [0.0]
    for v in y.tolist():
        s.append(s[-1] + v); q.append(q[-1] + v * v)
    best = [float('inf')] * (n + 1); best[0] = -pen
    starts = []
    for t in range(m, n + 1):
        if t - m == 0 or t - m >= m: starts.append([t - m, n + m + 1])
        totals = [best[i] + q[t] - q[i] - (s[t] - s[i]) ** 2 / (t - i) for i, _ in starts]
        best[t] = min(totals) + pen
        for entry, total in zip(starts, totals):
            if total > best[t]: entry[1] = min(entry[1], t + m)
        starts = [entry for entry in starts if entry[1] > t + 1]
    return best[n]
def timed(f, *args):
    begun = time.perf_counter(); result = f(*args)
    return result, (time.perf_counter() - begun) * 1000
out = []
for c in json.load(sys.stdin):
    y, pen = np.array(c['values']), c['penalty']
    objective, ms = timed(vectorized, y, pen)
    row = {'vectorized': ms, 'objectives': [objective]}
    if len(y) <= ${longestForLoops}:
        objective, row['loops'] = timed(loops, y, pen)
        row['objectives'].append(objective)
        if ruptures is not None:
            _, row['ruptures'] = timed(lambda: ruptures.Pelt('l2', min_size=m, jump=1).fit(y).predict(pen))
    out.append(row)
print(json.dumps({'python': sys.version.split()[0], 'numpy': np.__version__, 'ruptures': ruptures and ruptures.__version__, 'cases': out}))
`;
  const input = JSON.stringify(cases.map(({ values, penalty }) => ({ values: Array.from(values), penalty })));
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  let reason = '';
  for (const command of ['/usr/bin/python3', 'python3']) {
    const child = spawnSync(command, ['-c', script], { input, env, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (child.status === 0) {
      const { python: version, numpy, ruptures, cases: timedCases } = JSON.parse(child.stdout);
      const rival = ruptures === null ? 'ruptures is not installed' : `ruptures ${ruptures}`;
      return { description: `Python ${version}, NumPy ${numpy}; ${rival}`, cases: timedCases };
    }
    reason = child.error?.message ?? child.stderr.trim().split('\n').at(-1);
  }
  console.log(`Python is left out: ${reason}\n`);
  return { description: `without Python (${reason})` };
}
