/** What tells the next token from those before it in the same sequence, without anything learned. */
export const predictorNames = ['uniform', 'unigram', 'bigram'] as const;
export type PredictorName = (typeof predictorNames)[number];

/**
 * The probabilities that a predictor gives to the next token, after every token of a sequence: all alike; by how often each came so
 * far; by how often each came right after the present one so far. Counts are smoothed by one.
 *
 * @param tokens of one sequence, from 0 to `symbols` − 1.
 * @returns `[tokens, symbols]`, rows summing to 1.
 * @example
 * predictNext('unigram', [0, 0], 2); // [2/3, 1/3, 3/4, 1/4]
 */
export function predictNext(
  predictor: PredictorName,
  tokens: ArrayLike<number>,
  symbols: number,
): Float64Array {
  const contexts = predictor === 'bigram' ? symbols : 1;
  const counts = new Float64Array(contexts * symbols).fill(1);
  const totals = new Float64Array(contexts).fill(symbols);
  const probabilities = new Float64Array(tokens.length * symbols);
  for (let t = 0; t < tokens.length; t++) {
    const seen = predictor === 'bigram' ? tokens[t - 1] : 0;
    if (predictor !== 'uniform' && seen !== undefined) {
      counts[seen * symbols + tokens[t]]++;
      totals[seen]++;
    }
    const context = predictor === 'bigram' ? tokens[t] : 0;
    for (let next = 0; next < symbols; next++) {
      probabilities[t * symbols + next] = counts[context * symbols + next] / totals[context];
    }
  }
  return probabilities;
}

/**
 * Mean over rows of KL(p ‖ softmax(logits)), in nats: what a network's answers lack of a predictor's.
 *
 * @param probabilities `[rows, symbols]`, rows summing to 1.
 * @param logits `[rows, symbols]`.
 */
export function divergenceFrom(
  probabilities: Float64Array,
  logits: ArrayLike<number>,
  symbols: number,
): number {
  let sum = 0;
  const rows = probabilities.length / symbols;
  for (let row = 0; row < rows; row++) {
    let [largest, total] = [Number.NEGATIVE_INFINITY, 0];
    for (let k = 0; k < symbols; k++) largest = Math.max(largest, logits[row * symbols + k]);
    for (let k = 0; k < symbols; k++) total += Math.exp(logits[row * symbols + k] - largest);
    for (let k = 0; k < symbols; k++) {
      const p = probabilities[row * symbols + k];
      if (p > 0) sum += p * (Math.log(p) - (logits[row * symbols + k] - largest - Math.log(total)));
    }
  }
  return sum / rows;
}
