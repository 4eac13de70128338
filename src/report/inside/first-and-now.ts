import { finiteRange } from '../../figures/finite-range.ts';
import { type MatrixPanel, type MatrixPanelsInput, matrixPanelsSpec } from '../../figures/matrix-panels.ts';
import type { FigureSpec } from '../../figures/types.ts';

/**
 * One frame per checkpoint: what there is at the first one above what there is now.
 *
 * @param panels by step, the first one first.
 */
export function firstAndNow(
  panels: ReadonlyMap<number, readonly MatrixPanel[]>,
  look: Omit<MatrixPanelsInput, 'rows'>,
): { readonly step: number; readonly spec: FigureSpec }[] {
  const rows = [...panels].map(([step, shown]) => ({ step, title: `step ${step}`, panels: shown }));
  return rows.map((now) => ({ step: now.step, spec: matrixPanelsSpec({ ...look, rows: [rows[0], now] }) }));
}

/** Smallest and largest value of all panels, of which a study may have too many for the arguments of a call. */
export function panelRange(panels: ReadonlyMap<number, readonly MatrixPanel[]>): readonly [number, number] {
  return finiteRange(...[...panels.values()].flat().map(({ values }) => values)) ?? [0, 1];
}
