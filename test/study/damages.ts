import type { Random } from '../../src/numerics/random.ts';

/** One way in which a file comes to hold what was never written to it. */
export interface Damage {
  readonly name: string;
  /** The damaged bytes; null where the file is gone. */
  apply(bytes: Uint8Array, random: Random): Uint8Array | null;
}

const newline = 0x0a;

/** A stretch of the file, short ones as likely as long ones. */
function stretch(length: number, random: Random): { from: number; to: number } {
  const size = Math.max(1, Math.floor(length ** random.uniform()));
  const from = random.integer(Math.max(1, length - size + 1));
  return { from, to: from + size };
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found + 1;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

function withLines(change: (lines: Uint8Array[], random: Random) => Uint8Array[]): Damage['apply'] {
  return (bytes, random) => concat(...change(linesOf(bytes), random));
}

/** Of any file. */
export const byteDamages: readonly Damage[] = [
  {
    name: 'a flipped bit',
    apply: (bytes, random) => {
      const changed = bytes.slice();
      changed[random.integer(bytes.length)] ^= 1 << random.integer(8);
      return changed;
    },
  },
  {
    name: 'other bytes',
    apply: (bytes, random) => {
      const { from, to } = stretch(bytes.length, random);
      return bytes.map((byte, i) => (i >= from && i < to ? random.integer(256) : byte));
    },
  },
  {
    name: 'digits for digits',
    apply: (bytes, random) => {
      const digits = [...bytes.keys()].filter((i) => bytes[i] >= 0x30 && bytes[i] <= 0x39);
      const changed = bytes.slice();
      if (digits.length > 0) changed[digits[random.integer(digits.length)]] = 0x30 + random.integer(10);
      return changed;
    },
  },
  {
    name: 'zeros',
    apply: (bytes, random) => {
      const { from, to } = stretch(bytes.length, random);
      return bytes.slice().fill(0, from, to);
    },
  },
  { name: 'a cut', apply: (bytes, random) => bytes.slice(0, random.integer(bytes.length)) },
  {
    name: 'a stretch lost',
    apply: (bytes, random) => {
      const { from, to } = stretch(bytes.length, random);
      return concat(bytes.subarray(0, from), bytes.subarray(to));
    },
  },
  {
    name: 'a stretch doubled',
    apply: (bytes, random) => {
      const { from, to } = stretch(bytes.length, random);
      return concat(bytes.subarray(0, to), bytes.subarray(from));
    },
  },
  {
    name: 'two stretches swapped',
    apply: (bytes, random) => {
      const half = Math.floor(bytes.length / 2);
      const { from, to } = stretch(half, random);
      const changed = bytes.slice();
      changed.set(bytes.subarray(from + half, to + half), from);
      changed.set(bytes.subarray(from, to), from + half);
      return changed;
    },
  },
  { name: 'the file emptied', apply: () => new Uint8Array(0) },
  { name: 'the file gone', apply: () => null },
];

/** Of files of lines. */
export const lineDamages: readonly Damage[] = [
  {
    name: 'a line lost',
    apply: withLines((lines, random) => lines.toSpliced(random.integer(lines.length), 1)),
  },
  {
    name: 'the last lines lost',
    apply: withLines((lines, random) => lines.slice(0, random.integer(lines.length))),
  },
  {
    name: 'a line doubled',
    apply: withLines((lines, random) => {
      const at = random.integer(lines.length);
      return lines.toSpliced(random.integer(lines.length), 0, lines[at]);
    }),
  },
  {
    name: 'two lines swapped',
    apply: withLines((lines, random) => {
      const [a, b] = [random.integer(lines.length), random.integer(lines.length)];
      return lines.with(a, lines[b]).with(b, lines[a]);
    }),
  },
  {
    name: 'a line of zeros',
    apply: withLines((lines, random) => {
      const at = random.integer(lines.length);
      return lines.with(at, new Uint8Array(lines[at].length));
    }),
  },
];

/** A line of another file of the same kind in the place of one. */
export function foreignLine(other: Uint8Array): Damage {
  return {
    name: 'a line of another run',
    apply: withLines((lines, random) => {
      const others = linesOf(other);
      const at = random.integer(Math.min(lines.length, others.length));
      return lines.with(at, others[at]);
    }),
  };
}
