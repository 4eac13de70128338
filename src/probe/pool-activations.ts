/** Where the examples and the features of a layer's output stand, whatever the number of examples. */
export interface OutputLayout {
  /** The axis along which examples stand. */
  readonly axis: number;
  /** Entries of that axis that belong to one example: heads that were merged into it, else 1. */
  readonly perExample: number;
  readonly isConvolution: boolean;
}

/**
 * Finds the axis of the examples from the shapes of an output for two numbers of examples; null where no axis alone follows
 * them.
 *
 * @example
 * layoutFrom({ examples: 2, shape: [7, 2, 64] }, { examples: 3, shape: [7, 3, 64] }, false)?.axis; // 1
 */
export function layoutFrom(
  one: { readonly examples: number; readonly shape: readonly number[] },
  other: { readonly examples: number; readonly shape: readonly number[] },
  isConvolution: boolean,
): OutputLayout | null {
  const changed = one.shape.flatMap((extent, axis) => (extent === other.shape[axis] ? [] : [axis]));
  if (one.shape.length !== other.shape.length || changed.length !== 1) return null;
  const [axis] = changed;
  const perExample = one.shape[axis] / one.examples;
  if (!Number.isInteger(perExample) || other.shape[axis] !== perExample * other.examples) return null;
  if (axis === one.shape.length - 1 || (isConvolution && axis !== 0)) return null;
  return { axis, perExample, isConvolution };
}

/** The matrix that an output becomes. */
export interface PooledShape {
  readonly features: number;
  /** In words, for the log. */
  readonly pooling: string;
}

/** A convolution's features are its channels, others' stand on the last axis; the rest is averaged over. */
export function pooledShape(shape: readonly number[], { isConvolution }: OutputLayout): PooledShape {
  if (isConvolution && shape.length > 2) return { features: shape[1], pooling: 'batch × channel means' };
  const features = shape[shape.length - 1];
  return { features, pooling: shape.length > 2 ? 'batch × position means' : 'batch × units' };
}

/**
 * Writes the means over positions of `count` examples to rows of a matrix of zeros. They are summed in float64: the
 * runtime's own mean over many rows loses three digits.
 *
 * @param rows [count, features], to be filled.
 */
export function poolInto(
  rows: Float64Array,
  data: Float32Array | Float64Array,
  shape: readonly number[],
  count: number,
  layout: OutputLayout,
): void {
  const { features } = pooledShape(shape, layout);
  const product = (extents: readonly number[]): number => extents.reduce((all, extent) => all * extent, 1);
  const before = product(shape.slice(0, layout.axis));
  const own = (layout.perExample * product(shape.slice(layout.axis + 1))) / features;
  const channelFirst = layout.isConvolution && shape.length > 2;
  const positions = before * own;
  for (let b = 0; b < before; b++) {
    for (let example = 0; example < count; example++) {
      const start = (b * count + example) * own * features;
      const row = example * features;
      if (channelFirst) {
        for (let f = 0; f < features; f++) rows[row + f] += sumOf(data, start + f * own, own);
      } else addRows(rows, row, data, start, own, features);
    }
  }
  if (positions > 1) for (let i = 0; i < count * features; i++) rows[i] /= positions;
}

type Elements = Float32Array | Float64Array;

/** Four sums at once: each addition waits for the one before it. */
function sumOf(data: Elements, from: number, length: number): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = from + length - (length % 4);
  let at = from;
  for (; at < whole; at += 4) {
    a += data[at];
    b += data[at + 1];
    c += data[at + 2];
    d += data[at + 3];
  }
  for (; at < from + length; at++) a += data[at];
  return a + b + (c + d);
}

/** Adds `count` rows to one, four at a time: the sums are read and written a quarter as often. */
function addRows(
  sums: Float64Array,
  to: number,
  data: Elements,
  from: number,
  count: number,
  length: number,
): void {
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    const a = from + row * length;
    const [b, c, d] = [a + length, a + 2 * length, a + 3 * length];
    for (let i = 0; i < length; i++) {
      sums[to + i] += data[a + i] + data[b + i] + (data[c + i] + data[d + i]);
    }
  }
  for (; row < count; row++) {
    const at = from + row * length;
    for (let i = 0; i < length; i++) sums[to + i] += data[at + i];
  }
}
