import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { divide, type Part } from '../../../src/dynamics/stretches/division/divide.ts';
import { noiseCurve } from '../../../src/dynamics/stretches/noise/noise-curve.ts';
import { meanCurve } from '../../../src/dynamics/stretches/seeds/mean-curve.ts';
import { poolWindows } from '../../../src/dynamics/stretches/seeds/pooled-windows.ts';
import { evidenceIn } from '../../../src/dynamics/stretches/windows/evidence.ts';
import { windowScales, windowsOf } from '../../../src/dynamics/stretches/windows/scale-windows.ts';
import { prototypeSeries, type SeriesSpec } from './prototype-series.ts';

/** Written by golden/make.py with the NumPy prototype. */
interface Golden {
  readonly single: readonly {
    readonly series: SeriesSpec;
    readonly sd: number[];
    readonly roughness: number[][];
    readonly strength: number[];
    readonly memory: number[];
    readonly windows: { scale: number; difference: number; jitter: number; walk: number }[];
    readonly parts: GoldenPart[];
    readonly turns: number[][];
  }[];
  readonly seeds: readonly { readonly series: SeriesSpec[]; readonly parts: GoldenPart[] }[];
}

interface GoldenPart {
  readonly kind: string;
  readonly first: number;
  readonly last: number;
  readonly amplitude: number;
  readonly shown?: number[];
}

const golden: Golden = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'golden/prototype.json'), 'utf8'),
);

/** The prototype's. */
const thresholdsAt = (n: number) => ({ moved: 3.2 + 50 / n, directed: 2.2 + 30 / n });

describe('the division of a series, held against the NumPy prototype', () => {
  it.each(golden.single.map((answer) => [JSON.stringify(answer.series), answer] as const))(
    'says the same of %s',
    (_, answer) => {
      const raw = prototypeSeries(answer.series);
      const n = raw.length;
      const noise = noiseCurve(raw);
      const places = [0, Math.floor(n / 3), n - 1];
      const at = (values: ArrayLike<number>): number[] => places.map((i) => values[i]);
      expect([...noise.memory.filter((_, i) => places.includes(i))]).toEqual(answer.memory);
      close(at(noise.sd), answer.sd);
      close(at(noise.strength), answer.strength);
      close(noise.roughness.flatMap(at), answer.roughness.flat());
      const scales = windowScales(n).map((scale) => windowsOf(noise, scale));
      for (const expected of answer.windows) {
        const found = scales.find(({ scale }) => scale === expected.scale)!;
        const middle = found.difference.length >> 1;
        const { difference, jitter, walk } = found;
        close(
          [difference[middle], jitter[middle], walk[middle]],
          [expected.difference, expected.jitter, expected.walk],
        );
      }
      const { parts, turns } = divide(noise, evidenceIn(scales, n, thresholdsAt(n)));
      expect(parts.map(divisionOf)).toEqual(answer.parts.map(expectedOf));
      expect(turns.map(({ interval }) => [interval.first, interval.last])).toEqual(answer.turns);
      amplitudesAgree(parts, answer.parts);
    },
  );
});

describe('the division over seeds, held against the NumPy prototype', () => {
  it.each(golden.seeds.map((answer) => [JSON.stringify(answer.series), answer] as const))(
    'says the same of %s',
    (_, answer) => {
      const seeds = answer.series.map((spec) => noiseCurve(prototypeSeries(spec)));
      const n = seeds[0].values.length;
      const scales = windowScales(n).map((scale) => poolWindows(seeds.map((seed) => windowsOf(seed, scale))));
      const thresholds = { moved: thresholdsAt(n).moved, directed: 0.7 + 30 / n };
      const { parts } = divide(meanCurve(seeds), evidenceIn(scales, n, thresholds));
      expect(parts.map(divisionOf)).toEqual(answer.parts.map(expectedOf));
      amplitudesAgree(parts, answer.parts);
    },
  );
});

/** Starts and ends of rises and falls are found in another way than the prototype's, and tested by their coverage. */
function divisionOf(part: Part): Record<string, unknown> {
  if (!('shown' in part)) return { kind: part.kind, first: part.first, last: part.last };
  return { kind: part.kind, shown: [part.shown.first, part.shown.last] };
}

function expectedOf({ kind, first, last, shown }: GoldenPart): Record<string, unknown> {
  return shown === undefined ? { kind, first, last } : { kind, shown };
}

/**
 * The prototype takes the mean of 40 values for the level beside a transition, even where the curve turns back, or comes back slowly, without a
 * direction of its own; here it leads to where it turns, or to the values nearest to it, which are at least as far.
 */
function amplitudesAgree(parts: readonly Part[], expected: readonly GoldenPart[]): void {
  const golden = expected.flatMap((part) => (part.shown === undefined ? [] : [part.amplitude]));
  const found = parts.flatMap((part) => ('shown' in part ? [part] : []));
  expect(found).toHaveLength(golden.length);
  for (const [k, { before, after, isLevelBeside }] of found.entries()) {
    const amplitude = after.value - before.value;
    if (!isLevelBeside) expect(Math.abs(amplitude)).toBeGreaterThanOrEqual(Math.abs(golden[k]) * (1 - 1e-9));
    else close([amplitude], [golden[k]]);
  }
}

/** Within 1e-9 of the size. */
function close(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of found.entries()) {
    expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, Math.abs(expected[k])));
  }
}
