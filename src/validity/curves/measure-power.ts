import { describeCurve } from '../../dynamics/stretches/describe-curve.ts';
import type { Stretch } from '../../dynamics/stretches/types.ts';
import { firstOrderAutoregression } from '../../numerics/autoregression.ts';
import { median } from '../../numerics/quantile.ts';
import { createRandom } from '../../numerics/random.ts';
import { simpleRate } from '../harness/clustered-rate.ts';
import type { Rate } from '../harness/types.ts';
import type { MeasureOptions } from './measure-nulls.ts';
import { drawShape, type Movement, type Place, shapeNamed } from './shapes.ts';

/** A shape in AR(1) noise of standard deviation 1. */
export interface PowerCell {
  readonly shape: string;
  /** Measurements that its main movement takes. */
  readonly width: number;
  readonly place: Place;
  /** In standard deviations of the noise. */
  readonly size: number;
  /** AR(1) coefficient of the noise. */
  readonly phi: number;
  readonly n: number;
  readonly series: number;
}

export interface Power extends PowerCell {
  /** Share of series in which every movement is found as a rise or fall that overlaps it. */
  readonly found: Rate;
  /** Share of series in which anything moved. */
  readonly moved: Rate;
  /** Of the found, the share without any other rise or fall; null where none is found. */
  readonly nothingElse: Rate | null;
  /** Of the movements found, median distance of start and end from the true ones, in measurements. */
  readonly startError: number | null;
  readonly endError: number | null;
  /** Share of them whose interval holds the true start, or end, and the median width of the intervals. */
  readonly startHeld: Rate | null;
  readonly endHeld: Rate | null;
  readonly intervalWidth: number | null;
}

/**
 * Counts how often a known shape is found by `describeCurve`, and how well it is placed.
 *
 * @example
 * measurePower({ shape: 'ramp', width: 20, place: 'middle', size: 8, phi: 0, n: 399, series: 100 }).found.value; // about 1
 */
export function measurePower(cell: PowerCell, { alpha = 0.05, seed = 0 }: MeasureOptions = {}): Power {
  const { n, width, size, place, phi, series } = cell;
  const movements = shapeNamed(cell.shape).movements(n, width, size, place);
  const curve = drawShape(movements, n);
  const steps = Float64Array.from({ length: n }, (_, i) => i);
  const rng = createRandom(seed).fork('power').fork(`${cell.shape} ${width} ${place} ${size} ${phi} ${n}`);
  const placed: Placed[] = [];
  let [found, moved, nothingElse] = [0, 0, 0];
  for (let i = 0; i < series; i++) {
    const values = firstOrderAutoregression(n, phi, rng.fork(i)).map((noise, t) => noise + curve[t]);
    const described = describeCurve({ steps, values }, { alpha });
    const stretches = described.described ? described.stretches : [];
    if (stretches.some(({ kind }) => kind !== 'level')) moved++;
    const transitions = stretches.filter(({ kind }) => kind === 'rise' || kind === 'fall');
    const matches = movements.map((movement) => transitions.find((stretch) => overlaps(stretch, movement)));
    if (matches.includes(undefined)) continue;
    found++;
    if (transitions.length === movements.length) nothingElse++;
    for (const [m, movement] of movements.entries()) placed.push(placedAt(matches[m]!, movement));
  }
  return {
    ...cell,
    found: simpleRate(found, series),
    moved: simpleRate(moved, series),
    nothingElse: found === 0 ? null : simpleRate(nothingElse, found),
    ...timingOf(placed),
  };
}

interface Placed {
  readonly startError: number;
  readonly endError: number;
  readonly startHeld: boolean;
  readonly endHeld: boolean;
  readonly width: number;
}

/** A movement is found by a stretch of its sign that covers its middle, with a few measurements to spare. */
function overlaps({ kind, from, to }: Stretch, { start, width, size }: Movement): boolean {
  const middle = start + width / 2;
  const spare = Math.max(3, width / 4);
  return kind === (size > 0 ? 'rise' : 'fall') && from.index <= middle + spare && to.index >= middle - spare;
}

function placedAt({ from, to }: Stretch, { start, width }: Movement): Placed {
  const holds = ([low, high]: readonly [number, number], place: number) => low <= place && place <= high;
  return {
    startError: Math.abs(from.index - start),
    endError: Math.abs(to.index - start - width),
    startHeld: holds(from.interval, start),
    endHeld: holds(to.interval, start + width),
    width: (from.interval[1] - from.interval[0] + to.interval[1] - to.interval[0]) / 2,
  };
}

function timingOf(
  placed: readonly Placed[],
): Pick<Power, 'startError' | 'endError' | 'startHeld' | 'endHeld' | 'intervalWidth'> {
  if (placed.length === 0) {
    return { startError: null, endError: null, startHeld: null, endHeld: null, intervalWidth: null };
  }
  return {
    startError: median(placed.map(({ startError }) => startError)),
    endError: median(placed.map(({ endError }) => endError)),
    startHeld: simpleRate(placed.filter(({ startHeld }) => startHeld).length, placed.length),
    endHeld: simpleRate(placed.filter(({ endHeld }) => endHeld).length, placed.length),
    intervalWidth: median(placed.map(({ width }) => width)),
  };
}
