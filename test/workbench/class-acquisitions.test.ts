import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/measurements/types.ts';
import type { MechanismValue } from '../../src/mechanisms/measures.ts';
import { determined, undetermined } from '../../src/spectra/determined.ts';
import { classAcquisitions } from '../../src/workbench/class-acquisitions.ts';

const evaluation = (step: number, perClass?: (number | null)[]): Evaluation => ({
  ...{ step, accuracy: 0.5, examples: 100 },
  ...(perClass !== undefined && { perClass }),
});

/** Accuracies of class 0 at checkpoints; null where it has no example there. */
const atCheckpoints = (...accuracies: (number | null)[]): MechanismValue[] =>
  accuracies.map((value, i) => ({
    ...{ measure: 'class_accuracy', subject: 'class 0', step: 10 * i },
    value: value === null ? undetermined('class 0 has no example in the probe') : determined(value),
  }));

describe('when classes of a run are acquired and forgotten', () => {
  it('is told by logged evaluations, where they have accuracies by class', () => {
    const evaluations = [
      evaluation(0, [0.1, 0.9]),
      evaluation(50),
      evaluation(100, [0.7, 0.2]),
      evaluation(150, [0.8, 0.1]),
    ];
    // The checkpoints would say otherwise.
    expect(classAcquisitions({ id: 'a', evaluations }, atCheckpoints(1, 1, 1))).toEqual([
      {
        ...{ run: 'a', label: 0, measuredAt: 'evaluations', reason: null },
        spans: [{ acquired: 100, notBefore: 0, forgotten: null }],
      },
      // Right once is not acquired.
      { run: 'a', label: 1, measuredAt: 'evaluations', reason: null, spans: [] },
    ]);
  });

  it('is told by checkpoints where fewer than two evaluations have them', () => {
    const evaluations = [evaluation(0), evaluation(100, [0.1])];
    expect(classAcquisitions({ id: 'a', evaluations }, atCheckpoints(0.1, 0.6, 0.9, 0.2, 0.1))).toEqual([
      {
        ...{ run: 'a', label: 0, measuredAt: 'checkpoints', reason: null },
        spans: [{ acquired: 10, notBefore: 0, forgotten: 30 }],
      },
    ]);
  });

  it('is not known of a class without examples, and the reason says so', () => {
    const [found] = classAcquisitions({ id: 'a', evaluations: [] }, atCheckpoints(null, null));
    expect(found).toMatchObject({ spans: [], reason: 'class 0 has no example' });
  });

  it('is nothing where nothing was measured by class', () => {
    expect(classAcquisitions({ id: 'a', evaluations: [evaluation(0), evaluation(1)] }, [])).toEqual([]);
  });
});
