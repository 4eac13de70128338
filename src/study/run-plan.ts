import type { SyntheticData } from '../datasets/synthetic/synthetic-data.ts';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { type Architecture, architectures } from '../models/architectures.ts';
import { datasetNames } from './dataset-store.ts';
import { describeIntervention } from './interventions/describe-intervention.ts';
import type { Intervention } from './interventions/intervention-schema.ts';
import { type StudyFile, type TrackKey, type TrackSettings, trackSchemas } from './study-schema.ts';
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
  /** What the data are, where the program draws them; absent for those that have a name of their own. */
  readonly synthetic?: SyntheticData;
  /** Where examples come from; absent for `disjoint`. */
  readonly split?: 'same';
  readonly seed: number;
  readonly training: TrainingSettings;
  readonly measurement: StudyFile['measurement'];
  readonly evaluation: StudyFile['evaluation'];
  readonly checkpoints: NonNullable<StudyFile['checkpoints']>;
  /** The condition that the run is trained under; absent where the study has none. */
  readonly condition?: string;
  /** What is done to the run while it trains, in the order of the steps; absent for nothing. */
  readonly interventions?: readonly Intervention[];
  /** What is known to happen, and when; absent for nothing. */
  readonly events?: readonly { readonly step: number; readonly name: string }[];
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
  const common = {
    ...(study.split === 'same' && { split: study.split }),
    ...(study.events !== undefined && { events: study.events }),
  };
  const plans = networks.flatMap(({ architectureName, architecture }) =>
    study.datasets
      .map((entry) => ({ wanted: typeof entry === 'string' ? entry : entry.name, entry }))
      .filter(({ wanted }) => !isExcepted(architectureName, wanted))
      .map(({ wanted, entry }) => ({
        ...plannedDataset(entry, study.substitutes),
        variants: trainingVariants(study, trainingOf(study, architectureName, wanted)),
      }))
      .flatMap(({ dataset, synthetic, variants }) =>
        variants.flatMap(({ label, training }) =>
          crossed(conditionsOf(study), study.seeds).map(([condition, seed]) => ({
            id: `${architectureName}_${dataset}${label}${condition.label}_seed${seed}`,
            architectureName,
            architecture,
            dataset,
            dataFolder,
            ...(synthetic !== undefined && { synthetic }),
            seed,
            training,
            measurement,
            evaluation,
            ...tracks,
            checkpoints,
            ...common,
            ...condition.plan,
          })),
        ),
      ),
  );
  assertDistinct(plans);
  plans.forEach(assertOrder);
  return plans;
}

/** What to train on where a study file names or describes a data set. */
function plannedDataset(
  entry: StudyFile['datasets'][number],
  substitutes: StudyFile['substitutes'] = {},
): { dataset: string; synthetic?: SyntheticData } {
  if (typeof entry === 'string') return { dataset: substitutes[entry as keyof typeof substitutes] ?? entry };
  const { name: dataset, ...synthetic } = entry;
  return { dataset, synthetic };
}

/** Named in every plan, wanted or not: a checkpoint holds its plan, and one of a former version must still agree. */
const alwaysNamed: readonly string[] = ['weights', 'gradientNoise', 'sharpness'] satisfies TrackKey[];

function trackSettings(study: StudyFile): TrackSettings {
  const keys = Object.keys(trackSchemas) as TrackKey[];
  const named = keys.filter((key) => study[key] !== undefined || alwaysNamed.includes(key));
  return Object.fromEntries(named.map((key) => [key, study[key] ?? null]));
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
  { except = [], overrides = [], datasets }: StudyFile,
  networks: readonly { readonly architectureName: string }[],
): void {
  const known = [...networks.map(({ architectureName }) => architectureName), ...Object.keys(architectures)];
  const knownData = [
    ...datasets.map((entry) => (typeof entry === 'string' ? entry : entry.name)),
    ...datasetNames,
  ];
  const assertKnown = (field: string, value: string, names: readonly string[]): void => {
    if (!names.includes(value))
      throw new InputError({ field, value, allowed: oneOf(value, [...new Set(names)]) });
  };
  except.forEach(({ architecture, dataset }, i) => {
    assertKnown(`except[${i}].architecture`, architecture, known);
    assertKnown(`except[${i}].dataset`, dataset, knownData);
  });
  overrides.forEach(({ architectures: named = [], datasets: data = [] }, i) => {
    named.forEach((architecture, j) => {
      assertKnown(`overrides[${i}].architectures[${j}]`, architecture, known);
    });
    data.forEach((dataset, j) => {
      assertKnown(`overrides[${i}].datasets[${j}]`, dataset, knownData);
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
