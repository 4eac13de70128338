import { shortNames } from './short-names.ts';
import { ACCENT, MUTED, SMALL } from './theme.ts';
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
const PER_ROW = 3;
/** Of a panel, in CSS pixels. */
const WIDTH = 150;

/**
 * Spectra of weight matrices on log-log axes, a panel each: the share of eigenvalues that are at least λ, with the fitted
 * tail (a straight line of slope 1 − α) and the edge of the bulk.
 */
export function weightSpectraSpec(title: string, spectra: readonly WeightSpectrumView[]): FigureSpec {
  const names = shortNames(
    spectra.map(({ name }) => name),
    WIDTH,
  );
  return {
    title: {
      text: title,
      subtitle: 'Share of eigenvalues ≥ λ; orange: fitted power law, dashed: edge of the random bulk',
    },
    concat: spectra.map((one, i) => panel(one, names[i])),
    columns: PER_ROW,
    spacing: 14,
  } as FigureSpec;
}

function panel({ eigenvalues, tail, edge }: WeightSpectrumView, name: string) {
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
    axis: { title: label, format: ',~g', tickCount: 3, grid: false },
  });
  const encoding = { x: axis('x', 'λ'), y: axis('share', 'share ≥ λ') };
  return {
    title: { text: name, fontSize: SMALL, fontWeight: 'normal', offset: 5 },
    width: WIDTH,
    height: 110,
    layer: [
      { data: { values: points }, mark: { type: 'point', size: 8, filled: true, clip: true }, encoding },
      {
        data: { values: line },
        mark: { type: 'line', color: ACCENT, strokeWidth: 1.5, clip: true },
        encoding,
      },
      {
        data: { values: edge === null || !(edge > 0) || points.length === 0 ? [] : [{ x: edge }] },
        mark: { type: 'rule', strokeDash: [3, 3], color: MUTED, clip: true },
        encoding: { x: encoding.x },
      },
    ],
  };
}

function ranksOf(n: number): number[] {
  const ranks = Array.from({ length: POINTS }, (_, i) => Math.round(n ** (i / (POINTS - 1))));
  return [...new Set(ranks)].filter((rank) => rank >= 1 && rank <= n);
}
