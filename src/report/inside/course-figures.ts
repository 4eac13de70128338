import { type MarkedTime, type MeasureCourse, measureCoursesSpec } from '../../figures/measure-courses.ts';
import { nameOfGroup, type SeedGroup } from '../../findings/seed-groups.ts';
import type { Run, Track } from '../../measurements/types.ts';
import { counted } from '../../wording/sentences.ts';
import type { EvidenceFigure, ReportInput } from '../types.ts';

/** Of each track the measures that are drawn; all are in the tables. */
const drawn: Readonly<
  Record<string, { readonly title: string; readonly legend: string; readonly measures: readonly string[] }>
> = {
  attention: {
    ...{ title: 'What heads do over training', legend: 'Attention module' },
    measures: ['attention_entropy', 'attention_specialization', 'previous_token_score'],
  },
  filters: {
    ...{ title: 'How alike filters are over training', legend: 'Weights' },
    measures: ['filter_orthogonality', 'filter_diversity'],
  },
  units: {
    ...{ title: 'What units answer over training', legend: 'Layer' },
    measures: ['selectivity_index', 'mutual_information', 'class_variability'],
  },
};

const mostSubjects = 5;

/**
 * The mechanism tracks of every network over its seeds, by file name: means, the range of the seeds, and behind them the times in which
 * layers rise and fall. Empty where no run has such a track.
 */
export function courseFigures({ runs, analysis }: ReportInput): Map<string, EvidenceFigure> {
  const figures = new Map<string, EvidenceFigure>();
  const grouped = new Set(analysis.seedGroups.flatMap((group) => group.runs));
  const groups = [
    ...analysis.seedGroups.map((group) => ({
      name: nameOfGroup(group),
      members: runs.filter(({ id }) => group.runs.includes(id)),
      marked: timesOf(group),
    })),
    ...runs
      .filter(({ id }) => !grouped.has(id))
      .map((run) => ({ name: run.id, members: [run], marked: [] as MarkedTime[] })),
  ];
  groups.forEach(({ name, members, marked }, g) => {
    for (const [id, { title, legend, measures }] of Object.entries(drawn)) {
      const tracks = members.flatMap(({ tracks = [] }: Run) => tracks.filter((track) => track.id === id));
      if (tracks.length === 0 || tracks[0].steps.length < 2) continue;
      const subjects = tracks[0].subjects
        .map((subject) => subject.name)
        .filter((subject) => !/\.heads\.\d+$/.test(subject));
      const shown = evenly(subjects);
      const panels = measures.flatMap((measure) => {
        const courses = shown.flatMap((subject) => courseOf(tracks, measure, subject));
        return courses.length === 0 ? [] : [{ yTitle: measure.replaceAll('_', ' '), courses }];
      });
      if (panels.length === 0) continue;
      const full = `${title}: ${name}`;
      figures.set(`${id}-over-training-${g}`, {
        title: full,
        reading:
          `Mechanisms over training, as they were logged. ${tracks.length > 1 ? `Lines are means over ${counted(tracks.length, 'seed')}, bands reach from the least to the largest of them. ` : ''}${marked.length > 0 ? 'Shaded: times in which layers rise (orange) or fall (blue).' : ''}`.trim(),
        caption:
          subjects.length > shown.length
            ? `${shown.length} of ${subjects.length}, evenly chosen; all are in the tables.`
            : '',
        spec: measureCoursesSpec({ title: full, legend, panels, marked }),
      });
    }
  });
  return figures;
}

/** Some of the subjects, the first and the last with them. */
function evenly(subjects: readonly string[]): readonly string[] {
  if (subjects.length <= mostSubjects) return subjects;
  const gap = (subjects.length - 1) / (mostSubjects - 1);
  return Array.from({ length: mostSubjects }, (_, i) => subjects[Math.round(i * gap)]);
}

/** Mean and range over the seeds at the steps that all have; none where no seed has a value. */
function courseOf(tracks: readonly Track[], measure: string, subject: string): MeasureCourse[] {
  const seeds = tracks.flatMap(({ steps, subjects }) => {
    const values = subjects.find(({ name }) => name === subject)?.series.get(measure)?.values;
    return values === undefined ? [] : [new Map(Array.from(steps, (step, i) => [step, values[i]]))];
  });
  if (seeds.length === 0) return [];
  const steps = Float64Array.from(
    [...seeds[0].keys()].filter((step) => seeds.every((seed) => seed.has(step))),
  );
  const at = Array.from(steps, (step) => seeds.map((seed) => seed.get(step)!).filter(Number.isFinite));
  if (at.every(({ length }) => length === 0)) return [];
  const over = (of: (values: readonly number[]) => number) =>
    Float64Array.from(at, (values) => (values.length === 0 ? Number.NaN : of(values)));
  const mean = over((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const band = { low: over((values) => Math.min(...values)), high: over((values) => Math.max(...values)) };
  return [{ label: subject, steps, mean, ...(seeds.length > 1 && { band }) }];
}

/** When any layer rises, and when any falls, over the seeds. */
function timesOf({ layers }: SeedGroup): MarkedTime[] {
  return (['rise', 'fall'] as const).flatMap((direction) => {
    const times = layers
      .flatMap(({ curve }) => (curve.described ? curve.stretches : []))
      .filter(({ kind }) => kind === direction)
      .map(({ from, to }) => ({ from: from.step, to: to.step, direction }))
      .sort((a, b) => a.from - b.from);
    const joined: MarkedTime[] = [];
    for (const time of times) {
      const last = joined[joined.length - 1];
      if (last !== undefined && time.from <= last.to)
        joined[joined.length - 1] = { ...last, to: Math.max(last.to, time.to) };
      else joined.push(time);
    }
    return joined;
  });
}
