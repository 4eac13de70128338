import { dependenceBaseline } from './calibration.ts';
import { kink, transition } from './change-kinds.ts';
import { gainOfBends, smoothInSteps } from './guards.ts';
import { type NoiseCharacter, noiseCharacter } from './noise-character.ts';
import { passingFitsBetter } from './passing.ts';
import { heightsOf, mask, Peaks } from './peaks.ts';
import { type Probe, Scan, test } from './scan.ts';
import type { Search } from './search.ts';
import { dependenceInflation, varianceInflation } from './shrinkage.ts';
import type { Transition } from './transitions.ts';
import { WhitenedWindow } from './whitened-window.ts';

const HALF_WIDTH = 90;
const SEPARATION = 30;
/** By so many variances of the noise a kink must fit better than a smooth bend. */
const BEATS_BENDS = 4;
/** Of a short window, the share that must lie on either side of a kink. */
const SHORTEST_SIDE = 1 / 6;
const STEP = transition(1);

/** A change of slope that passed. */
export interface AcceptedKink {
  readonly start: number;
  readonly value: number;
  /** Signed, per measurement. */
  readonly size: number;
  readonly probe: Probe;
}

/**
 * Finds kinks (changes of slope) in what the transitions left.
 *
 * @param values without spikes and transitions.
 * @param transitions found before; no kink is sought near them, for a slow one leaves one at either end.
 */
export function findKinks(
  values: Float64Array,
  transitions: readonly Transition[],
  search: Search,
): AcceptedKink[] {
  const { noise, threshold, noiseFloor, positions } = search;
  const n = values.length;
  const halfWidth = Math.min(HALF_WIDTH, n >> 1);
  const separation = Math.min(SEPARATION, Math.ceil(2 * SHORTEST_SIDE * halfWidth));
  const window = WhitenedWindow.of(2 * halfWidth, noise);
  const probe: Probe = {
    window,
    kinds: [kink],
    margin: separation,
    noiseFloor,
    least: 0,
    positions,
    widest: true,
  };
  const masked = new Uint8Array(n);
  for (const { start, width } of transitions)
    masked.fill(1, Math.max(0, start - separation), start + width + separation);
  const summits = new Peaks(heightsOf(new Scan(values, probe, threshold)), masked, threshold);
  const found: AcceptedKink[] = [];
  let character: NoiseCharacter | null = null;
  for (;;) {
    const t = summits.highest();
    if (t < 0) return found;
    mask(masked, t, separation);
    character ??= noiseCharacter(withoutKink(values, t, probe), [], noise, halfWidth);
    const { value, size } = examine(values, t, probe, character);
    if (value > threshold) {
      found.push({ start: t, value, size, probe });
      // One kink bends the trend for a whole window; a second within it cannot be told from the first's shoulder.
      mask(masked, t, halfWidth);
    }
  }
}

/** The values with a kink taken out, so that it does not pass for dependent noise. */
function withoutKink(values: Float64Array, t: number, probe: Probe): Float64Array {
  const origin = probe.window.start(t, values.length);
  const { size } = test(kink, t - origin, probe.window.fit(values, origin), probe);
  const without = new Float64Array(values.length);
  for (let s = 0; s < values.length; s++) without[s] = values[s] - size * Math.max(0, s - t);
  return without;
}

function examine(
  values: Float64Array,
  t: number,
  probe: Probe,
  character: NoiseCharacter,
): { value: number; size: number } {
  const { window } = probe;
  const origin = window.start(t, values.length);
  const position = t - origin;
  const fit = window.fit(values, origin);
  const shape = window.shape(kink.course(position));
  const { gained, noise, statistic, size } = test(kink, position, fit, probe);
  const rejected = { value: 0, size };
  if (gainOfBends(window, fit) + BEATS_BENDS * noise ** 2 > gained) return rejected;
  if (smoothInSteps(window, fit, origin, probe) > gained) return rejected;
  if (passingFitsBetter(window, fit, position, 1, gained)) return rejected;
  const last = Math.min(window.length - 5, position + probe.margin);
  for (let p = Math.max(5, position - probe.margin); p <= last; p++)
    if (test(STEP, p, fit, probe).gained > gained) return rejected;
  const dependence =
    dependenceInflation(shape, character.correlations) / dependenceBaseline(window.noise.phi);
  return { value: Math.abs(statistic) / varianceInflation(fit, shape) / Math.max(1, dependence), size };
}
