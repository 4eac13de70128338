import type { Run } from '../../measurements/types.ts';
import { brief, someOf } from '../../wording/sentences.ts';
import type { Checkpoint } from './facts.ts';
import { faultIn } from './fault.ts';
import type { DataCheck } from './types.ts';

/** Kept in checkpoints, but no parameters: running statistics of normalization layers, and the optimizer's state. */
const noParameter = /(?:running_mean|running_var|num_batches_tracked)$|optimi[sz]er/;

/** Weights of another network than the one that was logged. */
export const checkpointMismatch: DataCheck = {
  name: 'checkpoint-mismatch',
  question: 'Do checkpoint tensors not fit the architecture of their run?',
  reason: 'What is found in the weights of one network explains nothing about the log of another.',
  threshold:
    'a measured layer without weights, a weight without an axis of the layer’s columns, a shape other than expected, ' +
    'or another number of parameters',
  check({ runs, checkpoints = [] }) {
    const bySameFaults = new Map<string, { run: string; names: string[]; faults: string[] }>();
    for (const checkpoint of checkpoints) {
      const run = runs.find(({ id }) => id === checkpoint.run);
      const faults = contradictions(checkpoint, run);
      if (faults.length === 0) continue;
      const key = [checkpoint.run, ...faults].join('\n');
      const entry = bySameFaults.get(key);
      if (entry) entry.names.push(checkpoint.name);
      else bySameFaults.set(key, { run: checkpoint.run, names: [checkpoint.name], faults });
    }
    return [...bySameFaults.values()].map(({ run, names, faults }) => {
      const message = `${someOf(names)}: not the weights of ${run}: ${faults.join('; ')}`;
      const fault = { check: this.name, severity: 'error', message, value: faults.length } as const;
      return { ...faultIn([{ run }], checkpoints.length, fault), count: names.length };
    });
  },
};

function contradictions({ tensors, expectedShapes }: Checkpoint, run: Run | undefined): string[] {
  const faults: string[] = [];
  const shapes = new Map(tensors.map(({ name, shape }) => [name, shape]));
  for (const [name, expected] of expectedShapes ?? []) {
    const shape = shapes.get(name);
    if (shape === undefined) faults.push(`${name} is missing`);
    else if (shape.join() !== expected.join())
      faults.push(`${name} is [${shape.join(', ')}], expected [${expected.join(', ')}]`);
  }
  if (run === undefined) return faults;

  const weightOf = (layer: string): readonly number[] | undefined =>
    tensors.find(({ name }) => name === `${layer}.weight` || name.endsWith(`.${layer}.weight`))?.shape;
  const missing = run.layers.filter(({ name }) => weightOf(name) === undefined).map(({ name }) => name);
  if (missing.length > 0)
    faults.push(
      `no weights for ${missing.length} of ${run.layers.length} logged layers (${someOf(missing)})`,
    );
  for (const { name, features, pooling } of run.layers) {
    const shape = weightOf(name);
    // Only where columns are known to be units or channels do they count an axis of the weights.
    if (shape === undefined || features === null || !/unit|channel/i.test(pooling ?? '')) continue;
    if (!shape.includes(features))
      faults.push(`${name} has weights [${shape.join(', ')}] but ${features} columns were logged`);
  }
  const parameters = tensors
    .filter(({ name }) => !noParameter.test(name))
    .reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);
  if (run.parameterCount !== null && parameters !== run.parameterCount)
    faults.push(`${brief(parameters)} parameters, logged ${brief(run.parameterCount)}`);
  return faults;
}
