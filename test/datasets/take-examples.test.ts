import { describe, expect, it } from 'vitest';
import { takeExamples } from '../../src/datasets/take-examples.ts';

describe('takeExamples', () => {
  const dataset = {
    name: 'three',
    inputs: Float32Array.of(1, 2, 3, 4, 5, 6),
    labels: Uint8Array.of(0, 1, 2),
    exampleShape: [2],
    classes: 3,
    count: 3,
  };

  it('copies the chosen examples in the given order, repeats included', () => {
    expect(takeExamples(dataset, Uint32Array.of(2, 0, 2))).toEqual({
      ...dataset,
      inputs: Float32Array.of(5, 6, 1, 2, 5, 6),
      labels: Uint8Array.of(2, 0, 2),
      count: 3,
    });
  });

  it('refuses an example that is not there', () => {
    expect(() => takeExamples(dataset, Uint32Array.of(3))).toThrow('example id is 3; allowed: 0 to 2');
  });
});
