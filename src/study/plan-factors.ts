import type { FactorLevel, StudyFactors } from '../measurements/types.ts';
import type { RunPlan } from './run-plan.ts';
import type { StudyFile } from './study-file.ts';

/** What a study varies between its runs, with the value of each: the options of its grid, and its conditions. */
export function factorsOf(
  { grid = {}, conditions }: StudyFile,
  plans: readonly RunPlan[],
): StudyFactors | undefined {
  const options = Object.keys(grid) as (keyof RunPlan['training'])[];
  const levels = (of: (plan: RunPlan) => FactorLevel) =>
    Object.fromEntries(plans.map((plan) => [plan.id, of(plan)]));
  const factors = {
    ...Object.fromEntries(
      options.map((name) => [name, levels(({ training }) => training[name] as FactorLevel)]),
    ),
    ...(conditions !== undefined && { condition: levels(({ condition }) => condition!) }),
  };
  return Object.keys(factors).length === 0 ? undefined : factors;
}
