import type { Dataset } from './types.ts';

/**
 * The examples with the given ids, in the given order, as a data set of their own.
 *
 * @param ids positions in `dataset`, each in [0, count).
 * @example
 * const firstHundred = takeExamples(digits, Uint32Array.from({ length: 100 }, (_, i) => i));
 */
export function takeExamples(dataset: Dataset, ids: Uint32Array): Dataset {
  const size = dataset.inputs.length / dataset.count;
  const inputs = new Float32Array(ids.length * size);
  ids.forEach((id, row) => {
    if (id >= dataset.count) throw new RangeError(`example id is ${id}; allowed: 0 to ${dataset.count - 1}`);
    inputs.set(dataset.inputs.subarray(id * size, (id + 1) * size), row * size);
  });
  const labels = Uint8Array.from(ids, (id) => dataset.labels[id]);
  return { ...dataset, inputs, labels, count: ids.length };
}
