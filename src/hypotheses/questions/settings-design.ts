import type { Run } from '../../measurements/types.ts';
import { quantile } from '../../numerics/quantile.ts';
import type { StudyEvidence } from '../types.ts';
import { changeSteps } from './late-changes.ts';

/** Settings whose influence is asked for; each is a positive number of every run. */
export const settingNames = ['learningRate', 'batchSize', 'width'] as const;
export type SettingName = (typeof settingNames)[number];

/** What one run contributes to a regression on settings. */
export interface SettingsObservation {
  readonly run: string;
  readonly settings: Readonly<Record<SettingName, number>>;
  /** Runs of one stratum differ in nothing but the settings and the seed. */
  readonly stratum: string;
  readonly seed: number;
  /** Mean over layers of log₂(1 + step) at which the first change is half-way; null where no layer changes. */
  readonly timing: number | null;
  /** Rises and falls of all layers, and the layer-steps that they were counted over. */
  readonly changes: number;
  readonly exposure: number;
}

/** One observation for each run that says its settings and has a curve that could be described. */
export function settingsObservations({ runs, analysis }: StudyEvidence): SettingsObservation[] {
  return runs.flatMap((run, r) => {
    const settings = settingsOf(run);
    const described = analysis.runs[r].layers.flatMap(({ curve }) => {
      const steps = changeSteps(curve);
      return steps === null ? [] : [steps];
    });
    if (settings === null || run.seed === null || described.length === 0) return [];
    const firsts = described.flatMap((steps) =>
      steps.length === 0 ? [] : [Math.log2(1 + Math.min(...steps))],
    );
    return [
      {
        run: run.id,
        settings,
        stratum: stratumOf(run),
        seed: run.seed,
        timing: firsts.length === 0 ? null : firsts.reduce((sum, x) => sum + x, 0) / firsts.length,
        changes: described.reduce((sum, { length }) => sum + length, 0),
        exposure: described.length * (run.steps[run.steps.length - 1] - run.steps[0]),
      },
    ];
  });
}

function settingsOf({ hyperparameters, layers }: Run): Record<SettingName, number> | null {
  const { learningRate, batchSize } = hyperparameters;
  // The last layer is as wide as there are classes.
  const widths = layers.slice(0, -1).flatMap(({ features }) => features ?? []);
  if (typeof learningRate !== 'number' || typeof batchSize !== 'number' || widths.length === 0) return null;
  const settings = { learningRate, batchSize, width: quantile(widths, 0.5) };
  return Object.values(settings).every((value) => value > 0 && Number.isFinite(value)) ? settings : null;
}

function stratumOf({ family, dataset, layers, plannedSteps, hyperparameters }: Run): string {
  const { learningRate: _, batchSize: __, ...others } = hyperparameters;
  return JSON.stringify([family, dataset, layers.length, plannedSteps, others]);
}
