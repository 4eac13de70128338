import type { Series } from '../types.ts';
import { type Accepted, findTransitions } from './find-transitions.ts';
import { identifyNoise } from './identify-noise.ts';
import { type AcceptedKink, findKinks } from './kinks.ts';
import type { NoiseModel } from './noise-model.ts';
import { type Prepared, prepare } from './prepare.ts';
import { type QuietNoise, quietNoise } from './quiet-noise.ts';

/** Around a level, fewer measurements do not tell a kink from a bend. */
const SHORTEST_FOR_KINKS = 200;
/** Where the level wanders, a kink is a step of its increments. */
const SHORTEST_FOR_DRIFTS = 20;

/** What was found, in prepared units. */
export interface Analysis {
  readonly prepared: Prepared;
  readonly noise: NoiseModel;
  readonly quiet: QuietNoise;
  readonly transitions: readonly Accepted[];
  readonly kinks: readonly AcceptedKink[];
}

/** The whole search with given thresholds on the statistics; the calibration runs it with low ones. */
export function analyze(
  series: Series,
  thresholds: { readonly step: number; readonly kink: (noise: NoiseModel) => number },
): Analysis | { readonly reason: string } {
  const prepared = prepare(series);
  if ('reason' in prepared) return prepared;
  const { values, spacing, positions } = prepared;
  const n = values.length;
  // Uniform rounding errors have a standard deviation of spacing/√12.
  const noiseFloor = spacing / Math.sqrt(12);
  const noise = identifyNoise(values, noiseFloor, positions);
  if (noise === null) {
    return {
      reason:
        'neighboring values agree too closely, and so do their differences: a change cannot be told from wandering',
    };
  }
  const quiet = quietNoise(values, noise, noiseFloor);
  const search = { noise, noiseFloor, positions, threshold: thresholds.step, spacing, quiet };
  const { accepted: transitions, remaining } = findTransitions(values, search);
  const kinks =
    n < (noise.wandering ? SHORTEST_FOR_DRIFTS : SHORTEST_FOR_KINKS)
      ? []
      : findKinks(remaining, transitions, { ...search, threshold: thresholds.kink(noise) });
  return { prepared, noise, quiet, transitions, kinks };
}
