import { kendallScore, kendallTauB } from '../numerics/kendall.ts';
import { permutationPValue } from '../numerics/permutation-p-value.ts';
import type { Random } from '../numerics/random.ts';
import type { Stabilization } from './stabilization.ts';

export interface ConvergenceLayer {
  /** Position in the network's order, from 0 at the input. */
  readonly depth: number;
  readonly stabilization: Stabilization;
}

export interface ConvergenceOrderOptions {
  /** Level of the test. Default 0.05. */
  readonly alpha?: number;
  /** Random orders drawn where there are too many to enumerate. Default 1999. */
  readonly permutations?: number;
}

/** Random orders drawn where there are too many to enumerate. */
export const sampledOrders = 1999;

/** Whether layers stabilize in the order of their depth. */
export interface ConvergenceOrder {
  /** `bottom-up`: the layers near the input first. `undefined` with a `reason`. */
  readonly pattern: 'bottom-up' | 'top-down' | 'no order detected' | 'undefined';
  readonly reason: string | null;
  /** Kendall's tau-b of depth and stabilization step; null where undefined. */
  readonly tau: number | null;
  /** Two-sided permutation p-value; null where tau is. */
  readonly pValue: number | null;
  /** The smallest p-value that these layers could give in any order; null where tau is. */
  readonly smallestPValue: number | null;
  /** `exact` over all orders, or `sampled`. */
  readonly method: 'exact' | 'sampled' | null;
  /** How many layers were found in which state. Only the stabilized and the moving ones can be ordered. */
  readonly layers: {
    readonly stabilized: number;
    readonly moving: number;
    readonly constant: number;
    readonly unmoved: number;
    readonly undetermined: number;
  };
}

/** 7! = 5040 orders are enumerated, 8! are not. */
const MOST_ENUMERATED = 7;

/**
 * Tests whether the layers of a run stabilize in the order of their depth, by Kendall's tau-b and its permutation
 * distribution. Layers that still move at the end of training stabilize later than all that did stabilize, and are
 * tied among themselves; layers in which no movement was told have no place in the order. Undefined where fewer than three layers can be
 * ordered, where all are tied, or where the layers are too few for any order to be significant.
 *
 * @example
 * convergenceOrder(layers, createRandom(1)).pattern; // 'no order detected'
 */
export function convergenceOrder(
  layers: readonly ConvergenceLayer[],
  rng: Random,
  options: ConvergenceOrderOptions = {},
): ConvergenceOrder {
  const { alpha = 0.05, permutations = sampledOrders } = options;
  const count = (status: Stabilization['status']): number =>
    layers.filter(({ stabilization }) => stabilization.status === status).length;
  const counts = {
    stabilized: count('stabilized'),
    moving: count('moving'),
    constant: count('constant'),
    unmoved: count('unmoved'),
    undetermined: count('undetermined'),
  };
  const undefinedBecause = (reason: string): ConvergenceOrder => ({
    ...{ pattern: 'undefined', reason, tau: null, pValue: null, smallestPValue: null, method: null },
    layers: counts,
  });
  const ordered = layers.filter(
    ({ stabilization: { status } }) => status === 'stabilized' || status === 'moving',
  );
  if (ordered.length < 3) {
    return undefinedBecause(`${ordered.length} layers can be ordered; at least 3 are needed`);
  }
  const depths = Float64Array.from(ordered, ({ depth }) => depth);
  const times = Float64Array.from(ordered, ({ stabilization: s }) =>
    s.status === 'stabilized' ? s.step : Infinity,
  );
  const tau = kendallTauB(depths, times);
  if (!tau.determined) return undefinedBecause('all layers that can be ordered are tied');

  const observed = Math.abs(kendallScore(depths, times));
  const largest = kendallScore(depths.slice().sort(), times.slice().sort());
  const exact = ordered.length <= MOST_ENUMERATED;
  let total = 0;
  let asExtreme = 0;
  let asLarge = 0;
  for (const arrangement of exact ? allOrders(times) : randomOrders(times, permutations, rng)) {
    const score = Math.abs(kendallScore(depths, arrangement));
    total++;
    if (score >= observed) asExtreme++;
    if (score >= largest) asLarge++;
  }
  const toPValue = (extreme: number): number => (exact ? extreme / total : permutationPValue(extreme, total));
  const pValue = toPValue(asExtreme);
  const smallestPValue = toPValue(asLarge);
  const tooFew = smallestPValue > alpha;
  return {
    pattern: tooFew
      ? 'undefined'
      : pValue > alpha
        ? 'no order detected'
        : tau.value > 0
          ? 'bottom-up'
          : 'top-down',
    reason: tooFew
      ? `no order of these ${ordered.length} layers could be significant (smallest p-value ${Number(smallestPValue.toPrecision(2))})`
      : null,
    tau: tau.value,
    pValue,
    smallestPValue,
    method: exact ? 'exact' : 'sampled',
    layers: counts,
  };
}

/** All n! arrangements, in place (Heap 1963). */
function* allOrders(values: Float64Array): Generator<Float64Array> {
  const a = values.slice();
  const counters = new Uint8Array(a.length);
  yield a;
  for (let i = 1; i < a.length; ) {
    if (counters[i] < i) {
      swap(a, i % 2 === 0 ? 0 : counters[i], i);
      yield a;
      counters[i]++;
      i = 1;
    } else {
      counters[i++] = 0;
    }
  }
}

/** Uniformly random arrangements, in place (Fisher-Yates). */
function* randomOrders(values: Float64Array, count: number, rng: Random): Generator<Float64Array> {
  const a = values.slice();
  for (let drawn = 0; drawn < count; drawn++) {
    for (let i = a.length - 1; i > 0; i--) swap(a, i, rng.integer(i + 1));
    yield a;
  }
}

function swap(a: Float64Array, i: number, j: number): void {
  const held = a[i];
  a[i] = a[j];
  a[j] = held;
}
