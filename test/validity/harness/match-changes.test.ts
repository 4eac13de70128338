import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchChanges } from '../../../src/validity/harness/match-changes.ts';

const at = (...indices: number[]) => indices.map((first) => ({ first, last: first }));
const pairs = (found: number[], planted: number[], margin = 10) =>
  matchChanges(found, at(...planted), margin).map((match) => [found[match.found], planted[match.planted]]);

describe('matching found changes to true ones', () => {
  it.each([
    ['takes the nearest', [95, 98, 107], [100], [[98, 100]]],
    ['gives each true change one found change at most', [99, 101], [100], [[99, 100]]],
    ['gives each found change one true change at most', [100], [98, 103], [[100, 98]]],
    [
      'prefers more matches to nearer ones',
      [100, 109],
      [91, 100],
      [
        [100, 91],
        [109, 100],
      ],
    ],
    ['reaches as far as the margin and no further', [110, 191], [100, 180], [[110, 100]]],
    ['has nothing to match in nothing', [], [5], []],
  ])('%s', (_, found, planted, expected) => {
    expect(pairs(found, planted)).toEqual(expected);
  });

  it('has no error anywhere within a ramp', () => {
    const ramp = [{ first: 100, last: 109 }];
    expect([96, 100, 104, 109, 112].map((found) => matchChanges([found], ramp, 10)[0].error)).toEqual([
      -4, 0, 0, 0, 3,
    ]);
  });

  it('is the best of all one-to-one matchings', () => {
    const indices = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 5 }).map(ascending);
    fc.assert(
      fc.property(indices, indices, fc.integer({ min: 0, max: 12 }), (found, planted, margin) => {
        const matches = matchChanges(found, at(...planted), margin);
        expect(new Set(matches.map((match) => match.found)).size).toBe(matches.length);
        expect(new Set(matches.map((match) => match.planted)).size).toBe(matches.length);
        for (const match of matches) expect(match.error).toBe(found[match.found] - planted[match.planted]);
        const distance = matches.reduce((sum, { error }) => sum + Math.abs(error), 0);
        expect([matches.length, distance]).toEqual(bestByExhaustion(found, planted, margin));
      }),
    );
  });
});

function ascending(values: number[]): number[] {
  return values.sort((a, b) => a - b);
}

/** Tries every way to match or skip each found change. */
function bestByExhaustion(found: number[], planted: number[], margin: number): [number, number] {
  if (found.length === 0) return [0, 0];
  const [first, ...rest] = found;
  let best = bestByExhaustion(rest, planted, margin);
  for (const index of planted.filter((candidate) => Math.abs(candidate - first) <= margin)) {
    const [count, distance] = bestByExhaustion(
      rest,
      planted.filter((other) => other !== index),
      margin,
    );
    const candidate: [number, number] = [count + 1, distance + Math.abs(index - first)];
    if (candidate[0] > best[0] || (candidate[0] === best[0] && candidate[1] < best[1])) best = candidate;
  }
  return best;
}
