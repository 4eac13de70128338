import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import type { Tensor } from '../../src/checkpoints/tensor.ts';
import { InputError } from '../../src/errors/input-error.ts';

/** A file put together by hand from the format's description. */
function fileOf(header: unknown, elements: readonly number[] = [], declaredLength?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + elements.length);
  new DataView(bytes.buffer).setBigUint64(0, declaredLength ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(elements, 8 + text.length);
  return bytes;
}

const entry = (dtype: string, shape: unknown, begin: unknown, end: unknown) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

const tensors = new Map<string, Tensor>([
  ['bytes', { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 255) }],
  ['weight', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, -2, 0.5, 3, 4, -0) }],
  ['label', { dtype: 'I64', shape: [2], data: BigInt64Array.of(-1n, 2n ** 62n) }],
  ['loss', { dtype: 'F64', shape: [], data: Float64Array.of(Math.PI) }],
  ['empty', { dtype: 'F32', shape: [0, 5], data: new Float32Array(0) }],
]);

describe('readSafetensors', () => {
  it('reads a file written by hand', () => {
    const bytes = fileOf(
      { __metadata__: { by: 'hand' }, w: entry('F32', [1, 2], 0, 8), f: entry('BOOL', [1], 8, 9) },
      [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 1],
    );
    const file = readSafetensors(bytes);
    expect(file.metadata).toEqual({ by: 'hand' });
    expect([...file.tensors]).toEqual([
      ['w', { dtype: 'F32', shape: [1, 2], data: Float32Array.of(1, -2) }],
      ['f', { dtype: 'BOOL', shape: [1], data: Uint8Array.of(1) }],
    ]);
  });

  it('reads from the middle of a larger buffer, at any alignment', () => {
    const bytes = writeSafetensors(tensors);
    const larger = new Uint8Array(bytes.length + 20);
    larger.set(bytes, 13);
    expect(readSafetensors(larger.subarray(13, 13 + bytes.length)).tensors).toEqual(tensors);
  });

  it('widens 16-bit floats exactly', () => {
    // binary16: 1, -2, the largest finite value, the least subnormal, +inf, -0, NaN
    const half = [0x00, 0x3c, 0x00, 0xc0, 0xff, 0x7b, 0x01, 0x00, 0x00, 0x7c, 0x00, 0x80, 0x00, 0x7e];
    // bfloat16: 1, -2, 2^-133 (subnormal)
    const brain = [0x80, 0x3f, 0x00, 0xc0, 0x01, 0x00];
    const bytes = fileOf({ h: entry('F16', [7], 0, 14), b: entry('BF16', [3], 14, 20) }, [...half, ...brain]);
    const read = readSafetensors(bytes).tensors;
    expect(read.get('h')).toEqual({
      dtype: 'F32',
      shape: [7],
      data: Float32Array.of(1, -2, 65504, 2 ** -24, Number.POSITIVE_INFINITY, -0, Number.NaN),
    });
    expect(read.get('b')).toEqual({ dtype: 'F32', shape: [3], data: Float32Array.of(1, -2, 2 ** -133) });
  });

  it('takes names that are special to JavaScript as plain names', () => {
    const bytes = fileOf('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', [7]);
    const read = readSafetensors(bytes);
    expect([...read.tensors.keys()]).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).dtype).toBeUndefined();
    expect(Object.getPrototypeOf(read.metadata)).toBe(Object.prototype);
  });

  it.each<[string, Uint8Array, string]>([
    ['shorter than its prefix', new Uint8Array(7), 'file length'],
    ['a header longer than the file', fileOf({}, [], 2n ** 63n), 'header length'],
    ['a header that is no JSON', fileOf('{"a":'), 'header'],
    ['a header that is no UTF-8', fileOf({}, [0xff], 3n), 'header'],
    ['a header that is a list', fileOf([]), 'header'],
    ['metadata that are not text', fileOf({ __metadata__: { a: 1 } }), '__metadata__'],
    ['an entry that is no object', fileOf({ a: 1 }), 'a.dtype'],
    ['an unknown type', fileOf({ a: entry('F8', [1], 0, 1) }, [0]), 'a.dtype'],
    ['a type from the prototype', fileOf({ a: entry('constructor', [1], 0, 1) }, [0]), 'a.dtype'],
    ['a negative extent', fileOf({ a: entry('U8', [-1, -1], 0, 1) }, [0]), 'a.shape'],
    ['a fractional extent', fileOf({ a: entry('U8', [0.5, 2], 0, 1) }, [0]), 'a.shape'],
    [
      'a product beyond exact integers',
      fileOf({ a: entry('F32', [2 ** 40, 2 ** 40], 0, 4) }, [0, 0, 0, 0]),
      'a.shape',
    ],
    ['a shape larger than its bytes', fileOf({ a: entry('F32', [2], 0, 4) }, [0, 0, 0, 0]), 'a.data_offsets'],
    ['offsets beyond the end', fileOf({ a: entry('U8', [5], 0, 5) }, [0]), 'a.data_offsets'],
    ['offsets backwards', fileOf({ a: entry('U8', [1], 1, 0) }, [0]), 'a.data_offsets'],
    ['offsets that are text', fileOf({ a: entry('U8', [1], '0', '1') }, [0]), 'a.data_offsets'],
    [
      'overlapping tensors',
      fileOf({ a: entry('U8', [2], 0, 2), b: entry('U8', [2], 1, 3) }, [0, 0, 0]),
      'b.data_offsets',
    ],
    ['a gap', fileOf({ a: entry('U8', [1], 0, 1), b: entry('U8', [1], 2, 3) }, [0, 0, 0]), 'b.data_offsets'],
    ['bytes after the last tensor', fileOf({ a: entry('U8', [1], 0, 1) }, [0, 0]), 'bytes after the header'],
  ])('refuses %s', (_, bytes, field) => {
    expect(() => readSafetensors(bytes, 'x.safetensors')).toThrowError(
      expect.objectContaining({ problem: expect.objectContaining({ file: 'x.safetensors', field }) }),
    );
  });

  it('answers any bytes with tensors or an InputError, never another failure', () => {
    const base = writeSafetensors(tensors, { a: 'b' });
    fc.assert(
      fc.property(fc.nat(base.length - 1), fc.nat(255), fc.nat(base.length), (at, value, length) => {
        const damaged = base.slice(0, Math.max(length, at + 1));
        damaged[at] = value;
        try {
          readSafetensors(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('writeSafetensors', () => {
  it('writes what is read back', () => {
    const back = readSafetensors(writeSafetensors(tensors, { step: '10', __proto__x: 'y' }));
    expect(back.tensors).toEqual(tensors);
    expect(back.metadata).toEqual({ step: '10', __proto__x: 'y' });
  });

  it('writes the same bytes whatever the order, every tensor aligned', () => {
    const bytes = writeSafetensors(tensors, { a: '1', b: '2' });
    expect(writeSafetensors(new Map([...tensors].reverse()), { b: '2', a: '1' })).toEqual(bytes);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    expect(header.label.data_offsets).toEqual([0, 16]);
    expect(header.loss.data_offsets).toEqual([16, 24]);
    expect(header.weight.data_offsets).toEqual([24, 48]);
    expect(header.bytes.data_offsets).toEqual([48, 51]);
  });

  it('writes the bytes of a view, not of the buffer under it', () => {
    const data = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    const back = readSafetensors(writeSafetensors(new Map([['v', { dtype: 'F32', shape: [2], data }]])));
    expect(back.tensors.get('v')!.data).toEqual(Float32Array.of(1, 2));
  });

  it('refuses tensors that contradict themselves', () => {
    const data = Float32Array.of(1, 2);
    const write = (name: string, tensor: Tensor) => () => writeSafetensors(new Map([[name, tensor]]));
    expect(write('a', { dtype: 'F32', shape: [3], data })).toThrow(/a\.shape is "\[3\]"/);
    expect(write('a', { dtype: 'F64', shape: [2], data })).toThrow(/a\.dtype is "F64"/);
    expect(write('__metadata__', { dtype: 'F32', shape: [2], data })).toThrow(/tensor name/);
  });

  it('refuses headers of nothing but empty tensors, and values that cannot be made text', () => {
    const file = (header: string): Uint8Array => {
      const text = new TextEncoder().encode(header);
      const bytes = new Uint8Array(8 + text.length);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
      bytes.set(text, 8);
      return bytes;
    };
    const empty = (count: number) =>
      `{${Array.from({ length: count }, (_, i) => `"${i}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`).join(',')}}`;
    expect(readSafetensors(file(empty(1000))).tensors.size).toBe(1000);
    expect(() => readSafetensors(file(empty(50_000)))).toThrow(/bytes (of memory in all|when parsed)"/);
    for (const hostile of ['{"toString":1}', '[[[]]]', `${'['.repeat(5000)}${']'.repeat(5000)}`]) {
      expect(() =>
        readSafetensors(file(`{"a":{"dtype":${hostile},"shape":[],"data_offsets":[0,0]}}`)),
      ).toThrow(InputError);
      expect(() => readSafetensors(file(`{"__metadata__":${hostile}}`))).toThrow(InputError);
    }
  });
});
