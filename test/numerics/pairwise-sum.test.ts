import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean as meanOf, variance as varianceOf } from '../../src/numerics/moments.ts';
import { pairwiseSum } from '../../src/numerics/pairwise-sum.ts';

const scales = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];

/** Terms of both signs over twelve orders of magnitude, made by an integer recurrence that Python can repeat. */
function terms(n: number): Float64Array {
  let x = 1;
  return Float64Array.from({ length: n }, (_, i) => {
    x = (x * 48271) % 2147483647;
    return (x / 2147483647 - 0.5) * scales[i % 13];
  });
}

/** NumPy 1.24: n, a.sum(), a.mean(), a.var() of the same terms. */
const numpy = [
  [1, -4.999775220639898e-7, -4.999775220639898e-7, 0.0],
  [5, 0.005076653904271849, 0.0010153307808543697, 3.3794501026904047e-6],
  [7, -0.010978544745629693, -0.0015683635350899562, 0.0001702904386894967],
  [8, -1.0308946628775415, -0.1288618328596927, 0.11357439546270831],
  [9, -24.74027811784734, -2.7489197908719265, 55.01858464493496],
  [20, 84383.43142108218, 4219.171571054108, 322953541.28509104],
  [127, 540317.2270521118, 4254.466354741037, 5894360961.862221],
  [128, 542848.1861365235, 4241.00145419159, 5848334292.398117],
  [129, 562107.8224591465, 4357.424980303461, 5804733335.642182],
  [399, -112263.12441551941, -281.3612140739835, 8270267825.621786],
  [400, -112620.62858723814, -281.55157146809535, 8249592170.515872],
  [1000, -674633.2963834871, -674.633296383487, 7571420975.10661],
  [2991, -429616.8467471238, -143.63652515784815, 7040001112.453082],
];

describe('pairwise summation', () => {
  it.each(numpy)(
    'gives NumPy’s sum, and so its mean and variance, to the last bit for %i terms',
    (n, sum, mean, variance) => {
      expect(pairwiseSum(terms(n))).toBe(sum);
      expect(meanOf(terms(n))).toBe(mean);
      expect(varianceOf(terms(n))).toBe(variance);
    },
  );

  it('differs from adding one after another, so that the order is really tested', () => {
    const values = terms(2991);
    expect(pairwiseSum(values)).not.toBe(values.reduce((sum, value) => sum + value, 0));
  });

  it('sums a range as it sums the values cut out', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const values = terms(500);
        const [start, end] = a < b ? [a, b] : [b, a];
        expect(pairwiseSum(values, start, end)).toBe(pairwiseSum(values.slice(start, end)));
      }),
    );
  });

  it('is exact for integers', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i);
    expect(pairwiseSum(values)).toBe(499500);
  });

  it('sums nothing to 0', () => {
    expect(pairwiseSum([])).toBe(0);
  });
});
