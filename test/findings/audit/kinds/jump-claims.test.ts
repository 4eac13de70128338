import { describe, expect, it } from 'vitest';
import type { NetworkFamily } from '../../../../src/measurements/types.ts';
import { createRandom } from '../../../../src/numerics/random.ts';
import { findingFor, type PlantedLayer, type PlantedRun, plantedRuns, times } from '../planted-study.ts';

const asPublished = { series: 'm', axis: 'step', detector: 'published-z' } as const;

/** Runs of two layers, of which the first jumps at the given steps. */
const jumping = (count: number, jumpsOf: (i: number) => readonly number[]) =>
  plantedRuns(times(count, (i): PlantedRun => ({ layers: [{ jumps: jumpsOf(i) }, {}] })));

describe('share-of-jumps-before', () => {
  const claim = { kind: 'share-of-jumps-before', fraction: 0.3, claimed: 0.833 };

  it('is supported where jumps were planted there', () => {
    const finding = findingFor(
      claim,
      jumping(14, (i) => [300 + 10 * (i % 7)]),
    );
    expect(finding).toMatchObject({ verdict: 'supported', effect: { value: 1, unit: 'share of jumps' } });
    expect(finding.effect?.interval?.[1]).toBe(1);
    expect(finding.runs).toHaveLength(14);
  });

  it('is refuted where they were planted later', () => {
    const finding = findingFor(
      claim,
      jumping(14, (i) => [1000 + 40 * i]),
    );
    expect(finding).toMatchObject({ verdict: 'refuted', effect: { value: 0 } });
    expect(finding.effect?.interval?.[1]).toBeLessThan(0.4);
  });

  it('is not distinguishable from null where an early share is no more than jumps at any time give', () => {
    const rng = createRandom(5);
    const runs = jumping(12, () => [300 + 10 * rng.integer(140)]);
    const finding = findingFor({ ...claim, claimed: 0.3 }, runs);
    expect(finding.verdict).toBe('not distinguishable from null');
    expect(finding.null?.adjustedPValue).toBeGreaterThan(0.05);
  });

  it('is not testable where nothing jumps, and says what is needed', () => {
    const finding = findingFor(
      claim,
      jumping(8, () => []),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null, null: null, runs: [] });
    expect(finding.reason).toMatch(/0 independent groups of runs bear on it.*needed: /);
  });

  it('counts runs of one architecture on data sets that share examples once', () => {
    const runs = plantedRuns(
      times(
        8,
        (i): PlantedRun => ({
          architecture: `net-${i % 4}`,
          dataset: i < 4 ? 'digits' : 'digits-again',
          layers: [{ jumps: [300] }],
        }),
      ),
    );
    expect(findingFor(claim, runs).verdict).toBe('supported');
    const dependent = findingFor(claim, runs, { dependentDatasets: [['digits', 'digits-again']] });
    expect(dependent).toMatchObject({ verdict: 'not testable' });
    expect(dependent.reason).toContain('4 independent groups of runs');
  });
});

describe('no-jumps-after', () => {
  const claim = { kind: 'no-jumps-after', fraction: 0.5 };

  it('is refuted where jumps were planted after it', () => {
    const finding = findingFor(
      claim,
      jumping(10, (i) => [1200 + 40 * i, 1700]),
    );
    expect(finding.verdict).toBe('refuted');
    // One of two layers jumps twice in 1,000 steps.
    expect(finding.effect?.value).toBeCloseTo(1, 1);
  });

  it('is supported where many layers were watched and none jumped', () => {
    const runs = plantedRuns(times(40, (): PlantedRun => ({ layers: times(4, () => ({ jumps: [500] })) })));
    const finding = findingFor(claim, runs);
    expect(finding).toMatchObject({ verdict: 'supported', effect: { value: 0 } });
    expect(finding.effect?.interval?.[1]).toBeLessThan(0.0251);
  });

  it('is not distinguishable from null where too little was watched to rule out more than false alarms', () => {
    const finding = findingFor(
      claim,
      jumping(6, () => [500]),
    );
    expect(finding).toMatchObject({ verdict: 'not distinguishable from null', effect: { value: 0 } });
  });

  it('is refuted by its own rule where that marks events in noise', () => {
    const finding = findingFor(
      claim,
      jumping(6, () => [500]),
      { asPublished },
    );
    expect(finding.verdict).toBe('refuted');
    expect(finding.uncalibratedRule).toBe('published-z');
    expect(finding.effect?.unit).toContain('by published-z');
    expect(finding.reason).toContain('With error control it stays open');
  });

  it('says so where the published axis cannot reach that far', () => {
    const finding = findingFor(
      claim,
      jumping(6, () => [500]),
      {
        asPublished: { ...asPublished, axis: 'index' },
      },
    );
    expect(finding.reason).toContain('no event can lie there');
    expect(finding.reason).toContain('ends at 9.9 % of training');
  });

  it('is not testable where no layer is', () => {
    const constant: PlantedLayer = { noise: 0 };
    const finding = findingFor(claim, plantedRuns(times(8, (): PlantedRun => ({ layers: [constant] }))));
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
  });
});

describe('rate-ratio-between-groups', () => {
  /** Twelve runs of each family with as many jumps as said, in layers as many as said. */
  const families = (jumps: Readonly<Record<string, readonly [number, number]>>) =>
    plantedRuns(
      Object.entries(jumps).flatMap(([family, [count, layers]]) =>
        times(
          12,
          (): PlantedRun => ({
            family: family as NetworkFamily,
            layers: times(layers, () => ({ jumps: times(count, (j) => 300 + 400 * j) })),
          }),
        ),
      ),
    );
  const claim = { kind: 'rate-ratio-between-groups', by: 'family', of: 'cnn', over: ['mlp'] };

  it('is supported for the ratio that was planted, whatever the numbers of layers', () => {
    const finding = findingFor({ ...claim, claimed: 3 }, families({ cnn: [3, 1], mlp: [1, 3] }));
    expect(finding.verdict).toBe('supported');
    expect(finding.effect?.value).toBeCloseTo(3, 1);
  });

  it('is refuted for a ratio of counts over unequal numbers of layers', () => {
    const finding = findingFor({ ...claim, claimed: 3 }, families({ cnn: [1, 3], mlp: [1, 1] }));
    expect(finding.verdict).toBe('refuted');
    expect(finding.effect?.value).toBeCloseTo(1, 1);
  });

  it('is not distinguishable from null where groups jump alike and no number is claimed', () => {
    const finding = findingFor(claim, families({ cnn: [2, 1], mlp: [2, 1] }));
    expect(finding.verdict).toBe('not distinguishable from null');
  });

  it('holds the highest of several groups against the rest', () => {
    const runs = families({ cnn: [4, 1], mlp: [1, 1], transformer: [2, 1] });
    const over = ['mlp', 'transformer'];
    expect(findingFor({ ...claim, over }, runs)).toMatchObject({ verdict: 'supported' });
    const other = findingFor({ ...claim, of: 'transformer', over: ['mlp', 'cnn'] }, runs);
    expect(other.verdict).toBe('refuted');
    expect(other.effect?.value).toBeCloseTo(0.5, 1);
  });

  it('is not testable where a group is missing or too small', () => {
    const finding = findingFor(claim, families({ mlp: [2, 1] }));
    expect(finding).toMatchObject({ verdict: 'not testable', effect: null });
    expect(finding.reason).toContain('(cnn 0, mlp 12)');
  });

  it('keeps an interval with spread where one group never jumps', () => {
    const finding = findingFor({ ...claim, claimed: 1 }, families({ cnn: [0, 1], mlp: [2, 1] }));
    expect(finding.effect?.value).toBe(0);
    expect(finding.effect?.interval?.[1]).toBeGreaterThan(0.01);
  });

  it('reports training sets of different sizes', () => {
    const runs = families({ cnn: [2, 1], mlp: [2, 1] }).map((run, i) => ({
      ...run,
      hyperparameters: { epochs: i < 20 ? 43 : 13 },
    }));
    expect(findingFor(claim, runs).reason).toContain('cnn 43 in 12 runs, mlp 43 in 8 runs, mlp 13 in 4 runs');
  });
});

describe('share-of-jumps-in-kind', () => {
  const kinds = ['input-projection', 'feed-forward-in', 'feed-forward-out', 'classifier'] as const;
  const runsJumpingIn = (kind: (i: number) => (typeof kinds)[number]) =>
    plantedRuns(
      times(
        10,
        (i): PlantedRun => ({
          family: 'transformer',
          layers: kinds.map((each) => ({ kind: each, jumps: each === kind(i) ? [500, 1300] : [] })),
        }),
      ),
    );
  const claim = { kind: 'share-of-jumps-in-kind', family: 'transformer', claimed: 1 };

  it('is supported where all jumps were planted in that kind', () => {
    const finding = findingFor(
      { ...claim, layerKind: 'feed-forward-out' },
      runsJumpingIn(() => 'feed-forward-out'),
    );
    expect(finding).toMatchObject({ verdict: 'supported', effect: { value: 1 } });
  });

  it('is refuted where they were planted in another', () => {
    const finding = findingFor(
      { ...claim, layerKind: 'feed-forward-out' },
      runsJumpingIn(() => 'classifier'),
    );
    expect(finding).toMatchObject({ verdict: 'refuted', effect: { value: 0 } });
  });

  it('is not distinguishable from null where jumps go round all kinds alike', () => {
    const finding = findingFor(
      { ...claim, layerKind: 'feed-forward-out', claimed: 0.25 },
      runsJumpingIn((i) => kinds[i % 4]),
    );
    expect(finding.verdict).toBe('not distinguishable from null');
  });

  it('is about the layers meant where the claim mislabels them, and says so', () => {
    const finding = findingFor(
      { ...claim, layerKind: 'attention-output', measuredKind: 'feed-forward-out' },
      runsJumpingIn((i) => kinds[i % 4]),
    );
    expect(finding.verdict).toBe('refuted');
    expect(finding.reason).toContain('None of the 40 measured layers is of kind attention-output');
  });

  it('is not testable for a kind that was not measured', () => {
    const finding = findingFor(
      { ...claim, layerKind: 'attention-output' },
      runsJumpingIn(() => 'classifier'),
    );
    expect(finding).toMatchObject({ verdict: 'not testable' });
  });

  it('takes kinds and families in words of the log’s own', () => {
    const words = ['selective-scan', 'gate', 'mixer', 'readout'];
    const runs = plantedRuns(
      times(
        10,
        (): PlantedRun => ({
          family: 'state-space',
          layers: words.map((kind) => ({ kind, jumps: kind === 'gate' ? [500, 1300] : [] })),
        }),
      ),
    );
    const own = { ...claim, family: 'state-space' };
    expect(findingFor({ ...own, layerKind: 'gate' }, runs)).toMatchObject({ verdict: 'supported' });
    expect(findingFor({ ...own, layerKind: 'gates' }, runs).reason).toContain(
      'of kind gates; they are of gate, mixer, readout, selective-scan',
    );
  });
});

describe('share-of-jumps-in-first-layer-of-kind', () => {
  const runsJumpingIn = (layer: (i: number) => number) =>
    plantedRuns(
      times(
        12,
        (i): PlantedRun => ({
          family: 'cnn',
          layers: times(4, (l) => ({
            kind: l < 3 ? 'convolution' : 'classifier',
            jumps: l === layer(i) ? [500, 1300] : [],
          })),
        }),
      ),
    );
  const claim = {
    kind: 'share-of-jumps-in-first-layer-of-kind',
    family: 'cnn',
    layerKind: 'convolution',
  };

  it('is supported for the share that was planted there', () => {
    const runs = runsJumpingIn((i) => (i % 4 === 3 ? 2 : 0));
    expect(findingFor({ ...claim, claimed: 0.75 }, runs)).toMatchObject({
      verdict: 'supported',
      effect: { value: expect.closeTo(0.75, 1) },
    });
  });

  it('is refuted where jumps sit in the second layer', () => {
    expect(
      findingFor(
        { ...claim, claimed: 0.51 },
        runsJumpingIn(() => 1),
      ).verdict,
    ).toBe('refuted');
  });

  it('is not distinguishable from null where every layer has its turn', () => {
    expect(
      findingFor(
        { ...claim, claimed: 0.25 },
        runsJumpingIn((i) => i % 4),
      ).verdict,
    ).toBe('not distinguishable from null');
  });

  it('is not testable where no run has such a layer', () => {
    const finding = findingFor(
      { ...claim, layerKind: 'embedding', claimed: 0.5 },
      runsJumpingIn(() => 0),
    );
    expect(finding).toMatchObject({ verdict: 'not testable', runs: [] });
  });
});
