import { describe, expect, it } from 'vitest';
import { exclusive } from '../../src/training/exclusive.ts';

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

describe('an exclusive', () => {
  it('is in the hands of one caller at a time, in the order of the calls', async () => {
    const memory = exclusive({ x: '' });
    const take = (name: string) =>
      memory.use(async (owned) => {
        owned.x = name;
        await turnOfTheLoop();
        return `${name} finds ${owned.x}`;
      });
    expect(await Promise.all(['a', 'b', 'c'].map(take))).toEqual(['a finds a', 'b finds b', 'c finds c']);
  });

  it('is used at once where nobody has it, before anything that waits for the event loop', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('event loop'));
    const used = exclusive(order).use((owned) => owned.push('used'));
    order.push('asked');
    await used;
    await turnOfTheLoop();
    expect(order).toEqual(['asked', 'used', 'event loop']);
  });

  it('passes a failure to the one who asked, and goes on to the next', async () => {
    const memory = exclusive([1, 2]);
    const failed = memory.use(async () => {
      await turnOfTheLoop();
      throw new Error('no');
    });
    const thrown = memory.use(() => {
      throw new Error('neither');
    });
    const next = memory.use((owned) => owned.length);
    await expect(failed).rejects.toThrow('no');
    await expect(thrown).rejects.toThrow('neither');
    expect(await next).toBe(2);
  });

  it('is closed once, after everything asked for before, and serves nobody after that', async () => {
    const ends: string[] = [];
    const memory = exclusive(ends);
    const used = memory.use(async (owned) => {
      await turnOfTheLoop();
      owned.push('used');
    });
    const end = (owned: string[]): void => {
      owned.push('closed');
    };
    const closed = [memory.close(end), memory.close(end)];
    await expect(memory.use(() => ends.push('late'))).rejects.toThrow('used after it was closed');
    await Promise.all([used, ...closed]);
    expect(ends).toEqual(['used', 'closed']);
  });
});
