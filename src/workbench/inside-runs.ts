import { InputError } from '../errors/input-error.ts';
import { readManifest } from '../measurements/study-store.ts';
import type { CheckpointReading } from '../mechanisms/checkpoint-reading.ts';
import type { InsideRun } from '../report/inside/inside-run.ts';
import { ablationPlaces, checkpointAblations } from '../study/checkpoint-ablations.ts';
import { checkpointReadings } from '../study/checkpoint-readings.ts';
import { openDataset, type StudyDataset } from '../study/dataset-store.ts';
import { planRuns, type RunPlan } from '../study/run-plan.ts';
import { listCheckpoints } from '../study/run-store.ts';
import { checkStudyFile } from '../study/study-file.ts';

export interface InsideOptions {
  /** Runs whose checkpoints are read; the first of each network, at most so many. Default 3. */
  readonly mostRuns?: number;
  /** Checkpoints of each, evenly chosen with the first and the last. Default 6. */
  readonly mostCheckpoints?: number;
}

/** What was read, and why what could not be read is missing. */
export interface InsideStudy {
  readonly runs: readonly InsideRun[];
  readonly missing: readonly { readonly run: string; readonly reason: string }[];
}

/** More parts than this are not taken out for a report: each costs a pass of the network. */
const mostParts = 128;

/**
 * Reads some checkpoints of some runs for the pictures of a report. Nothing of a study that was not trained here, or has no
 * checkpoints; a run whose data or checkpoints cannot be had is named with the reason.
 */
export async function insideRuns(directory: string, options: InsideOptions = {}): Promise<InsideStudy> {
  const { mostRuns = 3, mostCheckpoints = 6 } = options;
  const manifest = readManifest(directory);
  if (manifest.origin !== 'trained') return { runs: [], missing: [] };
  const saved = planRuns(checkStudyFile(manifest.settings, directory)).filter(
    ({ id }) => listCheckpoints(directory, id).length > 0,
  );
  const firsts = saved.filter(
    (plan, i) => saved.findIndex((other) => other.architectureName === plan.architectureName) === i,
  );
  const runs: InsideRun[] = [];
  const missing: { run: string; reason: string }[] = [];
  for (const plan of firsts.slice(0, mostRuns)) {
    try {
      runs.push(await insideRun(directory, plan, mostCheckpoints));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      missing.push({ run: plan.id, reason: error.message });
    }
  }
  return { runs, missing };
}

async function insideRun(directory: string, plan: RunPlan, most: number): Promise<InsideRun> {
  const data = openDataset(plan);
  const readings: CheckpointReading[] = [];
  for await (const reading of checkpointReadings(directory, plan, data, evenly(most))) readings.push(reading);
  return { run: plan.id, readings, ablations: await lastAblations(directory, plan, data) };
}

/** Up to so many of the steps, evenly among them, the first and the last with them. */
function evenly(most: number): (step: number, steps: readonly number[]) => boolean {
  return (step, steps) => {
    const count = Math.min(most, steps.length);
    const place = (i: number): number => Math.round((i * (steps.length - 1)) / Math.max(1, count - 1));
    return Array.from({ length: count }, (_, i) => steps[place(i)]).includes(step);
  };
}

/** Heads and filters; the units of networks that have neither. None where there are too many. */
async function lastAblations(
  directory: string,
  plan: RunPlan,
  data: StudyDataset,
): Promise<InsideRun['ablations']> {
  const places = await ablationPlaces(plan, data);
  const named = places.filter(({ kind }) => kind !== 'units');
  const chosen = named.length > 0 ? named : places;
  if (chosen.length === 0 || chosen.reduce((sum, { parts }) => sum + parts, 0) > mostParts) return [];
  const kinds = [...new Set(chosen.map(({ kind }) => kind))];
  const replacements = ['zero', 'mean', 'resample'] as const;
  const found: InsideRun['ablations'][number][] = [];
  for await (const parts of checkpointAblations(directory, plan, data, {
    kinds,
    replacements,
    lastOnly: true,
  })) {
    for (const { place, part, replacement, effect } of parts) {
      found.push({
        part: `${place.kind.slice(0, -1)} ${part} of ${place.name}`,
        ...{ replacement, loss: effect.loss.determined ? effect.loss.value : null },
      });
    }
  }
  return found;
}
