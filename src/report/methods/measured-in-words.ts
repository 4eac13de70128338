import type { Run, StudyManifest } from '../../measurements/types.ts';
import { brief, counted, percent, someOf } from '../../wording/sentences.ts';
import type { ReportInput } from '../types.ts';
import type { Cite } from './cite.ts';
import { metricInWords } from './metric-in-words.ts';

/** Names that are said in full; of more, how many there are. */
const MOST_NAMES = 6;
/** Settings that are said elsewhere, or are no settings of the training. */
const SAID_ELSEWHERE = new Set(['steps', 'probeSamples', 'measureEvery', 'condition']);

/** What was trained, and how its runs came to be here. */
export function runsInWords({ manifest, runs }: ReportInput, cite: Cite): string {
  const networks = distinct(runs.map(({ architecture }) => architecture));
  const data = distinct(runs.map(({ dataset }) => dataset));
  const seeds = distinct(runs.flatMap(({ seed }) => seed ?? [])).sort((a, b) => a - b);
  const unknown = runs.filter(({ seed }) => seed === null).length;
  const lengths = distinct(runs.map(({ plannedSteps }) => plannedSteps));
  return [
    `We analyzed ${counted(runs.length, 'training run')} of ${counted(networks.length, 'network')} (${someOf(networks, MOST_NAMES)}) on ${someOf(data, MOST_NAMES)}, ${originInWords(manifest)}.`,
    `Runs were planned for ${range(lengths)} training steps${seeds.length === 0 ? '' : `, with ${seeds.length === 1 ? 'the seed' : 'seeds'} ${rangesOf(seeds)}`}.`,
    ...(unknown > 0 ? [`The seed of ${counted(unknown, 'run')} is not recorded.`] : []),
    ...settingsInWords(runs, cite),
  ].join(' ');
}

/** What was taken of the layers, when, and with which estimator. */
export function measurementInWords({ runs, analysis }: ReportInput, cite: Cite): string {
  const layers = runs.flatMap((run) => run.layers);
  const measured = layers.flatMap(({ series }) => series.get(analysis.seriesId) ?? []);
  const has = (origin: string): boolean => measured.some((series) => series.origin === origin);
  const samples = distinct(layers.flatMap(({ samples }) => samples ?? []));
  const pooling = distinct(layers.flatMap(({ pooling }) => pooling ?? []));
  const kinds = distinct(layers.map(({ kind }) => kind));
  const centered = distinct(measured.map(({ centering }) => centering));
  // From the analysis: the series themselves would be read from every log again.
  const summaries = analysis.runs.flatMap((run) => run.layers.map(({ summary }) => summary));
  const values = summaries.reduce((sum, { measurements }) => sum + measurements, 0);
  const missing = summaries.reduce((sum, { undetermined }) => sum + undetermined, 0);
  return [
    `The output of ${counted(layers.length, 'layer')} (${someOf(kinds, MOST_NAMES)}) was taken ${scheduleOf(runs)}${samples.length === 0 ? '' : `, on ${range(samples)} probe examples`}${pooling.length === 0 ? '' : `, as a matrix of ${someOf(pooling)}`}.`,
    `Of each, the analyzed quantity is ${metricInWords(analysis.seriesId, cite)}, ${sourceInWords(has)}${centered.length === 1 ? centeringInWords(centered[0]) : ''}.`,
    ...(missing > 0
      ? [`${percent(missing / values)} of the values could not be determined and are left out.`]
      : []),
  ].join(' ');
}

function originInWords({ origin, source }: Pick<StudyManifest, 'origin' | 'source'>): string {
  return {
    trained: 'trained by the same program',
    recorded: 'recorded in their own training loop',
    imported: `imported from logs${source === null ? '' : ` (${source})`}`,
    probed: `measured afterwards on saved weights${source === null ? '' : ` (${source})`}`,
  }[origin];
}

/** The settings that all runs share, and the names of those that differ. */
function settingsInWords(runs: readonly Run[], cite: Cite): string[] {
  const names = distinct(runs.flatMap(({ hyperparameters }) => Object.keys(hyperparameters))).filter(
    (name) => !SAID_ELSEWHERE.has(name),
  );
  const levels = names.map((name) => ({
    name,
    values: distinct(runs.map(({ hyperparameters }) => hyperparameters[name])),
  }));
  const shared = levels.filter(({ values }) => values.length === 1);
  const varied = levels.filter(({ values }) => values.length > 1);
  const saying = ({ name, values }: (typeof levels)[number]): string =>
    `${name} ${values[0]}${name === 'optimizer' && values[0] === 'adam' ? ` ${cite('kingma2015adam')}` : ''}`;
  return [
    ...(shared.length > 0 ? [`All runs share the settings ${shared.map(saying).join(', ')}.`] : []),
    ...(varied.length > 0 ? [`They differ in ${varied.map(({ name }) => name).join(', ')}.`] : []),
  ];
}

function scheduleOf(runs: readonly Run[]): string {
  const gaps = distinct(
    runs.flatMap(({ steps }) => Array.from(steps.subarray(1), (step, i) => step - steps[i])),
  );
  const counts = distinct(runs.map(({ steps }) => steps.length));
  const times = `${range(counts)} times in each run`;
  return gaps.length === 1
    ? `every ${gaps[0] === 1 ? 'training step' : `${brief(gaps[0])} training steps`} (${times})`
    : `${times}${gaps.length === 0 ? '' : `, ${range(gaps)} training steps apart`}`;
}

function sourceInWords(has: (origin: string) => boolean): string {
  const sources = [
    ...(has('measured') || has('derived') ? ['computed in double precision from singular values'] : []),
    ...(has('logged') ? ['as the logs have it'] : []),
    ...(has('recovered') ? ['recovered from other logged values'] : []),
  ];
  return sources.length === 0 ? 'of which no run has a value' : sources.join(' or ');
}

function centeringInWords(centering: 'columns' | 'none' | null): string {
  if (centering === 'columns') return ' of activations centered by column';
  return centering === 'none' ? ' of activations that were not centered' : '';
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function range(values: readonly number[]): string {
  if (values.length === 0) return '0';
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return low === high ? brief(low) : `${brief(low)} to ${brief(high)}`;
}

/** Whole numbers as `0–4, 7`. @param ascending distinct. */
function rangesOf(ascending: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const value of ascending) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === value) last[1] = value;
    else ranges.push([value, value]);
  }
  return someOf(
    ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)),
    12,
  );
}
