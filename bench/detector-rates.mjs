// How often the local-cubic detector invents a change, and how often it finds one: a table for each.
//
//   npm run build && node bench/detector-rates.mjs [series = 500] [n = 399] [alpha = 0.05]
//
// Fresh seeds, not those of the calibration; seeded, so the same command prints the same table. Rates are shares of
// series with at least one change, in %, with Wilson's 95 % interval. A refused series counts as one without.

import { localCubic } from '../dist/detectors/local-cubic.js';
import { firstOrderAutoregression } from '../dist/numerics/autoregression.js';
import { createRandom } from '../dist/numerics/random.js';
import { wilsonInterval } from '../dist/numerics/wilson-interval.js';
import { nullFamilies } from '../dist/validity/null-models/null-families.js';
import { plantChanges, randomSteps } from '../dist/validity/null-models/planted-changes.js';

const [count = 500, n = 399, alpha = 0.05] = process.argv.slice(2).map(Number);
const steps = Float64Array.from({ length: n }, (_, t) => t);
const detect = (values) => localCubic({ steps, values }, { alpha });
const autoregression = (phi) => (_, rng) => firstOrderAutoregression(n, phi, rng);

/** Beyond the published families: dependence as such, all difficulties at once, and what is known to be hard. */
const further = [
  { name: 'autoregression-0.5', draw: autoregression(0.5) },
  { name: 'autoregression-0.7', draw: autoregression(0.7) },
  { name: 'autoregression-0.8', draw: autoregression(0.8) },
  { name: 'trend, AR(0.5), falling sd', draw: everythingAtOnce },
  { name: 'AR(2), 0.4 and 0.3', draw: secondOrder },
  { name: 'slow wander + white', draw: wanderAndWhite },
];

console.log(`${count} series of ${n}, alpha ${alpha}\n`);
console.log('| nothing changes | any % | level % | slope % | refused % | ms |');
console.log('|---|---|---|---|---|---|');
for (const family of [...nullFamilies, ...further]) {
  let level = 0;
  let slope = 0;
  let any = 0;
  let refused = 0;
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    const detection = detect(family.draw(steps, createRandom(`rates/${family.name}/${n}/${i}`)));
    if (!detection.testable) refused++;
    else {
      any += detection.changes.length > 0;
      level += detection.changes.some((change) => change.kind === 'level');
      slope += detection.changes.some((change) => change.kind === 'slope');
    }
  }
  const time = ((performance.now() - begun) / count).toFixed(1);
  console.log(
    `| ${family.name} | ${share(any)} | ${percent(level)} | ${percent(slope)} | ${percent(refused)} | ${time} |`,
  );
}

const noises = [
  { name: 'white', draw: autoregression(0), sd: 1 },
  { name: 'AR(0.5)', draw: autoregression(0.5), sd: 1 },
  { name: 'decay', draw: nullFamilies.find((family) => family.name === 'decay').draw, sd: 0.3 },
  { name: 'sharp decay', draw: nullFamilies.find((family) => family.name === 'sharp-decay').draw, sd: 0.03 },
];
const hold = Math.min(50, Math.floor(n / 4));
const at =
  (size, width, kind = 'level') =>
  (rng) => [{ index: hold + rng.integer(n - 2 * hold), kind, size, width }];
const effects = [
  ...[2, 3, 4, 6].map((size) => ({ name: `step of ${size} sd`, plant: (sd) => at(size * sd, 1) })),
  { name: 'ramp of 4 sd over 10', plant: (sd) => at(4 * sd, 10) },
  { name: '3 steps of 4 sd, 60 apart', plant: (sd) => (rng) => randomSteps(n, 3, 4 * sd, 60, rng) },
  { name: 'kink of 0.1 sd a point', plant: (sd) => at(0.1 * sd, 1, 'slope') },
  { name: 'kink of 0.2 sd a point', plant: (sd) => at(0.2 * sd, 1, 'slope') },
];

console.log(
  '\n| planted | in | found % | error: median, 90th | in its interval % | series with a false one % |',
);
console.log('|---|---|---|---|---|---|');
for (const { name: effect, plant } of effects) {
  for (const noise of noises) {
    if (effect.startsWith('3') && n < 240) continue;
    const errors = [];
    let planted = 0;
    let covered = 0;
    let withFalse = 0;
    for (let i = 0; i < count; i++) {
      const rng = createRandom(`rates/${effect}/${noise.name}/${n}/${i}`);
      const { values, changes } = plantChanges(noise.draw(steps, rng), plant(noise.sd)(rng));
      const detection = detect(values);
      const found = detection.testable ? detection.changes : [];
      planted += changes.length;
      for (const { index, kind, width } of changes) {
        const reach = kind === 'level' ? 10 + width - 1 : 30;
        const near = found.filter((c) => c.kind === kind && Math.abs(c.index - index) <= reach);
        if (near.length === 0) continue;
        const nearest = near.reduce((a, b) =>
          Math.abs(a.index - index) <= Math.abs(b.index - index) ? a : b,
        );
        errors.push(Math.abs(nearest.index - index));
        covered += nearest.interval[0] < steps[index + width - 1] && steps[index] <= nearest.interval[1];
      }
      const far = (c) =>
        changes.every(({ index, width }) => c.index < index - 30 || c.index > index + width + 30);
      withFalse += found.some(far);
    }
    errors.sort((a, b) => a - b);
    const quantile = (p) => errors[Math.floor(p * errors.length)] ?? 'none';
    const found = ((100 * errors.length) / planted).toFixed(1);
    const inside = errors.length === 0 ? 'none' : ((100 * covered) / errors.length).toFixed(1);
    console.log(
      `| ${effect} | ${noise.name} | ${found} | ${quantile(0.5)}, ${quantile(0.9)} | ${inside} | ${share(withFalse)} |`,
    );
  }
}

function everythingAtOnce(series, rng) {
  const noise = firstOrderAutoregression(series.length, 0.5, rng);
  return noise.map((value, t) => 10 * Math.exp(-t / 80) + Math.exp((-2 * t) / (n - 1)) * value);
}

function secondOrder(series, rng) {
  const values = new Float64Array(series.length + 200);
  for (let t = 2; t < values.length; t++)
    values[t] = 0.4 * values[t - 1] + 0.3 * values[t - 2] + rng.normal();
  return values.slice(200);
}

function wanderAndWhite(series, rng) {
  const wander = firstOrderAutoregression(series.length, 0.95, rng);
  return wander.map((value) => value + rng.normal());
}

function percent(hits) {
  return ((100 * hits) / count).toFixed(1);
}

function share(hits) {
  const [low, high] = wilsonInterval(hits, count);
  return `${percent(hits)} [${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;
}
