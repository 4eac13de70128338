import type { GroupRate } from '../findings/group-rates.ts';
import { brief, counted, intervalName } from '../wording/sentences.ts';
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

/** A page shows no more rows of one kind; of more groups the ends are shown. */
const MOST_GROUPS = 40;
const AT_EACH_END = 12;

/** A group whose rate is known. */
interface Rated {
  readonly by: string;
  readonly group: string;
  readonly layers: number;
  readonly count: number;
  readonly per1000: number;
  readonly interval: readonly [number, number];
}

/** Groups in one panel, in its order. */
interface Panel {
  readonly title: string;
  readonly rows: readonly Rated[];
}

/** Groups of which the figure shows those with the highest and the lowest rates alone. */
export interface GroupsBetween {
  readonly by: string;
  readonly all: number;
  readonly atEachEnd: number;
  /** Lowest and highest rate of the others. */
  readonly between: readonly [number, number];
}

function fallingRates(a: Rated, b: Rated): number {
  return b.per1000 - a.per1000 || (a.group < b.group ? -1 : 1);
}

/** Numbers by size; names as they come. */
function levels(a: Rated, b: Rated): number {
  return Number(a.group) - Number(b.group) || 0;
}

function ratedGroups(rates: JumpRateInput['rates']): ReadonlyMap<string, readonly Rated[]> {
  const rated = rates.flatMap(({ by, group, layers, rate }) =>
    rate.determined ? [{ by, group, layers, ...rate }] : [],
  );
  const kinds = new Set(['family', 'architecture', ...rates.map(({ by }) => by)]);
  return new Map(
    [...kinds]
      .map((by) => [by, rated.filter((one) => one.by === by)] as const)
      .filter(([, groups]) => groups.length > 0),
  );
}

function panelsOf(by: string, groups: readonly Rated[]): Panel[] {
  if (groups.length <= MOST_GROUPS) {
    return [{ title: `By ${by}`, rows: [...groups].sort(BY_NETWORK.has(by) ? fallingRates : levels) }];
  }
  const { highest, lowest } = byRate(groups);
  const title = (which: string) => `By ${by}: the ${AT_EACH_END} ${which} rates of ${groups.length}`;
  return [
    { title: title('highest'), rows: highest },
    { title: title('lowest'), rows: lowest },
  ];
}

/** Many groups in falling order, in three parts. */
function byRate(groups: readonly Rated[]): Readonly<Record<'highest' | 'others' | 'lowest', Rated[]>> {
  const falling = [...groups].sort(fallingRates);
  return {
    highest: falling.slice(0, AT_EACH_END),
    others: falling.slice(AT_EACH_END, -AT_EACH_END),
    lowest: falling.slice(-AT_EACH_END),
  };
}

/** Of which kinds of groups a figure of these rates does not show all. */
export function groupsBetween(rates: JumpRateInput['rates']): GroupsBetween[] {
  return [...ratedGroups(rates)].flatMap(([by, groups]) => {
    if (groups.length <= MOST_GROUPS) return [];
    const { others } = byRate(groups);
    const between = [others[others.length - 1].per1000, others[0].per1000] as const;
    return [{ by, all: groups.length, atEachEnd: AT_EACH_END, between }];
  });
}

/**
 * Jumps and fast stretches per layer and 1,000 steps with their intervals: families above architectures, in falling order, and below
 * them the levels of every factor in their own. Of more than 40 groups of a kind those with the highest and the lowest rates.
 */
export function jumpRateSpec({ title, subtitle, rates, confidence }: JumpRateInput): FigureSpec {
  const panels = [...ratedGroups(rates)].flatMap(([by, groups]) => panelsOf(by, groups));
  const highest = Math.max(0, ...panels.flatMap(({ rows }) => rows.map(({ interval }) => interval[1])));
  return {
    title: {
      text: title,
      subtitle: subtitle ?? `Points: observed rate; bars: ${intervalName(1 - confidence)}`,
    },
    vconcat: panels.map(({ title: name, rows }, i) => {
      const values = rows.map(({ group, per1000, interval, count, layers }) => ({
        group,
        rate: per1000,
        low: interval[0],
        high: interval[1],
        note: `${brief(count)} in ${counted(layers, 'layer')}`,
      }));
      return {
        title: { text: name, fontWeight: 'normal', offset: 4 },
        width: PANEL_WIDTH - 120,
        height: { step: 24 },
        data: { values },
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
