// Time to write and to read run logs: one that is mostly spectra, one of metrics alone; and what the checks cost in it.
//
//   npm run build && node bench/run-log.mjs [--dist <folder with an older build>]…
//
// Several builds take turns on the same records, so that an older format can be held against the present one.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', multiple: true, default: [resolve(import.meta.dirname, '../dist')] },
    measurements: { type: 'string', default: '2000' },
    repeats: { type: 'string', default: '5' },
  },
});
const measurements = Number(options.measurements);
const repeats = Number(options.repeats);
const folder = mkdtempSync(join(tmpdir(), 'rankscope-log-'));

const builds = await Promise.all(
  options.dist.map(async (dist) => {
    const load = (file) => import(pathToFileURL(join(resolve(dist), file)).href);
    const [log, study, { createRandom }] = await Promise.all([
      // Version 0.1.0 had everything in the second.
      load('measurements/log-store.js').catch(() => ({})),
      load('measurements/study-store.js'),
      load('numerics/random.js'),
    ]);
    return { dist, store: { ...study, ...log }, createRandom };
  }),
);
const logs = [
  { name: 'spectra', layers: 6, width: 160, spectra: ['centered', 'raw'] },
  { name: 'metrics', layers: 40, width: 160, spectra: [] },
];

const table = [];
for (const log of logs) {
  for (const [place, build] of builds.entries()) write(log, build, place);
  for (const [place, build] of builds.entries()) {
    table.push({ log: log.name, build: build.dist, ...fileOf(log, place), write: [], read: [], spectra: [] });
  }
  // By turns: what else the machine does falls on all of them.
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [place, build] of builds.entries()) {
      const row = table.find((entry) => entry.log === log.name && entry.build === build.dist);
      row.write.push(timed(() => write(log, build, place)));
      row.read.push(timed(() => build.store.readRun(join(folder, String(place)), log.name)));
      if (log.spectra.length === 0) continue;
      row.spectra.push(
        timed(() => build.store.readRun(join(folder, String(place)), log.name).layers[0].spectra.centered),
      );
    }
  }
}
rmSync(folder, { recursive: true });

process.stdout.write(
  `${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}, processor time, medians of ${repeats}\n`,
);
for (const { log, build, bytes, write: written, read, spectra } of table) {
  const rate = (times) =>
    times.length === 0
      ? '–'
      : `${median(times).toFixed(0)} ms (${(bytes / 1e3 / median(times)).toFixed(0)} MB/s)`;
  process.stdout.write(
    `${log} ${(bytes / 1e6).toFixed(0)} MB, ${build}: write ${rate(written)}, read ${rate(read)}, with spectra ${rate(spectra)}\n`,
  );
}

function fileOf({ name }, place) {
  return { bytes: statSync(join(folder, String(place), 'runs', `${name}.jsonl`)).size };
}

function write({ name, layers, width, spectra }, { store, createRandom }, place) {
  const random = createRandom(name);
  const series = Array.from({ length: 13 }, (_, i) => ({
    id: `series_${i}`,
    metric: `series_${i}`,
    centering: null,
    origin: 'measured',
  }));
  const header = {
    id: name,
    architecture: 'bench',
    family: 'unknown',
    dataset: 'none',
    classes: null,
    seed: 0,
    hyperparameters: {},
    parameterCount: null,
    plannedSteps: measurements,
    probe: null,
    layers: Array.from({ length: layers }, (_, depth) => ({
      name: `layer.${depth}`,
      kind: 'unknown',
      depth,
      samples: width,
      features: width,
      pooling: null,
    })),
    spectra,
    series,
  };
  const spectrum = (centering) => ({
    singularValues: Float64Array.from({ length: width }, () => random.normal() ** 2)
      .sort()
      .reverse(),
    samples: width,
    features: width,
    centering,
    reliable: width,
    rowFourthMoment: 1,
  });
  // A few records over and over: making them is no part of the time.
  const records = Array.from({ length: 8 }, () => ({
    layers: header.layers.map(() => ({
      centered: spectra.length > 0 ? spectrum('columns') : null,
      raw: spectra.length > 0 ? spectrum('none') : null,
      metrics: Object.fromEntries(series.map(({ id }) => [id, { determined: true, value: random.normal() }])),
    })),
  }));
  const writer = store.openRun(join(folder, String(place)), header, { overwrite: true });
  for (let step = 0; step < measurements; step++) {
    writer.writeStep({ step, loss: 1, gradientNorm: 1, layers: records[step % records.length].layers });
  }
  writer.end('complete');
}

/** Processor time in milliseconds: what else the machine does matters less to it than to the clock. */
function timed(action) {
  const started = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
