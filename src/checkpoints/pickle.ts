import { InputError } from '../errors/input-error.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';

/** A class or function that a pickle names. Nothing is looked up or run: it stays a name. */
export class PickleGlobal {
  readonly path: string;

  /** @param path module and name, e.g. `collections.OrderedDict`. */
  constructor(path: string) {
    this.path = path;
  }
}

/** An object that is no plain data: a scheduler, a Namespace, a module. It is not made, and what it is given is dropped. */
export class PickleObject {
  /** Module and name of its class. */
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }
}

/** What a pickle may ask of its reader. */
export interface PickleHost {
  readonly file?: string;
  /**
   * What stands for calling `path` with `args`. Nothing may be run: for a name that it does not know it returns a
   * `PickleObject`, or refuses it by an InputError.
   */
  call(path: string, args: readonly unknown[]): unknown;
  /** The object outside the pickle that `id` stands for. */
  persistent(id: unknown): unknown;
}

/**
 * Reads a Python pickle as data (protocols 2 to 5, https://docs.python.org/3/library/pickletools.html).
 *
 * It executes nothing. Numbers, text and booleans become JavaScript's, integers beyond 2^53 bigints, None null,
 * lists and tuples arrays, dicts Maps; calls go to `host`, which knows a short list of harmless names.
 *
 * @param budget pays for everything that is built. An instruction is one byte and may make a dict, or copy a list.
 * @throws InputError where the pickle is damaged, uses an instruction that no plain data need, or asks for more
 *   memory than its size warrants.
 */
export function readPickle(
  bytes: Uint8Array,
  host: PickleHost,
  budget: MemoryBudget = new MemoryBudget(bytes.length, host.file),
): unknown {
  return new PickleMachine(bytes, host, budget).run();
}

/** Bytes that each costs, at least as many as in V8. */
const cost = {
  slot: 16,
  number: 16,
  list: 64,
  dict: 256,
  dictEntry: 64,
  memo: 48,
  mark: 96,
  text: 32,
  name: 64,
};
/** Of a module, or of a class in it. */
const longestName = 256;
const longestInteger = 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

class PickleMachine {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly host: PickleHost;
  private readonly budget: MemoryBudget;
  private position = 0;
  private stack: unknown[] = [];
  /** Stacks set aside by MARK. */
  private readonly marked: unknown[][] = [];
  private readonly memo = new Map<number, unknown>();

  constructor(bytes: Uint8Array, host: PickleHost, budget: MemoryBudget) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.host = host;
    this.budget = budget;
  }

  run(): unknown {
    for (;;) {
      const at = this.position;
      const code = this.view.getUint8(this.take(1));
      if (code === 0x2e) return this.pop(); // STOP
      const instruction = instructions[code];
      if (instruction === undefined)
        this.refuse(
          `instruction at byte ${at}`,
          `0x${code.toString(16)}`,
          'the instructions that plain data need',
        );
      instruction(this);
    }
  }

  /** Moves on by `length` bytes and returns where they start. */
  take(length: number): number {
    const start = this.position;
    if (!(length <= this.bytes.length - start))
      this.refuse(`byte ${start}`, 'the end', `${length} more bytes of the pickle`);
    this.position += length;
    return start;
  }

  uint8 = (): number => this.view.getUint8(this.take(1));
  uint16 = (): number => this.view.getUint16(this.take(2), true);
  int32 = (): number => this.view.getInt32(this.take(4), true);
  uint32 = (): number => this.view.getUint32(this.take(4), true);
  uint64 = (): number => Number(this.view.getBigUint64(this.take(8), true));
  float64 = (): number => this.view.getFloat64(this.take(8), false);

  text(length: number): string {
    const start = this.take(length);
    this.pay(cost.text + 2 * length);
    try {
      return utf8.decode(this.bytes.subarray(start, start + length));
    } catch {
      return this.refuse(`text at byte ${start}`, undefined, 'UTF-8');
    }
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.position);
    const text = this.text((end === -1 ? this.bytes.length : end) - this.position);
    this.take(1);
    return text;
  }

  /** A little-endian two's-complement integer. */
  integer(length: number): number | bigint {
    const start = this.take(length);
    if (length > longestInteger)
      this.refuse(`integer at byte ${start}`, `${length} bytes`, `at most ${longestInteger} bytes`);
    this.pay(cost.number + length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[start + i]);
    value = BigInt.asIntN(8 * length, value);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  /** Counts memory that is about to be taken. */
  pay(bytes: number): void {
    this.budget.take(bytes, 'pickle');
  }

  push(value: unknown, bytes = 0): void {
    this.pay(cost.slot + bytes);
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0) this.refuse(`byte ${this.position}`, 'an empty stack', 'a value');
    return this.stack.pop();
  }

  top(): unknown {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.pay(cost.mark);
    this.marked.push(this.stack);
    this.stack = [];
  }

  /** The values since the last MARK. */
  popToMark(): unknown[] {
    const before = this.marked.pop();
    if (before === undefined) return this.refuse(`byte ${this.position}`, 'no mark', 'a mark');
    const values = this.stack;
    this.stack = before;
    return values;
  }

  remember(key: number = this.memo.size): void {
    this.pay(cost.memo);
    this.memo.set(key, this.top());
  }

  recall(key: number): void {
    if (!this.memo.has(key)) this.refuse(`memo ${key}`, 'missing', 'an earlier value');
    this.push(this.memo.get(key));
  }

  append(values: readonly unknown[]): void {
    const list = this.top();
    if (list instanceof PickleObject) return;
    if (!Array.isArray(list)) this.refuse(`byte ${this.position}`, typeof list, 'a list');
    this.pay(cost.slot * values.length);
    for (const value of values) list.push(value);
  }

  setItems(items: readonly unknown[]): void {
    const dict = this.top();
    if (dict instanceof PickleObject) return;
    if (!(dict instanceof Map) || items.length % 2 !== 0)
      this.refuse(`byte ${this.position}`, typeof dict, 'a dict and pairs');
    this.pay((cost.dictEntry * items.length) / 2);
    for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
  }

  global(module: unknown, name: unknown): void {
    for (const part of [module, name]) {
      if (typeof part !== 'string' || part.length > longestName)
        this.refuse('name', part, `a module and a name in it, of at most ${longestName} characters`);
    }
    this.push(new PickleGlobal(`${module}.${name}`), cost.name + 4 * longestName);
  }

  reduce(): void {
    const args = this.pop();
    const callee = this.pop();
    if (callee instanceof PickleObject) {
      this.push(callee);
      return;
    }
    if (!(callee instanceof PickleGlobal) || !Array.isArray(args))
      this.refuse(`byte ${this.position}`, typeof callee, 'a name and its arguments');
    this.push(this.host.call(callee.path, args));
  }

  /** Sets an object's attributes in Python, such as the `_metadata` of a state dict; they hold no data of ours. */
  build(): void {
    this.pop();
    this.top();
  }

  /** Bytes are no tensors and no text: they are kept as an object that is none of ours. */
  skipBytes(length: number): void {
    this.take(length);
    this.push(new PickleObject('bytes'), cost.name);
  }

  persistent(): void {
    this.push(this.host.persistent(this.pop()));
  }

  refuse(field: string, value: unknown, allowed: string): never {
    throw new InputError({ file: this.host.file, field: `pickle, ${field}`, value, allowed });
  }
}

/** By opcode; the names are those of Python's pickletools. */
const instructions: Readonly<Record<number, (machine: PickleMachine) => void>> = {
  128: (m) => m.uint8(), // PROTO
  149: (m) => m.uint64(), // FRAME
  40: (m) => m.mark(), // MARK
  48: (m) => m.pop(), // POP
  49: (m) => m.popToMark(), // POP_MARK
  50: (m) => m.push(m.top()), // DUP
  78: (m) => m.push(null), // NONE
  136: (m) => m.push(true), // NEWTRUE
  137: (m) => m.push(false), // NEWFALSE
  74: (m) => m.push(m.int32()), // BININT
  75: (m) => m.push(m.uint8()), // BININT1
  77: (m) => m.push(m.uint16()), // BININT2
  138: (m) => m.push(m.integer(m.uint8())), // LONG1
  139: (m) => m.push(m.integer(m.uint32())), // LONG4
  71: (m) => m.push(m.float64(), cost.number), // BINFLOAT
  88: (m) => m.push(m.text(m.uint32())), // BINUNICODE
  140: (m) => m.push(m.text(m.uint8())), // SHORT_BINUNICODE
  141: (m) => m.push(m.text(m.uint64())), // BINUNICODE8
  67: (m) => m.skipBytes(m.uint8()), // SHORT_BINBYTES
  66: (m) => m.skipBytes(m.uint32()), // BINBYTES
  142: (m) => m.skipBytes(m.uint64()), // BINBYTES8
  143: (m) => m.push(new PickleObject('set'), cost.name), // EMPTY_SET
  144: (m) => m.append(m.popToMark()), // ADDITEMS
  145: (m) => {
    m.popToMark();
    m.push(new PickleObject('frozenset'), cost.name);
  }, // FROZENSET
  93: (m) => m.push([], cost.list), // EMPTY_LIST
  41: (m) => m.push([], cost.list), // EMPTY_TUPLE
  125: (m) => m.push(new Map(), cost.dict), // EMPTY_DICT
  116: (m) => m.push(m.popToMark()), // TUPLE: the stack's own list
  133: (m) => m.push([m.pop()], cost.list), // TUPLE1
  134: (m) => m.push([m.pop(), m.pop()].reverse(), cost.list), // TUPLE2
  135: (m) => m.push([m.pop(), m.pop(), m.pop()].reverse(), cost.list), // TUPLE3
  97: (m) => m.append([m.pop()]), // APPEND
  101: (m) => m.append(m.popToMark()), // APPENDS
  115: (m) => m.setItems([m.pop(), m.pop()].reverse()), // SETITEM
  117: (m) => m.setItems(m.popToMark()), // SETITEMS
  113: (m) => m.remember(m.uint8()), // BINPUT
  114: (m) => m.remember(m.uint32()), // LONG_BINPUT
  148: (m) => m.remember(), // MEMOIZE
  104: (m) => m.recall(m.uint8()), // BINGET
  106: (m) => m.recall(m.uint32()), // LONG_BINGET
  99: (m) => m.global(m.line(), m.line()), // GLOBAL
  147: (m) => {
    const name = m.pop();
    m.global(m.pop(), name);
  }, // STACK_GLOBAL
  82: (m) => m.reduce(), // REDUCE
  129: (m) => m.reduce(), // NEWOBJ: a class called with its arguments
  146: (m) => {
    m.pop();
    m.reduce();
  }, // NEWOBJ_EX: the same, with keyword arguments
  98: (m) => m.build(), // BUILD
  81: (m) => m.persistent(), // BINPERSID
};
