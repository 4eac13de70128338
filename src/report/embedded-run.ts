import type { LayerDynamics, RunDynamics } from '../dynamics/analyze-run.ts';
import type { Run } from '../measurements/types.ts';

/**
 * One run as the page holds it: its section, and its series for the charts. These lie in one array of numbers in single precision:
 * its steps, its losses, then series by series, each as long as the steps. All but the steps have five significant digits.
 */
export interface EmbeddedRun {
  readonly id: string;
  /** The run's section of the page. */
  readonly markup: string;
  readonly measurements: number;
  readonly layers: readonly EmbeddedLayer[];
}

export interface EmbeddedLayer {
  readonly name: string;
  /** Which part of the array each series is, by id. */
  readonly series: Readonly<Record<string, number>>;
  /** What the analysis tells of the analyzed series; null where it could not be described. */
  readonly marks: CurveMarks | null;
}

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

/** A run for the page's charts, restricted to the series given. */
export function embeddedRun(
  run: Run,
  series: readonly string[],
  dynamics: RunDynamics | undefined,
  markup: string,
): { readonly value: EmbeddedRun; readonly numbers: Float32Array } {
  const parts = [run.steps, run.loss];
  const analyzed = new Map(dynamics?.layers.map((layer) => [layer.layer, layer]));
  const layers = run.layers.map((layer) => ({
    name: layer.name,
    marks: marksOf(analyzed.get(layer.name)),
    series: Object.fromEntries(
      series.flatMap((id) => {
        const found = layer.series.get(id);
        return found === undefined ? [] : [[id, parts.push(found.values) - 1]];
      }),
    ),
  }));
  const measurements = run.steps.length;
  const numbers = new Float32Array(parts.length * measurements);
  for (const [p, part] of parts.entries()) {
    numbers.set(p === 0 ? part : part.map(toFiveDigits), p * measurements);
  }
  return { value: { id: run.id, markup, measurements, layers }, numbers };
}

function marksOf(layer: LayerDynamics | undefined): CurveMarks | null {
  if (layer === undefined || !layer.curve.described) return null;
  const { stretches, turningPoints } = layer.curve;
  return {
    stretches: stretches.flatMap(({ kind, pace, from, to, half }) =>
      kind === 'rise' || kind === 'fall'
        ? [[kind, pace ?? 'gradual', from.step, to.step, (half ?? from).step] as const]
        : [],
    ),
    turns: turningPoints.map(({ kind, step }) => [kind, step] as const),
    stable: layer.stabilization.status === 'stabilized' ? layer.stabilization.step : null,
  };
}

const rounding = new DataView(new ArrayBuffer(4));

/** The nearest number of 17 significant bits, off by 8e-6 of itself at most: a chart shows no more, and it takes a third less room. */
function toFiveDigits(value: number): number {
  rounding.setFloat32(0, value);
  rounding.setUint32(0, (rounding.getUint32(0) + 0x40) & ~0x7f);
  const rounded = rounding.getFloat32(0);
  // The largest of all round to infinity.
  return Number.isFinite(rounded) ? rounded : value;
}

/**
 * The series ids that the page offers: those wanted, in order, as long as all runs' values fit the bound. The first
 * is always taken.
 *
 * @param maxBytes before they are compressed.
 */
export function embeddableSeries(
  runs: readonly Run[],
  wanted: readonly string[],
  maxBytes: number,
): string[] {
  let bytes = 0;
  const chosen: string[] = [];
  for (const id of wanted) {
    let size = 0;
    for (const { layers, steps } of runs) {
      for (const { series } of layers) if (series.has(id)) size += 4 * steps.length;
    }
    if (chosen.length > 0 && bytes + size > maxBytes) continue;
    bytes += size;
    chosen.push(id);
  }
  return chosen;
}
