import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { layerPace } from '../dynamics/layer-pace.ts';
import { criticalPeriodsSpec } from '../figures/critical-periods.ts';
import { heatmapSpec } from '../figures/heatmap.ts';
import { lossTitle } from '../figures/loss-label.ts';
import { metricLabel } from '../figures/metric-label.ts';
import type { FigureSpec } from '../figures/types.ts';
import type { Run } from '../measurements/types.ts';
import { counted } from '../wording/sentences.ts';
import { jumpsFigure, ratesFigure } from './jump-figures.ts';
import { LEAD_FIGURE, leadFigure } from './lead-figure.ts';
import { accuracyFigure, heldOutLossFigure, lossFigure } from './run-curves-figures.ts';
import { timingFigure } from './timing-figure.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** By file name, in the order of the page; null where a study has nothing to show. */
const overviews: readonly (readonly [string, (input: ReportInput) => EvidenceFigure | null])[] = [
  [LEAD_FIGURE, leadFigure],
  ['timing', timingFigure],
  ['jumps', jumpsFigure],
  ['jump-rates', ratesFigure],
  ['loss', lossFigure],
  ['accuracy', accuracyFigure],
  ['held-out-loss', heldOutLossFigure],
];

/**
 * The figures over the whole study, by file name without folder and ending. One after another: of hundreds of runs each holds as much as
 * everything else in memory.
 */
export function* overviewFigures(input: ReportInput): Generator<[name: string, figure: EvidenceFigure]> {
  for (const [name, of] of overviews) {
    const figure = of(input);
    if (figure !== null) yield [name, figure];
  }
}

/** A run's heatmap of the analyzed series, each layer on its own scale. */
export function runHeatmap(run: Run, seriesId: string, dynamics: RunDynamics | undefined): FigureSpec {
  const metric = metricLabel(seriesId);
  return heatmapSpec(
    {
      title: `${run.id}: ${metric.name.toLowerCase()}, layer by layer`,
      metric,
      steps: run.steps,
      layers: run.layers.flatMap(({ name, series }) => {
        const found = series.get(seriesId);
        return found === undefined ? [] : [{ name, values: found.values }];
      }),
      dynamics: dynamics?.layers,
      happened: run.events,
    },
    { scale: 'per-layer' },
  );
}

/**
 * A run's critical periods against their null, with the pace of its layers in the analyzed series; null where they could not be
 * tested.
 */
export function runCriticalPeriods(
  run: Run,
  seriesId: string,
  dynamics: RunDynamics | undefined,
): FigureSpec | null {
  if (dynamics === undefined || !dynamics.criticalPeriods.coordination.determined) return null;
  const { steps, coordination } = dynamics.criticalPeriods;
  const count = coordination.periods.length;
  const paced = run.layers.flatMap(({ series }, l) => {
    const values = series.get(seriesId)?.values;
    return values === undefined ? [] : [{ values, curve: dynamics.layers[l].curve }];
  });
  return criticalPeriodsSpec({
    title: `${run.id}: ${count === 0 ? 'no period in which layers are fast together beyond chance' : `layers fast together in ${counted(count, 'period')}`}`,
    coordination: { steps, ...coordination, nullModel: 'each layer shifted circularly in time' },
    pace: layerPace(run.steps, paced),
    loss: { steps: run.steps, values: run.loss, title: lossTitle('Training loss', [run]) },
  });
}
