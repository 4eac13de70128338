import type { Dataset } from './types.ts';

/**
 * The examples with the given ids, in the given order, as a data set of their own.
 *
 * @param ids positions in `dataset`, each in [0, count).
 * @example
 * const firstHundred = takeExamples(digits, Uint32Array.from({ length: 100 }, (_, i) => i));
 */
export function takeExamples(dataset: Dataset, ids: Uint32Array): Dataset {
  const { inputs, labels, targets, count } = dataset;
  const unknown = ids.find((id) => id >= count);
  if (unknown !== undefined) throw new RangeError(`example id is ${unknown}; allowed: 0 to ${count - 1}`);
  const chosen = <T extends Float32Array | Uint8Array>(values: T, into: T): T => {
    const size = values.length / count;
    ids.forEach((id, row) => {
      into.set(values.subarray(id * size, (id + 1) * size), row * size);
    });
    return into;
  };
  const room = ({ length }: ArrayLike<number>): number => (ids.length * length) / count;
  return {
    ...dataset,
    inputs: chosen(inputs, new Float32Array(room(inputs))),
    labels: chosen(labels, new Uint8Array(room(labels))),
    ...(targets !== undefined && { targets: chosen(targets, new Float32Array(room(targets))) }),
    count: ids.length,
  };
}
