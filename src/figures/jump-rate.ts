import type { GroupRate } from '../findings/group-rates.ts';
import { intervalName } from '../wording/sentences.ts';
import { noteBeside } from './note-beside.ts';
import { INK, PANEL_WIDTH } from './theme.ts';
import type { FigureSpec } from './types.ts';

export interface JumpRateInput {
  readonly title: string;
  readonly subtitle?: string;
  readonly rates: readonly Omit<GroupRate, 'detected'>[];
  /** Confidence of the intervals, e.g. 0.95. */
  readonly confidence: number;
}

const BY_NETWORK: ReadonlySet<string> = new Set(['family', 'architecture']);

interface Named {
  readonly group: string;
  readonly per1000: number;
}

function fallingRates(a: Named, b: Named): number {
  return b.per1000 - a.per1000 || (a.group < b.group ? -1 : 1);
}

/** Numbers by size; names as they come. */
function levels(a: Named, b: Named): number {
  return Number(a.group) - Number(b.group) || 0;
}

/**
 * Jumps and fast stretches per layer and 1,000 steps with their intervals: families above architectures, in falling order, and below
 * them the levels of every factor in their own.
 */
export function jumpRateSpec({ title, subtitle, rates, confidence }: JumpRateInput): FigureSpec {
  const determined = rates.flatMap(({ by, group, layers, rate }) =>
    rate.determined ? [{ by, group, layers, ...rate }] : [],
  );
  const highest = Math.max(0, ...determined.map(({ interval }) => interval[1]));
  const panels = [...new Set(['family', 'architecture', ...rates.map(({ by }) => by)])].filter((by) =>
    determined.some((rate) => rate.by === by),
  );
  return {
    title: {
      text: title,
      subtitle: subtitle ?? `Points: observed rate; bars: ${intervalName(1 - confidence)}`,
    },
    vconcat: panels.map((by, i) => {
      const rows = determined
        .filter((rate) => rate.by === by)
        .sort(BY_NETWORK.has(by) ? fallingRates : levels)
        .map(({ group, per1000, interval, count, layers }) => ({
          group,
          rate: per1000,
          low: interval[0],
          high: interval[1],
          note: `${count} in ${layers} layers`,
        }));
      return {
        title: { text: `By ${by}`, fontWeight: 'normal', offset: 4 },
        width: PANEL_WIDTH - 120,
        height: { step: 24 },
        data: { values: rows },
        encoding: {
          y: {
            field: 'group',
            type: 'nominal',
            sort: null,
            axis: { title: null, grid: true },
          },
          x: {
            type: 'quantitative',
            scale: { domain: [0, highest || 1], nice: true },
            axis: {
              title: i === panels.length - 1 ? 'Jumps and fast stretches per layer and 1,000 steps' : null,
            },
          },
        },
        layer: [
          {
            mark: { type: 'rule', color: INK, strokeWidth: 1.4 },
            encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
          },
          {
            mark: { type: 'point', filled: true, color: INK, opacity: 1, size: 48 },
            encoding: { x: { field: 'rate', type: 'quantitative' } },
          },
          noteBeside,
        ],
      };
    }),
    spacing: 16,
  } as FigureSpec;
}
