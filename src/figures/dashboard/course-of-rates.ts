import type { RateWithin } from '../../findings/dashboard/dashboard.ts';
import { PERCENT_LABELS } from '../percent-labels.ts';
import { LINE } from '../theme.ts';
import { familyColors } from './interval-rows.ts';
import type { PanelView } from './panel.ts';

export interface Course {
  /** Null for all runs together. */
  readonly family: string | null;
  readonly parts: readonly RateWithin[];
}

/**
 * Rates along training as steps of a line; of one course with its intervals.
 *
 * @param plannedSteps where the axis of training steps ends; null for an axis of shares of training.
 */
export function courseOfRates(courses: readonly Course[], plannedSteps: number | null): PanelView {
  const length = plannedSteps ?? 1;
  const values = courses.flatMap(({ family, parts }) =>
    parts.flatMap(({ from, to, rate }) =>
      rate.determined
        ? [
            {
              ...{ family: family ?? 'all', from: from * length, to: to * length, rate: rate.per1000 },
              ...{ low: rate.interval[0], high: rate.interval[1], count: rate.count },
            },
          ]
        : [],
    ),
  );
  // A line of steps ends where its last part does.
  const ends = courses.flatMap(({ family }) => {
    const last = values.filter((row) => row.family === (family ?? 'all')).at(-1);
    return last === undefined ? [] : [{ ...last, from: last.to }];
  });
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [0, length], nice: false },
    axis: {
      title: plannedSteps === null ? 'Share of training' : 'Training step',
      grid: false,
      tickCount: 4,
      ...(plannedSteps === null ? PERCENT_LABELS : {}),
    },
  };
  const y = { type: 'quantitative', axis: { title: 'Per layer, 1,000 steps', tickCount: 4 } };
  const single = courses.length === 1;
  const tooltip = [
    ...(single ? [] : [{ field: 'family', title: 'Family' }]),
    { field: 'from', title: 'From', type: 'quantitative', format: '.4~g' },
    { field: 'to', title: 'To', type: 'quantitative', format: '.4~g' },
    { field: 'count', title: 'Counted', type: 'quantitative' },
    { field: 'rate', title: 'Rate', type: 'quantitative', format: '.4~g' },
  ];
  const color = single ? { value: LINE } : familyColors(values.map(({ family }) => family));
  return {
    layer: [
      ...(single
        ? [
            {
              data: { values },
              mark: { type: 'rect', color: LINE, opacity: 0.22, tooltip: true },
              encoding: { x, x2: { field: 'to' }, y: { ...y, field: 'low' }, y2: { field: 'high' }, tooltip },
            },
          ]
        : []),
      {
        data: { values: [...values, ...ends] },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.8, tooltip: true },
        encoding: {
          ...{ x, y: { ...y, field: 'rate' }, color, tooltip },
          ...(single
            ? {}
            : {
                strokeDash: { field: 'family', type: 'nominal', scale: familyDashes(values), legend: null },
              }),
        },
      },
    ],
  };
}

/** Lines stay apart where colors do not: in print, and for eyes that do not tell them. */
function familyDashes(rows: readonly { readonly family: string }[]) {
  const domain = [...new Set(rows.map(({ family }) => family))].sort();
  const dashes = [
    [1, 0],
    [6, 3],
    [2, 2],
    [8, 3, 2, 3],
  ];
  return { domain, range: domain.map((_, i) => dashes[i % dashes.length]) };
}
