// Simulates the constants of src/dynamics/run-changes/calibration-tables.ts and prints them.
//
//   npm run build && node bench/calibrate-run-changes.mjs levels [runs] --keep <folder>
//   npm run build && node bench/calibrate-run-changes.mjs factors [runs] [lengths] --keep <folder>
//   npm run build && node bench/calibrate-run-changes.mjs controls [runs] [lengths] --keep <folder>
//   npm run build && node bench/calibrate-run-changes.mjs shares [runs] [length] --keep <folder>
//
// `levels` comes first: factors, and the shares of several seeds and of controls, are simulated with its table. `runs` are for each family (and length). Seeded: the same command prints
// the same table. With --keep, what a family gave is kept in a file there, and a later call goes on from it.
// --families: names with commas, e.g. of the worst, to know their tails better.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTROL_COUNTS } from '../dist/dynamics/run-changes/calibration-tables.js';
import { channelsFor } from '../dist/dynamics/run-changes/channels.js';
import { controlSpread } from '../dist/dynamics/run-changes/control-spread.js';
import { joinedSeeds } from '../dist/dynamics/run-changes/joined-seeds.js';
import { jointStatistics, ownPast } from '../dist/dynamics/run-changes/joint-statistics.js';
import { runSeries } from '../dist/dynamics/run-changes/run-series.js';
import { ratioOf, SIZES } from '../dist/dynamics/run-changes/strength.js';
import { quantile } from '../dist/numerics/quantile.js';
import { createRandom } from '../dist/numerics/random.js';
import { nullRuns as allFamilies } from '../dist/validity/run-changes/null-runs.js';
import { simulateRun } from '../dist/validity/run-changes/simulate-run.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'string' }, families: { type: 'string' } },
});
const [what, runsGiven, lengthsGiven] = positionals;
const named = options.families?.split(',');
const nullRuns = allFamilies.filter(({ name }) => named?.includes(name) ?? true);

/** Chance, at a single place, of the level that gives the table its shape in the size of the reference. */
const PLACE_TAIL = 0.003;
/** Share of families below the level of a place; what is beyond is left to the factor of the channel. */
const FAMILY_SHARE = 0.85;
/** Share of runs in which one channel alone may exceed its level: half the usual alpha, since four kinds of quantity speak. */
const CHANNEL_TAIL = 0.025;
/** Families that may be above it. */
const FAMILIES_ABOVE = 2;

const simulatedStatistics = (family, n, i) => {
  const run = simulateRun(family, n, createRandom('run changes').fork(family.name).fork(n).fork(i));
  return jointStatistics(runSeries(run).series, channelsFor(n), ownPast(run.steps));
};
const nameOf = ({ quantity, width }) => `${quantity} ${width}`;
const binOf = (size) => SIZES.findLastIndex((least) => size >= least);

/** What `make` returns, from the kept file where there is one. */
function kept(name, make) {
  if (options.keep === undefined) return make();
  mkdirSync(options.keep, { recursive: true });
  const file = join(options.keep, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const made = make();
  writeFileSync(file, JSON.stringify(made));
  return made;
}

/** Of one family: per channel and size of reference the pointwise quantile, and every run's largest values. */
function levelsOfFamily(family, n, runs) {
  const samples = new Map();
  const largest = Array.from({ length: runs }, (_, i) => {
    const byChannel = {};
    for (const { channel, values, sizes, allowance } of simulatedStatistics(family, n, i)) {
      const name = nameOf(channel);
      if (!samples.has(name))
        samples.set(
          name,
          SIZES.map(() => []),
        );
      byChannel[name] = SIZES.map(() => 0);
      values.forEach((value, t) => {
        if (sizes[t] === 0) return;
        const bin = binOf(sizes[t]);
        const allowed = value / allowance[t];
        samples.get(name)[bin].push(allowed);
        byChannel[name][bin] = Math.max(byChannel[name][bin], allowed);
      });
    }
    return byChannel;
  });
  const places = Object.fromEntries(
    [...samples].map(([name, bins]) => [
      name,
      bins.map((all) => (all.length === 0 ? null : quantile(all, 1 - PLACE_TAIL))),
    ]),
  );
  return { places, largest };
}

function levels(runs) {
  const table = {};
  // The widths of long runs, then those that only short ones have.
  for (const n of [400, 90]) {
    const families = nullRuns.map((family) => ({
      name: family.name,
      ...kept(`levels-${n}-${runs}-${family.name}`, () => levelsOfFamily(family, n, runs)),
    }));
    for (const channel of channelsFor(n)) {
      const name = nameOf(channel);
      if (table[name] !== undefined) continue;
      const there = families.filter(({ places }) => places[name] !== undefined);
      const shape = SIZES.map((_, bin) => {
        const known = there.map(({ places }) => places[name][bin]).filter((level) => level !== null);
        return known.length === 0 ? 0 : quantile(known, FAMILY_SHARE);
      });
      // Less reference never means a lower level; sizes that do not occur have their neighbor's.
      for (let bin = 1; bin < SIZES.length; bin++) if (shape[bin] === 0) shape[bin] = shape[bin - 1];
      for (let bin = SIZES.length - 2; bin >= 0; bin--) shape[bin] = Math.max(shape[bin], shape[bin + 1]);
      const tails = there
        .map((family) => ({
          family: family.name,
          tail: quantile(
            family.largest.map((run) =>
              Math.max(...(run[name] ?? [0]).map((value, bin) => (value === 0 ? 0 : value / shape[bin]))),
            ),
            1 - CHANNEL_TAIL,
          ),
        }))
        .sort((a, b) => b.tail - a.tail);
      const factor = tails[FAMILIES_ABOVE].tail;
      table[name] = shape.map((level) => level * factor);
      console.log(
        `  '${name}': [${table[name].map((level) => level.toFixed(1)).join(', ')}], // ${tails
          .slice(0, 3)
          .map(({ family, tail }) => `${family} ${tail.toFixed(2)}`)
          .join(', ')}`,
      );
    }
  }
}

const ALPHAS = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

/** The largest strength anywhere of every run of a family. */
function largestOf(family, n, runs, seeds = 1, controls = 0) {
  return kept(`factors-${n}-${runs}-${seeds}-${controls}-${family.name}`, () =>
    Array.from({ length: runs }, (_, i) => {
      let largest = 0;
      for (const statistic of joined(family, n, i, seeds, controls)) {
        for (let t = 0; t < n; t++) largest = Math.max(largest, ratioOf(statistic, t));
      }
      return largest;
    }),
  );
}

function joined(family, n, i, seeds, controls) {
  const rng = createRandom('run changes').fork(family.name).fork(n).fork(i);
  const draw = (label) => simulateRun(family, n, rng.fork(label));
  const runs = Array.from({ length: seeds }, (_, k) => draw(k));
  const [{ steps }] = runs;
  const against = Array.from({ length: controls }, (_, k) => runSeries(draw(`control ${k}`)));
  const comparison = controls === 0 ? ownPast(steps) : controlSpread(steps, against);
  return joinedSeeds(runs.map((run) => jointStatistics(runSeries(run).series, channelsFor(n), comparison)));
}

/** Quantiles of the largest strength: of every family at `at`, the worst first, and over families. */
function rowsOf(n, runs, seeds, controls) {
  const rows = nullRuns
    .map((family) => {
      const largest = largestOf(family, n, runs, seeds, controls);
      return { name: family.name, row: ALPHAS.map((alpha) => quantile(largest, 1 - alpha)) };
    })
    .sort((a, b) => b.row[3] - a.row[3]);
  return { rows, worst: ALPHAS.map((_, i) => Math.max(...rows.map(({ row }) => row[i]))) };
}

const show = (row) => row.map((x) => x.toFixed(2)).join(', ');
const worstThree = (rows) => rows.slice(0, 3).map(({ name, row }) => `${name} ${row[3].toFixed(2)}`);

function factors(runs, lengths) {
  for (const n of lengths) {
    const { rows, worst } = rowsOf(n, runs, 1, 0);
    const middle = show(rows[rows.length >> 1].row);
    console.log(
      `  ${n}: [${show(worst)}], // at 0.05 ${worstThree(rows).join(', ')}; middle family ${middle}`,
    );
  }
}

/** By how much a run exceeds the strongest of some others of its family with chance 0.05: the worst family for each number of them. */
function controls(runs, lengths) {
  const draws = 8000;
  for (const n of lengths) {
    const row = CONTROL_COUNTS.map((count) => {
      const byFamily = nullRuns.map((family) => {
        const rng = createRandom('controls').fork(family.name).fork(n).fork(count);
        const largest = largestOf(family, n, runs);
        const ratios = Array.from({ length: draws }, () => {
          const [one, ...others] = drawnFrom(largest, count + 1, rng);
          return one / Math.max(...others);
        });
        return quantile(ratios, 0.95);
      });
      return Math.max(...byFamily);
    });
    console.log(`  ${n}: [${show(row)}],`);
  }
}

/** Some of the values, none twice. */
function drawnFrom(values, count, rng) {
  const places = new Set();
  while (places.size < count) places.add(Math.floor(values.length * rng.uniform()));
  return [...places].map((place) => values[place]);
}

/** What several seeds, and controls, need as a share of what one run needs by itself, at 0.05. */
function shares(runs, [n]) {
  const alone = rowsOf(n, runs, 1, 0).worst[3];
  for (const [name, cells] of [
    ['seeds', [2, 3, 5].map((seeds) => [seeds, seeds, 0])],
    ['controls', [2, 3, 5, 10].map((controls) => [controls, 1, controls])],
  ]) {
    for (const [count, seeds, controls] of cells) {
      const { rows, worst } = rowsOf(n, runs, seeds, controls);
      console.log(
        `${name} ${count}: ${(worst[3] / alone).toFixed(2)} (${worstThree(rows).join(', ')}; middle ${show(rows[rows.length >> 1].row)})`,
      );
    }
  }
}

const jobs = {
  levels: () => levels(Number(runsGiven ?? 120)),
  factors: () =>
    factors(Number(runsGiven ?? 100), (lengthsGiven ?? '40,100,400,1000').split(',').map(Number)),
  controls: () => controls(Number(runsGiven ?? 120), (lengthsGiven ?? '40,100,400').split(',').map(Number)),
  shares: () => shares(Number(runsGiven ?? 60), (lengthsGiven ?? '400').split(',').map(Number)),
};
if (jobs[what] === undefined) {
  console.error(
    'usage: node bench/calibrate-run-changes.mjs levels|factors|controls|shares [runs] [lengths, with commas] [--keep folder]',
  );
  process.exit(2);
}
jobs[what]();
