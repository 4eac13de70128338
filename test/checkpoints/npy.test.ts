import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy, readNpz } from '../../src/checkpoints/npy.ts';
import { InputError } from '../../src/errors/input-error.ts';

const golden = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, 'golden', name));

/** A version 1 file put together by hand. */
function npy(header: string, data: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  return Uint8Array.of(
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    text.length & 255,
    text.length >> 8,
    ...text,
    ...data,
  );
}

describe('readNpz', () => {
  it('reads what NumPy wrote: every type, either byte order, either memory order', () => {
    expect(Object.fromEntries(readNpz(golden('arrays.npz')))).toEqual({
      float64: { dtype: 'F64', shape: [2, 3], data: Float64Array.of(0, 0.25, 0.5, 0.75, 1, 1.25) },
      float32_columns: { dtype: 'F32', shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) },
      int16_big_endian: {
        dtype: 'I16',
        shape: [2, 3],
        data: Int16Array.of(-300, -299, -298, -297, -296, -295),
      },
      float16: { dtype: 'F32', shape: [2], data: Float32Array.of(0.5, -2) },
      bool: { dtype: 'BOOL', shape: [2], data: Uint8Array.of(1, 0) },
      scalar: { dtype: 'F64', shape: [], data: Float64Array.of(2.5) },
      one_axis: { dtype: 'U64', shape: [1], data: BigUint64Array.of(2n ** 60n) },
      empty: { dtype: 'F32', shape: [0, 3], data: new Float32Array(0) },
    });
  });

  it('refuses a file that is no zip archive', () => {
    expect(() => readNpz(Uint8Array.of(1, 2, 3), 'a.npz')).toThrow(/a\.npz: zip archive is/);
  });
});

describe('readNpy', () => {
  it('refuses Python objects', () => {
    expect(() => readNpy(golden('object.npy'), 'o.npy')).toThrow(
      /o\.npy: descr is .*'\|O'.*allowed: one of f8, f4/,
    );
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['other files', new Uint8Array(20), /first bytes/],
    ['an unknown version', npy('').fill(9, 6, 7), /format version is 9|first bytes/],
    ['a header beyond the end', npy("{'descr': '<f4'").fill(255, 8, 9), /header length is 255/],
    ['a missing shape', npy("{'descr': '<f4', 'fortran_order': False, }", [0, 0, 0, 0]), /shape/],
    ['a shape beyond exact integers', npy("{'descr': '<f4', 'shape': (9007199254740993, 4), }"), /shape/],
    [
      'less data than promised',
      npy("{'descr': '<f4', 'shape': (2,), }", [0, 0, 0, 0]),
      /data is "4 bytes"; allowed: 8/,
    ],
    [
      'more data than promised',
      npy("{'descr': '<u1', 'shape': (), }", [0, 0]),
      /data is "2 bytes"; allowed: 1/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNpy(bytes)).toThrow(InputError);
    expect(() => readNpy(bytes)).toThrow(message);
  });

  it('answers any bytes with a tensor or an InputError, never another failure', () => {
    const base = npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", new Array(24).fill(1));
    fc.assert(
      fc.property(fc.nat(base.length - 1), fc.nat(255), (at, value) => {
        const damaged = base.slice();
        damaged[at] = value;
        try {
          const { shape, data } = readNpy(damaged);
          expect(data.length).toBe(shape.reduce((product, extent) => product * extent, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
