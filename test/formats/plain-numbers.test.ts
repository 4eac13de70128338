import { describe, expect, it } from 'vitest';
import { plainNumbers } from '../../src/formats/plain-numbers.ts';

describe('numbers for JSON', () => {
  it('are lists, and null where they are not finite, however deep they stand', () => {
    const value = {
      curve: { values: Float64Array.of(1.5, Number.NaN), last: Number.POSITIVE_INFINITY },
      by: new Map([['loss', [Uint32Array.of(2), undefined]]]),
      left: undefined,
      get asked() {
        return { toJSON: () => Float64Array.of(-0) };
      },
    };
    expect(JSON.stringify(plainNumbers(value))).toBe(
      '{"curve":{"values":[1.5,null],"last":null},"by":{"loss":[[2],null]},"asked":[0]}',
    );
  });
});
