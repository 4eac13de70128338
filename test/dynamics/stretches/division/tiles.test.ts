import { describe, expect, it } from 'vitest';
import type { Part } from '../../../../src/dynamics/stretches/division/divide.ts';
import { tilesOf } from '../../../../src/dynamics/stretches/division/tiles.ts';

/** A rise that is shown early and, by its levels, ends later. */
const rise = {
  kind: 'rise',
  first: 370,
  last: 388,
  shown: { first: 373, last: 378 },
  start: { first: 365, last: 375 },
  end: { first: 377, last: 392 },
} as unknown as Part;

describe('the parts of a curve, laid end to end', () => {
  it('leave none that ends before it begins, where a rise reaches over all that follows it', () => {
    const parts: Part[] = [
      { kind: 'level', first: 0, last: 373 },
      rise,
      { kind: 'level', first: 378, last: 384 },
      { kind: 'wander', first: 384, last: 387 },
      { kind: 'level', first: 387, last: 399 },
    ];
    const tiles = tilesOf(parts, [], 400);
    expect(tiles.map(({ kind, from, to }) => `${kind} ${from.place}–${to.place}`)).toEqual([
      'level 0–370',
      'rise 370–388',
      'level 388–399',
    ]);
  });
});
