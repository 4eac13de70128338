import { plainLine } from '../../../errors/plain-text.ts';
import { counted } from '../../../wording/sentences.ts';
import type { CurveMarks } from '../../curve-marks.ts';
import type { RunFacts, StudyData } from '../../study-data.ts';
import type { ViewState } from '../view-state.ts';
import { facetsOf, levelText } from './run-filter.ts';
import type { RunSeries } from './series.ts';

/** A line of the chart: one series, or the mean of several. */
export interface Line {
  readonly label: string;
  readonly facts: Readonly<Record<string, string | number | null>>;
  /** The runs it is of, as places in the study. */
  readonly runs: readonly number[];
  readonly layer: string | null;
  readonly steps: Float32Array;
  readonly values: Float32Array;
  readonly band: { readonly low: Float32Array; readonly high: Float32Array } | null;
  readonly marks: CurveMarks | null;
}

type Choice = Pick<ViewState, 'pool' | 'color' | 'layers' | 'metric'>;

/** Series as lines of their own, or those of the same layer averaged over the seeds of a condition or over the runs of a level. */
export function pooled(study: StudyData, series: readonly RunSeries[], view: Choice): Line[] {
  const isOneRun = new Set(series.map(({ run }) => run)).size === 1;
  const severalLayers = new Set(series.map(({ layer }) => layer)).size > 1;
  const named = (what: string, layer: string | null): string => {
    if (layer === null || !severalLayers) return plainLine(what);
    return plainLine(isOneRun ? layer : `${what}, ${layer}`);
  };
  const poolOf = poolsOf(study, view);
  if (poolOf === null) {
    return series.map(({ run, ...one }) => ({
      ...one,
      label: named(study.runs[run].id, one.layer),
      facts: { ...factsOf(study, study.runs[run]), layer: one.layer },
      runs: [run],
      band: null,
    }));
  }
  // The first or last layers of different networks are called differently, and are one place all the same.
  const isByPlace = view.layers === 'first' || view.layers === 'last';
  const groups = new Map<string, RunSeries[]>();
  for (const one of series) {
    const key = JSON.stringify([poolOf(one.run).key, isByPlace ? '' : one.layer]);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [one]);
    else members.push(one);
  }
  return [...groups.values()].map((members) => {
    const [{ run }] = members;
    const { title } = poolOf(run);
    const runs = members.map((member) => member.run);
    const isSame = members.every(({ layer }) => layer === members[0].layer);
    const layer = isSame ? members[0].layer : null;
    return {
      label: `${named(title, isByPlace ? null : layer)} (${counted(runs.length, 'run')})`,
      facts: { of: title, runs: runs.length, layer },
      ...{ runs, layer },
      marks: view.pool === 'seeds' && view.metric === study.analyzed ? marksOfMean(study, runs, layer) : null,
      ...meanAndRange(members),
    };
  });
}

/** What a run is averaged with, and how that is called; null where each stands for itself. */
function poolsOf(
  study: StudyData,
  { pool, color }: Choice,
): ((run: number) => { readonly key: number | string; readonly title: string }) | null {
  if (pool === 'none' || (pool === 'color' && color === 'run')) return null;
  const facet = facetsOf(study).get(color);
  return (run) => {
    const { condition } = study.runs[run];
    if (pool === 'seeds') return { key: condition, title: study.conditions[condition].title };
    const title = facet === undefined ? 'all shown runs' : levelText(color, facet(study.runs[run]));
    return { key: title, title };
  };
}

/** What the analysis tells of the mean, which is over all seeds of a condition. */
function marksOfMean(study: StudyData, runs: readonly number[], layer: string | null): CurveMarks | null {
  const { condition, network } = study.runs[runs[0]];
  const seeds = study.runs.filter((run) => run.condition === condition).length;
  if (layer === null || runs.length !== seeds) return null;
  return study.conditions[condition].marks?.[study.networks[network].indexOf(layer)] ?? null;
}

function factsOf({ factors }: StudyData, { id, architecture, dataset, seed, levels }: RunFacts) {
  return {
    ...Object.fromEntries(factors.map((name, f) => [name, levels[f]])),
    ...{ run: id, architecture, dataset, seed },
  };
}

/**
 * Mean, lowest and highest of several series at every step that any of them measured and all of them reach; between two measurements a series
 * is what the line drawn through them is.
 */
export function meanAndRange(
  series: readonly Pick<RunSeries, 'steps' | 'values'>[],
): Pick<Line, 'steps' | 'values' | 'band'> {
  const first = Math.max(...series.map(({ steps }) => steps[0] ?? Number.POSITIVE_INFINITY));
  const last = Math.min(...series.map(({ steps }) => steps[steps.length - 1] ?? Number.NEGATIVE_INFINITY));
  const all = new Set(series.flatMap(({ steps }) => [...steps]));
  const steps = Float32Array.from(
    [...all].filter((step) => step >= first && step <= last).sort((a, b) => a - b),
  );
  const [values, low, high] = [0, 1, 2].map(() => new Float32Array(steps.length));
  const places = series.map(() => 0);
  for (const [i, step] of steps.entries()) {
    let [sum, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const [s, one] of series.entries()) {
      while (one.steps[places[s]] < step) places[s]++;
      const value = valueAt(one, places[s], step);
      // NaN of one makes the mean NaN: a mean of fewer runs would leap.
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    [values[i], low[i], high[i]] = [sum / series.length, least, most];
  }
  return { steps, values, band: { low, high } };
}

/** @param after the first measurement at the step or later. */
function valueAt(
  { steps, values }: Pick<RunSeries, 'steps' | 'values'>,
  after: number,
  step: number,
): number {
  if (steps[after] === step) return values[after];
  const share = (step - steps[after - 1]) / (steps[after] - steps[after - 1]);
  return values[after - 1] + share * (values[after] - values[after - 1]);
}
