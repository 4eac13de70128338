import { InputError } from '../../errors/input-error.ts';

/** The filters of a convolution: row-major `[filters, channels, height, width]`, as PyTorch stores `Conv2d.weight`. */
export interface FilterBank {
  readonly weights: Float32Array | Float64Array;
  readonly filters: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * The filters that a weight tensor holds. A Linear's `[units, inputs]` counts as filters of one tap.
 *
 * @param shape of 2 to 4 extents: `[filters, channels]`, `[filters, channels, width]` or `[filters, channels, height, width]`.
 * @throws InputError for any other shape, or a length that is not its product.
 * @example
 * filterBank(new Float32Array(18), [2, 1, 3, 3]).width // 3
 */
export function filterBank(weights: Float32Array | Float64Array, shape: readonly number[]): FilterBank {
  const [filters = 0, channels = 0, ...taps] = shape;
  const [height, width] = taps.length === 2 ? taps : [1, taps[0] ?? 1];
  if (shape.length < 2 || shape.length > 4 || weights.length !== filters * channels * height * width) {
    throw new InputError({
      field: 'shape',
      value: shape,
      allowed: `2 to 4 extents whose product is the ${weights.length} weights`,
    });
  }
  return { weights, filters, channels, height, width };
}

/** A tensor of a checkpoint, whatever its shape. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * Those of a checkpoint's tensors that hold filters, in float64: of 2 to 4 extents, none of them 0.
 *
 * @example
 * filterBanks([{ name: 'bias', shape: [2], data: [1, 2] }]).size // 0
 */
export function filterBanks(tensors: Iterable<NamedTensor>): Map<string, FilterBank> {
  const hasFilters = ({ shape }: NamedTensor): boolean =>
    shape.length >= 2 && shape.length <= 4 && shape.every((extent) => extent > 0);
  return new Map(
    [...tensors]
      .filter(hasFilters)
      .map(({ name, shape, data }) => [name, filterBank(Float64Array.from(data), shape)]),
  );
}

/** All weights of one filter; a view. */
export function filterOf({ weights, filters }: FilterBank, index: number): Float32Array | Float64Array {
  const size = weights.length / filters;
  return weights.subarray(index * size, (index + 1) * size);
}

/** Cosine of the angle between two filters; null where one has no direction: it is zero, or not finite. */
export function cosine(x: Float32Array | Float64Array, y: Float32Array | Float64Array): number | null {
  let [dot, squareX, squareY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    dot += x[i] * y[i];
    squareX += x[i] * x[i];
    squareY += y[i] * y[i];
  }
  const value = dot / Math.sqrt(squareX) / Math.sqrt(squareY);
  return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : null;
}
