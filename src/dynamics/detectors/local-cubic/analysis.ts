import type { Series } from '../../types.ts';
import { coefficientOf } from './calibration.ts';
import { findKinks } from './kinks.ts';
import { type Prepared, prepare } from './prepare.ts';
import { residualCorrelation } from './serial-dependence.ts';
import { type Accepted, findSteps, firstHalfWidth, stepMargin, stepProbe } from './steps.ts';

/** Dependence beyond this cannot be told from a level that wanders by itself. */
const STRONGEST_DEPENDENCE = 0.85;
/** Fewer measurements do not tell a kink from a bend. */
const SHORTEST_FOR_KINKS = 200;

/** What was found, in prepared units. */
export interface Analysis {
  readonly prepared: Prepared;
  /** First-order coefficient of the noise. */
  readonly phi: number;
  readonly steps: readonly Accepted[];
  readonly kinks: readonly Accepted[];
}

/** The whole search with given thresholds on the statistics; the calibration runs it with low ones. */
export function analyze(
  series: Series,
  thresholds: { readonly step: number; readonly kink: number },
): Analysis | { readonly reason: string } {
  const prepared = prepare(series);
  if ('reason' in prepared) return prepared;
  const { values, spacing } = prepared;
  const n = values.length;
  // Uniform rounding errors have a standard deviation of spacing/√12.
  const noiseFloor = spacing / 3.5;
  const correlation = residualCorrelation(
    values,
    stepProbe(firstHalfWidth(n), 0.5, stepMargin(n), noiseFloor),
  );
  const phi = coefficientOf(correlation, n);
  if (phi > STRONGEST_DEPENDENCE) {
    return {
      reason: `neighboring values agree too closely (lag-1 coefficient above ${STRONGEST_DEPENDENCE}): a change cannot be told from wandering`,
    };
  }
  const search = { phi, noiseFloor, threshold: thresholds.step, spacing };
  const { accepted: steps, remaining } = findSteps(values, search);
  const kinks =
    n < SHORTEST_FOR_KINKS ? [] : findKinks(remaining, steps, { ...search, threshold: thresholds.kink });
  return { prepared, phi, steps, kinks };
}
