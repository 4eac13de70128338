import { InputError } from '../errors/input-error.ts';
import type { StudyCheckpoint } from '../findings/audit/audit-context.ts';
import { readingsInRun } from '../mechanisms/checkpoint-reading.ts';
import { type FilterBank, filterBanks } from '../mechanisms/filters/filter-bank.ts';
import { type MechanismValue, measureCheckpoint } from '../mechanisms/measures.ts';
import { readCheckpoints } from './checkpoints-store.ts';

/** What the weights alone say at saved checkpoints of any training. */
export interface SavedWeights {
  readonly values: readonly (MechanismValue & { readonly run: string })[];
  /** Files that were ignored and why: one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Takes the measures of weights at checkpoints that any program saved. What units and heads do needs the network and its data, and
 * is not measured.
 *
 * @param folder one sub-folder per run with `.pt`, `.pth` or `.safetensors` files; see `readCheckpoints`.
 * @throws InputError for a file that is no checkpoint, one of another network than the run's first, or a folder without any.
 */
export function measureSavedWeights(folder: string): SavedWeights {
  const { checkpoints, notes } = readCheckpoints(folder);
  if (checkpoints.length === 0) {
    const allowed = 'a folder with one sub-folder of .pt, .pth or .safetensors checkpoints per run';
    throw new InputError({ file: folder, value: notes[0] ?? 'none', allowed });
  }
  const runs = [...new Set(checkpoints.map(({ run }) => run))];
  const values = runs.flatMap((run) => {
    const own = checkpoints.filter((checkpoint) => checkpoint.run === run);
    const inRun = readingsInRun();
    const shapes = shapesOf(weightsOf(own[0]));
    return [...own]
      .sort((a, b) => a.step - b.step)
      .flatMap((checkpoint) => {
        const weights = weightsOf(checkpoint);
        if (shapesOf(weights) !== shapes) {
          const allowed = `the tensors of step ${own[0].step}: ${shapes.slice(0, 300)}`;
          throw new InputError({
            field: `${run}, step ${checkpoint.step}`,
            value: 'another network',
            allowed,
          });
        }
        const reading = { ...nothingElse, step: checkpoint.step, weights };
        return measureCheckpoint(inRun(reading)).map((value) => ({ run, ...value }));
      });
  });
  return { values, notes };
}

const nothingElse = { activations: new Map(), attention: new Map(), labels: [], classes: 0 };

function weightsOf({ tensors }: StudyCheckpoint): Map<string, FilterBank> {
  return filterBanks([...tensors].map(([name, { shape, data }]) => ({ name, shape, data })));
}

function shapesOf(weights: ReadonlyMap<string, FilterBank>): string {
  return [...weights]
    .map(
      ([name, { filters, channels, height, width }]) => `${name} ${filters}×${channels}×${height}×${width}`,
    )
    .sort()
    .join(', ');
}
