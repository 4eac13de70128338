import { inverseCholesky } from '../../numerics/cholesky.ts';
import { wilsonInterval } from '../../numerics/wilson-interval.ts';
import { type CenteredGram, centeredGram } from '../../spectra/centered-gram.ts';
import { undetermined } from '../../spectra/determined.ts';
import type { MeasuredValue } from '../measured-value.ts';
import {
  checkLabeled,
  classCounts,
  type LabeledActivations,
  oneClass,
} from '../units/labeled-activations.ts';

/** Ridge penalty, as a share of the mean variance along the examples' directions. */
const RIDGE = 0.1;

/**
 * What a linear readout knows of the class: the share of examples that a ridge classifier (one-hot targets, an intercept that is not
 * penalized) puts in the right class when it is fitted to all the others. Leaving one out is exact, in closed form, and draws
 * nothing at random. 0 to 1.
 *
 * `chance` is the share of the most frequent class; `interval` is Wilson's, as if the n answers were independent, which those of
 * fits that share all but one example nearly are. With fewer than some fifty examples per class it says what can be read from
 * so few, not what is there.
 *
 * @param activations classes without an example are no possible answer.
 * @param ridge penalty λ as a share of tr(Kc)/n, Kc the centered Gram matrix of the examples; default 0.1.
 * @returns undetermined with fewer than two classes in the probe, a class with one example, or units that do not vary.
 * @throws InputError for labels or activations that do not fit.
 * Source: Alain & Bengio 2016, *Understanding intermediate layers using linear classifier probes*; leaving one out: Allen 1974 (PRESS).
 * @example
 * const matrix = { data: Float64Array.of(1, 1.2, 0.9, -1, -1.1, -0.8), rows: 6, columns: 1 };
 * linearProbe({ matrix, labels: [0, 0, 0, 1, 1, 1], classes: 2 })
 * // { determined: true, value: 1, interval: [0.6096657120978346, 1], chance: 0.5 }
 */
export function linearProbe(activations: LabeledActivations, ridge = RIDGE): MeasuredValue {
  checkLabeled(activations);
  return probeOfGram(activations, centeredGram(activations.matrix, 'samples', 1), ridge);
}

/** As `linearProbe`, given the centered Gram matrix of the examples in any unit. */
export function probeOfGram(
  activations: LabeledActivations,
  { gram, order: n }: CenteredGram,
  ridge = RIDGE,
): MeasuredValue {
  const { labels } = activations;
  const counts = classCounts(activations);
  const present = [...counts.keys()].filter((label) => counts[label] > 0);
  if (present.length < 2) return undetermined(oneClass);
  const lonely = counts.indexOf(1);
  if (lonely >= 0) return undetermined(`class ${lonely} has one example: without it nothing is known of it`);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += gram[i * n + i];
  if (!(trace > 0)) return undetermined('the representation does not vary over the examples');
  const penalty = (ridge * trace) / n;
  const penalized = gram.slice();
  for (let i = 0; i < n; i++) penalized[i * n + i] += penalty;
  const factor = inverseCholesky(penalized, n);
  if (factor === null) return undetermined('the penalty is too small for the digits of the Gram matrix');
  const right = rightAnswers(factor, penalty, { labels, counts, present });
  return {
    determined: true,
    value: right / n,
    interval: wilsonInterval(right, n),
    chance: Math.max(...counts) / n,
  };
}

/**
 * Examples whose class scores highest in the fit without them. The residual of a linear smoother H without example i is
 * (y − Hy)ᵢ / (1 − Hᵢᵢ), and 1 − H = λA⁻¹ − 11ᵀ/n with A = Kc + λ.
 */
function rightAnswers(
  factor: Float64Array,
  penalty: number,
  {
    labels,
    counts,
    present,
  }: {
    readonly labels: ArrayLike<number>;
    readonly counts: Int32Array;
    readonly present: readonly number[];
  },
): number {
  const n = labels.length;
  const free = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) free[j] += factor[i * n + j] ** 2;
  const best = new Float64Array(n).fill(-Infinity);
  const answers = new Int32Array(n);
  for (const label of present) {
    const halfway = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) if (labels[j] === label) halfway[i] += factor[i * n + j];
    }
    const solved = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) solved[j] += factor[i * n + j] * halfway[i];
    for (let i = 0; i < n; i++) {
      const residual = (penalty * solved[i] - counts[label] / n) / (penalty * free[i] - 1 / n);
      const score = (labels[i] === label ? 1 : 0) - residual;
      if (score > best[i]) [best[i], answers[i]] = [score, label];
    }
  }
  return answers.reduce((right, answer, i) => right + Number(answer === labels[i]), 0);
}
