import { mean, variance } from '../../numerics/moments.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import { checkLabeled, classCounts, type LabeledActivations, oneClass } from './labeled-activations.ts';

/** Means of every unit on the examples of every class. */
export interface ClassMeans {
  /** Row-major `[units, classes]`; NaN in the column of a class without examples. */
  readonly means: Float64Array;
  readonly units: number;
  readonly classes: number;
  /** Examples by class. */
  readonly examples: Int32Array;
}

/**
 * Mean activation of every unit on each class (the published study's `activation_selectivity`).
 *
 * @throws InputError for labels or activations that do not fit.
 * @example
 * const matrix = { data: Float64Array.of(1, 3, 5), rows: 3, columns: 1 };
 * [...classMeans({ matrix, labels: [0, 0, 1], classes: 2 }).means] // [2, 5]
 */
export function classMeans(activations: LabeledActivations): ClassMeans {
  checkLabeled(activations);
  const { matrix, labels, classes } = activations;
  const { data, rows, columns } = matrix;
  const examples = classCounts(activations);
  const means = new Float64Array(columns * classes);
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < columns; unit++)
      means[unit * classes + labels[row]] += data[row * columns + unit];
  }
  for (let i = 0; i < means.length; i++) means[i] /= examples[i % classes];
  return { means, units: columns, classes, examples };
}

/**
 * Class selectivity index of every unit, (μ_max − μ_rest) / (μ_max + μ_rest): μ_max is its largest class mean, μ_rest the mean
 * over the other classes. 0 for a unit that answers all classes alike, 1 for one that answers a single class. Defined
 * for activations that are not negative (after a ReLU).
 *
 * @returns by unit; undetermined for a unit with a negative class mean, one that is silent, or with one class only.
 * @throws InputError for labels or activations that do not fit.
 * Source: Morcos et al. 2018, *On the importance of single directions for generalization*.
 * @example
 * const matrix = { data: Float64Array.of(3, 1), rows: 2, columns: 1 };
 * selectivityIndex({ matrix, labels: [0, 1], classes: 2 }) // [{ determined: true, value: 0.5 }]
 */
export function selectivityIndex(activations: LabeledActivations): Determined[] {
  const { means, units, classes } = classMeans(activations);
  return Array.from({ length: units }, (_, unit): Determined => {
    const own = [...means.subarray(unit * classes, (unit + 1) * classes)].filter(
      (mean) => !Number.isNaN(mean),
    );
    if (own.length < 2) return undetermined(oneClass);
    if (Math.min(...own) < 0) {
      return undetermined('a class mean is negative: measure after the nonlinearity');
    }
    const most = Math.max(...own);
    if (most === 0) return undetermined('the unit is silent');
    const rest = (own.reduce((sum, mean) => sum + mean, 0) - most) / (own.length - 1);
    return determined((most - rest) / (most + rest));
  });
}

/**
 * Discriminability d′ of every unit for the class that it answers most: the difference of the mean on that class and on all other
 * examples, divided by the root of the mean of the two variances (n − 1 in the denominator).
 *
 * @returns by unit; undetermined where a side has fewer than two examples, or neither varies.
 * @throws InputError for labels or activations that do not fit.
 * Source: Green & Swets 1966, with variances averaged (Simpson & Fitter 1973).
 * @example
 * const matrix = { data: Float64Array.of(4, 6, 0, 2), rows: 4, columns: 1 };
 * discriminability({ matrix, labels: [0, 0, 1, 1], classes: 2 })[0] // { determined: true, value: 2.82842712474619 }
 */
export function discriminability(activations: LabeledActivations): Determined[] {
  const { means, units, classes, examples } = classMeans(activations);
  const { matrix, labels } = activations;
  const present = [...examples.keys()].filter((label) => examples[label] > 0);
  return Array.from({ length: units }, (_, unit): Determined => {
    if (present.length < 2) return undetermined(oneClass);
    const preferred = present.reduce((best, label) =>
      means[unit * classes + label] > means[unit * classes + best] ? label : best,
    );
    const values = Array.from({ length: matrix.rows }, (_, row) => matrix.data[row * matrix.columns + unit]);
    const inside = values.filter((_, row) => labels[row] === preferred);
    const outside = values.filter((_, row) => labels[row] !== preferred);
    if (inside.length < 2 || outside.length < 2) {
      return undetermined('a side of the comparison has fewer than two examples');
    }
    const spread = Math.sqrt((variance(inside, 1) + variance(outside, 1)) / 2);
    if (spread === 0) return undetermined('the unit does not vary within the class nor outside it');
    return determined((mean(inside) - mean(outside)) / spread);
  });
}
