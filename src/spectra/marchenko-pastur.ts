/**
 * The 99 % quantile of the Tracy-Widom law for real matrices (Johnstone 2001, table 2): the largest eigenvalue of a matrix of
 * independent elements stays below edge + 2.02 widths in 99 of 100 matrices.
 */
const TRACY_WIDOM_99 = 2.0234;

/** Where the eigenvalues of a matrix of independent elements would end, and which of a spectrum lie beyond. */
export interface BulkEdge {
  /** σ², the variance of the elements that the bulk is made of. */
  readonly variance: number;
  /** λ₊ = σ² (√N + √M)², in the squared unit of the singular values. */
  readonly edge: number;
  /** λ₊ and the sampling spread of the largest eigenvalue: 99 of 100 random matrices stay below it. */
  readonly limit: number;
  /** How many eigenvalues lie beyond the limit: directions that a matrix of independent elements does not have. */
  readonly spikes: number;
}

/**
 * The upper edge of the Marchenko-Pastur law fitted to the bulk of a matrix's eigenvalues λ = σᵢ², and the number of
 * eigenvalues beyond it.
 *
 * The variance is that of the elements; what lies beyond the limit is taken out of it, and so again until nothing more
 * does (Kritchman & Nadler 2009), so that large spikes do not hide smaller ones. In a spectrum without a bulk (a heavy
 * tail all the way down) much counts as a spike, truly: it is no spectrum of independent elements.
 *
 * Source: Marchenko & Pastur 1967 for the edge, of W Wᵀ without a factor 1/N; Johnstone 2001, *On the distribution of the
 * largest eigenvalue in principal components analysis*, for its spread.
 *
 * @param singularValues descending, finite; all min(N, M) of the matrix.
 * @example
 * bulkEdge(Float64Array.of(2, 1), 2, 2).edge; // (4 + 1) / 4 · (√2 + √2)² = 10
 */
export function bulkEdge(singularValues: Float64Array, rows: number, columns: number): BulkEdge {
  const short = Math.min(rows, columns);
  const long = Math.max(rows, columns);
  const reach = Math.sqrt(long) + Math.sqrt(short);
  const width = reach * (1 / Math.sqrt(long) + 1 / Math.sqrt(short)) ** (1 / 3);
  // Σ over the smaller ones first: what is left when spikes are taken away keeps its digits.
  const below = new Float64Array(short + 1);
  for (let i = short - 1; i >= 0; i--) below[i] = below[i + 1] + singularValues[i] ** 2;
  for (let spikes = 0; ; ) {
    const variance = spikes === short ? 0 : below[spikes] / (long * (short - spikes));
    const edge = variance * reach ** 2;
    const limit = edge + TRACY_WIDOM_99 * variance * width;
    let beyond = spikes;
    while (beyond < short && singularValues[beyond] ** 2 > limit) beyond++;
    if (beyond === spikes) return { variance, edge, limit, spikes };
    spikes = beyond;
  }
}
