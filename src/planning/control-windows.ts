import { type LayerCurve, type PlacedWindow, placed } from './change-windows.ts';

/** Controls of a run's changes, and the changes without one. */
export interface MatchedControls {
  readonly controls: readonly PlacedWindow[];
  readonly unmatched: readonly { readonly window: number; readonly reason: string }[];
}

interface QuietPart {
  readonly first: number;
  readonly last: number;
  readonly kind: 'level' | 'wander';
}

/**
 * Matches every change with a window of the same run, layer and number of measurements in which nothing with a direction
 * happens: as near in training as possible (on a logarithmic axis of steps), level before wandering, none used twice.
 */
export function controlWindows(
  curves: readonly LayerCurve[],
  changes: readonly PlacedWindow[],
): MatchedControls {
  const controls: PlacedWindow[] = [];
  const unmatched: { window: number; reason: string }[] = [];
  changes.forEach((change, window) => {
    const curve = curves.find(({ layer }) => layer === change.layer)!;
    const taken = [...changes, ...controls].filter(({ layer }) => layer === change.layer);
    const found = nearestQuiet(curve, change, taken);
    if (found === null) {
      const measurements = change.last - change.first + 1;
      unmatched.push({
        window,
        reason: `no ${measurements} measurements in a row of this layer are without a change`,
      });
    } else {
      controls.push({ ...found, controlOf: window });
    }
  });
  return { controls, unmatched };
}

function nearestQuiet(
  { layer, steps, curve }: LayerCurve,
  change: PlacedWindow,
  taken: readonly PlacedWindow[],
): PlacedWindow | null {
  if (!curve.described) return null;
  const length = change.last - change.first;
  const isFree = (first: number): boolean =>
    taken.every((other) => first >= other.last || first + length <= other.first);
  const wanted = middleStep(steps, change.first, change.last);
  let best: { first: number; part: QuietPart; cost: number } | null = null;
  for (const part of quietParts(curve.stretches)) {
    for (let first = part.first; first + length <= part.last; first++) {
      if (!isFree(first)) continue;
      const distance = Math.abs(middleStep(steps, first, first + length) - wanted);
      // A level anywhere is better than wandering.
      const cost = distance + (part.kind === 'level' ? 0 : 1e6);
      if (best === null || cost < best.cost) best = { first, part, cost };
    }
  }
  if (best === null) return null;
  const { first, part } = best;
  return {
    ...placed(layer, steps, first, first + (length >> 1), first + length),
    ...{ change: 'none', pace: null, pValue: null, controlOf: null, quiet: part.kind },
  };
}

/** Where a run of measurements lies in training, on a logarithmic axis. */
function middleStep(steps: ArrayLike<number>, first: number, last: number): number {
  return Math.log1p((steps[first] + steps[last]) / 2);
}

/** Parts of a curve without a direction, neighbors joined; `wander` as soon as one of them wanders. */
function quietParts(
  stretches: readonly {
    readonly kind: string;
    readonly from: { index: number };
    readonly to: { index: number };
  }[],
): QuietPart[] {
  return stretches.flatMap(({ kind, from, to }): QuietPart[] =>
    kind === 'level' || kind === 'wander' ? [{ first: from.index, last: to.index, kind }] : [],
  );
}
