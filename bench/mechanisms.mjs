// Attention patterns, head scores and similarities of representations beside TransformerLens and rsatoolbox, in one run:
//   npm run build && node bench/mechanisms.mjs /path/to/python
// The Python needs what bench/mechanisms.py names.
import { spawnSync } from 'node:child_process';
import {
  causal,
  copyingScore,
  duplicateTokenScore,
  fromLogits,
  fromProbabilities,
  inductionScore,
  linearCka,
  previousTokenScore,
  procrustes,
  sampleDirections,
} from '../dist/index.js';

const [python = 'python3'] = process.argv.slice(2);
const { status, stdout, stderr } = spawnSync(python, [new URL('mechanisms.py', import.meta.url).pathname], {
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
  env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
});
if (status !== 0) throw new Error(stderr);
const { packages, attention, representations } = JSON.parse(stdout);
console.log(
  Object.entries(packages)
    .map((one) => one.join(' '))
    .join(', '),
);

const apart = new Map();
function hold(what, ours, theirs) {
  const values = ours.map((one) => (typeof one === 'number' ? one : one.value));
  if (values.length !== theirs.length || !values.every(Number.isFinite))
    throw new Error(`${what}: ${JSON.stringify(ours)}`);
  const gap = Math.max(...values.map((value, i) => Math.abs(value - theirs[i])));
  const { count = 0, most = 0 } = apart.get(what) ?? {};
  apart.set(what, { count: count + values.length, most: Math.max(most, gap) });
}

const { heads, width, length, examples, tokens } = attention;
const shape = { examples, heads, queries: length, keys: length };
for (const layer of attention.layers) {
  hold(
    'attention pattern, from logits',
    [...fromLogits(layer.logits, shape, causal).probabilities],
    layer.pattern,
  );
  const maps = fromProbabilities(layer.pattern, shape, causal);
  // TransformerLens divides by all queries, ours by those that have what is looked for: all but the first, the second half.
  const scaled = (scores, queries) => scores.map(({ value }) => (value * queries) / length);
  hold('previous-token score', scaled(previousTokenScore(maps), length - 1), layer.previous);
  hold('duplicate-token score', scaled(duplicateTokenScore(maps, tokens), length / 2), layer.duplicate);
  hold('induction score', scaled(inductionScore(maps, tokens), length / 2), layer.induction);
  const matrix = (data) => ({ data: Float64Array.from(data), rows: width, columns: width });
  const copying = copyingScore({ value: matrix(layer.value), output: matrix(layer.output), heads });
  hold('copying score', copying, layer.copying);
}
for (const { one, other, examples: rows, bures, rotated, whitened, plain, debiased } of representations) {
  const [a, b] = [one, other].map((data) => ({
    data: Float64Array.from(data),
    rows,
    columns: data.length / rows,
  }));
  const rotation = procrustes(sampleDirections(a), sampleDirections(b));
  hold('Procrustes similarity (rsatoolbox: Bures)', [rotation], [bures]);
  hold('Procrustes similarity (NumPy, by singular values)', [rotation], [rotated]);
  hold('NumPy’s plain linear CKA (rsatoolbox: whitened cosine)', [plain], [whitened]);
  hold('debiased linear CKA (NumPy, from its definition)', [linearCka(a, b)], [debiased]);
}
console.log('measure | values | largest difference');
for (const [what, { count, most }] of apart) console.log(`${what} | ${count} | ${most.toExponential(1)}`);
