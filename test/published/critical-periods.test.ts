import { describe, expect, it } from 'vitest';
import { analyseCriticalPeriods } from '../../src/published/critical-periods.ts';
import { syntheticRun } from './synthetic-runs.ts';

describe('the published critical periods', () => {
  it('counts a tenth of any series without ties, even of noise', () => {
    const result = analyseCriticalPeriods(syntheticRun('mlp_x_mnist', ['network.0', 'network.2']));
    // 40 of 399 differences and 40 of 398 second differences lie above the 90th percentile.
    expect(result.criticalSteps).toBe(80);
    expect(result.transitions).toBe(80);
    expect(result.meanCoordination).toBeCloseTo(80 / 400 / 2, 12);
  });

  it('calls one critical layer of two a coordinated period', () => {
    const one = syntheticRun('mlp_x_mnist', ['network.0']).stableRank.get('network.0')!;
    const run = {
      ...syntheticRun('mlp_x_mnist', []),
      stableRank: new Map([
        ['network.0', one],
        ['network.2', new Float64Array(400).fill(1)],
      ]),
    };
    const result = analyseCriticalPeriods(run);
    expect(result.coordinatedPeriods).toBe(40);
    expect(result.maxCoordination).toBe(0.5);
  });

  it('counts a layer that never moves as one without a falling loss', () => {
    const run = {
      ...syntheticRun('mlp_x_mnist', []),
      loss: Float64Array.from({ length: 400 }, (_, i) => -i),
      stableRank: new Map([
        ['network.0', Float64Array.from({ length: 400 }, (_, i) => (i > 200 ? 2 : 1))],
        ['network.2', new Float64Array(400).fill(1)],
      ]),
    };
    expect(analyseCriticalPeriods(run).lossCorrelation).toBe(0.5);
  });
});
