import { describe, expect, it } from 'vitest';
import { readCifar10 } from '../../src/datasets/cifar10.ts';

/** A record whose planes are filled with one value each. */
function record(label: number, planes: readonly [number, number, number]): Uint8Array {
  return Uint8Array.of(label, ...planes.flatMap((value) => new Array<number>(1024).fill(value)));
}

describe('readCifar10', () => {
  it('joins files and standardizes each channel', () => {
    const dataset = readCifar10([{ bytes: record(3, [0, 51, 255]) }, { bytes: record(9, [255, 0, 0]) }]);
    expect(dataset).toMatchObject({ name: 'cifar10', exampleShape: [3, 32, 32], classes: 10, count: 2 });
    expect([...dataset.labels]).toEqual([3, 9]);
    const channels = [0, 1024, 2048, 3071, 3072].map((i) => dataset.inputs[i]);
    const expected = [-0.4914 / 0.247, (0.2 - 0.4822) / 0.2435, (1 - 0.4465) / 0.2616, (1 - 0.4465) / 0.2616];
    [...expected, (1 - 0.4914) / 0.247].forEach((value, i) => void expect(channels[i]).toBeCloseTo(value, 6));
  });

  it('refuses half a record and a label above 9', () => {
    expect(() => readCifar10([{ bytes: new Uint8Array(3072), file: 'b.bin' }])).toThrow(
      'b.bin: file length is 3072; allowed: a multiple of 3073',
    );
    expect(() => readCifar10([{ bytes: new Uint8Array(0) }])).toThrow(/file length is 0/);
    expect(() => readCifar10([{ bytes: record(10, [0, 0, 0]), file: 'b.bin' }])).toThrow(
      'b.bin: label 0 is 10',
    );
  });
});
