import { symmetricEigenvectors } from '../../numerics/symmetric-eigenvectors.ts';
import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined, Matrix } from '../../spectra/types.ts';
import { type LabeledActivations, oneClass } from '../units/labeled-activations.ts';
import { classMeans } from '../units/selectivity.ts';

/** Weights and biases of the classifier that reads the features: logits = W·h + b. */
export interface Classifier {
  /** `[classes, features]`. */
  readonly weights: Matrix;
  readonly bias: Float32Array | Float64Array;
}

/** How far the last features and the classifier have collapsed; each tends to 0. */
export interface NeuralCollapse {
  /** NC1, tr(Σ_W Σ_B⁺)/C: variability within classes over that between them. */
  readonly variability: Determined;
  /** NC2, spread of the norms of the centered class means: sd/mean. */
  readonly equinorm: Determined;
  /** NC2, mean |cos + 1/(C−1)| between centered class means: how far from a simplex. */
  readonly equiangular: Determined;
  /** NC3, ‖W/‖W‖ − M/‖M‖‖², Frobenius: how far the classifier is from the centered class means. */
  readonly selfDuality: Determined;
  /** NC4, share of examples that the classifier and the nearest class mean put in different classes. */
  readonly nearestMean: Determined;
}

/**
 * The four signs of neural collapse (Papyan, Han & Donoho 2020, *Prevalence of neural collapse during the terminal phase of deep learning
 * training*). Class means are weighed equally, as in the paper; the global mean is the mean of the class means.
 *
 * @param activations of the last hidden layer; every class needs examples.
 * @param classifier absent: NC3 and NC4 are undetermined.
 * @throws InputError for labels or activations that do not fit.
 */
export function neuralCollapse(activations: LabeledActivations, classifier?: Classifier): NeuralCollapse {
  const { means, units, classes, examples } = classMeans(activations);
  if (classes < 2 || examples.some((count) => count === 0)) {
    const none = undetermined(
      classes < 2 ? oneClass : `class ${examples.indexOf(0)} has no example in the probe`,
    );
    return { variability: none, equinorm: none, equiangular: none, selfDuality: none, nearestMean: none };
  }
  // Centered class means, row-major [classes, units].
  const centered = new Float64Array(classes * units);
  for (let unit = 0; unit < units; unit++) {
    let global = 0;
    for (let label = 0; label < classes; label++) global += means[unit * classes + label] / classes;
    for (let label = 0; label < classes; label++) {
      centered[label * units + unit] = means[unit * classes + label] - global;
    }
  }
  const gram = new Float64Array(classes * classes);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++)
      gram[a * classes + b] = dot(centered, a * units, centered, b * units, units);
  }
  return {
    variability: variability(activations, { means, centered, gram, units, examples }),
    ...simplex(gram, classes),
    selfDuality: selfDuality(centered, classifier, classes, units),
    nearestMean: nearestMean(activations, means, classifier, classes, units),
  };
}

interface Means {
  readonly means: Float64Array;
  readonly centered: Float64Array;
  readonly gram: Float64Array;
  readonly units: number;
  readonly examples: Int32Array;
}

/**
 * tr(Σ_W Σ_B⁺)/C. Σ_B = MᵀM/C with M the centered class means; its pseudoinverse lives on the C − 1 directions Mᵀv/σ with v, σ² the
 * eigenvectors and eigenvalues of MMᵀ, along which the deviations within classes are taken.
 */
function variability(
  { matrix, labels, classes }: LabeledActivations,
  { means, centered, gram, units, examples }: Means,
): Determined {
  const { values, vectors } = symmetricEigenvectors(gram, classes);
  if (!(values[0] > 0)) return undetermined('all class means are equal');
  const kept = Math.min(classes - 1, values.filter((value) => value > 1e-12 * values[0]).length);
  let trace = 0;
  for (let k = 0; k < kept; k++) {
    const direction = new Float64Array(units);
    for (let label = 0; label < classes; label++) {
      const weight = vectors[k * classes + label] / Math.sqrt(values[k]);
      for (let unit = 0; unit < units; unit++) direction[unit] += weight * centered[label * units + unit];
    }
    let within = 0;
    for (let row = 0; row < matrix.rows; row++) {
      let along = 0;
      for (let unit = 0; unit < units; unit++) {
        along += direction[unit] * (matrix.data[row * units + unit] - means[unit * classes + labels[row]]);
      }
      within += (along * along) / (examples[labels[row]] * classes);
    }
    trace += (within * classes) / values[k];
  }
  return determined(trace / classes);
}

function simplex(gram: Float64Array, classes: number): Pick<NeuralCollapse, 'equinorm' | 'equiangular'> {
  const norms = Float64Array.from({ length: classes }, (_, a) => Math.sqrt(gram[a * classes + a]));
  const mean = norms.reduce((sum, norm) => sum + norm, 0) / classes;
  if (norms.some((norm) => norm === 0)) {
    const none: Determined = undetermined('a class mean lies on the global mean');
    return { equinorm: none, equiangular: none };
  }
  const sd = Math.sqrt(norms.reduce((sum, norm) => sum + (norm - mean) ** 2, 0) / classes);
  let off = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < a; b++)
      off += Math.abs(gram[a * classes + b] / norms[a] / norms[b] + 1 / (classes - 1));
  }
  return {
    equinorm: determined(sd / mean),
    equiangular: determined(off / ((classes * (classes - 1)) / 2)),
  };
}

const noClassifier = undetermined('needs the classifier that reads these features');

function selfDuality(
  centered: Float64Array,
  classifier: Classifier | undefined,
  classes: number,
  units: number,
): Determined {
  if (!reads(classifier, classes, units)) return noClassifier;
  const { data } = classifier.weights;
  const [w, m] = [norm(data), norm(centered)];
  if (w === 0 || m === 0) return undetermined('the weights or the class means are zero');
  let distance = 0;
  for (let i = 0; i < centered.length; i++) distance += (data[i] / w - centered[i] / m) ** 2;
  return determined(distance);
}

function nearestMean(
  { matrix, labels }: LabeledActivations,
  means: Float64Array,
  classifier: Classifier | undefined,
  classes: number,
  units: number,
): Determined {
  if (!reads(classifier, classes, units)) return noClassifier;
  let different = 0;
  for (let row = 0; row < labels.length; row++) {
    let [nearest, distance, chosen, logit] = [-1, Infinity, -1, -Infinity];
    for (let label = 0; label < classes; label++) {
      let square = 0;
      for (let unit = 0; unit < units; unit++) {
        square += (matrix.data[row * units + unit] - means[unit * classes + label]) ** 2;
      }
      if (square < distance) [nearest, distance] = [label, square];
      const own =
        dot(matrix.data, row * units, classifier.weights.data, label * units, units) + classifier.bias[label];
      if (own > logit) [chosen, logit] = [label, own];
    }
    if (nearest !== chosen) different++;
  }
  return determined(different / labels.length);
}

function reads(classifier: Classifier | undefined, classes: number, units: number): classifier is Classifier {
  return classifier?.weights.rows === classes && classifier.weights.columns === units;
}

type Values = Float32Array | Float64Array;

function dot(x: Values, from: number, y: Values, start: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += x[from + i] * y[start + i];
  return sum;
}

function norm(values: Values): number {
  return Math.sqrt(dot(values, 0, values, 0, values.length));
}
