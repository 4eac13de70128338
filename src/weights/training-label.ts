import type { TailExponent } from '../spectra/tail-exponent.ts';

/** Bounds of α between which Martin & Mahoney find well-trained layers. */
export const alphaBounds = { over: 2, under: 6 } as const;

/** A longer distance than this over √n speaks against a power law (see `tailExponent`). */
const DISTANCE_LIMIT = 0.8;
/** Shorter tails say little of their exponent (see `tailExponent`). */
const FEWEST = 10;

/** What the exponent of a layer's tail says of its training, by the rule of thumb of Martin & Mahoney. */
export interface TrainingLabel {
  readonly label: 'over-trained' | 'well-trained' | 'under-trained' | 'not determined';
  /** What it rests on, in one sentence. */
  readonly restsOn: string;
}

/**
 * The label of a weight matrix by its tail exponent: over-trained below 2, under-trained above 6. It is a rule of thumb
 * (Martin, Peng & Mahoney 2021, *Predicting trends in the quality of state-of-the-art neural networks*), and given only
 * where the fit can bear it: with at least ten eigenvalues in the tail, close enough to a power law, and further from
 * either bound than 1.96 standard errors.
 */
export function trainingLabel(fit: TailExponent): TrainingLabel {
  if (!fit.determined) return { label: 'not determined', restsOn: fit.reason };
  const { exponent, standardError, tail, distance } = fit;
  const limit = DISTANCE_LIMIT / Math.sqrt(tail);
  const said = `α ${exponent.toFixed(2)} ± ${standardError.toFixed(2)} on ${tail} eigenvalues`;
  if (tail < FEWEST) return { label: 'not determined', restsOn: `${said}: fewer than ${FEWEST}` };
  if (distance > limit) {
    return {
      label: 'not determined',
      restsOn: `${said}; distance ${distance.toFixed(3)} above ${limit.toFixed(3)}: no power law`,
    };
  }
  const near = (bound: number): boolean => Math.abs(exponent - bound) < 1.96 * standardError;
  const close = near(alphaBounds.over)
    ? alphaBounds.over
    : near(alphaBounds.under)
      ? alphaBounds.under
      : null;
  if (close !== null) {
    return { label: 'not determined', restsOn: `${said}: within 1.96 standard errors of ${close}` };
  }
  const label =
    exponent < alphaBounds.over
      ? 'over-trained'
      : exponent > alphaBounds.under
        ? 'under-trained'
        : 'well-trained';
  return { label, restsOn: `${said}; distance ${distance.toFixed(3)} within ${limit.toFixed(3)}` };
}
