import { describe, expect, it } from 'vitest';
import { caseControl, type WindowPair } from '../../src/mechanisms/case-control.ts';
import { createRandom } from '../../src/numerics/random.ts';

const random = createRandom('case-control');

/** Pairs of so many runs, several of each, that share a part of what differs. */
function pairs(runs: number, extra: number): WindowPair[] {
  return Array.from({ length: runs }, (_, run) => {
    const shared = 0.3 * random.normal();
    return Array.from({ length: 4 }, () => ({
      cluster: `seed${run}`,
      change: 1 + extra + shared + 0.2 * random.normal(),
      control: 1 + 0.2 * random.normal(),
    }));
  }).flat();
}

describe('case against control', () => {
  it('finds what changes more across changes, by how much, and not what does not', () => {
    const [more, same] = caseControl(
      new Map([
        ['entropy', pairs(10, 0.9)],
        ['sparsity', pairs(10, 0)],
      ]),
      createRandom(1),
    );
    expect(more).toMatchObject({ measure: 'entropy', pairs: 40, clusters: 10, verdict: 'more' });
    expect(more.interval![0]).toBeLessThan(0.9);
    expect(more.interval![1]).toBeGreaterThan(0.9);
    expect(same.verdict).toBe('no difference shown');
  });

  it('is exact for few runs: all with one sign have 2 of 2ⁿ assignments as extreme', () => {
    const own = Array.from({ length: 6 }, (_, i) => ({ cluster: `${i}`, change: 2 + i, control: 1 }));
    const [{ pValue }] = caseControl(new Map([['x', own]]), createRandom(1));
    expect(pValue).toBe(2 / 64);
  });

  it('says that three seeds cannot show anything, however large the effect', () => {
    const [few] = caseControl(new Map([['x', pairs(3, 50)]]), createRandom(1));
    expect(few).toMatchObject({ clusters: 3, pValue: 0.25, verdict: 'too few runs' });
    expect(few.effect).toBeGreaterThan(40);
    const [one] = caseControl(new Map([['x', pairs(1, 50)]]), createRandom(1));
    expect(one.interval).toBeNull();
  });

  it('is wrong at most as often as stated where windows are relabeled at random, pairs of a run dependent', () => {
    const rounds = 400;
    let wrong = 0;
    for (let round = 0; round < rounds; round++) {
      const own = Array.from({ length: 8 }, (_, run) => {
        const flip = random.uniform() < 0.5 ? 1 : -1;
        return pairs(1, 0.4).map(({ change, control }) =>
          flip > 0
            ? { cluster: `${run}`, change, control }
            : { cluster: `${run}`, change: control, control: change },
        );
      }).flat();
      if (caseControl(new Map([['x', own]]), createRandom(round))[0].verdict !== 'no difference shown')
        wrong++;
    }
    // 0.05 of 400, and three standard errors.
    expect(wrong).toBeLessThanOrEqual(33);
  });

  it('does not depend on the order of the pairs, and tests many runs by sampling signs', () => {
    const own = pairs(20, 0.5);
    const [once] = caseControl(new Map([['x', own]]), createRandom(2));
    const [again] = caseControl(new Map([['x', own.toReversed().toReversed()]]), createRandom(2));
    expect(again).toEqual(once);
    expect(once.pValue).toBeGreaterThan(0);
    expect(once.verdict).toBe('more');
    expect(caseControl(new Map([['x', []]]), createRandom(1))).toEqual([]);
  });
});
