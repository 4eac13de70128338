import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { selectKth } from '../../src/numerics/select.ts';

describe('selecting the k-th smallest value', () => {
  it('gives what sorting puts there, and parts the values around it', () => {
    const few = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(few, fc.nat(), (data, draw) => {
        const k = draw % data.length;
        const values = Float64Array.from(data);
        const found = selectKth(values, k);
        expect(found).toBe(Float64Array.from(data).sort()[k]);
        expect(values.subarray(0, k).every((value) => value <= found)).toBe(true);
        expect(values.subarray(k).every((value) => value >= found)).toBe(true);
        expect(values.sort()).toEqual(Float64Array.from(data).sort());
      }),
    );
  });

  it('of many values, ascending, descending, alike and drawn', () => {
    const random = createRandom(1);
    for (const at of [(i: number) => i, (i: number) => -i, () => 7, () => random.normal()]) {
      const values = Float64Array.from({ length: 3001 }, (_, i) => at(i));
      expect(selectKth(values.slice(), 1000)).toBe(values.sort()[1000]);
    }
  });

  it('refuses a place beyond the values', () => {
    expect(() => selectKth(Float64Array.of(1, 2), 2)).toThrow('allowed: a whole number from 0 to 1');
  });
});
