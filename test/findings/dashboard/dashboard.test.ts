import { describe, expect, it } from 'vitest';
import { fastStretches } from '../../../src/dynamics/stretches/fast-stretches.ts';
import { studyDashboard } from '../../../src/findings/dashboard/dashboard.ts';
import { exampleStudy } from '../../report/example-study.ts';

const { runs, analysis } = exampleStudy();
const dashboard = studyDashboard(runs, analysis);
/** Of the example's two described layers, in steps; each of the three runs has the same two. */
const fastSteps = analysis.runs[0].layers.flatMap(({ curve }) =>
  fastStretches(curve).map(({ half, from }) => (half ?? from).step),
);

describe('a study at a glance', () => {
  it('rates what is fast over the steps that were measured of layers that could be described', () => {
    expect(fastSteps.length).toBeGreaterThan(0);
    expect(dashboard).toMatchObject({ runs: 3, layers: 9, described: 6, plannedSteps: 200 });
    // 195 steps from the first measurement to the last, in 6 layers.
    expect(dashboard.overall).toMatchObject({ count: 3 * fastSteps.length, layerSteps: 6 * 195 });
  });

  it('counts each part of training over its own exposure: the last ends with the last measurement', () => {
    const twentieths = dashboard.course ?? [];
    expect(twentieths).toHaveLength(20);
    expect(twentieths.map(({ rate }) => rate.layerSteps)).toEqual([...new Array(19).fill(6 * 10), 6 * 5]);
    for (const { from, to, rate } of twentieths) {
      const within = fastSteps.filter((step) => step >= 200 * from && step < 200 * to).length;
      expect(rate.count, `${from} to ${to}`).toBe(3 * within);
    }
    expect(dashboard.thirds?.reduce((sum, { rate }) => sum + rate.count, 0)).toBe(dashboard.overall.count);
    expect(dashboard.thirds?.reduce((sum, { rate }) => sum + rate.layerSteps, 0)).toBeCloseTo(6 * 195, 9);
  });

  it('gives shares of runs with Clopper and Pearson’s interval', () => {
    // 1 of 1 and 2 of 2: the lower bound is (α/2)^(1/n).
    expect(dashboard.together).toEqual([
      { family: 'cnn', share: { count: 1, of: 1, share: 1, interval: [expect.closeTo(0.025, 9), 1] } },
      {
        family: 'mlp',
        share: { count: 2, of: 2, share: 1, interval: [expect.closeTo(Math.sqrt(0.025), 9), 1] },
      },
    ]);
  });

  it('holds nothing of what was not determined, and nothing of a study in which nothing is fast', () => {
    expect(dashboard).toMatchObject({ orders: null, types: null, coupling: null });
    const none = studyDashboard([], { ...analysis, runs: [], rates: [] });
    expect(none).toMatchObject({ runs: 0, described: 0, overall: { determined: false } });
    for (const part of ['orders', 'thirds', 'groups', 'together', 'course', 'sizes', 'coupling'] as const)
      expect(none[part], part).toBe(null);
  });
});
