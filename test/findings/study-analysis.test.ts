import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { commonSeries } from '../../src/findings/choose-series.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { garwoodInterval } from '../../src/numerics/garwood-interval.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { steps } from '../dynamics/planted-series.ts';

/** White noise, and from `at` on a level that is `size` higher. */
const series = (seed: string, at = 0, size = 0): Float64Array => {
  const rng = createRandom(seed);
  return Float64Array.from(steps, (_, i) => 10 + rng.normal() + (i >= at ? size : 0));
};

const jumping = plantedRun([series('a', 200, 8), series('b'), series('c')], {
  id: 'jumping',
  architecture: 'wide',
});
const still = plantedRun([series('d'), series('e'), series('f')], { id: 'still', architecture: 'narrow' });

describe('the analysis of a study', () => {
  const analysis = analyzeStudy([jumping, still]);

  it('finds the planted jump in its layer and nowhere else', () => {
    const found = analysis.runs.flatMap(({ runId, layers }) =>
      layers.flatMap(({ layer, detection }) =>
        detection.testable ? detection.changes.map(({ step }) => [runId, layer, step]) : [],
      ),
    );
    expect(found).toEqual([['jumping', 'network.0', steps[200]]]);
  });

  it('counts it per layer and 1,000 steps in its own group', () => {
    const rateOf = (group: string) => analysis.rates.find((rate) => rate.group === group)?.rate;
    const covered = 3 * (steps[steps.length - 1] - steps[0]);
    expect(rateOf('wide')).toMatchObject({ count: 1, layerSteps: covered, per1000: 1000 / covered });
    expect(rateOf('narrow')).toMatchObject({ count: 0, layerSteps: covered });
    expect(rateOf('mlp')).toMatchObject({ count: 1, layerSteps: 2 * covered });
  });

  it('gives rates the interval of its own level, not always 95 %', () => {
    const widthAt = (alpha: number): number => {
      const { rate } = analyzeStudy([jumping], { alpha }).rates[0];
      return rate.determined ? rate.interval[1] - rate.interval[0] : Number.NaN;
    };
    const [low, high] = garwoodInterval(1, 0.99);
    expect(widthAt(0.01) / widthAt(0.05)).toBeGreaterThan(1.2);
    expect(widthAt(0.01)).toBeCloseTo(((high - low) * 1000) / (3 * (steps[steps.length - 1] - steps[0])), 12);
  });

  it('counts no kink of the slope as a jump', () => {
    const rng = createRandom('kink');
    const bent = Float64Array.from(steps, (_, i) => rng.normal() + Math.max(0, i - 200));
    const { runs, rates, jumpTypes } = analyzeStudy([plantedRun([bent], { id: 'bent' })]);
    const [{ detection }] = runs[0].layers;
    expect(detection.testable && detection.changes.map(({ kind }) => kind)).toEqual(['slope']);
    expect(rates[0].detected).toMatchObject({ layers: 1, rate: { count: 0 } });
    // Of the curve it is a rise, surely faster than the level before it.
    expect(rates[0].rate).toMatchObject({ count: 1 });
    expect(jumpTypes).toMatchObject({ determined: false, reason: expect.stringMatching(/^1 found/) });
  });

  it('keeps it when all six series are looked at together', () => {
    expect(analysis.falseDiscoveries).toMatchObject({
      determined: true,
      series: 6,
      changes: 1,
      surviving: 1,
    });
  });

  it('says how many rises and falls hold over all curves', () => {
    const { inRuns, overSeeds } = analysis.heldStretches;
    expect(inRuns).toMatchObject({ series: 6, found: 1, holding: 1, rate: 0.05 });
    expect(overSeeds).toBeNull();
  });

  it('gives no rate, not 0, where no layer could be looked at', () => {
    const nothing = plantedRun([steps.map(() => Number.NaN)], { id: 'nothing' });
    const [rate] = analyzeStudy([nothing]).rates;
    expect(rate).toMatchObject({
      layers: 0,
      rate: { determined: false, reason: 'no layer could be described' },
    });
    expect(rate.detected.rate).toMatchObject({ determined: false });
  });

  it('is the same whatever else is in the study, and in whichever order', () => {
    const [other] = analyzeStudy([still, jumping]).runs.slice(1);
    expect(other).toEqual(analysis.runs[0]);
  });

  it('analyses the series asked for, and says which there are', () => {
    expect(analysis.seriesId).toBe('stable_rank');
    expect(commonSeries([jumping, still])).toEqual(['stable_rank']);
    expect(() => analyzeStudy([jumping], { seriesId: 'stable_rnk' })).toThrow('did you mean stable_rank?');
    expect(() => analyzeStudy([])).toThrow(InputError);
  });
});
