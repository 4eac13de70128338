import { describe, expect, it } from 'vitest';
import { takeTurns } from '../../src/threads/take-turns.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('tasks that are done by turns', () => {
  it('have their results in order, whoever does them and however long they take', async () => {
    const slow = async (n: number) => {
      await pause(5);
      return 2 * n;
    };
    const done: number[] = [];
    const results = await takeTurns([slow, (n: number) => 2 * n], [1, 2, 3, 4, 5], {
      onDone: (index) => done.push(index),
    });
    expect(results).toEqual([2, 4, 6, 8, 10]);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(done[0]).toBe(1);
  });

  it('about the same thing are done by whoever has begun with it, until there is nothing else', async () => {
    const doneBy: string[] = [];
    const worker = (name: string) => async (task: string) => {
      await pause(2);
      doneBy.push(`${name} ${task}`);
      return task;
    };
    const tasks = ['x1', 'y1', 'x2', 'y2', 'y3', 'y4', 'y5'];
    const about = (task: string) => task[0];
    expect(await takeTurns([worker('a'), worker('b')], tasks, { about })).toEqual(tasks);
    expect(doneBy.filter((done) => done.includes('x'))).toEqual(['a x1', 'a x2']);
    expect(doneBy.filter((done) => done.startsWith('b')).slice(0, 2)).toEqual(['b y1', 'b y2']);
    expect(doneBy.some((done) => done.startsWith('a y'))).toBe(true);
  });

  it('fail as the first in their order does, whoever comes to it and when', async () => {
    const fails = async (n: number) => {
      // The later ones fail sooner.
      await pause(20 - 2 * n);
      if (n === 3 || n > 5) throw new Error(`not ${n}`);
    };
    const tasks = [0, 1, 2, 3, 4, 5, 6, 7, 8];
    for (const workers of [1, 2, 4, 9]) {
      // Those about odd numbers are begun with after all that are about even ones.
      const failing = takeTurns(Array(workers).fill(fails), tasks, { about: (n) => n % 2 });
      await expect(failing).rejects.toThrow('not 3');
    }
  });

  it('that come after one that failed are not begun with', async () => {
    const begun: number[] = [];
    const work = async (n: number) => {
      begun.push(n);
      if (n === 1) throw new Error('no');
    };
    await expect(takeTurns([work], [0, 1, 2, 3])).rejects.toThrow('no');
    expect(begun).toEqual([0, 1]);
  });

  it('fail as the first of them fails, and none are nothing', async () => {
    const failing = takeTurns([() => Promise.reject(new Error('no'))], [1, 2]);
    await expect(failing).rejects.toThrow('no');
    expect(await takeTurns([(n: number) => n], [])).toEqual([]);
  });
});
