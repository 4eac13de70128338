import { describe, expect, it } from 'vitest';
import { orderedLog } from '../../src/study/ordered-log.ts';

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}

describe('an ordered log', () => {
  it('writes in the order of the calls, whatever is ready first', async () => {
    const written: string[] = [];
    const { write, flush } = orderedLog(4);
    const [first, third] = [deferred<string>(), deferred<string>()];
    await write(first.promise, (text) => written.push(text));
    await write('second', (text) => written.push(text));
    await write(third.promise, (text) => written.push(text));
    third.resolve('third');
    await Promise.resolve();
    expect(written).toEqual([]);
    first.resolve('first');
    await flush();
    expect(written).toEqual(['first', 'second', 'third']);
  });

  it('has written when it returns, if nothing may be due', async () => {
    const written: string[] = [];
    await orderedLog(0).write(Promise.resolve('now'), (text) => written.push(text));
    expect(written).toEqual(['now']);
  });

  it('waits where more than so many are due, and only for as many as it must', async () => {
    const written: number[] = [];
    const { write } = orderedLog(1);
    const contents = [deferred<number>(), deferred<number>()];
    await write(contents[0].promise, (value) => written.push(value));
    const second = write(contents[1].promise, (value) => written.push(value));
    contents[0].resolve(0);
    await second;
    expect(written).toEqual([0]);
  });

  it.each([
    ['making what is written', () => Promise.reject(new Error('no')), () => {}],
    [
      'writing',
      () => 1,
      () => {
        throw new Error('no');
      },
    ],
  ])('tells the next one who waits that %s failed, and writes nothing after it', async (_, make, fail) => {
    const written: number[] = [];
    const { write, flush } = orderedLog(4);
    await write(make(), fail);
    await write(2, (value) => written.push(value));
    await expect(flush()).rejects.toThrow('no');
    await expect(flush()).rejects.toThrow('no');
    expect(written).toEqual([]);
  });
});
