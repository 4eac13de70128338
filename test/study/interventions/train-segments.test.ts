import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { chooseExamples } from '../../../src/study/choose-examples.ts';
import type { Intervention } from '../../../src/study/interventions/intervention-schema.ts';
import { trainSegments } from '../../../src/study/interventions/train-segments.ts';
import type { RunPlan } from '../../../src/study/run-plan.ts';
import { copyTensors, type NamedTensors, type TrainingState } from '../../../src/training/training-state.ts';
import { smallDigits, smallPlan } from '../small-study.ts';

const at = 6;

interface Trained {
  readonly losses: number[];
  /** After each step. */
  readonly weights: NamedTensors[];
  readonly states: TrainingState[];
}

const base = smallPlan({ training: { steps: 12, examples: 96, batchSize: 16 } });
const under = (...interventions: Intervention[]): RunPlan => ({ ...base, interventions });

async function trained(
  plan: RunPlan,
  options: { resume?: TrainingState; checkpoint?: (step: number) => boolean } = {},
): Promise<Trained> {
  const result: Trained = { losses: [], weights: [], states: [] };
  const training = trainSegments({
    plan,
    data: chooseExamples(plan, smallDigits).training.data,
    vocabulary: null,
    resume: options.resume,
    checkpoint: options.checkpoint && { at: options.checkpoint },
  });
  for await (const { loss, parameters, state } of training) {
    result.losses.push(loss);
    result.weights.push(copyTensors(parameters));
    if (state !== null) result.states.push(state);
  }
  return result;
}

const values = (weights: NamedTensors, name: string): number[] => [...weights.get(name)!.data];
const control = await trained(base);

describe('a training with an intervention', () => {
  const interventions: [string, Intervention][] = [
    ['another learning rate', { at, set: { learningRate: 0.01 } }],
    ['another batch size', { at, set: { batchSize: 4 } }],
    ['dropout', { at, set: { dropout: 0.5 } }],
    ['permuted labels', { at, labels: 'permuted' }],
    ['shuffled labels', { at, labels: 'shuffled' }],
    ['inverted inputs', { at, inputs: 'inverted' }],
    ['fewer classes', { at, data: { classes: [0, 1, 2] } }],
    ['a layer that starts anew', { at, reinitialize: 'network.0' }],
    ['a frozen layer', { at, freeze: 'network.0' }],
  ];

  for (const [name, intervention] of interventions) {
    it(`is its control up to the step, and another from there on: ${name}`, async () => {
      const { losses, weights, states } = await trained(under(intervention));
      expect(losses.slice(0, at)).toEqual(control.losses.slice(0, at));
      expect(values(weights[at - 1], 'network.0.weight')).toEqual(
        values(control.weights[at - 1], 'network.0.weight'),
      );
      expect(losses).toHaveLength(12);
      expect(losses.slice(at)).not.toEqual(control.losses.slice(at));
      expect(states).toEqual([]);
    });

    it(`comes out the same when it goes on from any checkpoint: ${name}`, async () => {
      const plan = under(intervention);
      const whole = await trained(plan, { checkpoint: (step) => [2, at - 1, at, 9].includes(step) });
      expect(whole.states.map(({ step }) => step)).toEqual([2, at - 1, at, 9]);
      for (const state of whole.states) {
        const rest = await trained(plan, { resume: state });
        expect(rest.losses).toEqual(whole.losses.slice(state.step + 1));
        expect(values(rest.weights.at(-1)!, 'network.0.weight')).toEqual(
          values(whole.weights.at(-1)!, 'network.0.weight'),
        );
      }
    });
  }

  it('moves no frozen parameter, not even by the memory of the optimizer, until it is freed', async () => {
    const { weights } = await trained(under({ at: 3, freeze: 'network.0' }, { at: 9, freeze: 'none' }));
    for (const name of ['network.0.weight', 'network.0.bias']) {
      expect(values(weights[8], name)).toEqual(values(weights[2], name));
      expect(values(weights[9], name)).not.toEqual(values(weights[8], name));
    }
    expect(values(weights[8], 'network.2.weight')).not.toEqual(values(weights[2], 'network.2.weight'));
  });

  it('changes back where it is told to, and the data with it', async () => {
    const there = await trained(under({ at: 3, inputs: 'inverted' }));
    const back = await trained(under({ at: 3, inputs: 'inverted' }, { at: 9, inputs: 'original' }));
    expect(back.losses.slice(0, 9)).toEqual(there.losses.slice(0, 9));
    expect(back.losses[9]).not.toBe(there.losses[9]);
  });

  it('may hold from the first step on', async () => {
    const { losses } = await trained(under({ at: 0, data: { classes: [0, 1] } }, { at, data: 'all' }));
    expect(losses).toHaveLength(12);
    expect(losses[0]).not.toBe(control.losses[0]);
  });

  it('names a layer that is not there, and a class without examples', async () => {
    await expect(trained(under({ at, freeze: 'network.1' }))).rejects.toThrow(
      /interventions: freeze is "network.1"; allowed: .*network\.0/,
    );
    await expect(trained(under({ at, data: { classes: [77] } }))).rejects.toThrow(InputError);
  });
});
