import { describe, expect, it } from 'vitest';
import { analyzeConvergence, depthIndex, stabilizationIndex } from '../../src/published/convergence.ts';
import { syntheticRun } from './synthetic-runs.ts';

/** Swings by half of its mean until `from`, then rests. */
function restsFrom(from: number): Float64Array {
  return Float64Array.from({ length: 400 }, (_, i) => (i < from ? 2 + (i % 2 === 0 ? 1 : -1) : 2));
}

function patternOf(layers: Record<string, number>) {
  const stableRank = new Map(Object.entries(layers).map(([name, from]) => [name, restsFrom(from)]));
  return analyzeConvergence({ ...syntheticRun('mlp_x_mnist', []), stableRank });
}

describe('the published convergence step', () => {
  it('finds the first calm window of twenty', () => {
    // A window keeps the last swing, of variance 1/20 > 0.2², until it has left.
    expect(stabilizationIndex(restsFrom(100))).toBe(100);
    expect(stabilizationIndex(restsFrom(0))).toBe(0);
    expect(stabilizationIndex(restsFrom(400))).toBe(-1);
    expect(stabilizationIndex(new Float64Array(19))).toBe(-1);
  });

  it.each([
    ['network.12', 12],
    ['conv_layers.0', 0],
    ['transformer.layers.3.linear2', 999],
    ['fc', 999],
    ['input_proj', 999],
    ['block2b1', 21],
  ])('gives %s the depth %i', (name, depth) => {
    expect(depthIndex(name)).toBe(depth);
  });

  it('names the order in which layers settle', () => {
    expect(patternOf({ 'n.0': 0, 'n.2': 30, 'n.4': 60, 'n.6': 90 }).pattern).toBe('bottom-up');
    expect(patternOf({ 'n.0': 90, 'n.2': 60, 'n.4': 30, 'n.6': 0 }).pattern).toBe('top-down');
    expect(patternOf({ 'n.0': 30, 'n.2': 0, 'n.4': 90, 'n.6': 60, 'n.8': 20 }).pattern).toBe('simultaneous');
  });

  it('calls layers that settle together unclear, since their correlation is undefined', () => {
    const { correlation, pattern } = patternOf({ 'n.0': 0, 'n.2': 0, 'n.4': 0 });
    expect(correlation).toBeNaN();
    expect(pattern).toBe('unclear');
  });

  it('takes a correlation of 0 where fewer than three layers settle', () => {
    const { correlation, pValue, pattern } = patternOf({ 'n.0': 0, 'n.2': 50, 'n.4': 400 });
    expect([correlation, pValue, pattern]).toEqual([0, 1, 'simultaneous']);
  });
});
