import { runtimeProducts } from '../training/session-products.ts';
import { openCheckpointFiles } from '../weights/checkpoint-store.ts';
import { measureCheckpoint } from '../weights/measure-checkpoint.ts';
import type { MatrixOptions } from '../weights/stacked-parts.ts';
import { weightMatrices } from '../weights/weight-matrices.ts';
import type { ExaminedCheckpoint } from '../weights/weights-table.ts';
import type { OnProgress } from './progress.ts';

export interface ExamineWeightsOptions {
  /** Which parameters are several matrices: taps of convolutions, stacked experts, fused projections. */
  readonly split?: MatrixOptions;
  /** Seed of the randomized twins, 0 if absent; null for none, which takes half of the time. */
  readonly twinSeed?: number | null;
  /** Training steps of the checkpoints, in place of what they say themselves. */
  readonly steps?: readonly number[];
  /** For products of matrices, 1 if absent; they change no bit. */
  readonly threads?: number;
  /** Matrices measured, of those of all checkpoints. */
  readonly onProgress?: OnProgress;
}

/**
 * Measures the weight matrices of saved models, one in memory at a time: ranks, norms, tail exponents, spikes, randomized twins.
 *
 * @param paths `.safetensors`, `.pt`, `.pth`, `.bin` or `.ckpt` files, indices of shards, or folders with one model.
 * @throws InputError where there is no such file, or it is damaged.
 * @example
 * const [{ matrices }] = await examineWeights(['model.safetensors']);
 * matrices.map(({ name }) => name); // ['fc.weight']
 */
export async function examineWeights(
  paths: readonly string[],
  { split = {}, twinSeed = 0, steps, threads = 1, onProgress }: ExamineWeightsOptions = {},
): Promise<ExaminedCheckpoint[]> {
  const opened = paths.map((path, i) => {
    const { step, tensors, objects } = openCheckpointFiles(path);
    const { matrices, skipped } = weightMatrices(tensors, split);
    const others = [...objects].map(([name, what]) => `${name} (${what})`);
    if (others.length > 0) skipped.set('no tensors, neither made nor run', others);
    return { path, step: steps?.[i] ?? step, matrices, skipped };
  });
  const total = opened.reduce((sum, { matrices }) => sum + matrices.length, 0);
  const products = runtimeProducts(threads);
  try {
    const measured: ExaminedCheckpoint[] = [];
    let before = 0;
    for (const { path, step, matrices, skipped } of opened) {
      const done = before;
      const checkpoint = await measureCheckpoint(matrices, products, {
        twinSeed,
        onMatrix: (count, what) => onProgress?.({ stage: 'measuring', done: done + count, total, what }),
      });
      measured.push({ checkpoint: path, step, skipped, ...checkpoint });
      before += matrices.length;
    }
    return measured;
  } finally {
    await products.close();
  }
}
