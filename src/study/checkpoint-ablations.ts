import { type AblationEffect, ablationEffect } from '../mechanisms/ablation/ablation-effect.ts';
import {
  donors,
  type PlaceOutputs,
  type Replacement,
  replacePart,
} from '../mechanisms/ablation/replacement.ts';
import { answersOf } from '../mechanisms/classes/class-accuracy.ts';
import type { Place } from '../models/intercept.ts';
import { createRandom } from '../numerics/random.ts';
import { openPatchedForward, type PatchedNetwork } from '../training/patched-forward.ts';
import type { Activation } from '../training/probe.ts';
import { checkpointStates, type StepChoice } from './checkpoint-states.ts';
import { chooseExamples } from './choose-examples.ts';
import type { StudyDataset } from './dataset-store.ts';
import { planModel } from './plan-model.ts';
import type { RunPlan } from './run-plan.ts';
import { listCheckpoints } from './run-store.ts';

/** What the network loses with one part at one checkpoint. */
export interface PartAblation {
  readonly step: number;
  readonly place: Place;
  /** From 0. */
  readonly part: number;
  readonly replacement: Replacement;
  readonly effect: AblationEffect;
}

export interface AblationOptions {
  /** `whole-parts`: heads and filters, or units where a network has neither. */
  readonly kinds: readonly Place['kind'][] | 'whole-parts';
  readonly replacements: readonly Replacement[];
  /** Only the last checkpoint. */
  readonly lastOnly?: boolean;
  /** Only these checkpoints, of those that are saved; all if absent. */
  readonly isWanted?: (run: string, step: number) => boolean;
}

/** Where parts of a run's network can be taken out. */
export async function ablationPlaces(plan: RunPlan, data: StudyDataset): Promise<readonly Place[]> {
  const network = openPatchedForward(planModel(plan, data));
  await network.close();
  return network.places;
}

/**
 * Takes out each head, filter or unit in turn at every saved checkpoint of a run, on its own probe examples, and has the rest of the
 * network answer without it. Whose outputs stand in under `resample` follows from the run's seed.
 *
 * @param directory of the study.
 * @returns everything about one checkpoint at a time, by ascending step.
 * @throws InputError if a checkpoint is damaged or of another run, or the run has none.
 */
export async function* checkpointAblations(
  directory: string,
  plan: RunPlan,
  data: StudyDataset,
  { kinds, replacements, lastOnly = false, isWanted: isAsked = () => true }: AblationOptions,
): AsyncGenerator<PartAblation[]> {
  const isWanted: StepChoice = (step, steps) =>
    (!lastOnly || step === steps[steps.length - 1]) && isAsked(plan.id, step);
  const saved = listCheckpoints(directory, plan.id).map(({ step }) => step);
  if (saved.length > 0 && !saved.some((step) => isAsked(plan.id, step))) return;
  const { probe } = chooseExamples(plan, data);
  const { inputs, count, labels, classes } = probe.data;
  const donor = donors(count, createRandom(plan.seed).fork('ablation'));
  const answers = ({ data: logits }: Activation) =>
    answersOf({ matrix: { data: logits, rows: count, columns: classes }, labels, classes });
  const network = openPatchedForward(planModel(plan, data), plan.training.threads);
  const places = chosenPlaces(network.places, kinds);
  const ablate = async (at: PatchedNetwork, step: number): Promise<PartAblation[]> => {
    const { logits, outputs } = await at.read(inputs, count);
    const intact = answers(logits);
    const found: PartAblation[] = [];
    for (const place of places) {
      const whole = outputsOf(outputs.get(place.name)!, place);
      for (let part = 0; part < place.parts; part++) {
        for (const replacement of replacements) {
          const replaced = replacePart(whole, part, replacement, donor);
          const without =
            replaced === null ? null : answers(await at.replaced(inputs, count, place.name, replaced));
          found.push({ step, place, part, replacement, effect: ablationEffect(intact, without) });
        }
      }
    }
    return found;
  };
  try {
    for (const { step, parameters } of checkpointStates(directory, plan, isWanted)) {
      yield await ablate(network.at(parameters), step);
    }
  } finally {
    await network.close();
  }
}

function chosenPlaces(places: readonly Place[], kinds: AblationOptions['kinds']): readonly Place[] {
  if (kinds !== 'whole-parts') return places.filter(({ kind }) => kinds.includes(kind));
  const whole = places.filter(({ kind }) => kind !== 'units');
  return whole.length > 0 ? whole : places;
}

function outputsOf({ data, shape }: Activation, { parts }: Place): PlaceOutputs {
  return { data, examples: shape[0], features: shape[shape.length - 1], parts };
}
