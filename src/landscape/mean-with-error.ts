/** A mean over independent draws. */
export interface Estimate {
  readonly value: number;
  /** Standard deviation of the mean, from the spread of the draws; null of a single one. */
  readonly standardError: number | null;
}

/** @param draws independent, of one distribution; at least one. */
export function meanWithError(draws: readonly number[]): Estimate {
  const value = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  if (draws.length === 1) return { value, standardError: null };
  const squares = draws.reduce((sum, draw) => sum + (draw - value) ** 2, 0);
  return { value, standardError: Math.sqrt(squares / (draws.length - 1) / draws.length) };
}
