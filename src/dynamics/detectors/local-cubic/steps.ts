import { dependenceBaseline } from './calibration.ts';
import { rivalFitsBetter, smoothFitsBetter, transients } from './guards.ts';
import {
  type ChangeFit,
  highestPeak,
  mask,
  type Probe,
  peaks,
  rescan,
  type Scan,
  scan,
  testAt,
  withoutSteps,
} from './scan.ts';
import {
  dependenceInflation,
  type NoiseCharacter,
  noiseCharacter,
  varianceInflation,
  withoutInnovation,
} from './shrinkage.ts';
import { WhitenedWindow } from './whitened-window.ts';

/** A change that passed. */
export interface Accepted {
  readonly t: number;
  /** The statistic after all shrinkage, positive: what the threshold and the p-value are for. */
  readonly value: number;
  /** Size in prepared units (per measurement for a kink). */
  readonly size: number;
  /** The probe that found it. */
  readonly probe: Probe;
}

/** What the search for steps needs to know of a series. */
export interface StepSearch {
  readonly phi: number;
  /** Statistics up to this are no peak. */
  readonly threshold: number;
  readonly noiseFloor: number;
  /** Spacing of the grid that the values were rounded to. */
  readonly spacing: number;
}

/** Half the width of the first window; the widest that follows a trend of some hundred measurements. */
export function firstHalfWidth(n: number): number {
  return Math.min(60, n >> 1);
}

export function stepProbe(halfWidth: number, phi: number, margin: number, noiseFloor: number): Probe {
  const window = new WhitenedWindow(2 * halfWidth, phi);
  return { window, shape: (position) => window.step(position), margin, noiseFloor };
}

export function stepMargin(n: number): number {
  return Math.max(5, firstHalfWidth(n) >> 2);
}

/**
 * Finds steps in two stages: first in windows that bend with the trend, then, in what those leave, in wider ones
 * that see smaller steps.
 *
 * @param values without spikes.
 * @returns the steps, and the values without them.
 */
export function findSteps(
  values: Float64Array,
  search: StepSearch,
): { accepted: Accepted[]; remaining: Float64Array } {
  const n = values.length;
  const first = firstHalfWidth(n);
  const second = Math.min(90, n >> 1);
  const twoStages = second >= 1.25 * first;
  const accepted: Accepted[] = [];
  let remaining = stage(values, first, twoStages ? 0.98 : 1, search, accepted);
  if (twoStages) remaining = stage(remaining, second, 1.035, search, accepted);
  return { accepted, remaining };
}

function stage(
  values: Float64Array,
  halfWidth: number,
  factor: number,
  search: StepSearch,
  accepted: Accepted[],
): Float64Array {
  const { phi, threshold, noiseFloor } = search;
  const n = values.length;
  const separation = firstHalfWidth(n) >> 1;
  const probe = stepProbe(halfWidth, phi, stepMargin(n), noiseFloor);
  let remaining = values;
  const result = scan(remaining, probe);
  const scale = factor / excessScale(values, result, probe, threshold, separation);

  const masked = new Uint8Array(n);
  for (const { t } of accepted) mask(masked, t, separation);
  let character: NoiseCharacter | null = null;
  for (;;) {
    const t = highestPeak(result, masked, threshold / scale);
    if (t < 0) return remaining;
    mask(masked, t, separation);
    if (character === null) {
      const candidates = peaks(result, threshold / scale, separation);
      character = noiseCharacter(withoutSteps(remaining, result, candidates), candidates, phi, halfWidth);
    }
    const value = scale * examine(remaining, t, probe, character, search);
    if (!(value > threshold)) continue;
    accepted.push({ t, value, size: result.size[t], probe });
    remaining = withoutSteps(remaining, result, [t]);
    rescan(result, remaining, probe, t - probe.window.length, t + probe.window.length);
  }
}

/** The statistic at a peak after guards (0 where one rejects) and shrinkage. */
function examine(
  values: Float64Array,
  t: number,
  probe: Probe,
  character: NoiseCharacter,
  { spacing, phi }: StepSearch,
): number {
  const { window } = probe;
  const tested = testAt(values, t, probe);
  if (mayBeRounding(tested, spacing)) return 0;
  const start = window.start(t, values.length);
  const position = t - start;
  const shape = window.step(position);
  const fit = window.fit(values, start);
  const gained = (tested.size * shape.norm) ** 2;
  if (smoothFitsBetter(window, fit, gained)) return 0;
  if (rivalFitsBetter(window, fit, gained, transients(window, position))) return 0;

  const direction = Math.sign(tested.size);
  let value = direction * tested.statistic;
  if (character.heavyTailed) {
    value = Math.min(value, direction * withoutInnovation(window, fit, shape, position, probe.noiseFloor));
  }
  const baseline = dependenceBaseline(phi);
  const dependence = dependenceInflation(shape, character.correlations) / baseline;
  return value / varianceInflation(fit, shape) / Math.max(1, dependence);
}

/**
 * A trend seen through a coarse grid is a staircase. Noise as large as the grid hides the stairs (it dithers); beneath
 * less noise than that, a step must be larger than stairs get.
 */
function mayBeRounding({ size, noise }: ChangeFit, spacing: number): boolean {
  return noise < spacing && Math.abs(size) <= 4 * spacing;
}

/**
 * How much wider than standard normal the statistics are over the series, at least 1: what the noise model misses.
 * High peaks are taken out first, so that true steps do not widen it.
 */
function excessScale(
  values: Float64Array,
  result: Scan,
  probe: Probe,
  threshold: number,
  separation: number,
): number {
  const n = values.length;
  const high = peaks(result, 1.3 * threshold, separation);
  const { statistic } = high.length === 0 ? result : scan(withoutSteps(values, result, high), probe);
  const quarter = probe.window.length >> 2;
  const sizes = statistic
    .slice(quarter, n - quarter)
    .map(Math.abs)
    .sort();
  // 1.4826 × median|T| is the robust standard deviation; 1.2 leaves room for its own scatter.
  return Math.max(1, (1.4826 * sizes[sizes.length >> 1]) / 1.2);
}
