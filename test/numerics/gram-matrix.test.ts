import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addGram } from '../../src/numerics/gram-matrix.ts';

describe('the Gram matrix', () => {
  it('holds the inner products of all pairs of rows in its lower triangle, for any shape', () => {
    const panels = fc
      .record({ order: fc.integer({ min: 1, max: 11 }), width: fc.integer({ min: 0, max: 9 }) })
      .chain((shape) =>
        fc
          .array(fc.integer({ min: -1000, max: 1000 }), {
            minLength: shape.order * shape.width,
            maxLength: shape.order * shape.width,
          })
          .map((values) => ({ ...shape, values })),
      );
    fc.assert(
      fc.property(panels, ({ order, width, values }) => {
        const gram = new Float64Array(order * order);
        addGram(gram, order, Float64Array.from(values), width);
        // Integers of this size are summed without rounding.
        const expected = Float64Array.from({ length: order * order }, (_, at) => {
          const [i, j] = [Math.floor(at / order), at % order];
          if (j > i) return 0;
          let sum = 0;
          for (let k = 0; k < width; k++) sum += values[i * width + k] * values[j * width + k];
          return sum;
        });
        expect(gram).toEqual(expected);
      }),
    );
  });

  it('adds to what is there, so that panels can be summed one after the other', () => {
    const gram = new Float64Array(4);
    addGram(gram, 2, Float64Array.of(1, 2, 3, 4), 2);
    expect(Array.from(gram)).toEqual([5, 0, 11, 25]);
    addGram(gram, 2, Float64Array.of(10, 20), 1);
    expect(Array.from(gram)).toEqual([105, 0, 211, 425]);
  });

  it('ignores the tail of a longer panel', () => {
    const gram = new Float64Array(1);
    addGram(gram, 1, Float64Array.of(3, 4, 100), 2);
    expect(gram[0]).toBe(25);
  });
});
