import { describe, expect, it } from 'vitest';
import { initializationEscape } from '../../src/hypotheses/questions/early-changes.ts';
import { unitsSelect } from '../../src/hypotheses/questions/inside-changes.ts';
import { hypotheses } from '../../src/hypotheses/registry.ts';
import { relabelWindows } from '../../src/hypotheses/relabel-windows.ts';
import { hypothesesNamed, testHypotheses } from '../../src/hypotheses/test-hypotheses.ts';
import type { Answer, Hypothesis } from '../../src/hypotheses/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { determined } from '../../src/spectra/determined.ts';
import { plantedEvidence } from './planted-evidence.ts';

/** A hypothesis with a given answer. */
const answering = (name: string, pValue: number, effect = 1, smallestPValue = 0.001): Hypothesis => ({
  ...{ name, question: 'Is it so?', claim: 'It is so.', measure: 'm', windows: 'all' },
  test: (): Answer => ({
    ...{ tested: true, statistic: 's', predicted: 1, model: 'chance', pValue, smallestPValue },
    effect: { value: effect, interval: [effect - 1, effect + 1], unit: 'm' },
    ...{ observations: 10, groups: 8, runs: [] },
  }),
});

describe('hypotheses about what goes with changes', () => {
  const test = (runs: number, effect: number) =>
    testHypotheses(plantedEvidence({ runs, effect }), { hypotheses: [unitsSelect] }).findings[0];

  it('are supported where the measure moves with the changes, by as much as it does', () => {
    const finding = test(8, 0.5);
    expect(finding).toMatchObject({
      verdict: 'supported',
      groups: 8,
      effect: { unit: 'in selectivity_index' },
    });
    expect(finding.effect!.interval![0]).toBeLessThan(0.5);
    expect(finding.effect!.interval![1]).toBeGreaterThan(0.5);
    expect(finding.null!.pValue).toBe(2 / 256);
    expect(finding.sentence).toMatch(/^Supported: Units become more class-selective .* Effect 0\.\d+ in /);
  });

  it('are refuted where it moves the other way, and open where it does not move', () => {
    expect(test(8, -0.5).verdict).toBe('refuted');
    expect(test(8, 0).verdict).toBe('not distinguishable from null');
  });

  it('cannot be decided by three seeds, however large the effect, and say so', () => {
    const finding = test(3, 5);
    expect(finding.verdict).toBe('not testable');
    expect(finding.effect!.value).toBeGreaterThan(4);
    expect(finding.reason).toMatch(/so few groups give no p-value below 0\.25: needs more seeds/);
  });

  it('count runs that share network, data and seed once', () => {
    const evidence = plantedEvidence({ runs: 8, effect: 0.5 });
    const runs = evidence.runs.map((run, i) => ({ ...run, seed: i >> 1 }));
    const [finding] = testHypotheses({ ...evidence, runs }, { hypotheses: [unitsSelect] }).findings;
    expect(finding).toMatchObject({ groups: 4, verdict: 'not testable' });
  });

  it('say what they need where nothing was measured', () => {
    const { findings } = testHypotheses({ ...plantedEvidence({ runs: 8, effect: 1 }), atCheckpoints: [] });
    expect(findings.map(({ id }) => id)).toEqual(hypotheses.map(({ name }) => name));
    const heads = findings.find(({ id }) => id === 'heads-focus')!;
    expect(heads.verdict).toBe('not testable');
    expect(heads.reason).toMatch(/^Needs checkpoints .*--plan-from-first-pass/);
    expect(findings.find(({ id }) => id === 'early-changes-sharpen')!.reason).toMatch(/sharpness: \{every/);
    expect(findings.find(({ id }) => id === 'learning-rate-moves-changes')!.reason).toMatch(/grid: \{learn/);
  });
});

describe('testing together', () => {
  const evidence = plantedEvidence({ runs: 2, effect: 0 });
  const verdicts = (...given: Hypothesis[]) =>
    testHypotheses(evidence, { hypotheses: given }).findings.map(({ verdict }) => verdict);

  it('controls the false discovery rate over all that can be decided', () => {
    expect(verdicts(answering('a', 0.04))).toEqual(['supported']);
    expect(verdicts(answering('a', 0.04), answering('b', 0.9))).toEqual([
      'not distinguishable from null',
      'not distinguishable from null',
    ]);
    // One that could never be decided takes nothing from the others.
    expect(verdicts(answering('a', 0.04), answering('b', 0.9, 1, 0.25))).toEqual([
      'supported',
      'not testable',
    ]);
  });

  it('gives each the same draws whichever others are tested, and names none twice', () => {
    const draw: Hypothesis = {
      ...answering('a', 0.5),
      test: (_, { random }) => answering('a', random.uniform()).test(evidence, { random, alpha: 0.05 }),
    };
    const p = (...given: Hypothesis[]) =>
      testHypotheses(evidence, { hypotheses: given }).findings.at(-1)!.null!.pValue;
    expect(p(answering('b', 0.1), draw)).toBe(p(draw));
    expect(() => verdicts(draw, draw)).toThrow(/hypotheses is "a"; allowed: a name of its own/);
    expect(() => hypothesesNamed(['heads-fokus'])).toThrow(/did you mean heads-focus/);
  });
});

describe('false positives', () => {
  it('come at most as often as stated where windows are relabeled at random', () => {
    const evidence = plantedEvidence({ runs: 8, effect: 0.5 });
    const random = createRandom('relabeled');
    const rounds = 300;
    let wrong = 0;
    for (let round = 0; round < rounds; round++) {
      const plan = relabelWindows(evidence.plan, random);
      const [{ verdict }] = testHypotheses({ ...evidence, plan }, { hypotheses: [unitsSelect] }).findings;
      if (verdict === 'supported' || verdict === 'refuted') wrong++;
    }
    // 0.05 of 300, and three standard errors.
    expect(wrong).toBeLessThanOrEqual(26);
  });

  it('nor where all that moves the measure is time, and early windows alone are looked at', () => {
    const bare = plantedEvidence({ runs: 8, effect: 0 });
    // Much early, little late, whatever the curves do.
    const atCheckpoints = bare.atCheckpoints.map(({ step, ...rest }) => ({
      ...{ ...rest, step, measure: 'weight_change' },
      value: determined(Math.log1p(step)),
    }));
    const random = createRandom('time');
    const rounds = 300;
    let wrong = 0;
    for (let round = 0; round < rounds; round++) {
      const plan = relabelWindows(bare.plan, random);
      const evidence = { ...bare, atCheckpoints, plan };
      const [{ verdict }] = testHypotheses(evidence, { hypotheses: [initializationEscape] }).findings;
      if (verdict === 'supported' || verdict === 'refuted') wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(26);
  });

  it('and the test is able to reject: without relabeling it always does', () => {
    const plan = relabelWindows(plantedEvidence({ runs: 8, effect: 0.5 }).plan, createRandom(3));
    expect(plan).not.toEqual(plantedEvidence({ runs: 8, effect: 0.5 }).plan);
    for (let seed = 0; seed < 5; seed++) {
      const evidence = plantedEvidence({ runs: 8, effect: 0.5, seed });
      expect(testHypotheses(evidence, { hypotheses: [unitsSelect] }).findings[0].verdict).toBe('supported');
    }
  });
});
