import { dependenceBaseline } from './calibration.ts';
import { kink, transition } from './change-kinds.ts';
import type { Search } from './find-transitions.ts';
import { gainOf, gainOfBends, smoothInSteps, transients } from './guards.ts';
import { heightsOf, highestPeak, mask } from './peaks.ts';
import { type Probe, scan, test } from './scan.ts';
import { dependenceInflation, type NoiseCharacter, noiseCharacter, varianceInflation } from './shrinkage.ts';
import type { Transition } from './transitions.ts';
import { WhitenedWindow } from './whitened-window.ts';

const HALF_WIDTH = 90;
const SEPARATION = 30;
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
 * @param values without spikes and transitions, at least 180 of them.
 * @param transitions found before; no kink is sought near them, for a slow one leaves one at either end.
 */
export function findKinks(values: Float64Array, transitions: readonly Transition[], search: Search): AcceptedKink[] {
  const { noise, threshold, noiseFloor, positions } = search;
  const n = values.length;
  const window = WhitenedWindow.of(2 * HALF_WIDTH, noise);
  const probe: Probe = { window, kinds: [kink], margin: SEPARATION, noiseFloor, least: 0, positions, widest: true };
  const heights = heightsOf(scan(values, probe));
  const masked = new Uint8Array(n);
  for (const { start, width } of transitions) masked.fill(1, Math.max(0, start - SEPARATION), start + width + SEPARATION);
  const found: AcceptedKink[] = [];
  let character: NoiseCharacter | null = null;
  for (;;) {
    const t = highestPeak(heights, masked, threshold);
    if (t < 0) return found;
    mask(masked, t, SEPARATION);
    character ??= noiseCharacter(values, [], noise, HALF_WIDTH);
    const { value, size } = examine(values, t, probe, character);
    if (value > threshold) {
      found.push({ start: t, value, size, probe });
      // One kink bends the trend for a whole window; a second within it cannot be told from the first's shoulder.
      mask(masked, t, HALF_WIDTH);
    }
  }
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
  if (gainOfBends(window, fit) > gained) return rejected;
  if (gainOfBends(window, fit, 1) + 4 * noise ** 2 > gained) return rejected;
  if (smoothInSteps(window, fit, origin, probe) > gained) return rejected;
  for (const passing of transients(window, position, 1)) if (gainOf(window, fit, passing) > gained) return rejected;
  const last = Math.min(window.length - 5, position + SEPARATION);
  for (let p = Math.max(5, position - SEPARATION); p <= last; p++)
    if (test(STEP, p, fit, probe).gained > gained) return rejected;
  const dependence = dependenceInflation(shape, character.correlations) / dependenceBaseline(window.noise.phi);
  return { value: Math.abs(statistic) / varianceInflation(fit, shape) / Math.max(1, dependence), size };
}
