import type { RateBetween } from '../../findings/deep-dive/deep-dive.ts';
import { logStepScale, logTicks } from '../log-steps.ts';
import { LINE, NULL_LINE } from '../theme.ts';
import type { PanelView } from './panel.ts';

export interface LogCourse {
  readonly parts: readonly RateBetween[];
  /** The rate over all of training. */
  readonly overall: number;
  /** Where the axis of steps becomes logarithmic, and where it ends. */
  readonly steps: readonly [first: number, last: number];
  /** Ends of the axis of rates, above 0: the same for panels that stand beside each other. */
  readonly rates: readonly [number, number];
}

/**
 * Rates in parts of training on logarithmic axes: boxes are intervals, lines the observed rates. Where nothing was counted there is
 * a box alone, down to the end of the axis.
 */
export function courseOnLogSteps({ parts, overall, steps: [first, last], rates }: LogCourse): PanelView {
  const values = parts.flatMap(({ from, to, rate }) =>
    rate.determined
      ? [
          {
            ...{ from, to, count: rate.count, rate: rate.count === 0 ? null : rate.per1000 },
            ...{ low: Math.max(rates[0], rate.interval[0]), high: rate.interval[1] },
          },
        ]
      : [],
  );
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: logStepScale(first, [0, last]),
    axis: { title: 'Training step', grid: false, values: logTicks(first, last) },
  };
  const y = {
    type: 'quantitative',
    scale: { type: 'log', domain: [...rates], nice: false },
    axis: { title: 'Per layer, 1,000 steps', tickCount: 4, format: ',~g' },
  };
  const within = { x, x2: { field: 'to' } };
  const tooltip = [
    { field: 'from', title: 'From step', type: 'quantitative' },
    { field: 'to', title: 'To step', type: 'quantitative' },
    { field: 'count', title: 'Counted', type: 'quantitative' },
    { field: 'rate', title: 'Rate', type: 'quantitative', format: '.4~g' },
  ];
  return {
    layer: [
      {
        data: { values: overall > 0 ? [{ overall }] : [] },
        mark: { type: 'rule', color: NULL_LINE, strokeWidth: 1.4 },
        encoding: { y: { ...y, field: 'overall' } },
      },
      {
        data: { values },
        mark: { type: 'rect', color: LINE, opacity: 0.22, tooltip: true },
        encoding: { ...within, y: { ...y, field: 'low' }, y2: { field: 'high' }, tooltip },
      },
      {
        data: { values: values.filter(({ rate }) => rate !== null) },
        mark: { type: 'rule', color: LINE, strokeWidth: 2.2, tooltip: true },
        encoding: { ...within, y: { ...y, field: 'rate' }, tooltip },
      },
    ],
  };
}
