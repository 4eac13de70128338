import { describe, expect, it } from 'vitest';
import type { StudyCheckpoint } from '../../../../src/findings/audit/audit-context.ts';
import { createRandom } from '../../../../src/numerics/random.ts';
import {
  findingFor,
  type PlantedLayer,
  type PlantedRun,
  plantedRuns,
  plantedSteps,
  times,
} from '../planted-study.ts';

const study = (count: number, run: (i: number) => PlantedRun) => plantedRuns(times(count, run));

describe('stable-from-start', () => {
  const claim = { kind: 'stable-from-start' };
  const decaying: PlantedLayer = { level: (step) => 100 + 100 * Math.exp(-step / 300) };

  it('is supported where layers are constant but for noise', () => {
    const finding = findingFor(
      { ...claim, atMost: 0.15 },
      study(30, () => ({ layers: [{}] })),
    );
    expect(finding).toMatchObject({ verdict: 'supported', effect: { value: 0 } });
  });

  it('is refuted where half of them were planted to move', () => {
    const finding = findingFor(
      claim,
      study(10, () => ({ layers: [decaying, {}] })),
    );
    expect(finding).toMatchObject({ verdict: 'refuted', effect: { value: 0.5 } });
  });

  it('takes a move within the tolerance for none', () => {
    const little: PlantedLayer = { level: (step) => 100 + 8 * Math.exp(-step / 300), noise: 0.1 };
    const runs = study(10, () => ({ layers: [little] }));
    expect(findingFor(claim, runs).effect?.value).toBe(0);
    expect(findingFor({ ...claim, tolerance: 0.05 }, runs).effect?.value).toBe(1);
  });

  it('is not distinguishable from null where too few runs bear on it to tell', () => {
    const finding = findingFor(
      claim,
      study(6, () => ({ layers: [{}] })),
    );
    expect(finding.verdict).toBe('not distinguishable from null');
  });

  it('is not testable for fewer than five independent groups of runs', () => {
    const finding = findingFor(
      claim,
      study(4, () => ({ layers: [decaying] })),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
  });

  it('reports the effect without runs that did not learn', () => {
    const runs = study(10, (i) => ({ layers: i < 5 ? [decaying] : [{}] }));
    const checks = [
      {
        check: 'runs-at-chance',
        severity: 'warning',
        run: null,
        layer: null,
        series: null,
        message: '',
        value: null,
        runs: runs.slice(0, 5).map(({ id }) => id),
        count: 5,
        of: 10,
      },
    ] as const;
    const finding = findingFor(claim, runs, { checks });
    expect(finding.reason).toContain('Without the 5 runs at chance accuracy: 0 % of layers.');
    expect(finding.checks).toEqual(['runs-at-chance']);
  });
});

describe('coordination-share', () => {
  const claim = { kind: 'coordination-share', claimed: 0.8 };
  const burst = (at: number): PlantedLayer => ({
    level: (step) => 100 + (step >= at && step < at + 200 ? 20 * Math.sin(step / 20) : 0),
  });

  it('is supported where layers were planted to move at once', () => {
    const finding = findingFor(
      claim,
      study(8, () => ({ layers: times(8, () => burst(900)) })),
    );
    expect(finding).toMatchObject({ verdict: 'supported', effect: { value: 1 } });
    expect(finding.reason).toContain('8 of 8 testable runs');
  });

  it('is refuted where each layer moves at its own time', () => {
    const runs = study(16, () => ({ layers: times(8, (l) => burst(100 + 225 * l)) }));
    expect(findingFor(claim, runs).verdict).toBe('refuted');
  });

  it('does not count runs whose few layers all meet by chance', () => {
    const finding = findingFor(
      claim,
      study(8, () => ({ layers: [{}, {}] })),
    );
    expect(finding).toMatchObject({ verdict: 'not testable' });
  });

  it('shows that a fixed share of layers is met by chance', () => {
    const finding = findingFor(
      { ...claim, rule: 0.3 },
      study(6, () => ({ layers: times(6, () => ({})) })),
    );
    expect(finding.reason).toContain('in over 95 % of draws in 6 of 6 runs');
  });
});

describe('loss-coupling', () => {
  const claim = { kind: 'loss-coupling', claimed: 0.568 };
  /** Layers move fast in every fifth interval; the loss falls there, or anywhere at random. */
  const staircase: PlantedLayer = { level: (step) => 100 + 10 * Math.floor((step + 30) / 50), noise: 0.1 };
  const follows = (step: number) => 50 - Math.floor((step + 30) / 50) + 0.001 * (step % 50);

  it('is supported where the loss was planted to fall with the layers', () => {
    const finding = findingFor(
      claim,
      study(8, () => ({ layers: [staircase, staircase], loss: follows })),
    );
    expect(finding.verdict).toBe('supported');
    expect(finding.effect?.value).toBeGreaterThan(0.3);
  });

  it('is refuted where it rises with them', () => {
    const rises = (step: number) => -follows(step);
    expect(
      findingFor(
        claim,
        study(8, () => ({ layers: [staircase], loss: rises })),
      ).verdict,
    ).toBe('refuted');
  });

  it('finds nothing where both change most at the start, and have nothing to do with each other', () => {
    const settling: PlantedLayer = { level: (step) => 100 + 300 * Math.exp(-step / 200), noise: 3 };
    const finding = findingFor(
      claim,
      study(12, () => ({
        layers: times(4, () => settling),
        loss: (step, rng) => 3 * Math.exp(-step / 150) + 0.2 * rng.normal(),
      })),
    );
    expect(finding.null?.pValue).toBeGreaterThan(0.05);
    expect(finding.verdict).not.toBe('supported');
  });

  it('is not testable without a loss', () => {
    const finding = findingFor(
      claim,
      study(8, () => ({ layers: [staircase], loss: () => Number.NaN })),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
  });
});

describe('jump-types', () => {
  const claim = { kind: 'jump-types', claimed: 3 };
  /** Large jumps in the middle between small ones early and late. */
  const threeTypes = () =>
    study(20, () => ({
      layers: times(3, (l) => ({ jumps: [300 + 650 * l], jumpSize: l === 1 ? 200 : 12 })),
    }));

  it('is supported for as many types as were planted', () => {
    const finding = findingFor(claim, threeTypes());
    expect(finding).toMatchObject({ verdict: 'supported', effect: { value: 3, interval: [3, 3] } });
  });

  it('is refuted where types were planted, but not as many', () => {
    expect(findingFor({ ...claim, claimed: 6 }, threeTypes())).toMatchObject({ verdict: 'refuted' });
  });

  it('is not distinguishable from null where jumps form one cloud', () => {
    const rng = createRandom(3);
    const runs = study(20, () => ({ layers: times(3, () => ({ jumps: [200 + 10 * rng.integer(160)] })) }));
    expect(findingFor(claim, runs)).toMatchObject({
      verdict: 'not distinguishable from null',
      effect: { value: 1, interval: [1, 8] },
    });
  });

  it('is not testable for fewer than 20 jumps', () => {
    const finding = findingFor(
      claim,
      study(6, () => ({ layers: [{ jumps: [700] }] })),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
    expect(finding.reason).toContain('at least 20 are needed');
  });
});

describe('jumps-with-initial-transient', () => {
  const claim = { kind: 'jumps-with-initial-transient' };
  const loss = (step: number) => 2.3 * Math.exp(-step / 300);

  it('is refuted where jumps come long after it', () => {
    const finding = findingFor(
      claim,
      study(10, (i) => ({ layers: [{ jumps: [1300 + 20 * i, 1700] }], loss })),
    );
    expect(finding).toMatchObject({ verdict: 'refuted', effect: { value: 0 } });
  });

  it('is not testable where they come with it: that would follow, but proves nothing', () => {
    const finding = findingFor(
      claim,
      study(10, (i) => ({ layers: [{ jumps: [250 + 20 * i] }], loss })),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
    expect(finding.reason).toContain('needed: checkpoints from step 0 on');
  });

  it('is not testable where the loss does not fall', () => {
    const finding = findingFor(
      claim,
      study(10, () => ({ layers: [{ jumps: [300] }], loss: (step) => step })),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
  });
});

describe('no-late-learning', () => {
  const claim = { kind: 'no-late-learning' };
  const evaluated = (accuracies: readonly number[]) =>
    accuracies.map((accuracy, i) => ({ step: 500 * (i + 1), accuracy, examples: 1000 }));
  const runs = (accuracies: (i: number) => readonly number[]) =>
    study(10, (i) => ({ layers: [{}], evaluations: evaluated(accuracies(i)) }));

  it('is supported where accuracy stays within the tolerance', () => {
    const finding = findingFor(
      claim,
      runs((i) => [0.7, 0.9, 0.9, 0.9 + 0.001 * (i % 3)]),
    );
    expect(finding.verdict).toBe('supported');
    expect(finding.effect?.value).toBeCloseTo(0.0009, 10);
  });

  it('is refuted where it was planted to rise late', () => {
    const finding = findingFor(
      claim,
      runs((i) => [0.5, 0.6, 0.7, 0.8 + 0.001 * i]),
    );
    expect(finding.verdict).toBe('refuted');
  });

  it('is not distinguishable from null where gains scatter around none', () => {
    const finding = findingFor(
      claim,
      runs((i) => [0.7, 0.8, 0.8, 0.8 + (i % 2 === 0 ? 0.05 : -0.05)]),
    );
    expect(finding.verdict).toBe('not distinguishable from null');
  });

  it('is not testable with one accuracy at the end, however the training loss falls', () => {
    const finding = findingFor(
      claim,
      study(10, () => ({
        layers: [{}],
        loss: (step) => Math.exp(-step / 300),
        evaluations: [{ step: 2000, accuracy: 0.9, examples: null }],
      })),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
    expect(finding.reason).toContain('10 runs of 10 evaluated once');
    expect(finding.reason).toContain('less than half of it in 10 of 10 runs');
  });
});

describe('filters-fixed-since', () => {
  const claim = { kind: 'filters-fixed-since', step: 100, layerKind: 'convolution' };
  const runs = study(1, () => ({
    family: 'cnn',
    layers: [
      { name: 'conv', kind: 'convolution', features: 16 },
      { name: 'fc', kind: 'classifier', features: 10 },
    ],
  }));
  /** Filters that have made this part of their way at step 100. */
  const checkpoints = (part: number, filters = 16): StudyCheckpoint[] => {
    const rng = createRandom(9);
    const start = Float64Array.from({ length: filters * 9 }, () => rng.normal());
    const move = start.map(() => rng.normal());
    return [
      [0, 0],
      [100, part],
      [2000, 1],
    ].map(([step, done]) => ({
      run: 'run-0',
      step,
      tensors: new Map([
        [
          'conv.weight',
          {
            shape: [filters, 1, 3, 3],
            data: start.map((value, k) => value + done * move[k] + (step === 100 ? 0.01 * rng.normal() : 0)),
          },
        ],
        ['fc.weight', { shape: [10, 4], data: new Float64Array(40) }],
      ]),
    }));
  };

  it('is supported where filters had arrived by then', () => {
    const finding = findingFor(claim, runs, { checkpoints: checkpoints(1) });
    expect(finding.verdict).toBe('supported');
    expect(finding.effect?.value).toBeLessThan(0.05);
  });

  it('is refuted where half the way still lay ahead', () => {
    const finding = findingFor(claim, runs, { checkpoints: checkpoints(0.5) });
    expect(finding.verdict).toBe('refuted');
    expect(finding.effect?.value).toBeCloseTo(0.5, 1);
  });

  it('is not testable with the checkpoints of another network', () => {
    const finding = findingFor(claim, runs, { checkpoints: checkpoints(1, 32) });
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
    expect(finding.reason).toContain('not of run-0: its layer conv has 32 outputs, the run');
  });

  it('is not testable without the untrained filters, or without any', () => {
    expect(findingFor(claim, runs, { checkpoints: checkpoints(1).slice(1) }).verdict).toBe('not testable');
    expect(findingFor(claim, runs).reason).toMatch(/^No checkpoints were given; needed: /);
  });
});

it('measures planted series at every tenth step', () => {
  expect([plantedSteps.length, plantedSteps[1], plantedSteps.at(-1)]).toEqual([200, 10, 1990]);
});
