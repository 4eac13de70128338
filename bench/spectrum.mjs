// Time of the singular values of a centered [160, d] matrix: rankscope beside ml-matrix and NumPy, all in this run.
// Needs a build (`npm run bench` makes one); prints a table and writes it to bench/results/spectrum.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { createRandom } from '../dist/numerics/random.js';
import { spectraOf, spectrumOf } from '../dist/spectra/spectrum.js';

const samples = 160;
const widths = [10, 32, 64, 128, 256, 512];
/** Each rival is timed for about this long per width, and at least five times. */
const milliseconds = 1500;
const loadAtStart = loadavg()[0];

const matrices = widths.map((columns) => {
  const rng = createRandom(`spectrum ${columns}`);
  const data = Float32Array.from({ length: samples * columns }, () => Math.max(0, rng.normal() + 0.5));
  return { data, rows: samples, columns };
});

const numpy = timeNumpy();
const rows = matrices.map((matrix, i) => {
  const centered = centeredRows(matrix);
  const expected = Array.from(spectrumOf(matrix).singularValues);
  const times = {
    ...medians({
      centered: () => spectrumOf(matrix),
      both: () => spectraOf(matrix),
      mlGram: () => mlGram(centered),
      mlSvd: () => mlSvd(centered),
    }),
    ...numpy.times?.[i],
  };
  const largestError = Math.max(
    relativeError(expected, mlSvd(centered)),
    numpy.values === undefined ? 0 : relativeError(expected, numpy.values[i]),
  );
  return { columns: matrix.columns, times, largestError };
});

const report = [
  `# Singular values of a centered ${samples} × d matrix`,
  '',
  'Median microseconds on one thread; in brackets how many times as long as rankscope takes for the centered spectrum.',
  'Every time includes centering and, where one is used, the Gram matrix. Input: rectified normal numbers, float32.',
  '',
  '| d | rankscope, centered | rankscope, centered and raw | ml-matrix, EVD of the Gram | ml-matrix SVD | NumPy, eigvalsh of the Gram | NumPy SVD | largest relative difference |',
  '|---|---|---|---|---|---|---|---|',
  ...rows.map(({ columns, times, largestError }) => {
    const cell = (time) =>
      time === undefined ? '–' : `${Math.round(time)} (${(time / times.centered).toPrecision(2)})`;
    const cells = [
      columns,
      Math.round(times.centered),
      cell(times.both),
      cell(times.mlGram),
      cell(times.mlSvd),
      cell(times.numpyGram),
      cell(times.numpySvd),
      largestError.toExponential(0),
    ];
    return `| ${cells.join(' | ')} |`;
  }),
  '',
  'The last column compares the values above 1e-3·σ₁ with those of the SVDs.',
  '',
  `Machine: ${cpus()[0].model.trim()}, ${cpus().length} cores; load average ${loadAtStart.toFixed(2)} before, ` +
    `${loadavg()[0].toFixed(2)} after. Node ${process.versions.node}; ${numpy.description}.`,
  '',
].join('\n');
console.log(report);
const results = new URL('results/', import.meta.url);
mkdirSync(results, { recursive: true });
writeFileSync(new URL('spectrum.md', results), report);

/** Median times of the calls in microseconds. They take turns, so that other load on the machine meets all alike. */
function medians(calls) {
  const times = Object.fromEntries(Object.keys(calls).map((name) => [name, []]));
  const takeTurns = (until, least) => {
    for (let round = 0; round < least || performance.now() < until; round++) {
      for (const [name, call] of Object.entries(calls)) {
        const before = performance.now();
        call();
        times[name].push((performance.now() - before) * 1000);
      }
    }
  };
  takeTurns(performance.now() + milliseconds, 5);
  for (const list of Object.values(times)) list.length = 0; // that was the warm-up
  takeTurns(performance.now() + 4 * milliseconds, 5);
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, list.sort((a, b) => a - b)[list.length >> 1]]),
  );
}

function centeredRows({ data, rows: count, columns }) {
  const plain = Array.from({ length: count }, (_, r) =>
    Array.from(data.subarray(r * columns, (r + 1) * columns)),
  );
  return () => new Matrix(plain).center('column');
}

function mlGram(centered) {
  const matrix = centered();
  const turned = matrix.transpose();
  const gram = matrix.rows < matrix.columns ? matrix.mmul(turned) : turned.mmul(matrix);
  return new EigenvalueDecomposition(gram, { assumeSymmetric: true }).realEigenvalues
    .map((value) => Math.sqrt(Math.max(0, value)))
    .sort((a, b) => b - a);
}

function mlSvd(centered) {
  const options = {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  };
  return new SingularValueDecomposition(centered(), options).diagonal;
}

function relativeError(computed, expected) {
  return expected.reduce(
    (largest, value, i) =>
      value > 1e-3 * expected[0] ? Math.max(largest, Math.abs(computed[i] / value - 1)) : largest,
    0,
  );
}

/** NumPy's times and values from a child process that gets the same matrices, or why there are none. */
function timeNumpy() {
  const script = `
import json, sys, time
import numpy as np
cases = json.load(sys.stdin)
def gram(x):
    x = x - x.mean(axis=0)
    return np.linalg.eigvalsh(x @ x.T if x.shape[0] < x.shape[1] else x.T @ x)
def svd(x):
    return np.linalg.svd(x - x.mean(axis=0), compute_uv=False)
def median(f, x):
    end = time.perf_counter() + ${milliseconds / 5000}
    while time.perf_counter() < end: f(x)
    times = []
    end = time.perf_counter() + ${milliseconds / 1000}
    while len(times) < 5 or time.perf_counter() < end:
        t = time.perf_counter(); f(x); times.append((time.perf_counter() - t) * 1e6)
    return sorted(times)[len(times) // 2]
out = []
for c in cases:
    x = np.array(c['data'], dtype=np.float64).reshape(c['rows'], c['columns'])
    out.append({'numpyGram': median(gram, x), 'numpySvd': median(svd, x), 'values': svd(x).tolist()})
print(json.dumps({'version': np.__version__, 'cases': out}))
`;
  const input = JSON.stringify(matrices.map((matrix) => ({ ...matrix, data: Array.from(matrix.data) })));
  // One thread, as everything else here runs on one.
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  let reason = '';
  for (const python of ['/usr/bin/python3', 'python3']) {
    const child = spawnSync(python, ['-c', script], { input, env, encoding: 'utf8', maxBuffer: 1 << 26 });
    if (child.status === 0) {
      const { version, cases } = JSON.parse(child.stdout);
      return {
        description: `NumPy ${version} (float64)`,
        times: cases.map(({ numpyGram, numpySvd }) => ({ numpyGram, numpySvd })),
        values: cases.map(({ values }) => values),
      };
    }
    reason = child.error?.message ?? child.stderr.trim().split('\n').at(-1);
  }
  console.log(`NumPy is left out: ${reason}\n`);
  return { description: `without NumPy (${reason})` };
}
