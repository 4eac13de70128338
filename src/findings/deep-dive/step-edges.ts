/** Least ratio of a part's two ends. */
const NARROWEST = 1.6;

/**
 * Edges of parts of training that grow with the step, as changes become rarer the longer a network learns: 0, the first measured
 * step after it, then 1, 2 and 5 times the powers of ten, and the last measured step.
 *
 * @param steps of the runs, each ascending.
 * @example
 * stepEdges([Float64Array.of(0, 5, 10, 15, 120)]); // [0, 5, 10, 20, 50, 120]
 */
export function stepEdges(steps: readonly Float64Array[]): number[] {
  const first = Math.min(...steps.flatMap((own) => own.find((step) => step > 0) ?? []));
  const last = Math.max(...steps.map((own) => own.at(-1) ?? 0));
  if (!(first < last)) return [0, ...(last > 0 ? [last] : [])];
  const edges = [0, first];
  for (let power = 10 ** Math.floor(Math.log10(first)); power < last; power *= 10) {
    for (const factor of [1, 2, 5]) {
      const edge = factor * power;
      // What lies closer to its neighbor, or to the end, would be a sliver.
      if (edge >= NARROWEST * edges[edges.length - 1] && last >= NARROWEST * edge) edges.push(edge);
    }
  }
  return [...edges, last];
}
