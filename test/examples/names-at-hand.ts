import { createReadStream, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { drawnDigits } from '../../src/datasets/drawn-digits.ts';
import { runOf } from '../../src/derived/run-of.ts';
import { pelt } from '../../src/detectors/pelt.ts';
import { analyzeRun } from '../../src/dynamics/analyze-run.ts';
import { describeCurve } from '../../src/dynamics/stretches/describe-curve.ts';
import { auditStudy } from '../../src/findings/audit/audit-study.ts';
import { parseClaims } from '../../src/findings/audit/claims-file.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createModel } from '../../src/models/create-model.ts';
import { localCubicSmooth } from '../../src/numerics/local-cubic-smooth.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { planCheckpoints } from '../../src/planning/plan-checkpoints.ts';
import { table } from '../../src/tables/table.ts';
import { initialWeights } from '../../src/training/train.ts';
import { nullRunNamed } from '../../src/validity/run-changes/null-runs.ts';
import { simulateRun } from '../../src/validity/run-changes/simulate-run.ts';
import { exampleFigures } from '../figures/example-figures.ts';
import { evidenceOf } from '../hypotheses/planted-evidence.ts';
import { ndtLog, sampleHeader, sampleManifest, sampleStep } from '../measurements/fixtures.ts';
import { syntheticStudy } from '../published/synthetic-runs.ts';
import { noiseAsMnist } from '../study/small-study.ts';
import { src } from './example-blocks.ts';

const rng = createRandom('examples');
const normal = (length: number): Float64Array => Float64Array.from({ length }, () => rng.normal());
const settled = Float64Array.from({ length: 400 }, (_, i) => 5 + 9 * Math.exp(-i / 12) + 0.05 * rng.normal());
const steps = Float64Array.from({ length: 200 }, (_, i) => 5 * i);
const values = steps.map((step, i) => 10 * Math.exp(-step / 300) + (i < 120 ? 0 : 4) + 0.1 * rng.normal());
const activations = normal(160 * 64);
const matrices = Array.from({ length: 40 }, () => ({ data: normal(160 * 8), rows: 160, columns: 8 }));
const early = steps.slice(0, 40);
const runNamed = (id: string): Run => ({
  ...runOf({
    id,
    steps: early,
    layers: { first: matrices, second: matrices, third: matrices },
    loss: early.map((step) => 2 / (1 + step)),
  }),
  architecture: 'mlp',
  dataset: 'drawn_digits',
});
const runs = [runNamed('mine'), runNamed('yours')];
const options = { seriesId: 'participation_ratio', rng };
const dynamics = analyzeRun(runs[0], options);
const manifest = sampleManifest(runs.map(({ id }) => id));
const analysis = analyzeStudy(runs);
const plan = planCheckpoints(runs, { metric: 'participation_ratio' });
const claimsText = {
  title: 'Claims',
  claims: [{ id: 'late', kind: 'no-jumps-after', fraction: 0.5, claim: 'Nothing jumps late.' }],
};
const claims = parseClaims(JSON.stringify(claimsText), 'claims.yaml');
const longSteps = Float64Array.from({ length: 400 }, (_, i) => 5 * i);
const longRun = runOf({ id: 'long', steps: longSteps, layers: { first: { participation_ratio: settled } } });
const jumping = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 1 : 2) + 0.02 * rng.normal());
const jumpingRun = runOf({
  id: 'jump',
  steps: longSteps,
  layers: { first: { participation_ratio: jumping } },
});
const quiet = nullRunNamed('swinging');
const changedRun = simulateRun(quiet, 100, createRandom('changed'), { change: { at: 50, jump: 80 } });
const controlRuns = [1, 2, 3].map((seed) => simulateRun(quiet, 100, createRandom(seed)));
const namesTable = table(
  'runs',
  'one run',
  [{ name: 'run', type: 'text', meaning: 'its name', of: (id: string) => id }],
  ['mlp'],
);
const data = drawnDigits({ count: 200, seed: 'examples' });
const model = createModel('mlp_narrow', { exampleShape: data.exampleShape, classes: data.classes });
const state = { step: 100, parameters: initialWeights(model, rng), optimizer: new Map() };
const header = sampleHeader();
const detections = [pelt({ steps, values })];

/** What examples speak of without making it. */
const general: Readonly<Record<string, unknown>> = {
  activations,
  analysis,
  claims,
  data,
  digits: data,
  evidence: evidenceOf(runs, plan),
  plan,
  dynamics,
  header,
  held: data,
  layers: dynamics.layers,
  manifest,
  matrix: { data: activations, rows: 160, columns: 64 },
  model,
  noise: normal(400),
  options,
  points: { data: normal(60), count: 30, dimensions: 2 },
  createReadStream,
  readFile,
  readFileSync,
  record: { state },
  residuals: normal(100),
  run: runs[0],
  runs,
  series: [{ steps, values }],
  spec: exampleFigures['jump-rate'],
  state,
  steps,
  study: { runs },
  text: JSON.stringify(ndtLog(400)),
  values,
  weights: normal(256 * 512),
  write: () => {},
  writeFile,
  a: detections,
  b: detections,
  log: console.log,
};

/** The same words mean something else in these files. */
const particular: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'dynamics/before-after.ts': { run: longRun },
  'dynamics/convergence-order.ts': {
    layers: [3, 1, 4, 2, 5].map((step, depth) => ({
      depth,
      stabilization: { status: 'stabilized', step: 10 * step },
    })),
  },
  'dynamics/critical-moments.ts': { run: jumpingRun },
  'findings/audit/audit-study.ts': { text: JSON.stringify(claimsText) },
  'numerics/local-cubic-smooth.ts': { smooth: localCubicSmooth(values, 60) },
  'probe/onnx-graph.ts': { bytes: readFileSync(join(import.meta.dirname, '../probe/fixtures/renamed.onnx')) },
  'report/markup.ts': { name: '<script>' },
  'tables/table.ts': { runs: namesTable },
  'training/exclusive.ts': { session: { run: async () => {} }, first: normal(32), second: normal(32) },
  'dynamics/critical-periods.ts': {
    loss: values,
    curve: describeCurve({ steps, values }),
  },
  'dynamics/jump-types.ts': {
    changes: Array.from({ length: 30 }, (_, i) => ({
      kind: 'level',
      step: 10 * i,
      magnitude: 1 + i,
      effect: 5 + i,
    })),
  },
  'figures/evidence-figures.ts': { audit: auditStudy({ manifest, runs, claims, analysis }) },
  'figures/heatmap.ts': { layers: [{ name: 'first', values }] },
  'dynamics/run-changes/changes-of-run.ts': {
    run: changedRun,
    runs: [{ ...changedRun, dataset: 'drawn_digits' }],
    controls: controlRuns,
  },
  'dynamics/run-changes/sentences.ts': { run: changedRun },
  'validity/run-changes/simulate-run.ts': { createRandom },
  'dynamics/stretches/sentence.ts': { series: { steps, values } },
  'measurements/log-store.ts': { layers: sampleStep(0, header, rng).layers },
  'published/check.ts': { runs: [], loggedRun: (run: unknown) => run, publishedTexts: new Map() },
  'published/reproduce.ts': { study: { runs: syntheticStudy() }, loggedRun: (run: unknown) => run },
};

const homes = new Map<string, string>();
for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).map((name) =>
  name.replaceAll('\\', '/'),
)) {
  if (!file.endsWith('.ts') || /(-worker|main)\.ts$/.test(file)) continue;
  const text = readFileSync(join(src, file), 'utf8');
  for (const [, name] of text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)) {
    if (!homes.has(name)) homes.set(name, file);
  }
}
const load = (file: string): Promise<Record<string, unknown>> => import(pathToFileURL(join(src, file)).href);

/** What a name in an example stands for: an export of its own file, something at hand, or an export of another file. */
export async function nameAtHand(name: string, file: string): Promise<unknown> {
  if (particular[file] !== undefined && name in particular[file]) return particular[file][name];
  const own = await load(file);
  if (name in own) return own[name];
  if (name in general) return general[name];
  const home = homes.get(name);
  return home === undefined ? undefined : (await load(home))[name];
}

/** Makes the files that examples read, in an empty folder. */
export async function prepareFolder(folder: string): Promise<void> {
  createStudy(join(folder, 'my-study'), manifest);
  for (const run of runs) writeRun(join(folder, 'my-study'), run);
  mkdirSync(join(folder, 'ndt/runs'), { recursive: true });
  await writeFile(join(folder, 'ndt/runs/mlp_shallow_2_mnist.json'), JSON.stringify(ndtLog(400)));
  await cp(join(folder, 'my-study/runs/mine.jsonl'), join(folder, 'run.jsonl'));
  mkdirSync(join(folder, 'data'), { recursive: true });
  await cp(noiseAsMnist(), join(folder, 'data/mnist'), { recursive: true });
  await writeFile(
    join(folder, 'study.yaml'),
    'architectures: [mlp_narrow]\ndatasets: [drawn_digits]\nseeds: [0, 1]\n',
  );
  await writeFile(join(folder, 'plan.json'), JSON.stringify({ steps: [0, 100] }));
  await writeFile(join(folder, 'claims.yaml'), JSON.stringify(claimsText));
  await prepareAnnotations(join(folder, 'TCPD/datasets'));
  await prepareProbe(folder);
  const weights = new Map([
    ['fc.weight', { dtype: 'F32' as const, shape: [10, 3136], data: new Float32Array(31360) }],
  ]);
  await writeFile(join(folder, 'weights.safetensors'), writeSafetensors(weights));
}

/** A network as ONNX, its checkpoints and examples, and a model of which the weights alone are looked at. */
async function prepareProbe(folder: string): Promise<void> {
  const fixtures = join(import.meta.dirname, '../probe/fixtures');
  mkdirSync(join(folder, 'checkpoints'));
  for (const name of ['step_0.pt', 'step_10.pt'])
    await cp(join(fixtures, name), join(folder, 'checkpoints', name));
  await cp(join(fixtures, 'merged.onnx'), join(folder, 'model.onnx'));
  await cp(join(fixtures, 'x.npy'), join(folder, 'inputs.npy'));
  const weight = { dtype: 'F64' as const, shape: [64, 160], data: Float64Array.from(normal(64 * 160)) };
  await writeFile(join(folder, 'model.safetensors'), writeSafetensors(new Map([['fc.weight', weight]])));
}

/** A series with one change, in the layout of the Turing Change Point Dataset. */
async function prepareAnnotations(annotated: string): Promise<void> {
  mkdirSync(annotated, { recursive: true });
  const raw = Array.from(jumping);
  const series = { name: 'jump', n_obs: raw.length, n_dim: 1, series: [{ label: 'V1', type: 'float', raw }] };
  await writeFile(join(annotated, 'jump.json'), JSON.stringify(series));
  await writeFile(join(annotated, 'annotations.json'), JSON.stringify({ jump: { 6: [200] } }));
}
