import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import { checkLabeled, classCounts, type LabeledActivations, oneClass } from './labeled-activations.ts';

/**
 * Mutual information, in nats, between every unit and the class: the unit's activations are cut into bins of equal numbers of
 * examples (equal values stay together), the information of the table is taken, and its bias, (cells − 1 each way)/2n, is subtracted
 * (Miller–Madow): without that, units that know nothing have some. May come out slightly negative; at most ln(classes).
 *
 * @param bins at most; default the root of the examples per class that has most, between 2 and 10.
 * @returns by unit; undetermined with fewer than two classes in the probe.
 * @throws InputError for labels or activations that do not fit.
 * Source: Miller 1955, *Note on the bias of information estimates*; Panzeri et al. 2007 for the correction's limits.
 * @example
 * const matrix = { data: Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1), rows: 8, columns: 1 };
 * mutualInformation({ matrix, labels: [0, 0, 0, 0, 1, 1, 1, 1], classes: 2 }, 2)[0]
 * // { determined: true, value: 0.6306471805599453 }
 */
export function mutualInformation(activations: LabeledActivations, bins?: number): Determined[] {
  checkLabeled(activations);
  const { matrix, labels, classes } = activations;
  const { data, rows, columns } = matrix;
  const examples = classCounts(activations);
  const present = examples.filter((count) => count > 0).length;
  const wanted = bins ?? Math.max(2, Math.min(10, Math.round(Math.sqrt(Math.max(...examples)))));
  return Array.from({ length: columns }, (_, unit): Determined => {
    if (present < 2) return undetermined(oneClass);
    const values = Float64Array.from({ length: rows }, (_, row) => data[row * columns + unit]);
    const binOf = equalBins(values, wanted);
    const used = Math.max(...binOf) + 1;
    const table = new Float64Array(used * classes);
    for (let row = 0; row < rows; row++) table[binOf[row] * classes + labels[row]]++;
    const inBin = Array.from({ length: used }, (_, bin) =>
      table.subarray(bin * classes, (bin + 1) * classes).reduce((sum, count) => sum + count, 0),
    );
    const information = table.reduce((sum, count, i) => {
      if (count === 0) return sum;
      const expected = (inBin[Math.floor(i / classes)] * examples[i % classes]) / rows;
      return sum + (count / rows) * Math.log(count / expected);
    }, 0);
    return determined(information - ((used - 1) * (present - 1)) / (2 * rows));
  });
}

/** The bin of each value: bins of about equal numbers, in order, with equal values in one bin; numbered without gaps. */
function equalBins(values: Float64Array, bins: number): Int32Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const binOf = new Int32Array(values.length);
  let [bin, filled] = [0, 0];
  order.forEach((index, place) => {
    const isNew = place > 0 && values[index] > values[order[place - 1]];
    if (isNew && place >= Math.round(((filled + 1) * values.length) / bins)) {
      bin++;
      filled = Math.floor((place * bins) / values.length);
    }
    binOf[index] = bin;
  });
  return binOf;
}
