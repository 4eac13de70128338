import type { DecodedArray } from 'hyparquet';
import { type Cell, type CellType, isEmpty } from './table.ts';

/** The cells of a column that wait to be written together. */
export interface WaitingCells {
  /** @throws RangeError where the cell is not what was declared. */
  add(cell: Cell): void;
  /** All that wait; none waits from then on. They may be changed by the next `add`. */
  taken(): DecodedArray;
}

const holds: Readonly<Record<CellType, (cell: Cell) => boolean>> = {
  text: (cell) => typeof cell === 'string',
  integer: Number.isSafeInteger,
  number: (cell) => typeof cell === 'number',
  boolean: (cell) => typeof cell === 'boolean',
  texts: Array.isArray,
};

/** @param place of the column, for messages. */
export function cellsOf(place: string, type: CellType): WaitingCells {
  const cells = type === 'number' ? new Numbers() : new Others(type === 'integer');
  return {
    add(cell) {
      const empty = isEmpty(cell);
      if (!empty && !holds[type](cell))
        throw new RangeError(`table ${place}: ${JSON.stringify(cell)} is no ${type}`);
      cells.add(empty ? null : (cell as never));
    },
    taken: () => cells.taken(),
  };
}

/** Numbers as float64, a third of what a list of them and nulls takes: such a list is made where there are nulls. */
class Numbers {
  #values = new Float64Array(64);
  #count = 0;
  #empty = 0;

  add(cell: number | null): void {
    if (this.#count === this.#values.length) {
      const longer = new Float64Array(4 * this.#count);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.#count++] = cell ?? Number.NaN;
    if (cell === null) this.#empty++;
  }

  taken(): DecodedArray {
    const values = this.#values.subarray(0, this.#count);
    const withNulls = this.#empty > 0;
    [this.#count, this.#empty] = [0, 0];
    return withNulls ? Array.from(values, (value) => (Number.isNaN(value) ? null : value)) : values;
  }
}

/** Cells of any other type. Integers of 64 bits are written from bigints, of which equal ones are one. */
class Others {
  #cells: unknown[] = [];
  readonly #known: Map<number, bigint> | null;

  constructor(integers: boolean) {
    this.#known = integers ? new Map() : null;
  }

  add(cell: Cell): void {
    this.#cells.push(this.#known === null || cell === null ? cell : this.#bigint(cell as number));
  }

  taken(): DecodedArray {
    const cells = this.#cells;
    this.#cells = [];
    this.#known?.clear();
    return cells;
  }

  #bigint(cell: number): bigint {
    const known = this.#known!.get(cell) ?? BigInt(cell);
    this.#known!.set(cell, known);
    return known;
  }
}
