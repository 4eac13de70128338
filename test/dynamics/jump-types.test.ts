import { describe, expect, it } from 'vitest';
import { type JumpFeatures, jumpFeatures, jumpTypes } from '../../src/dynamics/jump-types.ts';
import { createRandom } from '../../src/numerics/random.ts';

const change = {
  index: 100,
  step: 500,
  interval: [495, 500],
  kind: 'level',
  direction: 'increase',
  effect: 4,
  magnitude: 0.01,
  pValue: null,
} as const;

/** Early large and late small jumps, or jumps of one kind. */
function jumpsOf(clusters: 1 | 2, count: number, seed: string): JumpFeatures[] {
  const rng = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const late = i % clusters;
    return {
      kind: 'level',
      relativeStep: 0.1 + 0.7 * late + 0.02 * rng.normal(),
      logMagnitude: -3 * late + 0.2 * rng.normal(),
      effect: 5 + rng.normal(),
    };
  });
}

describe('jump types', () => {
  it('takes relative step, log size and effect from a change', () => {
    expect(jumpFeatures(change, 2000)).toEqual({
      kind: 'level',
      relativeStep: 0.25,
      logMagnitude: -2,
      effect: 4,
    });
    expect(jumpFeatures({ ...change, effect: Number.NaN, magnitude: 0 }, 2000)).toMatchObject({
      logMagnitude: null,
      effect: null,
    });
  });

  it('finds two planted types and who belongs to which', () => {
    const found = jumpTypes(jumpsOf(2, 80, 'two'), createRandom('two'));
    if (!found.determined) throw new Error(found.reason);
    expect(found.types).toBe(2);
    expect(found.centers.map(({ jumps }) => jumps)).toEqual([40, 40]);
    expect(new Set(found.labels.map((label, i) => `${label} ${i % 2}`)).size).toBe(2);
    const early = found.centers.find(({ center }) => (center.relativeStep ?? 1) < 0.5);
    expect(early?.center.logMagnitude).toBeCloseTo(0, 0);
    expect(found.curve[0].silhouette).toBeNull();
    expect(found.curve[1].silhouette).toBeGreaterThan(0.4);
  });

  it('finds the types of very many with 2,000 of them, and puts every one of the others to its own', () => {
    const found = jumpTypes(jumpsOf(2, 10_001, 'many'), createRandom('many'), { maxTypes: 2, references: 4 });
    if (!found.determined) throw new Error(found.reason);
    expect(found).toMatchObject({ types: 2, foundWith: 2000 });
    expect(found.centers.map(({ jumps }) => jumps).sort()).toEqual([5000, 5001]);
    expect(new Set(found.labels.map((label, i) => `${label} ${i % 2}`)).size).toBe(2);
  });

  it('finds the types of 2,000 with all of them', () => {
    const found = jumpTypes(jumpsOf(2, 2000, 'all'), createRandom('all'), { maxTypes: 2, references: 2 });
    expect(found).not.toHaveProperty('foundWith');
  });

  it('answers one type where there are no types', () => {
    const answers = Array.from({ length: 20 }, (_, trial) => {
      const found = jumpTypes(jumpsOf(1, 60, `one ${trial}`), createRandom(trial), {
        maxTypes: 5,
        references: 10,
      });
      return found.determined ? found.types : null;
    });
    expect(answers.filter((types) => types === 1).length).toBeGreaterThanOrEqual(17);
  });

  it('leaves out changes that are no level jumps, and features that some jumps lack', () => {
    const jumps = jumpsOf(2, 40, 'mixed').map((jump) => ({ ...jump, effect: null }));
    const kink: JumpFeatures = { kind: 'slope', relativeStep: 0.5, logMagnitude: -5, effect: 3 };
    const found = jumpTypes([kink, ...jumps], createRandom(1));
    expect(found).toMatchObject({
      determined: true,
      features: ['relativeStep', 'logMagnitude'],
      excluded: 1,
    });
    expect(found.determined && found.labels[0]).toBeNull();
    expect(found.determined && found.labels).toHaveLength(41);
  });

  it('is undetermined, with a reason, for few or equal jumps', () => {
    expect(jumpTypes(jumpsOf(2, 19, 'few'), createRandom(1))).toMatchObject({
      determined: false,
      reason: expect.stringContaining('19 found'),
    });
    const equal = Array.from({ length: 30 }, () => jumpFeatures(change, 2000));
    expect(jumpTypes(equal, createRandom(1))).toMatchObject({ determined: false });
  });
});
