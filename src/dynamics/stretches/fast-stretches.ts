import type { CurveDescription, Stretch } from './types.ts';

/**
 * The rises and falls of a curve that are jumps, or surely faster than what lies beside them; none of a curve that could
 * not be described.
 *
 * @example
 * const values = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 3 : 8) + Math.sin(i * i) / 10);
 * fastStretches(describeCurve({ steps: Float64Array.from(values.keys()), values })).length // 1
 */
export function fastStretches(curve: CurveDescription): readonly Stretch[] {
  return curve.described ? curve.stretches.filter(({ pace }) => pace === 'jump' || pace === 'fast') : [];
}

/**
 * Training steps between which a rise or fall takes place. Of a jump those around its half-way point: its tail, which may go on
 * for long, is not fast.
 */
export function stepsOf({ pace, from, to, half }: Stretch): readonly [number, number] {
  if (pace !== 'jump' || half === null) return [from.step, to.step];
  return [Math.max(from.step, half.interval[0]), Math.min(to.step, half.interval[1])];
}
