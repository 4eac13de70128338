import type { FalsePositives, Power } from '../../src/validity/harness/report.ts';

const rate = (value: number) => ({ value, interval: [value / 2, value * 1.5] as const });
/** How often something is found where nothing is, in one family at one length. */
export const family = (name: string, n: number, value: number, gated = true): FalsePositives => ({
  family: name,
  description: name,
  n,
  series: 200,
  refused: gated ? 0 : 0.855,
  share: rate(value),
  shareOfTested: rate(value),
  per1000: rate(value),
  verdict: 'PASS',
  gated,
});
/** How often a planted change is found. */
export const power = (effect: string, background: string, size: number): Power => ({
  effect,
  background,
  size,
  n: 399,
  series: 20,
  refused: 0,
  recall: rate(size / 20),
  seriesWithFalse: rate(0),
  precision: null,
  error: null,
  coverage: null,
});
