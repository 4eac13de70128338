import { describe, expect, it } from 'vitest';
import { stationaryLaw } from '../../../src/datasets/synthetic/markov-chains.ts';
import { drawSynthetic, type SyntheticData } from '../../../src/datasets/synthetic/synthetic-data.ts';
import { exampleData } from './example-data.ts';

const drawn = (kind: SyntheticData['kind'], changes: object = {}) =>
  drawSynthetic(kind, { ...exampleData.find((one) => one.kind === kind)!, ...changes } as SyntheticData);

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('a linear teacher', () => {
  const { inputs, targets, count } = drawn('linear_teacher');

  it('has inputs of mean 0 and covariance 1, the same in every copy', () => {
    const covariance = Array.from({ length: 5 }, (_, a) =>
      Array.from({ length: 5 }, (_, b) => {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += inputs[i * 10 + a] * inputs[i * 10 + b];
        return sum / count;
      }),
    );
    covariance.forEach((row, a) => {
      row.forEach((value, b) => {
        expect(value).toBeCloseTo(a === b ? 1 : 0, 6);
      });
    });
    for (let i = 0; i < count; i++) {
      expect(inputs.subarray(i * 10, i * 10 + 5)).toEqual(inputs.subarray(i * 10 + 5, i * 10 + 10));
    }
  });

  it('maps them by its singular values: the squares of its answers add up to Σ s² an example', () => {
    expect((targets as Float32Array).reduce((sum, value) => sum + value * value, 0) / count).toBeCloseTo(
      3 ** 2 + 1,
      4,
    );
  });
});

describe('modular addition', () => {
  it('is every pair with its sum', () => {
    const { inputs, labels } = drawn('modular_addition');
    // Pair 5 · 7 + 4: 5 + 4 = 9 = 2 modulo 7.
    expect([...inputs.subarray(2 * 39, 2 * 40)]).toEqual([5, 4]);
    expect(labels[39]).toBe(2);
    const hot = drawn('modular_addition', { encoding: 'one-hot' }).inputs.subarray(39 * 14, 40 * 14);
    expect([...hot].flatMap((value, i) => (value === 1 ? [i] : []))).toEqual([5, 7 + 4]);
  });
});

describe('Gaussian classes', () => {
  it('have no mean, and the spread around their centers that was asked for', () => {
    const { inputs, labels } = drawn('gaussian_classes');
    for (let d = 0; d < 3; d++) expect(mean(inputs.filter((_, i) => i % 3 === d))).toBeCloseTo(0, 5);
    const ofCluster = inputs.filter((_, i) => i % 3 === 0 && Math.floor(i / 3) % 5 === 2);
    const center = mean(ofCluster);
    expect(Math.sqrt(mean(ofCluster.map((value) => (value - center) ** 2)))).toBeCloseTo(0.5, 1);
    expect([...labels.subarray(0, 6)]).toEqual([0, 1, 2, 0, 1, 0]);
  });

  it('may have labels that mean nothing', () => {
    const { labels } = drawn('gaussian_classes', { labels: 'random' });
    for (const label of [0, 1, 2]) {
      expect(labels.filter((one) => one === label).length / labels.length).toBeCloseTo(1 / 3, 1);
    }
    expect([...labels.subarray(0, 20)]).not.toEqual([...labels.subarray(5, 25)]);
  });
});

describe('a checkerboard', () => {
  it('has neighbors of other colors, half of each, around the corners of its grid', () => {
    const { inputs, labels } = drawn('checkerboard');
    expect(mean(labels)).toBe(0.5);
    expect([...labels.subarray(0, 8)]).toEqual([0, 1, 0, 1, 1, 0, 1, 0]);
    const [x, y] = [inputs[2 * 6], inputs[2 * 6 + 1]];
    // Field 6 is the third of the second row.
    expect(Math.abs(x - 1 / 3)).toBeLessThan(0.3);
    expect(Math.abs(y + 1 / 3)).toBeLessThan(0.3);
  });
});

describe('Markov chains', () => {
  const { inputs, labels } = drawn('markov_chains');

  it('ask for the symbol that comes next', () => {
    for (let i = 0; i < 100; i++) {
      expect([...labels.subarray(i * 40, i * 40 + 39)]).toEqual([
        ...inputs.subarray(i * 40 + 1, i * 40 + 40),
      ]);
    }
  });

  it('are each its own: pairs in a sequence tell more than symbols', () => {
    // Mean over sequences of the share of the commonest successor of symbol 0 is above that of the commonest symbol.
    let [pairs, alone] = [0, 0];
    const most = (counts: number[]): number => Math.max(...counts) / counts.reduce((a, b) => a + b, 1e-9);
    for (let i = 0; i < 3000; i++) {
      const [after, all] = [
        [0, 0, 0],
        [0, 0, 0],
      ];
      for (let t = 0; t < 40; t++) {
        all[labels[i * 40 + t]]++;
        if (inputs[i * 40 + t] === 0) after[labels[i * 40 + t]]++;
      }
      pairs += most(after) / 3000;
      alone += most(all) / 3000;
    }
    expect(pairs).toBeGreaterThan(alone + 0.05);
  });

  it('start from their stationary law: no place in a sequence differs from another', () => {
    const shareAt = (t: number): number =>
      mean(Array.from({ length: 3000 }, (_, i) => Number(inputs[i * 40 + t] === 0)));
    expect(Math.abs(shareAt(0) - shareAt(39))).toBeLessThan(0.05);
    // Of the chain 0 → 1 always, 1 → 0 or 1 alike: a third and two thirds.
    const law = stationaryLaw(Float64Array.of(0, 1, 0.5, 0.5), 2);
    expect(law[0]).toBeCloseTo(1 / 3, 12);
    expect(law[1]).toBeCloseTo(2 / 3, 12);
  });
});

describe('repeated tokens', () => {
  it('come again after their half', () => {
    const { inputs, labels } = drawn('repeated_tokens');
    for (let i = 0; i < 50; i++) {
      const own = inputs.subarray(i * 11, (i + 1) * 11);
      expect([...own.subarray(6)]).toEqual([...own.subarray(0, 5)]);
      expect(labels[i * 11 + 10]).toBe(own[5]);
    }
  });
});

describe('sparse features', () => {
  it('are present as often as asked, uniform when they are, and are to be given back', () => {
    const { inputs, targets, importance } = drawn('sparse_features');
    const present = inputs.filter((value) => value > 0);
    expect(present.length / inputs.length).toBeCloseTo(0.3, 1);
    expect(mean(present)).toBeCloseTo(0.5, 1);
    expect(targets).toEqual(inputs);
    expect(importance).toEqual([1, 0.9, 0.9 ** 2, 0.9 ** 3]);
  });
});

describe('small digits', () => {
  it('are standardized, with the mean image taken away and classes balanced', () => {
    const { inputs, labels } = drawn('small_digits');
    for (const place of [0, 90, 195])
      expect(mean(inputs.filter((_, i) => i % 196 === place))).toBeCloseTo(0, 4);
    expect(mean(inputs.map((value) => value * value))).toBeCloseTo(1, 4);
    expect(labels.filter((label) => label === 3)).toHaveLength(6);
  });
});
