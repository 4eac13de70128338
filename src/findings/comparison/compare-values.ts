import { mean } from '../../numerics/moments.ts';
import { welchDifference } from '../../numerics/welch-difference.ts';
import type { ComparedQuantity, SideValues } from './types.ts';

/** A compared number before it is looked at among all others. */
export type TestedQuantity = Omit<ComparedQuantity, 'adjusted' | 'verdict'>;

/** What is compared, and of what. */
export type Subject = Pick<ComparedQuantity, 'kind' | 'layer' | 'stretch'>;

export interface ValueOptions {
  readonly scale: ComparedQuantity['scale'];
  /** Confidence of the interval, between 0 and 1. */
  readonly confidence: number;
  /** Variance that values have from being measured no finer; 0 by default. */
  readonly leastVariance?: number;
}

/**
 * Compares a number over the runs of two groups: Welch's interval and test, of logarithms for a ratio. Where neither group varies
 * at all there is no spread to compare with; how likely so complete a parting is by chance, if runs are exchangeable, is then
 * the p-value.
 *
 * @param a by run; null where a run has none. Above 0 for a ratio.
 */
export function compareValues(
  subject: Subject,
  a: readonly (number | null)[],
  b: readonly (number | null)[],
  { scale, confidence, leastVariance = 0 }: ValueOptions,
): TestedQuantity {
  const isRatio = scale === 'ratio';
  const [valuesA, valuesB] = [a, b].map((side) =>
    side.flatMap((value) => (value === null ? [] : [isRatio ? Math.log(value) : value])),
  );
  const back = (value: number): number => (isRatio ? Math.exp(value) : value);
  const meanOf = (values: readonly number[]): number | null =>
    values.length === 0 ? null : back(mean(values));
  const sides = {
    a: { perRun: a, mean: meanOf(valuesA) } satisfies SideValues,
    b: { perRun: b, mean: meanOf(valuesB) } satisfies SideValues,
  };
  const known = { ...subject, ...sides, scale };
  const untested = (reason: string): TestedQuantity => ({
    ...known,
    effect: valuesA.length === 0 || valuesB.length === 0 ? null : back(mean(valuesB) - mean(valuesA)),
    ...{ interval: null, pValue: null, reason },
  });
  if (valuesA.length === 0 || valuesB.length === 0) {
    return untested(`${runsWith(valuesA.length)} of A and ${runsWith(valuesB.length)} of B have a value`);
  }
  if (valuesA.length < 2 || valuesB.length < 2) {
    return untested('one run alone shows no spread between seeds; at least 2 are needed on either side');
  }
  const welch = welchDifference(valuesA, valuesB, confidence, leastVariance);
  const isFlat = leastVariance === 0 && [valuesA, valuesB].every((values) => isConstant(values));
  if (isFlat && welch.value !== 0) {
    const chance = Math.min(1, 2 / binomial(valuesA.length + valuesB.length, valuesA.length));
    return { ...known, effect: back(welch.value), interval: null, pValue: chance, reason: null };
  }
  return {
    ...known,
    effect: back(welch.value),
    interval: [back(welch.interval[0]), back(welch.interval[1])],
    ...{ pValue: welch.pValue, reason: null },
  };
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

function runsWith(count: number): string {
  return count === 0 ? 'no run' : count === 1 ? '1 run' : `${count} runs`;
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
