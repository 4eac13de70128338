import { InputError } from '../errors/input-error.ts';
import type { Architecture } from '../models/architectures.ts';
import { architectures } from '../models/architectures.ts';
import type { StudyFile } from './study-file.ts';

/** Everything that decides the outcome of one run: plain data, so that it can be sent to a worker and recorded. */
export interface RunPlan {
  /** Unique in the study and the name of its log: architecture, data set and seed. */
  readonly id: string;
  readonly architectureName: string;
  readonly architecture: Architecture;
  readonly dataset: string;
  readonly dataFolder: string | null;
  readonly seed: number;
  readonly training: StudyFile['training'];
  readonly measurement: StudyFile['measurement'];
  readonly evaluation: StudyFile['evaluation'];
}

/** The runs of a study, in order: architectures × data sets × seeds. */
export function planRuns(study: StudyFile): RunPlan[] {
  const plans = study.architectures.flatMap((entry) => {
    const { architectureName, architecture } = namedArchitecture(entry);
    return study.datasets.flatMap((dataset) =>
      study.seeds.map((seed) => ({
        id: `${architectureName}_${dataset}_seed${seed}`,
        architectureName,
        architecture,
        dataset,
        dataFolder: study.dataFolder ?? null,
        seed,
        training: study.training,
        measurement: study.measurement,
        evaluation: study.evaluation,
      })),
    );
  });
  const repeated = plans.find(({ id }, i) => plans.findIndex((other) => other.id === id) !== i);
  if (repeated !== undefined) {
    throw new InputError({
      field: 'runs',
      value: repeated.id,
      allowed: 'each architecture, data set and seed once',
    });
  }
  return plans;
}

function namedArchitecture(entry: StudyFile['architectures'][number]): {
  architectureName: string;
  architecture: Architecture;
} {
  if (typeof entry === 'string') return { architectureName: entry, architecture: architectures[entry] };
  const { name: architectureName, ...architecture } = entry;
  return { architectureName, architecture };
}
