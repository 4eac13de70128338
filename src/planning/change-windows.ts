import type { CurveDescription, Stretch } from '../dynamics/stretches/types.ts';
import type { CheckpointWindow } from './types.ts';

/** A window with the measurements it lies on. */
export interface PlacedWindow extends CheckpointWindow {
  readonly first: number;
  readonly last: number;
}

/** The curve of one layer, and when it was measured. */
export interface LayerCurve {
  readonly layer: string;
  readonly steps: ArrayLike<number>;
  readonly curve: CurveDescription;
}

/**
 * A window around every rise and fall of a curve: from before its start, as far as that is uncertain, to after its end.
 *
 * @param margin measurements taken in on either side beyond the intervals of start and end.
 */
export function changeWindows({ layer, steps, curve }: LayerCurve, margin: number): PlacedWindow[] {
  if (!curve.described) return [];
  return curve.stretches.flatMap((stretch) => {
    if (stretch.kind !== 'rise' && stretch.kind !== 'fall') return [];
    const first = Math.max(0, indexAtOrBefore(steps, stretch.from.interval[0]) - margin);
    const last = Math.min(steps.length - 1, indexAtOrAfter(steps, stretch.to.interval[1]) + margin);
    if (last - first < 2) return [];
    return [
      {
        ...placed(layer, steps, first, middleOf(stretch, first, last), last),
        change: stretch.kind,
        pace: stretch.pace,
        pValue: stretch.pValue,
        controlOf: null,
        quiet: null,
      },
    ];
  });
}

/** A window by its measurements. */
export function placed(
  layer: string,
  steps: ArrayLike<number>,
  first: number,
  middle: number,
  last: number,
): Pick<PlacedWindow, 'layer' | 'before' | 'during' | 'after' | 'first' | 'last'> {
  return { layer, before: steps[first], during: steps[middle], after: steps[last], first, last };
}

function middleOf({ from, to }: Stretch, first: number, last: number): number {
  const middle = Math.round((from.index + to.index) / 2);
  return Math.min(last - 1, Math.max(first + 1, middle));
}

function indexAtOrBefore(steps: ArrayLike<number>, step: number): number {
  let index = steps.length - 1;
  while (index > 0 && steps[index] > step) index--;
  return index;
}

function indexAtOrAfter(steps: ArrayLike<number>, step: number): number {
  let index = 0;
  while (index < steps.length - 1 && steps[index] < step) index++;
  return index;
}
