import { describe, expect, it } from 'vitest';
import { jumpRate, rateRatio } from '../../src/dynamics/rates.ts';

describe('jump rates', () => {
  it('count jumps per layer and 1,000 steps, with Garwood’s interval', () => {
    expect(jumpRate(12, 400_000, 0.9)).toEqual({
      count: 12,
      layerSteps: 400_000,
      determined: true,
      per1000: expect.closeTo(0.03, 14),
      interval: [expect.closeTo(6.924212513585112 / 400, 12), expect.closeTo(19.442569329915028 / 400, 12)],
    });
  });

  it('no jumps leave an upper bound; no exposure leaves nothing', () => {
    expect(jumpRate(0, 1000)).toMatchObject({ per1000: 0, interval: [0, expect.closeTo(3.688879, 6)] });
    expect(jumpRate(0, 0)).toMatchObject({ determined: false, reason: 'no layer could be tested for jumps' });
  });
});

describe('ratio of two rates', () => {
  it('is exact given the total (binomial test and interval of SciPy)', () => {
    expect(rateRatio(jumpRate(45, 10_000), jumpRate(18, 8_000))).toEqual({
      determined: true,
      ratio: expect.closeTo(2, 12),
      interval: [expect.closeTo(1.1348861206594354, 9), expect.closeTo(3.671042011686657, 9)],
      pValue: expect.closeTo(2 * 0.00716127493406982, 12),
    });
  });

  it('turns round with its arguments', () => {
    const [a, b] = [jumpRate(7, 3000), jumpRate(11, 9000)];
    const [forward, backward] = [rateRatio(a, b), rateRatio(b, a)];
    if (!forward.determined || !backward.determined) throw new Error('undetermined');
    expect(backward.ratio).toBeCloseTo(1 / forward.ratio, 12);
    expect(backward.pValue).toBeCloseTo(forward.pValue, 12);
    expect(backward.interval[0]).toBeCloseTo(1 / forward.interval[1], 9);
  });

  it('is undefined without jumps to divide by, or without exposure', () => {
    expect(rateRatio(jumpRate(3, 10), jumpRate(0, 10))).toMatchObject({ determined: false });
    expect(rateRatio(jumpRate(0, 0), jumpRate(1, 10))).toMatchObject({ determined: false });
    expect(rateRatio(jumpRate(0, 10), jumpRate(5, 10))).toMatchObject({
      ratio: 0,
      interval: [0, expect.any(Number)],
    });
  });
});
