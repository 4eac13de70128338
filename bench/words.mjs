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
const left = found.filter(({ reason }) => reason === null);
console.log(
  `${curves} curves, ${clauses} stretches, ${left.length} contradictions, ${found.length - left.length} more with a reason`,
);
for (const [kind, list] of [...kinds].sort((a, b) => b[1].length - a[1].length)) {
  const reasons = [...new Set(list.flatMap(({ reason }) => reason ?? []))];
  const without = list.filter(({ reason }) => reason === null).length;
  console.log(
    `  ${kind}: ${without}${reasons.length > 0 ? `, and ${list.length - without}: ${reasons.join('; ')}` : ''}`,
  );
}
for (const { kind, where, fact, words, reason } of found.slice(0, Number(options.most))) {
  if (options.list === undefined || options.list === kind || options.list === 'all')
    if (options.list !== undefined)
      console.log(
        `\n[${kind}] ${where}\n  fact: ${fact}\n  said: ${words}${reason === null ? '' : `\n  but: ${reason}`}`,
      );
}

function check(where, seeds, curve, stable, words) {
  curves++;
  const text = `${words.does} (${words.stable})`;
  const report = (kind, fact, reason = null) => found.push({ kind, where, fact, words: text, reason });
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
    // What is constant is so within a hundredth of its value, which is held below.
    if (kind === 'level' && /^level/.test(spoken[k])) {
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
      // Noise there: it is not the same from end to end.
      const most = a + inside.indexOf(beyondTo > beyondFrom === sign > 0 ? high : low);
      if (
        Math.max(beyondTo, beyondFrom) > 0.3 * size &&
        Math.max(beyondTo, beyondFrom) > 4 * one.sdAround(most - 5, most + 5)
      )
        report(
          'goes beyond what is said',
          `${own}: says ${brief(fromValue)} to ${brief(toValue)}, is within ${brief(low)} … ${brief(high)}`,
          Math.max(beyondTo, beyondFrom) <=
            (stretch.amplitude.interval[1] - stretch.amplitude.interval[0]) / 2
            ? 'no further than the interval of its amplitude allows'
            : [from, to].some(({ interval }) => interval[0] <= steps[most] && steps[most] <= interval[1])
              ? 'there only where its start or end may lie'
              : null,
        );
      if (size < 1e-5 * Math.abs(fromValue))
        report(
          'hardly anything',
          `${own}: ${brief(size)} of ${brief(fromValue)}, ${brief(size / one.sdAround(a, b))} sd`,
          size > 4 * one.sdAround(a, b) ? 'true and small: the noise is smaller still' : null,
        );
      // Does it lead where the next one starts? Values beside it.
      const next = curve.stretches[k + 1];
      if (next?.kind === 'level') {
        const there = mean(values.slice(b, Math.min(b + 10, indexOf(next.to.step) + 1)));
        // What is reached and left again at once is what it leads to all the same.
        const reached = one.smooth
          .slice(Math.max(0, b - 1), b + 4)
          .some((v) => Math.abs(v - toValue) <= 0.15 * size);
        if (
          !reached &&
          Math.abs(there - toValue) > 0.25 * size &&
          Math.abs(there - toValue) > 5 * one.sdAround(b, b + 10)
        )
          report(
            'leads elsewhere',
            `${own}: says ${brief(toValue)}, the ten values after it ${brief(there)}`,
            Math.abs(there - toValue) <= (stretch.amplitude.interval[1] - stretch.amplitude.interval[0]) / 2
              ? 'no further than the interval of its amplitude allows'
              : null,
          );
      }
    }
    const between = / ?between (\S+) and (\S+?),? /.exec(`${spoken[k]} `)?.slice(1).map(numberOf);
    if ((kind === 'wander' || kind === 'level') && between !== undefined) {
      const width = between[1] - between[0];
      const net = numberOf(/net (\S+),/.exec(spoken[k])?.[1] ?? '0');
      if (Math.abs(net) > 1.15 * width)
        report('net larger than what it is between', `${own}: ${net}, ${between}`);
      // But for the places at its ends whose neighbors belong to the rise or fall beside it.
      const half = Math.max(1, Math.round(n / 100));
      const [first, last] = [a === 0 ? 0 : a + half, b === n - 1 ? b : b - half];
      const inner = one.smooth.slice(first, last + 1);
      const [lowest, highest] = extent(inner);
      const places = [lowest, highest].map((v) => Math.max(a, first) + inner.indexOf(v));
      const out = [between[0] - lowest, highest - between[1]];
      const few = inner.filter((v) => v < between[0] || v > between[1]).length < 3;
      for (const [j, at] of places.entries())
        if (out[j] > 0.3 * width && out[j] > 4 * one.sdAround(at - 5, at + 5))
          report(
            'goes beyond what it is between',
            `${own}: ${between.map(brief)}, is within ${brief(lowest)} … ${brief(highest)}`,
            few ? 'an excursion of two measurements or fewer, which cannot be told from a spike' : null,
          );
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
    // Past the neighbors that a smoothed value there has in common with what is before it.
    const after = one.smooth.slice(Math.min(n - 1, at + Math.max(2, Math.round(n / 80))));
    const [low, high] = extent(after);
    const noise = one.sdAround(at, n - 1);
    const band = Number(/within ±(\S+)/.exec(words.stable)?.[1] ?? 0.1 * range);
    const [least, most] = extent(one.means.slice(n - after.length));
    if (
      Math.max(high - end, end - low) > 1.1 * band + 2 * noise &&
      Math.max(most - end, end - least) > 1.05 * band
    )
      report(
        'stable, yet leaves',
        `from ${stable.step}: ${brief(low)} … ${brief(high)} around ${brief(end)}, band ${brief(band)}, last at ${steps[n - after.length + after.findLastIndex((v) => Math.abs(v - end) > 1.1 * band + 2 * noise)]}`,
      );
    const fifth = Math.max(3, Math.floor((n - at) / 5));
    const drift = mean(values.slice(n - fifth)) - mean(values.slice(at, at + fifth));
    if (Math.abs(drift) > band && Math.abs(drift) > 8 * noise * Math.sqrt(2 / fifth))
      report(
        'stable, yet drifts',
        `from ${stable.step}: fifths differ by ${percent(drift / range)} of the range, ${brief(Math.abs(drift) / band)} bands`,
        Math.abs(drift) < 2 * band ? 'drifts within the band that is said' : null,
      );
    const later = curve.stretches.filter(
      (s) =>
        (s.kind === 'rise' || s.kind === 'fall') &&
        s.to.step > stable.step &&
        // What of it is left then: it may begin before, or be half-way, where it is stable.
        Math.min(
          Math.abs(s.amplitude.value),
          ...[one.means, one.smooth].map((own) =>
            Math.abs(s.toValue - own[Math.max(at, indexOf(s.from.step))]),
          ),
        ) >
          0.55 * band + 2 * noise,
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
    const last = one.lastOutside(band);
    const isVague = /some step/.test(words.stable) && steps[last] >= stable.interval[0];
    // Nor may anything rise or fall by more than half of the band after it.
    const settled = Math.max(
      0,
      ...curve.stretches
        .filter((s) => (s.kind === 'rise' || s.kind === 'fall') && Math.abs(s.amplitude.value) > band / 2)
        .map((s) => {
          const [from, to] = [indexOf(s.from.step), indexOf(s.to.step)];
          return (
            from + 1 + one.means.slice(from, to + 1).findLastIndex((v) => Math.abs(v - s.toValue) > band / 2)
          );
        }),
    );
    if (!isVague && at - Math.max(last, settled) > 0.25 * n)
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
        Math.abs(lastStretch.toValue - one.means[Math.max(at, indexOf(lastStretch.from.step))]) >
          band + 2 * noise &&
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
    const [, away, step] =
      /more than (\S+) from its end (?:as late as step (\S+)|at the last)/.exec(stable.reason) ?? [];
    if (away !== undefined) {
      const at = step === undefined ? n - 1 : indexOf(Number(step));
      const near = [...one.smooth.slice(at - 3, at + 4), ...one.means.slice(at - 3, at + 4), values[at]];
      if (!near.some((v) => Math.abs(v - stable.endValue) > 0.9 * Number(away)))
        report(
          'moving, yet near its end',
          `${near.map(brief)} around ${brief(stable.endValue)}; ${stable.reason}`,
        );
    } else {
      const last = curve.stretches.findLast(({ kind }) => kind === 'rise' || kind === 'fall');
      const until = indexOf(last.to.step);
      const before = one.means[Math.max(indexOf(last.from.step), Math.min(until, Math.floor(0.9 * n)) - 1)];
      if (Math.abs(last.toValue - before) < 0.4 * stable.band)
        report(
          'moving, yet near its end',
          `${brief(before)} of ${brief(last.toValue)} nine tenths through; ${stable.reason}`,
        );
    }
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
  const report = (kind, fact) => found.push({ kind, where, fact, words: text, reason: null });
  if (!curve.described) return;
  const all = seeds[0].steps.at(-1) - seeds[0].steps[0];
  for (const { kind, timing, showing, from, to } of curve.stretches) {
    if (timing === null) continue;
    const own = `${kind} ${from.step}–${to.step}`;
    for (const name of ['start', 'half', 'end']) {
      const { interval, perSeed, value } = timing[name];
      // Only what is printed: where the seeds say little, or do not move in the order of their mean, its own edges are.
      const printed = words.does.includes(
        `${Math.round(value)} [${Math.round(interval?.[0])}, ${Math.round(interval?.[1])}]`,
      );
      if (printed && interval[1] - interval[0] > 0.3 * all)
        report(
          'seeds: interval says nothing',
          `${own} ${name} ${brief(value)} [${interval.map(brief)}] of ${perSeed.map((v) => (v === null ? '–' : brief(v)))}`,
        );
    }
    const [a, b] = [from.step, to.step].map((step) => seeds[0].steps.findIndex((at) => at >= step));
    const sign = kind === 'rise' ? 1 : -1;
    const went = seeds.filter(({ values }) => {
      // Three values, but fewer of what takes less than six: else they are the same ones.
      const few = Math.max(1, Math.min(3, (b - a + 1) >> 1));
      const before = mean(values.slice(a, a + few));
      const after = mean(values.slice(b + 1 - few, b + 1));
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
  // Of the nearest three (more in long runs) at the ends as well, for a median of two is a mean; but the first value is what a network is before it is trained.
  const nearest = (i) => Math.max(0, Math.min(n - 1 - 2 * half, i - half));
  const smooth = values.map((v, i) =>
    i === 0 ? v : median(values.slice(nearest(i), nearest(i) + 2 * half + 1)),
  );
  const wide = Math.max(1, Math.min(10, Math.round(n / 80)));
  const means = values.map((_, i) => mean(values.slice(Math.max(0, i - wide), i + wide + 1)));
  const rough = values.slice(1, -1).map((v, i) => Math.abs(values[i] - 2 * v + values[i + 2]) / Math.sqrt(6));
  const sd = 1.4826 * median(rough);
  const [low, high] = extent(smooth);
  const end = mean(values.slice(-Math.max(3, Math.ceil(n / 10))));
  const whole = {
    steps: [...steps],
    values: [...values],
    smooth: [...smooth],
    means: [...means],
    sd,
    range: high - low,
    end,
  };
  return {
    ...whole,
    sdAround: (a, b) => Math.max(1e-12, 1.4826 * median(rough.slice(Math.max(0, a - 3), Math.max(a + 4, b)))),
    // By medians or by means of neighbors: a mean is what is said to stay within the band, and a short excursion moves it.
    lastOutside: (band) =>
      1 +
      Math.max(
        ...[whole.smooth, whole.means].map((own) => own.findLastIndex((v) => Math.abs(v - end) > band)),
      ),
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
/** As it is printed: with a typographic minus. */
function numberOf(text) {
  return Number(text.replace('−', '-'));
}
function brief(value) {
  return Number(value.toPrecision(3));
}
function percent(share) {
  return `${Math.round(100 * share)} %`;
}
