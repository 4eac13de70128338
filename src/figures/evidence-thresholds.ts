import type { Thresholds } from '../findings/audit/evidence.ts';
import { ACCENT, INK, NULL_BAND, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

/** One value per row, with a bar over all values that chance reaches too; orange where it is beyond them. */
export function thresholdsSpec(title: string, { axis, rows }: Thresholds): FigureSpec {
  const values = rows.map(({ label, value, threshold }) => ({
    label,
    value,
    // Without a threshold every value may be chance.
    chance: threshold ?? Math.max(1, value),
    beyond: threshold !== null && value >= threshold,
  }));
  const beyond = values.filter((row) => row.beyond).length;
  return {
    title: {
      text: title,
      subtitle: `Gray: chance does as well; orange: ${beyond} of ${rows.length}, where it does not`,
    },
    width: PANEL_WIDTH - 160,
    height: { step: 17 },
    data: { values },
    encoding: {
      y: {
        field: 'label',
        type: 'nominal',
        sort: null,
        axis: { title: null, labelOverlap: false },
      },
    },
    layer: [
      {
        mark: { type: 'bar', color: NULL_BAND, opacity: 0.55, height: 9 },
        encoding: { x: { field: 'chance', type: 'quantitative', axis: { title: axis, orient: 'bottom' } } },
      },
      {
        mark: { type: 'point', filled: true, size: 34, opacity: 1 },
        encoding: {
          x: { field: 'value', type: 'quantitative' },
          color: {
            field: 'beyond',
            type: 'nominal',
            scale: { domain: [true, false], range: [ACCENT, INK] },
            legend: null,
          },
        },
      },
    ],
  } as FigureSpec;
}
