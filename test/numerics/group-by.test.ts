import { expect, it } from 'vitest';
import { groupBy } from '../../src/numerics/group-by.ts';

it('groups by key, groups and members in the order in which they come', () => {
  expect([...groupBy([3, 1, 4, 1, 5, 9], (value) => (value % 2 === 0 ? 'even' : 'odd'))]).toEqual([
    ['odd', [3, 1, 1, 5, 9]],
    ['even', [4]],
  ]);
  expect(groupBy([], () => 0).size).toBe(0);
});
