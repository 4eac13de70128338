import type { LayerDynamics } from '../dynamics/analyze-run.ts';
import type { CurveDescription } from '../dynamics/stretches/types.ts';

/** What is marked on a curve, by training step. */
export interface CurveMarks {
  /** Rises and falls: kind, pace, from, to, and where it is half-way. */
  readonly stretches: readonly (readonly [
    kind: 'rise' | 'fall',
    pace: 'jump' | 'fast' | 'gradual',
    from: number,
    to: number,
    half: number,
  ])[];
  readonly turns: readonly (readonly [kind: 'peak' | 'trough', step: number])[];
  /** The step from which on it stays near its end; null where there is none. */
  readonly stable: number | null;
}

type Described = Pick<Extract<CurveDescription, { described: true }>, 'stretches' | 'turningPoints'>;

/** What the analysis tells of one layer of a run; null where its curve could not be described. */
export function layerMarks(layer: LayerDynamics | undefined): CurveMarks | null {
  if (layer === undefined || !layer.curve.described) return null;
  const { stabilization } = layer;
  return curveMarks(layer.curve, stabilization.status === 'stabilized' ? stabilization.step : null);
}

/** Rises, falls and turning points of a curve that was described. */
export function curveMarks({ stretches, turningPoints }: Described, stable: number | null): CurveMarks {
  return {
    stretches: stretches.flatMap(({ kind, pace, from, to, half }) =>
      kind === 'rise' || kind === 'fall'
        ? [[kind, pace ?? 'gradual', from.step, to.step, (half ?? from).step] as const]
        : [],
    ),
    turns: turningPoints.map(({ kind, step }) => [kind, step] as const),
    stable,
  };
}
