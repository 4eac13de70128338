import type { EventTimes } from '../findings/audit/evidence.ts';
import { ACCENT, INK, LINE, PANEL_WIDTH, SMALL } from './theme.ts';
import type { FigureSpec } from './types.ts';

const BINS = 40;

/** Histograms of event times above each other on one axis, with the boundary that a claim speaks of. */
export function eventTimesSpec(title: string, { panels, boundary }: EventTimes): FigureSpec {
  const length = Math.max(...panels.map((panel) => panel.length));
  const width = length / BINS;
  return {
    title,
    vconcat: panels.map(({ label, times }, p) => {
      const counts = new Array<number>(BINS).fill(0);
      for (const time of times) counts[Math.min(BINS - 1, Math.max(0, Math.floor(time / width)))]++;
      return {
        title: { text: label, fontWeight: 'normal', fontSize: SMALL, offset: 4 },
        width: PANEL_WIDTH,
        height: 90,
        layer: [
          {
            data: { values: counts.map((count, i) => ({ from: i * width, to: (i + 1) * width, count })) },
            mark: { type: 'rect', color: LINE, stroke: 'white', strokeWidth: 0.5 },
            encoding: {
              y2: { datum: 0 },
              x: {
                field: 'from',
                type: 'quantitative',
                scale: { domain: [0, length], nice: false },
                axis: {
                  title: p === panels.length - 1 ? 'Training step' : null,
                  grid: false,
                },
              },
              x2: { field: 'to' },
              y: {
                field: 'count',
                type: 'quantitative',
                scale: { domain: [0, Math.max(1, ...counts)] },
                axis: { title: 'Jumps', tickCount: 3, tickMinStep: 1, format: ',d' },
              },
            },
          },
          {
            data: { values: [{ boundary }] },
            mark: { type: 'rule', color: ACCENT, strokeDash: [5, 4], strokeWidth: 1.5 },
            encoding: { x: { field: 'boundary', type: 'quantitative' } },
          },
          ...(times.length > 0
            ? []
            : [
                {
                  data: { values: [{}] },
                  mark: { type: 'text', text: 'none', color: INK },
                  encoding: { x: { datum: length / 2 }, y: { value: 45 } },
                },
              ]),
        ],
      };
    }),
    spacing: 14,
  } as FigureSpec;
}
