import { describe, expect, it } from 'vitest';
import { copyingScore } from '../../../src/mechanisms/attention/copying-score.ts';
import type { Matrix } from '../../../src/spectra/types.ts';
import { expectClose, reference } from '../reference.ts';

const matrix = (values: readonly number[], rows: number): Matrix => ({
  ...{ data: Float64Array.from(values), rows, columns: values.length / rows },
});
const [value, output] = [matrix(reference.value, 12), matrix(reference.output, 12)];

describe('the copying score', () => {
  it('is that of the eigenvalues of the whole circuit, in the stream and from token to logit', () => {
    expectClose(copyingScore({ value, output, heads: 3 }), reference.copying, 10);
    const tokens = {
      embedding: matrix(reference.embedding, 20),
      unembedding: matrix(reference.unembedding, 20),
    };
    expectClose(copyingScore({ value, output, heads: 3 }, tokens), reference.copyingTokens, 10);
  });

  it('is 1 for a head that gives back what it reads, −1 for one that takes it away', () => {
    const reads = matrix([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], 4);
    const writes = matrix([2, 0, 0, 0, 0, 2, 0, 0, 0, 0, -3, 0, 0, 0, 0, -1], 4);
    expect(copyingScore({ value: reads, output: writes, heads: 2 })).toEqual([
      { determined: true, value: 1 },
      { determined: true, value: -1 },
    ]);
  });

  it('of a head that moves nothing, or has a weight that is no number, says so', () => {
    const none = matrix(Array(16).fill(0), 4);
    const [silent] = copyingScore({ value: none, output: none, heads: 1 });
    expect(silent).toMatchObject({ reason: expect.stringMatching(/moves nothing/) });
    const broken = matrix([Number.NaN, ...Array(15).fill(1)], 4);
    expect(copyingScore({ value: broken, output: none, heads: 1 })[0]).toMatchObject({
      reason: expect.stringMatching(/not finite/),
    });
  });

  it('refuses shapes that do not belong together', () => {
    expect(() => copyingScore({ value, output, heads: 5 })).toThrow(/5 heads divide/);
    const narrow = { embedding: matrix([1, 2], 1), unembedding: matrix([1, 2], 1) };
    expect(() => copyingScore({ value, output, heads: 3 }, narrow)).toThrow(/\[tokens, 12\]/);
  });
});
