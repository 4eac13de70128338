/** Half-widths of the windows that are compared, in measurements: at most 1.5 times wider from one to the next. */
const SCALES: readonly number[] = [1, ...Array.from({ length: 24 }, (_, k) => [2 ** (k + 1), 3 * 2 ** k])]
  .flat()
  .sort((a, b) => a - b);

/** The scales from `least` to `most`. */
export function scalesWithin(least: number, most: number): number[] {
  return SCALES.filter((scale) => scale >= least && scale <= most);
}

/**
 * What a window's statistic must exceed because about n/2h disjoint windows of its width compete: narrow ones are many
 * (Dümbgen & Spokoiny 2001). The excess over it is comparable between widths.
 */
export function multiscalePenalty(n: number, scale: number): number {
  return Math.sqrt(2 * Math.log((Math.E * n) / (2 * scale)));
}
