import type { FactorLevel, Run, StudyFactors, StudyManifest } from './types.ts';

/**
 * What was varied on purpose between the runs of a study, beside network, data set and seed: from its manifest, or, where that
 * is older, from the grid and the conditions of its settings.
 *
 * @example
 * studyFactors(manifest, runs); // {}
 */
export function studyFactors(
  { factors, settings }: Pick<StudyManifest, 'factors' | 'settings'>,
  runs: readonly Run[],
): StudyFactors {
  if (factors !== undefined) return factors;
  const varied = namesIn(settings.grid).map((name) => [name, levels(runs, (run) => settingOf(run, name))]);
  const conditions = namesIn(settings.conditions);
  const trainedUnder = ({ id, seed }: Run): string | undefined =>
    conditions.find((name) => id.endsWith(`_${name}_seed${seed}`));
  const all = [...varied, ...(conditions.length > 0 ? [['condition', levels(runs, trainedUnder)]] : [])];
  return Object.fromEntries(all);
}

function levels(
  runs: readonly Run[],
  of: (run: Run) => FactorLevel | undefined,
): Readonly<Record<string, FactorLevel>> {
  return Object.fromEntries(
    runs.flatMap((run) => {
      const level = of(run);
      return level === undefined ? [] : [[run.id, level]];
    }),
  );
}

function settingOf({ hyperparameters }: Run, name: string): FactorLevel | undefined {
  const setting = Object.hasOwn(hyperparameters, name) ? hyperparameters[name] : undefined;
  return typeof setting === 'boolean' ? String(setting) : setting;
}

function namesIn(setting: unknown): string[] {
  return typeof setting === 'object' && setting !== null ? Object.keys(setting) : [];
}
