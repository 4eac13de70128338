import type { FigureSpec } from './types.ts';

/** The eigenvalues of one weight matrix, and the lines that are drawn over them. */
export interface WeightSpectrumView {
  readonly name: string;
  /** Descending. */
  readonly eigenvalues: ArrayLike<number>;
  /** The fitted power law: density ∝ λ^(−exponent) from λmin on, of which `size` eigenvalues are; null for none. */
  readonly tail: { readonly exponent: number; readonly from: number; readonly size: number } | null;
  /** Where the bulk of a matrix of independent elements would end; null where it is not known. */
  readonly edge: number | null;
}

/** Points kept of a spectrum, evenly spaced on the logarithmic axis of ranks. */
const POINTS = 120;
const PER_ROW = 4;

/**
 * Spectra of weight matrices on log-log axes, a panel each: the share of eigenvalues that are at least λ, with the fitted
 * tail (a straight line of slope 1 − α) and the edge of the bulk.
 */
export function weightSpectraSpec(title: string, spectra: readonly WeightSpectrumView[]): FigureSpec {
  return {
    title: {
      text: title,
      subtitle: 'Share of eigenvalues ≥ λ; orange: fitted power law, dashed: edge of the random bulk',
    },
    concat: spectra.map(panel),
    columns: PER_ROW,
    spacing: 14,
  } as FigureSpec;
}

function panel({ name, eigenvalues, tail, edge }: WeightSpectrumView) {
  const n = eigenvalues.length;
  const points = ranksOf(n)
    .map((rank) => ({ x: eigenvalues[rank - 1], share: rank / n }))
    .filter(({ x }) => x > 0);
  const line =
    tail === null || points.length === 0
      ? []
      : [tail.from, eigenvalues[0]].map((x) => ({
          x,
          share: (tail.size / n) * (x / tail.from) ** (1 - tail.exponent),
        }));
  const axis = (field: string, label: string) => ({
    field,
    type: 'quantitative',
    scale: { type: 'log', nice: false },
    axis: { title: label, format: '~g', tickCount: 3, grid: false },
  });
  const encoding = { x: axis('x', 'λ'), y: axis('share', 'share ≥ λ') };
  return {
    title: { text: name.length > 34 ? `…${name.slice(-33)}` : name, fontSize: 10 },
    width: 150,
    height: 110,
    layer: [
      { data: { values: points }, mark: { type: 'point', size: 8, filled: true, clip: true }, encoding },
      {
        data: { values: line },
        mark: { type: 'line', color: '#d95f02', strokeWidth: 1.5, clip: true },
        encoding,
      },
      {
        data: { values: edge === null || !(edge > 0) || points.length === 0 ? [] : [{ x: edge }] },
        mark: { type: 'rule', strokeDash: [3, 3], color: '#666', clip: true },
        encoding: { x: encoding.x },
      },
    ],
  };
}

function ranksOf(n: number): number[] {
  const ranks = Array.from({ length: POINTS }, (_, i) => Math.round(n ** (i / (POINTS - 1))));
  return [...new Set(ranks)].filter((rank) => rank >= 1 && rank <= n);
}
