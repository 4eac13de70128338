/**
 * Split R̂: the spread of all draws over that within halves of chains. 1 where every half has seen the same distribution, above where
 * chains differ or drift.
 *
 * Source: Gelman & Rubin 1992; split in halves as in Gelman et al. 2013, *Bayesian data analysis*, §11.4.
 *
 * @param chains of equal length, at least 4 draws each.
 * @returns null where no draw differs from another of its half.
 * @example
 * splitGelmanRubin([Float64Array.of(0, 1, 0, 1), Float64Array.of(1, 0, 1, 0)]); // 0.7071067811865476
 */
export function splitGelmanRubin(chains: readonly Float64Array[]): number | null {
  const half = Math.floor(chains[0].length / 2);
  // With an odd number the middle draw is in neither half.
  const halves = chains.flatMap((chain) => [chain.subarray(0, half), chain.subarray(chain.length - half)]);
  const means = halves.map((part) => part.reduce((sum, draw) => sum + draw, 0) / half);
  const within =
    halves.reduce((sum, part, i) => sum + part.reduce((own, draw) => own + (draw - means[i]) ** 2, 0), 0) /
    (halves.length * (half - 1));
  if (!(within > 0)) return null;
  const mean = means.reduce((sum, part) => sum + part, 0) / means.length;
  const between = means.reduce((sum, part) => sum + (part - mean) ** 2, 0) / (means.length - 1);
  return Math.sqrt((half - 1) / half + between / within);
}
