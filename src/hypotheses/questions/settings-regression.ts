import { blockPermutationTest } from '../../numerics/block-permutation.ts';
import { mean } from '../../numerics/moments.ts';
import type { Random } from '../../numerics/random.ts';
import { leastSquares, poissonRegression } from '../../numerics/regression.ts';
import { studentTQuantile } from '../../numerics/student-t.ts';
import { type SettingName, type SettingsObservation, settingNames } from './settings-design.ts';

/** How an outcome follows a setting, the others and the stratum held fixed. */
export interface SettingsEffect {
  /** Elasticity: doublings of the outcome for each doubling of the setting. */
  readonly elasticity: number;
  /** By leaving out one seed after the other; null with fewer than three seeds. */
  readonly interval: readonly [number, number] | null;
  readonly pValue: number;
  readonly smallestPValue: number;
  readonly observations: readonly SettingsObservation[];
  readonly seeds: number;
}

export type Outcome = 'timing' | 'rate';

/**
 * Regresses an outcome on the logarithms of all settings that vary: timing by least squares, counts of changes by a Poisson regression with
 * exposure. The p-value exchanges outcomes among runs that agree in seed, stratum and every other setting; the interval is Student's over the
 * estimates without each seed (MacKinnon, Nielsen & Webb 2023, CV3), since runs of one seed share their examples.
 *
 * @returns null where the setting does not vary, or cannot be told from another.
 */
export function settingsEffect(
  all: readonly SettingsObservation[],
  setting: SettingName,
  outcome: Outcome,
  { random, alpha }: { readonly random: Random; readonly alpha: number },
): SettingsEffect | null {
  const observations = varied(all, setting).filter(({ timing }) => outcome === 'rate' || timing !== null);
  if (observations.length === 0) return null;
  const elasticity = slope(observations, setting, outcome);
  if (elasticity === null) return null;
  const seeds = [...new Set(observations.map(({ seed }) => seed))];
  const without = seeds.map((left) =>
    slope(
      observations.filter(({ seed }) => seed !== left),
      setting,
      outcome,
    ),
  );
  const blocks = blocksOf(observations, setting);
  const { pValue, smallest } = blockPermutationTest(
    blocks,
    (order) => slope(exchanged(observations, order), setting, outcome) ?? Number.NaN,
    random,
  );
  return {
    ...{ elasticity, pValue, smallestPValue: smallest, observations, seeds: seeds.length },
    interval: jackknifeInterval(elasticity, without, alpha),
  };
}

/** Strata in which the setting has more than one value. */
function varied(all: readonly SettingsObservation[], setting: SettingName): SettingsObservation[] {
  return all.filter(({ stratum, settings }) =>
    all.some((other) => other.stratum === stratum && other.settings[setting] !== settings[setting]),
  );
}

/** Runs that differ in the setting alone. */
function blocksOf(observations: readonly SettingsObservation[], setting: SettingName): number[][] {
  const blocks = new Map<string, number[]>();
  observations.forEach(({ stratum, seed, settings }, i) => {
    const key = JSON.stringify([stratum, seed, { ...settings, [setting]: null }]);
    blocks.set(key, [...(blocks.get(key) ?? []), i]);
  });
  return [...blocks.values()];
}

function exchanged(
  observations: readonly SettingsObservation[],
  order: readonly number[],
): SettingsObservation[] {
  return observations.map((own, i) => {
    const { timing, changes, exposure } = observations[order[i]];
    return { ...own, timing, changes, exposure };
  });
}

function slope(
  observations: readonly SettingsObservation[],
  setting: SettingName,
  outcome: Outcome,
): number | null {
  const strata = [...new Set(observations.map(({ stratum }) => stratum))];
  const others = settingNames.filter(
    (name) => name !== setting && new Set(observations.map(({ settings }) => settings[name])).size > 1,
  );
  const rows = observations.map(({ settings, stratum }) => [
    ...[setting, ...others].map((name) => Math.log2(settings[name])),
    ...strata.map((name) => (name === stratum ? 1 : 0)),
  ]);
  const found =
    outcome === 'timing'
      ? leastSquares(
          rows,
          observations.map(({ timing }) => timing!),
        )
      : poissonRegression(
          rows,
          observations.map(({ changes }) => changes),
          observations.map(({ exposure }) => exposure),
        );
  if (found === null) return null;
  return outcome === 'timing' ? found[0] : found[0] / Math.LN2;
}

function jackknifeInterval(
  center: number,
  without: readonly (number | null)[],
  alpha: number,
): [number, number] | null {
  const known = without.flatMap((value) => value ?? []);
  const groups = known.length;
  if (groups < 3 || groups < without.length) return null;
  const middle = mean(known);
  const variance = ((groups - 1) / groups) * known.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const half = studentTQuantile(1 - alpha / 2, groups - 1) * Math.sqrt(variance);
  return [center - half, center + half];
}
