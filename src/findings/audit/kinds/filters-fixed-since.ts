import { z } from 'zod';
import { median } from '../../../numerics/quantile.ts';
import type { Random } from '../../../numerics/random.ts';
import { brief, counted, percent } from '../../../wording/sentences.ts';
import type { AuditContext, CheckpointTensor, StudyCheckpoint } from '../audit-context.ts';
import { checkpointMisfit } from '../checkpoint-fit.ts';
import { claimKind, shareParameter } from '../claim-kind.ts';
import { bootstrapPValue, percentileInterval } from '../cluster-bootstrap.ts';
import type { Assessment } from '../evidence.ts';
import { layerKindParameter } from '../layer-kind-parameter.ts';

/**
 * The filters of the first layer of a kind are final from training step `step` on.
 *
 * The effect is the part of each filter's whole displacement, from the first checkpoint (step 0) to the last, that still
 * lies ahead at `step`: ‖w_end − w_step‖ / ‖w_end − w_0‖, the median over filters; the claim holds for `tolerance` and
 * less. A cosine similarity near 1 would not show it: filters that stay near their initialization have one as well. Null
 * model: a steady walk, which has the rest of the training steps still ahead of it.
 */
export const filtersFixedSince = claimKind({
  kind: 'filters-fixed-since',
  parameters: {
    step: z.int({ error: 'a whole number' }).min(1, 'a whole number from 1'),
    layerKind: layerKindParameter,
    tolerance: shareParameter.default(0.1),
  },
  checks: ['checkpoint-mismatch', 'single-seed'],
  assess: ({ step, layerKind, tolerance }, context) => {
    const { checkpoints, rng, resamples, alpha } = context;
    const statistic = `Part of the filters' displacement from step 0 to the end that still lies ahead at step ${step}, first ${layerKind} layer (median over filters)`;
    const untestable = (reason: string, notes: readonly string[] = []): Assessment => ({
      testable: false,
      statistic,
      claimed: { low: 0, high: tolerance },
      reason,
      needed: `checkpoints of the logged runs at step 0, at step ${step} and at the end, of several seeds`,
      runs: [],
      notes,
    });
    if (checkpoints.length === 0) return untestable('no checkpoints were given');
    const misfits = new Set<string>();
    const paths = context.runs.flatMap((run) => {
      const own = checkpoints.filter(({ run: id }) => id === run.id);
      for (const checkpoint of own) {
        const misfit = checkpointMisfit(run, checkpoint);
        if (misfit !== null) misfits.add(`not of ${run.id}: ${misfit}`);
      }
      const fitting = own.filter((checkpoint) => checkpointMisfit(run, checkpoint) === null);
      const layer = run.layers.find(({ kind }) => kind === layerKind)?.name;
      const path = layer === undefined ? null : pathOf(fitting, `${layer}.weight`, step);
      return path === null ? [] : [{ id: run.id, ...path }];
    });
    const strangers = checkpoints.filter(({ run }) => !context.runs.some(({ id }) => id === run));
    if (strangers.length > 0)
      misfits.add(`${counted(strangers.length, 'checkpoint')} of a run that is not in the study`);
    if (paths.length === 0) {
      return misfits.size > 0
        ? untestable(
            `the checkpoints given are ${[...misfits].join('; ')}`,
            similarities(checkpoints, layerKind, context),
          )
        : untestable(`no run has fitting checkpoints at step 0, at step ${step} and later`);
    }
    const ahead = paths.map(({ remaining }) => remaining);
    const replicates = resampledMedian(ahead, rng.fork('filters'), resamples);
    const steady = median(paths.map(({ last }) => 1 - step / last));
    return {
      testable: true,
      statistic,
      effect: {
        value: median(ahead.flatMap((values) => [...values])),
        interval: percentileInterval(replicates, alpha),
        unit: 'part of the displacement',
      },
      claimed: { low: 0, high: tolerance },
      null: {
        model: `a steady walk, of which ${percent(steady)} lie ahead`,
        pValue: bootstrapPValue(replicates, steady),
        expected: steady,
      },
      asserts: 'difference',
      runs: paths.map(({ id }) => id),
      notes: [
        `The cosine similarity of filters at step ${step} with the last is ${brief(median(paths.flatMap(({ similarity }) => similarity)))}; that of the untrained filters is ${brief(median(paths.flatMap(({ untrained }) => untrained)))} already (medians).`,
        ...(paths.length === 1
          ? ['The interval speaks of the filters of one run, not of training runs in general.']
          : []),
        ...[...misfits].map((misfit) => `Left out: ${misfit}.`),
      ],
    };
  },
});

/** What happened to each filter of a run between its checkpoints; null without step 0, the step itself and a later one. */
function pathOf(checkpoints: readonly StudyCheckpoint[], name: string, step: number) {
  const ordered = checkpoints.toSorted((a, b) => a.step - b.step);
  const at = (wanted: number) => ordered.find((checkpoint) => checkpoint.step === wanted)?.tensors.get(name);
  const final = ordered.at(-1);
  const [start, middle, end] = [at(0), at(step), final?.tensors.get(name)];
  if (final === undefined || final.step <= step) return null;
  if (start === undefined || middle === undefined || end === undefined) return null;
  const filters = [start, middle, end].map(filtersOf);
  const [first, then, last] = filters;
  return {
    last: final.step,
    remaining: last
      .map((filter, i) => distance(filter, then[i]) / distance(filter, first[i]))
      .filter(Number.isFinite),
    similarity: last.map((filter, i) => cosine(filter, then[i])),
    untrained: last.map((filter, i) => cosine(filter, first[i])),
  };
}

/** One row of numbers per output of a weight tensor. */
function filtersOf({ shape, data }: CheckpointTensor): Float64Array[] {
  const size = data.length / shape[0];
  return Array.from({ length: shape[0] }, (_, f) =>
    Float64Array.from({ length: size }, (_, k) => data[f * size + k]),
  );
}

/** Medians over filters when runs and, within them, filters are drawn anew. */
function resampledMedian(runs: readonly (readonly number[])[], rng: Random, resamples: number): Float64Array {
  return Float64Array.from({ length: resamples }, () =>
    median(
      runs.flatMap(() => {
        const filters = runs[rng.integer(runs.length)];
        return filters.map(() => filters[rng.integer(filters.length)]);
      }),
    ),
  );
}

/** For checkpoints that are of no logged run: how similar their filters are among themselves, for what that is worth. */
function similarities(
  checkpoints: readonly StudyCheckpoint[],
  layerKind: string,
  { runs }: AuditContext,
): string[] {
  const ordered = checkpoints.toSorted((a, b) => a.step - b.step);
  const [earliest, latest] = [ordered[0], ordered[ordered.length - 1]];
  const run = runs.find(({ id }) => id === earliest.run);
  const name = `${run?.layers.find(({ kind }) => kind === layerKind)?.name}.weight`;
  const [a, b] = [earliest.tensors.get(name), latest.tensors.get(name)];
  if (earliest === latest || a === undefined || b === undefined || a.shape.join() !== b.shape.join())
    return [];
  const [from, to] = [filtersOf(a), filtersOf(b)];
  const cosines = to.map((filter, i) => cosine(filter, from[i]));
  const lengths = to.map((filter, i) => norm(filter) / norm(from[i]));
  return [
    `Among themselves their filters have a cosine similarity of ${brief(median(cosines))} from step ${earliest.step} to ${latest.step} while they grow by a factor of ${brief(median(lengths))} (medians); without the untrained filters that does not say what was learned by when.`,
  ];
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, k) => sum + (value - b[k]) ** 2, 0));
}

function norm(a: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
}

function cosine(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0) / (norm(a) * norm(b));
}
