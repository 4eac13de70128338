import { describe, expect, it } from 'vitest';
import { type ComparedSide, compareStudies } from '../../../src/findings/comparison/compare-studies.ts';
import { comparisonInWords } from '../../../src/findings/comparison/comparison-in-words.ts';
import type { ComparedQuantity, StudyComparison } from '../../../src/findings/comparison/types.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { simulatedStudy } from './simulated-study.ts';

const random = createRandom('two studies');
const plan = { seeds: 3, layers: 2 };
const study = (title: string, changes = {}): ComparedSide =>
  simulatedStudy(title, { ...plan, ...changes }, random);

const quantities = ({ pairs }: StudyComparison): readonly ComparedQuantity[] =>
  pairs.flatMap((pair) => pair.quantities);
const verdictsOf = (comparison: StudyComparison, kind: ComparedQuantity['kind']): string[] =>
  quantities(comparison)
    .filter((quantity) => quantity.kind === kind)
    .map(({ verdict }) => verdict);

describe('a study beside itself', () => {
  it('shows no difference, number for number', () => {
    const own = study('own');
    const comparison = compareStudies(own, own);
    expect(comparison.same).toBe(true);
    expect(new Set(quantities(comparison).map(({ verdict }) => verdict))).toEqual(new Set(['same']));
    expect(comparisonInWords(comparison)).toEqual([
      'No difference: the two are the same, number for number.',
    ]);
  });

  it('is not the same if one number in the middle of one curve differs', () => {
    const own = study('own');
    const [first, ...others] = own.runs;
    const loss = first.loss.slice();
    loss[40] *= 1.01;
    expect(compareStudies(own, { ...own, runs: [{ ...first, loss }, ...others] }).same).toBe(false);
  });
});

describe('studies that differ in their seeds alone', () => {
  it('differ in anything no more often than the rate says', () => {
    const trials = 40;
    let [alarms, tested, small] = [0, 0, 0];
    for (let i = 0; i < trials; i++) {
      const comparison = compareStudies(study('a'), study('b'));
      if (comparison.differing > 0) alarms++;
      tested += comparison.tested;
      small += comparison.differingAlone;
    }
    // At 5 %, more than 6 of 40 have a chance of 0.3 %.
    expect(alarms).toBeLessThanOrEqual(6);
    // Welch's test of three against three errs on the safe side.
    expect(tested).toBeGreaterThan(trials * 8);
    expect(small / tested).toBeLessThan(0.08);
  });
});

describe('studies that differ on purpose', () => {
  it('are told apart by what their layers end with, and by how far they fall, where that was shifted', () => {
    const comparison = compareStudies(study('a', { seeds: 4 }), study('b', { seeds: 4, shift: 2 }));
    expect(verdictsOf(comparison, 'final value')).toEqual(['differs', 'differs']);
    expect(verdictsOf(comparison, 'amplitude')).toEqual(['differs', 'differs']);
    expect(verdictsOf(comparison, 'half-way step')).not.toContain('differs');
    const [end] = quantities(comparison).filter(({ kind }) => kind === 'final value');
    expect(end.effect).toBeGreaterThan(1);
    expect(end.effect).toBeLessThan(3);
    expect(end.interval![0]).toBeLessThan(end.effect!);
    expect(comparisonInWords(comparison)[0]).toMatch(/^\d of \d+ numbers differ\.$/);
  });

  it('are told apart by when they fall, where that was shifted', () => {
    const comparison = compareStudies(study('a', { seeds: 4 }), study('b', { seeds: 4, fallAt: 600 }));
    expect(verdictsOf(comparison, 'half-way step')).toEqual(['differs', 'differs']);
    expect(verdictsOf(comparison, 'final value')).not.toContain('differs');
    const [half] = quantities(comparison).filter(({ kind }) => kind === 'half-way step');
    expect(half.effect).toBeGreaterThan(130);
    expect(half.effect).toBeLessThan(270);
  });
});

describe('what has no counterpart', () => {
  it('is named: networks, layers, rises and falls', () => {
    const [a, b] = [study('a'), study('b', { layers: 3 })];
    const other = a.runs.map((run) => ({ ...run, id: `${run.id}-2`, architecture: 'other' }));
    const comparison = compareStudies({ ...a, runs: [...a.runs, ...other] }, b);
    expect(comparison.onlyIn).toEqual({ a: ['other, made (3 runs)'], b: [] });
    expect(comparison.pairs[0].layersOnlyIn).toEqual({ a: [], b: ['layer.2'] });
    expect(comparisonInWords(comparison).at(-1)).toBe('Only in a: other, made (3 runs).');
    const flat = b.runs.map((run) => ({
      ...run,
      layers: run.layers.map((layer) => ({
        ...layer,
        series: new Map(
          [...layer.series].map(([id, series]) => [
            id,
            { ...series, values: series.values.map((_, i) => 5 + 0.1 * Math.sin(i * i)) },
          ]),
        ),
      })),
    }));
    const [pair] = compareStudies(a, { ...b, runs: flat }).pairs;
    expect(pair.layers[0].onlyIn).toEqual({ a: [expect.stringMatching(/^falls from (9|10).* to 4/)], b: [] });
  });

  it('leaves nothing to compare where nothing is shared', () => {
    const [a, b] = [study('a'), study('b')];
    const runs = b.runs.map((run) => ({ ...run, architecture: 'x', dataset: 'y' }));
    const comparison = compareStudies(a, { ...b, runs });
    expect(comparison.pairs).toEqual([]);
    expect(comparisonInWords(comparison)[0]).toMatch(/^Nothing to compare/);
    expect(comparison.same).toBe(false);
  });
});

describe('groups that are held against each other', () => {
  it('may differ in a setting, a network or the data, which is said', () => {
    const [a, b] = [study('a'), study('b')];
    const changed = b.runs.map((run) => ({ ...run, hyperparameters: { learningRate: 0.01, warmup: 5 } }));
    const [slower] = compareStudies(a, { ...b, runs: changed }).pairs;
    expect(slower.settings).toEqual([
      { name: 'learningRate', a: '0.001', b: '0.01' },
      { name: 'warmup', a: 'not set', b: '5' },
    ]);
    const renamed = b.runs.map((run) => ({ ...run, architecture: 'net2' }));
    expect(compareStudies(a, { ...b, runs: renamed }).pairs[0].title).toBe('net, made / net2, made');
  });

  it('are not tested with a single run, and the reason is said', () => {
    const [a, b] = [study('a'), study('b')];
    const comparison = compareStudies({ ...a, runs: a.runs.slice(0, 1) }, b);
    expect(verdictsOf(comparison, 'final value')).toEqual(['not tested', 'not tested']);
    const [end] = quantities(comparison).filter(({ kind }) => kind === 'final value');
    expect(end.reason).toContain('at least 2 are needed');
    expect(end.effect).not.toBeNull();
  });

  it('need runs, a rate and a series', () => {
    const own = study('own');
    expect(() => compareStudies(own, { title: 'none', runs: [] })).toThrow(/none; allowed: at least one run/);
    expect(() => compareStudies(own, own, { rate: 0.5 })).toThrow(/rate is 0.5; allowed: from 0.0001 to 0.2/);
    expect(() => compareStudies(own, own, { seriesId: 'nonsense' })).toThrow(/metric is "nonsense"/);
  });
});
