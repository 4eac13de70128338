import type { CurveDescription, Stretch } from '../../../src/dynamics/stretches/types.ts';
import { createRandom } from '../../../src/numerics/random.ts';

export type Described = Extract<CurveDescription, { described: true }>;

export const indices = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i);

/** `level(i)` plus independent noise. */
export function noisyCurve(
  n: number,
  level: (i: number) => number,
  sd: number,
  seed: string | number,
): Float64Array {
  const rng = createRandom(seed);
  return Float64Array.from({ length: n }, (_, i) => level(i) + sd * rng.normal());
}

/** From 0 to 1 in a straight line over `width` measurements from `at` on. */
export function ramp(at: number, width: number): (i: number) => number {
  return (i) => Math.min(1, Math.max(0, (i - at) / width));
}

export function walk(n: number, seed: string | number, sd = 1): Float64Array {
  const rng = createRandom(seed);
  let level = 0;
  return Float64Array.from({ length: n }, () => {
    level += sd * rng.normal();
    return level;
  });
}

export function described<T extends { readonly described: boolean }>(
  description: T,
): Extract<T, { described: true }> {
  if (!description.described) throw new Error(`not described: ${JSON.stringify(description)}`);
  return description as Extract<T, { described: true }>;
}

export const kinds = ({ stretches }: { readonly stretches: readonly Stretch[] }): string[] =>
  stretches.map(({ kind, pace }) => (pace === 'jump' ? `${kind} (jump)` : kind));
