import { basename, resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import type { DrawingOptions } from '../figures/render-svg.ts';
import { writeFiles } from '../files/write-files.ts';
import { type ComparedSide, compareStudies } from '../findings/comparison/compare-studies.ts';
import type { StudyComparison } from '../findings/comparison/types.ts';
import { studyFactors } from '../measurements/factors.ts';
import type { StudyRemark } from '../measurements/study-remarks.ts';
import type { Run, StudyFactors } from '../measurements/types.ts';
import { type OpenStudy, openStudy } from './open-study.ts';
import type { OnProgress } from './progress.ts';
import { tool } from './provenance.ts';

/** Which runs of a study are a side: a fact of runs (`architecture`, `dataset`, `seed`, a factor or a setting) and its value. */
export interface RunSelection {
  readonly name: string;
  readonly value: string;
}

export interface CompareStudiesChoice {
  /** The series to compare; by default the best that all runs have. */
  readonly metric?: string;
  /** False discovery rate over all that is compared; 0.05 if absent. */
  readonly rate?: number;
  /** Runs of either side that are compared; all if absent or empty. */
  readonly select?: { readonly a?: readonly RunSelection[]; readonly b?: readonly RunSelection[] };
  readonly onProgress?: OnProgress;
}

/** Two studies held against each other, and what must be known of them. */
export interface ComparedStudies {
  readonly comparison: StudyComparison;
  readonly remarks: readonly StudyRemark[];
}

/**
 * Reads two studies, or one twice with different runs of it, and says what differs.
 *
 * @param b the second study; the first if absent.
 * @throws InputError where there is no study, no run is left of a side, or the runs share no series.
 * @example
 * const { comparison } = compareStudiesIn('my-study', 'my-study');
 * comparison.same; // true
 */
export function compareStudiesIn(
  a: string,
  b: string = a,
  { metric, rate, select = {}, onProgress }: CompareStudiesChoice = {},
): ComparedStudies {
  const studyA = openStudy(a, metric);
  const studyB = resolve(a) === resolve(b) ? studyA : openStudy(b, metric);
  const comparison = compareStudies(
    side(a, studyA, select.a ?? [], studyA === studyB),
    side(b, studyB, select.b ?? [], studyA === studyB),
    {
      ...{ seriesId: metric, rate },
      onPair: (done, total, what) => onProgress?.({ stage: 'analyzing', done, total, what }),
    },
  );
  return { comparison, remarks: studyB === studyA ? studyA.remarks : [...studyA.remarks, ...studyB.remarks] };
}

/** Writes a comparison into a folder; returns the absolute path of its page. */
export async function writeComparison(
  comparison: StudyComparison,
  out: string,
  look: DrawingOptions = {},
): Promise<string> {
  // Loaded when needed: the chart libraries would slow down whatever draws nothing.
  const { buildComparison } = await import('../report/comparison-page.ts');
  writeFiles(out, await buildComparison(comparison, tool, look));
  return resolve(out, 'index.html');
}

function side(
  directory: string,
  { manifest, runs }: OpenStudy,
  selection: readonly RunSelection[],
  isShared: boolean,
): ComparedSide {
  const factors = studyFactors(manifest, runs);
  const chosen = runs.filter((run) =>
    selection.every(({ name, value }) => factOf(run, factors, name, runs) === value),
  );
  const words = selection.map(({ name, value }) => `${name}=${value}`).join(', ');
  if (chosen.length === 0) {
    throw new InputError({
      ...(selection.length === 0 ? { file: directory } : { field: 'runs', value: words }),
      allowed:
        selection.length === 0 ? 'a study with at least one run' : 'what at least one run of the study has',
    });
  }
  const study = basename(resolve(directory));
  const title = words === '' ? study : isShared ? words : `${study} (${words})`;
  return { title, runs: chosen, factors };
}

/** A fact of a run as it is written on the command line. */
function factOf(run: Run, factors: StudyFactors, name: string, runs: readonly Run[]): string | undefined {
  const facts: Record<string, unknown> = {
    ...{
      run: run.id,
      architecture: run.architecture,
      family: run.family,
      dataset: run.dataset,
      seed: run.seed,
    },
  };
  if (Object.hasOwn(facts, name)) return String(facts[name]);
  if (Object.hasOwn(factors, name)) {
    return Object.hasOwn(factors[name], run.id) ? String(factors[name][run.id]) : undefined;
  }
  if (Object.hasOwn(run.hyperparameters, name)) return String(run.hyperparameters[name]);
  const settings = runs.flatMap(({ hyperparameters }) => Object.keys(hyperparameters));
  if (settings.includes(name)) return undefined;
  const known = [...new Set([...Object.keys(facts), ...Object.keys(factors), ...settings])];
  throw new InputError({ field: 'runs', value: name, allowed: oneOf(name, known) });
}
