import { LINE, PANEL_WIDTH } from '../../../src/figures/theme.ts';
import type { FigureSpec } from '../../../src/figures/types.ts';

/** The last loss of every run, as a point. */
export function lastLossSpec(
  title: string,
  runs: readonly { readonly id: string; readonly loss: number }[],
): FigureSpec {
  return {
    title,
    width: PANEL_WIDTH,
    height: { step: 24 },
    data: { values: runs.map(({ id, loss }) => ({ run: id, loss })) },
    mark: { type: 'point', filled: true, color: LINE },
    encoding: {
      x: { field: 'loss', type: 'quantitative', axis: { title: 'Last loss' } },
      y: { field: 'run', type: 'nominal', sort: null, axis: { title: null } },
    },
  };
}
