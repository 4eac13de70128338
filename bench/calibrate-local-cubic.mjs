// Simulates the constants of src/dynamics/detectors/local-cubic/calibration-tables.ts and prints them.
//
//   npm run build && node bench/calibrate-local-cubic.mjs correlation [series] [lengths]
//   npm run build && node bench/calibrate-local-cubic.mjs thresholds [series] [lengths]
//
// `correlation` comes first: the thresholds are simulated through the whole detector, that table included. Each
// number of series is for one length and one coefficient. Seeded: the same command prints the same table.

import { analyze } from '../dist/dynamics/detectors/local-cubic/analysis.js';
import { COEFFICIENTS, LENGTHS } from '../dist/dynamics/detectors/local-cubic/calibration-tables.js';
import { residualCorrelation } from '../dist/dynamics/detectors/local-cubic/serial-dependence.js';
import { firstHalfWidth, stepMargin, stepProbe } from '../dist/dynamics/detectors/local-cubic/steps.js';
import { firstOrderAutoregression } from '../dist/numerics/autoregression.js';
import { createRandom } from '../dist/numerics/random.js';

const [what, seriesGiven, lengthsGiven] = process.argv.slice(2);
const lengths = lengthsGiven === undefined ? LENGTHS : lengthsGiven.split(',').map(Number);

/** Long series need fewer draws for the same precision of a mean, and cost more. */
const draws = (n, usual) =>
  Number(seriesGiven ?? Math.max(400, Math.min(usual, Math.round((usual * 400) / n))));

function correlation() {
  for (const n of lengths) {
    const probe = stepProbe(firstHalfWidth(n), 0.5, stepMargin(n), 0);
    const row = COEFFICIENTS.map((phi) => {
      const count = draws(n, 2000);
      let mean = 0;
      for (let i = 0; i < count; i++) {
        const rng = createRandom(`correlation/${n}/${phi}/${i}`);
        mean += residualCorrelation(firstOrderAutoregression(n, phi, rng), probe) / count;
      }
      return mean.toFixed(3);
    });
    console.log(`  [${row.join(', ')}], // n = ${n}`);
  }
}

/**
 * The level is the quantile that the largest statistic of the worst coefficient exceeds with this probability, plus
 * MARGIN, and at least LEAST. Steps and kinks together leave about a fifth of the nominal 5 % to noise that is not
 * first-order Gaussian; in short series, where the guards decide more often than the statistic, LEAST does.
 */
const STEP_TAIL = 0.03;
const KINK_TAIL = 0.01;
const MARGIN = 0.1;
const LEAST = 3.8;

function thresholds() {
  for (const n of lengths) {
    const worst = { step: [0, 0], kink: [0, 0] };
    for (const phi of [0, 0.5, 0.7, 0.8]) {
      const largest = { step: [], kink: [] };
      for (let i = 0; i < draws(n, 4000); i++) {
        const values = firstOrderAutoregression(n, phi, createRandom(`thresholds/${n}/${phi}/${i}`));
        const found = analyze({ steps: Float64Array.from(values.keys()), values }, { step: 2.5, kink: 2.5 });
        largest.step.push(Math.max(0, ...(found.steps ?? []).map((step) => step.value)));
        largest.kink.push(Math.max(0, ...(found.kinks ?? []).map((kink) => kink.value)));
      }
      const steps = tail(largest.step, STEP_TAIL);
      const kinks = tail(largest.kink, KINK_TAIL);
      console.log(
        `n = ${n}, phi = ${phi}: quantile and scale, step ${steps.map(round)}, kink ${kinks.map(round)}`,
      );
      if (steps[0] > worst.step[0]) worst.step = steps;
      if (kinks[0] > worst.kink[0]) worst.kink = kinks;
    }
    const level = ([quantile]) => round(Math.max(LEAST, quantile + MARGIN));
    console.log(`n = ${n}: step level ${level(worst.step)}, kink level ${level(worst.kink)}`);
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
