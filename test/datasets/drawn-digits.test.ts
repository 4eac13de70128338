import { beforeAll, describe, expect, it } from 'vitest';
import { drawnDigits } from '../../src/datasets/drawn-digits.ts';
import { takeExamples } from '../../src/datasets/take-examples.ts';
import type { Dataset } from '../../src/datasets/types.ts';
import { createRandom } from '../../src/numerics/random.ts';

let digits: Dataset;
beforeAll(() => {
  digits = drawnDigits({ count: 2500, seed: 'test' });
});

describe('drawnDigits', () => {
  it('gives 28 × 28 images of ten balanced classes', () => {
    const { exampleShape, classes, count, inputs, labels } = digits;
    expect({ exampleShape, classes, count }).toEqual({ exampleShape: [1, 28, 28], classes: 10, count: 2500 });
    expect(inputs.length).toBe(2500 * 784);
    for (let digit = 0; digit < 10; digit++)
      expect(labels.filter((label) => label === digit)).toHaveLength(250);
    expect(new Set(labels.subarray(0, 10)).size).toBe(10);
    expect(labels.subarray(0, 10)).not.toEqual(labels.subarray(10, 20));
  });

  it('are standardized: mean 0, standard deviation 1, ink within [0, 1] before it', () => {
    const mean = digits.inputs.reduce((sum, value) => sum + value, 0) / digits.inputs.length;
    const variance =
      digits.inputs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / digits.inputs.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(Math.sqrt(variance) - 1)).toBeLessThan(0.03);
    const [least, most] = [(0 - 0.1266) / 0.2433, (1 - 0.1266) / 0.2433];
    expect(digits.inputs.every((value) => value >= least - 1e-6 && value <= most + 1e-6)).toBe(true);
  });

  it('gives the same digits for the same seed, others for another, and continues with a larger count', () => {
    const short = drawnDigits({ count: 25, seed: 'test' });
    expect(short.inputs).toEqual(digits.inputs.subarray(0, 25 * 784));
    expect(short.labels).toEqual(digits.labels.subarray(0, 25));
    expect(drawnDigits({ count: 25, seed: 'another' }).inputs).not.toEqual(short.inputs);
  });

  it('draws every digit anew', () => {
    const images = Array.from({ length: 500 }, (_, i) =>
      digits.inputs.subarray(i * 784, (i + 1) * 784).join(),
    );
    expect(new Set(images).size).toBe(500);
  });

  it('refuses a count that is none', () => {
    for (const count of [0, -1, 2.5, Number.NaN])
      expect(() => drawnDigits({ count, seed: 1 })).toThrow(
        `count is ${count}; allowed: a whole number above 0`,
      );
  });

  it('can be learned by a linear model, but not wholly', () => {
    const accuracy = softmaxRegressionAccuracy(range(digits, 0, 1500), range(digits, 1500, 2500));
    expect(accuracy).toBeGreaterThan(0.82);
    expect(accuracy).toBeLessThan(0.94);
  });
});

function range(dataset: Dataset, from: number, to: number): Dataset {
  return takeExamples(
    dataset,
    Uint32Array.from({ length: to - from }, (_, i) => from + i),
  );
}

/** Plain stochastic gradient descent on the cross-entropy of a linear layer; the share of held-out examples it gets right. */
function softmaxRegressionAccuracy(training: Dataset, heldOut: Dataset): number {
  const [width, rate, rng] = [784, 0.002, createRandom(1)];
  const weights = Array.from({ length: 10 }, () => new Float64Array(width + 1));
  const scores = (x: Float32Array) =>
    weights.map((row) => {
      let sum = row[width];
      for (let j = 0; j < width; j++) sum += x[j] * row[j];
      return sum;
    });
  const example = (dataset: Dataset, i: number) => dataset.inputs.subarray(i * width, (i + 1) * width);
  for (let step = 0; step < 6 * training.count; step++) {
    const i = rng.integer(training.count);
    const x = example(training, i);
    const logits = scores(x);
    const most = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0);
    weights.forEach((row, k) => {
      const error = Math.exp(logits[k] - most) / total - (training.labels[i] === k ? 1 : 0);
      for (let j = 0; j < width; j++) row[j] -= rate * error * x[j];
      row[width] -= rate * error;
    });
  }
  const right = Array.from(heldOut.labels).filter((label, i) => {
    const logits = scores(example(heldOut, i));
    return logits.indexOf(Math.max(...logits)) === label;
  });
  return right.length / heldOut.count;
}
