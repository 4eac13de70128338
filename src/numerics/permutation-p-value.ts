/**
 * p-value of a Monte Carlo test: (1 + replicates at least as extreme) / (1 + replicates). The observed arrangement
 * counts as one of its own, so the result is never 0 and the test never exceeds its level (Phipson & Smyth 2010).
 */
export function permutationPValue(atLeastAsExtreme: number, replicates: number): number {
  return (1 + atLeastAsExtreme) / (1 + replicates);
}
