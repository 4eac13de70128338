import type { Model } from '../models/model.ts';
import { forwardCost } from '../training/forward-cost.ts';
import type { DatasetShape } from './dataset-store.ts';
import type { RunPlan } from './run-plan.ts';

/** What a run needs of the machine, roughly: enough to say which of several is longest, and which fit beside each other. */
export interface RunCost {
  /** Of one training step, in multiplications. What a step takes beside them counts as so many. */
  readonly perStep: number;
  /** Bytes. */
  readonly memory: number;
  /** Processor threads. */
  readonly threads: number;
}

/** The way back multiplies twice: by the weights, and by what went in. */
const forthAndBack = 3;

/** Calling the runtime, the optimizer, measuring now and then: of a small network most of its time (measured: mlp_narrow beside cnn_deep). */
const besideMultiplying = 25_000_000;

/** A thread of JavaScript, the runtime in it, and the heap that V8 fills before it first collects. */
const threadMemory = 300 * 2 ** 20;

/** Weights, gradients and the optimizer's memory, in the runtime and as they cross, which they do at every step. */
const copiesOfParameters = 12;

const bytesPerNumber = 4;

/** What runs of one network on data of one shape share: a study of thousands has a few of these. */
export type CostOf = (plan: RunPlan, model: Model, shape: DatasetShape) => RunCost;

/**
 * Estimates what runs cost, counting each network once.
 *
 * Held against 120 steps of six networks: processor time within a factor of two of what is said here, memory never above.
 */
export function runCosts(): CostOf {
  const counted = new Map<string, ReturnType<typeof forwardCost>>();
  return (plan, model, shape) => {
    const key = JSON.stringify([plan.architecture, model.exampleShape, model.outputShape]);
    if (!counted.has(key)) counted.set(key, forwardCost(model));
    const { multiplications, values } = counted.get(key)!;
    const { batchSize, threads = 1 } = plan.training;
    const example = model.exampleShape.reduce((product, extent) => product * extent, 1);
    const numbers =
      2 * batchSize * values + copiesOfParameters * model.parameterCount + shape.count * example;
    return {
      perStep: besideMultiplying + forthAndBack * batchSize * multiplications,
      memory: threadMemory + bytesPerNumber * numbers,
      threads,
    };
  };
}
