/**
 * P-values adjusted for being many, in the order given: reject at level α where the adjusted value is at most α.
 * The same definitions as R's `p.adjust`.
 */
export type Adjustment = (pValues: ArrayLike<number>) => Float64Array;

/** Holm (1979): controls the chance of any false rejection, whatever the dependence. */
export const holm: Adjustment = (pValues) => {
  const m = pValues.length;
  return fromSmallest(pValues, (p, rank) => (m - rank) * p);
};

/** Benjamini & Hochberg (1995): controls the false discovery rate of independent or positively dependent tests. */
export const benjaminiHochberg: Adjustment = (pValues) => {
  const m = pValues.length;
  return fromLargest(pValues, (p, rank) => (m * p) / (rank + 1));
};

/** Benjamini & Yekutieli (2001): controls the false discovery rate whatever the dependence. */
export const benjaminiYekutieli: Adjustment = (pValues) => {
  const m = pValues.length;
  let harmonic = 0;
  for (let i = 1; i <= m; i++) harmonic += 1 / i;
  return fromLargest(pValues, (p, rank) => (harmonic * m * p) / (rank + 1));
};

type Scaled = (p: number, rank: number) => number;

function fromSmallest(pValues: ArrayLike<number>, scaled: Scaled): Float64Array {
  const adjusted = new Float64Array(pValues.length);
  let running = 0;
  ascending(pValues).forEach((index, rank) => {
    running = Math.max(running, scaled(pValues[index], rank));
    adjusted[index] = Math.min(1, running);
  });
  return adjusted;
}

function fromLargest(pValues: ArrayLike<number>, scaled: Scaled): Float64Array {
  const adjusted = new Float64Array(pValues.length);
  let running = 1;
  const order = ascending(pValues);
  for (let rank = order.length - 1; rank >= 0; rank--) {
    running = Math.min(running, scaled(pValues[order[rank]], rank));
    adjusted[order[rank]] = running;
  }
  return adjusted;
}

function ascending(pValues: ArrayLike<number>): number[] {
  for (let i = 0; i < pValues.length; i++) {
    if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
      throw new RangeError(`pValues[${i}] is ${pValues[i]}; allowed: a number from 0 to 1`);
    }
  }
  return Array.from(pValues, (_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
}
