// Holds every word that is printed of a curve against plain facts of the curve itself.
//
//   npm run build && node bench/words.mjs <study> [--metric participation_ratio] [--thin 10] [--list late] [--json]
//
// For each layer of each run, and over seeds, facts are computed from the raw values without any code of src/dynamics: means of parts, a
// noise from second differences, medians of neighbors, where these last leave a band around the end. A word that such a fact contradicts
// is listed with both, and counted by kind; what remains is for eyes. --thin keeps each so many-th measurement: a study of 400 as one of 40.

import { parseArgs } from 'node:util';
import { withSeries } from '../dist/derived/derive-series.js';
import { whatHappened } from '../dist/findings/what-happened.js';
import { analyzeStudy, readStudy, studyFactors } from '../dist/index.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    metric: { type: 'string' },
    thin: { type: 'string', default: '1' },
    list: { type: 'string' },
    most: { type: 'string', default: '1000' },
  },
});
const study = readStudy(positionals[0]);
const runs = study.runs.map((run) => thinned(run, Number(options.thin)));
const analysis = analyzeStudy(runs, { seriesId: options.metric, factors: studyFactors(study.manifest) });
const said = whatHappened(analysis);
const measured = runs.map((run) => withSeries(run, analysis.seriesId));

const found = [];
let [curves, clauses] = [0, 0];
for (const [r, run] of measured.entries()) {
  for (const [l, layer] of run.layers.entries()) {
    const { curve, stabilization: stable } = analysis.runs[r].layers[l];
    const values = layer.series.get(analysis.seriesId).values;
    check(`${run.id} ${layer.name}`, [facts(run.steps, values)], curve, stable, said.perRun[r].layers[l]);
  }
}
for (const [g, group] of analysis.seedGroups.entries()) {
  const members = measured.filter(({ id }) => group.runs.includes(id));
  for (const [l, { layer, curve, stabilized }] of group.layers.entries()) {
    const seeds = members.map((run) => facts(run.steps, run.layers[l].series.get(analysis.seriesId).values));
    check(`${said.overSeeds[g].title} ${layer}`, seeds, curve, null, said.overSeeds[g].layers[l]);
    checkSeeds(`${said.overSeeds[g].title} ${layer}`, seeds, curve, stabilized, said.overSeeds[g].layers[l]);
  }
}

const kinds = new Map();
for (const one of found) kinds.set(one.kind, [...(kinds.get(one.kind) ?? []), one]);
console.log(`${curves} curves, ${clauses} stretches, ${found.length} contradictions`);
for (const [kind, list] of [...kinds].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`  ${kind}: ${list.length}`);
}
for (const { kind, where, fact, words } of found.slice(0, Number(options.most))) {
  if (options.list === undefined || options.list === kind || options.list === 'all')
    if (options.list !== undefined) console.log(`\n[${kind}] ${where}\n  fact: ${fact}\n  said: ${words}`);
}

function check(where, seeds, curve, stable, words) {
  curves++;
  const text = `${words.does} (${words.stable})`;
  const report = (kind, fact) => found.push({ kind, where, fact, words: text });
  if (!curve.described) return;
  const one = averaged(seeds);
  const { values, steps, sd, end } = one;
  const [lowest, highest] = extent(values);
  const range = highest - lowest;
  const spoken = words.does.split('; ');
  const n = values.length;
  const indexOf = (step) => steps.findIndex((at) => at >= step);
  for (const [k, stretch] of curve.stretches.entries()) {
    clauses++;
    const { kind, from, to, fromValue, toValue } = stretch;
    const [a, b] = [indexOf(from.step), indexOf(to.step)];
    const inside = one.smooth.slice(a, b + 1);
    const [low, high] = extent(inside);
    const length = b - a + 1;
    const third = Math.max(2, Math.floor(length / 3));
    const drift = mean(values.slice(b + 1 - third, b + 1)) - mean(values.slice(a, a + third));
    const driftErrors = Math.abs(drift) / (one.sdAround(a, b) * Math.sqrt(2 / third));
    const own = `${kind} ${from.step}–${to.step}`;
    if (kind === 'level' && /^(level|constant)/.test(spoken[k])) {
      if (length >= 9 && Math.abs(drift) > 0.12 * range && driftErrors > 8)
        report(
          'level that drifts',
          `${own}: thirds differ by ${brief(drift)}, ${percent(drift / range)} of the range, ${brief(driftErrors)} errors`,
        );
      if (high - low > 0.25 * range && high - low > 8 * one.sdAround(a, b))
        report(
          'level over half of the range',
          `${own}: ${brief(low)} to ${brief(high)} of range ${brief(range)}`,
        );
    }
    if (kind === 'rise' || kind === 'fall') {
      const sign = kind === 'rise' ? 1 : -1;
      const size = Math.abs(toValue - fromValue);
      if (sign * (toValue - fromValue) <= 0)
        report('goes the other way', `${own}: ${brief(fromValue)} to ${brief(toValue)}`);
      const beyondTo = sign > 0 ? high - toValue : toValue - low;
      const beyondFrom = sign > 0 ? fromValue - low : high - fromValue;
      if (
        Math.max(beyondTo, beyondFrom) > 0.3 * size &&
        Math.max(beyondTo, beyondFrom) > 4 * one.sdAround(a, b)
      )
        report(
          'goes beyond what is said',
          `${own}: says ${brief(fromValue)} to ${brief(toValue)}, is within ${brief(low)} … ${brief(high)}`,
        );
      if (size < 1e-5 * Math.abs(fromValue))
        report('hardly anything', `${own}: ${brief(size)} of ${brief(fromValue)}`);
      // Does it lead where the next one starts? Values beside it.
      const next = curve.stretches[k + 1];
      if (next?.kind === 'level') {
        const there = mean(values.slice(b, Math.min(b + 10, indexOf(next.to.step) + 1)));
        if (
          Math.abs(there - toValue) > 0.25 * size &&
          Math.abs(there - toValue) > 5 * one.sdAround(b, b + 10)
        )
          report(
            'leads elsewhere',
            `${own}: says ${brief(toValue)}, the ten values after it ${brief(there)}`,
          );
      }
    }
    if (kind === 'wander' && !/ between /.test(spoken[k])) {
      if (high - low > 3 * Math.abs(stretch.amplitude.value) && high - low > 0.4 * range)
        report(
          'wander that hides its range',
          `${own}: net ${brief(stretch.amplitude.value)}, within ${brief(low)} … ${brief(high)}`,
        );
      if (driftErrors > 12 && stretch.amplitude.value * drift < 0 && Math.abs(drift) > 0.2 * range)
        report(
          'net against the thirds',
          `${own}: net ${brief(stretch.amplitude.value)}, thirds ${brief(drift)}`,
        );
    }
  }
  const start = mean(values.slice(0, 3));
  const factor = end / start;
  if (
    curve.stretches.every(({ kind }) => kind === 'level') &&
    !/^between/.test(words.does) &&
    (factor > 4 / 3 || factor < 3 / 4)
  )
    report(
      'silent',
      `first three ${brief(start)}, last tenth ${brief(end)}, factor ${brief(factor)}, ${brief(Math.abs(end - start) / sd)} sd`,
    );
  if (stable === null) return;
  if (stable.status === 'stabilized') {
    const at = indexOf(stable.step);
    const after = one.smooth.slice(at);
    const [low, high] = extent(after);
    const noise = one.sdAround(at, n - 1);
    const band = Number(/within ±(\S+)/.exec(words.stable)?.[1] ?? 0.1 * range);
    if (Math.max(high - end, end - low) > 1.1 * band + 2 * noise)
      report(
        'stable, yet leaves',
        `from ${stable.step}: ${brief(low)} … ${brief(high)} around ${brief(end)}, band ${brief(band)}`,
      );
    const fifth = Math.max(3, Math.floor((n - at) / 5));
    const drift = mean(values.slice(n - fifth)) - mean(values.slice(at, at + fifth));
    if (Math.abs(drift) > band && Math.abs(drift) > 8 * noise * Math.sqrt(2 / fifth))
      report(
        'stable, yet drifts',
        `from ${stable.step}: fifths differ by ${percent(drift / range)} of the range`,
      );
    const later = curve.stretches.filter(
      (s) =>
        (s.kind === 'rise' || s.kind === 'fall') &&
        s.to.step > stable.step &&
        Math.abs(s.amplitude.value) > band / 2 &&
        s.from.step >= stable.step,
    );
    if (later.length > 0)
      report(
        'stable, yet rises or falls',
        later
          .map(
            (s) =>
              `${s.kind} ${s.from.step}–${s.to.step} ${percent(Math.abs(s.amplitude.value) / range)} of the range`,
          )
          .join('; '),
      );
    const last = one.lastOutside(band + 2 * noise);
    const isVague = /some step/.test(words.stable) && steps[last] >= stable.interval[0];
    if (!isVague && at - last > 0.25 * n)
      report(
        'stable, said late',
        `from ${stable.step}, but medians leave the band last at ${steps[Math.max(0, last)]}`,
      );
    if (
      !/some step/.test(words.stable) &&
      stable.interval[1] - stable.interval[0] > 0.5 * (steps[n - 1] - steps[0])
    )
      report('stable, nobody knows when', `interval ${stable.interval}`);
    const lastStretch = curve.stretches.at(-1);
    if (lastStretch.kind === 'rise' || lastStretch.kind === 'fall')
      if (
        Math.abs(lastStretch.amplitude.value) > band &&
        indexOf(stable.step) < n * 0.8 &&
        lastStretch.to.index === n - 1 &&
        lastStretch.pace !== 'jump'
      )
        report(
          'stable, yet ends moving',
          `${lastStretch.kind} until the end, ${percent(Math.abs(lastStretch.amplitude.value) / range)} of the range`,
        );
  }
  if (stable.status === 'moving') {
    const last = one.lastOutside(0.1 * range + 2 * sd);
    if (n - last > 0.3 * n)
      report(
        'moving, yet near its end',
        `medians leave the band last at ${steps[Math.max(0, last)]} of ${steps[n - 1]}; ${stable.reason}`,
      );
  }
  if (stable.status === 'constant') {
    const [low, high] = extent(one.smooth);
    if (high - low > 0.02 * Math.abs(end)) report('constant, yet moves', `${brief(low)} … ${brief(high)}`);
  }
  if (stable.status === 'unmoved') {
    const [low, high] = extent(one.smooth);
    if (high - low > 1.3 * stable.range.interval[1])
      report('range larger than said', `${brief(high - low)} > ${brief(stable.range.interval[1])}`);
  }
}

function checkSeeds(where, seeds, curve, stabilized, words) {
  const text = `${words.does} (${words.stable})`;
  const report = (kind, fact) => found.push({ kind, where, fact, words: text });
  if (!curve.described) return;
  const all = seeds[0].steps.at(-1) - seeds[0].steps[0];
  for (const { kind, timing, showing, from, to } of curve.stretches) {
    if (timing === null) continue;
    const own = `${kind} ${from.step}–${to.step}`;
    for (const name of ['start', 'half', 'end']) {
      const { interval, perSeed, value } = timing[name];
      if (!/seeds: /.test(words.does) && interval !== null && interval[1] - interval[0] > 0.3 * all)
        report(
          'seeds: interval says nothing',
          `${own} ${name} ${brief(value)} [${interval.map(brief)}] of ${perSeed.map((v) => (v === null ? '–' : brief(v)))}`,
        );
    }
    const [a, b] = [from.step, to.step].map((step) => seeds[0].steps.findIndex((at) => at >= step));
    const sign = kind === 'rise' ? 1 : -1;
    const went = seeds.filter(({ values }) => {
      const before = mean(values.slice(a, a + 3));
      const after = mean(values.slice(b - 2, b + 1));
      return sign * (after - before) > 0;
    }).length;
    if (went < showing)
      report('seeds: fewer than said', `${own}: ${went} of ${seeds.length} go that way, said ${showing}`);
  }
  const { step, seeds: count } = stabilized;
  if (step === null) return;
  const first = Math.min(...step.perSeed.filter((s) => s !== null));
  const mean_ = averaged(seeds);
  for (const s of curve.stretches) {
    const band = Number(/within ±(\S+)/.exec(words.stable)?.[1] ?? 0);
    if (
      (s.kind === 'rise' || s.kind === 'fall') &&
      s.from.step >= first &&
      Math.abs(s.amplitude.value) > band / 2
    )
      report(
        'seeds: stable, yet rises or falls',
        `${s.kind} ${s.from.step}–${s.to.step}, ${percent(Math.abs(s.amplitude.value) / mean_.range)} of the range; stable ${step.perSeed} in ${count}`,
      );
  }
}

function facts(steps, values) {
  const n = values.length;
  const half = Math.max(1, Math.round(n / 100));
  const smooth = values.map((_, i) => median(values.slice(Math.max(0, i - half), i + half + 1)));
  const rough = values.slice(1, -1).map((v, i) => Math.abs(values[i] - 2 * v + values[i + 2]) / Math.sqrt(6));
  const sd = 1.4826 * median(rough);
  const [low, high] = extent(smooth);
  const end = mean(values.slice(-Math.max(3, Math.ceil(n / 10))));
  const whole = { steps: [...steps], values: [...values], smooth: [...smooth], sd, range: high - low, end };
  return {
    ...whole,
    sdAround: (a, b) => Math.max(1e-12, 1.4826 * median(rough.slice(Math.max(0, a - 3), Math.max(a + 4, b)))),
    lastOutside: (band) => whole.smooth.findLastIndex((v) => Math.abs(v - end) > band) + 1,
  };
}

function averaged(seeds) {
  if (seeds.length === 1) return seeds[0];
  const { steps } = seeds[0];
  return facts(
    steps,
    Float64Array.from(steps, (_, i) => mean(seeds.map(({ values }) => values[i]))),
  );
}

function thinned(run, by) {
  if (by === 1) return run;
  const keep = (values) => values.filter((_, i) => i % by === 0);
  return {
    ...run,
    steps: keep(run.steps),
    loss: keep(run.loss),
    layers: run.layers.map((layer) => ({
      ...layer,
      series: new Map([...layer.series].map(([id, one]) => [id, { ...one, values: keep(one.values) }])),
    })),
  };
}
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0
    ? Number.NaN
    : (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
function extent(values) {
  return [Math.min(...values), Math.max(...values)];
}
function brief(value) {
  return Number(value.toPrecision(3));
}
function percent(share) {
  return `${Math.round(100 * share)} %`;
}
