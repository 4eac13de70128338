import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { criticalPeriodsSpec } from '../figures/critical-periods.ts';
import { curvesSpec } from '../figures/curves.ts';
import { heatmapSpec } from '../figures/heatmap.ts';
import { jumpOverviewSpec } from '../figures/jump-overview.ts';
import { jumpRateSpec } from '../figures/jump-rate.ts';
import { lossTitle } from '../figures/loss-label.ts';
import { metricLabel } from '../figures/metric-label.ts';
import type { FigureSpec } from '../figures/types.ts';
import type { Run } from '../measurements/types.ts';
import { coverage } from '../wording/sentences.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** The figures over the whole study, by file name without folder and ending. */
export function overviewFigures({ runs, analysis }: ReportInput): Map<string, EvidenceFigure> {
  const figures = new Map<string, EvidenceFigure>();
  const byId = new Map(runs.map((run) => [run.id, run]));
  const jumps = analysis.runs.flatMap(({ runId, layers }) =>
    layers.flatMap(({ layer, depth, detection }) =>
      (detection.testable ? detection.changes : []).map(({ step, direction, effect }) => {
        return {
          family: byId.get(runId)?.family ?? 'unknown',
          run: runId,
          layer,
          depth,
          step,
          direction,
          effect,
        };
      }),
    ),
  );
  const lastStep = Math.max(1, ...runs.map(({ steps }) => steps.at(-1) ?? 0));
  if (jumps.length > 0) {
    const title = 'When and where changes were detected';
    const tested = analysis.runs.flatMap(({ layers }) => layers.map(({ detection }) => detection.testable));
    const caption = `Each mark is one of ${jumps.length} changes found by ${analysis.detector}, at its training step and its layer's place in the network. ${tested.filter(Boolean).length} of ${tested.length} layer series could be tested.`;
    figures.set('jumps', { title, caption, spec: jumpOverviewSpec({ title, lastStep, jumps }) });
  }
  if (analysis.rates.some(({ rate }) => rate.count > 0)) {
    const title = 'How often changes were detected';
    const caption = `Changes per layer and 1,000 training steps among testable layers, with ${coverage(analysis.alpha)} intervals.`;
    const spec = jumpRateSpec({ title, rates: analysis.rates, confidence: 1 - analysis.alpha });
    figures.set('jump-rates', { title, caption, spec });
  }
  if (runs.length > 0) {
    const title = runs.length === 1 ? 'Training loss' : `Training loss of ${runs.length} runs`;
    const caption =
      'Thin lines: runs; thick lines: the median of each data set, where there are more than six runs.';
    const curves = runs.map(({ id, steps, loss }) => ({ label: id, steps, values: loss }));
    const spec = curvesSpec({
      title,
      legend: 'Data set',
      group: (id) => byId.get(id)?.dataset ?? id,
      panels: [{ yTitle: lossTitle('Training loss', runs), scale: 'log', curves }],
    });
    figures.set('loss', { title, caption, spec });
  }
  const evaluated = runs.filter(({ evaluations }) => evaluations.length > 1);
  if (evaluated.length > 0) {
    const title = evaluated.length === 1 ? 'Accuracy' : `Accuracy of ${evaluated.length} runs`;
    const curves = evaluated.map(({ id, evaluations }) => ({
      label: id,
      steps: Float64Array.from(evaluations, ({ step }) => step),
      values: Float64Array.from(evaluations, ({ accuracy }) => accuracy),
    }));
    const spec = curvesSpec({
      title,
      legend: 'Data set',
      group: (id) => byId.get(id)?.dataset ?? id,
      panels: [{ yTitle: 'Accuracy (share correct)', domain: [0, 1], curves }],
    });
    figures.set('accuracy', { title, caption: 'Share of held-out examples classified correctly.', spec });
  }
  const held = runs.filter(
    ({ evaluations }) => evaluations.filter(({ loss }) => loss !== undefined).length > 1,
  );
  if (held.length > 0) {
    const title = held.length === 1 ? 'Held-out loss' : `Held-out loss of ${held.length} runs`;
    const curves = held.map(({ id, evaluations }) => {
      const known = evaluations.filter(({ loss }) => loss !== undefined);
      return {
        label: id,
        steps: Float64Array.from(known, ({ step }) => step),
        values: Float64Array.from(known, ({ loss }) => loss!),
      };
    });
    const spec = curvesSpec({
      title,
      legend: 'Data set',
      group: (id) => byId.get(id)?.dataset ?? id,
      panels: [{ yTitle: lossTitle('Held-out loss', held), scale: 'log', curves }],
    });
    const caption =
      'Mean loss on examples that were not trained on: where it rises while the training loss falls, a run overfits.';
    figures.set('held-out-loss', { title, caption, spec });
  }
  return figures;
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

/** A run's critical periods against their null; null where it could not be tested. */
export function runCriticalPeriods(run: Run, dynamics: RunDynamics | undefined): FigureSpec | null {
  if (dynamics === undefined || !dynamics.criticalPeriods.coordination.determined) return null;
  const { steps, coordination } = dynamics.criticalPeriods;
  const count = coordination.periods.length;
  return criticalPeriodsSpec({
    title: `${run.id}: ${count === 0 ? 'no coordinated period' : `${count} coordinated ${count === 1 ? 'period' : 'periods'}`}`,
    coordination: { steps, ...coordination, nullModel: 'each layer shifted circularly in time' },
    loss: { steps: run.steps, values: run.loss, title: lossTitle('Training loss', [run]) },
  });
}
