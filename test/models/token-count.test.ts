import { expect, it } from 'vitest';
import { tokenCount } from '../../src/models/token-entrance.ts';

it('cuts an example into as many tokens as the divisor of its size nearest to 16', () => {
  expect([784, 100, 3072, 13, 15, 20, 1].map(tokenCount)).toEqual([16, 20, 16, 13, 15, 20, 1]);
  // 14 and 18 are equally near: the smaller.
  expect(tokenCount(126)).toBe(14);
});
