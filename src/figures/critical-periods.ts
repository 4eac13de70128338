import { ACCENT, INK, LINE, NULL_BAND, PANEL_WIDTH } from './theme.ts';
import { thinSeries } from './thin-series.ts';
import type { Coordination, FigureSpec } from './types.ts';

export interface CriticalPeriodsInput {
  readonly title: string;
  readonly coordination: Coordination;
  /** Training loss of the same run. */
  readonly loss: { readonly steps: Float64Array; readonly values: Float64Array };
}

/**
 * Critical periods of a run: above, the share of layers that change together against the null model's threshold
 * (grey band: up to it; orange where it is exceeded); below, the training loss on the same steps.
 */
export function criticalPeriodsSpec({ title, coordination, loss }: CriticalPeriodsInput): FigureSpec {
  const { steps, share, threshold, nullModel, level } = coordination;
  const rows = Array.from(steps, (step, i) => {
    return { step, share: share[i], limit: threshold, exceeds: share[i] > threshold };
  });
  const exceeding = rows.filter(({ exceeds }) => exceeds).length;
  const x = {
    field: 'step',
    type: 'quantitative',
    scale: { domain: [loss.steps[0] ?? 0, loss.steps.at(-1) ?? 1], nice: false },
    axis: { title: 'Training step', grid: false },
  };
  return {
    title: {
      text: title,
      subtitle: [
        `${exceeding} of ${rows.length} positions exceed the ${percent(level)} threshold of the null model`,
        `Grey: up to the threshold (${nullModel}); orange: above it`,
      ],
    },
    vconcat: [
      {
        width: PANEL_WIDTH,
        height: 170,
        data: { values: rows },
        encoding: { x: { ...x, axis: { ...x.axis, title: null, labels: false } } },
        layer: [
          {
            mark: {
              type: 'area',
              color: NULL_BAND,
              opacity: 0.55,
              line: { color: '#8b8f96', strokeWidth: 1 },
            },
            encoding: { y: { field: 'limit', type: 'quantitative' } },
          },
          {
            transform: [{ filter: 'datum.share > 0' }],
            mark: { type: 'rule', strokeWidth: 1.3 },
            encoding: {
              color: {
                field: 'exceeds',
                type: 'nominal',
                scale: { domain: [false, true], range: [INK, ACCENT] },
                legend: null,
              },
              y: {
                field: 'share',
                type: 'quantitative',
                scale: { domain: [0, 1] },
                axis: { title: 'Layers changing (share)', tickCount: 5 },
              },
              y2: { datum: 0 },
            },
          },
        ],
      },
      {
        width: PANEL_WIDTH,
        height: 120,
        data: { values: thinSeries(loss.steps, loss.values).map(([step, value]) => ({ step, value })) },
        mark: { type: 'line', color: LINE },
        encoding: {
          x,
          y: { field: 'value', type: 'quantitative', axis: { title: 'Training loss (nats)', tickCount: 4 } },
        },
      },
    ],
    spacing: 14,
  } as FigureSpec;
}

function percent(level: number): string {
  return `${Number((100 * level).toFixed(1))} %`;
}
