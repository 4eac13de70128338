/** Where a change happens: first and last index, equal for a step. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

/** A found change and the true one it stands for. */
export interface Match {
  readonly found: number;
  readonly planted: number;
  /** Found minus true index; 0 anywhere within the true change's extent. */
  readonly error: number;
}

/**
 * Matches found changes to true ones, each to one at most: as many matches as can be, and of those the nearest.
 *
 * On a line such a matching need never cross, so that it is found by dynamic programming over both in order.
 *
 * @param found indices, ascending.
 * @param planted ascending.
 * @param margin largest distance of a match.
 * @returns matches by position in `found` and `planted`, ascending.
 * @example
 * matchChanges([98, 103], [{ first: 100, last: 100 }], 10); // [{ found: 0, planted: 0, error: -2 }]
 */
export function matchChanges(found: readonly number[], planted: readonly Extent[], margin: number): Match[] {
  const width = planted.length + 1;
  // Best over the first i found and j planted: how many matches, and their total distance.
  const count = new Int32Array((found.length + 1) * width);
  const distance = new Float64Array(count.length);
  const choice = new Uint8Array(count.length);
  for (let i = 1; i <= found.length; i++) {
    for (let j = 1; j < width; j++) {
      const here = i * width + j;
      const offer = (from: number, matches: number, length: number, by: Choice): void => {
        const total = distance[from] + length;
        const better =
          count[from] + matches > count[here] ||
          (count[from] + matches === count[here] && total < distance[here]);
        if (choice[here] !== 0 && !better) return;
        count[here] = count[from] + matches;
        distance[here] = total;
        choice[here] = by;
      };
      offer(here - width, 0, 0, SKIP_FOUND);
      offer(here - 1, 0, 0, SKIP_PLANTED);
      const error = Math.abs(errorOf(found[i - 1], planted[j - 1]));
      if (error <= margin) offer(here - width - 1, 1, error, MATCH);
    }
  }
  const matches: Match[] = [];
  for (let i = found.length, j = planted.length; i > 0 && j > 0; ) {
    const by = choice[i * width + j];
    if (by === MATCH) {
      matches.push({ found: i - 1, planted: j - 1, error: errorOf(found[i - 1], planted[j - 1]) });
    }
    if (by !== SKIP_PLANTED) i--;
    if (by !== SKIP_FOUND) j--;
  }
  return matches.reverse();
}

const SKIP_FOUND = 1;
const SKIP_PLANTED = 2;
const MATCH = 3;
type Choice = typeof SKIP_FOUND | typeof SKIP_PLANTED | typeof MATCH;

function errorOf(index: number, { first, last }: Extent): number {
  return index < first ? index - first : index > last ? index - last : 0;
}
