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

  it('are the value itself where it holds no arrays of numbers, and leave it as it was where it does', () => {
    const value = { plain: { steps: [1, 2], name: 'a' }, listed: [[{}], Float64Array.of(1)] };
    const plain = plainNumbers(value) as typeof value;
    expect(plain.plain).toBe(value.plain);
    expect(plain.listed).toEqual([[{}], [1]]);
    expect(value.listed[1]).toEqual(Float64Array.of(1));
  });

  it('keep a name that an assignment would not make', () => {
    const settings = JSON.parse('{"__proto__":{"rate":null},"steps":0}');
    settings.steps = Float64Array.of(1);
    expect(JSON.stringify(plainNumbers(settings))).toBe('{"__proto__":{"rate":null},"steps":[1]}');
  });
});
