import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { type Architecture, architectures } from '../models/architectures.ts';
import { describeIntervention } from './interventions/describe-intervention.ts';
import type { Intervention } from './interventions/intervention-schema.ts';
import { type StudyFile, type TrackSettings, trackSchemas } from './study-schema.ts';
import { misplacedOptions } from './training-options.ts';
import type { TrainingSettings } from './training-settings.ts';

/** Everything that decides the outcome of one run: plain data, so that it can be sent to a worker and recorded. */
export interface RunPlan extends TrackSettings {
  /** Unique in the study and the name of its log: architecture, data set, varied options and seed. */
  readonly id: string;
  readonly architectureName: string;
  readonly architecture: Architecture;
  readonly dataset: string;
  readonly dataFolder: string | null;
  readonly seed: number;
  readonly training: TrainingSettings;
  readonly measurement: StudyFile['measurement'];
  readonly evaluation: StudyFile['evaluation'];
  readonly checkpoints: NonNullable<StudyFile['checkpoints']>;
  /** The condition that the run is trained under; absent where the study has none. */
  readonly condition?: string;
  /** What is done to the run while it trains, in the order of the steps; absent for nothing. */
  readonly interventions?: readonly Intervention[];
}

/**
 * The runs of a study, in order: architectures × data sets × values of the grid × seeds.
 *
 * @throws InputError where two runs would have one name, or the grid asks for options that do not go together.
 */
export function planRuns(study: StudyFile): RunPlan[] {
  const networks = study.architectures.map(namedArchitecture);
  assertKnownNetworks(study, networks);
  const isExcepted = (name: string, dataset: string): boolean =>
    study.except?.some((pair) => pair.architecture === name && pair.dataset === dataset) ?? false;
  const { measurement, evaluation, checkpoints = {}, dataFolder = null } = study;
  const tracks = trackSettings(study);
  const plans = networks.flatMap(({ architectureName, architecture }) =>
    study.datasets
      .filter((wanted) => !isExcepted(architectureName, wanted))
      .map((wanted) => ({
        dataset: study.substitutes?.[wanted as keyof typeof study.substitutes] ?? wanted,
        variants: trainingVariants(study, trainingOf(study, architectureName, wanted)),
      }))
      .flatMap(({ dataset, variants }) =>
        variants.flatMap(({ label, training }) =>
          crossed(conditionsOf(study), study.seeds).map(([condition, seed]) => ({
            id: `${architectureName}_${dataset}${label}${condition.label}_seed${seed}`,
            architectureName,
            architecture,
            dataset,
            dataFolder,
            seed,
            training,
            measurement,
            evaluation,
            ...tracks,
            checkpoints,
            ...condition.plan,
          })),
        ),
      ),
  );
  assertDistinct(plans);
  plans.forEach(assertOrder);
  return plans;
}

function trackSettings(study: StudyFile): TrackSettings {
  const keys = Object.keys(trackSchemas) as (keyof TrackSettings)[];
  return Object.fromEntries(keys.map((key) => [key, study[key] ?? null])) as unknown as TrackSettings;
}

/** The conditions of a study, with what they add to the name and plan of a run; one that adds nothing where it has none. */
function conditionsOf({ conditions, interventions = [] }: StudyFile) {
  const entries: [string | null, readonly Intervention[]][] =
    conditions === undefined ? [[null, []]] : Object.entries(conditions);
  return entries.map(([condition, own]) => {
    const all = [...interventions, ...own].sort((a, b) => a.at - b.at);
    return {
      label: condition === null ? '' : `_${condition}`,
      plan: {
        ...(condition !== null && { condition }),
        ...(all.length > 0 && { interventions: all }),
      },
    };
  });
}

function crossed<A, B>(first: readonly A[], second: readonly B[]): (readonly [A, B])[] {
  return first.flatMap((a) => second.map((b) => [a, b] as const));
}

/** @throws InputError for an intervention that could never be: after the end, twice at a step, or before there is anything to change. */
function assertOrder({ id, training, interventions = [] }: RunPlan): void {
  interventions.forEach((intervention, i) => {
    const { at, reinitialize } = intervention;
    const field = `interventions of ${id}: ${describeIntervention(intervention)}, at`;
    if (at >= training.steps) {
      throw new InputError({ field, value: at, allowed: `below the ${training.steps} steps of training` });
    }
    if (at === interventions[i - 1]?.at) {
      throw new InputError({ field, value: at, allowed: 'one intervention for each step' });
    }
    if (at === 0 && reinitialize !== undefined) {
      throw new InputError({
        field,
        value: at,
        allowed: 'at least 1: before, every layer is as it was initialized',
      });
    }
    const [problem] = misplacedOptions({ ...training, ...settingsOf(intervention) });
    if (problem !== undefined) {
      const { option, allowed } = problem;
      throw new InputError({
        field: `interventions of ${id}: set.${option}`,
        value: intervention.set?.[option as 'momentum'],
        allowed,
      });
    }
  });
}

function settingsOf({ set = {} }: Intervention): Partial<TrainingSettings> {
  const { dropout: _, ...settings } = set;
  return settings;
}

function namedArchitecture(entry: StudyFile['architectures'][number]): {
  architectureName: string;
  architecture: Architecture;
} {
  if (typeof entry === 'string') return { architectureName: entry, architecture: architectures[entry] };
  const { name: architectureName, ...architecture } = entry;
  return { architectureName, architecture };
}

/** The study's training options with what is overridden for this network on this data set. */
function trainingOf(study: StudyFile, architecture: string, dataset: string): TrainingSettings {
  const matching = (study.overrides ?? []).filter(
    ({ architectures, datasets }) =>
      (architectures?.includes(architecture) ?? true) && (datasets?.some((name) => name === dataset) ?? true),
  );
  return Object.assign({}, study.training, ...matching.map((override) => override.training));
}

/** Every combination of the grid's values; `label` names what is varied, and is empty if nothing is. */
function trainingVariants(
  { grid = {} }: StudyFile,
  training: TrainingSettings,
): { label: string; training: TrainingSettings }[] {
  let variants = [{ label: '', training }];
  for (const [option, values] of Object.entries(grid)) {
    variants = variants.flatMap((variant) =>
      values.map((value) => ({
        // Without the plus of 1e+30, which has no place in a file name.
        label: `${variant.label}_${option}${String(value).replace('+', '')}`,
        training: { ...variant.training, [option]: value },
      })),
    );
  }
  for (const variant of variants) {
    const [problem] = misplacedOptions(variant.training);
    if (problem !== undefined) {
      const { option, allowed } = problem;
      throw new InputError({ field: `grid: ${option}`, value: variant.training[option], allowed });
    }
  }
  return variants;
}

function assertKnownNetworks(
  { except = [], overrides = [] }: StudyFile,
  networks: readonly { readonly architectureName: string }[],
): void {
  const known = [...networks.map(({ architectureName }) => architectureName), ...Object.keys(architectures)];
  const assertKnown = (field: string, architecture: string): void => {
    if (known.includes(architecture)) return;
    throw new InputError({ field, value: architecture, allowed: oneOf(architecture, [...new Set(known)]) });
  };
  except.forEach(({ architecture }, i) => {
    assertKnown(`except[${i}].architecture`, architecture);
  });
  overrides.forEach(({ architectures: named = [] }, i) => {
    named.forEach((architecture, j) => {
      assertKnown(`overrides[${i}].architectures[${j}]`, architecture);
    });
  });
}

function assertDistinct(plans: readonly RunPlan[]): void {
  if (plans.length === 0) throw new InputError({ field: 'runs', value: 0, allowed: 'at least one run' });
  const seen = new Set<string>();
  for (const { id } of plans) {
    if (seen.has(id)) {
      const allowed = 'each architecture, data set and seed once (no two data sets with one substitute)';
      throw new InputError({ field: 'runs', value: id, allowed });
    }
    seen.add(id);
  }
}
