import { InputError } from '../../errors/input-error.ts';

/** Extents of what one attention layer looks at: row-major `[examples, heads, queries, keys]`. */
export interface AttentionShape {
  readonly examples: number;
  readonly heads: number;
  readonly queries: number;
  readonly keys: number;
}

/** Whether a query may look at a key. */
export type Visibility = (query: number, key: number) => boolean;

/** Each position sees itself and what comes before it. */
export const causal: Visibility = (query, key) => key <= query;

/** What one attention layer looks at on a batch, checked: every row that counts is a distribution over the keys it sees. */
export interface AttentionMaps extends AttentionShape {
  /** Row-major `[examples, heads, queries, keys]`. */
  readonly probabilities: Float64Array;
  /** Keys that each query sees. */
  readonly visible: Int32Array;
  readonly sees: Visibility;
  /** By row `[examples, heads, queries]`: 1 where it is a distribution, 0 where it is left out. */
  readonly counts: Uint8Array;
  /** Rows left out: masked altogether, not finite, or not summing to 1. */
  readonly leftOut: number;
}

/** How far the sum of a row of float32 probabilities may be from 1. */
const SUM_TOLERANCE = 1e-3;

/**
 * Attention probabilities as a model gave them. They are taken as they are: a softmax on top would flatten them towards
 * uniform, and the entropy of any head would come out near log(keys).
 *
 * Rows that do not sum to 1 within 1e-3, that hold a value that is not finite or negative, or that put more than 1e-3 on
 * keys they cannot see, are left out and counted.
 *
 * @param values row-major `[examples, heads, queries, keys]`.
 * @param sees which keys a query sees; all of them if absent.
 * @throws InputError if the length is not that of the shape, or if no row is a distribution: logits, most likely.
 * @example
 * const maps = fromProbabilities(Float64Array.of(1, 0, 0.5, 0.5), { examples: 1, heads: 1, queries: 2, keys: 2 });
 * maps.leftOut // 0
 */
export function fromProbabilities(
  values: ArrayLike<number>,
  shape: AttentionShape,
  sees: Visibility = () => true,
): AttentionMaps {
  const maps = checkedMaps(Float64Array.from(values), shape, sees);
  if (maps.leftOut === maps.counts.length) {
    throw new InputError({
      field: 'probabilities',
      allowed:
        'rows that sum to 1 over the keys that each query sees; none does (attention logits go to fromLogits)',
    });
  }
  return maps;
}

/**
 * The probabilities that attention logits (scores, already scaled) give: one softmax over the keys that a query sees.
 *
 * @param values row-major `[examples, heads, queries, keys]`; −Infinity stands for a masked key.
 * @throws InputError if the length is not that of the shape, or if they are distributions already.
 * @example
 * const maps = fromLogits(Float64Array.of(0, 0, 5, 0), { examples: 1, heads: 1, queries: 2, keys: 2 }, causal);
 * [...maps.probabilities].slice(0, 2) // [1, 0]
 */
export function fromLogits(
  values: ArrayLike<number>,
  shape: AttentionShape,
  sees: Visibility = () => true,
): AttentionMaps {
  const logits = Float64Array.from(values);
  checkLength(logits, shape);
  const { queries, keys } = shape;
  if (logits.length > 0 && areDistributions(logits, keys)) {
    throw new InputError({
      field: 'logits',
      allowed:
        'scores before the softmax; every row here is non-negative and sums to 1 (see fromProbabilities)',
    });
  }
  for (let row = 0; row * keys < logits.length; row++) {
    const scores = logits.subarray(row * keys, (row + 1) * keys);
    const query = row % queries;
    const largest = scores.reduce(
      (most, score, key) => (sees(query, key) ? Math.max(most, score) : most),
      -Infinity,
    );
    const weights = scores.map((score, key) => (sees(query, key) ? Math.exp(score - largest) : 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    scores.set(weights.map((weight) => weight / total));
  }
  return checkedMaps(logits, shape, sees);
}

function checkedMaps(probabilities: Float64Array, shape: AttentionShape, sees: Visibility): AttentionMaps {
  checkLength(probabilities, shape);
  const { examples, heads, queries, keys } = shape;
  const visible = Int32Array.from({ length: queries }, (_, query) => {
    let count = 0;
    for (let key = 0; key < keys; key++) if (sees(query, key)) count++;
    return count;
  });
  const counts = new Uint8Array(examples * heads * queries);
  let leftOut = 0;
  for (let row = 0; row < counts.length; row++) {
    const query = row % queries;
    let [seen, unseen, valid] = [0, 0, visible[query] > 0];
    for (let key = 0; key < keys; key++) {
      const value = probabilities[row * keys + key];
      valid &&= value >= 0 && value <= 1 + SUM_TOLERANCE;
      if (sees(query, key)) seen += value;
      else unseen += value;
    }
    if (valid && Math.abs(seen - 1) <= SUM_TOLERANCE && unseen <= SUM_TOLERANCE) counts[row] = 1;
    else leftOut++;
  }
  return { ...shape, probabilities, visible, sees, counts, leftOut };
}

function checkLength(values: Float64Array, { examples, heads, queries, keys }: AttentionShape): void {
  const wanted = examples * heads * queries * keys;
  if (![examples, heads, queries, keys].every((extent) => Number.isInteger(extent) && extent > 0)) {
    throw new InputError({
      field: 'shape',
      value: [examples, heads, queries, keys],
      allowed: '[examples, heads, queries, keys], whole numbers from 1',
    });
  }
  if (values.length !== wanted) {
    throw new InputError({
      field: 'values',
      value: values.length,
      allowed: `${examples} × ${heads} × ${queries} × ${keys} = ${wanted} numbers`,
    });
  }
}

function areDistributions(values: Float64Array, keys: number): boolean {
  for (let start = 0; start < values.length; start += keys) {
    let sum = 0;
    for (let key = 0; key < keys; key++) {
      if (!(values[start + key] >= 0)) return false;
      sum += values[start + key];
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) return false;
  }
  return true;
}
