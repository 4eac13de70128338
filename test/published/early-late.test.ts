import { describe, expect, it } from 'vitest';
import { firstNumber, timingOf } from '../../src/published/early-late.ts';

describe('the published early and late', () => {
  it.each([
    [0, null],
    [0.0005, 'early'],
    [0.1, 'early'],
    [0.1005, 'mid'],
    [0.5, 'mid'],
    [0.5005, 'late'],
    [1, 'late'],
    [1.1, null],
  ])('puts phase %d in %s', (phase, timing) => {
    expect(timingOf(phase)).toBe(timing);
  });

  it.each([
    ['network.12', 12],
    ['transformer.layers.3.linear2', 3],
    ['fc', 999],
    ['input_proj', 0],
  ])('gives %s the depth %i', (layer, depth) => {
    expect(firstNumber(layer)).toBe(depth);
  });
});
