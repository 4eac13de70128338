import { edit, joined, type Mutation, pick } from '../mutations.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const op = (...parts: readonly (string | number | Uint8Array)[]): Uint8Array =>
  joined(
    ...parts.map((part) =>
      typeof part === 'string' ? ascii(part) : typeof part === 'number' ? Uint8Array.of(part) : part,
    ),
  );
const text = (value: string): Uint8Array => op('X', value.length & 255, value.length >> 8, 0, 0, value);
const small = (value: number): Uint8Array => op('K', value);
const tuple = (...values: readonly Uint8Array[]): Uint8Array => op('(', ...values, 't');
const name = (module: string, member: string): Uint8Array => op(`c${module}\n${member}\n`);

/** A pickle of protocol 2. */
export const pickle = (...parts: readonly Uint8Array[]): Uint8Array => op(0x80, 2, ...parts, '.');

/** The call that rebuilds a tensor from a storage, as torch.save writes it; extents and strides below 256. */
export function tensor(
  storage: { readonly type: string; readonly key: string; readonly count: number },
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): Uint8Array {
  const id = tuple(
    text('storage'),
    name('torch', storage.type),
    text(storage.key),
    text('cpu'),
    small(storage.count),
  );
  return op(
    name('torch._utils', '_rebuild_tensor_v2'),
    tuple(
      op(id, 'Q'),
      small(offset),
      tuple(...shape.map(small)),
      tuple(...strides.map(small)),
      op(0x89),
      op(name('collections', 'OrderedDict'), ')', 'R'),
    ),
    'R',
  );
}

/** A dict; every value is remembered, as Python does it. */
export function dict(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const pairs = Object.entries(entries).map(([key, value], i) => op(text(key), value, 'q', i));
  return op('}', '(', ...pairs, 'u');
}

/** Plain data of every kind that a checkpoint holds. */
export function plainPickles(): Uint8Array[] {
  const values = dict({
    step: small(100),
    loss: op('G', 0x3f, 0xf0, 0, 0, 0, 0, 0, 0),
    large: op(0x8a, 9, ...Array<number>(9).fill(1)),
    none: op('N'),
    names: op(']', '(', text('a'), text('b'), 'e'),
    betas: tuple(small(9), op('J', 1, 2, 3, 0x80)),
    ordered: op(name('collections', 'OrderedDict'), ']', small(1), small(2), 0x86, 'a', 0x85, 'R'),
  });
  const protocol4 = op(
    0x80,
    4,
    0x95,
    30,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    ']',
    0x94,
    '(',
    0x8c,
    1,
    'x',
    0x94,
    'h',
    1,
    'h',
    1,
    0x86,
    'e',
    '.',
  );
  return [pickle(values), protocol4, pickle(op('cos\nsystem\n', ')', 'R'))];
}

/** Instructions that build something, or build more of it: dicts, lists of lists, names, calls, copies. */
const fragments: readonly Uint8Array[] = [
  ...['}', ']', ')', '(', 'N', '2', '0', '1', 'a', 'e', 's', 'u', 't', 'R', 'b', 'Q'].map((code) => op(code)),
  ...[0x81, 0x85, 0x86, 0x87, 0x88, 0x93, 0x94].map((code) => op(code)),
  ...['q\0', 'h\0', 'q\u0001', 'h\u0001', 'h\u0002'].map((code) => op(code)),
  op(']', 'q', 0, 'h', 0, 'h', 0, 0x86),
  op('q', 0, 'h', 0, 0x86),
  op('h', 0, 'h', 0, 0x93),
  op('h', 0, 'h', 0, 'R'),
  name('collections', 'OrderedDict'),
  name('torch', 'FloatStorage'),
  name('torch._utils', '_rebuild_tensor_v2'),
  name('os', 'system'),
  text('storage'),
  text('x'.repeat(200)),
  small(255),
  op('r', 0xff, 0xff, 0xff, 0xff),
  op(0x8b, 0xff, 0xff, 0, 0),
  op(0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
];

/** Programs rather than bytes: instructions put in, singly, in a random row, or the same ones thousands of times. */
export const pickleMutations: readonly Mutation[] = [
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    const row = Array.from({ length: 1 + random.integer(12) }, () => pick(fragments, random));
    return joined(bytes.subarray(0, at), ...row, bytes.subarray(at));
  },
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    const loop = joined(...Array.from({ length: 1 + random.integer(3) }, () => pick(fragments, random)));
    const times =
      1 + random.integer(Math.max(1, Math.floor(40_000 / loop.length / (1 + random.integer(20)))));
    return joined(bytes.subarray(0, at), ...Array<Uint8Array>(times).fill(loop), bytes.subarray(at));
  },
  edit((bytes, random) => {
    bytes[random.integer(bytes.length)] = pick(fragments, random)[0];
  }),
];
