import { InputError } from '../errors/input-error.ts';

/** How parameters of more than two axes, and of several matrices, are taken. */
export interface MatrixOptions {
  /** A matrix per position of a convolution's kernel, rather than one of all. */
  readonly taps?: boolean;
  /** One matrix per expert of a mixture whose experts are stacked along the first axis. */
  readonly experts?: boolean;
  /**
   * Query, key and value of a fused projection each on its own: `true` for three equal parts, or the extents of the three
   * where keys and values have fewer heads.
   */
  readonly qkv?: boolean | readonly [number, number, number];
}

/** A matrix inside a parameter. */
export interface StackedPart {
  /** Behind the parameter's name; empty for the parameter as a whole. */
  readonly suffix: string;
  readonly rows: number;
  readonly columns: number;
  /** Index of an element in the parameter; null where the parameter's elements are the matrix's, in order. */
  readonly at: ((row: number, column: number) => number) | null;
}

/** Names under which common models keep query, key and value in one weight. */
const fusedNames = /(?:qkv|in_proj_weight|c_attn|query_key_value|Wqkv)/;
const expertNames = /experts?\b/i;
const parts = ['query', 'key', 'value'] as const;

/**
 * The matrices of a parameter.
 *
 * @throws InputError where a fused projection has no axis of the extents asked for.
 */
export function stackedParts(
  name: string,
  shape: readonly number[],
  { taps = false, experts = false, qkv = false }: MatrixOptions,
): StackedPart[] {
  const [first, second] = shape;
  if (experts && shape.length === 3 && expertNames.test(name)) {
    const columns = shape[2];
    return Array.from({ length: first }, (_, e) => ({
      suffix: `[${e}]`,
      rows: second,
      columns,
      at: (r: number, c: number) => (e * second + r) * columns + c,
    }));
  }
  if (taps && shape.length > 2) return positions(shape);
  if (qkv !== false && shape.length === 2 && fusedNames.test(name)) return fused(name, first, second, qkv);
  const columns = shape.slice(1).reduce((product, extent) => product * extent, 1);
  return [{ suffix: '', rows: first, columns, at: null }];
}

/** One `[out, in]` matrix per position of the kernel. */
function positions([rows, columns, ...kernel]: readonly number[]): StackedPart[] {
  const count = kernel.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: count }, (_, tap) => {
    let rest = tap;
    const place = kernel
      .map((_, axis) => {
        const inner = kernel.slice(axis + 1).reduce((product, extent) => product * extent, 1);
        const index = Math.floor(rest / inner);
        rest %= inner;
        return index;
      })
      .join(',');
    return {
      suffix: `[:,:,${place}]`,
      rows,
      columns,
      at: (r: number, c: number) => (r * columns + c) * count + tap,
    };
  });
}

/** Stacked along the outputs: PyTorch's rows, or the columns of weights that are kept transposed (GPT-2's Conv1D). */
function fused(
  name: string,
  rows: number,
  columns: number,
  qkv: true | readonly [number, number, number],
): StackedPart[] {
  const extentsOf = (axis: number): readonly number[] =>
    qkv === true ? [axis / 3, axis / 3, axis / 3] : qkv[0] + qkv[1] + qkv[2] === axis ? qkv : [];
  const fits = (axis: number, other: number): boolean =>
    extentsOf(axis).length === 3 && extentsOf(axis).every(Number.isInteger) && (qkv !== true || axis > other);
  const byRows = fits(rows, columns);
  if (!byRows && !fits(columns, rows)) {
    throw new InputError({
      field: name,
      value: `${rows} × ${columns}`,
      allowed:
        qkv === true
          ? 'three equal parts along its longer axis; --split qkv=Q,K,V gives the extents of parts that are not equal'
          : `an axis of ${qkv.join(' + ')} = ${qkv[0] + qkv[1] + qkv[2]}`,
    });
  }
  const extents = extentsOf(byRows ? rows : columns);
  return parts.map((part, i) => {
    const from = extents.slice(0, i).reduce((sum, extent) => sum + extent, 0);
    return byRows
      ? {
          suffix: `.${part}`,
          rows: extents[i],
          columns,
          at: (r: number, c: number) => (from + r) * columns + c,
        }
      : {
          suffix: `.${part}`,
          rows,
          columns: extents[i],
          at: (r: number, c: number) => r * columns + from + c,
        };
  });
}
