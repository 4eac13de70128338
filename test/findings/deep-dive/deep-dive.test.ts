import { describe, expect, it } from 'vitest';
import { fastStretches } from '../../../src/dynamics/stretches/fast-stretches.ts';
import type { CurveDescription, Stretch } from '../../../src/dynamics/stretches/types.ts';
import { deepDive } from '../../../src/findings/deep-dive/deep-dive.ts';
import { stepEdges } from '../../../src/findings/deep-dive/step-edges.ts';
import { exampleStudy } from '../../report/example-study.ts';

const { runs, analysis } = exampleStudy();
const dive = deepDive(runs, analysis)!;
/** Of the example's two described layers; each of the three runs has the same two. */
const fast = analysis.runs[0].layers.map(({ curve }) =>
  fastStretches(curve).map(({ half, from }) => (half ?? from).step),
);

/** A curve with jumps half-way at the steps given. */
function jumpsAt(...steps: readonly number[]): CurveDescription {
  const edge = (step: number) => ({ index: 0, step, interval: [step, step] as const });
  const stretches = steps.map((step) => ({
    ...{ kind: 'rise', pace: 'jump', from: edge(step), half: edge(step), to: edge(step) },
  })) as unknown as Stretch[];
  const described = analysis.runs[0].layers.map(({ curve }) => curve).find((curve) => curve.described)!;
  return { ...described, stretches } as CurveDescription;
}

/** The example's analysis with other curves: one list of jumps for each layer, in every run. */
function withJumps(layers: readonly (readonly number[])[]) {
  return {
    ...analysis,
    runs: analysis.runs.map((run) => ({
      ...run,
      layers: run.layers.map((layer, l) => ({ ...layer, curve: jumpsAt(...layers[l]) })),
    })),
  };
}

describe('the architectures of a study', () => {
  it('are its families, those with most described layers first, with rates over what was measured', () => {
    expect(dive).toMatchObject({ alpha: 0.05, by: 'family' });
    expect(dive.groups.map(({ group, runs: own, layers }) => [group, own, layers])).toEqual([
      ['mlp', 2, 4],
      ['cnn', 1, 2],
    ]);
    const each = fast.flat().length;
    // 195 steps from the first measurement to the last.
    expect(dive.groups[0].overall).toMatchObject({ count: 2 * each, layerSteps: 4 * 195 });
  });

  it('are its architectures where there is one family', () => {
    const mlps = runs.filter(({ family }) => family === 'mlp');
    const own = {
      ...analysis,
      runs: analysis.runs.filter(({ runId }) => mlps.some(({ id }) => id === runId)),
    };
    expect(deepDive(mlps, own)).toMatchObject({
      by: 'architecture',
      groups: [{ group: 'mlp_small', runs: 2 }],
    });
  });

  it('have parts of training that hold every jump once and all of the exposure', () => {
    for (const { course, overall } of dive.groups) {
      const sum = (of: (rate: (typeof course)[number]['rate']) => number): number =>
        course.reduce((total, { rate }) => total + of(rate), 0);
      expect(sum(({ count }) => count)).toBe(overall.count);
      expect(sum(({ layerSteps }) => layerSteps)).toBe(overall.layerSteps);
      expect(course.map(({ from, to }) => [from, to])).toEqual([
        [0, 5],
        [5, 10],
        [10, 20],
        [20, 50],
        [50, 100],
        [100, 195],
      ]);
    }
    // A part holds what lies after its beginning up to its end.
    const [first, second] = deepDive(runs, withJumps([[0, 5], [10], []]))!.groups[0].course;
    expect([first.rate.count, second.rate.count]).toEqual([4, 2]);
  });

  it('say what share comes early beside the share of the steps, and how likely that is of one rate all along', () => {
    const { early } = deepDive(runs, withJumps([[5, 10, 15], [10], [100]]))!.groups[0];
    // Two runs; 20 of 195 steps are the first tenth of 200.
    expect(early).toMatchObject({ count: 8, of: 10, expected: expect.closeTo(20 / 195, 12) });
    // Twice the binomial tail, summed in Python: 2 * sum(comb(10, i) * p**i * (1 - p)**(10 - i) for i in (8, 9, 10)), p = 20/195.
    expect(early?.pValue).toBeCloseTo(9.103897120662583e-7, 14);
    expect(deepDive(runs, withJumps([[5], [], []]))!.groups[0].early).toMatchObject({ count: 2, of: 2 });
  });

  it('hold each layer against the others of its group, adjusted for all of them', () => {
    const often = [10, 30, 50, 70, 90, 110, 130, 150];
    const { byLayer } = deepDive(runs, withJumps([[], often, [60]]))!.groups[0];
    expect(byLayer.map(({ layer }) => layer)).toEqual(['network.2', 'fc', 'network.0']);
    expect(byLayer[0]).toMatchObject({ runs: 2, rate: { count: 16, layerSteps: 390 } });
    // At least 16 of 18 in a third of the exposure, twice that tail, times three for three layers; summed in Python as above.
    expect(byLayer[0].adjustedPValue).toBeCloseTo(1.0051094638931182e-5, 14);
    // One layer alone has nothing to be held against.
    const alone = runs.map((run) => ({ ...run, layers: run.layers.slice(0, 1) }));
    const one = withJumps([[5], [], []]);
    const single = { ...one, runs: one.runs.map((run) => ({ ...run, layers: run.layers.slice(0, 1) })) };
    expect(deepDive(alone, single)!.groups[0].byLayer[0].adjustedPValue).toBe(null);
  });

  it('are nothing where nothing is fast or nothing was described', () => {
    expect(deepDive(runs, withJumps([[], [], []]))).toBe(null);
    expect(deepDive([], { ...analysis, runs: [] })).toBe(null);
  });
});

describe('parts that grow with the step', () => {
  it('begin with the first measured step and end with the last, without slivers', () => {
    expect(stepEdges([Float64Array.of(0, 5, 10, 1995)])).toEqual([
      0, 5, 10, 20, 50, 100, 200, 500, 1000, 1995,
    ]);
    expect(stepEdges([Float64Array.of(0, 40, 130), Float64Array.of(0, 60)])).toEqual([0, 40, 130]);
    expect(stepEdges([Float64Array.of(0, 7)])).toEqual([0, 7]);
    expect(stepEdges([Float64Array.of(0)])).toEqual([0]);
  });
});
