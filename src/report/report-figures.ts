import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { layerPace } from '../dynamics/layer-pace.ts';
import { fastStretches } from '../dynamics/stretches/fast-stretches.ts';
import { criticalPeriodsSpec } from '../figures/critical-periods.ts';
import { curvesSpec } from '../figures/curves.ts';
import { heatmapSpec } from '../figures/heatmap.ts';
import { jumpOverviewSpec } from '../figures/jump-overview.ts';
import { jumpRateSpec } from '../figures/jump-rate.ts';
import { firstStepAbove0 } from '../figures/log-steps.ts';
import { lossTitle } from '../figures/loss-label.ts';
import { metricLabel } from '../figures/metric-label.ts';
import type { FigureSpec } from '../figures/types.ts';
import type { Run } from '../measurements/types.ts';
import { counted, coverage } from '../wording/sentences.ts';
import { LEAD_FIGURE, leadFigure } from './lead-figure.ts';
import { runColors } from './run-colors.ts';
import { timingFigure } from './timing-figure.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** The figures over the whole study, by file name without folder and ending. */
export function overviewFigures(input: ReportInput): Map<string, EvidenceFigure> {
  const { runs, analysis } = input;
  const lead = leadFigure(input);
  const figures = new Map<string, EvidenceFigure>(lead === null ? [] : [[LEAD_FIGURE, lead]]);
  const timing = timingFigure(input);
  if (timing !== null) figures.set('timing', timing);
  const byId = new Map(runs.map((run) => [run.id, run]));
  const jumps = analysis.runs.flatMap(({ runId, layers }) =>
    layers.flatMap(({ layer, depth, curve }) =>
      fastStretches(curve).map(({ kind, from, half, amplitudeInNoise }) => ({
        ...{ family: byId.get(runId)?.family ?? 'unknown', run: runId, layer, depth },
        step: (half ?? from).step,
        direction: kind === 'rise' ? ('increase' as const) : ('decrease' as const),
        effect: amplitudeInNoise ?? Number.NaN,
      })),
    ),
  );
  const lastStep = Math.max(1, ...runs.map(({ steps }) => steps.at(-1) ?? 0));
  if (jumps.length > 0) {
    const title = 'When and where layers jump or are fast';
    const curves = analysis.runs.flatMap(({ layers }) => layers.map(({ curve }) => curve));
    const described = curves.filter((curve) => curve.described).length;
    const caption = `Each mark is one of ${counted(jumps.length, 'jump or fast stretch', 'jumps and fast stretches')}, at the training step at which it is half-way and its layer's place in the network. ${described} of ${counted(curves.length, 'curve')} could be described.`;
    figures.set('jumps', {
      title,
      caption,
      spec: jumpOverviewSpec({ title, lastStep, firstStep: firstStepAbove0(runs), jumps }),
    });
  }
  if (analysis.rates.some(({ rate }) => rate.count > 0)) {
    const title = 'How often layers jump or are fast';
    const caption = `Jumps and fast stretches per layer and 1,000 training steps, with ${coverage(analysis.alpha)} intervals.`;
    const spec = jumpRateSpec({ title, rates: analysis.rates, confidence: 1 - analysis.alpha });
    figures.set('jump-rates', { title, caption, spec });
  }
  if (runs.length > 0) {
    const title = runs.length === 1 ? 'Training loss' : `Training loss of ${runs.length} runs`;
    const caption =
      'Thin lines: runs; thick lines: the median of each color, where there are more than six runs.';
    const curves = runs.map(({ id, steps, loss }) => ({ label: id, steps, values: loss }));
    const spec = curvesSpec({
      title,
      ...runColors(input),
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
      ...runColors(input),
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
      ...runColors(input),
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
