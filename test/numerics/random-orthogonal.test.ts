import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { randomOrthogonal } from '../../src/numerics/random-orthogonal.ts';

describe('a random orthogonal matrix', () => {
  it.each([1, 2, 16, 60])('of size %d has orthonormal rows and columns', (n) => {
    const q = randomOrthogonal(n, createRandom(n));
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        let [rows, columns] = [0, 0];
        for (let k = 0; k < n; k++) {
          rows += q[a * n + k] * q[b * n + k];
          columns += q[k * n + a] * q[k * n + b];
        }
        expect(Math.abs(rows - Number(a === b))).toBeLessThan(1e-13);
        expect(Math.abs(columns - Number(a === b))).toBeLessThan(1e-13);
      }
    }
  });

  it('is uniformly distributed: no entry has a mean, and each has variance 1/n', () => {
    const n = 3;
    const draws = Array.from({ length: 2000 }, (_, seed) => randomOrthogonal(n, createRandom(seed)));
    for (let place = 0; place < n * n; place++) {
      const mean = draws.reduce((sum, q) => sum + q[place], 0) / draws.length;
      const square = draws.reduce((sum, q) => sum + q[place] ** 2, 0) / draws.length;
      expect(Math.abs(mean)).toBeLessThan(0.06);
      expect(Math.abs(square - 1 / n)).toBeLessThan(0.03);
    }
  });
});
