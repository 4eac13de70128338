import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIdx } from '../../src/datasets/idx.ts';
import { InputError } from '../../src/errors/input-error.ts';

describe('readIdx', () => {
  it('reads unsigned bytes', () => {
    const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);
    expect(readIdx(bytes)).toEqual({ shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 255) });
  });

  it('reads big-endian 32-bit integers, from any place in a larger buffer', () => {
    const bytes = Uint8Array.of(9, 0, 0, 12, 1, 0, 0, 0, 2, 0, 0, 1, 2, 0xff, 0xff, 0xff, 0xfe).subarray(1);
    expect(readIdx(bytes)).toEqual({ shape: [2], data: Int32Array.of(258, -2) });
  });

  it.each<[string, number[], string]>([
    ['an empty file', [], 'magic number is "0 bytes long"'],
    ['another magic number', [1, 0, 8, 1, 0, 0, 0, 0], 'magic number is "0x01000801"'],
    ['a type it does not know', [0, 0, 13, 1, 0, 0, 0, 0], 'magic number is "0x00000d01"'],
    ['no axes', [0, 0, 8, 0], 'magic number is "0x00000800"'],
    ['half a header', [0, 0, 8, 3, 0, 0, 0, 1], 'file length is 8; allowed: a header of 16 bytes'],
    ['less than promised', [0, 0, 8, 1, 0, 0, 0, 3, 1, 2], 'file length is 10; allowed: 11 bytes'],
    ['more than promised', [0, 0, 8, 1, 0, 0, 0, 1, 1, 2], 'file length is 10; allowed: 9 bytes'],
    [
      'a product that overflows 64 bits',
      [0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255],
      'file length is 16; allowed: 7.9',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readIdx(Uint8Array.from(bytes), 'labels')).toThrow(InputError);
    expect(() => readIdx(Uint8Array.from(bytes), 'labels')).toThrow(`labels: ${message}`);
  });

  it('answers any bytes with an array or an InputError, never another failure', () => {
    const plausible = fc.tuple(fc.constantFrom(8, 12, 13), fc.nat(5), fc.uint8Array({ maxLength: 40 }));
    fc.assert(
      fc.property(plausible, ([type, axes, rest]) => {
        try {
          const { shape, data } = readIdx(Uint8Array.of(0, 0, type, axes, ...rest));
          expect(data.length).toBe(shape.reduce((product, extent) => product * extent, 1));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
