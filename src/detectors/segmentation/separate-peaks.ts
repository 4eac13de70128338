/**
 * Positions above a threshold, the highest first, none within `separation` of a higher one; in ascending order.
 *
 * @param heights one per position; of equals the first counts as higher.
 */
export function separatePeaks(heights: Float64Array, threshold: number, separation: number): number[] {
  const candidates: number[] = [];
  for (let p = 0; p < heights.length; p++) if (heights[p] > threshold) candidates.push(p);
  candidates.sort((a, b) => heights[b] - heights[a] || a - b);
  const masked = new Uint8Array(heights.length);
  const peaks: number[] = [];
  for (const p of candidates) {
    if (masked[p] === 1) continue;
    peaks.push(p);
    masked.fill(1, Math.max(0, p - separation + 1), p + separation);
  }
  return peaks.sort((a, b) => a - b);
}
