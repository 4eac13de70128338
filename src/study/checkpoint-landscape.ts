import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import {
  type LearningCoefficient,
  localLearningCoefficient,
  type SampledLoss,
} from '../landscape/local-learning-coefficient.ts';
import { type SpectralDensity, spectralDensity } from '../landscape/spectral-density.ts';
import { type TopEigenvalues, topEigenvalues } from '../landscape/top-eigenvalues.ts';
import { createRandom, permutation, type Random } from '../numerics/random.ts';
import { flatWeights, gradientOracle } from '../training/gradient-oracle.ts';
import { hessianOracle } from '../training/hessian-oracle.ts';
import { checkpointStates } from './checkpoint-states.ts';
import { chooseExamples } from './choose-examples.ts';
import type { StudyDataset } from './dataset-store.ts';
import { planModel } from './plan-model.ts';
import type { RunPlan } from './run-plan.ts';
import { lossOf } from './training-options.ts';

/** What may be measured of the loss around a checkpoint. */
export const landscapeMeasures = ['eigenvalues', 'spectrum', 'learning-coefficient'] as const;
export type LandscapeMeasure = (typeof landscapeMeasures)[number];

export interface LandscapeOptions {
  /** All if absent. */
  readonly measures?: readonly LandscapeMeasure[];
  /** Training examples whose mean loss it is; 512, or all if there are fewer, if absent. */
  readonly examples?: number;
  /** How many of the largest eigenvalues; 3 if absent. */
  readonly eigenvalues?: number;
  /** Random vectors for the spectrum, and products with the Hessian for each; 8 and 32 if absent. */
  readonly probes?: number;
  readonly steps?: number;
  /** Of the learning coefficient: see `LearningCoefficientOptions`. */
  readonly chains?: number;
  readonly burnIn?: number;
  readonly draws?: number;
  readonly localization?: number;
  /** ε as a share of 1/(nβ · sharpness + γ); 0.02 if absent. */
  readonly stepShare?: number;
  /** Of all random draws; 0 if absent. */
  readonly seed?: number;
}

/** The loss around one checkpoint; null what was not asked for. */
export interface CheckpointLandscape {
  readonly step: number;
  /** Mean over the examples. */
  readonly loss: number;
  readonly eigenvalues: TopEigenvalues | null;
  readonly spectrum: SpectralDensity | null;
  readonly learningCoefficient: LearningCoefficient | null;
}

const usualExamples = 512;
const batch = 32;
/** ε · (nβ · sharpness + γ). Half a per cent too wide in the sharpest direction, more where the chains find sharper ones. */
const usualStep = 0.02;
/** ‖Hv − λv‖ as a share of λ, and the most products to get there. */
const [tolerance, mostProducts] = [1e-2, 200];

/**
 * Measures the loss around every checkpoint of a run, over the first of its training examples, in float64 and without dropout.
 *
 * The learning coefficient takes nβ = n/ln n of the n examples, batches of 32 of them, and steps of a share of
 * 1/(nβ · sharpness + γ).
 *
 * @param directory of the study.
 * @returns by ascending step.
 * @throws InputError if a checkpoint is damaged or of another run, the run has none, or it trains on fewer examples.
 */
export async function* checkpointLandscapes(
  directory: string,
  plan: RunPlan,
  data: StudyDataset,
  options: LandscapeOptions = {},
): AsyncGenerator<CheckpointLandscape> {
  const model = planModel(plan, data);
  const training = chooseExamples(plan, data).training.data;
  const examples = numbersOf(training, options.examples);
  const settings = {
    batch: Math.min(batch, examples.length),
    threads: plan.training.threads,
    loss: lossOf(plan.training),
  };
  const gradients = gradientOracle(model, settings);
  const hessian = hessianOracle(model, settings);
  const { measures = landscapeMeasures, eigenvalues: count = 3, seed = 0 } = options;
  const isWanted = (measure: LandscapeMeasure): boolean => measures.includes(measure);
  try {
    for (const { step, parameters } of checkpointStates(directory, plan)) {
      const weights = flatWeights(model, parameters);
      const product = hessian.at(weights, training, examples);
      const random = createRandom(seed);
      const lossAt = (at: Float64Array, some: readonly number[]) => gradients.at(at)(training, some);
      const loss = await meanLoss((some) => lossAt(weights, some), examples);
      const top =
        isWanted('eigenvalues') || isWanted('learning-coefficient')
          ? await topEigenvalues(product, weights.length, random.fork('eigenvalues'), {
              ...{ tolerance, mostProducts },
              count: isWanted('eigenvalues') ? count : 1,
            })
          : null;
      yield {
        step,
        loss,
        eigenvalues: isWanted('eigenvalues') ? top : null,
        spectrum: isWanted('spectrum')
          ? await spectralDensity(product, weights.length, random.fork('spectrum'), options)
          : null,
        learningCoefficient: isWanted('learning-coefficient')
          ? await learningCoefficient(lossAt, weights, loss, examples, top, random.fork('chains'), options)
          : null,
      };
    }
  } finally {
    await gradients.close();
    await hessian.close();
  }
}

async function learningCoefficient(
  lossAt: (at: Float64Array, some: readonly number[]) => ReturnType<SampledLoss>,
  weights: Float64Array,
  loss: number,
  examples: readonly number[],
  top: TopEigenvalues | null,
  random: Random,
  { localization = 100, stepShare = usualStep, ...options }: LandscapeOptions,
): Promise<LearningCoefficient> {
  const inverseTemperature = examples.length / Math.log(examples.length);
  const sharpness = top?.determined ? Math.max(0, top.eigenvalues[0]) : 0;
  const curvature = inverseTemperature * sharpness + localization;
  if (!(curvature > 0))
    return { determined: false, reason: 'no curvature and no localization: no step size fits' };
  const sampled: SampledLoss = (at, batches) =>
    lossAt(
      at,
      Array.from(permutation(examples.length, batches).subarray(0, batch), (i) => examples[i]),
    );
  return localLearningCoefficient(sampled, weights, loss, random, {
    ...options,
    ...{ inverseTemperature, localization, stepSize: stepShare / curvature },
  });
}

/** Numbers of the examples to measure on. */
function numbersOf({ count }: Dataset, wanted: number | undefined): number[] {
  if (wanted !== undefined && wanted > count) {
    const allowed = `at most the ${count} examples of training`;
    throw new InputError({ field: 'examples', value: wanted, allowed });
  }
  return Array.from({ length: wanted ?? Math.min(usualExamples, count) }, (_, i) => i);
}

async function meanLoss(
  lossOf: (some: readonly number[]) => Promise<{ readonly loss: number }>,
  examples: readonly number[],
): Promise<number> {
  let mean = 0;
  for (let from = 0; from < examples.length; from += batch) {
    const some = examples.slice(from, from + batch);
    mean += (await lossOf(some)).loss * (some.length / examples.length);
  }
  return mean;
}
