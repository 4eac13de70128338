import { InputError } from '../errors/input-error.ts';
import type { StudyManifest } from '../measurements/types.ts';
import { planRuns, type RunPlan } from './run-plan.ts';
import { checkStudyFile, type StudyFile } from './study-file.ts';

/** As many as a manifest may name. */
const mostRuns = 100_000;

/** The runs that a trained study's settings make; null where that cannot be made out, e.g. of another program's study. */
export function plansOf({ origin, settings }: StudyManifest): RunPlan[] | null {
  if (origin !== 'trained') return null;
  try {
    const study = checkStudyFile(settings, 'settings');
    return countRuns(study) > mostRuns ? null : planRuns(study);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** What a manifest without a checksum (version 1) says twice and differently; null if nothing is wrong that can be told. */
export function manifestDisagreement(manifest: StudyManifest, plans: readonly RunPlan[]): string | null {
  if (manifest.settings.title !== manifest.title) return 'its title is not that of its settings';
  const isSame = plans.length === manifest.runs.length && plans.every(({ id }, i) => id === manifest.runs[i]);
  return isSame ? null : 'its runs are not those that its settings make';
}

/** Before any are left out: a few lines of a hostile file could ask for more than there is memory for. */
function countRuns({ architectures, datasets, seeds, grid = {} }: StudyFile): number {
  const factors = [architectures, datasets, seeds, ...Object.values(grid)];
  return factors.reduce((product, values) => product * values.length, 1);
}
