import { dependenceBaseline } from './calibration.ts';
import { rivalFitsBetter, smoothFitsBetter, stepsAround, transients } from './guards.ts';
import { highestPeak, mask, type Probe, scan, testAt } from './scan.ts';
import { dependenceInflation, type NoiseCharacter, noiseCharacter, varianceInflation } from './shrinkage.ts';
import type { Accepted, StepSearch } from './steps.ts';
import { explainedByPolynomial, WhitenedWindow } from './whitened-window.ts';

const HALF_WIDTH = 90;
const SEPARATION = 30;

/**
 * Finds kinks (changes of slope) in what the steps left.
 *
 * @param values without spikes and steps, at least 180 of them.
 * @param steps found before; no kink is sought near them, for a ramp leaves one at either end.
 */
export function findKinks(values: Float64Array, steps: readonly Accepted[], search: StepSearch): Accepted[] {
  const { phi, threshold, noiseFloor } = search;
  const n = values.length;
  const window = new WhitenedWindow(2 * HALF_WIDTH, phi);
  const probe: Probe = {
    window,
    shape: (position) => window.kink(position),
    margin: SEPARATION,
    noiseFloor,
  };
  const result = scan(values, probe);
  const masked = new Uint8Array(n);
  for (const { t } of steps) mask(masked, t, SEPARATION);
  const found: Accepted[] = [];
  let character: NoiseCharacter | null = null;
  for (;;) {
    const t = highestPeak(result, masked, threshold);
    if (t < 0) return found;
    mask(masked, t, SEPARATION);
    character ??= noiseCharacter(values, [], phi, HALF_WIDTH);
    const value = examine(values, t, probe, character, phi);
    if (value > threshold) {
      found.push({ t, value, size: result.size[t], probe });
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
  phi: number,
): number {
  const { window } = probe;
  const tested = testAt(values, t, probe);
  const start = window.start(t, values.length);
  const position = t - start;
  const shape = window.kink(position);
  const fit = window.fit(values, start);
  const gained = (tested.size * shape.norm) ** 2;
  if (smoothFitsBetter(window, fit, gained)) return 0;
  if (explainedByPolynomial(window, fit, 4) + 4 * tested.noise ** 2 > gained) return 0;
  if (rivalFitsBetter(window, fit, gained, transients(window, position))) return 0;
  if (rivalFitsBetter(window, fit, gained, stepsAround(window, position, SEPARATION))) return 0;
  const value = Math.abs(tested.statistic) / varianceInflation(fit, shape);
  return value / Math.max(1, dependenceInflation(shape, character.correlations) / dependenceBaseline(phi));
}
