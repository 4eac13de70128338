/** Which earlier values a contrast is compared with. */
export interface Reference {
  /** First position at each place; never decreases. */
  readonly firsts: Int32Array;
  /** One past the last position at each place; never decreases. At most `firsts` where nothing can be said. */
  readonly ends: Int32Array;
}

/** Measurements that a reference goes back at most. */
export const LENGTH = 100;
/** Share of a run's measurements, at its start, that is in no reference: networks collapse and recover there. */
const START = 0.03;
/** Measuring intervals that differ by more are not compared. */
const LARGEST_RATIO = 2;

/**
 * The reference of contrasts of a given width: those of up to 100 measurements before, of which none sees a value after t, none the
 * start of training, and none was measured at intervals of another size.
 *
 * @param steps strictly increasing.
 * @param width of the contrasts on either side.
 * @param from first measurement that may be looked at; by default the start of training is left out.
 */
export function referenceOf(
  steps: Float64Array,
  width: number,
  from: number = Math.max(1, Math.round(START * steps.length)),
): Reference {
  const comparable = firstComparable(steps, width);
  const n = steps.length;
  const firsts = new Int32Array(n);
  const ends = new Int32Array(n);
  let reached = 0;
  for (let t = 0; t < n; t++) {
    // A contrast at s looks back to s + 1 − width and ahead to s + width.
    reached = Math.max(reached, from + width - 1, comparable[t] + width - 1, t - width + 1 - LENGTH);
    firsts[t] = reached;
    ends[t] = Math.max(0, t - width + 1);
  }
  return { firsts, ends };
}

/** For each place, the first measurement from which on all intervals, to the end of the contrast, resemble the one after it. */
function firstComparable(steps: Float64Array, width: number): Int32Array {
  const n = steps.length;
  const places = new Int32Array(n);
  for (let t = 0; t < n; t++) {
    const interval = t + 1 < n ? steps[t + 1] - steps[t] : steps[t] - steps[t - 1];
    const end = Math.min(t + width, n - 1);
    let last = t;
    while (last < end && resembles(steps, last + 1, interval)) last++;
    const least = Math.max(0, t - 2 * width - LENGTH);
    let first = t;
    while (first > least && resembles(steps, first, interval)) first--;
    places[t] = last < end ? n : first;
  }
  return places;
}

/** Whether the interval that ends at a measurement is of the size of another. */
function resembles(steps: Float64Array, end: number, interval: number): boolean {
  const ratio = (steps[end] - steps[end - 1]) / interval;
  return ratio <= LARGEST_RATIO && ratio >= 1 / LARGEST_RATIO;
}
