import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { divide, evidenceIn, type Part } from '../../../src/dynamics/stretches/divide.ts';
import { noiseCurve } from '../../../src/dynamics/stretches/noise-curve.ts';
import { windowScales, windowsOf } from '../../../src/dynamics/stretches/windows.ts';
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
    readonly parts: Record<string, unknown>[];
  }[];
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
      const parts = divide(noise.values, evidenceIn(scales, n, thresholdsAt(n)));
      expect(parts.map(placesOf)).toEqual(answer.parts.map(({ amplitude, ...places }) => places));
      close(
        parts.flatMap((part) => ('amplitude' in part ? [part.amplitude] : [])),
        answer.parts.flatMap(({ kind, amplitude }) =>
          kind === 'rise' || kind === 'fall' ? [amplitude as number] : [],
        ),
      );
    },
  );
});

function placesOf(part: Part): Record<string, unknown> {
  const { kind, first, last } = part;
  if (!('middle' in part)) return { kind, first, last };
  const { middle, start, end, shown, turnBefore, turnAfter, jump } = part;
  const pair = (window: { first: number; last: number }) => [window.first, window.last];
  return {
    ...{ kind, first, last, middle, jump },
    start: pair(start),
    end: pair(end),
    shown: pair(shown),
    turnBefore: pair(turnBefore),
    turnAfter: pair(turnAfter),
  };
}

/** Within 1e-9 of the size. */
function close(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of found.entries()) {
    expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, Math.abs(expected[k])));
  }
}
