import type { Random } from '../../src/numerics/random.ts';

/** Makes another file of one; `other` is a valid file of the same format. */
export type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

/** Most bytes of a case: large enough to show what grows with the square, small enough for many cases. */
export const largestCase = 2 ** 16;

const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** Breaks any format: it knows bytes only. */
export const byteMutations: readonly Mutation[] = [
  // A flipped bit.
  edit((bytes, random) => {
    bytes[random.integer(bytes.length)] ^= 1 << random.integer(8);
  }),
  // A byte of another value.
  edit((bytes, random) => {
    bytes[random.integer(bytes.length)] = extremes[random.integer(5)];
  }),
  // A length or count at an extreme, of any width and order.
  edit((bytes, random) => {
    const width = [2, 4, 8][random.integer(3)];
    if (bytes.length < width) return;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const at = random.integer(bytes.length - width + 1);
    const little = random.integer(2) === 0;
    const value = [...extremes, bytes.length, bytes.length + 1, 2 * bytes.length][
      random.integer(extremes.length + 3)
    ];
    if (width === 2) view.setUint16(at, value, little);
    else if (width === 4) view.setUint32(at, value, little);
    else view.setBigUint64(at, BigInt(value) << BigInt(32 * random.integer(2)), little);
  }),
  // Zeros over a stretch, as a disk leaves them.
  edit((bytes, random) => {
    const [from, to] = stretch(bytes, random);
    bytes.fill(0, from, to);
  }),
  // Cut short.
  (bytes, random) => bytes.slice(0, random.integer(bytes.length + 1)),
  // A stretch lost.
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  // A stretch doubled, or repeated until the file is large.
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    const most = Math.max(1, Math.floor((largestCase - bytes.length) / Math.max(1, to - from)));
    const times = random.integer(4) === 0 ? random.integer(most) + 1 : 1;
    return joined(
      bytes.subarray(0, to),
      ...Array<Uint8Array>(times).fill(bytes.subarray(from, to)),
      bytes.subarray(to),
    );
  },
  // The beginning of one file and the end of another.
  (bytes, random, other) =>
    joined(
      bytes.subarray(0, random.integer(bytes.length + 1)),
      other.subarray(random.integer(other.length + 1)),
    ),
  // Random bytes put in.
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    const inserted = Uint8Array.from({ length: 1 + random.integer(16) }, () => random.integer(256));
    return joined(bytes.subarray(0, at), inserted, bytes.subarray(at));
  },
];

/** A mutation that changes bytes in place. */
export function edit(change: (bytes: Uint8Array, random: Random) => void): Mutation {
  return (bytes, random) => {
    if (bytes.length === 0) return bytes;
    const copy = bytes.slice();
    change(copy, random);
    return copy;
  };
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function pick<T>(values: readonly T[], random: Random): T {
  return values[random.integer(values.length)];
}

function stretch(bytes: Uint8Array, random: Random): [number, number] {
  const from = random.integer(bytes.length + 1);
  const longest = Math.min(bytes.length - from, random.integer(3) === 0 ? bytes.length : 32);
  return [from, from + random.integer(longest + 1)];
}
