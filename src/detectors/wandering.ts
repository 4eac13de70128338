/**
 * Above this lag-1 coefficient of the noise a step cannot be told from a level that wanders: one random walk of 100
 * measurements in twenty shows less than 0.86 (Dickey & Fuller 1979: 1 − 13.7/n with a fitted level).
 */
const LARGEST_PHI = 0.85;

/** Why a method that takes the level for steady cannot judge by this noise; null where it can. */
export function wanders({ phi }: { readonly phi: number }): string | null {
  return phi > LARGEST_PHI ? 'a step cannot be told from a wandering level' : null;
}
