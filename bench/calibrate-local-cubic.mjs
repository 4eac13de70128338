// Simulates the constants of src/detectors/local-cubic/calibration-tables.ts and prints them.
//
//   npm run build && node bench/calibrate-local-cubic.mjs correlation [series] [lengths]
//   npm run build && node bench/calibrate-local-cubic.mjs thresholds [series] [lengths]
//
// `correlation` comes first: the thresholds are simulated through the whole detector, that table included. Each
// number of series is for one length and one coefficient. Seeded: the same command prints the same table.

import { analyze } from '../dist/detectors/local-cubic/analysis.js';
import {
  COEFFICIENTS,
  CORRELATION_LENGTHS,
  LENGTHS,
} from '../dist/detectors/local-cubic/calibration-tables.js';
import { withoutSteepest } from '../dist/detectors/local-cubic/identify-noise.js';
import { usualHalfWidth } from '../dist/detectors/local-cubic/looks.js';
import { residualCorrelation } from '../dist/detectors/local-cubic/serial-dependence.js';
import { firstOrderAutoregression } from '../dist/numerics/autoregression.js';
import { createRandom } from '../dist/numerics/random.js';

const [what, seriesGiven, lengthsGiven] = process.argv.slice(2);
const lengths = lengthsGiven?.split(',').map(Number);

/** Long series need fewer draws for the same precision of a mean, and cost more. */
const draws = (n, usual) =>
  Number(seriesGiven ?? Math.max(400, Math.min(usual, Math.round((usual * 400) / n))));

function correlation() {
  for (const n of lengths ?? CORRELATION_LENGTHS) {
    const row = COEFFICIENTS.map((phi) => {
      const count = draws(n, 2000);
      let mean = 0;
      for (let i = 0; i < count; i++) {
        const rng = createRandom(`correlation/${n}/${phi}/${i}`);
        const quiet = withoutSteepest({ values: firstOrderAutoregression(n, phi, rng) }, 0);
        mean += residualCorrelation(quiet, usualHalfWidth(n)) / count;
      }
      return mean.toFixed(3);
    });
    console.log(`  [${row.join(', ')}], // n = ${n}`);
  }
}

/**
 * The level is the quantile that the largest statistic of the worst family exceeds with this probability, plus MARGIN.
 * Steps and kinks together leave about a fifth of the nominal 5 % to noise that is not first-order Gaussian. Kinks
 * around a level and where it wanders are counted apart.
 */
const STEP_TAIL = 0.03;
const KINK_TAIL = 0.01;
const MARGIN = 0;

const walk = (phi) => (n, rng) => {
  let level = 0;
  return firstOrderAutoregression(n, phi, rng).map((increment) => (level += increment));
};
const families = {
  ...Object.fromEntries(
    [0, 0.3, 0.5, 0.7, 0.8, 0.9].map((phi) => [
      `AR ${phi}`,
      (n, rng) => firstOrderAutoregression(n, phi, rng),
    ]),
  ),
  walk: walk(0),
  'walk, AR 0.5': walk(0.5),
};

function thresholds() {
  for (const n of lengths ?? LENGTHS) {
    const worst = { step: [0, 0], kink: [0, 0], drift: [0, 0] };
    for (const [name, draw] of Object.entries(families)) {
      const largest = { step: [], kink: [], drift: [] };
      for (let i = 0; i < draws(n, 2000); i++) {
        const values = draw(n, createRandom(`thresholds/${n}/${name}/${i}`));
        const steps = Float64Array.from(values.keys());
        const found = analyze({ steps, values }, { step: 3, kink: () => 2.5 });
        const kink = Math.max(0, ...(found.kinks ?? []).map(({ value }) => value));
        largest.step.push(Math.max(0, ...(found.transitions ?? []).map(({ value }) => value)));
        largest.kink.push(found.noise?.wandering ? 0 : kink);
        largest.drift.push(found.noise?.wandering ? kink : 0);
      }
      const tails = Object.entries(largest).map(([kind, values]) => [
        kind,
        tail(values, kind === 'step' ? STEP_TAIL : KINK_TAIL),
      ]);
      console.log(`n = ${n}, ${name}: ${tails.map(([kind, at]) => `${kind} ${at.map(round)}`).join(', ')}`);
      for (const [kind, at] of tails) if (at[0] > worst[kind][0]) worst[kind] = at;
    }
    const levels = Object.entries(worst).map(
      ([kind, [level, scale]]) => `${kind} ${round(level + MARGIN)} (scale ${round(scale)})`,
    );
    console.log(`n = ${n}: ${levels.join(', ')}`);
  }
}

/** The quantile at upper tail `share`, and the mean excess of the values beyond it. */
function tail(values, share) {
  const beyond = values.toSorted((a, b) => b - a).slice(0, Math.floor(share * values.length) + 1);
  const quantile = beyond[beyond.length - 1];
  return [quantile, beyond.reduce((sum, value) => sum + value - quantile, 0) / (beyond.length - 1)];
}

const round = (x) => x.toFixed(3);

const jobs = { correlation, thresholds };
if (jobs[what] === undefined) {
  console.error(
    'usage: node bench/calibrate-local-cubic.mjs correlation|thresholds [series] [lengths, with commas]',
  );
  process.exit(2);
}
jobs[what]();
