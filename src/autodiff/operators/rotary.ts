import { constant, type Tensor } from '../tensor.ts';
import { add, multiply, negate } from './elementwise.ts';
import { concatenate, split } from './rearrangement.ts';

/**
 * Rotary position embedding (Su et al. 2021): at position t, feature i of the first half and feature i of the second are turned as
 * one plane by the angle t · 10000^(−2i/features), so that the product of a query and a key depends on their distance alone.
 * The tables are computed here, in float64: the runtime's `Range` adds up in float32.
 *
 * @param x `[..., positions, features]`, an even number of features.
 */
export function rotary(x: Tensor): Tensor {
  const [positions, features] = x.shape.slice(-2);
  if (features % 2 !== 0) throw new RangeError(`${features} features; allowed: an even number`);
  const half = features / 2;
  const table = (of: (angle: number) => number): Tensor =>
    constant(
      Float64Array.from({ length: positions * features }, (_, i) => {
        const [position, feature] = [Math.floor(i / features), (i % features) % half];
        return of(position * 10000 ** (-feature / half));
      }),
      [positions, features],
    );
  const last = x.shape.length - 1;
  const [first, second] = split(x, [half, half], last);
  const turned = concatenate([negate(second), first], last);
  return add(multiply(x, table(Math.cos)), multiply(turned, table(Math.sin)));
}
