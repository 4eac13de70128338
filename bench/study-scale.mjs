// What analyzing a whole study costs, by its number of runs: time of processor and clock, peak memory, per build; the first time; again, with what
// the study's cache then holds; and once more after the log of one run has become another's.
//
//   npm run build && node bench/study-scale.mjs [--runs 40,600] [--layers 16] [--measurements 400] [--metrics 7] [--width 0]
//                                               [--command analyze] [--dist <folder with an older build>]…
//
// The study is drawn: per layer a collapse, a recovery, noise with memory; three seeds per network, seven metrics per layer
// or the spectra that they are computed of.
// Each build reads logs that it wrote itself, in a process of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', multiple: true, default: [resolve(import.meta.dirname, '../dist')] },
    runs: { type: 'string', default: '40' },
    layers: { type: 'string', default: '16' },
    measurements: { type: 'string', default: '400' },
    command: { type: 'string', default: 'analyze' },
    // Of the seven that are drawn, the first so many.
    metrics: { type: 'string', default: '7' },
    // Units of a layer whose spectra are logged, of which the metrics are computed then; 0: metrics are logged.
    width: { type: 'string', default: '0' },
    repeats: { type: 'string', default: '1' },
    // A line of JSON for each row, in place of the table.
    json: { type: 'boolean', default: false },
    // Of the process in which a build writes its study: two builds in one would share a runtime.
    write: { type: 'string' },
    // Of the process in which one run of it becomes another.
    change: { type: 'string' },
  },
});
const [layers, measurements, repeats, width] = ['layers', 'measurements', 'repeats', 'width'].map((name) =>
  Number(options[name]),
);
/** Examples whose activations make a layer's matrix. */
const samples = 160;
const metrics = [
  ['participation_ratio', 'columns'],
  ['stable_rank', 'columns'],
  ['effective_rank', 'columns'],
  ['stable_rank', 'none'],
  ['participation_ratio', 'none'],
  ['participation_ratio_singular', 'none'],
  ['nuclear_norm_ratio', 'none'],
].slice(0, Number(options.metrics));

if (options.write !== undefined) {
  await writeStudy(options.dist[0], options.write, Number(options.runs));
  process.exit();
}
if (options.change !== undefined) {
  const { writeRun, createRandom } = await load(options.dist[0]);
  const random = createRandom('study scale').fork(`changed ${options.runs}`);
  writeRun(options.change, drawnRun(idOf(0), 0, random), { overwrite: true });
  process.exit();
}

const times = ['first', 'again', 'one changed'];
const table = [];
for (const runs of options.runs.split(',').map(Number)) {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-scale-'));
  const studies = options.dist.map((_, b) => join(folder, String(b)));
  for (const [b, dist] of options.dist.entries()) {
    spawned('--write', studies[b], dist, runs);
  }
  const rows = options.dist.flatMap((dist) =>
    times.map((time) => ({ runs, dist, time, clock: [], processor: [], memory: [] })),
  );
  for (let repeat = 0; repeat < repeats; repeat++) {
    // By turns: what else the machine does falls on all of them.
    for (const [b, dist] of options.dist.entries()) {
      rmSync(join(studies[b], 'cache'), { recursive: true, force: true });
      for (const row of rows.slice(times.length * b, times.length * (b + 1))) {
        if (row.time === 'one changed') spawned('--change', studies[b], dist, repeat);
        const { clock, processor, memory } = await measured(resolve(dist), studies[b]);
        row.clock.push(clock);
        row.processor.push(processor);
        row.memory.push(memory);
      }
    }
  }
  rmSync(folder, { recursive: true });
  table.push(...rows);
}

for (const { runs, dist, time, clock, processor, memory } of options.json ? table : []) {
  const [seconds, ofProcessor, megabytes] = [clock, processor, memory].map(median);
  console.log(
    JSON.stringify({ runs, dist, time, clock: seconds, processor: ofProcessor, memory: megabytes }),
  );
}
if (options.json) process.exit();
console.log(
  `${options.command}, ${layers} layers x ${measurements} measurements; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
);
for (const { runs, dist, time, clock, processor, memory } of table) {
  console.log(
    `${String(runs).padStart(6)} runs  ${median(clock).toFixed(1).padStart(7)} s clock  ${median(processor).toFixed(1).padStart(7)} s processor  ${median(memory).toFixed(0).padStart(6)} MB  ${time}  ${dist}`,
  );
}

/** Has a process of its own write with a build. */
function spawned(what, study, dist, runs) {
  const size = ['layers', 'measurements', 'metrics', 'width'].flatMap((name) => [`--${name}`, options[name]]);
  const args = [import.meta.filename, what, study, '--dist', resolve(dist), '--runs', String(runs), ...size];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Runs the command in a child that says what it used, its threads included. */
async function measured(dist, study) {
  const probe = `
    process.on('exit', () => {
      const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
      require('node:fs').writeSync(2, '\\n' + JSON.stringify({ processor: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }));
    });`;
  const preload = `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'; const require = createRequire('${import.meta.url}'); ${probe}`)}`;
  const start = performance.now();
  const args = ['--import', preload, join(dist, 'cli/main.js'), options.command, study, '--quiet'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(stderr);
  return { clock: (performance.now() - start) / 1000, ...JSON.parse(stderr.trimEnd().split('\n').at(-1)) };
}

function load(dist) {
  return import(pathToFileURL(join(dist, 'index.js')).href);
}

/** Of the r-th run: three seeds for each network. */
function idOf(r) {
  return `net${Math.floor(r / 3)}_drawn_digits_seed${r % 3}`;
}

async function writeStudy(dist, folder, count) {
  const { createStudy, writeRun, createRandom, noteEndedLogs } = await load(dist);
  const ids = Array.from({ length: count }, (_, r) => idOf(r));
  createStudy(folder, {
    schemaVersion: 1,
    tool: { name: 'rankscope', version: '0.1.0' },
    title: 'drawn for a bench',
    origin: 'recorded',
    source: null,
    settings: {},
    machine: {},
    runs: ids,
  });
  const root = createRandom('study scale');
  for (const [r, id] of ids.entries()) writeRun(folder, drawnRun(id, r, root.fork(id)));
  noteEndedLogs?.(folder);
}

function drawnRun(id, r, random) {
  const steps = Float64Array.from({ length: measurements }, (_, i) => 5 * i);
  const loss = steps.map((step) => 2.3 * Math.exp(-step / 300) + 0.02 * random.normal() ** 2);
  return {
    ...{
      id,
      architecture: `net${Math.floor(r / 3)}`,
      family: 'mlp',
      dataset: 'drawn_digits',
      classes: 10,
      seed: r % 3,
    },
    ...{ hyperparameters: { learningRate: 0.001 }, parameterCount: 28618, plannedSteps: 5 * measurements },
    layers: Array.from({ length: layers }, (_, depth) => ({
      ...{ name: `network.${2 * depth}`, kind: 'linear', depth, samples, pooling: null },
      features: width === 0 ? 32 : width,
      ...(width === 0
        ? { series: drawnSeries(steps, depth, random), spectra: null }
        : { series: new Map(), spectra: drawnSpectra(drawnCurve(steps, depth, random)) }),
    })),
    ...{ steps, loss, gradientNorm: loss.map(Math.sqrt), evaluations: [], complete: true, stopped: null },
  };
}

function drawnSeries(steps, depth, random) {
  return new Map(
    metrics.map(([metric, centering]) => {
      const values = drawnCurve(steps, depth, random);
      return [
        centering === 'none' ? `${metric}.raw` : metric,
        { metric, centering, origin: 'measured', values, undetermined: [] },
      ];
    }),
  );
}

/** Spectra that fall off by a constant ratio, with about the given participation ratios. */
function drawnSpectra(ratios) {
  const rank = Math.min(samples, width);
  const complete = Array.from(ratios, (ratio) => ({
    singularValues: Float64Array.from({ length: rank }, (_, i) => Math.exp(-i / ratio)),
    ...{ samples, features: width, centering: 'columns', reliable: rank, rowFourthMoment: Number.NaN },
  }));
  const centered = complete.map(({ singularValues }) => singularValues);
  return { centered, raw: null, complete: { centered: complete, raw: null } };
}

function drawnCurve(steps, depth, random) {
  let jitter = 0;
  const fall = 20 + 10 * depth;
  return steps.map((step) => {
    jitter = 0.6 * jitter + 0.05 * random.normal();
    return 4 + 12 * Math.exp(-step / fall) + 2 / (1 + Math.exp(-(step - 600) / 80)) + jitter;
  });
}
