import { describe, expect, it } from 'vitest';
import { trainingLabel } from '../../src/weights/training-label.ts';

const fitted = (exponent: number, tail = 400, distance = 0.01) => ({
  determined: true as const,
  exponent,
  standardError: (exponent - 1) / Math.sqrt(tail),
  from: 1,
  tail,
  distance,
});

describe('the label of a weight matrix', () => {
  it('follows the rule of thumb where the fit bears it', () => {
    expect(trainingLabel(fitted(1.5)).label).toBe('over-trained');
    expect(trainingLabel(fitted(3)).label).toBe('well-trained');
    expect(trainingLabel(fitted(8)).label).toBe('under-trained');
    expect(trainingLabel(fitted(3)).restsOn).toBe(
      'α 3.00 ± 0.10 on 400 eigenvalues; distance 0.010 within 0.040',
    );
  });

  it('is not given near a bound, on a short tail, or where no power law is seen', () => {
    expect(trainingLabel(fitted(2.05)).restsOn).toContain('within 1.96 standard errors of 2');
    expect(trainingLabel(fitted(1.2, 9)).restsOn).toContain('fewer than 10');
    expect(trainingLabel(fitted(3, 400, 0.2)).restsOn).toContain('distance 0.200 above 0.040: no power law');
    for (const given of [fitted(2.05), fitted(1.2, 9), fitted(3, 400, 0.2)]) {
      expect(trainingLabel(given).label).toBe('not determined');
    }
  });
});
