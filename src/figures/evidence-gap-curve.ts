import type { GapCurve } from '../findings/audit/evidence.ts';
import { ACCENT, INK, LINE, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** The gap statistic over numbers of clusters: the chosen one filled, the claimed one marked by a dashed line. */
export function gapCurveSpec(title: string, { curve, chosen, claimed }: GapCurve): FigureSpec {
  const values = curve.map(({ clusters, gap, standardError }) => ({
    clusters,
    gap,
    low: gap - standardError,
    high: gap + standardError,
    chosen: clusters === chosen,
  }));
  const x = {
    field: 'clusters',
    type: 'quantitative',
    scale: { domain: [0.6, curve.length + 0.4], nice: false },
    axis: {
      title: 'Number of types',
      grid: false,
      values: curve.map(({ clusters }) => clusters),
      format: 'd',
      labelOverlap: false,
    },
  };
  return {
    title: {
      text: title,
      subtitle: `Filled: ${chosen}, chosen; dashed: ${claimed}, claimed; bars: ± 1 standard error`,
    },
    width: PANEL_WIDTH - 100,
    height: 220,
    data: { values },
    layer: [
      {
        data: { values: [{ clusters: claimed }] },
        mark: { type: 'rule', color: ACCENT, strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: { x },
      },
      {
        mark: { type: 'line', color: LINE },
        encoding: {
          x,
          y: { field: 'gap', type: 'quantitative', scale: { zero: false }, axis: { title: 'Gap' } },
        },
      },
      {
        mark: { type: 'rule', color: INK },
        encoding: { x, y: { field: 'low', type: 'quantitative', title: 'Gap' }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1, stroke: LINE, strokeWidth: 1.5 },
        encoding: {
          x,
          y: { field: 'gap', type: 'quantitative', title: 'Gap' },
          fill: {
            field: 'chosen',
            type: 'nominal',
            scale: { domain: [true, false], range: [LINE, 'white'] },
            legend: null,
          },
        },
      },
    ],
  } as FigureSpec;
}
