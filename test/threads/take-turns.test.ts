import { describe, expect, it } from 'vitest';
import { takeTurns } from '../../src/threads/take-turns.ts';

const after = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('tasks that are done by turns', () => {
  it('have their results in order, whoever does them and however long they take', async () => {
    const slow = async (n: number) => {
      await after(5);
      return 2 * n;
    };
    const done: number[] = [];
    const results = await takeTurns([slow, (n: number) => 2 * n], [1, 2, 3, 4, 5], (index) =>
      done.push(index),
    );
    expect(results).toEqual([2, 4, 6, 8, 10]);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(done[0]).toBe(1);
  });

  it('fail as the first of them fails, and none are nothing', async () => {
    const failing = takeTurns([() => Promise.reject(new Error('no'))], [1, 2]);
    await expect(failing).rejects.toThrow('no');
    expect(await takeTurns([(n: number) => n], [])).toEqual([]);
  });
});
