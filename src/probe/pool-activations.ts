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
        for (let f = 0; f < features; f++) {
          let sum = 0;
          for (let p = 0; p < own; p++) sum += data[start + f * own + p];
          rows[row + f] += sum;
        }
      } else {
        for (let p = 0; p < own; p++) {
          const at = start + p * features;
          for (let f = 0; f < features; f++) rows[row + f] += data[at + f];
        }
      }
    }
  }
  if (positions > 1) for (let i = 0; i < count * features; i++) rows[i] /= positions;
}
