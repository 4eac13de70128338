import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { createContext } from '../../src/findings/audit/audit-context.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { testHypotheses } from '../../src/hypotheses/test-hypotheses.ts';
import { createRandom, type Random } from '../../src/numerics/random.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import { planModel } from '../../src/study/plan-model.ts';
import { initialWeights } from '../../src/training/train.ts';
import { factsOf } from '../../src/validity/data-checks.ts';
import { plantedRuns } from '../findings/audit/planted-study.ts';
import { evidenceOf } from '../hypotheses/planted-evidence.ts';
import { smallDigits, smallPlan } from '../study/small-study.ts';
import { healthyStudy } from '../validity/data-checks/healthy-study.ts';
import { shownTemplates, templateAt } from './quoted-template.ts';
import { lastLossBelow } from './templates/claim-kind.ts';
import { lossRises } from './templates/data-check.ts';
import { rings } from './templates/data-set.ts';
import { largestDifference } from './templates/detector.ts';
import { lastLossSpec } from './templates/figure.ts';
import { lossFalls } from './templates/hypothesis.ts';
import { readLayerTable } from './templates/importer.ts';
import { hillThree } from './templates/metric.ts';
import { slowWave } from './templates/null-model.ts';
import { weightNorm } from './templates/track.ts';

describe('the templates of docs/extending.md', () => {
  const shown = shownTemplates();

  it('are one of each kind', () => {
    const kinds = [
      'metric',
      'detector',
      'track',
      'null-model',
      'data-check',
      'claim-kind',
      'hypothesis',
      'figure',
      'importer',
      'data-set',
    ];
    expect(shown.map(({ name }) => name)).toEqual(kinds);
  });

  it.each(shown)('$name is the one that is compiled and run here', ({ name, place, code }) => {
    expect(code).toBe(templateAt(name, place));
  });
});

describe('each template works', () => {
  it('metric: three equal directions are three', () => {
    const data = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
    const spectrum = spectrumOf({ data, rows: 3, columns: 3 }, { centering: 'none' });
    expect(hillThree(spectrum)).toEqual({ determined: true, value: expect.closeTo(3, 12) });
  });

  it('detector: a step is found, a constant refused', () => {
    const rng = createRandom('template');
    const steps = Float64Array.from({ length: 100 }, (_, i) => 5 * i);
    const values = steps.map((step) => (step < 300 ? 0 : 5) + 0.1 * rng.normal());
    const detection = largestDifference({ steps, values });
    expect(detection).toMatchObject({ testable: true, changes: [{ step: 300, direction: 'increase' }] });
    expect(largestDifference({ steps, values: values.map(() => 1) }).testable).toBe(false);
  });

  it('track: the norm of the initial weights', async () => {
    const plan = smallPlan({ weights: { every: 4 } });
    const model = planModel(plan, smallDigits);
    const meter = weightNorm.open(plan, model, smallDigits);
    const after = initialWeights(model, createRandom(1));
    const all = [...after.values()].flatMap(({ data }) => Array.from(data));
    const [{ values }] = await meter.measure({ before: after, after }, {} as never, Promise.resolve(null));
    expect(values.norm).toEqual({ determined: true, value: expect.closeTo(Math.hypot(...all), 9) });
    expect([0, 1, 4].map((step) => meter.isDue(step))).toEqual([true, false, true]);
  });

  it('null model: as long as asked, by its seed', () => {
    const wave = slowWave.draw(new Float64Array(50), createRandom(1));
    expect(wave).toHaveLength(50);
    expect(slowWave.draw(new Float64Array(50), createRandom(1))).toEqual(wave);
  });

  it('data check: a loss that rises is found, a healthy study is not', () => {
    const [first, ...others] = healthyStudy();
    const rising = { ...first, loss: first.loss.toReversed() };
    expect(lossRises.check(factsOf([first, ...others]), createRandom(1))).toEqual([]);
    expect(lossRises.check(factsOf([rising, ...others]), createRandom(1))).toMatchObject([
      { check: 'loss-rises', run: first.id, count: 1 },
    ]);
  });

  it('claim kind: a mean with its interval and p-value', () => {
    const layers = [{}, {}];
    const runs = plantedRuns([0, 1, 2, 3, 4, 5, 6, 7, 8].map((r) => ({ layers, loss: () => 1 + 0.1 * r })));
    const analysis = analyzeStudy(runs);
    const context = createContext(
      {
        runs,
        analysis,
        checks: [],
        checkpoints: [],
        asPublished: null,
        alpha: 0.05,
        resamples: 199,
        rng: createRandom(1),
      },
      [],
    );
    const claim = { id: 'a', claim: 'All learn.', kind: 'last-loss-below', loss: 2 } as const;
    const assessment = lastLossBelow.assess(claim, context);
    expect(assessment).toMatchObject({ testable: true, effect: { value: expect.closeTo(1.4, 6) } });
  });

  it('hypothesis: a loss that falls where layers jump supports it, one that rises refutes it, a flat one leaves it open', () => {
    const layers = [{ jumps: [600] }];
    const verdictOf = (loss: (step: number, rng: Random) => number) => {
      const runs = plantedRuns(Array.from({ length: 8 }, () => ({ architecture: 'net', layers, loss })));
      return testHypotheses(evidenceOf(runs), { hypotheses: [lossFalls] }).findings[0].verdict;
    };
    expect(verdictOf((step) => (step < 600 ? 2 : 1))).toBe('supported');
    expect(verdictOf((step) => (step < 600 ? 1 : 2))).toBe('refuted');
    expect(verdictOf((_, rng) => 2 + 0.1 * rng.normal())).toBe('not distinguishable from null');
  });

  it('figure: draws its runs', async () => {
    const svg = await renderSvg(lastLossSpec('Losses', [{ id: 'mine', loss: 0.5 }]));
    expect(svg).toContain('>mine<');
    expect(svg).toContain('>Last loss<');
  });

  it('importer: a table becomes a run, and something else is refused', () => {
    const run = readLayerTable('step,encoder\n0,9\n10,5\n', 'log.csv', 'stable_rank');
    expect(run.layers[0].series.get('stable_rank')?.values).toEqual(Float64Array.of(9, 5));
    expect(() => readLayerTable('a,b\n1,2\n', 'log.csv', 'stable_rank')).toThrow(/log\.csv: columns/);
  });

  it('data set: points of class c lie about 1 + c from the origin', () => {
    const data = { kind: 'rings', classes: 3, perClass: 50, noise: 0.01 } as const;
    const { inputs, labels, count } = rings.draw(data, createRandom('template'));
    expect(count).toBe(rings.shape(data).count);
    for (let i = 0; i < count; i++) {
      expect(Math.abs(Math.hypot(inputs[2 * i], inputs[2 * i + 1]) - 1 - labels[i])).toBeLessThan(0.06);
    }
  });
});
