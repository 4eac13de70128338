import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { batchOrder } from '../../src/training/batch-order.ts';

describe('batch order', () => {
  it('takes 47 steps for 1,500 examples in batches of 32, the last of 28, as the published logs do', () => {
    const batchAt = batchOrder(1500, 32, createRandom(1));
    expect(batchAt(45).examples).toHaveLength(32);
    expect(batchAt(46).examples).toHaveLength(28);
    expect([batchAt(46).epoch, batchAt(47).epoch, batchAt(1995).epoch]).toEqual([1, 2, 43]);
  });

  it('goes through all examples once in every epoch', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(3),
        (count, size, epoch) => {
          const batchAt = batchOrder(count, size, createRandom(2));
          const steps = Math.ceil(count / size);
          const seen = Array.from({ length: steps }, (_, i) => [
            ...batchAt(epoch * steps + i).examples,
          ]).flat();
          expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        },
      ),
    );
  });

  it('orders each epoch anew, and the same seed alike from wherever it starts', () => {
    const batchAt = batchOrder(20, 20, createRandom(3));
    const first = [...batchAt(0).examples];
    const second = [...batchAt(1).examples];
    expect(second).not.toEqual(first);
    expect([...batchOrder(20, 20, createRandom(3))(1).examples]).toEqual(second);
    expect([...batchAt(0).examples]).toEqual(first);
  });
});
