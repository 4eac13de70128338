import { LOSS } from '../../loss-choice.ts';
import type { StudyData } from '../../study-data.ts';
import { centredMean } from '../chart/centred-mean.ts';
import type { Curve } from '../chart/curve.ts';
import type { LayerChoice, ViewState } from '../view-state.ts';
import { type ColorLevel, colorLevel } from './color-levels.ts';
import { pooled } from './pooled.ts';
import type { LoadedRun, RunSeries } from './series.ts';

/** Curves with the levels by which they are colored, in the order in which these are told. */
export interface CurvesOfRuns {
  readonly curves: readonly Curve[];
  readonly levels: readonly ColorLevel[];
}

type Choice = Pick<ViewState, 'metric' | 'layers' | 'color' | 'pool' | 'smoothing'>;

/** What the reader has chosen of some runs as curves. */
export function curvesOfRuns(study: StudyData, runs: readonly LoadedRun[], view: Choice): CurvesOfRuns {
  const series = runs.flatMap((run) => seriesOf(study, run, view));
  const lines = pooled(study, series, view).map((line) => ({ line, level: colorLevel(study, line, view) }));
  const levels = [...new Map(lines.map(({ level }) => [level.key, level])).values()].sort(
    (a, b) => a.order - b.order,
  );
  const groupOf = new Map(levels.map(({ key }, g) => [key, g]));
  const curves = lines.map(({ line: { label, facts, steps, values, band, marks }, level }) => ({
    ...{ label, facts, steps, band, marks },
    values: centredMean(values, view.smoothing),
    raw: view.smoothing > 1 ? values : null,
    group: groupOf.get(level.key) as number,
  }));
  return { curves, levels };
}

/** The series of a run that are chosen. */
function seriesOf({ analyzed }: StudyData, run: LoadedRun, { metric, layers }: Choice): RunSeries[] {
  const { index, steps } = run;
  if (metric === LOSS) return [{ run: index, layer: null, steps, values: run.loss, marks: null }];
  return layersOf(run, metric, layers).map(({ name, series, marks }) => ({
    ...{ run: index, layer: name, steps },
    values: series.get(metric) as Float32Array,
    marks: metric === analyzed ? marks : null,
  }));
}

/** The layers of a run that are chosen and have a metric. */
function layersOf(run: LoadedRun, metric: string, choice: LayerChoice): LoadedRun['layers'] {
  const having = run.layers.filter(({ series }) => series.has(metric));
  if (choice === 'all') return having;
  if (choice === 'first') return having.slice(0, 1);
  if (choice === 'last') return having.slice(-1);
  return having.filter(({ name }) => choice.includes(name));
}
