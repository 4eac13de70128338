import { coefficientOf } from './calibration.ts';
import { explainedOtherwise } from './guards.ts';
import { looks, STEP, usualHalfWidth } from './looks.ts';
import { type NoiseModel, noiseModel } from './noise-model.ts';
import { heightsOf, highestPeak, mask, peaks } from './peaks.ts';
import { type QuietNoise, quietNoise } from './quiet-noise.ts';
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
/** The middle of what is testable; the first look at a series takes it. */
const PILOT = noiseModel(0.5, false);
/** In units of quiet noise: no wandering of a testable kind makes such transitions. */
const UNMISTAKABLE = 15;
/** Peaks below this share too little of their window to be looked at twice. */
const LOWEST_PEAK = 5;
/** One step in so many measurements is taken out whatever it is, so that an unknown one does not pass for dependence. */
const STEEPEST_IN = 100;
/** Places around a peak that say the same. */
const NEIGHBORS = 10;

/** What kind of noise a series has; null where even its increments wander. */
export function identifyNoise(
  values: Float64Array,
  noiseFloor: number,
  positions?: Float64Array,
): NoiseModel | null {
  if (values.length < SHORTEST_TO_ESTIMATE) return noiseModel(0, true);
  const phi = coefficient(values, noiseFloor, positions);
  if (phi <= STRONGEST_DEPENDENCE) return noiseModel(phi, false);
  // A jump is a spike of the increments.
  const increments = withoutSpikes(values.subarray(1).map((value, s) => value - values[s]));
  const ofIncrements = coefficient(increments, noiseFloor, positions?.subarray(1));
  return ofIncrements <= STRONGEST_DEPENDENCE ? noiseModel(ofIncrements, true) : null;
}

function coefficient(values: Float64Array, noiseFloor: number, positions?: Float64Array): number {
  const quiet = withoutSteepest(values, noiseFloor, positions);
  return coefficientOf(residualCorrelation(quiet, usualHalfWidth(values.length)), values.length);
}

/** The values without their unmistakable transitions and their steepest steps. */
export function withoutSteepest(
  values: Float64Array,
  noiseFloor: number,
  positions?: Float64Array,
): Float64Array {
  const n = values.length;
  const probes = looks(n, PILOT, noiseFloor, positions);
  const found: Transition[] = [];
  const quiet = quietNoise(values, PILOT, noiseFloor);
  for (const probe of probes) addUnmistakable(values, probe, quiet, found);
  const rest = withoutTransitions(values, found);
  const usual = probes.find(({ least }) => least === 0) ?? probes[0];
  const steps: Probe = { ...usual, kinds: [STEP] };
  const heights = heightsOf(new Scan(rest, steps));
  const steepest = peaks(heights, 0, usualHalfWidth(n) >> 1, Math.max(1, Math.round(n / STEEPEST_IN)));
  return withoutTransitions(
    rest,
    steepest.map((t) => bestTransition(rest, t, steps)),
  );
}

function addUnmistakable(values: Float64Array, probe: Probe, quiet: QuietNoise, found: Transition[]): void {
  const masked = new Uint8Array(values.length);
  let rest = withoutTransitions(values, found);
  const scan = new Scan(rest, probe);
  for (;;) {
    const t = highestPeak(heightsOf(scan), masked, Math.max(probe.least, LOWEST_PEAK));
    if (t < 0) return;
    mask(masked, t, NEIGHBORS);
    const best = bestTransition(rest, t, probe);
    if (Math.sqrt(best.gained) < UNMISTAKABLE * quiet(t) || explainedOtherwise(best, probe)) continue;
    const whole = wholeExtent(rest, best, probe, quiet);
    if (whole === null || isTail(whole, found)) continue;
    found.push(whole);
    rest = withoutTransitions(values, found);
    scan.update(rest, ...reachOf(whole));
  }
}
