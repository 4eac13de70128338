import type { Detection, Series } from '../types.ts';
import { coefficientOf } from './local-cubic/calibration.ts';
import { findKinks } from './local-cubic/kinks.ts';
import { prepare } from './local-cubic/prepare.ts';
import { residualCorrelation } from './local-cubic/serial-dependence.ts';
import { findSteps, firstHalfWidth, stepMargin, stepProbe } from './local-cubic/steps.ts';

export function analyse(series: Series, c: number, ck: number) {
  const prepared = prepare(series);
  if ('reason' in prepared) return prepared;
  const n = prepared.values.length;
  const noiseFloor = prepared.spacing / 3.5;
  const rho = residualCorrelation(
    prepared.values,
    stepProbe(firstHalfWidth(n), 0.5, stepMargin(n), noiseFloor),
  );
  const phi = coefficientOf(rho, n);
  if (phi > 0.85) return { reason: 'phi ' + phi };
  const search = { phi, threshold: c, noiseFloor, smallestStep: 4 * prepared.spacing };
  const { accepted, remaining } = findSteps(prepared.values, search);
  const kinks = n >= 200 ? findKinks(remaining, accepted, { ...search, threshold: ck }) : [];
  return { phi, accepted, kinks };
}
