import { InputError } from '../../errors/input-error.ts';
import { assignment } from '../../numerics/assignment.ts';
import { cosine, type FilterBank, filterOf } from './filter-bank.ts';

/** How far one filter has moved. */
export interface FilterDrift {
  /** 1 − the cosine to where it started, 0 to 2; null where one of the two is zero. */
  readonly turn: number | null;
  /** ‖now − then‖ / ‖then‖; null where it started at zero. */
  readonly relative: number | null;
}

/**
 * Drift of every filter of a layer from another moment of the same run, its initialization most often.
 *
 * @throws InputError if the two are not of one shape.
 * @example
 * filterDrift(filterBank(Float64Array.of(0, 2), [1, 2]), filterBank(Float64Array.of(2, 0), [1, 2]))[0].turn // 1
 */
export function filterDrift(now: FilterBank, then: FilterBank): FilterDrift[] {
  assertAlike(now, then);
  return Array.from({ length: now.filters }, (_, index) => {
    const [x, y] = [filterOf(now, index), filterOf(then, index)];
    const angle = cosine(x, y);
    let [moved, started] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      moved += (x[i] - y[i]) ** 2;
      started += y[i] ** 2;
    }
    const relative = Math.sqrt(moved / started);
    return { turn: angle === null ? null : 1 - angle, relative: Number.isFinite(relative) ? relative : null };
  });
}

/** Filters of one network put beside those of another. */
export interface FilterMatch {
  /** By filter of the first: its partner in the second. */
  readonly partner: Int32Array;
  /** By filter of the first: the cosine to its partner; 0 where one of the two is zero. */
  readonly cosine: Float64Array;
  /** Mean of the cosines. 1: the same filters in another order. */
  readonly mean: number;
}

/**
 * Matches the filters of one layer to those of another of the same shape (another seed, another step) one to one, such
 * that the cosines sum to the most. Random filters match better than chance too: compare with a shuffled or freshly
 * initialized layer.
 *
 * @throws InputError if the two are not of one shape.
 * Source: Li et al. 2016, *Convergent learning*.
 * @example
 * const one = filterBank(Float64Array.of(1, 0, 0, 1), [2, 2]);
 * matchFilters(one, filterBank(Float64Array.of(0, 5, 3, 0), [2, 2])).mean // 1
 */
export function matchFilters(one: FilterBank, other: FilterBank): FilterMatch {
  assertAlike(one, other);
  const n = one.filters;
  const cosines = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) cosines[i * n + j] = cosine(filterOf(one, i), filterOf(other, j)) ?? 0;
  }
  const partner = assignment(n, n, (i, j) => -cosines[i * n + j]);
  const matched = Float64Array.from(partner, (j, i) => cosines[i * n + j]);
  return { partner, cosine: matched, mean: matched.reduce((sum, value) => sum + value, 0) / n };
}

function assertAlike(one: FilterBank, other: FilterBank): void {
  const shape = ({ filters, channels, height, width }: FilterBank): string =>
    `[${filters}, ${channels}, ${height}, ${width}]`;
  if (shape(one) !== shape(other)) {
    throw new InputError({ field: 'filters', value: shape(other), allowed: `the same shape, ${shape(one)}` });
  }
}
