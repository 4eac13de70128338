/** A value of JSON and arrays of numbers in a fraction of its memory; what it is made of is known to the `CompactValues` that it is of. */
export interface CompactValue {
  /** One for each value in it, in the order of JSON: what it is in the lowest bits, and which or how many. */
  readonly codes: Uint32Array;
  /** The numbers that are not small and whole, in their order. */
  readonly numbers: Float64Array;
  /** What is kept as it is. */
  readonly others: readonly unknown[];
}

/** What a code says. */
const [NUMBER, WHOLE, WORD, LIST, OBJECT, CONSTANT, OTHER] = [0, 1, 2, 3, 4, 5, 6];
const KIND_BITS = 3;
const KIND_MASK = 2 ** KIND_BITS - 1;
/** Of what has a code of its own. */
const LARGEST = 2 ** (32 - KIND_BITS) - 1;
const constants: readonly unknown[] = [null, undefined, true, false];

/**
 * Values of which there are many alike. Objects of numbers take eight times as much as their numbers: here names of entries and words are held once for all
 * values, and of each value no more than its numbers and a few bytes for every entry. What comes back is a copy.
 *
 * @example
 * const values = new CompactValues();
 * const held = values.compact([{ kind: 'rise', from: { step: 0.5 } }]);
 * values.expand(held); // [{ kind: 'rise', from: { step: 0.5 } }]
 */
export class CompactValues {
  readonly #words: string[] = [];
  readonly #placeOfWord = new Map<string, number>();
  /** Names of entries, of each kind of object. */
  readonly #shapes: (readonly string[])[] = [];
  /** Places of those that begin with a name. */
  readonly #shapesFrom = new Map<string | undefined, number[]>();

  compact(value: unknown): CompactValue {
    const codes: number[] = [];
    const numbers: number[] = [];
    const others: unknown[] = [];
    const code = (kind: number, which: number): void => {
      codes.push(((which << KIND_BITS) | kind) >>> 0);
    };
    const add = (one: unknown): void => {
      if (typeof one === 'number') {
        if (Number.isInteger(one) && one >= 0 && one <= LARGEST && !Object.is(one, -0)) code(WHOLE, one);
        else {
          code(NUMBER, 0);
          numbers.push(one);
        }
      } else if (typeof one === 'string') code(WORD, this.#wordAt(one));
      else if (constants.includes(one)) code(CONSTANT, constants.indexOf(one));
      else if (Array.isArray(one)) {
        code(LIST, one.length);
        for (const each of one) add(each);
      } else if (isPlain(one)) {
        code(OBJECT, this.#shapeAt(Object.keys(one)));
        for (const each of Object.values(one)) add(each);
      } else {
        code(OTHER, others.length);
        // One that looks into a file would hold all bytes of the file.
        others.push(one instanceof Float64Array ? one.slice() : one);
      }
    };
    add(value);
    return { codes: Uint32Array.from(codes), numbers: Float64Array.from(numbers), others };
  }

  expand<T>({ codes, numbers, others }: CompactValue): T {
    // At hand, as this is called for every value of thousands of runs.
    const [words, shapes] = [this.#words, this.#shapes];
    let [at, numberAt] = [0, 0];
    const next = (): unknown => {
      const code = codes[at++];
      const which = code >>> KIND_BITS;
      switch (code & KIND_MASK) {
        case NUMBER:
          return numbers[numberAt++];
        case WHOLE:
          return which;
        case WORD:
          return words[which];
        case LIST: {
          const list: unknown[] = [];
          for (let i = 0; i < which; i++) list.push(next());
          return list;
        }
        case OBJECT: {
          const object: Record<string, unknown> = {};
          const names = shapes[which];
          for (let i = 0; i < names.length; i++) object[names[i]] = next();
          return object;
        }
        case CONSTANT:
          return constants[which];
        default:
          return others[which];
      }
    };
    return next() as T;
  }

  #wordAt(word: string): number {
    const known = this.#placeOfWord.get(word);
    if (known !== undefined) return known;
    const place = this.#words.push(word) - 1;
    this.#placeOfWord.set(word, place);
    return place;
  }

  #shapeAt(names: readonly string[]): number {
    const alike = this.#shapesFrom.get(names[0]) ?? [];
    const known = alike.find((place) => isSame(this.#shapes[place], names));
    if (known !== undefined) return known;
    const place = this.#shapes.push(names) - 1;
    this.#shapesFrom.set(names[0], [...alike, place]);
    return place;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/** An object as a program writes it, of which an assignment makes the same. */
function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Object.hasOwn(value, '__proto__')
  );
}
