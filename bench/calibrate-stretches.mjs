// Simulates the tables of src/dynamics/stretches/windows/threshold-tables.ts and prints their rows.
//
//   npm run build && node bench/calibrate-stretches.mjs moved|directed|pooled [series] [lengths] [families]
//
// Lengths and families are lists with commas. `moved` comes first: the others are simulated among windows that moved
// beyond that table. Families are those of src/validity/curves/null-curves.ts; the worst decides, at SHARE of each level.
// Each number of series is for one length and one family (and number of seeds). Seeded: the same command prints the
// same rows.

import { noiseCurve } from '../dist/dynamics/stretches/noise/noise-curve.js';
import { poolWindows } from '../dist/dynamics/stretches/seeds/pooled-windows.js';
import { largestExcess } from '../dist/dynamics/stretches/windows/largest-excess.js';
import { windowScales, windowsOf } from '../dist/dynamics/stretches/windows/scale-windows.js';
import { LENGTHS, LEVELS } from '../dist/dynamics/stretches/windows/threshold-tables.js';
import { movedTail } from '../dist/dynamics/stretches/windows/thresholds.js';
import { createRandom } from '../dist/numerics/random.js';
import { nullCurves } from '../dist/validity/curves/null-curves.js';

/** A threshold is exceeded in this share of its level, so that fresh series and other families find room beside it. */
const SHARE = 0.8;
/** Numbers of runs that are pooled; MOST are drawn, and each number takes as many disjoint sets of them as there are. */
const SEEDS = [2, 3, 5, 8];
const MOST = Math.max(...SEEDS);

const [what, seriesGiven, lengthsGiven, familiesGiven] = process.argv.slice(2);
const lengths = lengthsGiven === undefined ? LENGTHS : lengthsGiven.split(',').map(Number);
/** Four times as many where a family decides a row of which fewer tell too little. */
const MORE = {
  moved: { 4000: ['autoregression-0.8', 'rounding-float32', 'falling-sd'] },
  directed: { 1000: ['walk-dependent'] },
  pooled: {},
};
/** Long series cost more and need fewer for the same time; so do sets of seeds. */
function draws(n, name) {
  if (seriesGiven !== undefined) return Number(seriesGiven);
  const [values, least, most] = what === 'pooled' ? [300_000, 120, 5000] : [1_200_000, 400, 10_000];
  return (MORE[what][n]?.includes(name) ? 4 : 1) * Math.max(least, Math.min(most, Math.round(values / n)));
}

const families = (worlds) =>
  nullCurves.filter(
    ({ name, world }) => worlds.includes(world) && (familiesGiven?.split(',').includes(name) ?? true),
  );

const constant = (values) => values.every((value) => value === values[0]);

/** The statistics of many draws, for each of LEVELS in falling order. */
function simulate(name, n, statistics) {
  const rng = createRandom(`calibration/${what}/${name}/${n}`);
  const columns = LEVELS.map(() => []);
  for (let i = 0; i < draws(n, name); i++) {
    const found = statistics(rng.fork(i));
    for (const [j, column] of columns.entries()) column.push(found[j]);
  }
  return { name, columns: columns.map((column) => column.sort((a, b) => b - a)) };
}

function moved(n) {
  return families(['jitter']).map(({ name, draw }) =>
    simulate(name, n, (rng) => {
      const values = draw(n, rng);
      if (constant(values)) return LEVELS.map(() => Number.NEGATIVE_INFINITY);
      const noise = noiseCurve(values);
      const scales = windowScales(n).map((scale) => windowsOf(noise, scale));
      return LEVELS.map(() => largestExcess(scales, n, []).moved);
    }),
  );
}

function directed(n) {
  return families(['walk']).map(({ name, draw }) =>
    simulate(name, n, (rng) => {
      const noise = noiseCurve(draw(n, rng));
      const scales = windowScales(n).map((scale) => windowsOf(noise, scale));
      return largestExcess(scales, n, movedTail(n).thresholds).directed;
    }),
  );
}

/** Every number of seeds on the same runs, for these cost most. */
function pooled(n) {
  const movedThresholds = movedTail(n).thresholds;
  return families(['walk', 'beyond']).flatMap(({ name, draw }) => {
    const rng = createRandom(`calibration/${what}/${name}/${n}`);
    const found = new Map(SEEDS.map((seeds) => [seeds, LEVELS.map(() => [])]));
    for (let i = 0; i < draws(n, name); i++) {
      const noises = Array.from({ length: MOST }, (_, seed) => noiseCurve(draw(n, rng.fork(i).fork(seed))));
      const scales = windowScales(n).map((scale) => noises.map((noise) => windowsOf(noise, scale)));
      for (const [seeds, columns] of found) {
        for (let first = 0; first + seeds <= MOST; first += seeds) {
          const shared = scales.map((windows) => poolWindows(windows.slice(first, first + seeds)));
          const excess = largestExcess(shared, n, movedThresholds).directed;
          for (const [j, column] of columns.entries()) column.push(excess[j]);
        }
      }
    }
    return SEEDS.map((seeds) => ({
      name: `${name}, ${seeds} seeds`,
      columns: found.get(seeds).map((column) => column.sort((a, b) => b - a)),
    }));
  });
}

/** Value that a share of a falling column exceeds. */
const exceeded = (column, share) => column[Math.floor(share * column.length)];

function report(n, simulated) {
  for (const { name, columns } of simulated) {
    const row = LEVELS.map((level, j) => exceeded(columns[j], SHARE * level).toFixed(2));
    console.log(`  // n = ${n}, ${name}: ${row.join(', ')}`);
  }
  const worst = LEVELS.map((level, j) =>
    Math.max(...simulated.map(({ columns }) => exceeded(columns[j], SHARE * level))),
  );
  // The tail beyond the last level: mean excess of the family that decides there, which few draws tell, and at least the
  // slope from the middle level to the last.
  const last = LEVELS.length - 1;
  const middle = LEVELS.indexOf(0.05);
  const deciding = simulated
    .map(({ columns }) => columns[last])
    .find((column) => exceeded(column, SHARE * LEVELS[last]) === worst[last]);
  const beyond = deciding.slice(0, Math.floor(SHARE * LEVELS[last] * deciding.length));
  const excess = beyond.reduce((sum, value) => sum + value - worst[last], 0) / beyond.length;
  const slope = (worst[last] - worst[middle]) / Math.log(LEVELS[middle] / LEVELS[last]);
  const scale = Math.max(slope, excess || 0);
  const row = [...worst, scale].map((value) => value.toFixed(2));
  console.log(`  [${row.join(', ')}], // n = ${n}`);
}

const jobs = { moved, directed, pooled };
if (jobs[what] === undefined) {
  console.error(
    'usage: node bench/calibrate-stretches.mjs moved|directed|pooled [series] [lengths] [families]',
  );
  process.exit(2);
}
for (const n of lengths) report(n, jobs[what](n));
