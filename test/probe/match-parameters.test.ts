import { describe, expect, it } from 'vitest';
import { matchParameters, type NamedWeight } from '../../src/probe/match-parameters.ts';
import type { ModelParameter } from '../../src/probe/model-parameters.ts';

const parameter = (name: string, shape: readonly number[], ...values: number[]): ModelParameter => ({
  name,
  shape,
  dataType: 1,
  kind: 'initializer',
  mergedInto: null,
  node: null,
  values: () => Float32Array.from(values),
});
const weight = (name: string, shape: readonly number[], ...values: number[]): NamedWeight => ({
  name,
  shape,
  isReal: true,
  place: name,
  values: () => Float32Array.from(values),
});
const said = (weights: NamedWeight[], parameters: ModelParameter[], exported = true) => {
  const { matches, missing, ambiguous, tied } = matchParameters(weights, parameters, exported);
  return {
    matches: matches.map(
      ({ weight: name, parameter: { name: to }, how, transposed }) =>
        `${name}=${to} ${how}${transposed ? ' T' : ''}`,
    ),
    missing,
    ambiguous: ambiguous.map(({ weight: name }) => name),
    tied,
  };
};

describe('matching the weights of a checkpoint with the parameters of a model', () => {
  it('goes by name, by name without wrappers, and by the end of the name', () => {
    const { matches } = said(
      [weight('a.w', [1], 1), weight('_orig_mod.module.b.w', [1], 2), weight('c.w', [1], 3)],
      [parameter('a.w', [1], 1), parameter('net.b.w', [1], 2), parameter('outer.c.w', [1], 3)],
    );
    expect(matches).toEqual(['a.w=a.w name', '_orig_mod.module.b.w=net.b.w prefix', 'c.w=outer.c.w suffix']);
  });

  it('finds what was renamed by its values, transposed where they are', () => {
    const weights = [weight('fc', [2, 2], 1, 2, 3, 4), weight('out', [2, 1], 5, 6)];
    const parameters = [parameter('onnx::1', [2, 2], 1, 3, 2, 4), parameter('onnx::2', [1, 2], 5, 6)];
    expect(said(weights, parameters).matches).toEqual(['fc=onnx::1 value T', 'out=onnx::2 value T']);
    expect(said(weights, parameters, false).missing).toEqual(['fc', 'out']);
  });

  it('guesses nothing: equal candidates are ambiguous, another shape is no match', () => {
    const zeros = [weight('a', [2], 0, 0), weight('b', [2], 0, 0)];
    expect(said(zeros, [parameter('x', [2], 0, 0), parameter('y', [2], 0, 0)]).ambiguous).toEqual(['a', 'b']);
    expect(said([weight('a', [3], 1, 2, 3)], [parameter('a', [2], 1, 2)]).missing).toEqual(['a']);
  });

  it('knows tied weights by their place', () => {
    const tied = { ...weight('head', [1, 2], 1, 2), place: 'emb' };
    expect(said([weight('emb', [1, 2], 1, 2), tied], [parameter('emb', [1, 2], 1, 2)])).toMatchObject({
      tied: [{ weight: 'head', to: 'emb' }],
      missing: [],
    });
  });
});
