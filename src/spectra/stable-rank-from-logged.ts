import { determined, undetermined } from './determined.ts';
import type { Determined } from './types.ts';

/**
 * The stable rank of an uncentered matrix, recovered from two logged values of it:
 * (Σσ/σ₁)² / ((Σσ)²/Σσ²) = Σσ²/σ₁².
 *
 * @param nuclearNormRatio Σσ/σ₁ as logged.
 * @param participationRatioSingular (Σσ)²/Σσ² as logged (the published NDT logs' `participation_ratio`).
 * @example
 * stableRankFromLogged(1.5, 1.8); // 1.25
 */
export function stableRankFromLogged(
  nuclearNormRatio: number,
  participationRatioSingular: number,
): Determined {
  // Both are at least 1 on any matrix but zero.
  if (!(nuclearNormRatio > 0 && participationRatioSingular > 0)) {
    return undetermined(
      `the logged values give no stable rank (nuclear-norm ratio ${nuclearNormRatio}, ` +
        `participation ratio of singular values ${participationRatioSingular})`,
    );
  }
  return determined(nuclearNormRatio ** 2 / participationRatioSingular);
}
