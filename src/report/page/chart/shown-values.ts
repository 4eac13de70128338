import type { Curve } from './curve.ts';

/** A value with the training step of its measurement. */
export interface ValueAt {
  readonly step: number;
  readonly value: number;
}

/** What a curve is in a range of steps. */
export interface ShownValues {
  readonly curve: Curve;
  readonly first: ValueAt;
  readonly last: ValueAt;
  readonly lowest: ValueAt;
  readonly highest: ValueAt;
}

/** Ends and extremes of each curve as drawn, in a range of steps; curves without a value in it are left out. */
export function shownValues(curves: readonly Curve[], [low, high]: readonly [number, number]): ShownValues[] {
  return curves.flatMap((curve) => {
    let [first, last, lowest, highest]: (ValueAt | null)[] = [null, null, null, null];
    for (const [i, value] of curve.values.entries()) {
      const step = curve.steps[i];
      if (step < low || step > high || !Number.isFinite(value)) continue;
      const here = { step, value };
      first ??= here;
      last = here;
      if (lowest === null || value < lowest.value) lowest = here;
      if (highest === null || value > highest.value) highest = here;
    }
    return first === null || last === null || lowest === null || highest === null
      ? []
      : [{ curve, first, last, lowest, highest }];
  });
}
