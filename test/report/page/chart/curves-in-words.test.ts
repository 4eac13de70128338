import { describe, expect, it } from 'vitest';
import { curvesInWords } from '../../../../src/report/page/chart/curves-in-words.ts';
import { curve } from './example-curves.ts';

const subject = 'Stable rank of the last layer, 2 of 9 runs';

describe('a chart in words', () => {
  it('says ends, extremes and what is marked, of the steps that are shown', () => {
    const marks = {
      stretches: [
        ['rise', 'jump', 0, 5, 3],
        ['fall', 'gradual', 10, 15, 12],
      ] as const,
      turns: [['peak', 10]] as const,
      stable: null,
    };
    const curves = [curve('a', [1, 8, 9, 2], { marks }), curve('b', [4, 3, 3, 3])];
    expect(curvesInWords({ curves, subject, smoothing: 1 }, [0, 15])).toBe(
      'Stable rank of the last layer, 2 of 9 runs, training steps 0 to 15: 2 lines. 1 to 4 at the beginning, 2 to 3 at the end: 1 ends higher than it begins, 1 lower. At the end b is highest, a lowest. Highest 9 (a) at step 10; lowest 1 (a) at step 0. Marked are 1 rise and 1 fall, 1 of them a jump, and 1 turning point.',
    );
    expect(curvesInWords({ curves, subject, smoothing: 9 }, [11, 15])).toBe(
      'Stable rank of the last layer, 2 of 9 runs, training steps 11 to 15: 2 lines. 2 to 3 at the beginning, 2 to 3 at the end: none ends higher than it begins, none lower. At the end b is highest, a lowest. Highest 3 (b) at step 15; lowest 2 (a) at step 15. Marked are no rise and 1 fall, none of them a jump, and no turning point. Lines are means of up to 9 measurements.',
    );
  });

  it('says of one line its course, and where there are no values that there are none', () => {
    expect(curvesInWords({ curves: [curve('a', [2, 5, 1])], subject, smoothing: 1 }, [0, 10])).toBe(
      'Stable rank of the last layer, 2 of 9 runs, training steps 0 to 10: 1 line. From 2 to 1. Highest 5 at step 5; lowest 1 at step 10.',
    );
    expect(curvesInWords({ curves: [curve('a', [Number.NaN])], subject, smoothing: 1 }, [0, 10])).toMatch(
      /no values between training steps 0 and 10\.$/,
    );
  });
});
