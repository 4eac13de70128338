import { coefficientOf } from './calibration.ts';
import { explainedOtherwise } from './guards.ts';
import { looks, STEP, usualHalfWidth } from './looks.ts';
import { type NoiseModel, noiseModel } from './noise-model.ts';
import { heightsOf, mask, Peaks, peaks } from './peaks.ts';
import {
  LOWEST_PEAK,
  type QuietNoise,
  quietNoise,
  roomForUnmistakable,
  unmistakable,
} from './quiet-noise.ts';
import { type Probe, Scan } from './scan.ts';
import { residualCorrelation } from './serial-dependence.ts';
import { withoutSpikes } from './spikes.ts';
import { bestTransition, isTail, reachOf, type Transition, withoutTransitions } from './transitions.ts';
import { wholeExtent } from './whole-extent.ts';

/**
 * Beyond it noise is too easily taken for less than it is, and its increments are looked at instead; if those agree as
 * closely, the curve has no noise to judge it by.
 */
const STRONGEST_DEPENDENCE = 0.75;
/** Fewer measurements say nothing of their dependence, and the hardest kind is assumed: a level that wanders. */
const SHORTEST_TO_ESTIMATE = 30;
const HARDEST = noiseModel(0, true);
/** The middle of what is testable; the first look at a series takes it. */
const PILOT = noiseModel(0.5, false);
/** One step in so many measurements is taken out whatever it is, so that an unknown one does not pass for dependence. */
const STEEPEST_IN = 100;
/** Places around a peak that say the same. */
const NEIGHBORS = 10;

/** Measurements with where they lie on the axis of training, unless they are evenly spaced. */
interface Placed {
  readonly values: Float64Array;
  readonly positions: Float64Array | undefined;
}

/** What kind of noise a series has; null where even its increments wander. */
export function identifyNoise(
  values: Float64Array,
  noiseFloor: number,
  positions?: Float64Array,
): NoiseModel | null {
  if (values.length < SHORTEST_TO_ESTIMATE) return HARDEST;
  const level = withoutUnmistakable({ values, positions }, noiseFloor);
  if (level.values.length < SHORTEST_TO_ESTIMATE) return HARDEST;
  const phi = coefficient(level, noiseFloor);
  if (phi <= STRONGEST_DEPENDENCE) return noiseModel(phi, false);
  // A jump is a spike of the increments.
  const increments = {
    values: withoutSpikes(level.values.subarray(1).map((value, s) => value - level.values[s])),
    positions: level.positions?.subarray(1),
  };
  const ofIncrements = coefficient(withoutUnmistakable(increments, noiseFloor), noiseFloor);
  return ofIncrements <= STRONGEST_DEPENDENCE ? noiseModel(ofIncrements, true) : null;
}

function coefficient(level: Placed, noiseFloor: number): number {
  const n = level.values.length;
  return coefficientOf(residualCorrelation(withoutSteepest(level, noiseFloor), usualHalfWidth(n)), n);
}

/**
 * The measurements outside unmistakable transitions, the level made the same on either side. What lies within is left out:
 * its course is not known so well that what remains of it would be noise.
 */
function withoutUnmistakable({ values, positions }: Placed, noiseFloor: number): Placed {
  const quiet = quietNoise(values, PILOT, noiseFloor);
  const found: Transition[] = [];
  for (const probe of looks(values.length, PILOT, noiseFloor, positions))
    addUnmistakable(values, probe, quiet, found);
  if (found.length === 0) return { values, positions };
  const within = new Uint8Array(values.length);
  for (const { start, width } of found) within.fill(1, Math.max(0, start), start + width - 1);
  const flat = withoutTransitions(values, found);
  const outside = (of: Float64Array): Float64Array => {
    const kept: number[] = [];
    for (let s = 0; s < of.length; s++) if (within[s] === 0) kept.push(of[s]);
    return Float64Array.from(kept);
  };
  return { values: outside(flat), positions: positions && outside(positions) };
}

/** The values without their steepest steps. */
export function withoutSteepest({ values, positions }: Placed, noiseFloor: number): Float64Array {
  const n = values.length;
  const probes = looks(n, PILOT, noiseFloor, positions);
  const usual = probes.find(({ least }) => least === 0) ?? probes[0];
  const { window, margin, least, widest } = usual;
  const steps: Probe = { window, kinds: [STEP], margin, noiseFloor, least, positions, widest };
  const heights = heightsOf(new Scan(values, steps));
  const steepest = peaks(heights, 0, usualHalfWidth(n) >> 1, Math.max(1, Math.round(n / STEEPEST_IN)));
  return withoutTransitions(
    values,
    steepest.map((t) => bestTransition(values, t, steps, { into: steps.window.scratch })),
  );
}

function addUnmistakable(values: Float64Array, probe: Probe, quiet: QuietNoise, found: Transition[]): void {
  const masked = new Uint8Array(values.length);
  let rest = withoutTransitions(values, found);
  const lowest = Math.max(probe.least, LOWEST_PEAK);
  const scan = new Scan(rest, probe, lowest);
  const summitsNow = (): Peaks => new Peaks(heightsOf(scan), masked, lowest);
  for (let summits = summitsNow(); ; ) {
    const t = summits.highest();
    if (t < 0) return;
    mask(masked, t, NEIGHBORS);
    if (!roomForUnmistakable(scan, t, quiet)) continue;
    const best = bestTransition(rest, t, probe, { into: probe.window.scratch });
    if (!unmistakable(best, quiet) || explainedOtherwise(best, probe)) continue;
    const whole = wholeExtent(rest, best, probe, quiet);
    if (whole === null || isTail(whole, found)) continue;
    found.push(whole);
    rest = withoutTransitions(values, found);
    scan.update(rest, ...reachOf(whole));
    summits = summitsNow();
  }
}
