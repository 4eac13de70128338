import { describe, expect, it } from 'vitest';
import type { Detection } from '../../src/detectors/types.ts';
import { agreement } from '../../src/validity/agreement.ts';

const at = (...steps: number[]): Detection => ({
  testable: true,
  changes: steps.map((step) => ({
    index: step,
    step,
    interval: [step, step] as const,
    kind: 'level' as const,
    direction: 'increase' as const,
    effect: 4,
    magnitude: 1,
    pValue: null,
  })),
  tested: [0, 1000],
});
const refused: Detection = { testable: false, reason: 'wanders' };

describe('agreement between methods', () => {
  it('matches changes one to one within the margin', () => {
    const [pair] = agreement(
      [
        { name: 'a', detections: [at(100, 300)] },
        { name: 'b', detections: [at(290, 110, 112)] },
      ],
      15,
    );
    expect(pair).toEqual({ first: 'a', second: 'b', series: 1, found: [2, 3], matched: 2, share: 2 / 3 });
  });

  it('looks only at series that both could test', () => {
    const [pair] = agreement(
      [
        { name: 'a', detections: [at(100), refused, at(5)] },
        { name: 'b', detections: [at(100), at(50), refused] },
      ],
      10,
    );
    expect(pair).toMatchObject({ series: 1, found: [1, 1], matched: 1, share: 1 });
  });

  it('has no share where neither found anything, and 0 where they differ', () => {
    const opinions = [
      { name: 'a', detections: [at()] },
      { name: 'b', detections: [at()] },
      { name: 'c', detections: [at(7)] },
    ];
    expect(agreement(opinions, 10).map(({ share }) => share)).toEqual([null, 0, 0]);
  });

  it('is symmetric, and complete with itself', () => {
    const [one, other] = [at(10, 50, 90), at(12, 200)];
    const share = (a: Detection, b: Detection) =>
      agreement(
        [
          { name: 'a', detections: [a] },
          { name: 'b', detections: [b] },
        ],
        5,
      )[0].share;
    expect(share(one, other)).toBe(share(other, one));
    expect(share(one, one)).toBe(1);
  });

  it('refuses opinions on different series', () => {
    expect(() =>
      agreement(
        [
          { name: 'a', detections: [at()] },
          { name: 'b', detections: [] },
        ],
        1,
      ),
    ).toThrow(RangeError);
  });
});
