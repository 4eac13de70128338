import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { firstStepAbove0, logStepPlaces } from '../figures/log-steps.ts';
import type { Layer, MetricSeries, Run } from '../measurements/types.ts';
import { type CurveMarks, layerMarks } from './curve-marks.ts';

/**
 * One run as the page holds it: its section, and its series for the charts. These lie in one array of numbers in single precision:
 * its steps, its losses, then series by series, each as long as the steps; then those that are thinned, each its places among the
 * measurements and as many values. All but steps and places have five significant digits.
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
  /** Of each thinned series where in the array its places begin, and how many there are. */
  readonly thinned?: Readonly<Record<string, readonly [start: number, count: number]>>;
  /** What the analysis tells of the analyzed series; null where it could not be described. */
  readonly marks: CurveMarks | null;
}

/** Which series the page holds. */
export interface EmbeddedSeries {
  /** With every value. */
  readonly full: readonly string[];
  /** With extremes and ends. */
  readonly thinned: readonly string[];
  /** About how many values a thinned series has. */
  readonly points: number;
}

/** A run for the page's charts, restricted to the series given. */
export function embeddedRun(
  run: Run,
  { full, thinned, points }: EmbeddedSeries,
  dynamics: RunDynamics | undefined,
  markup: string,
): { readonly value: EmbeddedRun; readonly numbers: Float32Array } {
  const parts = [run.steps, run.loss];
  const fullOf = run.layers.map((layer) => presentOf(layer, full, ({ values }) => parts.push(values) - 1));
  const measurements = run.steps.length;
  const extra: ArrayLike<number>[] = [];
  let length = parts.length * measurements;
  const placesOf = thinnedPlaces(run.steps, points);
  const thinnedOf = run.layers.map((layer) =>
    presentOf(layer, thinned, ({ values }) => {
      const places = placesOf(values);
      const start = length;
      extra.push(places, fiveDigitsAt(places, values));
      length += 2 * places.length;
      return [start, places.length] as const;
    }),
  );
  const analyzed = new Map(dynamics?.layers.map((layer) => [layer.layer, layer]));
  const layers = run.layers.map(({ name }, l) => ({
    ...{ name, marks: layerMarks(analyzed.get(name)), series: fullOf[l] },
    ...(thinned.length > 0 && { thinned: thinnedOf[l] }),
  }));
  const numbers = new Float32Array(length);
  for (const [p, part] of parts.entries()) numbers.set(part, p * measurements);
  toFiveDigits(numbers.subarray(measurements, parts.length * measurements));
  let at = parts.length * measurements;
  for (const part of extra) {
    numbers.set(part, at);
    at += part.length;
  }
  return { value: { id: run.id, markup, measurements, layers }, numbers };
}

/** What there is of each series that a layer has, by id. */
function presentOf<T>(
  layer: Layer,
  ids: readonly string[],
  of: (series: MetricSeries) => T,
): Record<string, T> {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const found = layer.series.get(id);
      return found === undefined ? [] : [[id, of(found)]];
    }),
  );
}

/** Places of about so many values of a series: of even parts of a logarithmic axis of steps first, lowest and highest, and the last of all. */
function thinnedPlaces(steps: Float64Array, points: number): (values: Float64Array) => number[] {
  return logStepPlaces(steps, firstStepAbove0([{ steps }]), Math.max(1, Math.floor(points / 3)));
}

function fiveDigitsAt(places: readonly number[], values: Float64Array): Float32Array {
  const chosen = new Float32Array(places.length);
  for (let i = 0; i < places.length; i++) chosen[i] = values[places[i]];
  return toFiveDigits(chosen);
}

/** Ends of the bits of a number in single precision: of 17 significant bits the rest, half of it, and those of infinity. */
const [REST, HALF, INFINITE] = [0x7f, 0x40, 0x7f80_0000];

/** Each becomes the nearest number of 17 significant bits, off by 8e-6 of itself at most: a chart shows no more, and it takes a third less room. */
function toFiveDigits(numbers: Float32Array): Float32Array {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  for (let i = 0; i < bits.length; i++) {
    const rounded = (bits[i] + HALF) & ~REST;
    // The largest of all would round to infinity.
    if ((rounded & INFINITE) !== INFINITE) bits[i] = rounded;
  }
  return numbers;
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

/** A thinned curve has at least so many values, and no more than these. */
const [FEWEST_POINTS, MOST_POINTS] = [12, 90];

/**
 * The series that the page holds: with every value as `embeddableSeries` chooses, the others thinned so far that they take as much room
 * again, or left out where that would leave less than a dozen values of each.
 *
 * @param maxBytes before they are compressed.
 */
export function embeddedSeries(
  runs: readonly Run[],
  wanted: readonly string[],
  maxBytes: number,
): EmbeddedSeries {
  const full = embeddableSeries(runs, wanted, maxBytes);
  const thinned: string[] = [];
  let [curves, points] = [0, MOST_POINTS];
  for (const id of wanted) {
    if (full.includes(id)) continue;
    const more = runs.reduce(
      (sum, { layers }) => sum + layers.filter(({ series }) => series.has(id)).length,
      0,
    );
    // A place and a value, of four bytes each.
    const left = Math.floor(maxBytes / (8 * Math.max(1, curves + more)));
    if (left < FEWEST_POINTS) continue;
    curves += more;
    points = Math.min(points, left);
    thinned.push(id);
  }
  return { full, thinned, points };
}
