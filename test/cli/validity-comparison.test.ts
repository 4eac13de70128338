import { expect, it } from 'vitest';
import { describeComparison } from '../../src/cli/validity-comparison.ts';
import { rankscope } from './rankscope.ts';

it('sets every detector beside the others on the same series', () => {
  const { code, out } = rankscope(
    'validate',
    'all',
    '--series',
    '5',
    '--lengths',
    '50',
    '--families',
    'white-noise',
    '--no-power',
  );
  const [, header, , row] = out.split('\n');
  expect(header.split(/\s{2,}/).slice(0, 4)).toEqual(['family', 'points', 'local-cubic', 'mean-shift']);
  expect(row).toMatch(/^white-noise +50 +\d+\.\d/);
  expect(out).toMatch(/^FAIL: .*published-z/m);
  // Five series are too few for any detector to pass, the default one included.
  expect(code).toBe(1);
});

it('says who passed, and shows power at 4 and at 100 sd', () => {
  const rate = (value: number) => ({ value, interval: [0, 1] as const });
  const report = (detector: string, passed: boolean, share: number) => ({
    detector,
    alpha: 0.05,
    seed: 0,
    limit: 0.065,
    passed,
    falsePositives: [
      {
        family: 'decay',
        description: '',
        n: 399,
        series: 10,
        refused: 0,
        share: rate(share),
        shareOfTested: null,
        per1000: rate(0),
        verdict: 'PASS' as const,
        gated: true,
      },
    ],
    power: [2, 4, 100].map((size) => ({
      effect: 'step',
      background: 'white-noise',
      size,
      n: 399,
      series: 10,
      refused: 0,
      recall: rate(size === 4 ? 0.8 : 0.5),
      seriesWithFalse: rate(0),
      precision: 1,
      error: null,
      coverage: null,
    })),
  });
  const text = describeComparison([report('careful', true, 0.01), report('eager', false, 1)] as never);
  expect(text).toMatch(/decay +399 +1\.0 +100\.0/);
  expect(text).toMatch(/step of 4 in white-noise +399 +80\.0 +80\.0/);
  expect(text).toMatch(/step of 100 in white-noise +399 +50\.0 +50\.0/);
  expect(text).not.toContain('step of 2');
  expect(text).toContain('PASS: careful\nFAIL: eager');
});
