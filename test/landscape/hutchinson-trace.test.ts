import { describe, expect, it } from 'vitest';
import { hutchinsonTrace } from '../../src/landscape/hutchinson-trace.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { randomSymmetric } from '../numerics/symmetric-matrices.ts';
import { found, operatorOf } from './operators.ts';

const order = 20;
const matrix = randomSymmetric(order, createRandom('trace'));
const { apply } = operatorOf(matrix, order);
const trace = matrix.reduce((sum, value, at) => (at % (order + 1) === 0 ? sum + value : sum), 0);
const squares = matrix.reduce((sum, value) => sum + value * value, 0);

describe('the trace by random signs', () => {
  it('has the expectation, the spread and the standard error that theory gives', async () => {
    const results = [];
    for (let seed = 0; seed < 400; seed++) {
      results.push(found(await hutchinsonTrace(apply, order, createRandom(seed), { probes: 20 })));
    }
    const diagonal = matrix.reduce((sum, x, at) => (at % (order + 1) === 0 ? sum + x * x : sum), 0);
    const error = Math.sqrt((2 * (squares - diagonal)) / 20);
    const mean = results.reduce((sum, result) => sum + result.trace.value, 0) / 400;
    expect(Math.abs(mean - trace)).toBeLessThan((4 * error) / 20);
    const spread = Math.sqrt(results.reduce((sum, r) => sum + (r.trace.value - trace) ** 2, 0) / 400);
    expect(Math.abs(spread / error - 1)).toBeLessThan(0.15);
    const stated = results.reduce((sum, r) => sum + r.trace.standardError! ** 2, 0) / 400;
    expect(Math.abs(Math.sqrt(stated) / error - 1)).toBeLessThan(0.1);
    // Student's t with 19 degrees of freedom: 2.093 for 95 %.
    const covered = results.filter(
      (r) => Math.abs(r.trace.value - trace) < 2.093 * r.trace.standardError!,
    ).length;
    expect(covered).toBeGreaterThan(400 * 0.92);
    expect(covered).toBeLessThan(400 * 0.98);
    const meanSquares = results.reduce((sum, r) => sum + r.squares.value, 0) / 400;
    expect(Math.abs(meanSquares / squares - 1)).toBeLessThan(0.02);
  });

  it('is exact for a diagonal matrix, of any probe', async () => {
    const diagonal = async (v: Float64Array) => v.map((value, i) => (i - 1) * value);
    const result = found(await hutchinsonTrace(diagonal, 5, createRandom(1), { probes: 3 }));
    expect(result).toEqual({
      determined: true,
      trace: { value: 5, standardError: 0 },
      squares: { value: 15, standardError: 0 },
    });
    const one = found(await hutchinsonTrace(diagonal, 5, createRandom(1), { probes: 1 }));
    expect(one.trace).toEqual({ value: 5, standardError: null });
  });

  it('is undetermined where a product is not finite, and refuses what cannot be', async () => {
    const broken = async (v: Float64Array) => v.map(() => Number.NaN);
    expect(await hutchinsonTrace(broken, 3, createRandom(1))).toEqual({
      determined: false,
      reason: 'product 1 with the operator is not finite',
    });
    await expect(hutchinsonTrace(apply, order, createRandom(1), { probes: 0 })).rejects.toThrow(
      'probes is 0',
    );
    await expect(hutchinsonTrace(async () => new Float64Array(2), 3, createRandom(1))).rejects.toThrow(
      '2 elements; allowed: 3',
    );
  });
});
